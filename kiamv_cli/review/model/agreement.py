"""How far reviewers agree, question by question and overall, on their first verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from operator import mul
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Result, Value
from kiamv_cli.review.model.coefficients import COEFFICIENTS, Scale, Why
from kiamv_cli.review.model.form import Question, grade_of, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.form import Answer, Disagreement, Form, Wording
    from kiamv_cli.review.model.outcome import Standing

Treatment = Literal["missing", "category"]
# In the order of the ranking: by what is proven, then by what is possible (rule V3).
SCALES: Mapping[Treatment, tuple[Verdict, ...]] = {
    "missing": ("not-met", "partly", "met"),
    "category": ("not-met", "unknown", "partly", "met"),
}
# A coefficient that is undefined in more resamples than this gets no interval.
_MOST_UNDEFINED = Fraction(1, 20)
_TAIL = Fraction(25, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A coefficient, at most 1; 0 is what chance would give.

    ``why`` says why it has no ``value``. ``low`` and ``high`` are its 95 % interval, ``None``
    where it is undefined in more than 5 % of the resamples (``undefined`` counts those).
    """

    value: Fraction | None
    why: Why | Literal["not-two"] | None = None
    low: float | None = None
    high: float | None = None
    undefined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Value):
    """Agreement on one question, on a criterion of parts, or on all (``question`` is ``None``).

    Attributes:
        units: How many ecosystems (overall: ecosystems times questions) two or more judged.
        alone: How many only one judged: a verdict of one person, on which nobody can agree.
        pairs: Pairs of verdicts on the same, by different reviewers; ``agreed``: alike.
        verdicts: How often each verdict was given.
        estimates: By coefficient: ``share`` (of the pairs on an ecosystem that agree, the mean
            over ecosystems: what ``ac1`` and ``fleiss`` correct for chance), ``ac1``, ``alpha``,
            ``fleiss``, ``cohen``.
    """

    question: Question | None
    reviewers: tuple[str, ...]
    treatment: Treatment
    units: int
    alone: int
    pairs: int
    agreed: int
    verdicts: Mapping[Verdict, int]
    estimates: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Value):
    """Per treatment of ``unknown`` a row per question, one for all, and one per two reviewers."""

    reviewers: tuple[str, ...]
    resamples: int
    rows: tuple[Row, ...]
    couples: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAgreement(Result):
    """How far the reviewers of a review agree, where they do not, and on which wording.

    ``seed`` is that of the intervals.
    """

    agreement: Agreement
    disagreements: tuple[Disagreement, ...]
    wordings: tuple[Wording, ...]
    longlist: Longlist
    programme: Programme
    seed: str
    standing: Standing

    def figures(self) -> Iterator[str]:
        """Yield how many judged, and on how much they disagree."""
        yield f"{len(self.agreement.reviewers)} reviewers"
        yield f"{len(self.disagreements)} disagreements"


def agreement(
    forms: Sequence[Form], programme: Programme, draw: Callable[[], float], resamples: int = 1000
) -> Agreement:
    """Measure agreement on first verdicts.

    The intervals are percentile bootstrap intervals (Efron; for alpha and kappa see Zapf et al.,
    *BMC Med. Res. Methodol.* 16:93, 2016): ecosystems are drawn with all that was said of them,
    so that verdicts on the same ecosystem are never taken for independent. Grades are compared by
    the verdicts that they come to.

    Args:
        forms: The first verdicts, one form per reviewer.
        programme: What was asked.
        draw: Gives the next random number, from 0 up to but not including 1.
        resamples: How many; 0 for no intervals.
    """
    ecosystems = sorted({each for form in forms for each in form.answers})
    samples = [_sample(len(ecosystems), draw) for _ in range(resamples)]
    reviewers = tuple(form.reviewer for form in forms)
    topics = questions(programme)
    shown = dict.fromkeys(
        each for whole, parts in _by_criterion(topics).items() for each in (*parts, whole)
    )
    rows: list[Row] = []
    couples: list[Row] = []
    for treatment in SCALES:
        table = _Table(forms, ecosystems, treatment, programme)
        rows += (table.row(question, samples) for question in (*shown, None))
        if len(forms) > 2:  # noqa: PLR2004 - of two, the row for all says it
            couples += (
                _Table(two, ecosystems, treatment, programme).row(None, samples)
                for two in combinations(forms, 2)
            )
    return Agreement(
        reviewers=reviewers, resamples=resamples, rows=tuple(rows), couples=tuple(couples)
    )


