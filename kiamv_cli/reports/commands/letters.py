"""``kiamv letters``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.reports.commands.report import origin
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.decision.model.record import Record
    from kiamv_cli.reports.view.letter import Letters, Piece
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.explain import Explained, Explanation
    from kiamv_cli.selection.model.request import Request

LETTERS = "Letters"
Who = Literal["all", "selected", "refused"]
How = Literal["pdf", "html", "md"]
Of = Annotated[
    options.Text,
    typer.Argument(
        metavar="LONGLIST|RECORD",
        help="A record that kiamv record made: then the letters tell what was decided; or a long "
        "list, as for kiamv score. Default: the long list of the project, otherwise the bundled "
        "one.",
        show_default=False,
    ),
    options.OF_LONGLIST,
]
Ecosystems = Annotated[
    wish.Words,
    typer.Option(
        "--ecosystem",
        metavar="ID",
        help="Only to these: an id, name or alias; separate several with commas, or repeat it.",
        rich_help_panel=LETTERS,
        autocompletion=wish.ecosystem_ids,
    ),
]
To = Annotated[
    Who,
    typer.Option(
        "--to", help="Only to those who are on the shortlist, or not.", rich_help_panel=LETTERS
    ),
]
Kind = Annotated[
    How,
    typer.Option("--as", help="In a folder: a file each of this kind.", rich_help_panel=LETTERS),
]
Contact = Annotated[
    options.Text,
    typer.Option(
        "--contact",
        metavar="TEXT",
        help="Where to send a fact that is missing. Default: those who decided.",
        rich_help_panel=LETTERS,
    ),
]
Template = Annotated[
    options.Text,
    typer.Option(
        "--template",
        metavar="FILE",
        help="The letter, as Markdown with fields such as {verdict}. Default: letter.en.md or "
        "letter.nl.md beside kiamv.yaml, otherwise that of kiamv.",
        rich_help_panel=LETTERS,
    ),
]
Copy = Annotated[
    bool,
    typer.Option(
        "--copy-template",
        help="Write the template itself, to be changed, to -o FILE or standard output.",
        rich_help_panel=LETTERS,
    ),
]
Output = Annotated[
    options.Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER|FILE.pdf",
        help="A folder gets a file for each ecosystem; letters.pdf a page for each.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class LettersSource(options.Source):
    """What letters are of: a record, or a long list."""

    longlist: Of = None


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """Who gets a letter, and what it looks like."""

    ecosystems: Ecosystems = None
    to: To = "all"
    kind: Kind = "pdf"
    contact: Contact = None
    template: Template = None
    copy_template: Copy = False


@dataclass(frozen=True, slots=True)
class LettersOutput:
    """Where letters go."""

    file: Output = None
    force: options.Force = False


def letters(
    wishes: wish.Wishes,
    source: LettersSource,
    out: LettersOutput,
    letter: LetterOptions,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Write to each ecosystem, on a page, what was decided on it, why, and how to check that.

    Example: kiamv letters decision.json --to refused -o letters.pdf
    """
    from kiamv_cli.cli.output import fail, write_text

    if letter.copy_template:
        write_text(_template(letter), out.file, force=out.force)
        return
    if out.file is None:
        fail(_("letters are files. Give a folder or a file, such as -o letters.pdf."))
    _need_typesetting(letter, out.file)
    shared, wanted = _letters(wishes, source, letter, time_limit)
    _write(_pages(shared, wanted, letter), shared, out.file, letter, force=out.force)


def _need_typesetting(letter: LetterOptions, file: str) -> None:
    from kiamv_cli.cli.output import need_typesetting

    if file.lower().endswith(".pdf") or letter.kind == "pdf":
        need_typesetting("PDF")


