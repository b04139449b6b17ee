"""A table file, CSV or workbook: its sheets, and all that must be said before they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.labels import folded
from kiamv_cli.base.spreadsheet import OTHER_TABLE_SUFFIXES, SAVE_AS
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.hints import near
from kiamv_cli.formats.marks import Mark
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.sheets.ods import is_ods, read_ods
from kiamv_cli.formats.sheets.sheet import Sheet
from kiamv_cli.formats.sheets.telling import Telling, unread
from kiamv_cli.formats.workbook import is_workbook, read_workbook
from kiamv_cli.longlist.model.layout import AS_OF, MAIN_SHEET, TITLE
from kiamv_cli.longlist.reading.tables.csv_file import is_column, read_csv
from kiamv_cli.longlist.reading.tables.headings import (
    heading_lines,
    headings_at,
    path_of,
    sheet_names,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.plain import Cell, Path, Rows
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.reading.tables.document import Table

    AnyRows: TypeAlias = Sequence[tuple[int, Sequence[Cell]]]


def read_sheets(
    raw: bytes,
    path: str,
    hidden: Hidden | None = None,
    is_known: Callable[[str], bool] = is_column,
) -> SheetFile:
    """Read a table by what is in it: XLSX, ODS, or CSV as one sheet without a name.

    Args:
        raw: What is in it.
        path: Its name.
        hidden: What becomes of what is hidden or struck through; left out: it is an error.
        is_known: Whether a heading is one that such a file has; it tells the separator of CSV.

    Raises:
        BadInput: It is no table, or of a kind that is not read.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in OTHER_TABLE_SUFFIXES:
        raise bad_file(path, Text("K104.files-ending-not-read", suffix=suffix), SAVE_AS)
    if is_ods(raw):
        return SheetFile(path, read_ods(raw, path), hidden)
    if is_workbook(raw) or suffix in {".xlsx", ".xlsm", ".xls", ".ods"}:
        return SheetFile(path, read_workbook(raw, path), hidden)
    rows, problems = read_csv(raw, path, is_known)
    return SheetFile(path, {"": Sheet("", rows)}, hidden, problems)


@dataclass(slots=True)
class SheetFile:
    """The sheets of a file by their names, in order, and what was found to be said of them.

    ``faulty`` are the cells with an error in them: the sheet, the row and the column.
    """

    path: str
    sheets: dict[str, Sheet]
    hidden: Hidden | None = None
    problems: list[Problem] = field(default_factory=list)
    faulty: set[tuple[str, int, int]] = field(default_factory=set)
    _read: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return PurePath(self.path).name

    @property
    def names(self) -> list[str]:
        """The names of the sheets that can be read; hidden ones are not, if they are left out."""
        skips = self.hidden == "skip"
        return [name for name, each in self.sheets.items() if not (skips and each.layout.hidden)]

    @property
    def first(self) -> str:
        """The name of the first sheet that can be read.

        Raises:
            BadInput: All are hidden.
        """
        if not self.names:
            raise bad_file(self.path, Text("K105.all-hidden"), Text("K105.show-sheet"))
        return self.names[0]

    def rows(self, name: str, ignored: Container[str] = ()) -> Rows:
        """Return the rows of a sheet as they are read, and note what is to be said of them.

        Args:
            name: That of the sheet.
            ignored: Headings of columns that are not read, so nothing is said of these.
        """
        rows = self.shown(name)
        self.tell(name, rows, _columns(rows, ignored))
        return rows

    def shown(self, name: str) -> Rows:
        """Return the rows of a sheet as they are read."""
        return self.sheets[name].shown(self.hidden)

    def tell(
        self,
        name: str,
        rows: Rows,
        left_out: Collection[int] = (),
        is_meant: Callable[[int, str], bool] = lambda _column, _text: False,
    ) -> None:
        """Note what is to be said of the rows of a sheet.

        Args:
            name: That of the sheet.
            rows: As they are read.
            left_out: Columns, from 1, that are not read, so nothing is said of these.
            is_meant: Whether a mapping says what an error in a column means.
        """
        telling = Telling(self.path, self.sheets[name], self.hidden)
        faults = {
            (column, text): places
            for (column, text), places in telling.faults(rows, left_out).items()
            if not is_meant(column, text)
        }
        self.faulty |= {(name, *place) for places in faults.values() for place in places}
        self.problems += [*telling.unseen(left_out), *telling.merged(rows), *telling.broken(faults)]
        self._read.append(name)

    def tell_unread(
        self, known: Collection[str] = (), hint: Text | None = None, *, colours: bool = True
    ) -> None:
        """Note what is not read of the file, once all is read that will be.

        Args:
            known: Sheets of which everybody knows that they are not.
            hint: What to do about sheets that are not.
            colours: Whether those of cells may mean anything.
        """
        others = [
            sheet
            for name, sheet in self.sheets.items()
            if name not in {*self._read, *known} and sheet.filled
        ]
        unseen = [each for each in others if each.layout.hidden]
        if self.hidden is None:
            tellings = [Telling(self.path, each, None) for each in unseen]
            self.problems += [problem for each in tellings for problem in each.hidden_sheet()]
        read = [self.sheets[name] for name in self._read]
        rest = [each for each in others if self.hidden or not each.layout.hidden]
        self.problems += unread(self.path, read, rest, hint, colours=colours)


