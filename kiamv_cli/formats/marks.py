"""Where things stand in a document: found by scanning it once more, when there is need to tell.

Readers keep no positions, which makes them fast; a document in which something is wrong is
scanned a second time for just the places that are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.files import composed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.formats.plain import Path


class Mark(NamedTuple):
    """A token: ``{``, ``[``, ``}``, ``]`` or, with its text as written, a scalar (``.``).

    ``sheet`` names the sheet of a workbook in which it stands.
    """

    kind: str
    line: int
    column: int
    text: str = ""
    sheet: str = ""


class Spot(NamedTuple):
    """Where a value stands, and the key (or, in a list, again the value) that leads to it."""

    value: Mark
    key: Mark


def locate(marks: Iterator[Mark], wanted: Iterable[Path]) -> dict[Path, Spot]:
    """Find the places of the paths that are wanted; of a repeated key, the first counts."""
    found: dict[Path, Spot] = {}
    paths = frozenset(wanted)
    first = next(marks, None)
    if first:
        for path, spot in _walk(first, first, (), marks):
            if path in paths:
                found.setdefault(path, spot)
    return found


def _walk(mark: Mark, key: Mark, path: Path, marks: Iterator[Mark]) -> Iterator[tuple[Path, Spot]]:
    yield path, Spot(mark, key)
    if mark.kind == "[":
        for index, item in enumerate(_until("]", marks)):
            yield from _walk(item, item, (*path, index), marks)
    elif mark.kind == "{":
        for name in _until("}", marks):
            yield from _walk(next(marks), name, (*path, composed(name.text)), marks)


def _until(end: str, marks: Iterator[Mark]) -> Iterator[Mark]:
    for mark in marks:
        if mark.kind == end:
            return
        yield mark


def repeated_keys(marks: Iterator[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Find keys that are given again in the same mapping, each with where it was first."""
    for mark in marks:
        yield from _repeated_in(mark, marks)


def _repeated_in(mark: Mark, marks: Iterator[Mark]) -> Iterator[tuple[Mark, Mark]]:
    if mark.kind == "[":
        for item in _until("]", marks):
            yield from _repeated_in(item, marks)
    elif mark.kind == "{":
        first: dict[str, Mark] = {}
        for name in _until("}", marks):
            if first.setdefault(composed(name.text), name) is not name:
                yield name, first[composed(name.text)]
            yield from _repeated_in(next(marks), marks)
