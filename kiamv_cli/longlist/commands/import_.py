"""``kiamv import``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.longlist.commands.table import TableReading, table_options, write_draft

if TYPE_CHECKING:
    from datetime import date

    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.model.merging import Imported
    from kiamv_cli.programme.model.programme import Programme

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Long lists: CSV, workbooks (.xlsx), YAML, JSON, JSON Lines, or folders of "
        "YAML. Where two contradict each other, one value stays, the first if nothing "
        "else decides, and both are reported.",
    ),
]
Folder = Annotated[
    options.Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder for the long list, with a file per ecosystem. Default in a project: "
        "its own.",
        rich_help_panel=options.OUTPUT,
    ),
    options.FromProject("longlist", made=True),
]
Title = Annotated[
    options.Text,
    typer.Option(metavar="TEXT", help="The title of the list. Default: that of the first file."),
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
        help="A text in a table that is a name after all, although it looks like a "
        "non-answer, such as X (repeatable).",
    ),
]
Identities = Annotated[
    options.Text,
    options.of_identities(
        "Answers about duplicates, as kept by kiamv same: ecosystems that are the same become one."
    ),
    options.FromProject("identities"),
]


Draft = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Instead of a list, write a mapping as far as it can be guessed: check what is "
        "marked # ?, then give it as --mapping.",
    ),
]
Account = Annotated[
    bool,
    typer.Option(
        "--account",
        help="Show what became of every cell of a table, column by column.",
        rich_help_panel=options.OUTPUT,
    ),
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
    mapping: options.Mapping = None


def import_(
    files: Files,
    reading: Reading,
    table: TableReading,
    look: options.Look,
    folder: Folder = None,
    *,
    draft: Draft = None,
    account: Account = False,
    force: options.Force = False,
) -> None:
    """Make a long list from a spreadsheet, or from several lists.

    Ecosystems that are the same become one: all suggestions are kept, contradictions reported.

    Example: kiamv import list.xlsx --output longlist
    """
    from kiamv_cli.cli.input import read_criteria, to_date
    from kiamv_cli.cli.output import fail, worded_for, write, write_files
    from kiamv_cli.longlist.view.imported import ImportView
    from kiamv_cli.longlist.view.table import folder_files

    programme = read_criteria(options.Input(criteria=reading.criteria))
    tables, as_of = _tables(reading, table, programme), to_date(reading.as_of)
    if draft is not None:
        _draft(files, programme, as_of, options.OutputOptions(file=draft, force=force), tables)
        return
    if folder is None:
        fail(_("give the folder for the long list, such as --output longlist."))
    out = options.OutputOptions(look.format, look.separator, look.excel)
    with worded_for(out):
        found = _imported(files, programme, as_of, reading, tables)
    texts = folder_files(found.title, found.as_of, found.merged.ecosystems, internal=True)
    write_files(texts, folder, force=force)
    write(ImportView(found, folder, reading.criteria, with_account=account), out)


def _imported(
    files: list[str],
    programme: Programme,
    as_of: date | None,
    reading: Reading,
    tables: TableOptions,
) -> Imported:
    """Read the lists, and make one of them."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import import_longlists

    with refusing():
        return import_longlists(
            files,
            programme,
            as_of=as_of,
            title=reading.title,
            identities=load_identities(reading.identities) if reading.identities else None,
            tables=tables,
        )


def _tables(reading: Reading, table: TableReading, programme: Programme) -> TableOptions:
    return replace(
        table_options(table, programme, reading.hidden, reading.mapping),
        ignored=reading.ignore_column or (),
        literal=reading.literal or (),
    )


def _draft(
    files: list[str],
    programme: Programme,
    as_of: date | None,
    place: options.OutputOptions,
    tables: TableOptions,
) -> None:
    """Write a mapping as far as it can be guessed, and say what is left to decide."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.results import draft_mapping
    from kiamv_cli.longlist.view.draft import draft_text

    if len(files) != 1:
        fail(_("--draft: a mapping belongs to one table; give one file."))
    with refusing():
        draft = draft_mapping(files[0], programme, tables)
    day = as_of.isoformat() if as_of else None
    write_draft(draft_text(draft, day), place.file, force=place.force)
