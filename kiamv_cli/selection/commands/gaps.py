"""``kiamv gaps``."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

WHICH = "Which questions"
Limit = Annotated[
    Optional[int],  # noqa: UP045 - read at run time by Typer
    typer.Option(metavar="N", min=1, help="Only the N most decisive.", rich_help_panel=WHICH),
]
Ecosystems = Annotated[
    wish.Words,
    typer.Option(
        "--ecosystem",
        "-e",
        metavar="ID",
        help="Only about this one: an id, name or alias; separate several with commas, or "
        "repeat the option.",
        rich_help_panel=WHICH,
        autocompletion=wish.ecosystem_ids,
    ),
]


def gaps(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.OutputOptions,
    ecosystem: Ecosystems = None,
    limit: Limit = None,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show who to call first: which answers could change the shortlist.

    Example: kiamv gaps --limit 5
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import listed_ids, to_request
    from kiamv_cli.selection.results import gaps as find_gaps
    from kiamv_cli.selection.view.gaps import GapsView

    scores = read_scores(source)
    request, wanted = to_request(wishes, scores), listed_ids("--ecosystem", ecosystem, scores)
    progress = Progress(_("Trying every answer"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = find_gaps(scores, request, wanted, solver=solver, progress=progress.step)
    write(GapsView(found, limit, full=wanted is not None), out)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
