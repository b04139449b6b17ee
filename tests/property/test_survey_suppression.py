"""Cells that are left out cannot be worked out: every table with the same totals is tried."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli.core.survey.suppression import suppressed

Table = tuple[tuple[int, ...], ...]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows, columns = draw(st.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3), (1, 3), (2, 4), (4, 2)]))
    count = st.sampled_from([0, 0, 1, 2, 3, 4])
    return tuple(tuple(draw(count) for _ in range(columns)) for _ in range(rows))


def fitting(table: Table, hidden: frozenset[tuple[int, int]]) -> list[Table]:
    """All tables of counts with the totals of ``table``, and its cells where they are shown."""
    totals = [sum(column) for column in zip(*table, strict=True)]

    def rows_of(at: int) -> list[tuple[int, ...]]:
        row = table[at]
        choices = (
            range(sum(row) + 1) if (at, j) in hidden else (count,) for j, count in enumerate(row)
        )
        return [each for each in product(*choices) if sum(each) == sum(row)]

    found: list[Table] = [()]
    for at in range(len(table)):
        found = [
            (*before, row) for before in found for row in rows_of(at) if _fits(before, row, totals)
        ]
    return [each for each in found if [sum(c) for c in zip(*each, strict=True)] == totals]


def _fits(before: Table, row: tuple[int, ...], totals: list[int]) -> bool:
    return all(
        sum(column) <= total
        for column, total in zip(zip(*before, row, strict=True), totals, strict=True)
    )


@settings(max_examples=500)
@given(tables(), st.integers(1, 4))
def test_no_cell_that_is_left_out_follows_from_what_is_shown(table: Table, least: int) -> None:
    hidden = suppressed(table, least)
    small = {(i, j) for i, row in enumerate(table) for j, c in enumerate(row) if 0 < c < least}
    assert small <= hidden
    possible = fitting(table, hidden)
    assert table in possible
    everything = frozenset((i, j) for i, row in enumerate(table) for j, _ in enumerate(row))
    for i, j in hidden:
        values = {each[i][j] for each in possible}
        # What the totals alone tell cannot be kept from anybody who knows them.
        assert len(values) > 1 or hidden == everything


def test_nothing_is_left_out_where_no_cell_is_small() -> None:
    assert suppressed([[3, 4], [0, 5]], 3) == frozenset()


def test_the_cells_that_would_tell_are_left_out_as_well() -> None:
    assert suppressed([[1, 5, 6], [7, 8, 9], [9, 9, 9]], 3) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_empty_cells_protect_nothing() -> None:
    hidden = suppressed([[1, 5], [0, 0], [4, 4]], 2)
    assert hidden == {(0, 0), (0, 1), (2, 0), (2, 1)}
