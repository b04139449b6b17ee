"""Doubts about money."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.core.labels import folded
from kiamv_cli.language import _, ngettext
from kiamv_cli.loading.doubts.subject import doubt, first_year
from kiamv_cli.loading.entry import as_list, as_mapping, as_text, as_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw
    from kiamv_cli.loading.plain import Path, Plain

    Line = dict[str, Plain]

_FAR_PAST, _FAR_FUTURE = 0, 9999
_MOST_COMPARED = 300
_SMALLEST, _LARGEST = 1_000, 10_000_000_000
_SAYS_SOMETHING = {"own", "amount_eur", "from", "until", "funders", "note"}


def about_budget(subject: Subject) -> Iterator[Flaw]:
    """Find money that may be counted twice, and lines that say little."""
    lines = [as_mapping(line) for line in as_list(subject.entry.get("budget"))]
    for index, line in enumerate(lines):
        yield from _one(line, ("budget", index))
    if len(lines) > _MOST_COMPARED:
        message = _("it has {n} budget lines, too many to compare", n=len(lines))
        hint = _("Up to {most} are compared with each other", most=_MOST_COMPARED)
        yield doubt("K920", ("budget",), message, hint)
        return
    for (first, one), (second, other) in combinations(enumerate(lines), 2):
        shared = _shared(one, other) if _overlap(one, other) else ""
        if shared:
            message = _(
                "it overlaps budget line {line} and has {shared}", line=first + 1, shared=shared
            )
            hint = _("If it is the same money, keep one line")
            yield doubt("K920", ("budget", second), message, hint)


def _one(line: Line, path: Path) -> Iterator[Flaw]:
    if line and not _SAYS_SOMETHING & line.keys():
        hint = _("Add own, amount_eur, from, until or funders, or take it out")
        yield doubt("K921", path, _("this budget line says nothing of the budget"), hint)
    amount = as_year(line.get("amount_eur"))
    if amount is not None and not _SMALLEST <= amount <= _LARGEST:
        message = ngettext(
            "an amount of {n} euro is hardly a budget",
            "an amount of {n} euros is hardly a budget",
            amount,
        )
        hint = _("Write euros in full: 2.5 million is 2500000")
        yield doubt("K922", (*path, "amount_eur"), message, hint)


def _overlap(one: Line, other: Line) -> bool:
    """Tell whether both lines cover some year; a line of which no year is known does not."""
    (first, last), (start, end) = _years(one), _years(other)
    return first <= end and start <= last


def _years(line: Line) -> tuple[int, int]:
    start, end = first_year(line), as_year(line.get("until"))
    if start is None and end is None:
        return _FAR_FUTURE, _FAR_PAST
    return start or _FAR_PAST, end or _FAR_FUTURE


def _shared(one: Line, other: Line) -> str:
    """Say what makes two lines look like the same money."""
    amount = as_year(one.get("amount_eur"))
    if amount and amount == other.get("amount_eur"):
        return _("the same amount, {amount}", amount=amount)
    funders = _funders(one)
    common = [name for key, name in _funders(other).items() if key in funders]
    if common and not (amount and other.get("amount_eur")):
        return _("the same funder, {funder}, and not both amounts are known", funder=common[0])
    return ""


def _funders(line: Line) -> dict[str, str]:
    named = (as_text(each) for each in as_list(line.get("funders")))
    return {folded(name): name for name in named if name}
