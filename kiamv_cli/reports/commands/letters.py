"""``kiamv letters``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shlex import join
from typing import TYPE_CHECKING, Annotated, NamedTuple, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.reports.commands.report import ReportSource
from kiamv_cli.reports.model import LetterFormat
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.explain import Explanation
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.view.explain import Decision

Folder = Annotated[
    options.Text,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="The folder to write, whole or not at all: a file for each ecosystem, called by its "
        "id.",
        rich_help_panel=options.OUTPUT,
    ),
]
Format = Annotated[
    LetterFormat,
    typer.Option(
        "--format",
        "-f",
        help="Print them (pdf), mail them (html), or edit them (md).",
        rich_help_panel=options.OUTPUT,
    ),
]
To = Annotated[
    Optional[list[str]],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        "--to",
        metavar="ID,…",
        help="Only for these: ids, names or aliases. Default: all on the long list.",
        autocompletion=wish.ecosystem_ids,
        rich_help_panel=options.INPUT,
    ),
]
Template = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Your own letter: Markdown with parts in braces. Default: letter.en.md or "
        "letter.nl.md beside kiamv.yaml, by the language; otherwise kiamv's own.",
        rich_help_panel=options.INPUT,
    ),
]
Own = Annotated[
    bool,
    typer.Option(
        "--write-template",
        help="Write kiamv's own letter to the project folder, to change it there, and no letters.",
        rich_help_panel=options.OUTPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class LettersOutput:
    """Where letters go, and as what."""

    file: Folder = None
    format: Format = "pdf"
    force: options.Force = False


@dataclass(frozen=True, slots=True)
class LetterOptions:
    """To whom letters are, and what they look like."""

    to: To = None
    template: Template = None
    write_template: Own = False


class _Subject(NamedTuple):
    """What letters are of, and how to check it."""

    scores: Scores
    request: Request
    checks: Callable[[str], Sequence[tuple[str, str]]]
    decision: Decision | None = None


def letters(
    wishes: wish.Wishes,
    source: ReportSource,
    out: LettersOutput,
    choice: LetterOptions,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Write a letter to each ecosystem: what was decided, on which facts, how to check it.

    Example: kiamv letters decision.json -o letters
    """
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import fail, need_typesetting, unshown, write_files
    from kiamv_cli.reports.reading import read_template
    from kiamv_cli.reports.view.letter import LetterWriter
    from kiamv_cli.selection.commands.session import end_unless_proven

    if choice.write_template:
        _write_template(out)
        return
    if out.file is None:
        fail(_("letters are files. Give a folder for them, such as -o letters."))
    if out.format == "pdf":
        need_typesetting("PDF")
    with refusing():
        template = read_template(_template(choice))
    subject = _subject(wishes, source, time_limit)
    found = _explained(subject, choice.to, time_limit)
    writer = LetterWriter(
        found=found,
        template=template,
        checks=subject.checks,
        decision=subject.decision,
        told=unshown(out.file),
    )
    write_files(writer.written(out.format), out.file, force=out.force)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)


def _explained(subject: _Subject, to: list[str] | None, time_limit: float | None) -> Explanation:
    """Find why those who get a letter are in or out; all get one unless some are named."""
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import searching
    from kiamv_cli.selection.commands.wishes import to_ids
    from kiamv_cli.selection.results import explain

    everyone = [each.id for each in subject.scores.longlist.ecosystems]
    ids = to_ids("--to", to, subject.scores) if to else everyone
    progress, out = Progress(_("Finding the margins")), options.OutputOptions()
    with searching(progress, subject.scores, subject.request, time_limit, out) as solver:
        return explain(subject.scores, ids, subject.request, solver=solver)


def _subject(wishes: wish.Wishes, source: ReportSource, time_limit: float | None) -> _Subject:
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.decision.model.record import arguments
    from kiamv_cli.decision.reading import is_record
    from kiamv_cli.display.words import command_again
    from kiamv_cli.reports.commands.report import origin
    from kiamv_cli.selection.commands.wishes import to_request

    if source.longlist is not None and is_record(Path(source.longlist)):
        return _recorded(source, time_limit)
    scores = read_scores(source)
    request = to_request(wishes, scores)
    asked = arguments(scores, request, origin(source, scores))
    checks = [(_("The same selection again:"), command_again(("kiamv", "shortlist", *asked)))]
    return _Subject(scores, request, lambda _id: checks)


def _recorded(source: ReportSource, time_limit: float | None) -> _Subject:
    from kiamv_cli.decision.commands.recorded import same_as_recorded
    from kiamv_cli.decision.view.record import check_commands, told_decision

    assert source.longlist is not None, "it names a record"
    found = same_as_recorded(source.longlist, source, time_limit)
    assert found.scores is not None, "it is the same"
    name = Path(source.longlist).name
    checks = [*check_commands(found.record, name)]
    facts = _("Every fact and its source:")

    def checks_of(identifier: str) -> list[tuple[str, str]]:
        return [*checks, (facts, join(("kiamv", "explain", identifier, "--record", name)))]

    decision = told_decision(found.record, found.scores.longlist.names)
    return _Subject(found.scores, found.record.request, checks_of, decision)


def _template(choice: LetterOptions) -> Path | None:
    """Return where the template is: as typed, else in the project; ``None`` for kiamv's own."""
    if choice.template is not None:
        return Path(choice.template)
    own = _own()
    return own if own.is_file() else None


def _own() -> Path:
    from kiamv_cli.base.language import current_language
    from kiamv_cli.cli.project import current_project

    project = current_project()
    folder = Path(project.folder) if project else Path()
    return folder / f"letter.{current_language()}.md"


def _write_template(out: LettersOutput) -> None:
    from kiamv_cli.cli.output import write_bytes
    from kiamv_cli.formats.package_data import template

    write_bytes(template("letter.md").encode(), str(_own()), force=out.force)
