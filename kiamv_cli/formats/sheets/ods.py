"""Spreadsheets of LibreOffice (ODS) to sheets of plain cells, with what is hidden in them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from struct import error as StructError  # noqa: N812 - it names an exception
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.text import Text
from kiamv_cli.formats.sheets.layout import MOST_CELLS, Fault, Layout, TooManyCellsError, is_error
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
# What a text holds beside letters, by the element that stands for it.
_SIGNS = {"tab": "\t", "line-break": "\n"}


def is_ods(raw: bytes) -> bool:
    """Tell whether a file is such a spreadsheet, by what every program writes at its start."""
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
    row: int = 0
    column: int = 0

    def values(self) -> list[list[Cell]]:
        """Return all rows from the first on; what is empty is ``None``."""
        bottom, right = self.layout.last
        if bottom * right > MOST_CELLS:
            raise TooManyCellsError
        rows: list[list[Cell]] = [[None] * right for _row in range(bottom)]
        for (line, column), value in self.cells.items():
            rows[line - 1][column - 1] = value
        return rows


class _Walk:
    """Goes over the elements of a document in their order."""

    def __init__(self) -> None:
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

    def _start(self, name: str, named: dict[str, str]) -> None:
        kind = name.rpartition(":")[2]
        attributes = {key.rpartition(":")[2]: value for key, value in named.items()}
        if name.startswith("office:annotation"):
            self._notes += 1
        elif name.startswith("table:"):
            self._start_table(kind, attributes)
        elif not self._notes and self._inside:
            if kind == "p" and self._texts:
                self._texts.append("\n")
            elif kind == "s":
                self._texts.append(" " * min(int(attributes.get("c", "1")), 1000))
            elif kind in _SIGNS:
                self._texts.append(_SIGNS[kind])

    def _start_table(self, kind: str, attributes: Mapping[str, str]) -> None:
        table = self._table
        if kind == "table":
            self._table = self.tables[attributes["name"]] = _Table()
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

    def _end(self, name: str) -> None:
        kind = name.rpartition(":")[2]
        if name.startswith("office:annotation"):
            self._notes -= 1
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
        if len(table.cells) + self._wide * self._high > MOST_CELLS:
            raise TooManyCellsError
        for line in range(table.row + 1, table.row + 1 + self._high):
            for column in range(table.column + 1, table.column + 1 + self._wide):
                table.cells[line, column] = value
                if isinstance(value, str) and is_error(value):
                    layout.faults[line, column] = Fault(value)
        bottom, right = table.row + self._high, table.column + self._wide
        layout.last = (max(layout.last[0], bottom), max(layout.last[1], right))


def _refuse(name: str, *_declared: object) -> None:
    """Refuse a document type, which no spreadsheet declares: it may define what grows."""
    raise ValueError(name)
