"""``kiamv classify``."""

from __future__ import annotations

from kiamv_cli.cli import options


def classify(
    longlist: options.Longlist = None,
    criteria: options.Criteria = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Put each ecosystem in its screening class, at worst and at best, with the reason.

    Example: kiamv classify longlist.yaml --format md
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.render.classify import ClassifyView

    scores = read_scores(options.Source(longlist, criteria, as_of))
    write(ClassifyView(scores), options.Out(format_, output, force))
