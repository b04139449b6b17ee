"""A sheet: its values, and what becomes of what is hidden, struck through or merged in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kiamv_cli.formats.sheets.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiamv_cli.formats.plain import Cell, Rows
    from kiamv_cli.formats.sheets.layout import Area

Hidden = Literal["keep", "skip"]
"""What becomes of hidden and struck-through parts: they are read, or left out."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV file as one that has no name.

    ``rows`` are those of the file with their numbers, cells from the first column; errors stand
    in them as ``Fault``.
    """

    name: str
    rows: Rows
    layout: Layout = field(default_factory=Layout)

    @classmethod
    def of(cls, name: str, values: list[list[Cell]], layout: Layout) -> Sheet:
        """Make one of the values of its cells from the first row on.

        Raises:
            ValueError: Cells are merged with more others than there are.
        """
        values += ([] for _row in range(layout.last[0] - len(values)))
        for (line, column), fault in layout.faults.items():
            row = values[line - 1]
            row += [None] * (column - len(row))
            row[column - 1] = fault
        sheet = cls(name, list(enumerate(values, start=1)), layout)
        if sum(map(_size, sheet.merged())) > layout.cells:
            raise ValueError(name)
        return sheet

    @property
    def filled(self) -> dict[int, list[Cell]]:
        """The rows that hold anything, by their numbers."""
        return {line: row for line, row in self.rows if any(cell is not None for cell in row)}

    def hidden_rows(self) -> list[int]:
        """Return the rows that are hidden and hold something."""
        return [line for line in self.filled if line in self.layout.hidden_rows]

    def hidden_columns(self) -> dict[int, str]:
        """Return the columns that are hidden and hold something, with their headings."""
        if not self.layout.hidden_columns:
            return {}
        rows = self.filled.values()
        heads = next(iter(rows), [])
        used = {place for row in rows for place, cell in enumerate(row, 1) if cell is not None}
        return {
            column: str(heads[column - 1] or "") if column <= len(heads) else ""
            for column in sorted(used & self.layout.hidden_columns)
        }

    def struck_rows(self) -> list[int]:
        """Return the rows of which the first text is struck through, and so all that they say."""
        struck = self.layout.struck
        if not struck:
            return []
        firsts = ((line, _first_text(row)) for line, row in self.filled.items())
        return [line for line, place in firsts if struck.get((line, place), " ") == ""]

    def struck_cells(self) -> list[tuple[int, int]]:
        """Return the other cells that are struck through, wholly or in part."""
        rows = {*self.struck_rows()}
        return sorted(place for place in self.layout.struck if place[0] not in rows)

    def coloured(self) -> list[tuple[int, int]]:
        """Return the cells with a colour of their own below the headings."""
        heads = next(iter(self.filled), 0)
        return sorted(place for place in self.layout.filled if place[0] > heads)

    def shown(self, hidden: Hidden | None) -> Rows:
        """Return the rows as they are read, by what becomes of hidden and struck-through parts."""
        rows = [(line, [*row]) for line, row in self.rows]
        skipped, columns = set[int](), set[int]()
        if hidden == "skip":
            self._unstrike(rows)
            skipped = {*self.hidden_rows(), *self.struck_rows()}
            columns = {*self.hidden_columns()}
        self._spread(rows)
        for _line, row in rows:
            for column in columns:
                if column <= len(row):
                    row[column - 1] = None
        return [each for each in rows if each[0] not in skipped]

    def _unstrike(self, rows: Rows) -> None:
        for line, column in self.struck_cells():
            rows[line - 1][1][column - 1] = self.layout.struck[line, column].strip() or None

    def merged(self) -> list[Area]:
        """Return the merged cells as far as the sheet holds anything, without single ones."""
        bottom, right = self.layout.last
        areas = (
            area._replace(bottom=min(area.bottom, bottom), right=min(area.right, right))
            for area in self.layout.merged
        )
        return sorted(area for area in areas if _size(area) > 1)

    def _spread(self, rows: Rows) -> None:
        """Put the value of merged cells into each of them, in rows that hold more than that."""
        merged = [(area, _first_of(rows, area)) for area in self.merged()]
        for area, value in merged:
            _put(rows[area.top - 1 : area.bottom], area, None)
            rows[area.top - 1][1][area.left - 1] = value
        holding = {line for line, row in rows if any(cell is not None for cell in row)}
        for area, value in merged:
            within = rows[area.top - 1 : area.bottom]
            _put([each for each in within if each[0] in holding], area, value)


def _size(area: Area) -> int:
    return max(0, area.bottom - area.top + 1) * max(0, area.right - area.left + 1)


def _first_of(rows: Rows, area: Area) -> Cell:
    _line, row = rows[area.top - 1]
    return row[area.left - 1] if area.left <= len(row) else None


def _put(rows: Rows, area: Area, value: Cell) -> None:
    for _line, row in rows:
        row.extend([None] * (area.right - len(row)))
        row[area.left - 1 : area.right] = [value] * (area.right - area.left + 1)


def _first_text(row: Sequence[Cell]) -> int:
    """Return the column of the first cell in a row that holds a text; 0 if none does."""
    texts = (place for place, cell in enumerate(row, 1) if isinstance(cell, str) and cell.strip())
    return next(texts, 0)
