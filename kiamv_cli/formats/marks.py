"""Where things stand in a document: found by scanning it once more, when there is need to tell.

Readers keep no positions, which makes them fast; a document in which something is wrong is
scanned a second time for just the places that are wanted.
"""

from __future__ import annotations

import re
from json import loads
from typing import TYPE_CHECKING, NamedTuple

from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from kiamv_cli.base.files import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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


try:
    from yaml._yaml import CParser as Parser
except ImportError:  # PyYAML was built without libyaml: the same events, slower
    from yaml import SafeLoader as Parser  # type: ignore[assignment]

_BRACKETS: dict[type[Event], str] = {
    MappingStartEvent: "{",
    MappingEndEvent: "}",
    SequenceStartEvent: "[",
    SequenceEndEvent: "]",
}


def event_source(text: str) -> Callable[[], Event | None]:
    """Give the function that returns the next event, and ``None`` after the last.

    It raises ``yaml.MarkedYAMLError`` where the syntax is broken.
    """
    return Parser(text).get_event


def yaml_marks(text: str) -> Iterator[Mark]:
    """Give the marks of a document that could be read, up to its end."""
    next_event = event_source(text)
    while event := next_event():
        bracket = _BRACKETS.get(type(event))
        if bracket:
            yield Mark(bracket, *start_of(event))
        elif isinstance(event, ScalarEvent):
            yield Mark(".", *start_of(event), event.value)
        elif isinstance(event, AliasEvent):
            yield Mark(".", *start_of(event))


def start_of(event: Event) -> tuple[int, int]:
    """Give the line and column, from 1, where the event's token starts."""
    mark = event.start_mark
    assert mark
    return mark.line + 1, mark.column + 1


_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\]":,]+')


def json_marks(text: str, first_line: int = 1) -> Iterator[Mark]:
    """Give the marks of a document that could be read; lines count from ``first_line``."""
    line, line_start = first_line, 0
    counted = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        breaks = text.count("\n", counted, start)
        if breaks:
            line += breaks
            line_start = text.rindex("\n", counted, start) + 1
        counted = start
        yield _mark(token[0], line, start - line_start + 1)


def _mark(written: str, line: int, column: int) -> Mark:
    if written in "{}[]":
        return Mark(written, line, column)
    if written.startswith('"'):
        return Mark(".", line, column, loads(written))
    return Mark(".", line, column, written)
