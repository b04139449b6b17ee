"""Spreadsheets of LibreOffice (ODS) to sheets of plain cells, and how they look."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from struct import error as StructError  # noqa: N812 - it names an exception
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.spreadsheet import cell_name
from kiamv_cli.base.text import Text
from kiamv_cli.formats.sheets.layout import (
    MOST_CELLS,
    Area,
    Fault,
    Layout,
    TooManyCellsError,
    is_error,
)
from kiamv_cli.formats.sheets.parts import Parts
from kiamv_cli.formats.sheets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.formats.plain import Cell

_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_BROKEN = (
    *(BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, StructError),
    *(LookupError, OSError, OverflowError, ValueError, ExpatError),
)
_HIDDEN = {"collapse", "filter"}
_WHITE = {"transparent", "#ffffff"}
# What a text holds beside letters, by the element that stands for it.
_SIGNS = {"tab": "\t", "line-break": "\n"}


def is_ods(raw: bytes) -> bool:
    """Return whether a file is such a spreadsheet, by what every program writes at its start."""
    return _KIND in raw[:200]


def read_ods(raw: bytes, path: str) -> dict[str, Sheet]:
    """Read all sheets of a file with that content and name; see ``read_workbook``.

    Raises:
        BadInput: It is no such file, unpacks to more than 100 MB, or reaches over too many cells.
    """
    try:
        walk = _Walk()
        walk.read(Parts(raw, path).read("content.xml"))
        return {name: Sheet.of(name, t.values(), t.layout) for name, t in walk.tables.items()}
    except TooManyCellsError:
        text = Text("K103.sheets-reach-over-more")
        raise bad_file(path, text, Text("K103.delete-stands-far-below")) from None
    except _BROKEN:
        raise bad_file(path, Text("K203.spreadsheet-broken"), Text("K203.save-again")) from None


@dataclass(slots=True)
class _Table:
    layout: Layout = field(default_factory=Layout)
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    row: int = 0
    column: int = 0

    def values(self) -> list[list[Cell]]:
        """Return all rows from the first on; what is empty is ``None``."""
        bottom, right = self.layout.last
        self.layout.comments = tuple(self.comments)
        if bottom * right > MOST_CELLS:
            raise TooManyCellsError
        rows: list[list[Cell]] = [[None] * right for _row in range(bottom)]
        for (line, column), value in self.cells.items():
            rows[line - 1][column - 1] = value
        return rows


@dataclass(slots=True)
class _Styles:
    """The names of styles in which something stands out."""

    struck: set[str] = field(default_factory=set)
    filled: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    _name: str = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Look at an element of a style; what it inherits from others is not looked at."""
        if name == "style:style":
            self._name = attributes.get("name", "")
        elif attributes.get("text-line-through-style", "none") != "none":
            self.struck.add(self._name)
        elif attributes.get("background-color", "transparent") not in _WHITE:
            self.filled.add(self._name)
        elif attributes.get("display") == "false":
            self.hidden.add(self._name)


