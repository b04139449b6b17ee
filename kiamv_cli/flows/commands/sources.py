"""``kiamv sources``."""

from __future__ import annotations

from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish


def sources(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.OutputOptions,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show what each source suggested, alone or with others, and what was selected.

    Example: kiamv sources longlist --size 20
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.flows.commands import best_shortlist
    from kiamv_cli.flows.results import sources as counted
    from kiamv_cli.flows.view.sources import SourcesView
    from kiamv_cli.selection.commands.session import end_unless_proven

    shortlist = best_shortlist(wishes, source, time_limit, out)
    write(SourcesView(counted(shortlist)), out)
    status = shortlist.selection.status
    end_unless_proven(proven=status.proven, interrupted=status.interrupted)
