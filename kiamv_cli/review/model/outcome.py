"""From first verdicts and adjudication to the verdicts that count, each with its basis."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.problem import Refusal
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.model.facts import Judgement
from kiamv_cli.review.model.assignment import Unrecorded
from kiamv_cli.review.model.form import Grade, grade_of, judged, questions
from kiamv_cli.review.model.people import person_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.facts import JudgedBy, Verdict
    from kiamv_cli.programme.model.programme import Programme, Rule
    from kiamv_cli.review.model.assignment import Event
    from kiamv_cli.review.model.brief import BriefChange, Ruling
    from kiamv_cli.review.model.form import Answer, Form, Question

Key = tuple[str, str]
"""An ecosystem's id and the key of a question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOutcome:
    """What was decided on a verdict: by whom, when, and why.

    ``number`` counts from 1; a later outcome on the same replaces an earlier one, which stays.
    ``as_of`` is the reference date, ``on`` the day of the decision. ``questions`` and ``longlist``
    are the SHA-256 of what was asked and of the list when it was decided; these and ``on`` are
    ``None`` from an older kiamv.
    """

    ecosystem: str
    question: str
    verdict: Verdict | Grade
    by: str
    reason: str
    as_of: date
    on: date | None = None
    number: int = 1
    questions: str | None = None
    longlist: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Value):
    """What happened to a review since it was assigned that bears on its verdicts.

    Attributes:
        known: Whether it is on record what was asked; it is not in a review of an older kiamv.
        changes: What is asked otherwise now, and the chair has not decided on.
        entries: Ids of ecosystems of which the long list says something else now, with the keys
            that differ; the chair has not decided on these either.
        rulings: What the chair decided on earlier changes.
        lapsed: How many verdicts and outcomes do not count because of that.
        interested: Reviewers and those who decided, each with the id of an ecosystem in which
            they have an interest; what they said of it does not count.
        events: Who joined, withdrew or has an interest, and what was added or dropped.
        unrecorded: The same, where nobody put it on record yet.
    """

    known: bool = True
    changes: tuple[BriefChange, ...] = ()
    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rulings: tuple[Ruling, ...] = ()
    lapsed: int = 0
    interested: tuple[tuple[str, str], ...] = ()
    events: tuple[Event, ...] = ()
    unrecorded: Unrecorded = field(default_factory=Unrecorded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Value):
    """A review that was opened: the verdicts that count of all, and what was decided since.

    ``names`` are those of the reviewers by their ids. ``least`` says how many must have judged an
    ecosystem for their verdict to overrule the rule: one, unless it says otherwise. ``sha256`` is
    that of all that its files say.
    """

    forms: tuple[Form, ...]
    outcomes: tuple[ReviewOutcome, ...] = ()
    standing: Standing = field(default_factory=Standing)
    names: Mapping[str, str] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""

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
        return replace(self, forms=forms, outcomes=(), least={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided(Value):
    """A question on one ecosystem of which the list and the rule decide, for want of an outcome.

    ``few`` says why: fewer than enough judged it, and these agreed; else they disagree.
    """

    ecosystem: str
    question: Question
    answers: Mapping[str, Answer]
    few: bool


def undecided(review: Review, programme: Programme) -> tuple[Undecided, ...]:
    """Find where people judged and their verdict does not count for want of an outcome."""
    return tuple(
        Undecided(
            ecosystem=ecosystem,
            question=question,
            answers=answers,
            few=settled is not None,
        )
        for ecosystem, question, answers in judged(review.forms, programme)
        if (settled := _settled(ecosystem, question, answers, review, programme)) is None
        or settled.pending
    )


def with_review(longlist: Longlist, review: Review, programme: Programme) -> Longlist:
    """Let a review speak on a long list.

    Where enough people judged and all said the same, or their grades make one, that counts (basis
    ``review``, or ``person`` where one is enough); where verdicts differ, or fewer judged, the
    outcome of adjudication counts (``adjudicated``), and without one what the list and the rule
    say. An outcome overrules any verdict. A criterion of parts is taken part by part; it counts as
    adjudicated if any part is, else as one person's if any part is. What fewer than enough judged
    is there as well, where nothing else is, and pending: it does not count.
    """
    given: dict[str, dict[Question, Settled]] = {}
    for ecosystem, question, settled in _all_settled(review, programme):
        given.setdefault(ecosystem, {})[question] = settled
    as_of = review.as_of or longlist.as_of
    changed = (
        _with_verdicts(each, given[each.id], programme, as_of) if each.id in given else each
        for each in longlist.ecosystems
    )
    return replace(longlist, ecosystems=tuple(changed))


def settled_verdicts(review: Review, programme: Programme) -> dict[Key, Settled]:
    """Return the verdicts that count, by ecosystem and key of the question."""
    return {
        (ecosystem, question.key): settled
        for ecosystem, question, settled in _all_settled(review, programme)
        if not settled.pending
    }


def _all_settled(review: Review, programme: Programme) -> Iterator[tuple[str, Question, Settled]]:
    for ecosystem, question, answers in _judged_or_decided(review, programme):
        if settled := _settled(ecosystem, question, answers, review, programme):
            yield ecosystem, question, settled


def _judged_or_decided(
    review: Review, programme: Programme
) -> Iterator[tuple[str, Question, Mapping[str, Answer]]]:
    """Go over what anybody judged, and what was decided where nobody did."""
    there = set[Key]()
    for ecosystem, question, answers in judged(review.forms, programme):
        there.add((ecosystem, question.key))
        yield ecosystem, question, answers
    by_key = {each.key: each for each in questions(programme)}
    for key in review.decided:
        if key not in there and key[1] in by_key:
            yield key[0], by_key[key[1]], {}


_BASES: tuple[JudgedBy, ...] = ("adjudicated", "person", "review")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A verdict on which there is no difference, or that was decided.

    Attributes:
        by: Whose it is.
        cited: What reviewers relied on.
        on: The day on which it was decided.
        pending: Whether too few judged it, so that it waits for the chair, and does not count.
    """

    verdict: Verdict | Grade
    by: tuple[str, ...]
    reason: str
    basis: JudgedBy
    cited: tuple[str, ...]
    on: date | None = None
    pending: bool = False


def _settled(
    ecosystem: str,
    question: Question,
    answers: Mapping[str, Answer],
    review: Review,
    programme: Programme,
) -> Settled | None:
    cited = tuple(dict.fromkeys(c.text for answer in answers.values() for c in answer.evidence))
    if outcome := review.decided.get((ecosystem, question.key)):
        return Settled(
            verdict=outcome.verdict,
            by=(outcome.by,),
            reason=outcome.reason,
            basis="adjudicated",
            cited=cited,
            on=outcome.on,
        )
    rule = programme.criterion(question.criterion).rule
    verdict = _common([answer.judged for answer in answers.values()], rule)
    if verdict is None:
        return None
    reasons = (f"{who}: {answer.reason}" for who, answer in answers.items() if answer.reason)
    return Settled(
        verdict=verdict,
        by=tuple(answers),
        reason="; ".join(reasons),
        basis="review" if len(answers) > 1 else "person",
        cited=cited,
        pending=len(answers) < review.least.get(ecosystem, 1),
    )


def _common(judgements: Sequence[Verdict | Grade | None], rule: Rule) -> Verdict | Grade | None:
    """Return what all said, or what their grades make together; ``None`` where verdicts differ.

    Who could not tell leaves the count of grades.
    """
    if grades := [grade for each in judgements if (grade := grade_of(each)) is not None]:
        return Grade(str(number_as_written(rule.together(grades))))
    verdicts = set(judgements)
    return verdicts.pop() if len(verdicts) == 1 else None


def _with_verdicts(
    ecosystem: Ecosystem,
    settled: Mapping[Question, Settled],
    programme: Programme,
    as_of: date,
) -> Ecosystem:
    verdicts = dict(ecosystem.verdicts)
    for criterion in programme.criteria:
        parts = [each for each in questions(programme) if each.criterion == criterion.id]
        given = {each: settled[each] for each in parts if each in settled}
        counting = {each: there for each, there in given.items() if not there.pending}
        there = ecosystem.verdicts.get(criterion.id)
        listed = None if there is None else there.listed
        if counting:
            verdicts[criterion.id] = replace(_judgement(counting, as_of), overruled=listed)
        elif given and listed is None:
            verdicts[criterion.id] = replace(_judgement(given, as_of), pending=True)
    return replace(ecosystem, verdicts=verdicts)


def _judgement(settled: Mapping[Question, Settled], as_of: date) -> Judgement:
    parts = {
        question.part: cast("Verdict", each.verdict)
        for question, each in settled.items()
        if question.part
    }
    first = next(iter(settled.values()))
    reasons = (
        f"{question.part}: {each.reason}" if question.part else each.reason
        for question, each in settled.items()
        if each.reason
    )
    grade = grade_of(first.verdict)
    bases = {each.basis for each in settled.values()}
    return Judgement(
        verdict=None if parts or grade is not None else cast("Verdict", first.verdict),
        grade=grade,
        by=", ".join(dict.fromkeys(name for each in settled.values() for name in each.by)),
        date=as_of,
        decided=max((each.on for each in settled.values() if each.on), default=None),
        reason="; ".join(reasons),
        parts=parts,
        cited=tuple(dict.fromkeys(text for each in settled.values() for text in each.cited)),
        basis=next(each for each in _BASES if each in bases),
        reviewed=True,
    )
