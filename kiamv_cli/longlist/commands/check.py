"""``kiamv check``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.cli.project import apart_in, current_project
from kiamv_cli.longlist.commands.table import TableReading, table_options

if TYPE_CHECKING:
    from kiamv_cli.base.problem import Problem
    from kiamv_cli.longlist.model.duplicates import Checked

FormatName = Literal["table", "json", "csv", "md", "github"]
Format = Annotated[
    Optional[FormatName],  # noqa: UP045 - Typer reads it at run time
    typer.Option(
        "--format",
        "-f",
        help="A table for people; json, csv or md for scripts and documents; github for "
        "annotations in a workflow. Default: by the name of the --output file, "
        "otherwise a table.",
        rich_help_panel=options.OUTPUT,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")]
Explain = Annotated[
    options.Text,
    typer.Option(
        metavar="CODE", help="Explain what a code means and how to fix it; all for every code."
    ),
]

Identities = Annotated[
    options.Text,
    options.of_identities(
        "Answers about duplicates, as kept by kiamv same: what was answered is not suspected again."
    ),
    options.FromProject("identities"),
]


@dataclass(frozen=True, slots=True)
class CheckOutput(options.OutputOptions):
    """Where the problems go, and how they look."""

    format: Format = None  # type: ignore[assignment] # one format more than other commands


def check(
    source: options.Input,
    out: CheckOutput,
    table: TableReading,
    *,
    strict: Strict = False,
    explain: Explain = None,
    identities: Identities = None,
) -> None:
    """Show what is wrong or doubtful in a long list, and where.

    An --output file ending in .xlsx is a copy of the table with a comment in each such cell.

    Exit status 1 if there are errors (with --strict, also if there are warnings).

    Example: kiamv check longlist.yaml --strict
    """
    from kiamv_cli.cli.input import mapping_of, note_bundled, read_criteria, refusing, to_date
    from kiamv_cli.cli.output import Status, worded_for
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import check as look_through

    if explain is not None:
        _explain(explain, out)
        return
    programme = read_criteria(source)
    if source.longlist is None:
        note_bundled()
    with refusing(), worded_for(out):
        found = look_through(
            source.longlist,
            programme,
            as_of=to_date(source.as_of),
            identities=load_identities(identities) if identities else None,
            tables=table_options(table, programme, source.hidden, mapping_of(source)),
            apart=apart_in(current_project()),
        )
    _write(found, source.longlist, out, strict=strict)
    if not found.passes(strict=strict):
        raise SystemExit(Status.NO)


def _explain(code: str, out: CheckOutput) -> None:
    """Write what a code means."""
    from kiamv_cli.cli.input import meaning_of
    from kiamv_cli.cli.output import fail, write
    from kiamv_cli.longlist.view.check import CodesView

    if out.format == "github":
        fail(_("--format github: it is for problems in a list, and --explain has none."))
    write(CodesView(meaning_of(code)), out)


def _write(checked: Checked, source: str | None, out: CheckOutput, *, strict: bool) -> None:
    """Write what was found, as a table of problems or as a copy of the list with comments."""
    from kiamv_cli.base.problem import codes
    from kiamv_cli.cli.output import format_of, write
    from kiamv_cli.longlist.view.check import CheckView

    if (out.file or "").lower().endswith(".xlsx"):
        _write_copy(source, checked.problems, out)
    else:
        write(CheckView(checked, codes(), strict, format_of(out) == "md"), out)


def _write_copy(source: str | None, problems: tuple[Problem, ...], out: CheckOutput) -> None:
    """Write a copy of a table with a comment in each cell that needs a hand."""
    from kiamv_cli.cli.output import fail, write_bytes
    from kiamv_cli.longlist.results import problems_workbook

    if not (source or "").lower().endswith((".xlsx", ".xlsm", ".csv", ".tsv")):
        fail(_("{file}: only a table can be written with comments in its cells.", file=out.file))
    assert source
    assert out.file
    write_bytes(problems_workbook(source, problems), out.file, force=out.force)
