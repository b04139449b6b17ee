"""From options as typed to a request; whatever does not fit is said in one line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.base.problem import unknown
from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import fail
from kiamv_cli.cli.project import spelled
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.longlist.reading.ids import ids_in_file, read_ids
from kiamv_cli.programme.model.labels import (
    categories_meant,
    dimension_meant,
    id_meant,
    split_labels,
)
from kiamv_cli.scoring.model.dimensions import Dimensions
from kiamv_cli.selection.model.question import Quota
from kiamv_cli.selection.model.request import (
    USUAL_BALANCE,
    USUAL_SIZE,
    Request,
)
from kiamv_cli.selection.model.resolution import resolved, with_usual
from kiamv_cli.selection.model.spread import TARGET_RULES, TargetRule, has_population

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.commands.options import Wishes

Known = TypeVar("Known", bound=str)
_AMOUNT = re.compile(r"[+-]?\d{1,15}(\.\d{0,9}|/[1-9]\d{0,8})?", re.ASCII)
_PERCENTAGE = re.compile(r"[+-]?(\d{1,9}(\.\d{0,9})?|\.\d{1,9}|\d{1,9}/\d{1,9})", re.ASCII)
_MOST_DIGITS, _SHOWN, _PAIR = 9, 40, 2


def to_request(wishes: Wishes, scores: Scores) -> Request:
    """Read the options against a scored long list.

    Ends the command with a message if an option makes no sense with this long list.
    """
    request = request_of(wishes, scores.programme, lambda: scores.longlist)
    _check_usual(request.size, wishes.size, scores)
    return resolved(request, scores)


def request_of(wishes: Wishes, programme: Programme, longlist: Callable[[], Longlist]) -> Request:
    """Read the options by a programme, and by a long list if they name ecosystems."""

    def ids(option: str, texts: Iterable[str] | None) -> tuple[str, ...]:
        if not texts:
            return ()
        with refusing():
            return read_ids(texts, Names(longlist().ecosystems), option)

    dimensions = Dimensions(programme, longlist, 0)
    balance = USUAL_BALANCE if wishes.balance is None else _balance(wishes.balance, dimensions)
    size = USUAL_SIZE if wishes.size is None else wishes.size
    usual = with_usual(Request(size=size, balance=balance), programme)
    return Request(
        size=usual.size,
        sizes=usual.sizes,
        balance=usual.balance,
        targets=to_targets(wishes.target, dimensions, usual.balance),
        give_up=_share(wishes.give_up),
        include=frozenset(ids("--include", wishes.include)),
        exclude=frozenset(ids("--exclude", wishes.exclude)),
        quotas=(
            *_quotas("at_least", wishes.at_least, dimensions, usual.balance),
            *_quotas("at_most", wishes.at_most, dimensions, usual.balance),
        ),
        at_most_one=tuple(_group("at_most_one", each, ids) for each in wishes.at_most_one or ()),
        together=tuple(_group("together", each, ids) for each in wishes.together or ()),
        only_with=_only_with(wishes.only_with, ids),
        cost=dict(_amounts(wishes.cost)),
        keep=frozenset(_kept(wishes.keep, longlist)),
        changes=wishes.changes,
        classes=frozenset(
            id_meant("classes", each, programme.classes)
            for each in split_labels(wishes.classes, programme.classes)
        ),
        unknown=wishes.unknown,
        seed=wishes.seed,
    )


Ids = Callable[[str, "Iterable[str] | None"], tuple[str, ...]]


def _group(field: str, text: str, ids: Ids) -> tuple[str, ...]:
    """Read ecosystems of which a wish is about all together."""
    group = ids(spelled(field), [text])
    if len(group) < _PAIR:
        message = _('{option} "{text}": name two ecosystems or more, with commas between.')
        fail(message.format(option=spelled(field), text=_short(text)))
    return group


def _only_with(texts: Iterable[str] | None, ids: Ids) -> dict[str, tuple[str, ...]]:
    option, found = spelled("only_with"), dict[str, tuple[str, ...]]()
    for text in texts or ():
        name, _equals, other = (part.strip() for part in text.partition("="))
        if not (name and other):
            message = _('{option} "{text}": write it as ID=ID: the first only with the second.')
            fail(message.format(option=option, text=_short(text)))
        first, second = ids(option, [name]), ids(option, [other])
        if len(first) != 1:
            fail(_('{option} "{text}": write one ecosystem.', option=option, text=name))
        found[first[0]] = tuple(dict.fromkeys((*found.get(first[0], ()), *second)))
    return found


def _amounts(texts: Iterable[str] | None) -> Iterator[tuple[str, Fraction]]:
    option = spelled("cost")
    for text in _limits(texts):
        name, _equals, amount = (part.strip() for part in text.rpartition("="))
        if not name or not _AMOUNT.fullmatch(amount):
            message = _(
                '{option} "{text}": write it as ATTRIBUTE=AMOUNT, such as ask=2500000 or ask=2.5.'
            )
            fail(message.format(option=option, text=_short(text)))
        yield name, Fraction(amount)


def _kept(text: str | None, longlist: Callable[[], Longlist]) -> Iterator[str]:
    """Read who was in an earlier shortlist; who is no longer on the long list stays an id."""
    if text is None:
        return
    ecosystems = longlist().ecosystems
    with refusing():
        yield from ids_in_file(Path(text.removeprefix("@")), Names(ecosystems))


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
    texts: Iterable[str] | None, dimensions: Dimensions, asked_for: Iterable[DimensionId] = ()
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    """Read ``--target``: a rule or a file for all dimensions it fits, or for one as DIM=rule.

    All are those of the programme, and those that are ``asked_for``.
    """
    found: dict[DimensionId, TargetRule | Mapping[str, Fraction]] = {}
    for text in texts or ():
        name, equals, rule = text.partition("=")
        if not equals or (name not in dimensions.declared and _is_file(text)):
            found |= _target_for_all(text, dimensions, asked_for)
        else:
            dimension = dimension_meant("targets", name, dimensions)
            found[dimension] = _target_for(dimension, rule, dimensions)
    return found


def _target_for_all(
    text: str, dimensions: Dimensions, balance: Iterable[DimensionId]
) -> dict[DimensionId, TargetRule | Mapping[str, Fraction]]:
    reported = dimensions.reported(balance)
    if text == "population":
        return {name: "population" for name in reported if has_population(dimensions, name)}
    if text in TARGET_RULES:
        return dict.fromkeys(reported, text)
    from kiamv_cli.cli.input import read_targets

    return dict(read_targets(text, reported))


def _target_for(
    dimension: DimensionId, text: str, dimensions: Dimensions
) -> TargetRule | Mapping[str, Fraction]:
    if text in TARGET_RULES:
        return text
    if not _is_file(text):
        raise unknown("targets", text, TARGET_RULES)
    from kiamv_cli.cli.input import read_targets

    return read_targets(text, dimensions, dimension)[dimension]


def _is_file(text: str) -> bool:
    """Return whether a text can only be meant as a file."""
    return "/" in text or os.sep in text or text.lower().endswith((".yaml", ".yml", ".json"))


def _balance(text: str, dimensions: Dimensions) -> tuple[DimensionId, ...]:
    if text == "none":
        return ()
    named = split_labels([text], dimensions.declared.values())
    return tuple(dict.fromkeys(dimension_meant("balance", each, dimensions) for each in named))


def _share(text: str | None) -> Fraction | None:
    if text is None:
        return None
    option, number = spelled("give_up"), text.strip().removesuffix("%").strip()
    if not _PERCENTAGE.fullmatch(number):
        message = _(
            '{option} "{text}": not a percentage, such as 2.5.', option=option, text=_short(text)
        )
        hint = _("Write a decimal point.") if "," in text else ""
        fail(f"{message} {hint}".rstrip())
    try:
        percent = Fraction(number)
    except ZeroDivisionError:
        percent = Fraction(-1)
    if not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
        message = _('{option} "{text}": a percentage lies between 0 and 100.')
        fail(message.format(option=option, text=_short(text)))
    return percent / 100


def _quotas(
    field: str,
    texts: Iterable[str] | None,
    dimensions: Dimensions,
    balance: Collection[DimensionId],
) -> Iterable[Quota]:
    for text in _limits(texts):
        category, equals, number = (part.strip() for part in text.rpartition("="))
        if not equals or not (number.isascii() and number.isdecimal()):
            message = _('{option} "{text}": write it as CATEGORY=NUMBER, such as NL-ZE=1.')
            fail(message.format(option=spelled(field), text=_short(text)))
        if len(number.lstrip("0")) > _MOST_DIGITS:
            message = _('{option} "{text}": a number has at most {n} digits.')
            fail(message.format(option=spelled(field), text=_short(text), n=_MOST_DIGITS))
        for dimension, id_ in categories_meant(field, category, dimensions, balance):
            yield Quota(dimension, id_, **{field: int(number)})


def _limits(texts: Iterable[str] | None) -> Iterator[str]:
    """Take limits apart that stand in one option; commas before a = belong to a label."""
    for text in texts or ():
        limit = ""
        for part in text.split(","):
            limit = f"{limit},{part}" if limit else part
            if "=" in part:
                yield limit.strip()
                limit = ""
        if limit.strip():
            yield limit.strip()


def _check_usual(size: int, typed: str | None, scores: Scores) -> None:
    total = len(scores.ecosystems)
    if size > total > 0 and typed is None:
        fail(_too_many(size, total))


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
