"""What reviewers said, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.heading import heading
from kiamv_cli.display.text import count, number
from kiamv_cli.display.words import word
from kiamv_cli.longlist.view.heading import judged_fields
from kiamv_cli.review.view.steps import standing_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer, Disagreement, Question
    from kiamv_cli.review.model.outcome import Review, ReviewOutcome


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
        "answers": {
            who: {"verdict": answer.verdict, "reason": answer.reason}
            for who, answer in one.answers.items()
        },
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjudicateView:
    """``kiamv review adjudicate``: the disagreements, with what was decided."""

    review: Review
    disagreements: tuple[Disagreement, ...]
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
            row["by"] = outcome.by if outcome else None
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
        decided = [
            (each, outcome) for each in self.disagreements if (outcome := self._outcome(each))
        ]
        if decided:
            yield Heading(_("Outcomes"))
            columns = (
                Column(_("ecosystem"), wraps=True),
                Column(_("question")),
                Column(_("first")),
                Column(_("outcome")),
                Column(_("by"), wraps=True),
                Column(_("reason"), wraps=True),
            )
            rows = (self._decided(each, outcome, symbols) for each, outcome in decided)
            yield Table(columns, tuple(rows))

    def _decided(
        self, one: Disagreement, outcome: ReviewOutcome, symbols: Symbols
    ) -> tuple[Cell, ...]:
        first = " ".join(symbols.mark(v) for a in one.answers.values() if (v := a.judged))
        again = f" ({outcome.number})" if outcome.number > 1 else ""
        return (
            Cell(one.ecosystem),
            Cell(one.question.key),
            Cell(first),
            Cell(
                f"{symbols.mark(outcome.verdict)} {word(outcome.verdict)}{again}", outcome.verdict
            ),
            Cell(outcome.by),
            Cell(outcome.reason),
        )

    def _outcome(self, one: Disagreement) -> ReviewOutcome | None:
        return self.review.decided.get((one.ecosystem, one.question.key))


def _outcome_fields(outcome: ReviewOutcome | None) -> dict[str, object] | None:
    if outcome is None:
        return None
    return {
        "verdict": outcome.verdict,
        "by": outcome.by,
        "reason": outcome.reason,
        "as_of": outcome.as_of.isoformat(),
        "number": outcome.number,
    }
