"""Where things stand in a document: found by scanning it once more, when there is need to tell.

Readers keep no positions, which makes them fast; a document in which something is wrong is
scanned a second time for just the places that are wanted.

A long list of 100,000 lines can have something doubtful on each; reading every token of every
line for that would take longer than all else together. The scanner of the standard library, which
is C, passes over what is not wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecoder, loads
from typing import TYPE_CHECKING, Any, NamedTuple, cast

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
from kiamv_cli.formats.yaml_reader import event_source, start_of

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


def locate(marks: Iterator[Mark], targets: Iterable[Path]) -> dict[Path, Spot]:
    """Find the places of the paths that are wanted; of a repeated key, the first counts."""
    found: dict[Path, Spot] = {}
    paths = frozenset(targets)
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


_BRACKETS: dict[type[Event], str] = {
    MappingStartEvent: "{",
    MappingEndEvent: "}",
    SequenceStartEvent: "[",
    SequenceEndEvent: "]",
}


def yaml_marks(text: str) -> Iterator[Mark]:
    """Yield the marks of a document that could be read, up to its end."""
    next_event = event_source(text)
    while event := next_event():
        bracket = _BRACKETS.get(type(event))
        if bracket:
            yield Mark(bracket, *start_of(event))
        elif isinstance(event, ScalarEvent):
            yield Mark(".", *start_of(event), event.value)
        elif isinstance(event, AliasEvent):
            yield Mark(".", *start_of(event))


_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\]":,]+')


def json_marks(text: str, first_line: int = 1) -> Iterator[Mark]:
    """Yield the marks of a document that could be read; lines count from ``first_line``."""
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


# The document is known to be in order, so between two tokens that count there is only this.
_skip = cast("Callable[[str, int], re.Match[str]]", re.compile(r"[ \t\n\r,]*").match)
# A key with all between it and its value, at once: much is passed over, so each step counts.
_key_at = re.compile(r'[ \t\n\r,]*("((?:[^"\\]|\\.)*)")[ \t\n\r]*:[ \t\n\r]*').match
# Numbers stay text: they are passed over, however long. The scanner itself is C; called by way of
# the decoder's methods, it takes twice as long.
_value_at: Callable[[str, int], tuple[Any, int]]
_value_at = cast("Any", JSONDecoder(parse_int=str, parse_float=str)).scan_once


@dataclass(slots=True)
class _Wanted:
    """A place on the way to what is wanted; ``path`` if it is wanted itself."""

    path: Path | None = None
    inside: dict[str | int, _Wanted] = field(default_factory=dict)


def json_spots(text: str, targets: Iterable[Path], first_line: int = 1) -> dict[Path, Spot]:
    """Find the places of the paths that are wanted; of a repeated key, the first counts.

    Args:
        text: A document that could be read.
        targets: Paths in it; what it does not have is not found.
        first_line: The number of its first line.
    """
    paths = set(targets)
    seeker = _Seeker(text, len(paths))
    seeker.value(_skip(text, 0).end(), 0, _tree(paths))
    found = seeker.found
    places = _places(
        text, {at for start, _, key in found.values() for at in (start, key)}, first_line
    )
    return {
        path: Spot(
            _mark_at(text, start, end, places[start]),
            _mark_at(text, key, end if key == start else start, places[key]),
        )
        for path, (start, end, key) in found.items()
    }


def _places(text: str, offsets: set[int], first_line: int) -> dict[int, tuple[int, int]]:
    """Line and column of each place in the text."""
    if "\n" not in text:
        return {at: (first_line, at + 1) for at in offsets}
    places = {}
    line, line_start, counted = first_line, 0, 0
    for at in sorted(offsets):
        breaks = text.count("\n", counted, at)
        if breaks:
            line, line_start = line + breaks, text.rindex("\n", counted, at) + 1
        counted = at
        places[at] = line, at - line_start + 1
    return places


def _tree(paths: Iterable[Path]) -> _Wanted:
    root = _Wanted()
    for path in paths:
        node = root
        for step in path:
            inside = node.inside
            if step not in inside:
                inside[step] = _Wanted()
            node = inside[step]
        node.path = path
    return root


def _mark_at(text: str, start: int, end: int, place: tuple[int, int]) -> Mark:
    sign = text[start]
    if sign in "{[":
        return Mark(sign, *place)
    written = _value_at(text, start)[0] if sign == '"' else text[start:end]
    return Mark(".", *place, written)


class _Seeker:
    """Goes through a text until all is found that is wanted.

    ``found`` is where values start and end, and their keys start.
    """

    def __init__(self, text: str, number: int) -> None:
        self.text = text
        self.found: dict[Path, tuple[int, int, int]] = {}
        self._wanted = number

    def value(self, at: int, key: int, tree: _Wanted | None) -> int:
        """Go past the value that starts at ``at``, and note what is wanted of it."""
        if tree is None or not tree.inside or self.text[at] not in "{[":
            end = _value_at(self.text, at)[1]
        elif self.text[at] == "{":
            end = self._mapping(at, tree)
        else:
            end = self._list(at, tree)
        if tree and tree.path is not None:
            self.found.setdefault(tree.path, (at, end, key))
        return end

    def _mapping(self, at: int, tree: _Wanted) -> int:
        text, inside = self.text, tree.inside
        at += 1
        while key := _key_at(text, at):
            start = key.end()
            node = inside.get(_name(key))
            if node:
                at = self.value(start, key.start(1), node)
                if len(self.found) == self._wanted:
                    return at  # where this one ends does not matter any more
            else:
                at = _value_at(text, start)[1]
        return _skip(text, at).end() + 1

    def _list(self, at: int, tree: _Wanted) -> int:
        text, inside = self.text, tree.inside
        at = _skip(text, at + 1).end()
        index = 0
        while text[at] != "]":
            end = self.value(at, at, inside.get(index))
            if len(self.found) == self._wanted:
                return end
            at = _skip(text, end).end()
            index += 1
        return at + 1


def _name(key: re.Match[str]) -> str:
    """The key itself, its escapes and accents as in the values that were read."""
    name = key[2]
    if "\\" in name:
        name = _value_at(key.string, key.start(1))[0]
    return name if name.isascii() else composed(name)
