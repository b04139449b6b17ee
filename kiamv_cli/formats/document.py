"""A document that was read: its values, and the way back from a value to its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from kiamv_cli.base.files import decode, read_file
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import existing
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.base.files import Place
    from kiamv_cli.formats.marks import Spot
    from kiamv_cli.formats.plain import Flaw, Located, Path, Plain, Reading

Syntax = Literal["yaml", "json", "csv", "workbook"]


@dataclass(slots=True)
class Document:
    """One document, or one line of JSON Lines (then ``first_line`` is its number)."""

    path: str
    syntax: Syntax
    text: str
    first_line: int = 1
    data: Plain = None
    problems: list[Problem] = field(default_factory=list)
    json: str | None = None

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Return flaws their line and column, by one more scan of the text.

        What the reader already complained about at the same place is not told again.
        """
        paths = [(flaw, existing(self.data, flaw.path)) for flaw in flaws]
        if not paths:
            return []
        wanted = {path for _, path in paths}
        wanted |= {flaw.first[1] for flaw, _ in paths if flaw.first}
        spots = self._spots(wanted)
        told = {each.place for each in self.problems if each.severity == "error"}
        placed = (self._placed(flaw, path, spots) for flaw, path in paths)
        return [problem for problem in placed if problem.place not in told]

    def without_text(self) -> Document:
        """Return what is needed to name the document and its line, and no more."""
        return Document(self.path, self.syntax, "", self.first_line)

    def _placed(self, flaw: Flaw, path: Path, spots: dict[Path, Spot]) -> Problem:
        spot = spots.get(path) or self._start()
        mark = spot.key if flaw.on_key and path[-1:] == flaw.path[-1:] else spot.value
        return Problem(
            text=flaw.text.filled(first=self._place(*flaw.first, spots))
            if flaw.first
            else flaw.text,
            advice=flaw.hint(spot.value.text),
            path=self.path,
            sheet=mark.sheet,
            line=mark.line,
            column=mark.column,
        )

    def _start(self) -> Spot:
        from kiamv_cli.formats.marks import Mark, Spot

        start = Mark(".", self.first_line, 1)
        return Spot(start, start)

    def _place(self, document: Located, path: Path, spots: dict[Path, Spot]) -> Text:
        if document is self and path in spots:
            mark = spots[path].value
            if mark.sheet:
                from kiamv_cli.base.spreadsheet import cell_name

                return Text("parts.at-cell", cell=cell_name(mark.line, mark.column))
            return Text("parts.at-line", line=mark.line)
        if document.path == self.path:
            return Text("parts.at-line", line=document.first_line)
        return Text("parts.in-path", path=document.path)

    def _spots(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        if self.syntax == "yaml":
            from kiamv_cli.formats.marks import locate, yaml_marks

            return locate(yaml_marks(self.text), paths)
        from kiamv_cli.formats.marks import json_spots

        # Of a line that was let go only the number is known.
        return json_spots(self.text, paths, self.first_line) if self.text else {}


class Piece(NamedTuple):
    """A part of a long list that holds one ecosystem, not read yet: a line, or a file."""

    raw: bytes
    path: str
    syntax: Syntax
    first_line: int = 1

    def read(self) -> Document:
        """Read it; raises as ``read_document`` does."""
        return read_document(*self)

    def unread(self) -> Document:
        """Return what is needed to name it and its line, and no more."""
        return Document(self.path, self.syntax, "", self.first_line)


def read_document(raw: bytes, path: str, syntax: Syntax, first_line: int = 1) -> Document:
    """Decode and read a document.

    Raises:
        BadInput: It is no text, its syntax is broken, or there is nothing in it.
    """
    text = decode(raw, path, first_line)
    reading = _reading(text, path, syntax, first_line)
    if reading.data is None and not reading.problems:
        problem = Problem(path=path, text=Text("K105.empty"), advice=Text("hints.right-file"))
        raise BadInput([problem])
    return Document(path, syntax, text, first_line, reading.data, reading.problems, reading.json)


def _reading(text: str, path: str, syntax: Syntax, first_line: int) -> Reading:
    if syntax == "yaml":
        return read_yaml(text, path)
    from kiamv_cli.formats.json_reader import read_json

    return read_json(text, path, first_line)


def read_by_ending(place: Place) -> Document:
    """Read a document from a file: JSON by its ending, else YAML; raises as ``read_document``."""
    syntax: Syntax = "json" if place.name.lower().endswith(".json") else "yaml"
    return read_document(read_file(place), str(place), syntax)
