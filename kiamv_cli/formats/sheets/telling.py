"""What must be said of a sheet before its values are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.problem import Problem
from kiamv_cli.base.spreadsheet import cell_name, column_name, spans
from kiamv_cli.formats.hints import shown
from kiamv_cli.formats.sheets.layout import Fault, is_error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kiamv_cli.base.problem import Severity
    from kiamv_cli.formats.plain import Rows
    from kiamv_cli.formats.sheets.layout import Area, Place
    from kiamv_cli.formats.sheets.sheet import Hidden, Sheet

    Faults = Mapping[tuple[int, str], list[Place]]

_CHOOSE = N_(
    "Say --hidden skip to leave out what is hidden or struck through, or --hidden keep to read it"
)
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells of a sheet of a file, by what becomes of what is hidden in it."""

    path: str
    sheet: Sheet
    hidden: Hidden | None

    def unseen(self, left_out: Collection[int]) -> Iterator[Problem]:
        """Tell of what is hidden or struck through: errors, or what is left out."""
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
        """Give the rows that are hidden, and the rows and cells that are struck through."""
        sheet = self.sheet
        rows = sheet.hidden_rows()
        struck = [line for line in sheet.struck_rows() if line not in {*rows}]
        cells = [place for place in sheet.struck_cells() if place[0] not in {*rows}]
        return rows, struck, cells

    def hidden_sheet(self) -> Iterator[Problem]:
        """Tell that it is hidden, if it is."""
        if self.sheet.layout.hidden:
            yield self._problem("K716", _("the sheet is hidden"), _(_CHOOSE))

    def _hidden_rows(self, rows: Sequence[int]) -> Iterator[Problem]:
        if rows:
            told = ngettext(
                "row {rows} is hidden, or filtered out",
                "{n} rows are hidden, or filtered out: {rows}",
                len(rows),
                rows=some(spans(rows)),
            )
            yield self._problem("K716", told, _(_CHOOSE), (rows[0], 1))

    def _hidden_columns(self, columns: Mapping[int, str]) -> Iterator[Problem]:
        if columns:
            named = [_column(column, name) for column, name in columns.items()]
            told = ngettext(
                "column {columns} is hidden",
                "{n} columns are hidden: {columns}",
                len(named),
                columns=some(named),
            )
            yield self._problem("K716", told, _(_CHOOSE), (1, min(columns)))

    def _struck(self, rows: Sequence[int], cells: Sequence[Place]) -> Iterator[Problem]:
        if rows:
            told = ngettext(
                "row {rows} is struck through",
                "{n} rows are struck through: {rows}",
                len(rows),
                rows=some(spans(rows)),
            )
            yield self._problem("K717", told, _(_CHOOSE), (rows[0], 1))
        if cells:
            told = ngettext(
                "the cell {cells} is struck through, or a part of it",
                "{n} cells are struck through, or a part of them: {cells}",
                len(cells),
                cells=some([cell_name(*each) for each in cells]),
            )
            yield self._problem("K717", told, _(_CHOOSE), cells[0])

    def _left_out(
        self,
        rows: Sequence[int],
        columns: Mapping[int, str],
        struck: Sequence[int],
        cells: Sequence[Place],
    ) -> Problem:
        named = [
            _rows_text(rows),
            _columns_text(columns),
            _struck_text(struck),
            _cells_text(cells),
        ]
        told = _("left out, as --hidden skip says: {parts}", parts="; ".join(filter(None, named)))
        return self._problem("K952", told, _("Say --hidden keep to read them"), severity="warning")

    def merged(self, rows: Rows) -> Iterator[Problem]:
        """Tell which cells are merged, so that the value of one counts for several."""
        by_line = dict(rows)
        areas = [area for area in self.sheet.merged() if _has_value(by_line, area)]
        if areas:
            told = ngettext(
                "the value of the merged cells {ranges} counts for each of them",
                "in {n} places the value of merged cells counts for each of them: {ranges}",
                len(areas),
                ranges=some([_range(area) for area in areas]),
            )
            hint = _("Take them apart if it holds for the first only")
            yield self._problem("K953", told, hint, areas[0][:2], "warning")

    def faults(self, rows: Rows, left_out: Collection[int]) -> Faults:
        """Find the errors in rows as they are read, by column and what they are."""
        found: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for line, row in rows:
            for column, cell in enumerate(row, 1):
                if isinstance(cell, str) and (isinstance(cell, Fault) or is_error(cell)):
                    found[column, cell.strip()].append((line, column))
        return {key: places for key, places in found.items() if key[0] not in left_out}

    def broken(self, faults: Faults) -> Iterator[Problem]:
        """Tell of the cells with errors, and of formulas without a value."""
        for (_column, text), places in faults.items():
            if text:
                code, told = "K714", _("the cell holds an error, {error}", error=shown(text))
                hint = _("Mend its formula, or empty the cell if the value is not known")
            else:
                code, told = "K715", _("the cell holds a formula without a value")
                hint = _("Open the file in a spreadsheet program and save it: that works it out")
            others = [cell_name(*each) for each in places[1:]]
            if others:
                told += ngettext(
                    ", and so does {cells}",
                    ", and so do {n} more: {cells}",
                    len(others),
                    cells=some(others),
                )
            yield self._problem(code, told, hint, places[0])

    def _problem(
        self,
        code: str,
        told: str,
        hint: str,
        place: tuple[int, ...] = (),
        severity: Severity = "error",
    ) -> Problem:
        line, column = place or (None, None)
        return Problem(
            code=code,
            message=told,
            hint=hint,
            path=self.path,
            sheet=self.sheet.name,
            line=line,
            column=column,
            severity=severity,
        )


