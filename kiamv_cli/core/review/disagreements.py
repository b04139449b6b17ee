"""Where reviewers disagree, the largest first, and which question causes most of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.core.review.form import questions
from kiamv_cli.core.rules import VERDICT_SCORES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiamv_cli.core.facts import Verdict
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.review.form import Answer, Form, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One ecosystem and question on which verdicts differ.

    Attributes:
        answers: By reviewer what was said; only those who judged.
        distance: Between the highest and the lowest verdict on the scale of scores: 1 is met
            against not-met, 1/2 one step, 0 where only some cannot tell (``unknown``).
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
    clashes: tuple[tuple[tuple[Verdict, Verdict], int], ...]

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
            scores = [VERDICT_SCORES[v] for v in verdicts if v and v != "unknown"]
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


def wordings(forms: Sequence[Form], programme: Programme) -> tuple[Wording, ...]:
    """Tell for each question how much it divides, the one with the largest share first."""
    clashes: dict[Question, Counter[tuple[Verdict, Verdict]]] = {
        question: Counter() for question in questions(programme)
    }
    pairs: Counter[Question] = Counter()
    for _, question, answers in judged(forms, programme):
        verdicts = sorted((v for a in answers.values() if (v := a.judged)), key=_ORDER.index)
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


_ORDER: tuple[Verdict, ...] = ("met", "partly", "not-met", "unknown")
