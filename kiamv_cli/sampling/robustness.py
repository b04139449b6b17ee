"""How sure a shortlist is: draw, rank, select anew, and count."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.refusal import check_whole
from kiamv_cli.core.robustness import Robustness, Share, Standing, weight_ranges
from kiamv_cli.core.selection.pool import draw
from kiamv_cli.core.selection.search import NoShortlistError
from kiamv_cli.core.selection.select import select
from kiamv_cli.core.shortlist import question
from kiamv_cli.sampling.acceptability import acceptability
from kiamv_cli.sampling.draws import Draws
from kiamv_cli.sampling.reselection import reselect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.robustness import Sampling
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.selection.question import Question, Selection
    from kiamv_cli.core.selection.weights import Range
    from kiamv_cli.core.shortlist import Request

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
    """Find how sure a shortlist is when weights and open criteria vary.

    Args:
        scores: The scored long list.
        request: The shortlist in question. ``unknown`` says which score counts today; in the draws
            each open criterion lies between proven and possible.
        sampling: How many draws, from which seed, with which weights.
        solvers: Makes a solver; those made share one deadline.
        quick: Makes a solver for the draws; left out: as for all else.
        threads: How many draws to select from at once; the result does not depend on it.
        progress: Told how many draws have been selected from, and how many there are.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to prove today's shortlist.
        Misfit: The request does not fit the long list, or the number of threads is none.
    """
    check_whole("threads", threads, 1, MOST_THREADS)
    asked = question(scores, request)
    today = select(asked, solvers())
    if not today.status.proven:
        raise NoShortlistError(interrupted=today.status.interrupted)
    draws = Draws(scores, sampling)
    ranges: list[Range | None] = []
    selected: list[Selection] = []
    interrupted = False
    try:
        for one in weight_ranges(scores, request, today, solvers()):
            ranges.append(one)  # noqa: PERF402 - what is there must outlive an interruption
        for done, shortlist in enumerate(
            reselect(asked, draws, quick or solvers, threads), start=1
        ):
            selected.append(shortlist)
            progress(done, sampling.samples)
    except NoShortlistError as none:
        interrupted = none.interrupted
    except KeyboardInterrupt:
        interrupted = True
    ranges += [None] * (len(scores.programme.criteria) - len(ranges))
    return Robustness(
        scores=scores,
        request=request,
        sampling=sampling,
        today=today,
        standings=_standings(asked, today, draws, selected),
        same=Share(hits=sum(one.members == today.members for one in selected), draws=len(selected)),
        kept=_kept(today, selected),
        ranges=tuple(ranges),
        complete=len(selected) == sampling.samples,
        interrupted=interrupted,
    )


def _kept(today: Selection, selected: Sequence[Selection]) -> Fraction:
    members = frozenset(today.members)
    kept = sum(len(members.intersection(one.members)) for one in selected)
    return Fraction(kept, len(selected) or 1)


def _standings(
    asked: Question, today: Selection, draws: Draws, selected: Sequence[Selection]
) -> tuple[Standing, ...]:
    chosen = Counter(name for one in selected for name in one.members)
    drawn = sorted(asked.candidates, key=lambda one: draw(asked.seed, one.id))
    lots = {one.id: place for place, one in enumerate(drawn)}
    rankings = acceptability(draws, [lots[one.id] for one in asked.candidates], asked.size)
    found = [
        Standing(
            id=one.id,
            member=one.id in today.members,
            selected=Share(hits=chosen[one.id], draws=len(selected)),
            ranking=ranking,
        )
        for one, ranking in zip(asked.candidates, rankings, strict=True)
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.selected.value, -one.ranking.within.value, one.id))
    )
