"""``--spread-of-reviewers`` of ``kiamv score`` and ``kiamv shortlist``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.cli.input import read_longlist, to_date
from kiamv_cli.cli.output import fail, write
from kiamv_cli.cli.review.notes import note_if_changed, note_standing
from kiamv_cli.cli.review.work import read_review
from kiamv_cli.cli.searching import end_unless_proven, searching
from kiamv_cli.language import _

if TYPE_CHECKING:
    from kiamv_cli.cli.options import Out, Source
    from kiamv_cli.cli.selection_options import Wishes


def write_dependence(
    source: Source, wishes: Wishes, out: Out, time_limit: float | None = None
) -> None:
    """Select with the verdicts of all together and of each alone, and show the difference."""
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.cli.wishes import to_request
    from kiamv_cli.core.review.dependence import dependence
    from kiamv_cli.core.review.outcome import with_review
    from kiamv_cli.core.score import score
    from kiamv_cli.render.review.dependence import DependenceView

    if source.reviews is None:
        fail(_("--spread-of-reviewers: also give the review, as --reviews FOLDER."))
    if source.reviewer is not None:
        fail(_("--spread-of-reviewers compares all reviewers: leave --reviewer out."))
    programme, longlist = read_longlist(source)
    as_of = to_date(source.as_of)
    review = read_review(longlist, programme, source)
    note_if_changed(review.forms, longlist.sha256)
    note_standing(review.standing)
    scores = score(with_review(longlist, review, programme), programme, as_of)
    request = to_request(wishes, scores)
    progress = Progress(_("Selecting for each reviewer"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = dependence(longlist, review, programme, request, solver, as_of)
    write(DependenceView(found), out)
    end_unless_proven(proven=found.complete, interrupted=False)
