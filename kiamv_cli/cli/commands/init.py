"""``kiamv init``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options

Folder = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER", help="A new folder, or one that is empty.", show_default=False
    ),
]
Title = Annotated[
    options.Text,
    typer.Option(
        metavar="TEXT", help="The title of the long list. Left out: the name of the folder."
    ),
]
AsOf = Annotated[
    options.Text,
    typer.Option(
        "--as-of", metavar="DATE", help="The reference date of the long list, as 2026-01-01."
    ),
]
Criteria = Annotated[
    options.Text, options.of_criteria("The criteria to copy. Left out: the bundled ones.")
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


def init(
    place: Folder,
    title: Title = None,
    as_of: AsOf = None,
    criteria: Criteria = None,
    *,
    workbook: Workbook = False,
    force: Force = False,
) -> None:
    """Make a project of one's own: criteria, a long list with one example, editor settings.

    It works at once; its README.md tells what to do next.

    Example: kiamv init my-programme
    """
    import os
    from pathlib import Path

    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import refusing, to_date
    from kiamv_cli.cli.output import note, write_files, write_text
    from kiamv_cli.cli.projects import project_files

    with refusing():
        files = project_files(title or Path(os.path.realpath(place)).name, to_date(as_of), criteria)
        if workbook:
            from kiamv_cli.longlist.results import load_criteria, template_workbook

            files = {**files, "fill-in.xlsx": template_workbook(load_criteria(criteria))}
    write_files(files, place, force=force)
    tops = dict.fromkeys(name.partition("/")[0] for name in files)
    write_text("".join(f"{Path(place, name)}\n" for name in tops), None, force=False)
    note(
        _(
            "A project with criteria and one example ecosystem. Next: cd {folder}, and do what "
            "README.md says, first of all: kiamv check longlist --criteria criteria",
            folder=place,
        )
    )
