"""Draws and rank acceptability against published figures and the plain definitions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from hashlib import sha256
from itertools import pairwise
from math import floor
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import brute
from strategies.selection import questions

from kiamv_cli import Quota, Request, load_criteria, load_longlist, robustness, score
from kiamv_cli.selection import Sampling
from kiamv_cli.selection.model.search import NoneFeasibleError
from kiamv_cli.selection.solving.sampling import (
    WEIGHT_UNIT,
    Draws,
    drawn_weights,
    orders,
    rank_counts,
    reselect,
    weight_sums,
)
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from random import Random

    from kiamv_cli import Scores
    from kiamv_cli.selection.model.question import Question

# The example of the R package smaa 0.3 by G. van Valkenhoef (manual, function smaa): heparin and
# enoxaparin on three criteria, with 10,000 uniform weights. Printed there: heparin is first with
# acceptability 0.3504 and these central weights. What tells is by how much heparin is ahead on each
# criterion; the three are independent, and lie at these quantiles in the 10,000 draws that come
# with the package.
LEVELS = (0, 0.002, 0.01, 0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)
LEVELS += tuple(round(1 - level, 3) for level in reversed(LEVELS[:-1]))
AHEAD = """
-.941 -.78 -.694 -.625 -.575 -.528 -.492 -.46 -.415 -.375 -.338
-.3 -.261 -.216 -.188 -.153 -.116 -.069 -.007 .064 .292

-1.011 -.825 -.691 -.591 -.52 -.46 -.408 -.368 -.298 -.24 -.187
-.129 -.069 .001 .046 .099 .159 .225 .329 .447 .622