def _sample(size: int, draw: Callable[[], float]) -> list[int]:
    """Draw as many ecosystems as there are, with replacement: how often each."""
    drawn = Counter(int(draw() * size) for _ in range(size))
    return [drawn[place] for place in range(size)]


class _Table:
    """What each ecosystem adds to the sums, per question."""

    def __init__(
        self,
        forms: Sequence[Form],
        ecosystems: Sequence[str],
        treatment: Treatment,
        programme: Programme,
    ) -> None:
        topics = questions(programme)
        self.treatment = treatment
        self.reviewers = tuple(form.reviewer for form in forms)
        self.scale = Scale(SCALES[treatment], len(forms))
        given_answers = [form.answers for form in forms]
        self.added: dict[Question | None, list[tuple[int, ...]]] = {
            question: [
                self.scale.row_of(
                    [_judged(each, ecosystem, question, programme) for each in given_answers]
                )
                for ecosystem in ecosystems
            ]
            for question in topics
        }
        self.added[None] = self._together(topics)
        for whole, parts in _by_criterion(topics).items():
            if whole not in self.added:
                self.added[whole] = self._together(parts)

    def _together(self, topics: Sequence[Question]) -> list[tuple[int, ...]]:
        by_ecosystem = zip(*(self.added[question] for question in topics), strict=True)
        return [tuple(map(sum, zip(*rows, strict=True))) for rows in by_ecosystem]

    def row(self, question: Question | None, samples: Sequence[Sequence[int]]) -> Row:
        columns = list(zip(*self.added[question], strict=True))
        sums = self.scale.sums([sum(column) for column in columns])
        # A column of zeros stays zero, and many are.
        filled = [column if any(column) else () for column in columns]
        drawn = [self.scale.sums(_weighted(filled, sample)) for sample in samples]
        estimates = {}
        for name, coefficient in COEFFICIENTS.items():
            if name == "cohen" and len(self.reviewers) != 2:  # noqa: PLR2004 - it is for two
                estimates[name] = Estimate(value=None, why="not-two")
            else:
                estimates[name] = _estimate(coefficient(sums), map(coefficient, drawn), samples)
        return Row(
            question=question,
            reviewers=self.reviewers,
            treatment=self.treatment,
            units=sums.paired,
            alone=sums.units - sums.paired,
            pairs=sums.pairs,
            agreed=sums.agreed,
            verdicts=dict(zip(SCALES[self.treatment], sums.counts, strict=True)),
            estimates=estimates,
        )


def _by_criterion(topics: Sequence[Question]) -> dict[Question, list[Question]]:
    """The questions by criterion; a criterion of parts is no question, but has a row too."""
    by_criterion: dict[Question, list[Question]] = {}
    for question in topics:
        by_criterion.setdefault(Question(question.criterion), []).append(question)
    return by_criterion


def _weighted(columns: Sequence[Sequence[int]], sample: Sequence[int]) -> list[int]:
    return [sum(map(mul, column, sample)) if column else 0 for column in columns]


def _estimate(
    ratio: tuple[int, int] | Why,
    resampled: Iterator[tuple[int, int] | Why],
    samples: Sequence[object],
) -> Estimate:
    if isinstance(ratio, str):
        return Estimate(value=None, why=ratio)
    values = sorted(each[0] / each[1] for each in resampled if not isinstance(each, str))
    undefined = len(samples) - len(values)
    low = high = None
    if values and undefined <= len(samples) * _MOST_UNDEFINED:
        beyond = int(len(values) * _TAIL)
        low, high = values[beyond], values[-1 - beyond]
    return Estimate(value=Fraction(*ratio), low=low, high=high, undefined=undefined)


def _judged(
    answers: Mapping[str, Mapping[str, Answer]],
    ecosystem: str,
    question: Question,
    programme: Programme,
) -> str | None:
    """Return the verdict that somebody gave; of a grade that which it comes to."""
    answer = answers.get(ecosystem, {}).get(question.key)
    said = answer.judged if answer else None
    grade, criterion = grade_of(said), programme.criterion(question.criterion)
    if grade is None or criterion.rule.scale is None:
        return said
    score = criterion.rule.scale.score(grade)
    if score >= criterion.met_at:
        return "met"
    return "partly" if score >= criterion.partly_at else "not-met"
