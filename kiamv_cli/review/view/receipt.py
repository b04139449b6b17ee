"""What is sent back to a reviewer: what was read of their form, question by question."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Field, Heading, Paragraph, table
from kiamv_cli.display.text import UNICODE, count, date_text
from kiamv_cli.display.words import verdict_text
from kiamv_cli.review.model.form import questions
from kiamv_cli.review.view.form import question_text
from kiamv_cli.review.view.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kiamv_cli.display.document import Block, Table
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer, Gap, Question
    from kiamv_cli.review.model.rounds import Received


def receipt(
    received: Received, name: str, longlist: Longlist, programme: Programme, on: date | None
) -> str:
    """Format the receipt of a form as an HTML page, in the current language.

    Args:
        received: What was read.
        name: That of the reviewer.
        longlist: What was judged.
        programme: By which criteria.
        on: The day on which it came, if that is known.
    """
    title = _("Receipt for the review form of {name}", name=name)
    return page(title, _blocks(received, longlist, programme, on))


def _blocks(
    received: Received, longlist: Longlist, programme: Programme, on: date | None
) -> Iterator[Block]:
    form = received.form
    yield Paragraph(
        _(
            "{title}; judged as things stood on {date}.",
            title=longlist.title,
            date=date_text(form.as_of),
        )
    )
    yield from _state(received, on)
    yield from _missing(received, longlist, programme)
    listed = {each.id: each.name for each in longlist.ecosystems}
    for ecosystem, given in form.answers.items():
        yield Heading(listed.get(ecosystem, ecosystem))
        yield _answers(given, programme)


def _state(received: Received, on: date | None) -> Iterator[Block]:
    """Say how much is answered, and what that is worth."""
    if on:
        yield Paragraph(_("Received on {date}.", date=date_text(on)))
    answers = [each for given in received.form.answers.values() for each in given.values()]
    judged = sum(each.verdict is not None for each in answers)
    yield Paragraph(
        _(
            "Version {number}: {judged} of {total} answered.",
            number=received.number,
            judged=judged,
            total=count(len(answers), "question", "questions"),
        ),
        "strong",
    )
    if received.late:
        yield Paragraph(
            _("It came in after the review was closed: it is kept, but does not count."), "not-met"
        )
    else:
        yield Paragraph(_("Seal (SHA-256): {sha256}", sha256=received.sha256))
        yield Paragraph(
            _(
                "The seal proves later what was said now. If anything below is not what you meant, "
                "send a new version: until the review is closed, the last one counts."
            )
        )


def _missing(received: Received, longlist: Longlist, programme: Programme) -> Iterator[Block]:
    if not received.gaps:
        return
    yield Heading(ngettext("{n} thing is missing", "{n} things are missing", len(received.gaps)))
    yield gaps_table(received.gaps, longlist, programme)


def gaps_table(
    gaps: tuple[tuple[str, str, Gap], ...], longlist: Longlist, programme: Programme
) -> Table:
    """Return what a form lacks, a row each; of an ecosystem that nobody got to one for all."""
    names = longlist.names
    asked = {each.key: question_text(each, programme) for each in questions(programme)}
    asked["all"] = _("all {n} questions", n=len(asked))
    unjudged = Counter(ecosystem for ecosystem, _key, what in gaps if what == "verdict")
    whole = {each for each, n in unjudged.items() if n == len(asked) - 1}
    shown = dict.fromkeys(
        (ecosystem, "all" if ecosystem in whole else key, what) for ecosystem, key, what in gaps
    )
    lacking = {"verdict": _("not judged"), "reason": _("a verdict without a reason")}
    fields: tuple[Field[tuple[str, str, Gap]], ...] = (
        Field("ecosystem", _("ecosystem"), show=lambda r: names.get(r[0], r[0]), wraps=True),
        Field("question", _("question"), show=lambda r: asked[r[1]], wraps=True),
        Field("missing", _("missing"), show=lambda r: lacking[r[2]]),
    )
    return table(fields, shown)


def _answers(answers: Mapping[str, Answer], programme: Programme) -> Table:
    fields: tuple[Field[Question], ...] = (
        Field("question", _("question"), show=lambda q: question_text(q, programme), wraps=True),
        Field("verdict", _("verdict"), show=lambda q: _verdict_cell(answers[q.key])),
        Field("reason", _("reason"), show=lambda q: answers[q.key].reason or "", wraps=True),
        Field("evidence", _("evidence"), show=lambda q: answers[q.key].cited, wraps=True),
    )
    return table(fields, questions(programme))


def _verdict_cell(answer: Answer) -> Cell:
    return Cell(said_text(answer)) if answer.verdict else Cell(_("not judged"), "faint")


def said_text(answer: Answer) -> str:
    """Format a verdict with its sign; what is not for somebody to judge has none."""
    return verdict_text(answer.verdict, UNICODE) if answer.verdict else UNICODE.dash
