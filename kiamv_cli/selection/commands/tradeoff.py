"""``kiamv tradeoff``."""

from __future__ import annotations

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish


def tradeoff(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.DrawnOut,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show every trade-off between balance and score, each proven, and who changes.

    Example: kiamv tradeoff --size 10 --balance provinces --give-up 3
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.results import tradeoff as trade
    from kiamv_cli.selection.view.tradeoff import TradeOffView

    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Proving every trade-off"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = trade(scores, request, solver=solver, progress=progress.step)
    write(TradeOffView(found), out)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
