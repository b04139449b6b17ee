"""The commands on flows, and the search that both begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.cli.options import OutputOptions, Source
    from kiamv_cli.selection.commands.options import Wishes
    from kiamv_cli.selection.model.shortlist import Shortlist


def best_shortlist(
    wishes: Wishes, source: Source, time_limit: float | None, out: OutputOptions
) -> Shortlist:
    """Return the shortlist that was asked for; end the command where there is none."""
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.results import shortlist

    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        return shortlist(scores, request, solver=solver)
