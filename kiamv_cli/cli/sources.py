"""``kiamv sources``."""

from __future__ import annotations

from kiamv_cli.cli import options
from kiamv_cli.cli import selection_options as wish
from kiamv_cli.language import _


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
    from kiamv_cli.cli.searching import end_unless_proven, searching
    from kiamv_cli.cli.wishes import to_request
    from kiamv_cli.core.shortlist import shortlist
    from kiamv_cli.core.suggestions import contributions
    from kiamv_cli.render.sources import SourcesView

    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = shortlist(scores, request, solver)
    selection = found.selection
    write(SourcesView(contributions(scores.longlist, set(selection.members)), found), out)
    end_unless_proven(proven=selection.status.proven, interrupted=selection.status.interrupted)
