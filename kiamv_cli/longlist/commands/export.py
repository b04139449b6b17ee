"""``kiamv export``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist

Form = Annotated[
    Optional[Literal["yaml", "json", "jsonl", "csv", "xlsx"]],  # noqa: UP045 - Typer reads it
    typer.Option(
        "--format",
        "-f",
        help="Default: by the name of the --output file, otherwise yaml.",
        rich_help_panel=options.OUTPUT,
    ),
]
Results = Annotated[
    bool,
    typer.Option(
        "--results",
        help="Not the list but its results, as a workbook: scores, shortlist, spread, trade-offs.",
        rich_help_panel=options.OUTPUT,
    ),
]
Template = Annotated[
    bool,
    typer.Option(
        "--template",
        help="Not the list but an empty workbook to fill in: drop-down lists, hints, an example.",
        rich_help_panel=options.OUTPUT,
    ),
]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal",
        help="With what is for the team alone (the key internal), which is left out otherwise.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class Instead:
    """What is written in the place of the list."""

    results: Results = False
    template: Template = False


@dataclass(frozen=True, slots=True)
class ExportOut(options.OutputOptions):
    """Where the list goes, and in which format."""

    format: Form = None  # type: ignore[assignment] # other formats than other commands


def export(
    source: options.Source,
    wishes: wish.Wishes,
    instead: Instead,
    out: ExportOut,
    *,
    internal: Internal = False,
) -> None:
    """Write a long list as a workbook, CSV, YAML or JSON, from which it can be imported again.

    With --results: scores, shortlist, spread and trade-offs as a workbook, for further
    calculation.

    Example: kiamv export longlist --output list.xlsx
    """
    from dataclasses import fields

    from kiamv_cli.cli.output import fail
    from kiamv_cli.cli.project import was_typed

    if instead.template:
        _export_template(source, out.file, force=out.force)
        return
    if instead.results and internal:
        fail(_("what is for the team alone is in no results; leave --internal out."))
    if instead.results:
        _export_results(source, wishes, out.file, force=out.force)
    elif was_typed(*(each.name for each in fields(wish.Wishes)), "reviews", "reviewer"):
        fail(_("options about the shortlist need --results."))
    else:
        _export_list(source, out, internal=internal)


def _export_template(source: options.Input, output: str | None, *, force: bool) -> None:
    from kiamv_cli.cli.input import read_criteria
    from kiamv_cli.cli.output import fail, write_bytes
    from kiamv_cli.longlist.results import template_workbook

    if output is None or not output.lower().endswith(".xlsx"):
        fail(_("--template: give a workbook for it, such as --output fill-in.xlsx."))
    write_bytes(template_workbook(read_criteria(source)), output, force=force)


def _export_results(
    source: options.Source, wishes: wish.Wishes, output: str | None, *, force: bool
) -> None:
    from dataclasses import fields

    from kiamv_cli.cli.output import fail
    from kiamv_cli.reports.commands import report

    if output is None or not output.lower().endswith(".xlsx"):
        fail(_("--results: give a workbook for them, such as --output results.xlsx."))
    out = report.ReportOutput(file=output, force=force)
    shared = {each.name: getattr(source, each.name) for each in fields(source)}
    parts = report.PartOptions(without=["margins,robustness,gaps"])
    report.report(wishes, report.ReportSource(**shared), out, parts)


def _export_list(source: options.Input, out: ExportOut, *, internal: bool) -> None:
    from kiamv_cli.cli.input import read_longlist
    from kiamv_cli.cli.output import fail, write_bytes, write_text
    from kiamv_cli.longlist.results import EXPORT_FORMATS, export_longlist

    output, form = out.file, out.format
    separator = options.separator_of(out.separator, excel=out.excel)
    suffix = Path(output or "list.yaml").suffix.lower().lstrip(".").replace("yml", "yaml")
    how = next((each for each in EXPORT_FORMATS if each == (form or suffix)), None)
    if how is None:
        fail(
            _(
                "{file}: the format is not clear. Give it a name that ends in {endings}, or give "
                "--format. kiamv import makes a folder with a file per ecosystem.",
                file=output,
                endings=", ".join(f".{each}" for each in EXPORT_FORMATS),
            )
        )
    if how == "xlsx" and output is None:
        fail(_("a workbook cannot be shown in a terminal. Give a file for it: --output list.xlsx."))
    programme, longlist = read_longlist(source)
    content = export_longlist(longlist, how, programme, separator=separator, internal=internal)
    if output is None:
        write_text(content.decode(), None, force=out.force)
    else:
        write_bytes(content, output, force=out.force)
    if not internal:
        _tell_left_out(longlist)


def _tell_left_out(longlist: Longlist) -> None:
    from kiamv_cli.cli.output import note

    if left_out := sum(each.internal is not None for each in longlist.ecosystems):
        told = ngettext(
            "kiamv: the internal remark of {n} ecosystem is left out; --internal writes it.",
            "kiamv: the internal remarks of {n} ecosystems are left out; --internal writes these.",
            left_out,
        )
        note(told)
