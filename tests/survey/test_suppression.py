"""Cells that are left out cannot be worked out: every table with the same totals is tried."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli.survey.model.crosstab import suppressed

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


@pytest.mark.slow
@settings(max_examples=200)
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


def rectangles(table: Table, place: tuple[int, int]) -> list[frozenset[tuple[int, int]]]:
    """The corners of all rectangles of which a cell is one."""
    row, column = place
    return [
        frozenset({place, (row, j), (i, column), (i, j)})
        for i in range(len(table))
        for j in range(len(table[0]))
        if i != row and j != column
    ]


def is_safe(table: Table, hidden: frozenset[tuple[int, int]]) -> bool:
    possible = fitting(table, hidden)
    return all(len({each[i][j] for each in possible}) > 1 for i, j in hidden)


@settings(max_examples=150)
@given(tables(), st.integers(2, 4))
def test_no_more_is_left_out_than_one_cell_needs(table: Table, least: int) -> None:
    small = [(i, j) for i, row in enumerate(table) for j, c in enumerate(row) if 0 < c < least]
    if len(small) == 1 and any(is_safe(table, each) for each in rectangles(table, small[0])):
        assert suppressed(table, least) in rectangles(table, small[0])


@pytest.mark.parametrize(
    ("table", "least", "hidden"),
    [
        # An empty cell can only go up; that is enough.
        (((3, 0, 1), (0, 2, 2)), 3, {(0, 1), (0, 2), (1, 1), (1, 2)}),
        (((1, 4), (0, 3), (0, 1)), 2, {(0, 0), (0, 1), (2, 0), (2, 1)}),
        (((2, 4, 0), (3, 0, 2)), 3, {(0, 0), (0, 2), (1, 0), (1, 2)}),
    ],
)
def test_what_can_go_one_way_only_is_open(
    table: Table, least: int, hidden: set[tuple[int, int]]
) -> None:
    assert is_safe(table, frozenset(hidden))
    assert suppressed(table, least) == hidden
