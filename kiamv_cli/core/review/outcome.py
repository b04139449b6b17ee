"""From first verdicts and adjudication to the verdicts that count, each with its basis."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.core.longlist import Judgement
from kiamv_cli.core.review.disagreements import judged
from kiamv_cli.core.review.form import questions
from kiamv_cli.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kiamv_cli.core.longlist import Ecosystem, Longlist, Verdict
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.review.form import Answer, Form, Question

Key = tuple[str, str]
"""An ecosystem's id and the key of a question."""


class NotInReviewError(LookupError):
    """There is no such reviewer or disagreement in the review; the message says what there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was decided where reviewers disagreed: by whom, and why.

    ``number`` counts from 1; a later outcome on the same replaces an earlier one, which stays.
    """

    ecosystem: str
    question: str
    verdict: Verdict
    by: str
    reason: str
    as_of: date
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A review that was opened: first verdicts of all, and what was decided since."""

    forms: tuple[Form, ...]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def decided(self) -> Mapping[Key, Outcome]:
        """The outcome that counts for each ecosystem and question: the last."""
        ordered = sorted(self.outcomes, key=lambda each: each.number)
        return {(each.ecosystem, each.question): each for each in ordered}

    def only(self, reviewer: str) -> Review:
        """What one of them said, without the others and without what was decided.

        Raises:
            NotInReviewError: There is no such reviewer.
        """
        known = [form.reviewer for form in self.forms]
        if reviewer not in known:
            told = _(
                '"{reviewer}" did not review. Reviewers: {names}.',
                reviewer=reviewer,
                names=", ".join(known),
            )
            raise NotInReviewError(told)
        return Review(forms=tuple(form for form in self.forms if form.reviewer == reviewer))


def open_disagreements(review: Review, programme: Programme) -> int:
    """How many disagreements have no outcome yet; there the rule stands."""
    return sum(
        _settled(ecosystem, question, answers, review.decided) is None
        for ecosystem, question, answers in judged(review.forms, programme)
    )


def with_review(longlist: Longlist, review: Review, programme: Programme) -> Longlist:
    """Let a review speak on a long list.

    Where all who judged said the same, that counts (basis ``review``); where they did not, the
    outcome of adjudication counts (``adjudicated``), and without one what the list and the rule
    say. A criterion of parts is taken part by part; it counts as adjudicated if any part is.
    """
    decided = review.decided
    found: dict[str, dict[Question, _Settled]] = {}
    for ecosystem, question, answers in judged(review.forms, programme):
        if settled := _settled(ecosystem, question, answers, decided):
            found.setdefault(ecosystem, {})[question] = settled
    as_of = max((form.as_of for form in review.forms), default=longlist.as_of)
    changed = (
        _with_verdicts(each, found[each.id], programme, as_of) if each.id in found else each
        for each in longlist.ecosystems
    )
    return replace(longlist, ecosystems=tuple(changed))


@dataclass(frozen=True, slots=True)
class _Settled:
    verdict: Verdict
    by: tuple[str, ...]
    reason: str
    adjudicated: bool


def _settled(
    ecosystem: str,
    question: Question,
    answers: Mapping[str, Answer],
    decided: Mapping[Key, Outcome],
) -> _Settled | None:
    if outcome := decided.get((ecosystem, question.key)):
        return _Settled(outcome.verdict, (outcome.by,), outcome.reason, adjudicated=True)
    verdicts = {answer.judged for answer in answers.values()}
    if len(verdicts) > 1:
        return None
    (verdict,) = verdicts
    assert verdict, "only answers that judge are gone over"
    reasons = (f"{who}: {answer.reason}" for who, answer in answers.items() if answer.reason)
    return _Settled(verdict, tuple(answers), "; ".join(reasons), adjudicated=False)


def _with_verdicts(
    ecosystem: Ecosystem,
    settled: Mapping[Question, _Settled],
    programme: Programme,
    as_of: date,
) -> Ecosystem:
    verdicts = dict(ecosystem.verdicts)
    for criterion in programme.criteria:
        asked = [each for each in questions(programme) if each.criterion == criterion.id]
        said = {each: settled[each] for each in asked if each in settled}
        if said:
            there = ecosystem.verdicts.get(criterion.id)
            listed = None if there is None else there.listed
            verdicts[criterion.id] = replace(_judgement(said, as_of), overruled=listed)
    return replace(ecosystem, verdicts=verdicts)


def _judgement(said: Mapping[Question, _Settled], as_of: date) -> Judgement:
    parts = {question.part: each.verdict for question, each in said.items() if question.part}
    first = next(iter(said.values()))
    reasons = (
        f"{question.part}: {each.reason}" if question.part else each.reason
        for question, each in said.items()
        if each.reason
    )
    return Judgement(
        verdict=None if parts else first.verdict,
        by=", ".join(dict.fromkeys(name for each in said.values() for name in each.by)),
        date=as_of,
        reason="; ".join(reasons),
        parts=parts,
        basis="adjudicated" if any(each.adjudicated for each in said.values()) else "review",
    )
