"""``kiamv review form``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

Reviewer = Annotated[
    options.Text,
    typer.Option(
        "--reviewer",
        "-r",
        metavar="NAME",
        help="Whose form: an id or name; left out: one for each who has none yet.",
    ),
]

Sheet = Annotated[
    bool,
    typer.Option("--xlsx", help="As a spreadsheet with drop-downs, instead of YAML."),
]


def form(
    source: options.InputOption,
    reviewer: Reviewer = None,
    folder: review.Folder = review.DEFAULT,
    *,
    sheet: Sheet = False,
) -> None:
    """Make the form of a reviewer, or of each, to fill in.

    Example: kiamv review form --reviewer anna --xlsx
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.review.commands.applying import note_standing, note_strangers
    from kiamv_cli.review.commands.work import keep, reading_folder
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps import make_forms

    with reading_folder(folder, source) as where:
        new = not where.file("assignment").exists()
        files = make_forms(where, reviewer, to_date(source.as_of), sheet=sheet)
        if new:
            note_strangers(where)
        else:
            note_standing(standing(where))
    keep(files)
