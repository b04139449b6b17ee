"""What reviewers are asked and answered, and where they disagree, the largest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Literal, NewType, cast, get_args

from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.facts import VERDICT_SCORES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.programme.model.programme import Programme, Scale


FormVerdict = Literal["met", "partly", "not-met", "unknown", "not-mine"]
"""``unknown``: looked, and cannot tell. ``not-mine``: this is not for me to judge."""

Grade = NewType("Grade", str)
"""What is said where a criterion has a scale: a grade as files hold it, such as ``3.5``."""

# A form as a table: what sheets, columns and verdicts are called, by those who write it, in the
# language of the reviewer, and by those who read it, in any.
FORM_SHEET, ABOUT_SHEET = "Form", "About"
FORM_COLUMNS = (
    "ecosystem",
    "known",
    "question",
    "verdict",
    "reason",
    "evidence",
    "code",
)
# The table of what is to be decided.
OUTCOME_COLUMNS = (
    "ecosystem",
    "known",
    "question",
    "said",
    "verdict",
    "by",
    "date",
    "reason",
    "code",
)
FORM_VERDICT_WORDS: Mapping[FormVerdict, str] = {
    "met": "met",
    "partly": "partly",
    "not-met": "not met",
    "unknown": "unknown",
    "not-mine": "not mine",
}
ABOUT_KEYS = ("schema", "reviewer", "as_of", "criteria", "questions", "longlist")
# How many signs of a SHA-256 a line under a table has room for.
SHORT = 12


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to judge: a criterion, or one part of a criterion that is judged by its parts."""

    criterion: str
    part: str | None = None

    @property
    def key(self) -> str:
        """Its name: ``regional``, ``multi-helix.industry``."""
        return f"{self.criterion}.{self.part}" if self.part else self.criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where the evidence stands: a source of the ecosystem by its id, and the place in it."""

    source: str
    place: str | None = None

    @property
    def text(self) -> str:
        """The source and the place in it, as people write it: ``s1: p. 12``."""
        return f"{self.source}: {self.place}" if self.place else self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reviewer said to one question; a ``verdict`` of ``None`` is not judged (yet)."""

    verdict: FormVerdict | Grade | None = None
    reason: str | None = None
    evidence: tuple[Citation, ...] = ()

    @property
    def cited(self) -> str:
        """The sources relied on, as people write them."""
        return "; ".join(each.text for each in self.evidence)

    @property
    def judged(self) -> Verdict | Grade | None:
        """The verdict or grade, if it is one; neither *not judged* nor *not mine* is."""
        return None if self.verdict == "not-mine" else self.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Value):
    """All that one reviewer said, by ecosystem and by the key of the question.

    ``as_of`` is the reference date at which they judged, ``longlist`` the SHA-256 of the list,
    ``questions`` that of the questions and rules (see ``asked``); ``None`` from an older kiamv.
    ``remarks`` are on what its file holds and is not read, and no part of what they said.
    """

    reviewer: str
    as_of: date
    longlist: str
    answers: Mapping[str, Mapping[str, Answer]]
    questions: str | None = None
    remarks: tuple[Problem, ...] = field(default=(), compare=False)

    def only(self, counts: Callable[[str, str], bool]) -> Form:
        """Return the form with the answers that count; the others are as if not judged.

        Args:
            counts: Tells so of an ecosystem and the key of a question.
        """
        answers = {
            ecosystem: {
                key: answer if counts(ecosystem, key) else Answer() for key, answer in given.items()
            }
            for ecosystem, given in self.answers.items()
        }
        return replace(self, answers=answers)


def grade_of(text: str | None) -> Fraction | None:
    """Return the grade that was given; ``None`` if it is a verdict in words, or none."""
    return None if text is None or text in get_args(FormVerdict) else Fraction(text)


Gap = Literal["verdict", "reason"]


def gaps(form: Form, ecosystems: Iterable[str]) -> Iterator[tuple[str, str, Gap]]:
    """Yield what a form lacks, as the ecosystem, the key of the question, and which it is.

    Args:
        form: The form.
        ecosystems: The ids of those that are to be judged on it.
    """
    for ecosystem in ecosystems:
        for key, answer in form.answers.get(ecosystem, {}).items():
            if answer.verdict is None:
                yield ecosystem, key, "verdict"
            elif answer.judged and not answer.reason:
                yield ecosystem, key, "reason"