def unread(
    path: str, read: Sequence[Sheet], others: Sequence[Sheet], hint: str, *, colours: bool
) -> list[Problem]:
    """Tell in one remark what is not read: comments, colours, drawings and other sheets.

    Args:
        path: The name of the file.
        read: The sheets of it that are.
        others: Those that are not, and hold something.
        hint: What to do about these.
        colours: Whether those of cells are told.
    """
    parts = [_comments(read), _colours(read) if colours else "", _drawings(read)]
    hints = (
        [_("What comments, colours and pictures mean counts only if cells say it")]
        if any(parts)
        else []
    )
    if others:
        names = ", ".join(shown(each.name) for each in others)
        parts.append(ngettext("the sheet {names}", "{n} sheets: {names}", len(others), names=names))
        hints += [hint] if hint else []
    told = _("not read: {parts}", parts="; ".join(filter(None, parts)))
    problem = Problem(
        code="K952", message=told, hint=". ".join(hints), path=path, severity="warning"
    )
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


def _rows_text(rows: Sequence[int]) -> str:
    named = some(spans(rows))
    return ngettext("row {rows}", "{n} rows ({rows})", len(rows), rows=named) if rows else ""


def _columns_text(columns: Mapping[int, str]) -> str:
    named = some([_column(*each) for each in columns.items()])
    count = len(columns)
    return ngettext("column {named}", "{n} columns ({named})", count, named=named) if count else ""


def _struck_text(rows: Sequence[int]) -> str:
    if not rows:
        return ""
    return ngettext(
        "row {rows}, struck through",
        "{n} rows struck through ({rows})",
        len(rows),
        rows=some(spans(rows)),
    )


def _cells_text(cells: Sequence[Place]) -> str:
    if not cells:
        return ""
    return ngettext(
        "what is struck through in {cells}",
        "what is struck through in {n} cells ({cells})",
        len(cells),
        cells=some([cell_name(*each) for each in cells]),
    )


def _comments(sheets: Sequence[Sheet]) -> str:
    cells = [f"[{sheet.name}]{cell}" for sheet in sheets for cell in sheet.layout.comments]
    if not cells:
        return ""
    return ngettext(
        "the comment at {cells}", "{n} comments ({cells})", len(cells), cells=some(cells)
    )


def _colours(sheets: Sequence[Sheet]) -> str:
    cells = [f"[{sheet.name}]{cell_name(*place)}" for sheet in sheets for place in sheet.coloured()]
    if not cells:
        return ""
    return ngettext(
        "the colour of {cells}", "the colours of {n} cells ({cells})", len(cells), cells=some(cells)
    )


def _drawings(sheets: Sequence[Sheet]) -> str:
    count = sum(sheet.layout.drawings for sheet in sheets)
    return ngettext("a drawing or picture", "{n} drawings or pictures", count) if count else ""
