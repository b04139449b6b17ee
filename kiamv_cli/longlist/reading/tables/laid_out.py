"""How people lay a table out: its sheets by their own names, its head, and notes below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.formats.hints import shown
from kiamv_cli.formats.marks import Mark
from kiamv_cli.longlist.model.layout import AS_OF, TITLE
from kiamv_cli.longlist.reading.tables.columns import sheet_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell, Path
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.longlist.reading.tables.file import SheetFile

    Rows = Sequence[tuple[int, Sequence[Cell]]]


def own_names(table: Table, file: SheetFile) -> dict[str, str]:
    """Give the sheets' own names by what they are called in the code."""
    names, found = sheet_names(), dict[str, str]()
    for own in file.names:
        name = names.get(own, own)
        if found.setdefault(name, own) != own:
            told = _(
                "the sheets {first} and {name} are both read as {key}",
                first=shown(found[name]),
                name=shown(own),
                key=name,
            )
            table.note("K702", Mark(".", 1, 1, sheet=own), told, _("Keep one of them"))
    return found


def head_of(rows: Rows) -> Sequence[Cell]:
    """The first row that holds anything."""
    return next((row for _line, row in rows if any(cell is not None for cell in row)), ())


def filled_rows(rows: Rows) -> Iterator[tuple[int, Sequence[Cell], bool]]:
    """Give the rows that hold anything, and whether it is one cell below an empty row."""
    below = False
    for line, row in rows:
        cells = sum(cell is not None for cell in row)
        below = (below and cells == 1) or not cells
        if cells:
            yield line, row, below


def is_note(table: Table, row: Sequence[Cell], columns: Mapping[int, Path], at: Mark) -> bool:
    """Tell of the one cell of a row below the table, if it can be no name or date of a list."""
    place, cell = next((place, cell) for place, cell in enumerate(row) if cell is not None)
    path = columns.get(place)
    if path is None or len(columns) == 1 or path[0] in {"name", TITLE, AS_OF}:
        return False
    told = _("{text} stands below the table, with nothing beside it", text=shown(cell))
    hint = _("If it is a note, take it out; else fill in its row")
    table.note("K718", at._replace(column=place + 1), told, hint)
    return True
