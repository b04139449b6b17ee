"""Spreadsheets (XLSX) to rows of plain cells."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from kiamv_cli.language import N_, _
from kiamv_cli.loading.files import refusal

if TYPE_CHECKING:
    from typing import TypeAlias

    from python_calamine import CalamineWorkbook

    Cell: TypeAlias = str | float | bool | None
    Rows: TypeAlias = list[list[Cell]]

_MOST_UNPACKED, _MOST_CELLS = 100 * 1024 * 1024, 20_000_000
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_COUNT = re.compile(rb'\buniqueCount="([0-9]{1,30})"')
_HINT = N_("Save it once more as an Excel workbook (.xlsx)")


def read_workbook(raw: bytes, path: str) -> dict[str, Rows]:
    """Read all sheets of a file with that content and name.

    Returns:
        By name of the sheet its rows from the first, each a list of cells from the first column.
        An empty cell is ``None``; whatever is no text, number or yes or no is given as text. Of
        a formula it is the value that was saved with it.

    Raises:
        BadInput: It is no such file, unpacks to more than 100 MB, or reaches over too many cells.
    """
    from python_calamine import (  # noqa: PLC0415 - only for spreadsheets
        CalamineError,
        CalamineWorkbook,
    )

    _look_into(raw, path)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        sheets = {name: _rows(book, name) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        raise refusal("K203", path, _("the spreadsheet is broken"), _(_HINT)) from None
    if not sheets:
        raise refusal("K203", path, _("the spreadsheet has no sheets"), _(_HINT))
    return sheets


def _look_into(raw: bytes, path: str) -> None:
    """Refuse what would take too much room: calamine takes what a file says of itself on trust."""
    unpacked, cells, honest = 0, 0, True
    try:
        with ZipFile(BytesIO(raw)) as packed:
            for each in packed.infolist():
                unpacked += each.file_size
                if unpacked > _MOST_UNPACKED:
                    break
                part = packed.read(each)
                cells = max(cells, _cells(part))
                honest = honest and all(int(count) <= len(part) for count in _COUNT.findall(part))
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise refusal("K203", path, _("it is no spreadsheet, or was cut off"), _(_HINT)) from None
    if unpacked > _MOST_UNPACKED:
        raise refusal("K103", path, _("it unpacks to more than 100 MB"), _("Is it the right file?"))
    if not honest:
        raise refusal("K203", path, _("the spreadsheet is broken"), _(_HINT))
    if cells > _MOST_CELLS:
        hint = _("Delete what stands far below or to the right of the table")
        raise refusal(
            "K103", path, _("a sheet of it reaches over more than 20 million cells"), hint
        )


def _cells(part: bytes) -> int:
    """Tell how many cells a sheet reaches over, from the first to the last that holds anything."""
    places = _CELL.findall(part)
    rows = max((int(row) for _, row in places), default=0)
    columns = max(((len(column), column) for column, _ in places), default=(0, b""))[1]
    width = 0
    for letter in columns:
        width = 26 * width + letter - 64
    return rows * width


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: object) -> Cell:
    if cell == "":
        return None
    return cell if isinstance(cell, (str, float, bool)) else str(cell)
