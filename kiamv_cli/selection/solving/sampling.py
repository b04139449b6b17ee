"""How sure a shortlist is: draw weights and open criteria, rank, select anew, and count.

Weights are drawn in thousandths that add up to 1000. Uniform ones are the gaps between sorted
uniform numbers, which is uniform on the simplex; uniform numbers that are divided by their sum are
not (Devroye, Non-uniform random variate generation, 1986, chapter XI.4). An open criterion lies a
whole number of hundredths, 0 to 100, of the way from proven to possible. So every score is a whole
number of a common unit, and a tie is a tie.

Lahdelma & Salminen, SMAA-2: Stochastic multicriteria acceptability analysis for group decision
making, Operations Research 49(3), 2001; computed as in Tervonen & Lahdelma, Implementing stochastic
multicriteria acceptability analysis, European Journal of Operational Research 178(2), 2007.
"""

from __future__ import annotations

import queue
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256
from math import lcm
from typing import TYPE_CHECKING

import numpy as np

from kiamv_cli.base.problem import check_whole
from kiamv_cli.selection.model.question import draw
from kiamv_cli.selection.model.robustness import (
    Acceptability,
    Robustness,
    Share,
    Standing,
    weight_ranges,
)
from kiamv_cli.selection.model.search import until_stopped
from kiamv_cli.selection.model.select import select_proven
from kiamv_cli.selection.model.shortlist import question, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from kiamv_cli.scoring.model.score import CriterionScore, Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question, Selection
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.robustness import Range, Sampling

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
        """Return the scores of all draws of open criteria under the same whole weights."""
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


def _parts(scored: CriterionScore) -> tuple[int, int]:
    return scored.proven.denominator, scored.possible.denominator


def _span(scored: CriterionScore) -> Fraction:
    return (scored.possible - scored.proven) / _STEPS


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


def reselect(
    question: Question, draws: Draws, solvers: Callable[[], Solver], threads: int
) -> Iterator[Selection]:
    """Yield the shortlist of each draw, in their order, whatever the number of threads.

    The solver works outside Python's lock, so threads are enough to keep all cores busy.

    Args:
        question: What is asked; its scores are replaced by those of the draw.
        draws: The draws, for the candidates in the order of the question.
        solvers: Makes a solver for each thread.
        threads: How many draws to work on at once.

    Raises:
        NoneFeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time for the next one.
    """
    free: queue.SimpleQueue[Solver] = queue.SimpleQueue()
    threads = min(threads, len(draws.scores))
    for _ in range(threads):
        free.put(solvers())

    def one(number: int) -> Selection:
        solver = free.get()
        try:
            return select_proven(_drawn(question, draws, number), solver)
        finally:
            free.put(solver)

    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(one, range(len(draws.scores)))
    finally:
        pool.shutdown(cancel_futures=True)


def _drawn(question: Question, draws: Draws, number: int) -> Question:
    drawn = zip(question.candidates, draws.scores[number].tolist(), strict=True)
    return replace(
        question,
        candidates=tuple(replace(one, score=Fraction(score, draws.unit)) for one, score in drawn),
    )


# Each has a process of the solver.
MOST_THREADS = 256


def robustness(
    scores: Scores,
    request: Request,
    sampling: Sampling,
    solvers: Callable[[], Solver],
    *,
    quick: Callable[[], Solver] | None = None,
    threads: int = 1,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Robustness:
    """Find how sure a shortlist is, as ``results.robustness`` does.

    ``solvers`` makes solvers that share one deadline; ``quick`` those for the draws, if others.
    """
    check_whole("threads", threads, 1, MOST_THREADS)
    request = settled(scores, request, solvers())
    asked = question(scores, request)
    today, draws = select_proven(asked, solvers()), Draws(scores, sampling)
    ranges: list[Range | None] = []
    selected: list[Selection] = []
    with until_stopped() as reached:
        for weights in weight_ranges(scores, request, today, solvers()):
            ranges.append(weights)  # noqa: PERF402 - what is there must outlive an interruption
        for drawn in reselect(asked, draws, quick or solvers, threads):
            selected.append(drawn)
            progress(len(selected), sampling.samples)
    ranges += [None] * (len(scores.programme.criteria) - len(ranges))
    same, kept = _kept(today, selected)
    return Robustness(
        scores=scores,
        request=request,
        sampling=sampling,
        today=today,
        standings=_standings(asked, today, draws, selected),
        same=same,
        kept=kept,
        ranges=tuple(ranges),
        complete=len(selected) == sampling.samples,
        interrupted=reached.interrupted,
    )


def _kept(today: Selection, selected: Sequence[Selection]) -> tuple[Share, Fraction]:
    """Count how often the shortlist came out as it is, and how many members were in on average."""
    members, draws = frozenset(today.members), len(selected)
    same = Share(hits=sum(one.members == today.members for one in selected), draws=draws)
    return same, Fraction(sum(len(members & {*one.members}) for one in selected), draws or 1)


def _standings(
    question: Question, today: Selection, draws: Draws, selected: Sequence[Selection]
) -> tuple[Standing, ...]:
    chosen = Counter(name for one in selected for name in one.members)
    drawn = sorted(question.candidates, key=lambda each: draw(question.seed, each.id))
    lots = {one.id: place for place, one in enumerate(drawn)}
    rankings = acceptability(draws, [lots[one.id] for one in question.candidates], question.size)
    found = [
        Standing(
            id=one.id,
            member=one.id in today.members,
            selected=Share(hits=chosen[one.id], draws=len(selected)),
            ranking=ranking,
        )
        for one, ranking in zip(question.candidates, rankings, strict=True)
    ]
    return tuple(
        sorted(found, key=lambda each: (-each.selected.value, -each.ranking.within.value, each.id))
    )
