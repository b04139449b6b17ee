"""``kiamv shortlist``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.model.near_misses import Wanted
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.solving.solver import HighsSolver
    from kiamv_cli.selection.view.near_misses import RivalsPart

NEAR = "What is near"
Margins = Annotated[
    bool,
    typer.Option(
        "--margins",
        help="Also by how much each member, and the ten nearest outsiders, are in or out.",
        rich_help_panel=NEAR,
    ),
]
Alternatives = Annotated[
    int,
    typer.Option(metavar="N", min=0, help="Also the N next best shortlists.", rich_help_panel=NEAR),
]


def shortlist(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.DrawnOut,
    time_limit: wish.TimeLimit = None,
    alternatives: Alternatives = 0,
    picture: options.OfShortlist = None,
    *,
    margins: Margins = False,
    prove: wish.Prove = False,
) -> None:
    """Select the provably best shortlist, spread as you ask.

    Example: kiamv shortlist --size 20 --balance themes,provinces --at-least NL-ZE=1
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.results import shortlist as pick
    from kiamv_cli.selection.solving.guest import prepare
    from kiamv_cli.selection.view.shortlist import ShortlistView

    wanted = _wanted(alternatives, margins=margins)
    if wishes.balance != "none":
        prepare()
    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        selected = pick(scores, request, solver=solver, prove=prove or None)
        selected.solve_rest()
        near = _near(selected, wanted, solver, progress) if wanted else None
    write(ShortlistView(selected, near), out, picture)
    status = selected.selection.status
    interrupted = near.near.interrupted if near else status.interrupted
    complete = near is None or near.near.complete
    end_unless_proven(proven=status.proven and complete, interrupted=interrupted)


def _wanted(alternatives: int, *, margins: bool) -> Wanted | None:
    """Return what is asked for beside the shortlist; what cannot be is refused before a search."""
    if not margins and not alternatives:
        return None
    from kiamv_cli.selection.model.near_misses import Wanted

    return Wanted(margins=margins, alternatives=alternatives)


def _near(
    shortlist: Shortlist, near: Wanted, solver: HighsSolver, progress: Progress
) -> RivalsPart:
    from kiamv_cli.selection.results import rivals
    from kiamv_cli.selection.view.near_misses import RivalsPart

    return RivalsPart(shortlist, rivals(shortlist, near, solver=solver, progress=progress.step))
