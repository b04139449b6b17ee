"""``kiamv review assign``, ``form``, ``seal`` and ``open``: step by step, for scripts."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.cli.options import Input
    from kiamv_cli.review.reading.folder import ReviewFolder
    from kiamv_cli.review.steps.send import Why

Per = Annotated[
    Optional[int],  # noqa: UP045 - read at run time by Typer
    typer.Option(metavar="N", min=1, help="How many judge each ecosystem. Default: all who may."),
]
Seed = Annotated[str, typer.Option(help="Decides among equals.")]


@dataclass(frozen=True, slots=True)
class TypedWhy:
    """Who puts something on record, when and why, as it was typed."""

    by: Annotated[options.Text, options.by_whom("Who decides.", review.RECORD)] = None
    on: Annotated[options.Text, options.on_day(review.RECORD)] = None
    reason: Annotated[
        options.Text,
        typer.Option(
            "--because", "--reason", metavar="TEXT", help="Why.", rich_help_panel=review.RECORD
        ),
    ] = None

    def why(self) -> Why | None:
        """Return what was typed; ``None`` if not all of it was."""
        from kiamv_cli.cli.input import to_date
        from kiamv_cli.review.steps.send import Why

        on = to_date(self.on, "--on")
        if self.by and on and self.reason:
            return Why(by=self.by, on=on, reason=self.reason)
        return None


@contextmanager
def reading_folder(
    folder: str, source: Input, before: ReviewFolder | None = None
) -> Iterator[ReviewFolder]:
    """Yield the folder of a review; whatever is wrong with a file in it ends the command.

    Args:
        folder: Where it lies.
        source: The list and the criteria.
        before: The folder as it was; what was read for it is not read again.
    """
    from kiamv_cli.review.reading.folder import ReviewFolder

    if before is None:
        from kiamv_cli.cli.input import read_longlist

        programme, longlist = read_longlist(source)
        before = ReviewFolder(Path(folder), programme, longlist, source.hidden)
    with review.refusing_review():
        yield before


def assign(
    source: options.InputOfReview,
    out: options.OutputOptions,
    per: Per = None,
    folder: review.Folder = review.DEFAULT,
    seed: Seed = "kiamv",
) -> None:
    """Divide the long list evenly among the reviewers; nobody judges their own.

    Example: kiamv review assign --per 2
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.work import keep, note_strangers
    from kiamv_cli.review.steps.send import assign_review
    from kiamv_cli.review.view.steps import AssignView

    with reading_folder(folder, source) as where:
        done = assign_review(where, per, seed, to_date(source.as_of))
        note_strangers(where)
    keep(done.files)
    view = AssignView(
        assignment=done.assignment,
        reviewers=done.reviewers,
        longlist=where.longlist,
        programme=where.programme,
    )
    write(view, out)


Reviewer = Annotated[
    options.Text,
    typer.Option(
        "--reviewer",
        "-r",
        metavar="NAME",
        help="Whose form: an id or name. Default: one for each reviewer who has none yet.",
    ),
]

Sheet = Annotated[
    bool,
    typer.Option("--xlsx", help="As a spreadsheet with drop-downs, instead of YAML."),
]


def form(
    source: options.InputOfReview,
    reviewer: Reviewer = None,
    folder: review.Folder = review.DEFAULT,
    *,
    sheet: Sheet = False,
) -> None:
    """Make the form for a reviewer, or for each of them, to fill in.

    Example: kiamv review form --reviewer anna --xlsx
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.review.commands.work import keep, note_standing, note_strangers
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps.send import make_forms

    with reading_folder(folder, source) as where:
        new = not where.file("assignment").exists()
        files = make_forms(where, reviewer, to_date(source.as_of), sheet=sheet)
        if new:
            note_strangers(where)
        else:
            note_standing(standing(where))
    keep(files)


File = Annotated[str, typer.Argument(metavar="FILE", help="The form that was filled in.")]


def seal(
    source: options.InputOption,
    out: options.OutputOptions,
    form: File,
    folder: review.Folder = review.DEFAULT,
    salt: review.Salt = None,
) -> None:
    """Seal a form: a hash to publish, which proves later what was said first.

    Example: kiamv review seal review/forms/anna.yaml
    """
    from pathlib import Path
    from secrets import token_hex

    from kiamv_cli.cli.output import note_problems, write
    from kiamv_cli.review.commands.work import keep, note_if_changed, note_standing
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps.receive import seal_form
    from kiamv_cli.review.view.steps import SealView

    with reading_folder(folder, source) as where:
        done = seal_form(where, Path(form), token_hex(16) if salt is None else salt)
        found = standing(where)
    note_problems(done.form.remarks)
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


def open_(
    source: options.InputOfReview,
    out: options.OutputOptions,
    folder: review.Folder = review.DEFAULT,
) -> None:
    """Open the review once all have sealed, and say which verdicts changed since.

    Example: kiamv review open
    """
    from dataclasses import asdict

    from kiamv_cli.cli.output import Status, worded_for, write
    from kiamv_cli.review.commands.work import keep, note_standing
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps.close import open_review
    from kiamv_cli.review.view.steps import OpenView

    with reading_folder(folder, source) as where, worded_for(out):
        opened, files = open_review(where)
        found = standing(where)
    keep(files)
    note_standing(found)
    view = OpenView(
        waiting=opened.waiting,
        seals=opened.seals,
        changes=tuple(asdict(each) for each in opened.changes),
        unreadable=opened.unreadable,
        before=opened.before,
        standing=found,
        longlist=where.longlist,
        programme=where.programme,
    )
    write(view, out)
    if opened.waiting:
        raise SystemExit(Status.NO)
