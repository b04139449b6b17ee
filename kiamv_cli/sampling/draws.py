"""Draws of weights and of open criteria, in whole numbers, from a seed.

Weights are drawn in thousandths that add up to 1000. Uniform ones are the gaps between sorted
uniform numbers, which is uniform on the simplex; uniform numbers that are divided by their sum are
not (Devroye, Non-uniform random variate generation, 1986, chapter XI.4). An open criterion lies a
whole number of hundredths, 0 to 100, of the way from proven to possible. So every score is a whole
number of a common unit, and a tie is a tie.
"""

from __future__ import annotations

from hashlib import sha256
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from numpy.typing import NDArray

    from kiamv_cli.core.robustness import Sampling
    from kiamv_cli.core.score import CriterionScore, Scores

WEIGHT_UNIT = 1000
_STEPS = 100
# Draws come in blocks with a stream of numbers each, so that none depends on how many there are.
_BLOCK = 64


class Draws:
    """Weights and scores of all draws.

    ``weights`` (draws by criteria) are in thousandths; ``scores`` (draws by ecosystems, in their
    order in ``Scores``) are in units of ``1 / unit``.
    """

    def __init__(self, scores: Scores, sampling: Sampling) -> None:
        table = [one.criteria for one in scores.ecosystems]
        parts = {part for row in table for each in row for part in _parts(each)}
        value_unit = _STEPS * lcm(*parts)
        self.unit = WEIGHT_UNIT * value_unit
        self._proven = np.array([[int(each.proven * value_unit) for each in row] for row in table])
        self._step = np.array([[int(_span(each) * value_unit) for each in row] for row in table])
        self._ways = _blocks(
            sampling, "open", lambda bits, count: _whole(bits, (count, self._open), _STEPS)
        )
        self.weights = drawn_weights(sampling, len(scores.programme.criteria))
        self.scores = self._scores(self.weights)

    def with_weights(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the scores of all draws of open criteria under the same whole weights."""
        return self._scores(np.tile(weights, (len(self._ways), 1)))

    @property
    def _open(self) -> int:
        return int(np.count_nonzero(self._step))

    def _scores(self, weights: NDArray[np.int64]) -> NDArray[np.int64]:
        scores: NDArray[np.int64] = weights @ self._proven.T
        first = 0
        for number, steps in enumerate(self._step.T):
            open_ = np.flatnonzero(steps)
            ways = self._ways[:, first : first + len(open_)]
            scores[:, open_] += weights[:, number, None] * steps[open_] * ways
            first += len(open_)
        return scores


def drawn_weights(sampling: Sampling, criteria: int) -> NDArray[np.int64]:
    """Draw weights in thousandths: draws by criteria, each row adding up to 1000."""

    def uniform(bits: np.random.PCG64, count: int) -> NDArray[np.int64]:
        cuts = np.sort(_whole(bits, (count, criteria - 1), WEIGHT_UNIT), axis=1)
        return np.asarray(np.diff(cuts, prepend=0, append=WEIGHT_UNIT), np.int64)

    def concentrated(bits: np.random.PCG64, count: int) -> NDArray[np.int64]:
        shape = np.full(criteria, sampling.concentration)
        shares = np.random.Generator(bits).dirichlet(shape, count) * WEIGHT_UNIT
        whole = np.floor(shares).astype(np.int64)
        # The largest remainders make up for what rounding down leaves.
        order = np.argsort(np.argsort(whole - shares, axis=1, kind="stable"), axis=1)
        return np.asarray(
            whole + (order < WEIGHT_UNIT - whole.sum(axis=1, keepdims=True)), np.int64
        )

    return _blocks(sampling, "weights", uniform if sampling.concentration == 1 else concentrated)


def _blocks(
    sampling: Sampling,
    what: str,
    drawn: Callable[[np.random.PCG64, int], NDArray[np.int64]],
) -> NDArray[np.int64]:
    """Draw block by block, each from its own stream: fewer samples are the first of more."""
    found = []
    for first in range(0, sampling.samples, _BLOCK):
        text = f"{what}\n{sampling.seed}\n{first // _BLOCK}"
        bits = np.random.PCG64(int.from_bytes(sha256(text.encode()).digest()))
        found.append(drawn(bits, _BLOCK))
    return np.concatenate(found)[: sampling.samples]


def _whole(bits: np.random.PCG64, shape: tuple[int, int], most: int) -> NDArray[np.int64]:
    """Draw whole numbers from 0 to ``most``, from the bits themselves: the same everywhere."""
    raw = np.asarray(bits.random_raw(shape[0] * shape[1]), np.uint64) >> np.uint64(32)
    whole = (raw * np.uint64(most + 1)) >> np.uint64(32)
    return np.asarray(whole, np.int64).reshape(shape)


def _parts(one: CriterionScore) -> tuple[int, int]:
    return one.proven.denominator, one.possible.denominator


def _span(one: CriterionScore) -> Fraction:
    return (one.possible - one.proven) / _STEPS
