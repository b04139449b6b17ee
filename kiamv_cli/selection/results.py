"""Select and explain: the public functions, one a result, for Python and for the command line."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.base.value import Number
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.conflict import Clash
    from kiamv_cli.selection.model.explain import Explanation
    from kiamv_cli.selection.model.gaps import Gaps
    from kiamv_cli.selection.model.near_misses import Rivals, Wanted
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.robustness import Robustness, Sampling
    from kiamv_cli.selection.model.shortlist import Shortlist, Spread
    from kiamv_cli.selection.model.sweep import Balance, Case, Sweep, Swept, Weights
    from kiamv_cli.selection.model.tradeoff import TradeOffs

    Progress = Callable[[int, int], None]


@contextmanager
def clash_told(
    scores: Scores, request: Request, time_limit: float | None, solver: ProvingSolver | str | None
) -> Iterator[None]:
    """Have the error that no shortlist meets the wishes know which of them clash."""
    from kiamv_cli.selection.model.search import NoneFeasibleError

    try:
        yield
    except NoneFeasibleError:
        from kiamv_cli.selection.model.conflict import InfeasibleError

        raise InfeasibleError(scores, request, solver_named(solver, time_limit)) from None


def _quiet(_done: int, _all: int) -> None:
    """Report progress to nobody."""


def solver_named(
    solver: ProvingSolver | str | None, time_limit: float | None = None
) -> ProvingSolver:
    """Return a solver: itself, one that another package brings by a name, or HiGHS.

    Raises:
        Misfit: No package brings one of that name.
    """
    from kiamv_cli.selection.solving.solver import HighsSolver

    if solver is None or solver == "highs":
        return HighsSolver(time_limit=time_limit)
    if not isinstance(solver, str):
        return solver
    from kiamv_cli.base import plugin
    from kiamv_cli.base.problem import unknown

    made = plugin("kiamv.solvers", solver)
    if made is None:
        raise unknown("solver", solver, ["highs"])
    found: ProvingSolver = made(time_limit=time_limit)
    return found


def shortlist(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    prove: bool | None = None,
) -> Shortlist:
    """Pick the best shortlist, found by HiGHS and proven step by step in whole numbers.

    Args:
        scores: The scored long list.
        request: Size, balance and wishes; left out: 20, spread over themes and provinces.
        time_limit: Seconds after which the best so far is good enough, ``None`` for no limit;
            ``selection.status`` of the result says whether it was reached.
        solver: Solves instead of HiGHS: a solver in use, with a time limit of its own, or the
            name of one that another package brings.
        prove: ``False`` takes the solver's word, which is much faster and no proof; ``True`` goes
            on until it is proven, however many steps that takes; left out, ``proof`` of the result
            is ``None`` where the usual number of steps was not enough.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before there was any shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.shortlist import shortlist as pick

    question = request or Request()
    with clash_told(scores, question, time_limit, solver):
        found = pick(scores, question, solver_named(solver, time_limit), prove=prove)
    # What is read of it later has as much time again.
    return found if solver else replace(found, solving=solver_named(None, time_limit))


def rivals(
    found: Shortlist,
    wanted: Wanted | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Progress = _quiet,
) -> Rivals:
    """Find what is near to a shortlist: margins, the nearest outsiders, the next best shortlists.

    Args:
        found: A shortlist that is proven best; of any other nothing can be said.
        wanted: What to find; left out: the margins, of ten outsiders too, and no alternatives.
        time_limit: Seconds after which what is found so far is enough, ``None`` for no limit;
            ``complete`` of the result says whether it has all.
        solver: As for ``shortlist``.
        progress: Gets how many are done, and how many there are.
    """
    from kiamv_cli.selection.model.near_misses import Wanted
    from kiamv_cli.selection.model.near_misses import rivals as find_rivals

    return find_rivals(found, solver_named(solver, time_limit), wanted or Wanted(), progress)


