"""From options as typed to a request; whatever does not fit is said in one line."""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from click import get_current_context
from click.core import ParameterSource

from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import fail, unknown_value
from kiamv_cli.core.names import Names
from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.core.selection.question import Quota
from kiamv_cli.core.shortlist import Request
from kiamv_cli.core.targets import TARGET_RULES, TargetRule
from kiamv_cli.language import _, ngettext
from kiamv_cli.loading.ids import read_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiamv_cli.cli.selection_options import Wishes
    from kiamv_cli.core.programme import DimensionId, Programme
    from kiamv_cli.core.score import Scores

Known = TypeVar("Known", bound=str)


def to_request(wishes: Wishes, scores: Scores) -> Request:
    """Read the options against a scored long list.

    Ends the command with a message if an option makes no sense with this long list.
    """
    programme = scores.programme
    request = Request(
        size=wishes.size,
        balance=_balance(wishes.balance),
        targets=to_targets(wishes.target, programme),
        give_up=_share(wishes.give_up),
        include=frozenset(listed_ids("--include", wishes.include, scores) or ()),
        exclude=frozenset(listed_ids("--exclude", wishes.exclude, scores) or ()),
        quotas=(
            *_quotas("--at-least", wishes.at_least, programme),
            *_quotas("--at-most", wishes.at_most, programme),
        ),
        classes=_classes(wishes.classes, programme),
        unknown=wishes.unknown,
        seed=wishes.seed,
    )
    _check(request, scores)
    return request


def to_ids(option: str, names: Iterable[str], scores: Scores) -> tuple[str, ...]:
    """Find ecosystems by id, name or alias, or from files; each once, in the order given."""
    with refusing():
        return read_ids(names, Names(scores.longlist.ecosystems), option)


def to_id(option: str, name: str, scores: Scores) -> str:
    """Find one ecosystem by id, name or alias."""
    ids = to_ids(option, [name], scores)
    if len(ids) != 1:
        fail(_('{option} "{text}": write one ecosystem.', option=option, text=name))
    return ids[0]


def listed_ids(option: str, given: Iterable[str] | None, scores: Scores) -> tuple[str, ...] | None:
    """Find the ecosystems of an option that takes several; ``None`` where it names none."""
    return to_ids(option, given or (), scores) or None


def chosen(option: str, given: Iterable[str] | None, known: Sequence[Known]) -> list[Known]:
    """Read an option that takes some of a few words."""
    found = []
    for text in words(given):
        if (word := next((one for one in known if one == text), None)) is None:
            fail(_not_one_of(option, text, known))
        found.append(word)
    return found


