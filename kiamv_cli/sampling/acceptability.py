"""SMAA-2: rank acceptability indices, central weights and confidence factors.

Lahdelma & Salminen, SMAA-2: Stochastic multicriteria acceptability analysis for group decision
making, Operations Research 49(3), 2001; computed as in Tervonen & Lahdelma, Implementing stochastic
multicriteria acceptability analysis, European Journal of Operational Research 178(2), 2007.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from kiamv_cli.core.robustness import Acceptability, Share
from kiamv_cli.sampling.draws import WEIGHT_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kiamv_cli.sampling.draws import Draws

# A table of all ranks grows with the square of the list.
_MOST_RANKED = 500


def acceptability(draws: Draws, lots: Sequence[int], size: int) -> list[Acceptability]:
    """Rank the ecosystems in each draw, and count.

    Args:
        draws: The draws.
        lots: The place of each ecosystem in the lottery, from 0; it breaks ties.
        size: How many first ranks count as ``within``.
    """
    number = len(lots)
    places = np.array(lots)
    order = orders(draws.scores, places)
    first = order[:, 0]
    firsts = np.bincount(first, minlength=number)
    within = np.bincount(order[:, :size].ravel(), minlength=number)
    sums = weight_sums(draws.weights, first, number)
    small = number <= _MOST_RANKED
    ranks = rank_counts(order) if small else np.zeros((number, 0), np.int64)

    def confidence(column: int) -> int:
        return int((orders(draws.with_weights(sums[column]), places)[:, 0] == column).sum())

    def share(hits: int) -> Share:
        return Share(hits=int(hits), draws=len(order))

    return [
        Acceptability(
            first=share(firsts[one]),
            within=share(within[one]),
            ranks=tuple(share(hits) for hits in ranks[one]),
            central=_mean(sums[one], int(firsts[one])),
            confidence=share(confidence(one)) if small and firsts[one] else None,
        )
        for one in range(number)
    ]


def _mean(sums: NDArray[np.int64], draws: int) -> tuple[Fraction, ...] | None:
    return tuple(Fraction(int(each), draws * WEIGHT_UNIT) for each in sums) if draws else None


def orders(scores: NDArray[np.int64], lots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rank in each draw: who is first, second, and so on.

    Args:
        scores: Whole scores, draws by ecosystems.
        lots: The place of each ecosystem in the lottery, from 0; it breaks ties.

    Returns:
        Draws by ranks: the column of the ecosystem of that rank.
    """
    # With its lot in it no key is there twice, so any sort gives the same order.
    return np.argsort(lots - scores * scores.shape[1], axis=1)


def rank_counts(order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count, ecosystems by ranks, in how many draws each ecosystem had each rank."""
    number = order.shape[1]
    cells = order * number + np.arange(number)
    return np.bincount(cells.ravel(), minlength=number * number).reshape(number, number)


def weight_sums(
    weights: NDArray[np.int64], first: NDArray[np.int64], number: int
) -> NDArray[np.int64]:
    """Add up, ecosystems by criteria, the weights of the draws in which each ranked first.

    Args:
        weights: Draws by criteria.
        first: For each draw the column of who ranked first.
        number: How many ecosystems there are.
    """
    sums = np.zeros((number, weights.shape[1]), np.int64)
    np.add.at(sums, first, weights)
    return sums