def explain(
    scores: Scores,
    wanted: str | Iterable[str],
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
) -> Explanation:
    """Explain ecosystems: their evidence, and by how much they are in the shortlist or not.

    Args:
        scores: The scored long list.
        wanted: Ids, names or aliases.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        time_limit: Seconds for all margins together, ``None`` for no limit; ``complete`` of the
            result says whether there was time for the place of each.
        solver: As for ``shortlist``.

    Raises:
        LookupError: Nothing goes by such a name.
        InfeasibleError: No shortlist meets the wishes.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.explain import explain as find_reasons
    from kiamv_cli.selection.model.request import Request

    question = request or Request()
    with clash_told(scores, question, time_limit, solver):
        names = [wanted] if isinstance(wanted, str) else wanted
        return find_reasons(scores, names, question, solver_named(solver, time_limit))


def clash(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
) -> Clash:
    """Explain why no shortlist meets the wishes, and price every smallest change that helps.

    Args:
        scores: The scored long list.
        request: One whose wishes clash: another function raised ``InfeasibleError`` for it.
        time_limit: Seconds for all of it, ``None`` for no limit.
        solver: As for ``shortlist``.

    Raises:
        NoShortlistError: There was no time.
        ValueError: The wishes do not clash, or the request does not fit the long list.
    """
    from kiamv_cli.selection.model.conflict import Clash
    from kiamv_cli.selection.model.request import Request

    return Clash.of(scores, request or Request(), solver_named(solver, time_limit))


def tradeoff(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Progress = _quiet,
) -> TradeOffs:
    """Find every trade-off between seats out of place and total score, each proven.

    Args:
        scores: The scored long list.
        request: Size, balance and wishes; ``give_up`` only marks which trade-off it asks for.
        time_limit: Seconds after which those so far are enough (see ``complete``); ``None``: none.
        solver: As for ``shortlist``.
        progress: Gets how many are done, and how many there are.

    Raises:
        InfeasibleError, NoShortlistError: None meets the wishes, or time ran out before the first.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.tradeoff import tradeoff as trade

    question = request or Request()
    with clash_told(scores, question, time_limit, solver):
        return trade(scores, question, solver_named(solver, time_limit), progress=progress)


def spread(
    scores: Scores,
    ids: str | Iterable[str] | None = None,
    targets: Mapping[DimensionId, object] | None = None,
) -> Spread:
    """Count the seats of a set of ecosystems per category of each dimension, beside the targets.

    Args:
        scores: The scored long list.
        ids: The ecosystems to count, by id, name or alias; ``None`` is all.
        targets: Per dimension a rule or shares by category; ``even`` where nothing is said. Types
            and organisations are counted only if they are named here.

    Raises:
        LookupError: Nothing goes by such a name.
        Misfit: A target is none.
    """
    from kiamv_cli.longlist.model.lookup import find
    from kiamv_cli.selection.model.resolution import resolved_targets
    from kiamv_cli.selection.model.shortlist import Spread, spread_of

    rules = resolved_targets(targets or {}, scores.dimensions)
    listed = scores.longlist.ecosystems
    by_id = {each.id: each for each in listed}
    chosen = by_id if ids is None else [ids] if isinstance(ids, str) else ids
    named = tuple((by_id.get(each) or find(scores.longlist, each)).id for each in chosen)
    return Spread(scores=scores, ids=named, targets=rules, seats=spread_of(scores, named, rules))