def to_targets(
    given: Iterable[str] | None, programme: Programme
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    """Read ``--target``: a rule or a file for all dimensions it fits, or DIMENSION=rule."""
    found: dict[DimensionId, TargetRule | Mapping[str, Fraction]] = {}
    for text in given or ():
        name, equals, rule = text.rpartition("=")
        if not equals:
            found |= _target_for_all(text, programme)
        elif (dimension := _dimension(name)) is None:
            fail(_not_one_of("--target", name, DIMENSIONS))
        else:
            found[dimension] = _rule(rule, dimension, programme)
    return found


def _target_for_all(
    text: str, programme: Programme
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    if text == "population":
        return {name: "population" for name in DIMENSIONS if _has_population(programme, name)}
    if text in TARGET_RULES:
        return {name: _rule(text, name, programme) for name in DIMENSIONS}
    from kiamv_cli.cli.input import read_targets

    return dict(read_targets(text, programme))


def _rule(text: str, dimension: DimensionId, programme: Programme) -> TargetRule:
    rule = next((rule for rule in TARGET_RULES if rule == text), None)
    if rule is None:
        fail(_not_one_of("--target", text, TARGET_RULES))
    if rule == "population" and not _has_population(programme, dimension):
        fail(
            _(
                "--target {dimension}={text}: no population is known of the {dimension}.",
                dimension=dimension,
                text=text,
            )
        )
    return rule


def _has_population(programme: Programme, dimension: DimensionId) -> bool:
    categories = programme.dimensions[dimension].categories
    return all(category.population is not None for category in categories)


def _dimension(text: str) -> DimensionId | None:
    return next((name for name in DIMENSIONS if name == text), None)


def _balance(text: str) -> tuple[DimensionId, ...]:
    if text == "none":
        return ()
    found: list[DimensionId] = []
    for part in words([text]):
        dimension = _dimension(part)
        if dimension is None:
            fail(_not_one_of("--balance", part, (*DIMENSIONS, "none")))
        if dimension not in found:
            found.append(dimension)
    return tuple(found)


def _share(text: str | None) -> Fraction | None:
    if text is None:
        return None
    try:
        percent = Fraction(text.strip().removesuffix("%").strip())
    except (ValueError, ZeroDivisionError):
        message = _('--give-up "{text}": not a percentage, as 2.5.', text=text)
        hint = _("Write a decimal point.") if "," in text else ""
        fail(f"{message} {hint}".rstrip())
    if not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        fail(_('--give-up "{text}": a percentage is from 0 to 100.', text=text))
    return percent / 100


def _quotas(option: str, given: Iterable[str] | None, programme: Programme) -> Iterable[Quota]:
    for text in words(given):
        category, equals, number = text.partition("=")
        if not equals or not number.strip().isdecimal():
            fail(
                _(
                    '{option} "{text}": write it as CATEGORY=NUMBER, such as NL-ZE=1.',
                    option=option,
                    text=text,
                )
            )
        dimension = _home(option, category.strip(), programme)
        limit = int(number)
        if option == "--at-least":
            yield Quota(dimension, category.strip(), at_least=limit)
        else:
            yield Quota(dimension, category.strip(), at_most=limit)


def _home(option: str, category: str, programme: Programme) -> DimensionId:
    homes: dict[str, DimensionId] = {
        one.id: name for name in DIMENSIONS for one in programme.dimensions[name].categories
    }
    if category not in homes:
        fail(_not_one_of(option, category, list(homes)))
    return homes[category]


def _classes(given: Iterable[str] | None, programme: Programme) -> frozenset[str]:
    known = [screening.id for screening in programme.classes]
    asked = words(given)
    for text in asked:
        if text not in known:
            fail(_not_one_of("--class", text, known))
    return frozenset(asked)


def _check(request: Request, scores: Scores) -> None:
    total = len(scores.ecosystems)
    if request.size > total:
        fail(_too_many(request.size, total))
    if both := request.include & request.exclude:
        fail(_("{id} is both in --include and in --exclude.", id=min(both)))
    if len(request.include) > request.size:
        named, size = len(request.include), request.size
        fail(_("--include names {named}, more than --size {size}.", named=named, size=size))


def _too_many(size: int, total: int) -> str:
    context = get_current_context(silent=True)
    if not total or not context or context.get_parameter_source("size") != ParameterSource.DEFAULT:
        return _("--size {size}: the long list has only {total}.", size=size, total=total)
    return ngettext(
        "the long list has {n} ecosystem, and {size} are selected unless you say otherwise. "
        "Give a smaller number, as in --size {example}.",
        "the long list has {n} ecosystems, and {size} are selected unless you say otherwise. "
        "Give a smaller number, as in --size {example}.",
        total,
        size=size,
        example=(total + 1) // 2,
    )


def words(given: Iterable[str] | None) -> list[str]:
    """Take values apart that stand in one option, separated by commas."""
    return [part.strip() for text in given or () for part in text.split(",") if part.strip()]


def _not_one_of(option: str, text: str, known: Sequence[str]) -> str:
    close = get_close_matches(text, known, n=2)
    if close:
        meant = _(" or ").join(close)
        return _(
            '{option} "{text}": unknown. Did you mean {meant}?',
            option=option,
            text=text,
            meant=meant,
        )
    return unknown_value(option, text, known)
