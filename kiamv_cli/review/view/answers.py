"""What reviewers said, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.heading import heading
from kiamv_cli.display.text import count, listing, number
from kiamv_cli.display.words import word
from kiamv_cli.longlist.view.heading import judged_fields
from kiamv_cli.review.model.form import disagreements, judged
from kiamv_cli.review.model.outcome import undecided
from kiamv_cli.review.view.steps import standing_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer, Disagreement, Question
    from kiamv_cli.review.model.outcome import Review, ReviewOutcome, Undecided


def question_text(question: Question) -> str:
    """A question in few words: its key."""
    return question.key


def disagreement_fields(one: Disagreement) -> dict[str, object]:
    """A disagreement for JSON."""
    return {
        "ecosystem": one.ecosystem,
        "question": one.question.key,
        "distance": number(one.distance),
        "share": number(one.share),
        "answers": _answer_fields(one.answers),
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
    found: Sequence[Disagreement], reviewers: Sequence[str], longlist: Longlist, symbols: Symbols
) -> Table:
    """A row per disagreement with the verdict of each reviewer."""
    names = longlist.names
    columns = (
        Column(_("ecosystem"), wraps=True),
        Column(_("question"), wraps=True),
        *(Column(who) for who in reviewers),
    )
    rows = (
        (
            Cell(names[each.ecosystem]),
            Cell(question_text(each.question)),
            *(answer_cell(each.answers.get(who), symbols) for who in reviewers),
        )
        for each in found
    )
    return Table(columns, tuple(rows))


def answer_cell(answer: Answer | None, symbols: Symbols) -> Cell:
    """A verdict with its sign; a dash where it was not judged."""
    verdict = answer.judged if answer else None
    if verdict is None:
        return Cell(symbols.dash, "faint")
    return Cell(f"{symbols.mark(verdict)} {word(verdict)}", verdict)


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
            columns = (
                Column(_("ecosystem"), wraps=True),
                Column(_("question")),
                Column(_("first")),
                Column(_("outcome")),
                Column(_("date")),
                Column(_("by"), wraps=True),
                Column(_("reason"), wraps=True),
            )
            first = {
                (ecosystem, question.key): answers
                for ecosystem, question, answers in judged(self.review.forms, self.programme)
            }
            rows = (
                _decided(each, first.get(key, {}), symbols)
                for key, each in sorted(self.review.decided.items())
            )
            yield Table(columns, tuple(rows))

    def _unconfirmed(self, symbols: Symbols) -> Table:
        names = {each.id: each.name for each in self.longlist.ecosystems}
        columns = (
            Column(_("ecosystem"), wraps=True),
            Column(_("question"), wraps=True),
            Column(_("by")),
            Column(_("verdict")),
        )
        rows = (
            (
                Cell(names[each.ecosystem]),
                Cell(question_text(each.question)),
                Cell(listing([*each.answers])),
                answer_cell(next(iter(each.answers.values())), symbols),
            )
            for each in self.unconfirmed
        )
        return Table(columns, tuple(rows))

    def _outcome(self, one: Disagreement) -> ReviewOutcome | None:
        return self.review.decided.get((one.ecosystem, one.question.key))


def _decided(
    outcome: ReviewOutcome, answers: Mapping[str, Answer], symbols: Symbols
) -> tuple[Cell, ...]:
    first = " ".join(symbols.mark(v) for a in answers.values() if (v := a.judged))
    again = f" ({outcome.number})" if outcome.number > 1 else ""
    verdict = f"{symbols.mark(outcome.verdict)} {word(outcome.verdict)}{again}"
    return (
        Cell(outcome.ecosystem),
        Cell(outcome.question),
        Cell(first),
        Cell(verdict, outcome.verdict),
        Cell(outcome.on.isoformat() if outcome.on else symbols.dash),
        Cell(outcome.by),
        Cell(outcome.reason),
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