class _Walk:
    """Goes over the elements of a document in their order."""

    def __init__(self) -> None:
        self._styles = _Styles()
        self._spans: list[bool] = []
        self._left: list[str] = []  # what is not struck through of a text
        self.tables: dict[str, _Table] = {}
        self._table = _Table()
        self._cell: Mapping[str, str] = {}
        self._texts: list[str] = []
        self._wide = self._high = 1
        self._inside = self._notes = 0

    def read(self, raw: bytes) -> None:
        """Read it whole; raises ``ExpatError`` or ``ValueError`` if it is broken."""
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(raw, True)  # noqa: FBT003 - expat's own

    def _start(self, name: str, values: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in values.items()}
        if name.startswith("office:annotation"):
            self._notes += 1
            if self._inside:
                self._table.comments.append(cell_name(self._table.row + 1, self._table.column + 1))
        elif name.startswith("style:"):
            self._styles.start(name, attributes)
        elif name.startswith("table:"):
            self._start_table(kind, attributes)
        elif kind == "span":
            self._spans.append(attributes.get("style-name") in self._styles.struck)
        elif not self._notes and self._inside:
            self._sign(kind, attributes)

    def _sign(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Take what stands for a sign that is no letter, and a new line between paragraphs."""
        if kind == "p" and self._texts:
            self._text("\n")
        elif kind == "s":
            self._text(" " * min(int(attributes.get("c", "1")), 1000))
        elif kind in _SIGNS:
            self._text(_SIGNS[kind])

    def _start_table(self, kind: str, attributes: Mapping[str, str]) -> None:
        table = self._table
        if kind == "table":
            self._table = self.tables[attributes["name"]] = _Table()
            self._table.layout.hidden = attributes.get("style-name") in self._styles.hidden
        elif kind == "table-column":
            wide = int(attributes.get("number-columns-repeated", "1"))
            if attributes.get("visibility") in _HIDDEN:
                first = table.column + 1
                table.layout.hidden_columns |= {*range(first, first + min(wide, 1 << 14))}
            table.column += wide
        elif kind == "table-row":
            self._high = int(attributes.get("number-rows-repeated", "1"))
            table.column = 0
            if attributes.get("visibility") in _HIDDEN:
                rows = range(table.row + 1, table.row + 1 + min(self._high, 1 << 20))
                table.layout.hidden_rows |= {*rows}
        elif kind in {"table-cell", "covered-table-cell"}:
            self._wide = int(attributes.get("number-columns-repeated", "1"))
            self._cell, self._texts, self._inside = attributes, [], 1
            self._left = []
            self._merge(attributes)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        wide = int(attributes.get("number-columns-spanned", "1"))
        high = int(attributes.get("number-rows-spanned", "1"))
        if wide > 1 or high > 1:
            top, left = self._table.row + 1, self._table.column + 1
            area = Area(top, left, top + high - 1, left + wide - 1)
            self._table.layout.merged.append(area)

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if name.startswith("office:annotation"):
            self._notes -= 1
        elif kind == "span":
            self._spans.pop()
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._inside = 0
            if kind == "table-cell":
                self._put(self._value())
            self._table.column += self._wide
        elif name == "table:table-row":
            self._table.row += self._high

    def _text(self, text: str) -> None:
        if self._inside and not self._notes:
            self._texts.append(text)
            self._left += [] if any(self._spans) else [text]

    def _value(self) -> Cell:
        text, kind = "".join(self._texts), self._cell.get("value-type")
        if is_error(text):
            return text
        if kind == "boolean":
            return self._cell.get("boolean-value") == "true"
        if kind in {"float", "currency", "percentage"}:
            return float(self._cell["value"])
        if kind == "date":
            return self._cell.get("date-value", text)
        return text or None

    def _put(self, value: Cell) -> None:
        """Put a value into its cell, and into those that repeat it."""
        if value is None:
            return
        table, layout = self._table, self._table.layout
        style = self._cell.get("style-name")
        left = "" if style in self._styles.struck else "".join(self._left)
        is_struck = left.strip() != "".join(self._texts).strip()
        if len(table.cells) + self._wide * self._high > MOST_CELLS:
            raise TooManyCellsError
        for line in range(table.row + 1, table.row + 1 + self._high):
            for column in range(table.column + 1, table.column + 1 + self._wide):
                table.cells[line, column] = value
                if is_struck:
                    layout.struck[line, column] = left
                if style in self._styles.filled:
                    layout.filled.add((line, column))
                if isinstance(value, str) and is_error(value):
                    layout.faults[line, column] = Fault(value)
        bottom, right = table.row + self._high, table.column + self._wide
        layout.last = (max(layout.last[0], bottom), max(layout.last[1], right))


def _refuse(name: str, *_declared: object) -> None:
    """Refuse a document type, which no spreadsheet declares: it may define what grows."""
    raise ValueError(name)
