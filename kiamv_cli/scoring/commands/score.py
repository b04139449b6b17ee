"""``kiamv score``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options

Long = Annotated[
    bool,
    typer.Option(
        "--long",
        help="CSV with a row for each criterion of each ecosystem.",
        rich_help_panel=options.OUTPUT,
    ),
]


def score(source: options.Source, out: options.DrawnOut, *, long: Long = False) -> None:
    """Rank the long list: verdicts, proven and possible score, class.

    Example: kiamv score longlist.yaml --as-of 2020-11-30
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import need_csv, write
    from kiamv_cli.scoring.view.score import ScoreView

    need_csv(out, "--long", typed=long)
    write(ScoreView(read_scores(source), long=long), out)
