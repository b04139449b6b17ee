"""``--spread-of-reviewers`` of ``kiamv score`` and ``kiamv shortlist``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.cli.input import read_longlist, to_date
from kiamv_cli.cli.output import fail, write
from kiamv_cli.review.commands.applying import note_if_changed, note_standing, read_review
from kiamv_cli.selection.commands.session import end_unless_proven, searching

if TYPE_CHECKING:
    from kiamv_cli.cli.options import Out, Source
    from kiamv_cli.selection.commands.options import Wishes


def write_dependence(
    source: Source, wishes: Wishes, out: Out, time_limit: float | None = None
) -> None:
    """Select with the verdicts of all together and of each alone, and show the difference."""
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.review.model.dependence import dependence
    from kiamv_cli.review.model.outcome import with_review
    from kiamv_cli.review.view.dependence import DependenceView
    from kiamv_cli.scoring.model.score import score
    from kiamv_cli.selection.commands.wishes import to_request

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
