"""Which open criteria could change the shortlist, solved by HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.core.gaps import Gaps
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.shortlist import Request


def gaps(
    scores: Scores,
    request: Request | None = None,
    wanted: Iterable[str] | None = None,
    *,
    time_limit: float | None = None,
) -> Gaps:
    """Find which open criteria could change the shortlist, most decisive first.

    Args:
        scores: The scored long list.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        wanted: Ids, names or aliases of the ecosystems to look at; left out: all.
        time_limit: Seconds after which those found so far are enough, ``None`` for no limit;
            ``complete`` of the result says whether it has all.

    Raises:
        LookupError: Nothing goes by such a name.
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: The time limit came before the shortlist itself was proven.
        ValueError: The request does not fit the long list.
    """
    from kiamv_cli.core.gaps import gaps as find_gaps
    from kiamv_cli.core.lookup import find
    from kiamv_cli.core.shortlist import Request
    from kiamv_cli.solvers.highs import HighsSolver

    ids = None if wanted is None else [find(scores.longlist, name).id for name in wanted]
    return find_gaps(scores, request or Request(), HighsSolver(time_limit=time_limit), wanted=ids)
