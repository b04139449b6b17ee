"""``kiamv flow``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

Format = Annotated[
    Optional[Literal["table", "json", "csv", "md", "mermaid", "svg", "png"]],  # noqa: UP045 - Typer reads it
    typer.Option(
        "--format",
        "-f",
        help="Text for people; json, csv or md for scripts and documents; mermaid, svg or "
        "png for a diagram. Default: by the name of the --output file, otherwise text.",
        rich_help_panel=options.OUTPUT,
    ),
]

Ids = Annotated[
    bool,
    typer.Option(
        "--ids",
        help="In the text, name who is in each box; json, csv, mermaid and svg always do.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class FlowOut(options.OutputOptions):
    """Where the flow goes, and how it looks."""

    format: Format = None  # type: ignore[assignment] # more formats than other commands


def flow(
    wishes: wish.Wishes,
    source: options.Source,
    out: FlowOut,
    time_limit: wish.TimeLimit = None,
    *,
    ids: Ids = False,
) -> None:
    """Show the way from suggestions to the shortlist, in numbers that add up by construction.

    Example: kiamv flow --output flow.svg
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.flows.commands import best_shortlist
    from kiamv_cli.flows.results import flow as followed
    from kiamv_cli.flows.view.flow import FlowView
    from kiamv_cli.selection.commands.session import end_unless_proven

    shortlist = best_shortlist(wishes, source, time_limit, out)
    write(FlowView(followed(shortlist), with_ids=ids), out)
    status = shortlist.selection.status
    end_unless_proven(proven=status.proven, interrupted=status.interrupted)
