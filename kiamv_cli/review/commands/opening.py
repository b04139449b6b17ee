"""``kiamv review open``."""

from __future__ import annotations

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review


def open_(
    source: options.InputOption,
    out: options.Out,
    folder: review.Folder = review.DEFAULT,
) -> None:
    """Open the review once all have sealed, and say which verdicts changed since.

    Example: kiamv review open
    """
    from dataclasses import asdict

    from kiamv_cli.cli.output import Status, worded_for, write
    from kiamv_cli.review.commands.applying import note_standing
    from kiamv_cli.review.commands.work import keep, reading_folder
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps import open_review
    from kiamv_cli.review.view.steps import OpenView

    with reading_folder(folder, source) as where, worded_for(out):
        done = open_review(where)
        found = standing(where)
    keep(done.files)
    note_standing(found)
    view = OpenView(
        waiting=done.waiting,
        seals=done.seals,
        changes=tuple(asdict(each) for each in done.changes),
        unreadable=done.unreadable,
        before=not done.files,
        standing=found,
        longlist=where.longlist,
        programme=where.programme,
    )
    write(view, out)
    if done.waiting:
        raise SystemExit(Status.NO)
