"""A CSV file or a workbook as one document: title, reference date and ecosystems."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.marks import Mark
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    LIST_SHEET,
    SHEETS,
    TITLE,
)
from kiamv_cli.longlist.model.longlist import USUAL, TableOptions
from kiamv_cli.longlist.reading.tables.accounting import account_of
from kiamv_cli.longlist.reading.tables.document import Table
from kiamv_cli.longlist.reading.tables.entries import Entries
from kiamv_cli.longlist.reading.tables.facts import read_facts
from kiamv_cli.longlist.reading.tables.file import main_sheet, own_names, read_sheets
from kiamv_cli.longlist.reading.tables.headings import in_english
from kiamv_cli.longlist.reading.tables.main_rows import MainRows

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.document import Syntax
    from kiamv_cli.formats.plain import Rows
    from kiamv_cli.longlist.reading.tables.file import SheetFile
    from kiamv_cli.programme.model.programme import Programme


def read_table(
    raw: bytes,
    place: PurePath | Traversable,
    programme: Programme,
    options: TableOptions = USUAL,
) -> Table:
    """Read a CSV file or a workbook as a document with title, reference date and ecosystems.

    Args:
        raw: What is in it.
        place: Its name; the ending says what it is.
        programme: Whose names of provinces and themes may stand for their codes.
        options: How it is read.

    Raises:
        BadInput: It is no table, or there is nothing in it.
    """
    path, mapping = str(place), options.mapping
    hidden = options.hidden or (mapping.hidden if mapping else None)
    return table_of(read_sheets(raw, path, hidden), place.name, programme, options)


def table_of(
    file: SheetFile, name: str, programme: Programme, options: TableOptions = USUAL
) -> Table:
    """Read the sheets of a table as ``read_table`` does; ``name`` is that of its file."""
    path, mapping = file.path, options.mapping
    hidden = options.hidden or (mapping.hidden if mapping else None)
    syntax: Syntax = "csv" if "" in file.sheets else "workbook"
    table = Table(
        path, syntax, "", problems=file.problems, faulty=file.faulty, mapped=mapping is not None
    )
    entries = Entries(table, programme, replace(options, hidden=hidden))
    _read(entries, file)
    entries.finish(PurePath(name).stem)
    table.account = account_of(file, entries.fates, entries.headings, entries.targets)
    if not entries.by_id and not any(each.severity == "error" for each in table.problems):
        none = bad_file(path, Text("K105.no-ecosystem"), Text("K105.head-columns"))
        # What was left out may be why.
        raise BadInput([*table.problems, *none.problems])
    return table


def _read(entries: Entries, file: SheetFile) -> None:
    """Read the sheets of a file one after the other."""
    options, mapping = entries.options, entries.options.mapping
    for key, text in (("title", mapping and mapping.title), ("as_of", mapping and mapping.as_of)):
        if text:
            entries.state(AS_OF if key == "as_of" else TITLE, text, Mark(".", 1, 1))
    names = entries.own_names = own_names(entries.table, file)
    main = main_sheet(file, names, options.sheet or (mapping.sheet if mapping else None))
    others = [name for name in names if name in {LIST_SHEET, *SHEETS} - {main}]
    if LIST_SHEET in others:
        _read_list(entries, file, names[LIST_SHEET])
    MainRows(entries, file, names[main]).read(main)
    for name in (each for each in others if each in SHEETS):
        rows = _headed(name, file.rows(names[name], options.ignored), entries)
        entries.table.faulty |= file.faulty
        if rows:
            entries.begin(names[name], file.sheets[names[name]].rows, *rows[0])
        read_facts(entries, SHEETS[name], names[name], rows)
    unread = {names.get(name, name) for name in (ABOUT_SHEET, CHOICES_SHEET)}
    file.tell_unread(unread, Text("K952.choose-sheet", names=joined(SHEETS)))


def _read_list(entries: Entries, file: SheetFile, own: str) -> None:
    entries.begin(own, file.sheets[own].rows, 0, ())
    for line, row in file.rows(own, entries.options.ignored):
        key = in_english(LIST_SHEET, row[:1])[:1]
        if len(row) > 1 and key[0] in {TITLE, AS_OF} and row[1] is not None:
            mark = Mark(".", line, 2, str(row[1]), own)
            entries.state(str(key[0]), row[1], mark)
            for each in (mark, mark._replace(column=1)):
                entries.count(each, "read")


def _headed(name: str, rows: Rows, entries: Entries) -> Rows:
    """Return rows from the first one that holds anything, which is the head, in English."""
    filled = next((at for at, (_line, row) in enumerate(rows) if any(row)), 0)
    if not rows:
        return rows
    line, row = rows[filled]
    return [(line, in_english(name, row, entries.options.ignored)), *rows[filled + 1 :]]
