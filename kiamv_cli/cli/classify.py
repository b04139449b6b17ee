"""``kiamv classify``."""

from __future__ import annotations

from kiamv_cli.cli import options


def classify(
    source: options.Source,
    out: options.Out,
) -> None:
    """Put each ecosystem in its screening class, at worst and at best, with the reason.

    Example: kiamv classify longlist.yaml --format md
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.render.classify import ClassifyView

    scores = read_scores(source)
    write(ClassifyView(scores), out)
