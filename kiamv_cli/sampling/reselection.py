"""Select anew for each draw, exactly, on several threads."""

from __future__ import annotations

import queue
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.search import NoShortlistError
from kiamv_cli.core.selection.select import select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.question import Question, Selection
    from kiamv_cli.sampling.draws import Draws


def reselect(
    question: Question, draws: Draws, solvers: Callable[[], Solver], threads: int
) -> Iterator[Selection]:
    """Give the shortlist of each draw, in their order, whatever the number of threads.

    The solver works outside Python's lock, so threads are enough to keep all cores busy.

    Args:
        question: What is asked; its scores are replaced by those of the draw.
        draws: The draws, for the candidates in the order of the question.
        solvers: Makes a solver for each thread.
        threads: How many draws to work on at once.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time for the next one.
    """
    free: queue.SimpleQueue[Solver] = queue.SimpleQueue()
    threads = min(threads, len(draws.scores))
    for _ in range(threads):
        free.put(solvers())

    def one(number: int) -> Selection:
        solver = free.get()
        try:
            found = select(_drawn(question, draws, number), solver)
            if not found.status.proven:
                raise NoShortlistError(interrupted=found.status.interrupted)
            return found
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
