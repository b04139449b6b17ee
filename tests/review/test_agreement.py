"""Coefficients against their definitions, and against a peer library."""

from __future__ import annotations

from fractions import Fraction as F
from typing import TYPE_CHECKING, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import agreement as oracle

from kiamv_cli.review.model import coefficients
from kiamv_cli.review.model.coefficients import Scale

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.review.model.coefficients import Ratio, Sums, Why

CATEGORIES = ("not-met", "partly", "met")
VERDICTS = st.sampled_from([*CATEGORIES, "unknown", None])


@st.composite
def tables(draw: st.DrawFn, most: int = 4) -> list[list[str | None]]:
    reviewers = draw(st.integers(2, most))
    row = st.lists(VERDICTS, min_size=reviewers, max_size=reviewers)
    return draw(st.lists(row, min_size=1, max_size=8))


def sums(rows: list[list[str | None]]) -> Sums:
    scale = Scale(CATEGORIES, len(rows[0]))
    return scale.sums([sum(column) for column in zip(*map(scale.row_of, rows), strict=True)])


def value(found: Ratio | Why) -> F | None:
    return None if isinstance(found, str) else F(*found)


@given(rows=tables())
def test_coefficients_are_what_they_are_defined_as(rows: list[list[str | None]]) -> None:
    units, found = oracle.values(rows, CATEGORIES), sums(rows)
    assert value(coefficients.share(found)) == oracle.agreed(units)
    assert value(coefficients.ac1(found)) == oracle.ac1(units, CATEGORIES)
    assert value(coefficients.fleiss(found)) == oracle.fleiss(units, CATEGORIES)
    assert value(coefficients.nominal_alpha(found)) == oracle.alpha(units, oracle.nominal)
    assert value(coefficients.alpha(found)) == oracle.alpha(units, oracle.ordinal(CATEGORIES))


@given(rows=tables(most=2))
def test_cohens_kappa_is_what_it_is_defined_as(rows: list[list[str | None]]) -> None:
    assert value(coefficients.cohen(sums(rows))) == oracle.cohen(rows, CATEGORIES)


@given(rows=tables())
def test_the_order_of_reviewers_and_of_ecosystems_does_not_matter(
    rows: list[list[str | None]],
) -> None:
    turned = [row[::-1] for row in rows[::-1]]
    for name in ("share", "ac1", "alpha", "fleiss", "cohen"):
        coefficient = coefficients.COEFFICIENTS[name]
        assert value(coefficient(sums(turned))) == value(coefficient(sums(rows)))


@given(rows=tables())
def test_a_peer_library_finds_the_same_alpha(rows: list[list[str | None]]) -> None:
    levels: dict[Literal["ordinal", "nominal"], Callable[[Sums], Ratio | Why]] = {
        "ordinal": coefficients.alpha,
        "nominal": coefficients.nominal_alpha,
    }
    for level, coefficient in levels.items():
        found = value(coefficient(sums(rows)))
        if found is None:
            continue
        said = [[CATEGORIES.index(v) if v in CATEGORIES else np.nan for v in r] for r in rows]
        theirs = krippendorff.alpha(np.array(said).T, level_of_measurement=level)
        assert float(found) == pytest.approx(theirs, abs=1e-9)
