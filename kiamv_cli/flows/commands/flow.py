"""``kiamv flow``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

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

Check = Annotated[
    options.Text,
    typer.Option(
        "--check",
        metavar="FILE",
        help="Instead: does a published flow, boxes and arrows in YAML, add up, and if not, which "
        "numbers would repair it? Exit status 1 if it does not.",
        rich_help_panel=options.INPUT,
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
class Out(options.Out):
    """Where the flow goes, and how it looks."""

    format: Format = None  # type: ignore[assignment] # more formats than other commands


def flow(
    wishes: wish.Wishes,
    source: options.Source,
    out: Out,
    time_limit: wish.TimeLimit = None,
    check: Check = None,
    *,
    ids: Ids = False,
) -> None:
    """Show the way from suggestions to the shortlist, in numbers that add up by construction.

    Example: kiamv flow --output flow.svg
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.flows.model.flow import flow as follow
    from kiamv_cli.flows.view.flow import FlowView
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.model.shortlist import shortlist

    if check is not None:
        _check(check, out, time_limit)
        return
    scores = read_scores(source)
    request = to_request(wishes, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = shortlist(scores, request, solver)
    write(FlowView(follow(found), with_ids=ids), out)
    status = found.selection.status
    end_unless_proven(proven=status.proven, interrupted=status.interrupted)


def _check(file: str, out: Out, time_limit: float | None) -> None:
    """Check a published flow."""
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import Status, fail, format_of, write
    from kiamv_cli.cli.project import was_typed
    from kiamv_cli.flows.results import check_flow
    from kiamv_cli.flows.view.published import PublishedFlowView

    if was_typed("longlist"):
        fail(_("--check looks at a published flow, and not at a long list. Give one of the two."))
    if format_of(out) in {"mermaid", "svg", "png"}:
        fail(_("--check draws no diagram. Give --format table, json, csv or md."))
    with refusing():
        found = check_flow(file, time_limit=time_limit)
    write(PublishedFlowView(found), out)
    ended = {"time-limit": Status.TIME_LIMIT, "interrupted": Status.INTERRUPTED}
    if found.why in ended:
        raise SystemExit(ended[found.why])
    if not found.settled:
        raise SystemExit(Status.TIME_LIMIT)
    if not found.adds_up:
        raise SystemExit(Status.NO)
