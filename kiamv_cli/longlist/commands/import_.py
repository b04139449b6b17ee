"""``kiamv import``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.mapping import TableOptions
    from kiamv_cli.programme.model.programme import Programme

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
    options.Text,
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
]


Mapping = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="What the columns of a table are, and what its values mean. --draft writes one.",
    ),
]
Draft = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Write no list, but such a file, as far as it can be guessed: look at what is marked "
        "# ?, and give it as --mapping.",
    ),
]
Sheet = Annotated[
    options.Text,
    typer.Option(
        metavar="NAME",
        help="The sheet with the ecosystems. Left out: the first one with headings that are known.",
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
    mapping: Mapping = None
    sheet: Sheet = None
    ignore_column: Ignored = None
    literal: Literal = None
    hidden: options.Hidden = None
    by: By = None
    on: On = None


def import_(
    files: Files,
    reading: Reading,
    folder: Folder = None,
    form: options.Format = None,
    *,
    draft: Draft = None,
    account: Account = False,
    force: options.Force = False,
) -> None:
    """Make a long list of YAML files from a spreadsheet or from several lists.

    Ecosystems with the same id, or decided to be the same, become one: every suggestion is kept,
    and what lists contradict each other about is told.

    Example: kiamv import list.xlsx --output longlist
    """
    from kiamv_cli.cli.input import read_criteria, refusing, to_date
    from kiamv_cli.cli.output import fail, worded_for, write, write_files
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import import_longlists
    from kiamv_cli.longlist.view.imported import ImportView
    from kiamv_cli.longlist.view.table import folder_files

    programme = read_criteria(options.Input(criteria=reading.criteria))
    if draft is not None:
        _draft(files, programme, reading, draft, force=force)
        return
    if folder is None:
        fail(_("give the folder for the long list, as --output longlist."))
    out = options.Out(format=form)
    tables = table_options(reading, programme)
    with refusing(), worded_for(out):
        found = import_longlists(
            files,
            programme,
            as_of=to_date(reading.as_of),
            title=reading.title,
            identities=load_identities(reading.identities) if reading.identities else None,
            tables=tables,
        )
    texts = folder_files(found.title, found.as_of, found.merged.ecosystems, internal=True)
    write_files(texts, folder, force=force)
    write(ImportView(found, folder, programme, reading.criteria, with_account=account), out)


def _draft(
    files: list[str], programme: Programme, reading: Reading, place: str, *, force: bool
) -> None:
    """Write a mapping as far as it can be guessed, and say what is left to decide."""
    from kiamv_cli.cli.input import refusing, to_date
    from kiamv_cli.cli.output import fail, note, write_text
    from kiamv_cli.longlist.results import draft_mapping
    from kiamv_cli.longlist.view.draft import draft_text

    if len(files) != 1:
        fail(_("--draft: a mapping is of one table; give one file."))
    as_of = to_date(reading.as_of)
    with refusing():
        draft = draft_mapping(files[0], programme, table_options(reading, programme))
    text = draft_text(draft, as_of.isoformat() if as_of else None)
    write_text(text, place, force=force, said=False)
    told = ngettext(
        "kiamv: {file} says what the columns are; {n} line is marked # ? and left to you.",
        "kiamv: {file} says what the columns are; {n} lines are marked # ? and left to you.",
        text.count(" # ?") - 1,
        file=place,
    )
    note(told)


def table_options(reading: Reading, programme: Programme) -> TableOptions:
    """Return how tables are read; a mapping that is wrong ends the command."""
    from kiamv_cli.cli.input import refusing, to_date
    from kiamv_cli.longlist.model.mapping import TableOptions
    from kiamv_cli.longlist.reading.tables.mapping import load_mapping

    on = to_date(reading.on, "--on")
    with refusing():
        mapping = load_mapping(reading.mapping, programme) if reading.mapping else None
    return TableOptions(
        ignored=reading.ignore_column or (),
        literal=reading.literal or (),
        hidden=reading.hidden,
        sheet=reading.sheet,
        by=reading.by,
        on=on.isoformat() if on else None,
        mapping=mapping,
    )
