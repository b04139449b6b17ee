"""An account of a file: what became of each of its cells, column by column."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.spreadsheet import column_name
from kiamv_cli.longlist.model.account import Account, AccountLine
from kiamv_cli.longlist.reading.tables.headings import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell
    from kiamv_cli.formats.sheets.sheet import Sheet
    from kiamv_cli.longlist.model.account import Fate
    from kiamv_cli.longlist.reading.tables.file import SheetFile

    Fates = Mapping[tuple[str, int], Counter[Fate]]


def account_of(
    file: SheetFile,
    fates: Fates,
    headings: Mapping[str, tuple[int, Sequence[Cell]]],
    targets: Mapping[tuple[str, int], str],
) -> Account:
    """Return what became of every cell of a file that holds anything.

    Args:
        file: The file, with all of its sheets.
        fates: How many cells of each column, by sheet and place from 1, came to what.
        headings: Of each sheet that was read the last row of headings, and these.
        targets: What each column was read as.

    Returns:
        A line for each column that was read, and one for each other sheet. Cells that no fate was
        noted for, below the headings of a sheet that was read, are left out: they are hidden, or
        in rows that are no ecosystem.
    """
    return tuple(
        line
        for sheet in file.sheets.values()
        for line in _lines(file, sheet, fates, headings, targets)
    )


def _lines(
    file: SheetFile,
    sheet: Sheet,
    fates: Fates,
    headings: Mapping[str, tuple[int, Sequence[Cell]]],
    targets: Mapping[tuple[str, int], str],
) -> Iterator[AccountLine]:
    there = [
        (line, place)
        for line, row in sheet.rows
        for place, cell in enumerate(row, 1)
        if cell is not None and str(cell).strip()
    ]
    if sheet.name not in headings:
        if there:
            yield AccountLine(
                path=file.path,
                sheet=sheet.name,
                column="",
                heading="",
                target="",
                fates={"elsewhere": len(there)},
            )
        return
    last, cells = headings[sheet.name]
    names = numbered(cells)
    above = Counter(place for line, place in there if line <= last)
    below = Counter(place for line, place in there if line > last)
    for place in sorted({*above, *below}):
        found: dict[Fate, int] = {"heading": above[place], **fates.get((sheet.name, place), {})}
        found["left out"] = below[place] - sum(found.values()) + above[place]
        yield AccountLine(
            path=file.path,
            sheet=sheet.name,
            column=column_name(place),
            heading=names[place - 1] if place <= len(names) else "",
            target=targets.get((sheet.name, place), ""),
            fates={fate: count for fate, count in found.items() if count},
        )
