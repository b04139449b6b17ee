"""Sheets as an XLSX file: numbers as numbers, text as text, and nothing that takes effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.language import _
from kiamv_cli.display.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.display.document import Field, Row

# Formulas, links and numbers are only what is written as such.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def new_workbook(file: BytesIO) -> Any:  # noqa: ANN401 - the library has no types
    """Start an XLSX file, always of the same date so that the same content is the same file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only for spreadsheets

    book = Workbook(file, _PLAIN)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    return book


Value = Fraction | int | float | str | bool | None
# What a spreadsheet holds at most (Excel's limits): in a cell, and below the head of a sheet.
_MOST_LETTERS, _MOST_ROWS = 32_767, 1_048_574
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what it holds in a sentence, and its width in letters."""

    heading: str
    meaning: str
    width: int = 14


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """Rows under columns; ``frozen`` columns stay in sight."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]]
    frozen: int = 0


def sheet(
    name: str, fields: Sequence[Field[Row]], rows: Iterable[Row], frozen: int = 0
) -> WorkbookSheet:
    """Return a sheet of declared fields; a number that is exact has a fraction beside it."""
    there = [each for each in fields if "sheet" not in each.without]
    columns = (column for each in there for column in _columns(each))
    cells = ([cell for each in there for cell in _cells(each, row)] for row in rows)
    return WorkbookSheet(name, tuple(columns), cells, frozen)


def _columns(field: Field[Row]) -> Iterator[Column]:
    yield Column(field.heading, field.meaning, field.width)
    if field.exact:
        heading = _("{number}, exact", number=field.heading)
        yield Column(heading, _("The same number as a fraction, not rounded."), 12)


def _cells(field: Field[Row], row: Row) -> Iterator[Value]:
    datum = field.datum(row)
    yield " ".join(datum) if isinstance(datum, tuple) else datum
    if field.exact:
        yield None if datum is None else str(datum)


def workbook(sheets: Sequence[WorkbookSheet]) -> bytes:
    """Write sheets, and a last one that explains their columns. The same content, the same bytes.

    A fraction becomes the nearest number that a spreadsheet has. No text can act as a formula or
    as a link.
    """
    file = BytesIO()
    book = new_workbook(file)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"})
    for sheet in (*sheets, _explained(sheets)):
        _write(book.add_worksheet(sheet.name), sheet, bold)
    book.close()
    return file.getvalue()


def _explained(sheets: Sequence[WorkbookSheet]) -> WorkbookSheet:
    columns = (
        Column(_("sheet"), _("The name of the sheet.")),
        Column(_("column"), _("The heading of the column."), 30),
        Column(_("what it holds"), _("What its cells say."), 110),
    )
    rows = ((sheet.name, each.heading, each.meaning) for sheet in sheets for each in sheet.columns)
    return WorkbookSheet(_("columns"), columns, rows)


def _write(made: Any, sheet: WorkbookSheet, bold: Any) -> None:  # noqa: ANN401 - the library has no types
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, min(column.width, _WIDEST * 2))
        made.write_string(0, place, column.heading, bold)
    last = 0
    for last, row in enumerate(islice(sheet.rows, _MOST_ROWS), start=1):
        for place, value in enumerate(row):
            _write_cell(made, last, place, value)
    if last == _MOST_ROWS:
        made.write_string(last + 1, 0, _("There may be more: a sheet holds no more rows."))
    made.freeze_panes(1, sheet.frozen)
    made.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)


def _write_cell(made: Any, row: int, place: int, value: Value) -> None:  # noqa: ANN401
    if isinstance(value, bool):
        made.write_boolean(row, place, value)
    elif isinstance(value, int | float | Fraction):
        made.write_number(row, place, float(value))
    elif value is not None:
        made.write_string(row, place, clean(value)[:_MOST_LETTERS])
