"""``kiamv score``."""

from __future__ import annotations

from kiamv_cli.cli import options


def score(source: options.Source, out: options.DrawnOut) -> None:
    """Rank the long list: verdicts, proven and possible score, class.

    Example: kiamv score longlist.yaml --as-of 2020-11-30
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.scoring.view.score import ScoreView

    write(ScoreView(read_scores(source)), out)
