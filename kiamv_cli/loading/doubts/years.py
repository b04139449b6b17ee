"""Doubts about years and days, most of them against the reference date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.doubts.subject import doubt, first_year, source_of
from kiamv_cli.loading.entry import as_list, as_mapping, as_text, as_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.doubts.subject import Subject
    from kiamv_cli.loading.flaw import Flaw
    from kiamv_cli.loading.plain import Path, Plain


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
