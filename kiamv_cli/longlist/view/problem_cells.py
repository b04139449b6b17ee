"""A copy of a table with a comment in each cell that needs a hand."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from typing import TYPE_CHECKING

from kiamv_cli.base.spreadsheet import cell_name
from kiamv_cli.display.workbook import new_workbook
from kiamv_cli.formats.sheets.commented import commented

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.plain import Rows

    Comments = Mapping[tuple[int, int], str]


def commented_copy(raw: bytes, problems: Iterable[Problem]) -> bytes:
    """Return a workbook with its problems as comments, errors and remarks alike.

    Args:
        raw: The workbook.
        problems: What is to be said of its cells; what is said of a sheet as a whole comes into
            its first cell.
    """
    by_sheet = {
        sheet: {cell_name(*place): text for place, text in cells.items()}
        for sheet, cells in _by_cell(problems).items()
        if sheet
    }
    return commented(raw, by_sheet)


def commented_rows(rows: Rows, problems: Iterable[Problem]) -> bytes:
    """Return the rows of a CSV file as a workbook with comments, as ``commented_copy`` does."""
    file = BytesIO()
    book = new_workbook(file)
    sheet = book.add_worksheet()
    places = {line: at for at, (line, _row) in enumerate(rows)}
    for at, (_line, row) in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write_string(at, column, str(cell))
    for (line, column), text in _by_cell(problems).get("", {}).items():
        sheet.write_comment(places.get(line, 0), column - 1, text)
    book.close()
    return file.getvalue()


def _by_cell(problems: Iterable[Problem]) -> Mapping[str, Comments]:
    """Return what is to be said of each cell, by sheet."""
    found: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in problems:
        found[each.sheet][each.line or 1, each.column or 1].append(f"{each.code} {each.sentence}")
    return {
        sheet: {place: "\n".join(texts) for place, texts in cells.items()}
        for sheet, cells in found.items()
    }
