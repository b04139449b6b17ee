"""``kiamv import``."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from kiamv_cli.cli import options

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Long lists: CSV, workbooks (.xlsx), YAML, JSON, JSON Lines, or folders of YAML. "
        "Of what two of them contradict each other about, the first counts.",
    ),
]
Folder = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder for the long list, with a file per ecosystem.",
        rich_help_panel=options.OUTPUT,
    ),
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


def import_(
    files: Files,
    folder: Folder,
    criteria: options.Criteria = None,
    as_of: options.AsOf = None,
    title: Title = None,
    ignore_column: Ignored = None,
    form: options.Format = None,
    *,
    force: options.Force = False,
) -> None:
    """Make a long list of YAML files from a spreadsheet or from several lists.

    Ecosystems with the same id become one: every suggestion is kept, and what lists contradict
    each other about is told.

    Example: kiamv import list.xlsx --output longlist
    """
    from kiamv_cli.api.exchange import import_longlists
    from kiamv_cli.cli.input import read_criteria, refusing, to_date
    from kiamv_cli.cli.output import write, write_files
    from kiamv_cli.render.imported import ImportView

    programme = read_criteria(options.Input(criteria=criteria))
    with refusing():
        found = import_longlists(
            files, programme, as_of=to_date(as_of), title=title, ignored=ignore_column or ()
        )
    write_files(found.contents(), folder, force=force)
    write(
        ImportView(
            title=found.title,
            as_of=found.as_of,
            files=found.files,
            counts=found.counts,
            merged=found.merged,
            remarks=found.remarks,
            folder=folder,
        ),
        options.Out(format=form),
    )
