"""``kiamv explain``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.view.explain import Decision

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="[LONGLIST] ID…",
        help="Ids, names or aliases; several are also shown side by side. A long list may come "
        "first.",
        show_default=False,
        autocompletion=wish.ecosystem_ids,
    ),
]


OfRecord = Annotated[
    options.Text,
    typer.Option(
        "--record",
        metavar="FILE",
        help="A record that kiamv record made: explain what was decided, on its own inputs and "
        "by what it says was asked.",
        rich_help_panel=options.INPUT,
    ),
]


def explain(
    ids: Ids,
    wishes: wish.Wishes,
    source: options.SourceOption,
    out: options.OutputOptions,
    record: OfRecord = None,
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

    decision = None
    if len(ids) > 1 and (listed := options.list_among(ids[:1])):
        source, ids = replace(source, longlist=listed), ids[1:]
    if record is None:
        scores = read_scores(source)
        request = to_request(wishes, scores)
    else:
        scores, request, decision = _recorded(record, source, time_limit)
    wanted = to_ids("ID", ids, scores)
    with searching(Progress(_("Finding the margins")), scores, request, time_limit, out) as solver:
        found = find_reasons(scores, wanted, request, solver=solver)
    write(ExplainView(found, decision), out)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)


def _recorded(
    file: str, source: options.SourceOption, time_limit: float | None
) -> tuple[Scores, Request, Decision]:
    """Return what a record was made from and asked, and what it says; ends if that is gone."""
    from kiamv_cli.decision.commands.recorded import same_as_recorded
    from kiamv_cli.decision.view.record import told_decision

    found = same_as_recorded(file, source, time_limit)
    assert found.scores is not None, "it is the same"
    decision = told_decision(found.record, found.scores.longlist.names)
    return found.scores, found.record.request, decision
