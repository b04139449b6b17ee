"""Doubts about money and about years."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import _, ngettext
from kiamv_cli.longlist.checks.subject import doubt, first_year, source_of
from kiamv_cli.longlist.reading.entry import as_list, as_mapping, as_text, as_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Path, Plain
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


def _overlap(line: Line, other: Line) -> bool:
    """Tell whether both lines cover some year; a line of which no year is known does not."""
    (first, last), (start, end) = _years(line), _years(other)
    return first <= end and start <= last


def _years(line: Line) -> tuple[int, int]:
    start, end = first_year(line), as_year(line.get("until"))
    if start is None and end is None:
        return _FAR_FUTURE, _FAR_PAST
    return start or _FAR_PAST, end or _FAR_FUTURE


def _shared(line: Line, other: Line) -> str:
    """Say what makes two lines look like the same money."""
    amount = as_year(line.get("amount_eur"))
    if amount and amount == other.get("amount_eur"):
        return _("the same amount, {amount}", amount=amount)
    funders = _funders(line)
    common = [name for key, name in _funders(other).items() if key in funders]
    if common and not (amount and other.get("amount_eur")):
        return _("the same funder, {funder}, and not both amounts are known", funder=common[0])
    return ""


def _funders(line: Line) -> dict[str, str]:
    named = (as_text(each) for each in as_list(line.get("funders")))
    return {folded(name): name for name in named if name}


def about_years(subject: Subject) -> Iterator[Flaw]:
    """Find what lies on the wrong side of the reference date, or may do so."""
    founded = as_year(subject.entry.get("founded"))
    ended = as_year(subject.entry.get("end_date"))
    if founded is not None and ended is not None and ended < founded:
        message = _(
            "it ended ({ended}) before it was founded ({founded})", ended=ended, founded=founded
        )
        yield doubt("K913", ("end_date",), message, _("Correct one of the two"))
    if subject.as_of is None:
        return
    year = subject.as_of.year
    if founded is not None and founded > year:
        message = _(
            "founded in {founded}, after the reference date ({year})", founded=founded, year=year
        )
        yield doubt("K910", ("founded",), message, _("Correct the year, or take it off this list"))
    if ended is not None and ended < year:
        message = _(
            "it ended in {ended}, before the reference date ({year})", ended=ended, year=year
        )
        yield doubt("K913", ("end_date",), message, _("Should it be on this list?"))
    yield from _late_days(subject, subject.as_of)
    yield from _late_sources(subject, year)
    if subject.facts and not any(_holds(fact, year) for _, fact in subject.facts):
        message = _("none of its facts holds in {year}", year=year)
        hint = _("Correct the years, or look for what held then")
        yield doubt("K914", ("id",), message, hint)


def _late_days(subject: Subject, as_of: date) -> Iterator[Flaw]:
    for name, judgement in as_mapping(subject.entry.get("verdicts")).items():
        if _is_after(as_mapping(judgement).get("date"), as_of):
            message = _(
                "the verdict on {name} is dated after the reference date ({as_of})",
                name=name,
                as_of=as_of,
            )
            hint = _("It does not count until the reference date is moved")
            yield doubt("K912", ("verdicts", name, "date"), message, hint)
    for index, suggestion in enumerate(as_list(subject.entry.get("suggested_by"))):
        if _is_after(as_mapping(suggestion).get("date"), as_of):
            path: Path = ("suggested_by", index, "date")
            message = _("suggested after the reference date ({as_of})", as_of=as_of)
            yield doubt("K911", path, message, _("Correct the date, or move the reference date"))


def _late_sources(subject: Subject, year: int) -> Iterator[Flaw]:
    for path, fact in subject.facts:
        written = subject.written.get(source_of(fact), year)
        if written > year and first_year(fact) is None and _holds(fact, year):
            message = _(
                "its source is of {written}, after the reference date, and it has no since",
                written=written,
            )
            hint = _(
                "Did it hold in {year} already? If not, or from when it did, add since", year=year
            )
            yield doubt("K908", path, message, hint)


def _is_after(value: Plain, as_of: date) -> bool:
    try:
        return date.fromisoformat(as_text(value)) > as_of
    except ValueError:
        return False


def _holds(fact: dict[str, Plain], year: int) -> bool:
    since, until = first_year(fact), as_year(fact.get("until"))
    return (since is None or since <= year) and (until is None or until >= year)
