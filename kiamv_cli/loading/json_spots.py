"""Where a few values stand in a JSON document: found by going to them, past all others.

A long list of 100,000 lines can have something doubtful on each; reading every token of every
line for that would take longer than all else together. The scanner of the standard library, which
is C, passes over what is not wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecoder
from typing import TYPE_CHECKING

from kiamv_cli.loading.marks import Mark, Spot
from kiamv_cli.loading.text import composed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.loading.plain import Path

# The document is known to be in order: between two tokens that count there is only this.
_BETWEEN = re.compile(r"[ \t\n\r,:]*")
# Numbers stay text: they are passed over, however long.
_value_at = JSONDecoder(parse_int=str, parse_float=str).raw_decode


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
    seeker = _Seeker(text)
    seeker.value(seeker.skip(0), 0, _tree(wanted))
    found = seeker.found
    places = {at: (0, 0) for start, _, key in found.values() for at in (start, key)}
    line, line_start, counted = first_line, 0, 0
    for at in sorted(places):
        breaks = text.count("\n", counted, at)
        if breaks:
            line, line_start = line + breaks, text.rindex("\n", counted, at) + 1
        counted = at
        places[at] = line, at - line_start + 1
    return {
        path: Spot(
            _mark(text, start, end, places[start]),
            _mark(text, key, end if key == start else start, places[key]),
        )
        for path, (start, end, key) in found.items()
    }


def _tree(wanted: Iterable[Path]) -> _Wanted:
    root = _Wanted()
    for path in wanted:
        node = root
        for step in path:
            node = node.inside.setdefault(step, _Wanted())
        node.path = path
    return root


def _mark(text: str, start: int, end: int, place: tuple[int, int]) -> Mark:
    sign = text[start]
    if sign in "{[":
        return Mark(sign, *place)
    written = _value_at(text, start)[0] if sign == '"' else text[start:end]
    return Mark(".", *place, written)


class _Seeker:
    """Goes through a text; ``found`` is where values start and end, and their keys start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[Path, tuple[int, int, int]] = {}

    def value(self, at: int, key: int, wanted: _Wanted | None) -> int:
        """Go past the value that starts at ``at``, and note what is wanted of it."""
        if wanted is None or not wanted.inside or self.text[at] not in "{[":
            _, end = _value_at(self.text, at)
        elif self.text[at] == "{":
            end = self._mapping(at, wanted)
        else:
            end = self._list(at, wanted)
        if wanted and wanted.path is not None:
            self.found.setdefault(wanted.path, (at, end, key))
        return end

    def _mapping(self, at: int, wanted: _Wanted) -> int:
        text, skip, inside = self.text, self.skip, wanted.inside
        at = skip(at + 1)
        while text[at] != "}":
            name, end = _value_at(text, at)
            start = skip(end)
            node = inside.get(composed(name))
            at = skip(self.value(start, at, node) if node else _value_at(text, start)[1])
        return at + 1

    def _list(self, at: int, wanted: _Wanted) -> int:
        at = self.skip(at + 1)
        index = 0
        while self.text[at] != "]":
            at = self.skip(self.value(at, at, wanted.inside.get(index)))
            index += 1
        return at + 1

    def skip(self, at: int) -> int:
        """Go past blanks, commas and colons."""
        blank = _BETWEEN.match(self.text, at)
        assert blank
        return blank.end()
