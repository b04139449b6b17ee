"""What must be said of a sheet before its values are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Problem
from kiamv_cli.base.spreadsheet import cell_name, column_name, spans
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.sheets.layout import Fault, is_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Rows
    from kiamv_cli.formats.sheets.layout import Area, Place
    from kiamv_cli.formats.sheets.sheet import Hidden, Sheet

    Faults = Mapping[tuple[int, str], list[Place]]

_CHOOSE = Text("hints.say-hidden-skip-leave")
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """Reports on a sheet of a file, by what becomes of what is hidden in it."""

    path: str
    sheet: Sheet
    hidden: Hidden | None

    def unseen(self, left_out: Collection[int]) -> Iterator[Problem]:
        """Yield of what is hidden or struck through: errors, or what is left out."""
        rows, struck, cells = self._rows()
        columns = {
            column: name
            for column, name in self.sheet.hidden_columns().items()
            if column not in left_out
        }
        if self.hidden is None:
            yield from self.hidden_sheet()
            yield from self._hidden_rows(rows)
            yield from self._hidden_columns(columns)
            yield from self._struck(struck, cells)
        elif self.hidden == "skip" and (rows or columns or struck or cells):
            yield self._left_out(rows, columns, struck, cells)

    def _rows(self) -> tuple[list[int], list[int], list[Place]]:
        """Return the rows that are hidden, and the rows and cells that are struck through."""
        sheet = self.sheet
        rows = sheet.hidden_rows()
        struck = [line for line in sheet.struck_rows() if line not in {*rows}]
        cells = [place for place in sheet.struck_cells() if place[0] not in {*rows}]
        return rows, struck, cells

    def hidden_sheet(self) -> Iterator[Problem]:
        """Yield that it is hidden, if it is."""
        if self.sheet.layout.hidden:
            yield self._problem(Text("K716.sheet-hidden"), _CHOOSE)

    def _hidden_rows(self, rows: Sequence[int]) -> Iterator[Problem]:
        if rows:
            told = Text("K716.row-hidden-filtered-out", n=len(rows), rows=some(spans(rows)))
            yield self._problem(told, _CHOOSE, (rows[0], 1))

    def _hidden_columns(self, columns: Mapping[int, str]) -> Iterator[Problem]:
        if columns:
            named = [_column(column, name) for column, name in columns.items()]
            told = Text("K716.column-hidden", n=len(named), columns=some(named))
            yield self._problem(told, _CHOOSE, (1, min(columns)))

    def _struck(self, rows: Sequence[int], cells: Sequence[Place]) -> Iterator[Problem]:
        if rows:
            told = Text("K717.row-struck-through", n=len(rows), rows=some(spans(rows)))
            yield self._problem(told, _CHOOSE, (rows[0], 1))
        if cells:
            told = Text(
                "K717.cell-struck-through-part",
                n=len(cells),
                cells=some([cell_name(*each) for each in cells]),
            )
            yield self._problem(told, _CHOOSE, cells[0])

    def _left_out(
        self,
        rows: Sequence[int],
        columns: Mapping[int, str],
        struck: Sequence[int],
        cells: Sequence[Place],
    ) -> Problem:
        named = [_rows_text(rows), _columns_text(columns), _struck_text(struck), _cells_text(cells)]
        told = Text("K952.left-out-hidden-skip", parts=joined(filter(None, named), "; "))
        return self._problem(told, Text("K952.say-hidden-keep-read"))

    def merged(self, rows: Rows) -> Iterator[Problem]:
        """Yield which cells are merged, so that the value of one counts for several."""
        by_line = dict(rows)
        areas = [area for area in self.sheet.merged() if _has_value(by_line, area)]
        if areas:
            told = Text(
                "K953.value-merged-cells-counts",
                n=len(areas),
                ranges=some([_range(area) for area in areas]),
            )
            hint = Text("K953.take-them-apart-if")
            yield self._problem(told, hint, areas[0][:2])

    def faults(self, rows: Rows, left_out: Collection[int]) -> Faults:
        """Find the errors in rows as they are read, by column and what they are."""
        found: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for line, row in rows:
            for column, cell in enumerate(row, 1):
                if isinstance(cell, str) and (isinstance(cell, Fault) or is_error(cell)):
                    found[column, cell.strip()].append((line, column))
        return {key: places for key, places in found.items() if key[0] not in left_out}

    def broken(self, faults: Faults) -> Iterator[Problem]:
        """Yield of the cells with errors, and of formulas without a value."""
        for (_column, text), places in faults.items():
            if text:
                told = Text("K714.cell-holds-error", error=shown(text))
                hint = Text("K714.mend-formula-empty-cell")
            else:
                told = Text("K715.cell-holds-formula-without")
                hint = Text("K715.open-file-spreadsheet-program")
            yield from (self._problem(told, hint, place) for place in places)

    def _problem(self, message: Text, hint: Text, place: tuple[int, ...] = ()) -> Problem:
        line, column = place or (None, None)
        return Problem(
            text=message,
            advice=hint,
            path=self.path,
            sheet=self.sheet.name,
            line=line,
            column=column,
        )


def unread(
    path: str, read: Sequence[Sheet], others: Sequence[Sheet], hint: Text | None, *, colours: bool
) -> list[Problem]:
    """Return in one remark what is not read: comments, colours, drawings and other sheets.

    Args:
        path: The name of the file.
        read: The sheets of it that are.
        others: Those that are not, and hold something.
        hint: What to do about these.
        colours: Whether those of cells are told.
    """
    parts = [_comments(read), _colours(read) if colours else "", _drawings(read)]
    hints = [Text("K952.comments-colours-pictures-mean")] if any(parts) else []
    if others:
        names = ", ".join(shown(each.name) for each in others)
        parts.append(Text("parts.other-sheets", n=len(others), names=names))
        hints += [hint] if hint else []
    told = Text("K952.not-read", parts=joined(filter(None, parts), "; "))
    problem = Problem(text=told, advice=joined(hints, ". "), path=path)
    return [problem] if any(parts) else []


def some(names: Sequence[str], most: int = _NAMED) -> str:
    """Name a few of many: ``B2, B3, …``."""
    return ", ".join([*names[:most], *(["…"] if len(names) > most else [])])


def _column(column: int, name: str) -> str:
    letters = column_name(column)
    return f"{letters} ({shown(name)})" if name else letters


def _range(area: Area) -> str:
    return f"{cell_name(area.top, area.left)}:{cell_name(area.bottom, area.right)}"


def _has_value(rows: Mapping[int, Sequence[object]], area: Area) -> bool:
    row = rows.get(area.top, ())
    return len(row) >= area.left and row[area.left - 1] is not None


def _rows_text(rows: Sequence[int]) -> Text | str:
    named = some(spans(rows))
    return Text("parts.hidden-rows", n=len(rows), rows=named) if rows else ""


def _columns_text(columns: Mapping[int, str]) -> Text | str:
    named = some([_column(*each) for each in columns.items()])
    count = len(columns)
    return Text("parts.hidden-columns", n=count, named=named) if count else ""


def _struck_text(rows: Sequence[int]) -> Text | str:
    if not rows:
        return ""
    return Text("parts.struck-rows", n=len(rows), rows=some(spans(rows)))


def _cells_text(cells: Sequence[Place]) -> Text | str:
    if not cells:
        return ""
    return Text(
        "parts.struck-cells", n=len(cells), cells=some([cell_name(*each) for each in cells])
    )


def _comments(sheets: Sequence[Sheet]) -> Text | str:
    cells = [f"[{sheet.name}]{cell}" for sheet in sheets for cell in sheet.layout.comments]
    if not cells:
        return ""
    return Text("parts.comments", n=len(cells), cells=some(cells))


def _colours(sheets: Sequence[Sheet]) -> Text | str:
    cells = [f"[{sheet.name}]{cell_name(*place)}" for sheet in sheets for place in sheet.coloured()]
    if not cells:
        return ""
    return Text("parts.colours", n=len(cells), cells=some(cells))


def _drawings(sheets: Sequence[Sheet]) -> Text | str:
    count = sum(sheet.layout.drawings for sheet in sheets)
    return Text("parts.drawings", n=count) if count else ""
