"""``kiamv explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help="An id, name or alias; several are also shown side by side.",
        show_default=False,
        autocompletion=wish.ecosystem_ids,
    ),
]


def explain(
    ids: Ids,
    wishes: wish.Wishes,
    source: options.SourceOption,
    out: options.Out,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Explain why ecosystems are in or out: on what evidence, by how much.

    Example: kiamv explain ferm-rotterdam hannn --size 20
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_ids, to_request
    from kiamv_cli.selection.results import explain as find_reasons
    from kiamv_cli.selection.view.explain import ExplainView

    scores = read_scores(source)
    wanted, request = to_ids("ID", ids, scores), to_request(wishes, scores)
    with searching(Progress(_("Finding the margins")), scores, request, time_limit, out) as solver:
        found = find_reasons(scores, wanted, request, solver=solver)
    write(ExplainView(found), out)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
