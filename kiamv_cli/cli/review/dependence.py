"""``kiamv score --spread-of-reviewers``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.cli.input import read_longlist, to_date
from kiamv_cli.cli.output import fail, write
from kiamv_cli.cli.review.work import read_review

if TYPE_CHECKING:
    from kiamv_cli.cli.options import Out, Source


def write_dependence(source: Source, size: int, out: Out) -> None:
    """Select with the verdicts of all together and of each alone, and show the difference."""
    from kiamv_cli.core.review.dependence import dependence
    from kiamv_cli.core.shortlist import Request
    from kiamv_cli.render.review.dependence import DependenceView
    from kiamv_cli.solvers.highs import HighsSolver

    if source.reviews is None:
        fail("--spread-of-reviewers: also give the review, as --reviews FOLDER.")
    if source.reviewer is not None:
        fail("--spread-of-reviewers compares all reviewers: leave --reviewer out.")
    programme, longlist = read_longlist(source)
    if size > len(longlist.ecosystems):
        fail(f"--size {size}: there are only {len(longlist.ecosystems)} ecosystems.")
    review = read_review(longlist, programme, source)
    as_of = to_date(source.as_of)
    request = Request(size=size)
    found = dependence(longlist, review, programme, request, HighsSolver(time_limit=None), as_of)
    write(DependenceView(found), out)
