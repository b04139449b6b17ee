"""An ecosystem as the checks look at it, and how a warning is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.value import canonical
from kiamv_cli.formats.plain import INTERNAL, Flaw
from kiamv_cli.longlist.reading.entry import LEAD, as_list, as_mapping, as_text, as_year, sourced

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.base.text import Text
    from kiamv_cli.formats.plain import Path, Plain

Placed = tuple["Path", dict[str, "Plain"]]


@dataclass(frozen=True, slots=True)
class Subject:
    """An ecosystem as it was written, with what several checks need of it, worked out once.

    ``sourced`` is all that has a source: the facts and, last, the lead. ``written`` is the year
    of each source that has one. ``text`` is all of it as JSON. ``as_of`` is ``None`` where the
    list has no reference date that could be read.
    """

    entry: dict[str, Plain]
    as_of: date | None
    facts: tuple[Placed, ...]
    sourced: tuple[Placed, ...]
    sources: dict[str, Plain]
    written: dict[Plain, int]
    text: str


def subject(entry: dict[str, Plain], as_of: date | None, text: str | None = None) -> Subject:
    """Look at an ecosystem; ``text`` is all of it as JSON, where that is known.

    What is for the team alone is left out: a warning would show it.
    """
    if INTERNAL in entry:
        entry, text = {key: each for key, each in entry.items() if key != INTERNAL}, None
    found = tuple((path, fact) for path, fact in sourced(entry) if fact)
    sources = as_mapping(entry.get("sources"))
    years = {name: as_year(as_mapping(each).get("year")) for name, each in sources.items()}
    return Subject(
        entry=entry,
        as_of=as_of,
        facts=found[:-1] if found and found[-1][0] == LEAD else found,
        sourced=found,
        sources=sources,
        written={name: year for name, year in years.items() if year is not None},
        text=text or canonical(entry),
    )


def warning(path: Path, message: Text, hint: Text, *, on_key: bool = False) -> Flaw:
    """Return a warning on a value, or on its key."""
    return Flaw(path=path, text=message, advice=hint, on_key=on_key)


def first_year(fact: dict[str, Plain]) -> int | None:
    """The year from which a fact holds: the later of ``since`` and, of a budget line, ``from``."""
    since, start = as_year(fact.get("since")), as_year(fact.get("from"))
    return since if start is None or (since is not None and since > start) else start


def source_of(fact: dict[str, Plain]) -> str:
    """The name of its source, empty if it has none."""
    return as_text(fact.get("source"))


def sources_of(fact: dict[str, Plain]) -> tuple[str, ...]:
    """Return the names of all its sources: its own, and those that confirm it."""
    return (source_of(fact), *map(as_text, as_list(fact.get("confirmed_by"))))
