"""``kiamv sources``."""

from __future__ import annotations

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish


def sources(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.Out,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show what each source of suggestions brought, alone or with others, and what was selected.

    Example: kiamv sources longlist --size 20
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.flows.view.sources import SourcesView
    from kiamv_cli.longlist.model.lookup import contributions
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.model.shortlist import shortlist

    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = shortlist(scores, request, solver)
    selection = found.selection
    write(SourcesView(contributions(scores.longlist, set(selection.members)), found), out)
    end_unless_proven(proven=selection.status.proven, interrupted=selection.status.interrupted)
