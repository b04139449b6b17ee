"""``kiamv export``."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.language import _

Form = Annotated[
    Optional[Literal["yaml", "json", "jsonl", "csv", "xlsx"]],  # noqa: UP045 - Typer reads it
    typer.Option(
        "--format",
        "-f",
        help="Left out: by the name of the --output file, else yaml.",
        rich_help_panel=options.OUTPUT,
    ),
]
Separator = Annotated[
    Literal[",", ";"],
    typer.Option(
        help="What stands between the cells of CSV: Dutch spreadsheets want a semicolon.",
        rich_help_panel=options.OUTPUT,
    ),
]


def export(
    source: options.Input,
    form: Form = None,
    separator: Separator = ",",
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Write a long list as a workbook, CSV, YAML or JSON, from which it can be imported again.

    Example: kiamv export longlist --output list.xlsx
    """
    from pathlib import Path

    from kiamv_cli.api.exchange import EXPORT_FORMATS, export_longlist
    from kiamv_cli.cli.input import read_longlist
    from kiamv_cli.cli.output import fail, write_bytes, write_text

    suffix = Path(output or "list.yaml").suffix.lower().lstrip(".").replace("yml", "yaml")
    how = form or next((each for each in EXPORT_FORMATS if each == suffix), None)
    if how is None:
        fail(
            _(
                "{file}: what format is it? Name it {endings}, or give --format.",
                file=output,
                endings=", ".join(f".{each}" for each in EXPORT_FORMATS),
            )
        )
    if how == "xlsx" and output is None:
        fail(_("a workbook is no text. Give a file for it: --output list.xlsx."))
    programme, longlist = read_longlist(source)
    content = export_longlist(longlist, how, programme, separator=separator)
    if output is None:
        write_text(content.decode(), None, force=force)
    else:
        write_bytes(content, output, force=force)