def overlaid(versions: Sequence[Form]) -> Form:
    """Return what a reviewer said with all of their forms: the last that has an ecosystem counts.

    Args:
        versions: The forms, the earliest first; at least one.
    """
    answers = {each: given for form in versions for each, given in form.answers.items()}
    return replace(versions[-1], answers=answers)


def questions(programme: Programme) -> tuple[Question, ...]:
    """What there is to judge of each ecosystem: criteria in order, the sides of a helix apart."""
    return tuple(
        Question(criterion.id, part)
        for criterion in programme.criteria
        for part in criterion.rule.parts or (None,)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement(Value):
    """One ecosystem and question on which verdicts differ.

    Attributes:
        answers: By reviewer what was said; only those who judged.
        distance: Between the highest and the lowest verdict or grade on the scale of scores: 1 is
            met against not-met, 1/2 one step, 0 where only some cannot tell (``unknown``).
        share: The share of pairs of verdicts that differ, in (0, 1].
    """

    ecosystem: str
    question: Question
    answers: Mapping[str, Answer]
    distance: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How much one question divides the reviewers.

    ``clashes`` counts the pairs of verdicts that differ by which two they are, most first.
    """

    question: Question
    pairs: int
    differ: int
    clashes: tuple[tuple[tuple[str, str], int], ...]

    @property
    def share(self) -> Fraction:
        """The share of pairs that differ."""
        return Fraction(self.differ, self.pairs) if self.pairs else Fraction(0)


def disagreements(forms: Sequence[Form], programme: Programme) -> tuple[Disagreement, ...]:
    """Find all, by distance, then by the share of pairs that differ, then by the order asked.

    ``unknown`` counts as a verdict of its own; what was not judged does not count.
    """
    found = []
    for ecosystem, question, answers in judged(forms, programme):
        verdicts = [answer.judged for answer in answers.values()]
        if len(set(verdicts)) > 1:
            scale = programme.criterion(question.criterion).rule.scale
            scores = [_score(v, scale) for v in verdicts if v and v != "unknown"]
            pairs = [one != other for one, other in combinations(verdicts, 2)]
            found.append(
                Disagreement(
                    ecosystem=ecosystem,
                    question=question,
                    answers=answers,
                    distance=max(scores) - min(scores),
                    share=Fraction(sum(pairs), len(pairs)),
                )
            )
    return tuple(sorted(found, key=lambda each: (-each.distance, -each.share)))


def _score(verdict: Verdict | Grade, scale: Scale | None) -> Fraction:
    grade = grade_of(verdict)
    if grade is not None and scale is not None:
        return scale.score(grade)
    return VERDICT_SCORES[cast("Verdict", verdict)]


def wordings(forms: Sequence[Form], programme: Programme) -> tuple[Wording, ...]:
    """Return for each question how much it divides, the one with the largest share first."""
    clashes: dict[Question, Counter[tuple[str, str]]] = {
        question: Counter() for question in questions(programme)
    }
    pairs: Counter[Question] = Counter()
    for _, question, answers in judged(forms, programme):
        verdicts = sorted((v for a in answers.values() if (v := a.judged)), key=_rank)
        couples = list(combinations(verdicts, 2))
        pairs[question] += len(couples)
        clashes[question].update(couple for couple in couples if couple[0] != couple[1])
    found = (
        Wording(
            question=question,
            pairs=pairs[question],
            differ=counts.total(),
            clashes=tuple(sorted(counts.items(), key=lambda each: -each[1])),
        )
        for question, counts in clashes.items()
    )
    return tuple(sorted(found, key=lambda each: -each.share))


def judged(
    forms: Sequence[Form], programme: Programme
) -> Iterable[tuple[str, Question, Mapping[str, Answer]]]:
    """Go over ecosystems and questions, each with the answers of those who judged."""
    for ecosystem in sorted({each for form in forms for each in form.answers}):
        for question in questions(programme):
            answers = {
                form.reviewer: answer
                for form in forms
                if (answer := form.answers.get(ecosystem, {}).get(question.key)) and answer.judged
            }
            if answers:
                yield ecosystem, question, answers


_ORDER = ("met", "partly", "not-met", "unknown")


def _rank(text: str) -> tuple[int, Fraction]:
    """Return what verdicts and grades are sorted by, the best first."""
    grade = grade_of(text)
    return (_ORDER.index(text), Fraction(0)) if grade is None else (0, -grade)
