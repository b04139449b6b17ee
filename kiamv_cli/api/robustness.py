"""How sure a shortlist is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.core.robustness import Robustness, Sampling
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.shortlist import Request


def robustness(
    scores: Scores,
    request: Request | None = None,
    sampling: Sampling | None = None,
    *,
    threads: int = 1,
    time_limit: float | None = None,
) -> Robustness:
    """Draw weights and open criteria, rank and select anew each time, and count.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        sampling: How many draws, from which seed, with which weights; left out: 1000, uniform.
        threads: How many draws to work on at once; the result does not depend on it.
        time_limit: Seconds after which what was reached is enough, ``None`` for no limit;
            ``complete`` of the result says whether all draws were selected from.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to prove today's shortlist.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.core.robustness import Sampling
    from kiamv_cli.core.shortlist import Request
    from kiamv_cli.sampling.robustness import robustness as sample
    from kiamv_cli.solvers.highs import HighsSolver

    solver = HighsSolver(time_limit=time_limit)
    return sample(
        scores,
        request or Request(),
        sampling or Sampling(),
        solver.twin,
        quick=solver.quick_twin,
        threads=threads,
    )
