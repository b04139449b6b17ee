"""One JSON document, or one line of JSON Lines, to plain values; and where a few of them stand.

As strict as YAML is read here: keys given twice, NaN, Infinity, lone surrogates and control
characters are refused; text is in Unicode NFC.

A long list of 100,000 lines can have something doubtful on each; reading every token of every
line for that would take longer than all else together. The scanner of the standard library, which
is C, passes over what is not wanted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecoder
from typing import TYPE_CHECKING, Any, cast

from pydantic_core import from_json, to_json

from kiamv_cli.base.files import composed, forbidden_in, is_clean
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.marks import Mark, Spot, json_marks, repeated_keys
from kiamv_cli.formats.plain import Plain, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kiamv_cli.formats.plain import Path

_PLACE = re.compile(r"(.*) at line (\d+) column (\d+)", re.DOTALL)
_TELLING_ESCAPE = re.compile(r"\\[ubfr]")


def read_json(text: str, path: str, first_line: int = 1) -> Reading:
    """Read a document.

    Args:
        text: The document, decoded and free of forbidden characters.
        path: The name of the file, for problems.
        first_line: The number of its first line, where the text is a line of a file.

    Raises:
        BadInput: The syntax is broken.
    """
    try:
        data: Plain = from_json(text, allow_inf_nan=False)
    except ValueError as error:
        raise BadInput([_broken(str(error), text, path, first_line)]) from None
    problems: list[Problem] = []
    if "\\" in text and _TELLING_ESCAPE.search(text):
        problems += _forbidden(text, path, first_line)
        data = _composed(data)
    elif composed(text) is not text:
        data = _composed(data)
    again = to_json(data)
    # Every string takes two quotes, and a quote in a string its own (unless written as
    # \u0022), so fewer of them than were read tell of a key that was given twice.
    if again.count(ord('"')) != text.count('"') or "\\u0022" in text:
        problems += _repeated(text, path, first_line)
    return Reading(data, problems, again.decode())


def _composed(data: Plain) -> Plain:
    if isinstance(data, dict):
        return {composed(key): _composed(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_composed(item) for item in data]
    return composed(data) if isinstance(data, str) else data


def _forbidden(text: str, path: str, first_line: int) -> list[Problem]:
    return [
        _problem(
            Text("K202.not-allowed", sign=forbidden_in(mark.text)), Text("hints.remove"), path, mark
        )
        for mark in json_marks(text, first_line)
        if not is_clean(mark.text)
    ]


def _repeated(text: str, path: str, first_line: int) -> list[Problem]:
    return [
        _problem(
            Text("K205.key-given-twice-first", key=again.text, line=first.line),
            Text("hints.keep-one-two"),
            path,
            again,
        )
        for again, first in repeated_keys(json_marks(text, first_line))
    ]


def _problem(message: Text, hint: Text, path: str, mark: Mark) -> Problem:
    return Problem(text=message, advice=hint, path=path, line=mark.line, column=mark.column)


def _broken(error: str, text: str, path: str, first_line: int) -> Problem:
    found = _PLACE.fullmatch(error)
    assert found
    what, line, column = found[1], int(found[2]), int(found[3])
    # The parser counts lines at line feeds only, and columns in bytes; people count characters.
    before = text.encode().split(b"\n")[line - 1][: max(column - 1, 0)]
    message, hint = _explain(what)
    return Problem(
        text=message,
        advice=hint,
        path=path,
        line=first_line + line - 1,
        column=len(before.decode(errors="ignore")) + 1,
    )


def _explain(what: str) -> tuple[Text, Text]:
    if what.startswith("recursion limit"):
        return Text("K208.nested-too-deep"), Text("K208.look-stray")
    if what.startswith("number out of range"):
        return Text("K210.number-too-long-one"), Text("hints.correct-put-quotes-if")
    if what in {"expected value", "expected ident"}:
        hint = Text("K203.put-text-quotes-nan")
        return Text("K203.broken-json-no-value"), hint
    return Text("K203.broken-json", what=what), Text("K203.check-quotes-brackets-commas")


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
