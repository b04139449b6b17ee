"""Linear equations over whole numbers from 0, against trying every number."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli.audits.model.whole import Sum, solvable, span

NAMES = "abcd"
MOST = 4


@st.composite
def equations(draw: st.DrawFn) -> list[Sum]:
    names = NAMES[: draw(st.integers(1, 4))]
    made = []
    for _ in range(draw(st.integers(1, 3))):
        times = {name: draw(st.integers(-4, 4)) for name in names}
        terms = {name: by for name, by in times.items() if by}
        made.append(Sum(terms, draw(st.integers(-8, 8))))
    return made


def solutions(sums: list[Sum]) -> list[dict[str, int]]:
    names = sorted({name for each in sums for name in each.terms})
    tried = (
        dict(zip(names, said, strict=True)) for said in product(range(MOST + 1), repeat=len(names))
    )
    return [
        values
        for values in tried
        if all(
            sum(by * values[name] for name, by in each.terms.items()) + each.constant == 0
            for each in sums
        )
    ]


@given(equations())
def test_what_can_be_solved_and_between_what(sums: list[Sum]) -> None:
    found = solutions(sums)
    names = {name for each in sums for name in each.terms}
    assert solvable(sums, [Sum({name: -1}, MOST) for name in names]) == bool(found)
    capped = [*sums, *(Sum({name: 1, f"{name} left": 1}, -MOST) for name in names)]
    for name in names if found else ():
        values = [each[name] for each in found]
        assert span(capped, name) == (min(values), max(values))


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ([Sum({"a": 1, "b": -1})], (0, None)),
        ([Sum({"a": 1, "b": -1}, -7)], (7, None)),
        ([Sum({"a": 2, "b": -3})], (0, None)),
        ([Sum({"a": 1, "b": 1}, -1_000_000_000)], (0, 1_000_000_000)),
    ],
)
def test_a_number_without_limit_and_a_large_one(
    sums: list[Sum], expected: tuple[int, int | None]
) -> None:
    assert span(sums, "a") == expected


def test_halves_are_no_answer() -> None:
    """Three pairs of three boxes that make one each: only halves would do."""
    pairs = [Sum({one: 1, other: 1}, -1) for one, other in ("ab", "bc", "ca")]
    assert not solvable(pairs)
    assert not solvable([Sum({"a": 2, "b": -2}, -1)])
    # No whole number lies between 7/3 and 8/3: the dark shadow misses, and no splinter helps.
    assert not solvable([], [Sum({"a": 3}, -7), Sum({"a": -3}, 8)])