def _columns(rows: Rows, ignored: Container[str]) -> set[int]:
    """Find the columns under certain headings, those of the first row that holds anything."""
    heads = next((row for _line, row in rows if any(cell is not None for cell in row)), ())
    return {
        place for place, cell in enumerate(heads, 1) if cell is not None and str(cell) in ignored
    }


def own_names(table: Table, file: SheetFile) -> dict[str, str]:
    """Return the sheets' own names by what they are called in the code."""
    names, found = sheet_names(), dict[str, str]()
    for own in file.names:
        name = names.get(own, own)
        if found.setdefault(name, own) != own:
            both = Text(
                "K702.sheets-both-read", first=shown(found[name]), name=shown(own), key=name
            )
            table.note(Mark(".", 1, 1, sheet=own), both, Text("K702.keep-one"))
    return found


def main_sheet(file: SheetFile, names: Mapping[str, str], sheet: str | None) -> str:
    """Return what the code calls the sheet with the ecosystems, and its own name otherwise.

    Args:
        file: The file.
        names: What its sheets are called, by what the code calls them.
        sheet: The one that somebody chose; left out: that of kiamv, or else the first one with
            headings that are known, or else the first one.

    Raises:
        BadInput: There is no such sheet, or all are hidden.
    """
    if sheet is not None:
        known = {folded(own): name for name, own in names.items()}
        if folded(sheet) not in known:
            names_of = joined(map(shown, names.values()))
            hint = near(sheet, [*names.values()]) or Text("K733.there-are", names=names_of)
            raise bad_file(file.path, Text("K733.no-sheet", name=shown(sheet)), hint)
        return known[folded(sheet)]
    if MAIN_SHEET in names:
        return MAIN_SHEET
    first = file.first
    headed = (name for name in file.names if _has_headings(file.sheets[name]))
    own = next(headed, first)
    return next(name for name, each in names.items() if each == own)


def _has_headings(sheet: Sheet) -> bool:
    first, last = heading_lines(sheet.rows)
    cells = headings_at(sheet.rows, first, last)
    return sum(path_of(str(cell)) is not None for cell in cells if cell is not None) > 1


def filled_rows(rows: AnyRows) -> Iterator[tuple[int, Sequence[Cell], bool]]:
    """Yield the rows that hold anything, and whether it is one cell below an empty row."""
    below = False
    for line, row in rows:
        cells = sum(cell is not None for cell in row)
        below = (below and cells == 1) or not cells
        if cells:
            yield line, row, below


def is_note(table: Table, row: Sequence[Cell], columns: Mapping[int, Path], at: Mark) -> bool:
    """Return of the one cell of a row below the table, if it can be no name or date of a list."""
    place, cell = next((place, cell) for place, cell in enumerate(row) if cell is not None)
    path = columns.get(place)
    if path is None or len(columns) == 1 or path[0] in {"name", TITLE, AS_OF}:
        return False
    note = Text("K985.stands-below", text=shown(cell))
    table.note(at._replace(column=place + 1), note, Text("K985.fill-in-row"))
    return True
