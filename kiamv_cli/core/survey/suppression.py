"""Leave small cells out of a table so that nobody can work them out from what is left.

A table of counts is published with its totals. Cells that are too small are left out; then further
cells are, until each that is left out could be another number, as far as the totals tell
(complementary suppression; Cox 1980, Journal of the American Statistical Association 75: 377-385).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Place: TypeAlias = tuple[int, int]
Counts: TypeAlias = "Sequence[Sequence[int]]"


def suppressed(table: Counts, least: int, at_first: Collection[Place] = ()) -> frozenset[Place]:
    """Choose the cells of a table that are left out.

    Args:
        table: Counts by row and column; all totals of rows and columns are taken to be known.
        least: The smallest count, other than 0, that may be shown.
        at_first: Cells that are left out in any case.

    Returns:
        Rows and columns of cells, from 0. For each there is another table of counts with the same
        totals and the same cells shown, in which it holds another number. Where no cells can
        achieve that (one row or column only, say), nothing but totals is left to see.
    """
    hidden = {*at_first}
    hidden |= {
        (i, j) for i, row in enumerate(table) for j, count in enumerate(row) if 0 < count < least
    }
    while weak := sorted(place for place in hidden if not is_open(table, hidden, place)):
        further = _further(table, hidden, weak[0])
        if not further:
            return frozenset(_places(table))
        hidden |= further
    return frozenset(hidden)


def is_open(table: Counts, hidden: Collection[Place], place: Place) -> bool:
    """Tell whether a cell that is left out could hold another number.

    It can be one more, or one less, if other hidden cells can make up for it in its row and its
    column: along a cycle of hidden cells that are changed by plus and minus one in turn.
    """
    return _can_move(table, hidden, place, up=True) or _can_move(table, hidden, place, up=False)


def _can_move(table: Counts, hidden: Collection[Place], place: Place, *, up: bool) -> bool:
    """Look for a cycle: from the column of the cell back to its row."""
    row, column = place
    if not up and table[row][column] == 0:
        return False
    columns, seen, rows = [column], {column}, set[int]()
    while columns:
        at = columns.pop()
        # In this column another hidden cell goes the other way; down only if it holds anything.
        for i, j in hidden:
            if j != at or i == row or i in rows or (up and table[i][j] == 0):
                continue
            rows.add(i)
            for k in _along(table, hidden, i, up=up):
                if _closes(table, hidden, (row, k), place, up=up):
                    return True
                if k not in seen:
                    seen.add(k)
                    columns.append(k)
    return False


def _along(table: Counts, hidden: Collection[Place], row: int, *, up: bool) -> list[int]:
    """The columns of hidden cells of a row that can go the same way as the first cell."""
    return [j for i, j in hidden if i == row and (up or table[i][j] > 0)]


def _closes(
    table: Counts, hidden: Collection[Place], last: Place, first: Place, *, up: bool
) -> bool:
    """Whether a cell in the first row can go the other way, and so close the cycle."""
    i, j = last
    return last in hidden and last != first and (not up or table[i][j] > 0)


def _further(table: Counts, hidden: Collection[Place], weak: Place) -> set[Place]:
    """The cells to leave out next, so that a weak one may be another number.

    The fewest and smallest that, with it, are the corners of a rectangle; where no rectangle
    helps, the smallest cell of all, as part of a longer cycle.
    """
    row, column = weak
    corners = (
        {(row, k), (i, column), (i, k)} - {*hidden}
        for i, k in _places(table)
        if i != row and k != column
    )
    helpful = [each for each in corners if is_open(table, {*hidden, *each}, weak)]
    others = [{place} for place in _places(table) if place not in hidden]
    return min(helpful or others, key=lambda each: _cost(table, each), default=set())


def _cost(table: Counts, places: Collection[Place]) -> tuple[int, int, list[Place]]:
    """What is lost with cells: their number, and the counts in them."""
    return len(places), sum(table[i][j] for i, j in places), sorted(places)


def _places(table: Counts) -> list[Place]:
    return [(i, j) for i, row in enumerate(table) for j, _ in enumerate(row)]
