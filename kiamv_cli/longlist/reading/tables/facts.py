"""Sheets of facts: a row for each, with the id of its ecosystem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.marks import Mark
from kiamv_cli.formats.plain import shown
from kiamv_cli.longlist.model.layout import MAIN_SHEET
from kiamv_cli.longlist.reading.tables.cells import word
from kiamv_cli.longlist.reading.tables.vocabularies import codes_by_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiamv_cli.formats.plain import Cell
    from kiamv_cli.longlist.model.account import Fate
    from kiamv_cli.longlist.model.layout import SheetLayout
    from kiamv_cli.longlist.reading.tables.entries import Entries

    Rows = Sequence[tuple[int, Sequence[Cell]]]

_ROWS_AFTER_COLUMNS = 10_000_000


def read_facts(entries: Entries, sheet: SheetLayout, own: str, rows: Rows) -> None:
    """Add the facts of a sheet to their ecosystems.

    Args:
        entries: Those of the file; what is wrong is noted in its table.
        sheet: What the sheet holds.
        own: Its name in the file.
        rows: Its rows, the first with the headings in English.
    """
    (line, headings), *rest = rows or [(1, ())]
    known = ("id", *sheet.keys, *sheet.columns)
    at = Mark(".", line, 1, sheet=own)
    for place, cell in enumerate(headings):
        if (
            cell is not None
            and str(cell) not in (*known, "")
            and str(cell) not in entries.options.ignored
        ):
            entries.table.note(
                at._replace(column=place + 1),
                Text("K701.column-not-known", name=shown(cell)),
                Text("K701.this-sheet-has", names=joined(known)),
            )
    places = {str(cell): place for place, cell in enumerate(headings) if str(cell) in known}
    for line, row in rest:
        for place, cell in enumerate(row):
            if cell is not None:
                fate: Fate = "read" if place in places.values() else "unused"
                entries.count(at._replace(line=line, column=place + 1), fate)
        cells = {name: row[place] for name, place in places.items() if place < len(row)}
        if any(cell is not None for cell in row):
            _fact(entries, sheet, cells, places, at._replace(line=line))


def _fact(
    entries: Entries,
    sheet: SheetLayout,
    cells: Mapping[str, Cell],
    places: Mapping[str, int],
    at: Mark,
) -> None:
    keys = {name: _key(entries, name, cells.get(name)) for name in ("id", *sheet.keys)}
    empty = [name for name, text in keys.items() if not text]
    entry = entries.by_id.get(keys["id"])
    if empty or entry is None:
        wrong = (
            Text("K704.no-ecosystem", id=shown(keys["id"]))
            if not empty
            else Text("K704.empty-cell", name=empty[0])
        )
        main = entries.own_names.get(MAIN_SHEET, MAIN_SHEET)
        entries.table.note(at, wrong, Text("K704.each-row-needs", names=joined(keys), sheet=main))
        return
    place = _ROWS_AFTER_COLUMNS + at.line
    base = sheet.path(tuple(keys[name] for name in sheet.keys), place)
    for name in sheet.columns:
        cell = cells.get(name)
        if cell is None or not str(cell).strip():
            continue
        path = (*base, *name.split("."))
        mark = at._replace(column=places[name] + 1, text=str(cell))
        if path in entry.values:
            twice = Text("K205.given-twice-row", row=entry.values[path].mark.line)
            entries.table.note(mark, twice, Text("hints.keep-one-two"))
        else:
            entries.put(entry, path, cell, mark)


def _key(entries: Entries, name: str, cell: Cell) -> str:
    text = str(cell or "").strip()
    return str(word(text, codes_by_name(name, entries.programme), None).value)
