"""Rows of cells to the ecosystems that they tell of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from kiamv_cli.core.tables.layout import ABSENT_PATH, SIDES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.loading.marks import Mark
    from kiamv_cli.loading.plain import Path, Plain
    from kiamv_cli.loading.tables.document import Table

_SIDES = {("partners", side) for side in SIDES}


class Value(NamedTuple):
    """The value of a cell, and where the cell is."""

    value: Plain
    mark: Mark


@dataclass(slots=True)
class Entry:
    """What the rows say of one ecosystem, by paths in which list indexes may leave gaps."""

    mark: Mark
    values: dict[Path, Value] = field(default_factory=dict)


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


def _suggestion(said: Plain) -> Plain:
    """Who suggested it is a word if nothing more is said."""
    return said["by"] if isinstance(said, dict) and list(said) == ["by"] else said


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


def put(said: dict[str, Plain], path: Path, value: Plain) -> None:
    """Set a value, making the lists and mappings that lead to it."""
    here: Plain = said
    for step, following in zip(path, (*path[1:], None), strict=True):
        fresh: Plain = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if step == len(here):
                here.append(fresh)
            here = here[cast("int", step)]
        elif isinstance(here, dict):
            here = here.setdefault(str(step), fresh)
