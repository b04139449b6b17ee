"""``kiamv report``."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import N_, _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.decision.model.record import Provenance
    from kiamv_cli.reports.model import Part, Report
    from kiamv_cli.reports.results import ReportFormat
    from kiamv_cli.scoring.model.score import Scores

PARTS = "Parts"
_TITLES: Mapping[Part, str] = {
    "margins": N_("Working out every margin"),
    "gaps": N_("Trying every answer"),
    "tradeoff": N_("Proving every trade-off"),
    "robustness": N_("Selecting anew"),
}
Output = Annotated[
    options.Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write, whole or not at all: report.html, report.pdf, or "
        "report.xlsx for further calculation. Default: HTML to standard output.",
        rich_help_panel=options.OUTPUT,
    ),
]
Without = Annotated[
    wish.Words,
    typer.Option(
        metavar="PART,…",
        help="Leave out what takes time: margins, tradeoff, robustness, gaps.",
        rich_help_panel=PARTS,
    ),
]
Draws = Annotated[
    int,
    typer.Option(
        metavar="N",
        min=1,
        help="How often to select anew to see how sure the shortlist is.",
        rich_help_panel=PARTS,
    ),
]


@dataclass(frozen=True, slots=True)
class Out:
    """Where the report goes."""

    file: Output = None
    force: options.Force = False


def report(
    wishes: wish.Wishes,
    source: options.Source,
    out: Out,
    without: Without = None,
    draws: Draws = 200,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Write the report for the meeting: one file to mail and to print.

    Example: kiamv report --size 20 -o report.html
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.reports.model import Plan
    from kiamv_cli.reports.results import Work
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request

    writer = _writer(out)
    plan = Plan(without=_parts(without), draws=draws)
    scores = read_scores(source)
    request = to_request(wishes, scores)
    made = _origin(source, scores)
    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, options.Out()) as solver:
        work = Work(
            scores=scores,
            request=request,
            plan=plan,
            solver=solver,
            threads=os.cpu_count() or 1,
            progress=_steps(progress),
        )
        found = work.report(made)
    writer(found)
    proven = found.complete and found.shortlist.selection.status.proven
    end_unless_proven(proven=proven, interrupted=found.interrupted)


def _origin(source: options.Source, scores: Scores) -> Provenance:
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.decision.provenance import Sources, provenance

    where = Sources(
        longlist=source.longlist,
        criteria=source.criteria,
        reviews=source.reviews,
        reviewer=source.reviewer,
        hidden=source.hidden,
    )
    with refusing():
        return provenance(scores.longlist, scores.programme, where)


def _parts(given: list[str] | None) -> frozenset[Part]:
    """Read ``--without``."""
    from kiamv_cli.reports.model import PARTS as KNOWN
    from kiamv_cli.selection.commands.wishes import chosen

    return frozenset(chosen("--without", given, KNOWN))


def _steps(progress: Progress) -> Callable[[Part, int, int], None]:
    def told(part: Part, done: int, total: int) -> None:
        progress.title = _(_TITLES[part])
        progress.step(done, total)

    return told


def _writer(out: Out) -> Callable[[Report], None]:
    """Choose how to write by the name of the file, before anything takes time."""
    from kiamv_cli.cli.output import fail, need_typesetting

    if out.file is None:
        if sys.stdout.isatty():
            fail(_("a report cannot be shown in a terminal. Give a file, such as -o report.html."))
        return lambda found: _write(found, "html", out)
    suffix = Path(out.file).suffix.lower()
    if suffix == ".pdf":
        need_typesetting("PDF")
    if suffix not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        fail(_("{file}: a report is written as {kinds}.", file=out.file, kinds=known))
    return lambda found: _write(found, _SUFFIXES[suffix], out)


def _write(found: Report, how: ReportFormat, out: Out) -> None:
    from kiamv_cli.base.language import current_language
    from kiamv_cli.cli.output import unshown, write_bytes, write_text
    from kiamv_cli.reports.results import export_report

    told = unshown(out.file or how)
    content = export_report(found, how, language=current_language(), told=told)
    if out.file is None:
        write_text(content.decode(), None, force=out.force)
    else:
        write_bytes(content, out.file, force=out.force)


_SUFFIXES: Mapping[str, ReportFormat] = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
}
