"""``kiamv score``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options

Size = Annotated[
    int,
    typer.Option(
        "--size",
        "-n",
        min=1,
        help="Of the shortlist of --spread-of-reviewers.",
        rich_help_panel=options.INPUT,
    ),
]


def score(
    source: options.Source,
    out: options.DrawnOut,
    size: Size = 20,
    *,
    spread_of_reviewers: options.SpreadOfReviewers = False,
) -> None:
    """Rank the long list: six verdicts, what is proven and what is possible, and the class.

    Example: kiamv score longlist.yaml --as-of 2020-11-30
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.scoring.view.score import ScoreView

    if spread_of_reviewers:
        from kiamv_cli.review.commands.dependence import write_dependence
        from kiamv_cli.selection.commands.options import Wishes

        write_dependence(source, Wishes(size=size), out)
    else:
        write(ScoreView(read_scores(source)), out)
