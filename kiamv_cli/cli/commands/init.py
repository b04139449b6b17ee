"""``kiamv init``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.longlist import Longlist

Folder = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER", help="A new folder, or one that is empty.", show_default=False
    ),
]
Lists = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads it at run time
    typer.Argument(
        metavar="LIST…",
        help="Long lists in any format that kiamv import reads, such as a workbook. Default: "
        "a list with one example.",
        show_default=False,
    ),
]
Title = Annotated[
    options.Text,
    typer.Option(
        metavar="TEXT",
        help="The title of the long list. Default: that of LIST, otherwise the name of the folder.",
    ),
]
AsOf = Annotated[
    options.Text,
    typer.Option(
        "--as-of", metavar="DATE", help="The reference date of the long list, such as 2026-01-01."
    ),
]
Criteria = Annotated[
    options.Text, options.of_criteria("The criteria to copy. Default: the bundled ones.")
]
Workbook = Annotated[
    bool,
    typer.Option(
        "--workbook",
        help="With fill-in.xlsx, an empty workbook for those who suggest ecosystems.",
    ),
]
Force = Annotated[
    bool,
    options.to_replace("Replace a project as kiamv init makes it, if nothing else is in it."),
]


@dataclass(frozen=True, slots=True)
class Start:
    """What a project is made of, and how tables among its lists are read."""

    title: Title = None
    as_of: AsOf = None
    criteria: Criteria = None
    mapping: options.Mapping = None
    hidden: options.Hidden = None


def init(
    place: Folder,
    start: Start,
    lists: Lists = None,
    *,
    workbook: Workbook = False,
    force: Force = False,
) -> None:
    """Make a project of your own, in which every command works.

    Commands need no options there: kiamv.yaml says where everything is. README.md says what to
    do next.

    Example: kiamv init my-programme list.xlsx
    """
    import os
    from pathlib import Path

    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import refusing, to_date
    from kiamv_cli.cli.output import note, write_files, write_text
    from kiamv_cli.cli.projects import project_files

    imported = _imported(lists, start) if lists else None
    name = start.title or (imported.title if imported else Path(os.path.realpath(place)).name)
    with refusing():
        files = project_files(name, to_date(start.as_of), start.criteria, imported)
        if workbook:
            from kiamv_cli.longlist.results import load_criteria, template_workbook

            files = {**files, "fill-in.xlsx": template_workbook(load_criteria(start.criteria))}
    write_files(files, place, force=force)
    tops = dict.fromkeys(name.partition("/")[0] for name in files)
    write_text("".join(f"{Path(place, name)}\n" for name in tops), None, force=False)
    told = _(
        "This folder is a project now: kiamv.yaml says where everything is. Next: cd {folder}, "
        "then kiamv status; README.md explains the rest.",
        folder=place,
    )
    note(told)


def _imported(lists: list[str], start: Start) -> Longlist:
    """Read the lists to start from; what is remarked about them goes to standard error."""
    from kiamv_cli.cli.input import refusing, tables_of, to_date
    from kiamv_cli.cli.output import note_problems
    from kiamv_cli.longlist.results import import_longlists, load_criteria

    with refusing():
        programme = load_criteria(start.criteria)
    tables = tables_of(programme, start.hidden, start.mapping)
    as_of = to_date(start.as_of)
    with refusing():
        imported = import_longlists(lists, programme, as_of=as_of, title=start.title, tables=tables)
    note_problems(imported.remarks)
    return imported.longlist
