"""Select and explain: the public functions, one a result, for Python and for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from fractions import Fraction

    from kiamv_cli.programme.model.programme import DimensionId
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.conflict import Clash
    from kiamv_cli.selection.model.explain import Explanation
    from kiamv_cli.selection.model.gaps import Gaps
    from kiamv_cli.selection.model.near_misses import Rivals, Wanted
    from kiamv_cli.selection.model.robustness import Robustness, Sampling
    from kiamv_cli.selection.model.shortlist import Request, Shortlist
    from kiamv_cli.selection.model.spread import CategorySpread, TargetRule
    from kiamv_cli.selection.model.tradeoff import TradeOffs
    from kiamv_cli.selection.solving.solver import HighsSolver

    Progress = Callable[[int, int], None]


def _quiet(_done: int, _all: int) -> None:
    """Tell nobody of progress."""


def _solver(time_limit: float | None, solver: HighsSolver | None) -> HighsSolver:
    from kiamv_cli.selection.solving.solver import HighsSolver

    return solver or HighsSolver(time_limit=time_limit)


def shortlist(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
    prove: bool = False,
) -> Shortlist:
    """Pick the best shortlist, found by HiGHS and proven step by step in whole numbers.

    Args:
        scores: The scored long list.
        request: Size, balance and wishes; left out: 20, spread over themes and provinces.
        time_limit: Seconds after which the best so far is good enough, ``None`` for no limit;
            ``selection.status`` of the result says whether it was reached.
        solver: One in use already, which keeps its own time limit.
        prove: Go on until it is proven, however many steps that takes; else ``proof`` of the result
            is ``None`` where the usual number of steps was not enough.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before there was any shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.prove import UNLIMITED
    from kiamv_cli.selection.model.shortlist import Request
    from kiamv_cli.selection.model.shortlist import shortlist as pick

    steps = UNLIMITED if prove else None
    return pick(scores, request or Request(), _solver(time_limit, solver), steps=steps)


def rivals(
    found: Shortlist,
    wanted: Wanted | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
    progress: Progress = _quiet,
) -> Rivals:
    """Find what is near to a shortlist: margins, the nearest outsiders, the next best shortlists.

    Args:
        found: A shortlist that is proven best; of any other nothing can be said.
        wanted: What to find; left out: the margins, of ten outsiders too, and no alternatives.
        time_limit: Seconds after which what is found so far is enough, ``None`` for no limit;
            ``complete`` of the result says whether it has all.
        solver: One in use already, which keeps its own time limit.
        progress: Gets how many are done, and how many there are.
    """
    from kiamv_cli.selection.model.near_misses import Wanted
    from kiamv_cli.selection.model.near_misses import rivals as find_rivals

    return find_rivals(found, _solver(time_limit, solver), wanted or Wanted(), progress)


