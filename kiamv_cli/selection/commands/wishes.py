"""From options as typed to a request; whatever does not fit is said in one line."""

from __future__ import annotations

import os
import re
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from click import get_current_context
from click.core import ParameterSource

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.base.problem import unknown
from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import fail
from kiamv_cli.display.text import listing
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.longlist.reading.ids import read_ids
from kiamv_cli.selection.model.question import Quota
from kiamv_cli.selection.model.shortlist import Request, check_request
from kiamv_cli.selection.model.spread import TARGET_RULES, TargetRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiamv_cli.programme.model.programme import DimensionId, Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.commands.options import Wishes

Known = TypeVar("Known", bound=str)
_PERCENTAGE = re.compile(r"[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9}|\d{1,9}/\d{1,9})", re.ASCII)
_MOST_DIGITS, _SHOWN = 9, 40
_EACH = "each"  # in the place of a category: every one of a dimension


def to_request(wishes: Wishes, scores: Scores) -> Request:
    """Read the options against a scored long list.

    Ends the command with a message if an option makes no sense with this long list.
    """
    programme = scores.programme
    balance = _balance(wishes.balance, programme)
    request = Request(
        size=wishes.size,
        balance=balance,
        targets=to_targets(wishes.target, programme),
        give_up=_share(wishes.give_up),
        include=frozenset(listed_ids("--include", wishes.include, scores) or ()),
        exclude=frozenset(listed_ids("--exclude", wishes.exclude, scores) or ()),
        quotas=(
            *_quotas("--at-least", wishes.at_least, programme, balance),
            *_quotas("--at-most", wishes.at_most, programme, balance),
        ),
        classes=frozenset(words(wishes.classes)),
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


def listed_ids(option: str, texts: Iterable[str] | None, scores: Scores) -> tuple[str, ...] | None:
    """Find the ecosystems of an option that takes several; ``None`` where it names none."""
    return to_ids(option, texts or (), scores) or None


def chosen(option: str, texts: Iterable[str] | None, known: Sequence[Known]) -> list[Known]:
    """Read an option that takes some of a few words."""
    found = []
    for text in words(texts):
        if (word := next((one for one in known if one == text), None)) is None:
            raise unknown(option.removeprefix("--"), text, known)
        found.append(word)
    return found


def to_targets(
    texts: Iterable[str] | None, programme: Programme
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    """Read ``--target``: a rule or a file for all dimensions it fits, or for one as DIM=rule."""
    found: dict[DimensionId, TargetRule | Mapping[str, Fraction]] = {}
    for text in texts or ():
        name, equals, rule = text.partition("=")
        if not equals or (name not in programme.dimensions and _is_file(text)):
            found |= _target_for_all(text, programme)
        elif name not in programme.dimensions:
            raise unknown("targets", name, programme.dimensions)
        else:
            found[name] = _target_for(name, rule, programme)
    return found


def _target_for_all(
    text: str, programme: Programme
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    if text == "population":
        return {n: "population" for n in programme.dimensions if _has_population(programme, n)}
    if text in TARGET_RULES:
        return dict.fromkeys(programme.dimensions, text)
    from kiamv_cli.cli.input import read_targets

    return dict(read_targets(text, programme))


def _target_for(
    dimension: DimensionId, text: str, programme: Programme
) -> TargetRule | Mapping[str, Fraction]:
    if text in TARGET_RULES:
        return text
    if not _is_file(text):
        raise unknown("targets", text, TARGET_RULES)
    from kiamv_cli.cli.input import read_targets

    return read_targets(text, programme, dimension)[dimension]


def _is_file(text: str) -> bool:
    """Tell whether a text can only be meant as a file."""
    return "/" in text or os.sep in text or text.lower().endswith((".yaml", ".yml", ".json"))


def _has_population(programme: Programme, dimension: DimensionId) -> bool:
    categories = programme.dimensions[dimension].categories
    return all(category.population is not None for category in categories)


def _balance(text: str, programme: Programme) -> tuple[DimensionId, ...]:
    if text == "none":
        return ()
    parts = tuple(dict.fromkeys(words([text])))
    for part in parts:
        if part not in programme.dimensions:
            raise unknown("balance", part, (*programme.dimensions, "none"))
    return parts


def _share(text: str | None) -> Fraction | None:
    if text is None:
        return None
    number = text.strip().removesuffix("%").strip()
    if not _PERCENTAGE.fullmatch(number):
        message = _('--give-up "{text}": not a percentage, as 2.5.', text=_short(text))
        hint = _("Write a decimal point.") if "," in text else ""
        fail(f"{message} {hint}".rstrip())
    try:
        percent = Fraction(number)
    except ZeroDivisionError:
        percent = Fraction(-1)
    if not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        fail(_('--give-up "{text}": a percentage is from 0 to 100.', text=_short(text)))
    return percent / 100


def _quotas(
    option: str,
    texts: Iterable[str] | None,
    programme: Programme,
    balance: tuple[DimensionId, ...],
) -> Iterable[Quota]:
    for text in words(texts):
        category, equals, number = (part.strip() for part in text.partition("="))
        if not equals or not (number.isascii() and number.isdecimal()):
            message = _('{option} "{text}": write it as CATEGORY=NUMBER, such as NL-ZE=1.')
            fail(message.format(option=option, text=_short(text)))
        if len(number.lstrip("0")) > _MOST_DIGITS:
            message = _('{option} "{text}": a number has at most {n} digits.')
            fail(message.format(option=option, text=_short(text), n=_MOST_DIGITS))
        limit = int(number)
        field = "at_least" if option == "--at-least" else "at_most"
        for dimension, named in _homes(field, category, programme, balance):
            if option == "--at-least":
                yield Quota(dimension, named, at_least=limit)
            else:
                yield Quota(dimension, named, at_most=limit)


def _homes(
    field: str, text: str, programme: Programme, balance: tuple[DimensionId, ...]
) -> list[tuple[DimensionId, str]]:
    """Find the category that is meant by CATEGORY or DIM:CATEGORY; by DIM:each all there are."""
    dimensions = programme.dimensions
    ids = {name: [one.id for one in each.categories] for name, each in dimensions.items()}
    dimension, colon, category = (part.strip() for part in text.partition(":"))
    if colon:
        if dimension not in ids:
            raise unknown(field, dimension, ids)
        if category == _EACH:
            return [(dimension, each) for each in ids[dimension]]
        if category not in ids[dimension]:
            raise unknown(field, category, ids[dimension])
        return [(dimension, category)]
    homes = [name for name, known in ids.items() if text in known]
    balanced = [name for name in homes if name in balance]
    if not homes:
        raise unknown(field, text, [each for known in ids.values() for each in known])
    if len(homes) > 1 and len(balanced) != 1:
        several = listing([f"{name}:{text}" for name in homes])
        fail(_('"{text}" is a category of several dimensions: {names}.', text=text, names=several))
    return [((balanced or homes)[0], text)]


def _check(request: Request, scores: Scores) -> None:
    total = len(scores.ecosystems)
    context = get_current_context(silent=True)
    defaulted = context and context.get_parameter_source("size") == ParameterSource.DEFAULT
    if request.size > total > 0 and defaulted:
        fail(_too_many(request.size, total))
    check_request(request, scores)


def _too_many(size: int, total: int) -> str:
    return ngettext(
        "the long list has {n} ecosystem, and {size} are selected unless you say otherwise. "
        "Give a smaller number, as in --size {example}.",
        "the long list has {n} ecosystems, and {size} are selected unless you say otherwise. "
        "Give a smaller number, as in --size {example}.",
        total,
        size=size,
        example=(total + 1) // 2,
    )


def _short(text: str) -> str:
    """Show no more of what was typed than tells it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def words(texts: Iterable[str] | None) -> list[str]:
    """Take values apart that stand in one option, separated by commas."""
    return [part.strip() for text in texts or () for part in text.split(",") if part.strip()]
