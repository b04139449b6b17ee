"""From first verdicts and adjudication to the verdicts that count, each with its basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.facts import Judgement
from kiamv_cli.review.model.form import judged, questions
from kiamv_cli.review.model.people import person_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.facts import JudgedBy, Verdict
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.brief import BriefChange, Ruling
    from kiamv_cli.review.model.form import Answer, Form, Question

Key = tuple[str, str]
"""An ecosystem's id and the key of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOutcome:
    """What was decided where reviewers disagreed: by whom, and why.

    ``number`` counts from 1; a later outcome on the same replaces an earlier one, which stays.
    ``questions`` and ``longlist`` are the SHA-256 of what was asked and of the list when it was
    decided; ``None`` from an older kiamv.
    """

    ecosystem: str
    question: str
    verdict: Verdict
    by: str
    reason: str
    as_of: date
    number: int = 1
    questions: str | None = None
    longlist: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What happened to a review since it was assigned that bears on its verdicts.

    Attributes:
        known: Whether it is on record what was asked; it is not in a review of an older kiamv.
        changes: What is asked otherwise now, and the chair has not decided on.
        entries: Ids of ecosystems of which the long list says something else now.
        rulings: What the chair decided on earlier changes.
        lapsed: How many verdicts and outcomes do not count because of that.
        interested: Reviewers and those who decided, each with the id of an ecosystem in which
            they have an interest; what they said of it does not count.
    """

    known: bool = True
    changes: tuple[BriefChange, ...] = ()
    entries: tuple[str, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    lapsed: int = 0
    interested: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Value):
    """A review that was opened: the verdicts that count of all, and what was decided since.

    ``names`` are those of the reviewers by their ids.
    """

    forms: tuple[Form, ...]
    outcomes: tuple[ReviewOutcome, ...] = ()
    standing: Standing = field(default_factory=Standing)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def as_of(self) -> date | None:
        """The reference date of all verdicts; ``None`` where there are none.

        Raises:
            Refusal: The forms are not all of one date.
        """
        first = self.forms[0] if self.forms else None
        for form in self.forms:
            if first and form.as_of != first.as_of:
                raise Refusal(
                    Text(
                        "requests.forms-of-two-dates",
                        one=form.reviewer,
                        date=form.as_of,
                        other=first.reviewer,
                        other_date=first.as_of,
                    )
                )
        return first.as_of if first else None

    @property
    def decided(self) -> Mapping[Key, ReviewOutcome]:
        """The outcome that counts for each ecosystem and question: the last."""
        ordered = sorted(self.outcomes, key=lambda each: each.number)
        return {(each.ecosystem, each.question): each for each in ordered}

    def only(self, reviewer: str) -> Review:
        """Return what one of them said, without the others and without what was decided.

        Args:
            reviewer: Their id or their name, compared folded.

        Raises:
            Misfit: There is no such reviewer.
        """
        people = {form.reviewer: self.names.get(form.reviewer, "") for form in self.forms}
        known = person_id(reviewer, people)
        forms = tuple(form for form in self.forms if form.reviewer == known)
        return replace(self, forms=forms, outcomes=())


def open_disagreements(review: Review, programme: Programme) -> int:
    """How many disagreements have no outcome yet; there the rule stands."""
    return sum(
        _settled(ecosystem, question, answers, review.decided) is None
        for ecosystem, question, answers in judged(review.forms, programme)
    )


def with_review(longlist: Longlist, review: Review, programme: Programme) -> Longlist:
    """Let a review speak on a long list.

    Where all who judged said the same, that counts (basis ``review``); where only one judged, what
    they said is one person's verdict (``person``); where verdicts differ, the outcome of
    adjudication counts (``adjudicated``), and without one what the list and the rule say. A
    criterion of parts is taken part by part; it counts as adjudicated if any part is, else as one
    person's if any part is.
    """
    decided = review.decided
    found: dict[str, dict[Question, _Settled]] = {}
    for ecosystem, question, answers in judged(review.forms, programme):
        if settled := _settled(ecosystem, question, answers, decided):
            found.setdefault(ecosystem, {})[question] = settled
    as_of = review.as_of or longlist.as_of
    changed = (
        _with_verdicts(each, found[each.id], programme, as_of) if each.id in found else each
        for each in longlist.ecosystems
    )
    return replace(longlist, ecosystems=tuple(changed))


_BASES: tuple[JudgedBy, ...] = ("adjudicated", "person", "review")


@dataclass(frozen=True, slots=True)
class _Settled:
    verdict: Verdict
    by: tuple[str, ...]
    reason: str
    basis: JudgedBy


def _settled(
    ecosystem: str,
    question: Question,
    answers: Mapping[str, Answer],
    decided: Mapping[Key, ReviewOutcome],
) -> _Settled | None:
    if outcome := decided.get((ecosystem, question.key)):
        return _Settled(outcome.verdict, (outcome.by,), outcome.reason, "adjudicated")
    verdicts = {answer.judged for answer in answers.values()}
    if len(verdicts) > 1:
        return None
    (verdict,) = verdicts
    assert verdict, "only answers that judge are gone over"
    reasons = (f"{who}: {answer.reason}" for who, answer in answers.items() if answer.reason)
    basis: JudgedBy = "review" if len(answers) > 1 else "person"
    return _Settled(verdict, tuple(answers), "; ".join(reasons), basis)


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
    bases = {each.basis for each in said.values()}
    basis = next(each for each in _BASES if each in bases)
    return Judgement(
        verdict=None if parts else first.verdict,
        by=", ".join(dict.fromkeys(name for each in said.values() for name in each.by)),
        date=as_of,
        reason="; ".join(reasons),
        parts=parts,
        basis=basis,
        reviewed=True,
    )
