"""Options on how tables are read, which ``import`` and ``check`` share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.programme.model.programme import Programme

Sheet = Annotated[
    options.Text,
    typer.Option(
        metavar="NAME",
        help="The sheet with the ecosystems. Default: the first one with known headings.",
    ),
]
By = Annotated[
    options.Text,
    typer.Option(metavar="NAME", help="Whose verdicts columns of criteria hold."),
]
On = Annotated[
    options.Text,
    typer.Option(metavar="DATE", help="The date of these verdicts."),
]


@dataclass(frozen=True, slots=True)
class TableReading:
    """On which sheet of a table to look, and whose verdicts it holds."""

    sheet: Sheet = None
    by: By = None
    on: On = None


def table_options(
    table: TableReading,
    programme: Programme,
    hidden: Literal["keep", "skip"] | None,
    mapping: str | None,
) -> TableOptions:
    """Return how tables are read; a mapping or a date that is wrong ends the command."""
    from kiamv_cli.cli.input import tables_of, to_date

    on = to_date(table.on, "--on")
    return replace(
        tables_of(programme, hidden, mapping),
        sheet=table.sheet,
        by=table.by,
        on=on.isoformat() if on else None,
    )


def write_draft(text: str, file: str | None, *, force: bool) -> None:
    """Write a mapping that was guessed, and say how much of it is left to decide."""
    from kiamv_cli.base.language import ngettext
    from kiamv_cli.cli.output import note, write_text

    write_text(text, file, force=force, confirm=False)
    note(
        ngettext(
            "kiamv: {file} says what the columns are; {n} line is marked # ? for you to check.",
            "kiamv: {file} says what the columns are; {n} lines are marked # ? for you to check.",
            text.count(" # ?") - 1,
            file=file,
        )
    )
