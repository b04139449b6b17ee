"""``kiamv review agreement``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

Seed = Annotated[str, typer.Option(help="Seed of the bootstrap.")]
Resamples = Annotated[
    int,
    typer.Option(metavar="N", min=0, max=100_000, help="Resamples for the intervals; 0 for none."),
]


def agreement(
    source: options.InputOption,
    out: options.Out,
    folder: review.Folder = review.DEFAULT,
    seed: Seed = "kiamv",
    resamples: Resamples = 1000,
) -> None:
    """Measure how far reviewers agree on first verdicts, and show where they do not.

    Example: kiamv review agreement --format csv
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.applying import note_if_changed, note_standing
    from kiamv_cli.review.commands.work import reading_folder
    from kiamv_cli.review.model.form import disagreements, wordings
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.results import agreement as measure
    from kiamv_cli.review.view.agreement import AgreementView

    with reading_folder(folder, source) as where:
        found = read_review(where)
    note_if_changed(found.forms, where.longlist.sha256)
    note_standing(found.standing)
    view = AgreementView(
        found=measure(found, where.programme, seed=seed, resamples=resamples),
        disagreements=disagreements(found.forms, where.programme),
        wordings=wordings(found.forms, where.programme),
        longlist=where.longlist,
        programme=where.programme,
        seed=seed,
        standing=found.standing,
    )
    write(view, out)