-.469 -.184 -.072 .012 .063 .099 .133 .161 .211 .255 .297
.341 .387 .45 .492 .547 .608 .689 .802 .951 1.277
"""
ACCEPTABILITY, DRAWS = 0.3504, 10_000
CENTRAL = ((0.1865, 0.2772, 0.5363), (0.4073, 0.3641, 0.2285))


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


def test_rank_acceptability_and_central_weights_of_a_published_example() -> None:
    draws = 4 * DRAWS
    weights = drawn_weights(Sampling(samples=draws), 3)
    chance = np.random.Generator(np.random.PCG64(7)).random((draws, 3))
    ahead = np.stack(
        [
            np.interp(chance[:, n], LEVELS, [float(each) for each in row.split()])
            for n, row in enumerate(AHEAD.split("\n\n"))
        ],
        axis=1,
    )
    values = np.stack([(weights * ahead).sum(axis=1), np.zeros(draws)], axis=1)
    order = orders(np.rint(values * 1000).astype(np.int64), np.arange(2))
    counts = rank_counts(order)
    # Three standard errors: those of the published figures and, half as large, of these.
    error = (ACCEPTABILITY * (1 - ACCEPTABILITY) * (1 / DRAWS + 1 / draws)) ** 0.5
    assert counts[0] / draws == pytest.approx([ACCEPTABILITY, 1 - ACCEPTABILITY], abs=3 * error)
    sums = weight_sums(weights, order[:, 0], 2)
    for mine, published in zip(sums, CENTRAL, strict=True):
        assert mine / mine.sum() == pytest.approx(published, abs=0.011)
    # Uniform numbers divided by their sum, a known mistake, miss the published figure.
    rescaled = chance[::-1] / chance[::-1].sum(axis=1, keepdims=True)
    wrong = ((rescaled * ahead).sum(axis=1) > 0).mean()
    assert abs(wrong - ACCEPTABILITY) > 3 * error


@pytest.mark.parametrize("criteria", [2, 3, 6])
def test_who_is_best_on_one_criterion_each_has_the_centroid_weights(criteria: int) -> None:
    # Barron & Barrett, Decision quality using ranked attribute weights, Management Science 42,
    # 1996: the mean of the largest of n uniform weights is (1 + 1/2 + … + 1/n) / n.
    draws = 20_000
    weights = drawn_weights(Sampling(samples=draws, seed="centroid"), criteria)
    assert (weights.sum(axis=1) == WEIGHT_UNIT).all()
    order = orders(weights, np.arange(criteria))
    first = rank_counts(order)[:, 0] / draws
    error = (1 / criteria * (1 - 1 / criteria) / draws) ** 0.5
    assert first == pytest.approx([1 / criteria] * criteria, abs=4 * error)
    largest = sum(1 / n for n in range(1, criteria + 1)) / criteria
    sums = weight_sums(weights, order[:, 0], criteria)
    assert sums.diagonal() / sums.sum(axis=1) == pytest.approx([largest] * criteria, abs=0.006)


def test_more_concentrated_weights_vary_less() -> None:
    # The variance of one of n Dirichlet weights is (n - 1) / (n² (n a + 1)).
    for alpha in (0.5, 1.0, 4.0):
        sampling = Sampling(samples=20_000, concentration=alpha)
        weights = drawn_weights(sampling, 4) / WEIGHT_UNIT
        assert weights.sum(axis=1) == pytest.approx(np.ones(20_000))
        assert weights.var(axis=0) == pytest.approx([3 / (16 * (4 * alpha + 1))] * 4, rel=0.06)


@pytest.mark.parametrize("alpha", [0.3, 2.0, 50.0])
def test_weights_are_rounded_by_largest_remainder(alpha: float) -> None:
    sampling = Sampling(samples=64, concentration=alpha, seed="rounding")
    bits = np.random.PCG64(int.from_bytes(sha256(b"weights\nrounding\n0").digest()))
    shares = np.random.Generator(bits).dirichlet(np.full(5, alpha), 64) * WEIGHT_UNIT
    for row, drawn in zip(shares.tolist(), drawn_weights(sampling, 5).tolist(), strict=True):
        parts = [share - floor(share) for share in row]
        up = WEIGHT_UNIT - sum(map(floor, row))
        larger = sorted(range(5), key=lambda n: (-parts[n], n))[:up]
        assert drawn == [floor(share) + (n in larger) for n, share in enumerate(row)]


def test_fewer_draws_are_the_first_of_more(scores: Scores) -> None:
    few, more = (Draws(scores, Sampling(samples=number)) for number in (10, 100))
    assert (more.scores[:10] == few.scores).all()
    assert (more.weights[:10] == few.weights).all()
    other = Draws(scores, Sampling(samples=10, seed="other"))
    assert (other.scores != few.scores).any()


@pytest.mark.slow
def test_every_drawn_score_lies_between_proven_and_possible(scores: Scores) -> None:
    draws = Draws(scores, Sampling(samples=200))
    parts = []
    for weights, row in zip(draws.weights.tolist(), draws.scores.tolist(), strict=True):
        for one, drawn in zip(scores.ecosystems, row, strict=True):
            pairs = list(zip(weights, one.criteria, strict=True))
            low = sum((w * each.proven for w, each in pairs), F(0)) / WEIGHT_UNIT
            high = sum((w * each.possible for w, each in pairs), F(0)) / WEIGHT_UNIT
            assert low <= F(drawn, draws.unit) <= high
            if low < high:
                parts.append(float((F(drawn, draws.unit) - low) / (high - low)))
    assert sum(parts) / len(parts) == pytest.approx(0.5, abs=0.01)


@given(st.lists(st.lists(st.integers(0, 3), min_size=5, max_size=5), min_size=1), st.randoms())
@settings(max_examples=50, deadline=None)
def test_ranks_are_those_of_a_plain_sort(rows: list[list[int]], dice: Random) -> None:
    lots = list(range(5))
    dice.shuffle(lots)
    found = orders(np.array(rows), np.array(lots))
    expected = [sorted(range(5), key=lambda one: (-row[one], lots[one])) for row in rows]
    assert found.tolist() == expected
    counts = rank_counts(found)
    for one in range(5):
        assert counts[one].tolist() == [
            sum(order[rank] == one for order in expected) for rank in range(5)
        ]


@pytest.mark.slow
@given(questions(most=7), st.integers(1, 3), st.randoms())
@settings(max_examples=40, deadline=None)
def test_each_draw_is_selected_from_exactly(question: Question, threads: int, dice: Random) -> None:
    number = len(question.candidates)
    rows = [[dice.randint(0, 9) for _ in range(number)] for _ in range(3)]
    draws = cast("Draws", SimpleNamespace(scores=np.array(rows), unit=9))
    expected = []
    for row in rows:
        values = zip(question.candidates, row, strict=True)
        drawn = tuple(replace(one, score=F(value, 9)) for one, value in values)
        expected.append(brute.selected(replace(question, candidates=drawn)))
    assume(None not in expected)
    found = reselect(question, draws, HighsSolver, threads)
    assert [frozenset(one.members) for one in found] == expected


@pytest.mark.slow
def test_the_number_of_threads_changes_nothing(scores: Scores) -> None:
    request = Request(size=5)
    one, many = (
        robustness(scores, request, Sampling(samples=12), threads=threads) for threads in (1, 3)
    )
    assert one == many
    assert one.complete
    assert sum(each.selected.hits for each in one.standings) == 12 * 5
    assert sum(each.ranking.within.hits for each in one.standings) == 12 * 5
    for each in one.standings:
        assert sum(share.hits for share in each.ranking.ranks) == 12
        assert each.ranking.ranks[0] == each.ranking.first
        assert (each.ranking.central is None) == (each.ranking.first.hits == 0)
    shown = [each.selected.value for each in one.standings]
    assert all(more >= less for more, less in pairwise(shown))


def test_wishes_that_clash_raise(scores: Scores) -> None:
    wishes = Request(size=2, quotas=(Quota("themes", "energy", at_least=3),))
    with pytest.raises(NoneFeasibleError):
        robustness(scores, wishes, Sampling(samples=1))
