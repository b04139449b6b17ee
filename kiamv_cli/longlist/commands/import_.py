"""``kiamv import``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Optional

import typer

from kiamv_cli.cli import options

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Long lists: CSV, workbooks (.xlsx), YAML, JSON, JSON Lines, or folders of YAML. "
        "Of what two of them contradict each other about one value stays, the first where nothing "
        "else decides, and both are told.",
    ),
]
Folder = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder for the long list, with a file per ecosystem. In a project left out: its "
        "own.",
        rich_help_panel=options.OUTPUT,
    ),
    options.FromProject("longlist", made=True),
]
Title = Annotated[
    options.Text,
    typer.Option(metavar="TEXT", help="The title of the list. Left out: that of the first file."),
]
Ignored = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads it at run time
    typer.Option(
        "--ignore-column",
        metavar="HEADING",
        help="Do not read this column of a table (repeatable).",
    ),
]
Literal = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads it at run time
    typer.Option(
        metavar="TEXT",
        help="A text in a table that is a name after all, though it looks like no answer, such as "
        "X (repeatable).",
    ),
]
Identities = Annotated[
    options.Text,
    options.of_identities(
        "Answers on who is the same, as kiamv same keeps them: what was decided to be the same "
        "becomes one."
    ),
    options.FromProject("identities"),
]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files are read, and what becomes of them."""

    criteria: options.Criteria = None
    as_of: options.AsOf = None
    title: Title = None
    identities: Identities = None
    ignore_column: Ignored = None
    literal: Literal = None
    hidden: options.Hidden = None


def import_(
    files: Files,
    reading: Reading,
    folder: Folder,
    form: options.Format = None,
    *,
    force: options.Force = False,
) -> None:
    """Make a long list of a spreadsheet, or one of several lists.

    Ecosystems with the same id, or decided to be the same, become one: every suggestion is kept,
    and what lists contradict each other about is told.

    Example: kiamv import list.xlsx --output longlist
    """
    from kiamv_cli.cli.input import read_criteria, refusing, to_date
    from kiamv_cli.cli.output import worded_for, write, write_files
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import import_longlists
    from kiamv_cli.longlist.view.imported import ImportView
    from kiamv_cli.longlist.view.table import folder_files

    programme = read_criteria(options.Input(criteria=reading.criteria))
    out = options.Out(format=form)
    with refusing(), worded_for(out):
        found = import_longlists(
            files,
            programme,
            as_of=to_date(reading.as_of),
            title=reading.title,
            identities=load_identities(reading.identities) if reading.identities else None,
            ignored=reading.ignore_column or (),
            literal=reading.literal or (),
            hidden=reading.hidden,
        )
    texts = folder_files(found.title, found.as_of, found.merged.ecosystems, internal=True)
    write_files(texts, folder, force=force)
    write(ImportView(found, folder, programme, reading.criteria), out)
