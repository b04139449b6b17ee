"""``kiamv review seal``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

File = Annotated[str, typer.Argument(metavar="FILE", help="The form that was filled in.")]
Salt = Annotated[
    options.Text,
    typer.Option(
        metavar="TEXT",
        help="What is sealed along with the verdicts so that nobody can find them by trying. "
        "Left out: drawn at random, as it should be; given, the seal can be repeated.",
    ),
]


def seal(
    source: options.InputOption,
    out: options.Out,
    form: File,
    folder: review.Folder = review.DEFAULT,
    salt: Salt = None,
) -> None:
    """Seal a form: a hash to publish, which proves later what was said first.

    Example: kiamv review seal review/forms/anna.yaml
    """
    from pathlib import Path
    from secrets import token_hex

    from kiamv_cli.cli.output import note, write
    from kiamv_cli.review.commands.applying import note_if_changed, note_standing
    from kiamv_cli.review.commands.work import keep, reading_folder
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps import seal_form
    from kiamv_cli.review.view.steps import SealView

    with reading_folder(folder, source) as where:
        done = seal_form(where, Path(form), token_hex(16) if salt is None else salt)
        found = standing(where)
    for remark in done.form.remarks:
        note(str(remark))
    keep(done.files)
    note_if_changed([done.form], where.longlist.sha256)
    note_standing(found)
    write(
        SealView(
            form=done.form,
            sha256=done.sha256,
            standing=found,
            longlist=where.longlist,
            programme=where.programme,
        ),
        out,
    )
