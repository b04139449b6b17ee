"""``kiamv flow``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.cli import selection_options as wish
from kiamv_cli.language import _

Format = Annotated[
    Optional[Literal["table", "json", "csv", "md", "mermaid", "svg", "png"]],  # noqa: UP045 - Typer reads it
    typer.Option(
        "--format",
        "-f",
        help="Text for people; json, csv or md for scripts and documents; mermaid, svg or png "
        "for a diagram. Left out: by the name of the --output file, else text.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class Out(options.Out):
    """Where the flow goes, and how it looks."""

    format: Format = None  # type: ignore[assignment] # more formats than other commands


def flow(
    wishes: wish.Wishes,
    source: options.Source,
    out: Out,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show the way from suggestions to the shortlist, in numbers that add up by construction.

    Example: kiamv flow --output flow.svg
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.cli.searching import end_unless_proven, searching
    from kiamv_cli.cli.wishes import to_request
    from kiamv_cli.core.flow import flow as follow
    from kiamv_cli.core.shortlist import shortlist
    from kiamv_cli.render.flow import FlowView

    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = shortlist(scores, request, solver)
    write(FlowView(follow(found)), out)
    status = found.selection.status
    end_unless_proven(proven=status.proven, interrupted=status.interrupted)
