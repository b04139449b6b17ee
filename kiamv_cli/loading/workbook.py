"""Spreadsheets (XLSX) to rows of plain cells."""

from __future__ import annotations

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

_MOST_UNPACKED = 100 * 1024 * 1024
_HINT = N_("Save it once more as an Excel workbook (.xlsx)")


def read_workbook(raw: bytes, path: str) -> dict[str, Rows]:
    """Read all sheets of a file with that content and name.

    Returns:
        By name of the sheet its rows from the first, each a list of cells from the first column.
        An empty cell is ``None``; whatever is no text, number or yes or no is given as text. Of
        a formula it is the value that was saved with it.

    Raises:
        BadInput: It is no such file, or unpacks to more than 100 MB.
    """
    from python_calamine import (  # noqa: PLC0415 - only for spreadsheets
        CalamineError,
        CalamineWorkbook,
    )

    try:
        with ZipFile(BytesIO(raw)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except (BadZipFile, NotImplementedError, ValueError):  # a version or a name that makes no sense
        raise refusal("K203", path, _("it is no spreadsheet, or was cut off"), _(_HINT)) from None
    if unpacked > _MOST_UNPACKED:
        raise refusal("K103", path, _("it unpacks to more than 100 MB"), _("Is it the right file?"))
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        sheets = {name: _rows(book, name) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        raise refusal("K203", path, _("the spreadsheet is broken"), _(_HINT)) from None
    if not sheets:
        raise refusal("K203", path, _("the spreadsheet has no sheets"), _(_HINT))
    return sheets


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(cell: object) -> Cell:
    if cell == "":
        return None
    return cell if isinstance(cell, (str, float, bool)) else str(cell)