def explain(
    scores: Scores,
    wanted: Iterable[str],
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
) -> Explanation:
    """Explain ecosystems: their evidence, and by how much they are in the shortlist or not.

    Args:
        scores: The scored long list.
        wanted: Ids, names or aliases.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        time_limit: Seconds for all margins together, ``None`` for no limit; ``complete`` of the
            result says whether there was time for the place of each.
        solver: One in use already, which keeps its own time limit.

    Raises:
        LookupError: Nothing goes by such a name.
        InfeasibleError: No shortlist meets the wishes.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.explain import explain as find_reasons
    from kiamv_cli.selection.model.shortlist import Request

    return find_reasons(scores, wanted, request or Request(), _solver(time_limit, solver))


def clash(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
) -> Clash:
    """Explain why no shortlist meets the wishes, and price every smallest change that helps.

    Args:
        scores: The scored long list.
        request: One whose wishes clash: another function raised ``InfeasibleError`` for it.
        time_limit: Seconds for all of it, ``None`` for no limit.
        solver: One in use already, which keeps its own time limit.

    Raises:
        NoShortlistError: There was no time.
        ValueError: The wishes do not clash, or the request does not fit the long list.
    """
    from kiamv_cli.selection.model.conflict import clash as find_clash
    from kiamv_cli.selection.model.shortlist import Request, question

    asked = question(scores, request or Request())
    return find_clash(asked, _solver(time_limit, solver))


def tradeoff(
    scores: Scores,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
    progress: Progress = _quiet,
) -> TradeOffs:
    """Find every trade-off between seats out of place and total score, each proven.

    Args:
        scores: The scored long list.
        request: Size, balance and wishes; ``give_up`` only marks which trade-off it asks for.
        time_limit: Seconds after which those so far are enough (see ``complete``); ``None``: none.
        solver: One in use already, which keeps its own time limit.
        progress: Gets how many are done, and how many there are.

    Raises:
        InfeasibleError, NoShortlistError: None meets the wishes, or time ran out before the first.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.shortlist import Request
    from kiamv_cli.selection.model.tradeoff import tradeoff as trade

    return trade(scores, request or Request(), _solver(time_limit, solver), progress=progress)


def spread(
    scores: Scores,
    ids: Iterable[str] | None = None,
    targets: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]] | None = None,
) -> dict[DimensionId, tuple[CategorySpread, ...]]:
    """Count the seats of a set of ecosystems per province and per theme, beside the targets.

    Args:
        scores: The scored long list.
        ids: The ecosystems to count; ``None`` is all.
        targets: Per dimension a rule or shares by category; ``even`` where nothing is said.

    Raises:
        KeyError: An id is not on the long list.
    """
    from kiamv_cli.selection.model.shortlist import spread_of

    chosen = ids if ids is not None else [one.id for one in scores.longlist.ecosystems]
    return spread_of(scores, chosen, targets or {})


def gaps(
    scores: Scores,
    request: Request | None = None,
    wanted: Iterable[str] | None = None,
    *,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
    progress: Progress = _quiet,
) -> Gaps:
    """Find which open criteria could change the shortlist, most decisive first.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        wanted: Ids, names or aliases of the ecosystems to look at; left out: all.
        time_limit: Seconds after which those found so far are enough, ``None`` for no limit;
            ``complete`` of the result says whether it has all.
        solver: One in use already, which keeps its own time limit.
        progress: Gets how many are done, and how many there are.

    Raises:
        LookupError: Nothing goes by such a name.
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before the shortlist itself was proven.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.longlist.model.lookup import find
    from kiamv_cli.selection.model.gaps import gaps as find_gaps
    from kiamv_cli.selection.model.shortlist import Request

    ids = None if wanted is None else [find(scores.longlist, name).id for name in wanted]
    asked = request or Request()
    with_solver = _solver(time_limit, solver)
    return find_gaps(scores, asked, with_solver, wanted=ids, progress=progress)


def robustness(
    scores: Scores,
    request: Request | None = None,
    sampling: Sampling | None = None,
    *,
    threads: int = 1,
    time_limit: float | None = None,
    solver: HighsSolver | None = None,
    progress: Progress = _quiet,
) -> Robustness:
    """Draw weights and open criteria, rank and select anew each time, and count.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        sampling: How many draws, from which seed, with which weights; left out: 1000, uniform.
        threads: How many draws to work on at once; the result does not depend on it.
        time_limit: Seconds after which the draws so far are enough, ``None`` for no limit.
        solver: One in use already, which keeps its own time limit.
        progress: Gets how many are done, and how many there are.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to prove today's shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.selection.model.robustness import Sampling
    from kiamv_cli.selection.model.shortlist import Request
    from kiamv_cli.selection.solving.sampling import robustness as sample

    first = _solver(time_limit, solver)
    return sample(
        scores,
        request or Request(),
        sampling or Sampling(),
        first.twin,
        quick=first.quick_twin,
        threads=threads,
        progress=progress,
    )
