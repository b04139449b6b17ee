"""``kiamv commit``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

SeedLater = Annotated[
    options.Text,
    typer.Option(
        "--seed-later",
        metavar="WORDS",
        help="What the seed of the lottery will be, in words: 'the winning number of 1 March'.",
        rich_help_panel=options.SEARCH,
    ),
]


def commit(
    wishes: wish.Wishes,
    source: options.Source,
    seed_later: SeedLater = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Print one line to publish beforehand, which fixes criteria, request and ids.

    kiamv verify --commitment shows later whether a record keeps to it.

    Example: kiamv commit --size 20 --seed-later 'the winning number of 1 March'
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import fail, write_text
    from kiamv_cli.decision.results import commit as fix
    from kiamv_cli.selection.commands.wishes import to_request

    if seed_later is not None and not seed_later.strip():
        fail(_("--seed-later: say in words what the seed will be."))
    scores = read_scores(source)
    fixed = fix(scores, to_request(wishes, scores), seed_later=seed_later)
    write_text(fixed.line + "\n", output, force=force)
