"""``kiamv review send``, ``receive`` and ``close``: as a programme office does it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.review.commands import work as review
from kiamv_cli.review.commands.steps import TypedWhy
from kiamv_cli.review.commands.work import RECORD

if TYPE_CHECKING:
    from kiamv_cli.cli.options import InputOption
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.review.model.rounds import Received
    from kiamv_cli.review.reading.folder import ReviewFolder

Per = Annotated[
    Optional[int],  # noqa: UP045 - read at run time by Typer
    typer.Option(metavar="N", min=1, help="How many judge each ecosystem. Default: all who may."),
]
Seed = Annotated[options.Text, typer.Option(help="Decides among equals.", show_default="kiamv")]
AtLeast = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(
        "--at-least",
        metavar="N",
        min=1,
        help="How many must have judged for their verdict to overrule the rule; with fewer, "
        "the chair confirms it. Default: 2 where two or more were assigned.",
    ),
]
Kind = Annotated[
    Literal["xlsx", "yaml"],
    typer.Option("--as", help="Forms as spreadsheets, or as YAML for a text editor."),
]
Withdraw = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--withdraw",
        metavar="NAME",
        help="Who no longer judges: what they sent in stays on record, but does not count.",
        rich_help_panel=RECORD,
    ),
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Forms as they came back: XLSX, ODS, CSV or YAML, whatever their name.",
    ),
]
Try = Annotated[
    bool, typer.Option("--try", help="Only show what is read and what is missing; save nothing.")
]
OutcomesFile = Annotated[
    options.Text,
    typer.Argument(
        metavar="FILE",
        help="Outcomes: the workbook of disagreements as it was filled in, in part or again.",
        show_default=False,
    ),
]
Without = Annotated[
    Optional[list[str]],  # noqa: UP045
    typer.Option(
        "--without",
        metavar="NAME",
        help="A reviewer whose form, or the rest of it, is not waited for.",
        rich_help_panel=RECORD,
    ),
]
WithReviewers = Annotated[
    bool,
    typer.Option("--with-reviewers", help="With the names of reviewers, instead of letters."),
]
Workbook = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Where the workbook of disagreements goes. Default: disagreements.xlsx in the "
        "folder of the review.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class TypedAssignment:
    """How the work is divided, as it was typed."""

    per: Per = None
    at_least: AtLeast = None
    seed: Seed = None


def send(
    source: options.InputOfReview,
    out: options.OutputOptions,
    typed: TypedWhy,
    assigning: TypedAssignment,
    kind: Kind = "xlsx",
    withdraw: Withdraw = None,
    folder: review.Folder = review.DEFAULT,
) -> None:
    """Divide the work and write the forms; run it again when people or questions change.

    Example: kiamv review send --per 2
    """
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import keep, note_standing, note_strangers
    from kiamv_cli.review.reading.standing import standing
    from kiamv_cli.review.steps.send import send as assign_and_send
    from kiamv_cli.review.view.rounds import SentView

    given = {**asdict(assigning), "as_of": to_date(source.as_of)}
    assigned = {key: value for key, value in given.items() if value is not None}
    with reading_folder(folder, source) as where:
        sent, files = assign_and_send(
            where, assigned, typed.why(), withdraw or (), sheet=kind == "xlsx"
        )
        note_strangers(where)
    keep(files)
    with reading_folder(folder, source, where) as after:
        note_standing(standing(after))
    view = SentView(sent=sent, longlist=where.longlist, programme=where.programme)
    write(view, out)


def receive(
    source: options.InputOption,
    out: options.OutputOptions,
    forms: Files,
    on: Annotated[options.Text, options.on_day(RECORD)] = None,
    salt: review.Salt = None,
    folder: review.Folder = review.DEFAULT,
    *,
    try_: Try = False,
) -> None:
    """Take in forms as they come back: read, filed and sealed, each with a receipt.

    Example: kiamv review receive ~/mail/*.xlsx
    """
    from kiamv_cli.cli.output import Status, note_problems, write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.view.rounds import ReceivedView

    received, refused = [], False
    where: ReviewFolder | None = None
    for path in forms:
        try:
            with reading_folder(folder, source, where) as where:
                one = _receive(where, path, on, salt, keep=not try_)
        except SystemExit:
            refused = True
            continue
        note_problems(one.form.remarks)
        received.append(one)
    if where and received:
        view = ReceivedView(
            received=tuple(received),
            folder=folder,
            longlist=where.longlist,
            programme=where.programme,
            kept=not try_,
        )
        write(view, out)
    if refused:
        raise SystemExit(Status.BAD_INPUT)


def _receive(
    where: ReviewFolder, path: str, on: str | None, salt: str | None, *, keep: bool
) -> Received:
    """Take in one form, with a receipt in its own language."""
    from pathlib import Path
    from secrets import token_hex

    from kiamv_cli.base.files import read_file
    from kiamv_cli.base.language import current_language, in_language
    from kiamv_cli.cli.input import to_date
    from kiamv_cli.review.steps.receive import receive as take_in
    from kiamv_cli.review.view.receipt import receipt

    day = to_date(on, "--on")
    raw = read_file(Path(path))
    received, files = take_in(where, path, raw, salt or token_hex(16), day)
    if keep and files:
        who = received.form.reviewer
        names = {each.id: each.name for each in where.reviewers()}
        with in_language(received.language or current_language()):
            page = receipt(received, names.get(who, who), where.longlist, where.programme, day)
        name = f"{who}.late" if received.late else who
        place = where.file("receipts", name, received.number)
        review.keep({**files, place.with_suffix(".html"): page.encode()})
    return received


def close(
    source: options.InputOption,
    out: options.OutputOptions,
    typed: TypedWhy,
    outcomes: OutcomesFile = None,
    without: Without = None,
    workbook: Workbook = None,
    folder: review.Folder = review.DEFAULT,
) -> None:
    """Open all forms once they are in, write the disagreements; with FILE, read the outcomes.

    Example: kiamv review close
    """
    if outcomes is None:
        _close(source, out, typed, without or [], workbook, folder)
    else:
        _decide(source, out, typed, outcomes, folder)


def _close(
    source: InputOption,
    out: options.OutputOptions,
    typed: TypedWhy,
    without: list[str],
    workbook: str | None,
    folder: str,
) -> None:
    from kiamv_cli.cli.output import Status, write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import keep, note_standing
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.results import agreement
    from kiamv_cli.review.steps.close import close_review
    from kiamv_cli.review.view.rounds import ClosedView, WaitingView

    with reading_folder(folder, source) as where:
        closed, files = close_review(where, without, typed.why())
    if closed.waiting or closed.partial:
        write(WaitingView(closed, where.longlist, where.programme), out)
        raise SystemExit(Status.NO)
    keep(files)
    with reading_folder(folder, source, where) as where:
        opened = read_review(where)
    note_standing(opened.standing)
    view = ClosedView(
        closed=closed,
        review=opened,
        agreement=agreement(where.longlist, opened, where.programme),
        workbook=_keep_workbook(opened, where, workbook),
    )
    write(view, out)


def _keep_workbook(opened: Review, where: ReviewFolder, place: str | None) -> str | None:
    """Write what is to be decided, unless it is there; return where, if there is anything."""
    from pathlib import Path

    from kiamv_cli.review.view.disagreements import disagreements_workbook

    path = Path(place or where.path / "disagreements.xlsx")
    sheet = disagreements_workbook(opened, where.longlist, where.programme)
    if sheet and not (path.exists() and place is None):
        review.keep({path: sheet})
    return str(path) if sheet else None


def dossier(
    source: options.InputOption,
    out: options.OutputOptions,
    ecosystem: Annotated[str, typer.Argument(metavar="ID", help="An ecosystem, by id or name.")],
    folder: review.Folder = review.DEFAULT,
    *,
    with_reviewers: WithReviewers = False,
) -> None:
    """Show everything the review has on one ecosystem, as one file for those who ask.

    Example: kiamv review dossier hannn -o hannn.html
    """
    from pathlib import Path

    from kiamv_cli.cli.output import write, write_text
    from kiamv_cli.display.text import UNICODE
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.results import review_dossier
    from kiamv_cli.review.view.dossier import DossierView
    from kiamv_cli.review.view.page import page

    with reading_folder(folder, source) as where:
        content = review_dossier(where, ecosystem, with_reviewers=with_reviewers)
    view = DossierView(
        dossier=content, longlist=where.longlist, programme=where.programme, named=with_reviewers
    )
    if out.format is None and Path(out.file or "").suffix.lower() == ".html":
        _title, *rest = view.blocks(UNICODE)
        write_text(page(view.title, rest), out.file, force=out.force)
    else:
        write(view, out)


def _decide(
    source: InputOption, out: options.OutputOptions, typed: TypedWhy, file: str, folder: str
) -> None:
    from pathlib import Path

    from kiamv_cli.cli.input import to_date
    from kiamv_cli.cli.output import fail, write
    from kiamv_cli.review.commands.steps import reading_folder
    from kiamv_cli.review.commands.work import keep, note_adjudicator, note_standing
    from kiamv_cli.review.reading.outcomes import read_outcomes
    from kiamv_cli.review.reading.standing import read_review
    from kiamv_cli.review.steps.close import decide
    from kiamv_cli.review.view.answers import adjudicate_view

    if typed.reason:
        fail(_("--because: each outcome in the file has a reason of its own. Leave it out."))
    with reading_folder(folder, source) as where:
        decisions = read_outcomes(where, Path(file), typed.by, to_date(typed.on, "--on"))
        for who in dict.fromkeys(each.by for each in decisions):
            note_adjudicator(where, who)
        keep(decide(where, decisions, again=True))
        opened = read_review(where)
    note_standing(opened.standing)
    write(adjudicate_view(opened, where.longlist, where.programme), out)
