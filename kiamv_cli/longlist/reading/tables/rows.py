"""Ecosystems made of the values of cells, by the paths at which these belong."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from kiamv_cli.base.text import Text
from kiamv_cli.longlist.model.layout import ABSENT_PATH, SHEETS, SIDES, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.reading.tables.document import Table

_SIDES = {("partners", side) for side in SIDES}


class Value(NamedTuple):
    """The value of a cell, and where the cell is."""

    value: Plain
    mark: Mark


@dataclass(slots=True)
class Entry:
    """What the rows say of one ecosystem, by paths in which list indexes may leave gaps.

    ``source`` is the title of where its facts were read, ``read`` the day, where a mapping says so.
    """

    mark: Mark
    values: dict[Path, Value] = field(default_factory=dict)
    source: Value | None = None
    read: str | None = None

    def add(self, path: Path, value: Plain, mark: Mark) -> None:
        """Keep a value; what several columns say of the same stands below or behind each other."""
        before = self.values.get(path)
        if before is None:
            self.values[path] = Value(value, mark)
        elif isinstance(before.value, list) and isinstance(value, list):
            new = [each for each in value if each not in before.value]
            self.values[path] = before._replace(value=[*before.value, *new])
        elif kind_of(path) in {"text", "name"}:
            between = "\n" if kind_of(path) == "text" else " "
            self.values[path] = before._replace(value=f"{before.value}{between}{value}")
        else:
            self.values[path] = Value(value, mark)

    def give_themes(self) -> None:
        """Put challenges of which nobody says the theme into the main one of the ecosystem."""
        themes = self.values.get(("themes",))
        first = themes.value[0] if themes and isinstance(themes.value, list) else None
        for path, value in list(self.values.items()):
            if first and path[0] == "challenges" and path[-1] == "what":
                self.values.setdefault((*path[:-1], "theme"), Value(first, value.mark))


def with_sources(entry: Entry) -> None:
    """Set the source of each fact of an ecosystem that has none to the one that a mapping says."""
    if entry.source is None:
        return
    key, title = f"row-{entry.mark.line}", entry.source
    for path, value in list(entry.values.items()):
        if path in _SIDES and isinstance(value.value, list):
            sourced: list[Plain] = [
                each if isinstance(each, dict) else {"name": each, "source": key}
                for each in value.value
            ]
            entry.values[path] = value._replace(value=sourced)
        elif path[0] == "lead" or (path[0] in SHEETS and path[0] not in _UNSOURCED):
            base = path[:1] if path[0] == "lead" else path[: SHEETS[str(path[0])].depth]
            if len(base) < len(path):
                entry.values.setdefault((*base, "source"), Value(key, title.mark))
    if any(each.value == key for path, each in entry.values.items() if path[-1] == "source") or any(
        path in _SIDES for path in entry.values
    ):
        entry.values["sources", key, "title"] = title
        if entry.read:
            entry.values["sources", key, "read"] = Value(entry.read, title.mark)


_UNSOURCED = {"suggested_by", "verdicts", "sources"}


def put_in(table: Table, base: Path, entry: Entry) -> dict[str, Plain]:
    """Make the ecosystem of an entry, and keep in the table where its values stand."""
    table.marks[base] = entry.mark
    said: dict[str, Plain] = {}
    places = _places(entry)
    for path, (value, mark) in _ordered(entry):
        closed = tuple(
            places[path[:at]].index(step) if isinstance(step, int) else step
            for at, step in enumerate(path)
        )
        meant = _partners(value) if path in _SIDES else value
        if meant is None:
            put(said, closed[:-1], {})
        else:
            put(said, closed, meant)
        table.keep((*base, *closed), meant, mark)
    for challenge in _listed(said.get("challenges")):
        if isinstance(challenge, dict):
            challenge.setdefault("theme", None)
    if "suggested_by" in said:
        said["suggested_by"] = [_suggestion(each) for each in _listed(said["suggested_by"])]
    return said


def _suggestion(suggestion: Plain) -> Plain:
    """Who suggested it is a word if nothing more is said."""
    return (
        suggestion["by"]
        if isinstance(suggestion, dict) and list(suggestion) == ["by"]
        else suggestion
    )


def _partners(names: Plain) -> Plain:
    return [name if isinstance(name, dict) else {"name": name} for name in _listed(names)]


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _places(entry: Entry) -> dict[Path, list[int]]:
    """The list indexes that are used under each path, in order."""
    used: dict[Path, set[int]] = defaultdict(set)
    for path in entry.values:
        for at, step in enumerate(path):
            if isinstance(step, int):
                used[path[:at]].add(step)
    return {path: sorted(steps) for path, steps in used.items()}


def _ordered(entry: Entry) -> Iterator[tuple[Path, Value]]:
    """The values, items of lists in the order of their indexes."""
    return iter(
        sorted(
            ((path, value) for path, value in entry.values.items() if path != ABSENT_PATH),
            key=lambda each: [step for step in each[0] if isinstance(step, int)],
        )
    )


def put(values: dict[str, Plain], path: Path, value: Plain) -> None:
    """Set a value, making the lists and mappings that lead to it."""
    here: Plain = values
    for step, following in zip(path, (*path[1:], None), strict=True):
        fresh: Plain = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if step == len(here):
                here.append(fresh)
            here = here[cast("int", step)]
        elif isinstance(here, dict):
            here = here.setdefault(str(step), fresh)


_LONGEST = 100

_DAY = r"(?:\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ])?"
_TERM = re.compile(
    rf"(?P<rest>.*?)[\s(,;:]*(?<![\d.,]){_DAY}(?P<first>(19|20)\d\d)\s*"
    rf"(-|\u2013|t/m|tot en met|tot|bis|until|through|to)\s*{_DAY}(?P<last>(19|20)\d\d)\s*\)?",
    re.IGNORECASE,
)


class Term(NamedTuple):
    """The first and the last year in a cell, and what stands before them."""

    rest: str
    first: int
    last: int


def term_in(text: str) -> Term | None:
    """Return the term at the end of a text, of years or of full dates."""
    found = _TERM.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    return Term(found["rest"], int(found["first"]), int(found["last"])) if found else None


def without_term(
    entry: Entry, path: Path, cell: str | float, mark: Mark
) -> tuple[str | float, tuple[Text, ...]]:
    """Take the term out of a cell of a budget line, and keep it where nothing else is said.

    Returns:
        What is left of the cell, and what is to be said of it.
    """
    if path[0] != "budget" or path[-1] not in {"amount_eur", "from"} or not isinstance(cell, str):
        return cell, ()
    term, is_amount = term_in(cell), path[-1] == "amount_eur"
    if not term or bool(term.rest) != is_amount:
        return cell, ()
    for key, year in (("from", term.first), ("until", term.last)):
        entry.values.setdefault((*path[:-1], key), Value(year, mark))
    remark = Text("K953.gives-term", text=cell, from_=term.first, until=term.last)
    return term.rest if is_amount else str(term.first), (remark,)
