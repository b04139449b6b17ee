"""``kiamv review assign``."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

Per = Annotated[
    Optional[int],  # noqa: UP045 - read at run time by Typer
    typer.Option(metavar="N", min=1, help="How many judge each ecosystem; left out: all who may."),
]
Seed = Annotated[str, typer.Option(help="Decides among equals.")]


def assign(
    source: options.InputOption,
    out: options.Out,
    per: Per = None,
    folder: review.Folder = review.DEFAULT,
    seed: Seed = "kiamv",
) -> None:
    """Divide the long list over the reviewers, balanced; nobody judges their own.

    Example: kiamv review assign --per 2
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.applying import note_strangers
    from kiamv_cli.review.commands.work import keep, reading_folder
    from kiamv_cli.review.steps import assign_review
    from kiamv_cli.review.view.steps import AssignView

    with reading_folder(folder, source) as where:
        done = assign_review(where, per, seed, to_date(source.as_of))
        note_strangers(where)
    keep(done.files)
    view = AssignView(
        found=done.assignment,
        reviewers=done.reviewers,
        longlist=where.longlist,
        programme=where.programme,
    )
    write(view, out)