def gaps(
    scores: Scores,
    request: Request | None = None,
    wanted: str | Iterable[str] | None = None,
    *,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Progress = _quiet,
) -> Gaps:
    """Find which open criteria could change the shortlist, most decisive first.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        wanted: Ids, names or aliases of the ecosystems to look at; left out: all.
        time_limit: Seconds after which those found so far are enough, ``None`` for no limit;
            ``complete`` of the result says whether it has all.
        solver: As for ``shortlist``.
        progress: Gets how many are done, and how many there are.

    Raises:
        LookupError: Nothing goes by such a name.
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before the shortlist itself was proven.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.longlist.model.lookup import find
    from kiamv_cli.selection.model.gaps import gaps as find_gaps
    from kiamv_cli.selection.model.request import Request

    names = [wanted] if isinstance(wanted, str) else wanted
    ids = None if names is None else [find(scores.longlist, name).id for name in names]
    question = request or Request()
    with clash_told(scores, question, time_limit, solver):
        return find_gaps(
            scores, question, solver_named(solver, time_limit), only=ids, progress=progress
        )


def robustness(
    scores: Scores,
    request: Request | None = None,
    sampling: Sampling | None = None,
    *,
    threads: int = 1,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Progress = _quiet,
) -> Robustness:
    """Draw weights and open criteria, rank and select anew each time, and count.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        sampling: How many draws, from which seed, with which weights; left out: 1000, uniform.
        threads: How many draws to work on at once; the result does not depend on it.
        time_limit: Seconds after which the draws so far are enough, ``None`` for no limit.
        solver: As for ``shortlist``; one that another package brings works on one at once.
        progress: Gets how many are done, and how many there are.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to prove today's shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.robustness import Sampling
    from kiamv_cli.selection.solving.sampling import robustness as sample
    from kiamv_cli.selection.solving.solver import HighsSolver, twins

    first, question = solver_named(solver, time_limit), request or Request()
    every, quick = twins(first)
    at_once = threads if isinstance(first, HighsSolver) else 1
    drawn = partial(sample, quick=quick, threads=at_once, progress=progress)
    with clash_told(scores, question, time_limit, solver):
        return drawn(scores, question, sampling or Sampling(), every)


def sweep(  # noqa: PLR0913 - each may vary
    scores: Scores,
    *,
    sizes: Iterable[Number] | None = None,
    balance: Iterable[Balance] | None = None,
    give_up: Iterable[Number | None] | None = None,
    weights: Mapping[str, Weights] | Iterable[Weights] | None = None,
    request: Request | None = None,
    prove: bool | None = False,
    threads: int | None = None,
    time_limit: float | None = None,
    solver: ProvingSolver | str | None = None,
    progress: Progress = _quiet,
) -> Sweep:
    """Pick a shortlist for each size, balance, give-up and weighting; one without keeps its row.

    Args:
        scores: The scored long list.
        sizes: Left out, as in the next: that of the request alone.
        balance: Each as in a request, ``None`` for no balance; or a mapping to targets.
        give_up: Shares of the best total score, ``None`` for any.
        weights: Each as for ``with_weights``, ``None`` for the programme's; by their names.
        request: All other wishes.
        prove: As for ``shortlist``; left out: the solver's word is enough, a proof takes long.
        threads: How many at once, each in a process of its own; left out: one a processor.
        time_limit: Seconds for each shortlist, ``None`` for no limit.
        solver: The name of one, of which each shortlist gets its own; or one in use, in one thread.
        progress: Gets how many are done, and how many there are.

    Raises:
        Misfit: A value does not fit the long list; nothing was solved then.
    """
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.sweep import Sweep, cases

    every = cases(scores, request or Request(), sizes, balance, give_up, weights)
    solve = partial(_solved, solver=solver, time_limit=time_limit, prove=prove)
    alone = solver is not None and not isinstance(solver, str)
    done = _each_solved(solve, every, threads, progress, alone=alone)
    return Sweep(scores=scores, shortlists=done)


def _solved(
    case: Case, *, solver: ProvingSolver | str | None, time_limit: float | None, prove: bool | None
) -> Swept:
    return case.shortlist(solver_named(solver, time_limit), prove=prove)


def _each_solved(
    solve: Callable[[Case], Swept],
    cases: Sequence[Case],
    threads: int | None,
    progress: Progress,
    *,
    alone: bool,
) -> tuple[Swept, ...]:
    """Solve each case, one after the other if ``alone``; arguments else as for ``sweep``."""
    import os
    from concurrent.futures import ThreadPoolExecutor

    from kiamv_cli.base.problem import check_whole
    from kiamv_cli.selection.solving.sampling import MOST_THREADS

    at_once = (os.cpu_count() or 1) if threads is None else threads
    check_whole("threads", at_once, 1, MOST_THREADS)
    done: list[Swept] = []
    progress(0, len(cases))
    pool = ThreadPoolExecutor(1 if alone else at_once)
    try:
        for each in pool.map(solve, cases):
            done.append(each)
            progress(len(done), len(cases))
    finally:
        pool.shutdown(cancel_futures=True)
    return tuple(done)
