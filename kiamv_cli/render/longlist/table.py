"""A long list as one table: a row per ecosystem, a column for whatever any of them has."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kiamv_cli.core.formula import guarded
from kiamv_cli.core.tables.cells import cells_of
from kiamv_cli.core.tables.layout import AS_OF, MAIN_COLUMNS, SHEETS, TITLE, heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.tables.cells import Cell
    from kiamv_cli.core.tables.layout import Path

_TOPS = (*MAIN_COLUMNS, *SHEETS)


def list_csv(longlist: Longlist, separator: str, *, internal: bool = False) -> str:
    """Write a list as CSV; title and reference date stand in the first row.

    No text can act as a formula: what a spreadsheet would take for one gets a ``'`` in front.
    ``internal`` is as for ``as_written``.
    """
    rows = [cells_of(each, internal=internal) for each in longlist.ecosystems]
    columns = in_order(path for row in rows for path in row)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([*(guarded(heading(path)) for path in columns), TITLE, AS_OF])
    stated = [guarded(longlist.title), longlist.as_of.isoformat()]
    for row in rows:
        writer.writerow([*(_text(row.get(path, "")) for path in columns), *stated])
        stated = ["", ""]
    return out.getvalue()


def in_order(paths: Iterable[Path]) -> list[Path]:
    """The columns for paths: as the table of columns has them, items of a list one by one."""
    return sorted(set(paths), key=_place)


def _place(path: Path) -> tuple[int, tuple[tuple[int, str], ...]]:
    top = str(path[0])
    main = heading(path) if heading(path) in MAIN_COLUMNS else top
    sheet = SHEETS.get(top)
    steps = [(step, "") if isinstance(step, int) else (0, step) for step in path]
    if sheet and len(path) > sheet.depth:
        column = list(sheet.columns).index(heading(path[sheet.depth :]))
        steps[sheet.depth :] = [(column, "")]
    return _TOPS.index(main), tuple(steps)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return guarded(str(cell))
