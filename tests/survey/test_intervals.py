"""Intervals against figures worked out elsewhere, and against the equation they solve."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.survey.model.characterise import Z, bounds, wilson

FILE = Path(__file__).parents[1] / "oracles" / "study_2020_intervals.yaml"
READ = cast("dict[str, list[list[float]]]", read_yaml(FILE.read_text("utf-8"), FILE.name).data)


@pytest.mark.parametrize(("count", "base", "low", "high"), READ["intervals"])
def test_wilson_with_correction_gives_the_figures_of_the_study(
    count: int, base: int, low: float, high: float
) -> None:
    ends = wilson(count, base, 55)
    assert [round(100 * each, 1) for each in ends] == [low, high]


def test_all_figures_are_there() -> None:
    assert len(READ["intervals"]) > 70


@given(st.integers(2, 200), st.data())
def test_wilson_ends_where_the_score_test_does(population: int, data: st.DataObject) -> None:
    base = data.draw(st.integers(1, population - 1))
    count = data.draw(st.integers(0, base))
    share, correction = count / base, (population - base) / (population - 1)
    for end in wilson(count, base, population):
        distance = Z * sqrt(end * (1 - end) / base * correction)
        assert abs(share - end) == pytest.approx(distance, abs=1e-6)


def test_nothing_is_open_where_all_answered() -> None:
    assert wilson(3, 4, 4) == (0.75, 0.75)
    assert bounds(3, 4, 4) == (Fraction(3, 4), Fraction(3, 4))
