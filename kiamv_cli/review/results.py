"""Reviews that were opened: how far people agree, and how the shortlist depends on them."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kiamv_cli.review.reading.folder import ReviewFolder
from kiamv_cli.review.reading.standing import read_review

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.agreement import Agreement
    from kiamv_cli.review.model.dependence import Dependence
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.selection.model.shortlist import Request


def load_review(folder: str | Path, longlist: Longlist, programme: Programme) -> Review:
    """Read a review that was opened: all first verdicts, and what was decided since.

    Args:
        folder: Where it lies.
        longlist: What was judged.
        programme: On which criteria.

    Raises:
        BadInput: It was not opened; a file in it is missing, damaged or changed; or a form is of
            another date, or on other questions, than the assignment.
    """
    return read_review(ReviewFolder(Path(folder), programme, longlist))


def agreement(
    review: Review, programme: Programme, *, seed: str = "kiamv", resamples: int = 1000
) -> Agreement:
    """Measure how far reviewers agree on their first verdicts.

    Args:
        review: The review.
        programme: On which criteria they judged.
        seed: Seed of the bootstrap; the same seed gives the same intervals everywhere.
        resamples: How many; 0 for no intervals.
    """
    from kiamv_cli.review.model.agreement import agreement as measure

    return measure(review.forms, programme, Random(seed).random, resamples)  # noqa: S311 - no secret


def dependence(
    longlist: Longlist,
    review: Review,
    programme: Programme,
    request: Request | None = None,
    *,
    time_limit: float | None = None,
) -> Dependence:
    """Find how the shortlist depends on who judged.

    Args:
        longlist: The long list, as it is without the review.
        review: Who said what.
        programme: Criteria, classes and dimensions.
        request: The shortlist in question; left out: 20, spread over themes and provinces.
        time_limit: Seconds for each shortlist, ``None`` for no limit.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
    """
    from kiamv_cli.review.model.dependence import dependence as find
    from kiamv_cli.selection.model.shortlist import Request
    from kiamv_cli.selection.solving.solver import HighsSolver

    solver = HighsSolver(time_limit=time_limit)
    return find(longlist, review, programme, request or Request(), solver)
