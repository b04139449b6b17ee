"""Warnings about money and about years."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.text import Text
from kiamv_cli.longlist.checks.subject import first_year, source_of, warning
from kiamv_cli.longlist.reading.entry import as_list, as_mapping, as_text, as_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.plain import Flaw, Path, Plain
    from kiamv_cli.longlist.checks.subject import Subject

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
        message = Text("K920.budget-lines-too-many", n=len(lines))
        hint = Text("K920.up-compared-each-other", most=_MOST_COMPARED)
        yield warning(("budget",), message, hint)
        return
    for (first, one), (second, other) in combinations(enumerate(lines), 2):
        shared = _shared(one, other) if _overlap(one, other) else ""
        if shared:
            message = Text("K920.overlaps-budget-line", line=first + 1, shared=shared)
            hint = Text("K920.if-same-money-keep")
            yield warning(("budget", second), message, hint)


def _one(line: Line, path: Path) -> Iterator[Flaw]:
    if line and not _SAYS_SOMETHING & line.keys():
        hint = Text("K921.add-own-amount-eur")
        yield warning(path, Text("K921.budget-line-says-nothing"), hint)
    amount = as_year(line.get("amount_eur"))
    if amount is not None and not _SMALLEST <= amount <= _LARGEST:
        message = Text("K922.amount-euro-hardly-budget", n=amount)
        hint = Text("K922.write-euros-full-2")
        yield warning((*path, "amount_eur"), message, hint)


def _overlap(line: Line, other: Line) -> bool:
    """Return whether both lines cover some year; a line of which no year is known does not."""
    (first, last), (start, end) = _years(line), _years(other)
    return first <= end and start <= last


def _years(line: Line) -> tuple[int, int]:
    start, end = first_year(line), as_year(line.get("until"))
    if start is None and end is None:
        return _FAR_FUTURE, _FAR_PAST
    return start or _FAR_PAST, end or _FAR_FUTURE


def _shared(line: Line, other: Line) -> Text | None:
    """Say what makes two lines look like the same money."""
    amount = as_year(line.get("amount_eur"))
    if amount and amount == other.get("amount_eur"):
        return Text("parts.same-amount", amount=amount)
    funders = _funders(line)
    common = [name for key, name in _funders(other).items() if key in funders]
    if common and not (amount and other.get("amount_eur")):
        return Text("parts.same-funder-not-both", funder=common[0])
    return None


def _funders(line: Line) -> dict[str, str]:
    named = (as_text(each) for each in as_list(line.get("funders")))
    return {folded(name): name for name in named if name}


def about_years(subject: Subject) -> Iterator[Flaw]:
    """Find what lies on the wrong side of the reference date, or may do so."""
    founded = as_year(subject.entry.get("founded"))
    ended = as_year(subject.entry.get("end_date"))
    if founded is not None and ended is not None and ended < founded:
        message = Text("K913.ended-before-founded", ended=ended, founded=founded)
        yield warning(("end_date",), message, Text("hints.correct-one-two"))
    if subject.as_of is None:
        return
    year = subject.as_of.year
    if founded is not None and founded > year:
        message = Text("K910.founded-after-reference-date", founded=founded, year=year)
        yield warning(("founded",), message, Text("K910.correct-year-take-off"))
    if ended is not None and ended < year:
        message = Text("K913.ended-before-reference-date", ended=ended, year=year)
        yield warning(("end_date",), message, Text("K913.should-list"))
    yield from _late_days(subject, subject.as_of)
    yield from _late_sources(subject, year)
    if subject.facts and not any(_holds(fact, year) for _, fact in subject.facts):
        message = Text("K914.none-facts-holds", year=year)
        hint = Text("K914.correct-years-look-held")
        yield warning(("id",), message, hint)


def _late_days(subject: Subject, as_of: date) -> Iterator[Flaw]:
    for name, judgement in as_mapping(subject.entry.get("verdicts")).items():
        if _is_after(as_mapping(judgement).get("date"), as_of):
            message = Text("K912.verdict-dated-after-reference", name=name, as_of=as_of)
            hint = Text("K912.does-not-count-until")
            yield warning(("verdicts", name, "date"), message, hint)
    for index, suggestion in enumerate(as_list(subject.entry.get("suggested_by"))):
        if _is_after(as_mapping(suggestion).get("date"), as_of):
            path: Path = ("suggested_by", index, "date")
            message = Text("K911.suggested-after-reference-date", as_of=as_of)
            yield warning(path, message, Text("K911.correct-date-move-reference"))


def _late_sources(subject: Subject, year: int) -> Iterator[Flaw]:
    for path, fact in subject.facts:
        written = subject.written.get(source_of(fact), year)
        if written > year and first_year(fact) is None and _holds(fact, year):
            message = Text("K908.source-after-reference-date", written=written)
            hint = Text("K908.did-hold-already-if", year=year)
            yield warning(path, message, hint)


def _is_after(value: Plain, as_of: date) -> bool:
    try:
        return date.fromisoformat(as_text(value)) > as_of
    except ValueError:
        return False


def _holds(fact: dict[str, Plain], year: int) -> bool:
    since, until = first_year(fact), as_year(fact.get("until"))
    return (since is None or since <= year) and (until is None or until >= year)
