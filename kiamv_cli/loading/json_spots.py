"""Where a few values stand in a JSON document: found by going to them, past all others.

A long list of 100,000 lines can have something doubtful on each; reading every token of every
line for that would take longer than all else together. The scanner of the standard library, which
is C, passes over what is not wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, cast

from kiamv_cli.loading.marks import Mark, Spot
from kiamv_cli.loading.text import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiamv_cli.loading.plain import Path

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


def json_spots(text: str, wanted: Iterable[Path], first_line: int = 1) -> dict[Path, Spot]:
    """Find the places of the paths that are wanted; of a repeated key, the first counts.

    Args:
        text: A document that could be read.
        wanted: Paths in it; what it does not have is not found.
        first_line: The number of its first line.
    """
    paths = set(wanted)
    seeker = _Seeker(text, len(paths))
    seeker.value(_skip(text, 0).end(), 0, _tree(paths))
    found = seeker.found
    places = _places(
        text, {at for start, _, key in found.values() for at in (start, key)}, first_line
    )
    return {
        path: Spot(
            _mark(text, start, end, places[start]),
            _mark(text, key, end if key == start else start, places[key]),
        )
        for path, (start, end, key) in found.items()
    }


def _places(text: str, wanted: set[int], first_line: int) -> dict[int, tuple[int, int]]:
    """Line and column of each place in the text."""
    if "\n" not in text:
        return {at: (first_line, at + 1) for at in wanted}
    places = {}
    line, line_start, counted = first_line, 0, 0
    for at in sorted(wanted):
        breaks = text.count("\n", counted, at)
        if breaks:
            line, line_start = line + breaks, text.rindex("\n", counted, at) + 1
        counted = at
        places[at] = line, at - line_start + 1
    return places


def _tree(wanted: Iterable[Path]) -> _Wanted:
    root = _Wanted()
    for path in wanted:
        node = root
        for step in path:
            inside = node.inside
            if step not in inside:
                inside[step] = _Wanted()
            node = inside[step]
        node.path = path
    return root


def _mark(text: str, start: int, end: int, place: tuple[int, int]) -> Mark:
    sign = text[start]
    if sign in "{[":
        return Mark(sign, *place)
    written = _value_at(text, start)[0] if sign == '"' else text[start:end]
    return Mark(".", *place, written)


class _Seeker:
    """Goes through a text until all is found that is wanted.

    ``found`` is where values start and end, and their keys start.
    """

    def __init__(self, text: str, wanted: int) -> None:
        self.text = text
        self.found: dict[Path, tuple[int, int, int]] = {}
        self._wanted = wanted

    def value(self, at: int, key: int, wanted: _Wanted | None) -> int:
        """Go past the value that starts at ``at``, and note what is wanted of it."""
        if wanted is None or not wanted.inside or self.text[at] not in "{[":
            end = _value_at(self.text, at)[1]
        elif self.text[at] == "{":
            end = self._mapping(at, wanted)
        else:
            end = self._list(at, wanted)
        if wanted and wanted.path is not None:
            self.found.setdefault(wanted.path, (at, end, key))
        return end

    def _mapping(self, at: int, wanted: _Wanted) -> int:
        text, inside = self.text, wanted.inside
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

    def _list(self, at: int, wanted: _Wanted) -> int:
        text, inside = self.text, wanted.inside
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