def _letters(
    wishes: wish.Wishes, source: LettersSource, letter: LetterOptions, time_limit: float | None
) -> tuple[Letters, list[Explained]]:
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.decision.model.record import arguments
    from kiamv_cli.decision.reading import is_record
    from kiamv_cli.reports.view.letter import Letters
    from kiamv_cli.selection.commands.wishes import to_request

    if source.longlist is not None and is_record(Path(source.longlist)):
        record, scores, request = _on_record(source, source.longlist, time_limit)
        name = Path(source.longlist).name
        commands = [
            join(["kiamv", "verify", name]),
            f"kiamv explain {{id}} {join(['--record', name])}",
            join(["python3", "check_proof.py", name]),
        ]
    else:
        record, scores = None, read_scores(source)
        request = to_request(wishes, scores)
        words = arguments(scores, request, origin(source, scores))
        commands = [
            join(["kiamv", "shortlist", *words]),
            f"kiamv explain {{id}} {join(words)}".rstrip(),
        ]
    explanation = _explained(scores, request, letter, time_limit)
    shared = Letters(
        explanation=explanation,
        record=record,
        commands=commands,
        contact=letter.contact or "",
        template=_template(letter),
    )
    return shared, [each for each in explanation.ecosystems if _meant(each, record, letter.to)]


def _on_record(
    source: LettersSource, file: str, time_limit: float | None
) -> tuple[Record, Scores, Request]:
    """Return a record, and what it was made from and asked; ends if that is gone."""
    from kiamv_cli.decision.commands.recorded import recalled, refuse_unlike, refuse_wishes

    refuse_wishes()
    found = recalled(file, source, time_limit)
    refuse_unlike(found, file)
    assert found.scores is not None, "it is the same"
    return found.record, found.scores, found.record.request


def _explained(
    scores: Scores, request: Request, letter: LetterOptions, time_limit: float | None
) -> Explanation:
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import listed_ids
    from kiamv_cli.selection.results import explain

    every = [one.ecosystem.id for one in scores.ecosystems]
    wanted = listed_ids("--ecosystem", letter.ecosystems, scores) or every
    progress = Progress(_("Finding the margins"))
    with searching(progress, scores, request, time_limit, options.OutputOptions()) as solver:
        found = explain(scores, wanted, request, solver=solver)
    # A letter that lacks its reasons is none: nothing is written.
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
    return found


def _meant(one: Explained, record: Record | None, to: Who) -> bool:
    if to == "all":
        return True
    if record is not None:
        inside = one.scored.ecosystem.id in record.final.selected
    else:
        inside = one.place is not None and one.place.margin.member
    return inside == (to == "selected")


def _template(letter: LetterOptions) -> str:
    """Return the template: the one asked for, that of the project, or that of kiamv."""
    from kiamv_cli.base.files import decode, read_file
    from kiamv_cli.base.language import current_language
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.start import project_folder
    from kiamv_cli.formats.package_data import template

    folder = project_folder()
    place = letter.template
    if place is None and folder is not None and not letter.copy_template:
        own = Path(folder) / f"letter.{current_language()}.md"
        place = str(own) if own.is_file() else None
    if place is None:
        return template("letter.md")
    with refusing():
        return decode(read_file(Path(place)), place)


def _pages(
    shared: Letters, wanted: list[Explained], letter: LetterOptions
) -> dict[str, list[Piece]]:
    from kiamv_cli.cli.output import fail
    from kiamv_cli.reports.view.letter import FIELDS, UnknownFieldError

    try:
        return {each.scored.ecosystem.id: [*shared.pieces(each)] for each in wanted}
    except UnknownFieldError as error:
        fail(
            _(
                "{file}:{line}: no letter has a field {{{name}}}. Choose from {known}.",
                file=letter.template or "letter.md",
                line=error.line,
                name=error.name,
                known=", ".join(FIELDS),
            )
        )


def _write(
    pages: dict[str, list[Piece]], shared: Letters, file: str, letter: LetterOptions, *, force: bool
) -> None:
    from kiamv_cli.cli.output import fail, unshown, write_bytes, write_files
    from kiamv_cli.reports.view.letter import letter_html, letter_markdown, letters_pdf
    from kiamv_cli.reports.view.page import style

    if not pages:
        fail(_("nobody gets a letter: nobody is meant by what was asked."))
    foot = shared.explanation.scores.longlist.title
    if file.lower().endswith(".pdf"):
        content = letters_pdf([*pages.values()], foot, unshown(file))
        write_bytes(content, file, force=force)
        return
    made = {}
    for name, pieces in pages.items():
        match letter.kind:
            case "pdf":
                made[f"{name}.pdf"] = letters_pdf([pieces], foot, unshown(file))
            case "html":
                made[f"{name}.html"] = letter_html(pieces, style()).encode()
            case "md":
                made[f"{name}.md"] = letter_markdown(pieces).encode()
    write_files(made, file, force=force)
