"""An ecosystem as cells, each at its path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.core.tables.layout import ABSENT_PATH, NUMBERED, SHEETS, Path, heading
from kiamv_cli.core.written import as_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.written import Written

Cell: TypeAlias = "str | int | bool"

SEPARATOR = ";"
_SPECIAL = {"\\", SEPARATOR, "\n"}
UNKNOWN = "unknown"


def cells_of(ecosystem: Ecosystem, *, internal: bool = False) -> dict[Path, Cell]:
    """Give the cells of an ecosystem by their paths, in the order of its keys.

    What is not there has no cell; the lists that are empty are named in the cell ``absent``.
    ``internal`` is as for ``as_written``.
    """
    found: dict[Path, Cell] = {}
    absent: list[Written] = []
    for path, value in _leaves((), as_written(ecosystem, internal=internal)):
        if value == {}:
            # A budget line of which nothing is known.
            found[*path, "own"] = UNKNOWN
        elif value == []:
            absent.append(heading(path))
        elif isinstance(value, list):
            found[path] = joined(value)
        elif isinstance(value, (str, int)):
            found[path] = value
    return {**found, ABSENT_PATH: joined(absent)} if absent else found


def joined(words: list[Written]) -> str:
    r"""Write several texts in one cell: ``a; b``.

    A ``;``, a line break or a ``\`` within one gets a ``\``.
    """
    escaped = (re.sub(r"([\\;\n])", r"\\\1", str(word)) for word in words)
    return f"{SEPARATOR} ".join(escaped)


def parted(text: str) -> list[str]:
    """Read several texts from one cell, as ``joined`` wrote them; blanks around them are let go.

    Line breaks part them as ``;`` does.
    """
    parts, escaped = [""], False
    for sign in text:
        if escaped or sign not in _SPECIAL:
            parts[-1] += sign if sign in _SPECIAL or not escaped else f"\\{sign}"
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            parts.append("")
    parts[-1] += "\\" if escaped else ""
    return [part.strip() for part in parts if part.strip()]


def _leaves(path: Path, value: Written) -> Iterator[tuple[Path, Written]]:
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from _leaves((*path, key), each)
    elif isinstance(value, list) and value and _by_number(path):
        for index, each in enumerate(value):
            yield from _leaves(_where((*path, index), each), each)
    else:
        yield path, value


def _by_number(path: Path) -> bool:
    """Whether the list at a path has a column or a row for each item."""
    return path[0] in NUMBERED or (
        str(path[0]) in SHEETS and len(path) == SHEETS[str(path[0])].depth - 1
    )


def _where(path: Path, value: Written) -> Path:
    """A suggestion that is a word stands where the longer form says who."""
    return (*path, "by") if path[0] == "suggested_by" and isinstance(value, str) else path
