"""Options on how tables are read, which ``import`` and ``check`` share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.programme.model.programme import Programme

Mapping = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="What the columns of a table are, and what its values mean. --draft writes one.",
    ),
]
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
    """What a table holds, and on which sheet."""

    mapping: Mapping = None
    sheet: Sheet = None
    by: By = None
    on: On = None


def table_options(
    table: TableReading, programme: Programme, hidden: Literal["keep", "skip"] | None
) -> TableOptions:
    """Return how tables are read; a mapping or a date that is wrong ends the command."""
    from kiamv_cli.cli.input import refusing, to_date
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.reading.tables.mapping import load_mapping

    on = to_date(table.on, "--on")
    with refusing():
        mapping = load_mapping(table.mapping, programme) if table.mapping else None
    return TableOptions(
        hidden=hidden,
        sheet=table.sheet,
        by=table.by,
        on=on.isoformat() if on else None,
        mapping=mapping,
    )
