"""``kiamv review agreement`` and ``kiamv review spread``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review
from kiamv_cli.selection.commands import options as wish

Seed = Annotated[str, typer.Option(help="Seed of the bootstrap.")]
Draws = Annotated[
    int,
    typer.Option(
        "--draws",
        metavar="N",
        min=0,
        max=100_000,
        help="How many resamples for the intervals; 0 for none.",
    ),
]


def agreement(
    source: options.InputOfReview,
    out: options.OutputOptions,
    folder: review.Folder = review.DEFAULT,
    seed: Seed = "kiamv",
    draws: Draws = 1000,
) -> None:
    """Measure how far reviewers agree on first verdicts, and show where they do not.

    Example: kiamv review agreement --format csv
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import note_if_changed, note_standing
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.results import agreement as measure
    from kiamv_cli.review.view.agreement import AgreementView

    with reading_folder(folder, source) as where:
        opened = read_review(where)
    note_if_changed(opened.forms, where.longlist.sha256)
    note_standing(opened.standing)
    found = measure(where.longlist, opened, where.programme, seed=seed, resamples=draws)
    write(AgreementView(found), out)


def spread(
    wishes: wish.Wishes,
    source: options.InputOfReview,
    out: options.OutputOptions,
    folder: review.Folder = review.DEFAULT,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show how the shortlist depends on who judged: of all together, and of each alone.

    Example: kiamv review spread --size 20
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import note_if_changed, note_standing
    from kiamv_cli.review.model.dependence import dependence
    from kiamv_cli.review.model.outcome import with_review
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.view.dependence import DependenceView
    from kiamv_cli.scoring.model.score import score
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request

    with reading_folder(folder, source) as where:
        opened = read_review(where)
    longlist, programme, as_of = where.longlist, where.programme, to_date(source.as_of)
    note_if_changed(opened.forms, longlist.sha256)
    note_standing(opened.standing)
    scores = score(with_review(longlist, opened, programme), programme, as_of)
    request = to_request(wishes, scores)
    progress = Progress(_("Selecting for each reviewer"))
    with searching(progress, scores, request, time_limit, out) as solver:
        shortlists = dependence(longlist, opened, programme, request, solver, as_of)
    write(DependenceView(shortlists), out)
    end_unless_proven(proven=shortlists.complete, interrupted=False)
