"""The plain values that YAML and JSON are read into, and paths within them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from kiamv_cli.base.problem import Problem

    # What a cell of a table holds; rows come with their numbers.
    Cell: TypeAlias = str | float | bool | None
    Rows: TypeAlias = list[tuple[int, list[Cell]]]

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | float | bool | None"

Path: TypeAlias = tuple[str | int, ...]

"""Keys and list indexes (from 0) from the top of a document to a value in it."""


def existing(data: Plain, path: Path) -> Path:
    """Leave out of a path what the data do not have, such as the key that is missing."""
    found: list[str | int] = []
    for step in path:
        if isinstance(data, dict) and isinstance(step, str) and step in data:  # noqa: SIM114 - or the types are lost
            data = data[step]
            found.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            found.append(step)
    return tuple(found)


class Reading(NamedTuple):
    """What a reader makes of a document, with the problems that did not stop it.

    ``json`` is ``data`` as JSON, the keys in any order, where the reader had to make it anyway.
    """

    data: Plain
    problems: list[Problem]
    json: str | None = None


INTERNAL = "internal"
