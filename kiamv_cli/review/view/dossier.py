"""All that a review holds on one ecosystem, as one file for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _
from kiamv_cli.display.document import Field, Heading, Paragraph, table
from kiamv_cli.display.text import UNICODE, date_text, heading
from kiamv_cli.display.words import verdict_text
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.review.view.answers import outcome_columns
from kiamv_cli.review.view.form import question_text
from kiamv_cli.review.view.receipt import said_text
from kiamv_cli.review.view.rounds import event_text
from kiamv_cli.review.view.steps import event_fields, ruling_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Table, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.facts import JudgedBy
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.assignment import Event
    from kiamv_cli.review.model.dossier import Dossier, Heard, SetAside
    from kiamv_cli.review.model.form import Answer, Question
    from kiamv_cli.review.model.outcome import ReviewOutcome

_SET_ASIDE: Mapping[SetAside, str] = {
    "replaced": N_("replaced by a later form"),
    "withdrew": N_("withdrew: does not count"),
    "interest": N_("has an interest: does not count"),
    "late": N_("came in after closing: does not count"),
}
_BASES: Mapping[JudgedBy, str] = {
    "review": N_("reviewers agreed"),
    "person": N_("one reviewer"),
    "adjudicated": N_("decided"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """``kiamv review dossier``; ``named`` says whether reviewers go by their names."""

    dossier: Dossier
    longlist: Longlist
    programme: Programme
    named: bool

    @property
    def title(self) -> str:
        """What the file is called."""
        return _("Review dossier of {name}", name=self.dossier.ecosystem.name)

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-dossier``."""
        dossier = self.dossier
        return {
            **heading("review-dossier"),
            **judged_fields(self.programme, self.longlist),
            "ecosystem": {"id": dossier.ecosystem.id, "name": dossier.ecosystem.name},
            "as_of": dossier.as_of.isoformat(),
            "counts": {
                key: {"verdict": each.verdict, "basis": each.basis}
                for key, each in dossier.settled.items()
            },
            "heard": [self._heard_fields(each) for each in dossier.heard],
            "outcomes": [
                {
                    "question": each.question,
                    "number": each.number,
                    "verdict": each.verdict,
                    "by": dossier.called(each.by),
                    "on": each.on.isoformat() if each.on else None,
                    "reason": each.reason,
                }
                for each in dossier.outcomes
            ],
            "events": [self._event_fields(each) for each in dossier.events],
            "rulings": [
                {"verdicts": each.verdicts, "on": each.on.isoformat(), "reason": each.reason}
                for each in dossier.rulings
            ],
        }

    def _heard_fields(self, heard: Heard) -> dict[str, object]:
        return {
            "who": heard.who,
            "form": heard.number,
            "seal": heard.seal,
            "set_aside": heard.set_aside,
            "answers": {
                key: {
                    "verdict": each.verdict,
                    "reason": each.reason,
                    "evidence": [cited.text for cited in each.evidence],
                }
                for key, each in heard.answers.items()
            },
        }

    def _event_fields(self, event: Event) -> dict[str, object]:
        fields = event_fields(event)
        if self.named or event.reviewer is None:
            return fields
        own: dict[str, object] = {"reviewer": self.dossier.names.get(event.reviewer)}
        return {**fields, **own, "by": self.dossier.called(event.by), "reason": None}

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per question and form: who said what, and whether it counts."""
        for heard in self.dossier.heard:
            for key, each in heard.answers.items():
                yield {
                    "ecosystem": self.dossier.ecosystem.id,
                    "question": key,
                    "who": heard.who,
                    "form": heard.number,
                    "verdict": each.verdict,
                    "reason": each.reason,
                    "evidence": each.cited,
                    "set_aside": heard.set_aside,
                }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:  # noqa: ARG002 - it shows its own
        """The verdicts that count, then question by question who said what, and what happened."""
        dossier = self.dossier
        yield Heading(self.title)
        yield Paragraph(
            _(
                "{title}; judged as things stood on {date}.",
                title=self.longlist.title,
                date=date_text(dossier.as_of),
            )
        )
        if not self.named:
            yield Paragraph(_("Reviewers go by letters, the same in every dossier of this review."))
        yield Heading(_("The verdicts that count"))
        yield self._counting()
        yield from self._heard()
        yield from self._outcomes()
        yield from self._happened()
        yield from self._sources()
        yield from self._seals()

    def _asked(self, question: Question) -> str:
        return question_text(question, self.programme)

    def _counting(self) -> Table:
        settled = self.dossier.settled

        def verdict(question: Question) -> str:
            there = settled.get(question.key)
            return verdict_text(there.verdict, UNICODE) if there else UNICODE.dash

        def how(question: Question) -> str:
            there = settled.get(question.key)
            return _(_BASES[there.basis]) if there else _("the long list and the rule decide")

        fields: tuple[Field[Question], ...] = (
            Field("question", _("question"), show=self._asked, wraps=True),
            Field("verdict", _("verdict"), show=verdict),
            Field("how", _("how"), show=how, wraps=True),
        )
        return table(fields, self.dossier.questions)

    def _heard(self) -> Iterator[Block]:
        fields: tuple[Field[tuple[Heard, Answer]], ...] = (
            Field("who", _("who"), show=lambda row: _who(row[0])),
            Field("verdict", _("verdict"), show=lambda row: said_text(row[1])),
            Field("reason", _("reason"), show=lambda row: row[1].reason or "", wraps=True),
            Field("evidence", _("evidence"), show=lambda row: row[1].cited, wraps=True),
        )
        for question in self.dossier.questions:
            yield Heading(self._asked(question))
            said = [(heard, heard.answers[question.key]) for heard in self.dossier.heard]
            rows = [row for row in said if row[1].verdict]
            yield table(fields, rows) if rows else Paragraph(_("Nobody judged it."))

    def _outcomes(self) -> Iterator[Block]:
        dossier = self.dossier
        if not dossier.outcomes:
            return
        yield Heading(_("What was decided; the last decision on a question counts"))
        asked = {each.key: self._asked(each) for each in dossier.questions}
        fields: tuple[Field[ReviewOutcome], ...] = (
            Field(
                "question",
                _("question"),
                show=lambda e: asked.get(e.question, e.question),
                wraps=True,
            ),
            *outcome_columns(UNICODE, lambda each: dossier.called(each.by)),
        )
        yield table(fields, dossier.outcomes)

    def _happened(self) -> Iterator[Block]:
        dossier = self.dossier
        if not (dossier.events or dossier.rulings):
            return
        yield Heading(_("What happened meanwhile"))
        for each in dossier.events:
            who = dossier.names.get(each.reviewer or "")
            ids = [dossier.ecosystem.id] if each.reviewer else None
            text = event_text(each, who, ids)
            day = date_text(each.on)
            if each.reviewer and not self.named:
                yield Paragraph(_("{date}: {what}.", date=day, what=text))
            else:
                values = {"date": day, "what": text, "by": each.by, "reason": each.reason}
                yield Paragraph(_('{date}: {what} ({by}: "{reason}").', **values))
        for ruling in dossier.rulings:
            yield Paragraph(f"{ruling_text(ruling)}.")

    def _sources(self) -> Iterator[Block]:
        cited = {
            each.source
            for heard in self.dossier.heard
            for answer in heard.answers.values()
            for each in answer.evidence
        }
        sources = self.dossier.ecosystem.sources
        there = {number: sources[number] for number in sources if number in cited}
        if there:
            yield Heading(_("Sources that were cited"))
            for number, source in there.items():
                parts = (source.title, source.publisher, source.url)
                yield Paragraph(f"{number}: {', '.join(filter(None, parts))}")

    def _seals(self) -> Iterator[Block]:
        yield Heading(_("Seals"))
        yield Paragraph(
            _("The SHA-256 of each form, published before any form was opened, proves it.")
        )
        for heard in self.dossier.heard:
            if heard.seal:
                yield Paragraph(f"{_who(heard)}: {heard.seal}")


def _who(heard: Heard) -> str:
    number = f" ({heard.number})" if heard.number > 1 else ""
    if heard.set_aside is None:
        return f"{heard.who}{number}"
    return f"{heard.who}{number}, {_(_SET_ASIDE[heard.set_aside])}"
