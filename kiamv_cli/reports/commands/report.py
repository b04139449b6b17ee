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
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.reports.model import OnRecord, Part, Plan, Report, ReportFormat
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.request import Request

    Writer = Callable[[Report | Recalled], None]

PARTS = "Parts"
_TITLES: Mapping[Part, str] = {
    "margins": N_("Working out every margin"),
    "gaps": N_("Trying every answer"),
    "tradeoff": N_("Proving every trade-off"),
    "robustness": N_("Selecting again"),
}
Output = Annotated[
    options.Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to write, whole or not at all: report.html, report.pdf, or "
        "report.xlsx for further calculation, report.json for scripts. Default: HTML to standard "
        "output.",
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
        help="How often to select again, to see how sure the shortlist is.",
        rich_help_panel=PARTS,
    ),
]


Short = Annotated[
    bool,
    typer.Option(
        "--short",
        help="Two pages for the table, as PDF: who is in, who is not and why, what is unsure, "
        "how to check it.",
        rich_help_panel=PARTS,
    ),
]
Commitment = Annotated[
    options.Text,
    typer.Option(
        metavar="LINE",
        help="Of a record: what kiamv commit printed beforehand; the report says whether the "
        "record keeps to it.",
        rich_help_panel=PARTS,
    ),
]
Of = Annotated[
    options.Text,
    typer.Argument(
        metavar="LONGLIST|RECORD",
        help="A long list, as for kiamv score; or a record that kiamv record made: then the "
        "report shows what was decided, with swaps. Default: the long list of the project, "
        "otherwise the bundled one.",
        show_default=False,
    ),
    options.OF_LONGLIST,
]


@dataclass(frozen=True, slots=True)
class ReportOutput:
    """Where the report goes."""

    file: Output = None
    force: options.Force = False


@dataclass(frozen=True, slots=True)
class ReportSource(options.Source):
    """What a report is of: a long list, or a record."""

    longlist: Of = None


@dataclass(frozen=True, slots=True)
class PartOptions:
    """What goes into a report."""

    without: Without = None
    draws: Draws = 200
    short: Short = False
    commitment: Commitment = None


def report(
    wishes: wish.Wishes,
    source: ReportSource,
    out: ReportOutput,
    parts: PartOptions,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Write the report for the meeting, or of a decision on record: one file to mail and to print.

    Example: kiamv report --size 20 -o report.html
    """
    from kiamv_cli.reports.model import Plan
    from kiamv_cli.selection.commands.session import end_unless_proven

    writer = _writer(out, short=parts.short)
    plan = Plan(without=_without(parts), draws=parts.draws)
    recalled = _recalled(source, time_limit, writer)
    if recalled is not None:
        found = _of_record(recalled, plan, parts, time_limit)
    else:
        _refuse_commitment(parts)
        found = _of_list(wishes, source, plan, time_limit)
    writer(found)
    proven = found.complete and found.shortlist.selection.status.proven
    end_unless_proven(proven=proven, interrupted=found.interrupted)


def _of_list(
    wishes: wish.Wishes, source: ReportSource, plan: Plan, time_limit: float | None
) -> Report:
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.selection.commands.wishes import to_request

    scores = read_scores(source)
    request = to_request(wishes, scores)
    return _worked_out(scores, request, plan, time_limit, origin(source, scores))


def _worked_out(
    scores: Scores,
    request: Request,
    plan: Plan,
    time_limit: float | None,
    made: Provenance,
    decision: OnRecord | None = None,
) -> Report:
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.reports.results import Work
    from kiamv_cli.selection.commands.session import searching

    progress = Progress(_("Searching for the best shortlist"))
    with searching(progress, scores, request, time_limit, options.OutputOptions()) as solver:
        work = Work(
            scores=scores,
            request=request,
            plan=plan,
            solver=solver,
            threads=os.cpu_count() or 1,
            decision=decision,
            progress=_steps(progress),
        )
        return work.report(made)


def _refuse_commitment(parts: PartOptions) -> None:
    from kiamv_cli.cli.output import fail

    if parts.commitment is not None:
        fail(_("--commitment: also give the record, as in kiamv report decision.json."))


def _recalled(source: ReportSource, time_limit: float | None, writer: Writer) -> Recalled | None:
    """Check a record on its inputs; ``None`` if the report is to be of a long list.

    Where these are others now, what it holds is written, and the command ends with K190.
    """
    from kiamv_cli.decision.reading import is_record

    if source.longlist is None or not is_record(Path(source.longlist)):
        return None
    from kiamv_cli.decision.commands.recorded import same_as_recorded

    return same_as_recorded(source.longlist, source, time_limit, otherwise=writer)


def _of_record(
    recalled: Recalled, plan: Plan, parts: PartOptions, time_limit: float | None
) -> Report:
    from kiamv_cli.base.problem import Refusal
    from kiamv_cli.cli.output import fail
    from kiamv_cli.reports.results import as_of_now, on_record

    try:
        decision = on_record(recalled, parts.commitment)
    except Refusal as refusal:
        fail(f"--commitment: {refusal}.")
    request, made = recalled.record.request, as_of_now(recalled)
    return _worked_out(decision.scores, request, plan, time_limit, made, decision)


def origin(source: options.Source, scores: Scores) -> Provenance:
    """Return where a long list and its criteria were read from."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.decision.commands.record import sources_of
    from kiamv_cli.decision.provenance import provenance

    with refusing():
        return provenance(scores.longlist, scores.programme, sources_of(source))


def _without(parts: PartOptions) -> frozenset[Part]:
    """Read ``--without``; two pages have no room for trade-offs."""
    from kiamv_cli.reports.model import PARTS as KNOWN
    from kiamv_cli.selection.commands.wishes import chosen

    unasked: tuple[Part, ...] = ("tradeoff",) if parts.short else ()
    return frozenset((*chosen("--without", parts.without, KNOWN), *unasked))


def _steps(progress: Progress) -> Callable[[Part, int, int], None]:
    def told(part: Part, done: int, total: int) -> None:
        progress.title = _(_TITLES[part])
        progress.step(done, total)

    return told


def _writer(out: ReportOutput, *, short: bool) -> Writer:
    """Choose how to write by the name of the file, before anything takes time."""
    from kiamv_cli.cli.output import fail, need_typesetting
    from kiamv_cli.reports.view.document import FORMATS

    suffix = Path(out.file or "").suffix.lower()
    if short and suffix != ".pdf":
        fail(_("--short: two pages are a PDF. Give its file, such as -o table.pdf."))
    if out.file is None:
        if sys.stdout.isatty():
            fail(_("a report cannot be shown in a terminal. Give a file, such as -o report.html."))
        return lambda result: _write(result, "html", out)
    if suffix == ".pdf":
        need_typesetting("PDF")
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        fail(_("{file}: a report is written as {kinds}.", file=out.file, kinds=known))
    how: ReportFormat = "short" if short else FORMATS[suffix]
    return lambda result: _write(result, how, out)


def _write(result: Report | Recalled, how: ReportFormat, out: ReportOutput) -> None:
    from kiamv_cli.base.language import current_language
    from kiamv_cli.cli.output import unshown, write_bytes, write_text
    from kiamv_cli.reports.results import export_report

    told = unshown(out.file or how)
    content = export_report(result, how, language=current_language(), report_missing=told)
    if out.file is None:
        write_text(content.decode(), None, force=out.force)
    else:
        write_bytes(content, out.file, force=out.force)
