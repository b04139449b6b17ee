"""What reviewers said, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Field, Heading, Paragraph, Table, table
from kiamv_cli.display.text import count, heading, listing, number
from kiamv_cli.display.words import VERDICTS, verdict_cell, verdict_text
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.review.model.form import disagreements, judged
from kiamv_cli.review.model.outcome import undecided
from kiamv_cli.review.view.steps import standing_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer, Disagreement, Question
    from kiamv_cli.review.model.outcome import Review, ReviewOutcome, Undecided


def question_text(question: Question) -> str:
    """A question in few words: its key."""
    return question.key


def disagreement_fields(disagreement: Disagreement) -> dict[str, object]:
    """A disagreement for JSON."""
    return {
        "ecosystem": disagreement.ecosystem,
        "question": disagreement.question.key,
        "distance": number(disagreement.distance),
        "share": number(disagreement.share),
        "answers": _answer_fields(disagreement.answers),
    }


def _answer_fields(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {
        who: {
            "verdict": answer.verdict,
            "reason": answer.reason,
            "evidence": [each.text for each in answer.evidence],
        }
        for who, answer in answers.items()
    }


def disagreement_table(
    disagreements: Sequence[Disagreement],
    reviewers: Sequence[str],
    longlist: Longlist,
    symbols: Symbols,
) -> Table:
    """A row per disagreement with the verdict of each reviewer."""
    names = longlist.names

    def said(who: str) -> Field[Disagreement]:
        return Field(who, who, show=lambda each: answer_cell(each.answers.get(who), symbols))

    fields: tuple[Field[Disagreement], ...] = (
        Field("ecosystem", _("ecosystem"), show=lambda each: names[each.ecosystem], wraps=True),
        Field(
            "question", _("question"), show=lambda each: question_text(each.question), wraps=True
        ),
        *map(said, reviewers),
    )
    return table(fields, disagreements)


def answer_cell(answer: Answer | None, symbols: Symbols) -> Cell:
    """A verdict with its sign; a dash where it was not judged."""
    verdict = answer.judged if answer else None
    if verdict is None:
        return Cell(symbols.dash, "faint")
    return verdict_cell(verdict, symbols)


def adjudicate_view(review: Review, longlist: Longlist, programme: Programme) -> AdjudicateView:
    """Return the view of what people disagree on, and of what was decided."""
    return AdjudicateView(
        review=review,
        disagreements=disagreements(review.forms, programme),
        unconfirmed=tuple(each for each in undecided(review, programme) if each.few),
        longlist=longlist,
        programme=programme,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjudicateView:
    """``kiamv review adjudicate``: the disagreements, with what was decided.

    ``unconfirmed`` is what too few judged; it waits for the chair as well.
    """

    review: Review
    disagreements: tuple[Disagreement, ...]
    unconfirmed: tuple[Undecided, ...]
    longlist: Longlist
    programme: Programme

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/review-adjudicate``."""
        return {
            **heading("review-adjudicate"),
            **judged_fields(self.programme, self.longlist),
            "open": sum(self._outcome(each) is None for each in self.disagreements),
            "disagreements": [
                {**disagreement_fields(each), "outcome": _outcome_fields(self._outcome(each))}
                for each in self.disagreements
            ],
            "unconfirmed": [
                {
                    "ecosystem": each.ecosystem,
                    "question": each.question.key,
                    "answers": _answer_fields(each.answers),
                }
                for each in self.unconfirmed
            ],
            "outcomes": [
                {"ecosystem": key[0], "question": key[1], **(_outcome_fields(each) or {})}
                for key, each in sorted(self.review.decided.items())
            ],
            **standing_fields(self.review.standing),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per disagreement: what each reviewer said, and the outcome."""
        for each in self.disagreements:
            outcome = self._outcome(each)
            row: dict[str, Value] = {"ecosystem": each.ecosystem, "question": each.question.key}
            for form in self.review.forms:
                answer = each.answers.get(form.reviewer)
                row[form.reviewer] = answer.verdict if answer else None
                row[f"{form.reviewer}_reason"] = answer.reason if answer else None
            row["outcome"] = outcome.verdict if outcome else None
            row["decided_by"] = outcome.by if outcome else None
            row["reason"] = outcome.reason if outcome else None
            yield row

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What is still open, then what was decided."""
        undecided = [each for each in self.disagreements if self._outcome(each) is None]
        reviewers = [form.reviewer for form in self.review.forms]
        size = count(len(self.disagreements), "disagreement", "disagreements")
        yield Heading(
            _("{disagreements}, {n} without an outcome", disagreements=size, n=len(undecided))
        )
        if undecided:
            yield disagreement_table(undecided, reviewers, self.longlist, symbols)
            yield Paragraph("")
            yield Paragraph(_("Until there is an outcome, the long list and the rule decide."))
        if self.unconfirmed:
            yield Heading(
                ngettext(
                    "{n} verdict that too few people gave",
                    "{n} verdicts that too few people gave",
                    len(self.unconfirmed),
                )
            )
            yield self._unconfirmed(symbols)
            yield Paragraph("")
            text = _("Until the chair confirms them, the long list and the rule decide.")
            yield Paragraph(text)
        if self.review.decided:
            yield Heading(_("Outcomes"))
            yield self._decided(symbols)

    def _decided(self, symbols: Symbols) -> Table:
        first = {
            (ecosystem, question.key): answers
            for ecosystem, question, answers in judged(self.review.forms, self.programme)
        }

        def before(outcome: ReviewOutcome) -> str:
            answers = first.get((outcome.ecosystem, outcome.question), {})
            return " ".join(
                symbols.mark(v) if v in VERDICTS else verdict_text(v, symbols)
                for a in answers.values()
                if (v := a.judged)
            )

        fields: tuple[Field[ReviewOutcome], ...] = (
            Field("ecosystem", _("ecosystem"), show=lambda each: each.ecosystem, wraps=True),
            Field("question", _("question"), show=lambda each: each.question),
            Field("first", _("first"), show=before),
            *outcome_columns(symbols, lambda each: each.by),
        )
        return table(fields, [each for _key, each in sorted(self.review.decided.items())])

    def _unconfirmed(self, symbols: Symbols) -> Table:
        names = self.longlist.names
        fields: tuple[Field[Undecided], ...] = (
            Field("ecosystem", _("ecosystem"), show=lambda e: names[e.ecosystem], wraps=True),
            Field("question", _("question"), show=lambda e: question_text(e.question), wraps=True),
            Field("by", _("by"), show=lambda e: listing([*e.answers])),
            Field(
                "verdict",
                _("verdict"),
                show=lambda e: answer_cell(next(iter(e.answers.values())), symbols),
            ),
        )
        return table(fields, self.unconfirmed)

    def _outcome(self, disagreement: Disagreement) -> ReviewOutcome | None:
        return self.review.decided.get((disagreement.ecosystem, disagreement.question.key))


def outcome_columns(
    symbols: Symbols, by: Callable[[ReviewOutcome], str]
) -> tuple[Field[ReviewOutcome], ...]:
    """Return the columns of what was decided: the verdict, when, by whom, and why.

    Args:
        symbols: The signs of verdicts.
        by: What whoever decided is called.
    """

    def verdict(outcome: ReviewOutcome) -> Cell:
        again = f" ({outcome.number})" if outcome.number > 1 else ""
        return verdict_cell(outcome.verdict, symbols, again)

    return (
        Field("outcome", _("outcome"), show=verdict),
        Field("date", _("date"), show=lambda e: e.on.isoformat() if e.on else symbols.dash),
        Field("by", _("by"), show=by, wraps=True),
        Field("reason", _("reason"), show=lambda each: each.reason, wraps=True),
    )


def _outcome_fields(outcome: ReviewOutcome | None) -> dict[str, object] | None:
    if outcome is None:
        return None
    return {
        "verdict": outcome.verdict,
        "by": outcome.by,
        "reason": outcome.reason,
        "as_of": outcome.as_of.isoformat(),
        "on": outcome.on.isoformat() if outcome.on else None,
        "number": outcome.number,
    }
