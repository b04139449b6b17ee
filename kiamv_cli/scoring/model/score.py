"""Score every ecosystem on every criterion, exactly, and find its class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, assert_never, get_args

from kiamv_cli.base.problem import Misfit, is_exact
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Brief, Result, Value
from kiamv_cli.programme.model.facts import NONE, VERDICT_SCORES, RuleOutcome
from kiamv_cli.scoring.model.dimensions import Dimensions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.programme.model.facts import Judgement, Verdict
    from kiamv_cli.programme.model.programme import Criterion, Programme, ScreeningClass


@dataclass(frozen=True, slots=True)
class ClassBound:
    """A class (its id), and the verdicts that led to it, counted."""

    id: str
    met: int
    partly: int
    not_met: int


def class_bound(
    programme: Programme, verdicts: Sequence[Verdict], scores: Sequence[Fraction]
) -> ClassBound:
    """Find the first class, best first, of which the verdicts and scores meet every demand.

    Args:
        programme: Its classes, best first; the last takes what is left.
        verdicts: One settled verdict per criterion (none ``unknown``), in their order.
        scores: The score on each criterion at the same bound.
    """
    met, partly = verdicts.count("met"), verdicts.count("partly")
    not_met = verdicts.count("not-met")
    for one in programme.classes:
        few_enough = one.not_met is None or not_met <= one.not_met
        enough = met >= one.met and met + partly >= one.met_or_partly and few_enough
        if enough and _meets(one, programme, verdicts, scores):
            return ClassBound(one.id, met, partly, not_met)
    raise ValueError("no class takes these verdicts: the last class must ask for nothing")


def _meets(
    screening: ScreeningClass,
    programme: Programme,
    verdicts: Sequence[Verdict],
    scores: Sequence[Fraction],
) -> bool:
    """Return whether what a class asks of single criteria, and of the total, is met."""
    ids = [each.id for each in programme.criteria]
    if any(verdicts[ids.index(name)] != "met" for name in screening.must):
        return False
    if any(scores[ids.index(name)] < least for name, least in screening.each.items()):
        return False
    demand = screening.score
    if demand is None:
        return True
    total = programme.mean(scores) if demand.weighted else programme.plain_sum(scores)
    return total >= demand.at_least


Basis = Literal["rule", "person", "review", "adjudicated"]
Bound = Literal["proven", "middle", "possible", "known"]
BOUNDS: tuple[Bound, ...] = get_args(Bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """One ecosystem on one criterion.

    ``proven`` and ``possible`` are in [0, 1]. ``at_worst`` and ``at_best`` are the verdicts if
    the criterion turned out at those scores. Where a person judged, ``ruled`` is what the rule
    alone would have given. ``later`` and ``ended`` count the facts that do not hold at the
    reference date.
    """

    verdict: Verdict
    proven: Fraction
    possible: Fraction
    at_worst: Verdict
    at_best: Verdict
    known: bool
    basis: Basis = "rule"
    ruled: CriterionScore | None = None
    later: int = 0
    ended: int = 0

    @property
    def open(self) -> bool:
        """Whether further facts could still raise the score."""
        return self.proven < self.possible


@dataclass(frozen=True, slots=True, kw_only=True)
class EcosystemScore(Brief, Value):
    """One ecosystem: its place among all, its total scores in [0, 1], its class.

    ``criteria`` is in the order of the programme's criteria. ``rank`` is 1 for the highest
    proven score; equal scores share a rank (1, 2, 2, 4).
    """

    ecosystem: Ecosystem
    rank: int
    proven: Fraction
    possible: Fraction
    criteria: tuple[CriterionScore, ...]
    worst: ClassBound
    best: ClassBound

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield self.ecosystem.id
        yield f"rank {self.rank}"
        yield f"{self.proven} to {self.possible}"


@dataclass(frozen=True, kw_only=True)  # no slots: what it can be spread over is kept
class Scores(Result):
    """A scored long list, in order of proven score, then possible score, then name."""

    longlist: Longlist
    programme: Programme
    as_of: date
    ecosystems: tuple[EcosystemScore, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.ecosystems)} ecosystems"
        yield f"as of {self.as_of}"

    @cached_property
    def dimensions(self) -> Dimensions:
        """What the list can be spread over."""
        return Dimensions(self.programme, partial(getattr, self, "longlist"), self.as_of.year)

    @property
    def bases(self) -> Counter[Basis]:
        """How many verdicts come from where."""
        return Counter(c.basis for e in self.ecosystems for c in e.criteria)

    @property
    def unknown(self) -> dict[str, int]:
        """For how many ecosystems nothing is known on each criterion, by its id."""
        columns = zip(*(each.criteria for each in self.ecosystems), strict=True)
        counts = [sum(not each.known for each in column) for column in columns]
        names = [each.id for each in self.programme.criteria]
        return dict(zip(names, counts or [0] * len(names), strict=True))

    @property
    def later(self) -> int:
        """Facts left out because they are later than the reference date."""
        return sum(c.later for e in self.ecosystems for c in e.criteria)

    @property
    def ended(self) -> int:
        """Facts left out because they ended before the reference date."""
        return sum(c.ended for e in self.ecosystems for c in e.criteria)


def score(longlist: Longlist, programme: Programme, as_of: date | None = None) -> Scores:
    """Score a long list on the criteria of a programme.

    Args:
        longlist: The ecosystems with their facts.
        programme: Criteria with rules and weights, and classes.
        as_of: Reference date; facts that do not hold in its year do not count. ``None`` is the
            long list's own date.

    Returns:
        All ecosystems, ranked. What is absent is unknown: it adds nothing to the proven score
        and lowers no possible score.

    Raises:
        Misfit: A weight is negative, or no exact number.
    """
    for criterion in programme.criteria:
        if not is_exact(criterion.weight) or criterion.weight < 0:
            text = Text("requests.weight-not-exact", criterion=criterion.id)
            raise Misfit("weight", criterion.weight, text)
    reference = as_of or longlist.as_of
    scorer = _Scorer(programme, reference)
    scored = [scorer.ecosystem(ecosystem) for ecosystem in longlist.ecosystems]
    scored.sort(key=lambda e: (-e.proven, -e.possible, e.ecosystem.name, e.ecosystem.id))
    return Scores(
        longlist=longlist,
        programme=programme,
        as_of=reference,
        ecosystems=tuple(_ranked(scored)),
    )


def score_at(scored: EcosystemScore, programme: Programme, bound: Bound) -> Fraction:
    """The total score of one ecosystem at a chosen bound, in [0, 1].

    ``middle`` is halfway between proven and possible. ``known`` is the weighted mean of the
    proven scores of only those criteria on which anything is known, 0 if there is none.
    """
    match bound:
        case "proven":
            return scored.proven
        case "possible":
            return scored.possible
        case "middle":
            return (scored.proven + scored.possible) / 2
        case "known":
            pairs = zip(programme.criteria, scored.criteria, strict=True)
            return _mean([(k.weight, c.proven) for k, c in pairs if c.known])
        case _:
            assert_never(bound)


def tie_scores(scored: EcosystemScore, programme: Programme, bound: Bound) -> tuple[Fraction, ...]:
    """Return the scores that decide between equal totals, in order; what is unknown is 0."""
    of = {each.id: one for each, one in zip(programme.criteria, scored.criteria, strict=True)}
    return tuple(_at(of[name], bound) for name in programme.ties)


def _at(criterion_score: CriterionScore, bound: Bound) -> Fraction:
    match bound:
        case "proven" | "known":
            return criterion_score.proven
        case "possible":
            return criterion_score.possible
        case "middle":
            return (criterion_score.proven + criterion_score.possible) / 2
        case _:
            assert_never(bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    """What follows from the scores on all criteria together."""

    criteria: tuple[CriterionScore, ...]
    proven: Fraction
    possible: Fraction
    worst: ClassBound
    best: ClassBound


@dataclass(slots=True)
class _Scorer:
    """Scores ecosystems one by one; results that are alike are worked out once and shared."""

    programme: Programme
    as_of: date
    _grades: dict[tuple[object, ...], CriterionScore] = field(default_factory=dict)
    _totals: dict[tuple[Fraction, ...], Fraction] = field(default_factory=dict)
    _wholes: dict[tuple[int, ...], _Whole] = field(default_factory=dict)

    def ecosystem(self, ecosystem: Ecosystem) -> EcosystemScore:
        """Score an ecosystem, the rank left open."""
        criteria = tuple(self._criterion(k, ecosystem) for k in self.programme.criteria)
        # Alike scores are one object, so their identities tell them apart, and fast.
        key = tuple(map(id, criteria))
        if (whole := self._wholes.get(key)) is None:
            whole = self._wholes[key] = self._whole(criteria)
        return EcosystemScore(
            ecosystem=ecosystem,
            rank=0,
            proven=whole.proven,
            possible=whole.possible,
            criteria=whole.criteria,
            worst=whole.worst,
            best=whole.best,
        )

    def _whole(self, criteria: tuple[CriterionScore, ...]) -> _Whole:
        proven, possible = tuple(c.proven for c in criteria), tuple(c.possible for c in criteria)
        return _Whole(
            criteria=criteria,
            proven=self._total(proven),
            possible=self._total(possible),
            worst=class_bound(self.programme, [c.at_worst for c in criteria], proven),
            best=class_bound(self.programme, [c.at_best for c in criteria], possible),
        )

    def _total(self, scores: tuple[Fraction, ...]) -> Fraction:
        if scores not in self._totals:
            self._totals[scores] = self.programme.mean(scores)
        return self._totals[scores]

    def _criterion(self, criterion: Criterion, ecosystem: Ecosystem) -> CriterionScore:
        year = self.as_of.year
        outcome = criterion.rule.apply(ecosystem, year)
        lists = criterion.rule.lists(ecosystem)
        held = [fact.holding(year) for _, facts in lists for fact in facts or ()]
        later, ended = held.count("later"), held.count("ended")
        key = (criterion.id, outcome, later, ended)
        if (ruled := self._grades.get(key)) is None:
            ruled = self._grades[key] = _graded(criterion, outcome, later=later, ended=ended)
        judgement = ecosystem.verdicts.get(criterion.id)
        if judgement is None or judgement.pending:
            return ruled
        if judgement.date > self.as_of:
            return replace(ruled, later=later + 1)
        return _judged(criterion, judgement, ruled, ecosystem, year)


def _judged(
    criterion: Criterion,
    judgement: Judgement,
    ruled: CriterionScore,
    ecosystem: Ecosystem,
    year: int,
) -> CriterionScore:
    """Let a person's judgement overrule the rule."""
    scale = criterion.rule.scale
    if judgement.grade is not None and scale is not None:
        graded = scale.score(judgement.grade)
        judged = _graded(criterion, RuleOutcome(graded, graded))
    elif judgement.verdict is None:
        outcome = criterion.rule.apply_parts(ecosystem, year, judgement.parts)
        judged = _graded(criterion, outcome)
    elif judgement.verdict == "unknown":
        could_meet = ruled.at_best == "met"
        outcome = RuleOutcome(NONE, ruled.possible, could_meet=could_meet, known=False)
        judged = _graded(criterion, outcome)
    else:
        judged = _closed(judgement.verdict)
    later, ended = ruled.later, ruled.ended
    return replace(judged, basis=judgement.basis, ruled=ruled, later=later, ended=ended)


def _closed(verdict: Verdict) -> CriterionScore:
    settled = VERDICT_SCORES[verdict]
    return CriterionScore(
        verdict=verdict,
        proven=settled,
        possible=settled,
        at_worst=verdict,
        at_best=verdict,
        known=True,
    )


def _graded(
    criterion: Criterion, outcome: RuleOutcome, *, later: int = 0, ended: int = 0
) -> CriterionScore:
    return CriterionScore(
        verdict=_verdict(criterion, outcome),
        proven=outcome.proven,
        possible=outcome.possible,
        at_worst=_settled(criterion, outcome.proven, meets=outcome.meets),
        at_best=_settled(criterion, outcome.possible, meets=outcome.could_meet),
        known=outcome.known,
        later=later,
        ended=ended,
    )


def _verdict(criterion: Criterion, outcome: RuleOutcome) -> Verdict:
    if outcome.proven >= criterion.met_at and outcome.meets:
        return "met"
    if outcome.possible < criterion.partly_at:
        return "not-met"
    return "partly" if outcome.proven >= criterion.partly_at else "unknown"


def _settled(criterion: Criterion, settled: Fraction, *, meets: bool) -> Verdict:
    if settled >= criterion.met_at and meets:
        return "met"
    return "partly" if settled >= criterion.partly_at else "not-met"


def _mean(weighted: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    total = sum((weight for weight, _ in weighted), NONE)
    return sum((weight * value for weight, value in weighted), NONE) / total if total else NONE


def _ranked(scored: Iterable[EcosystemScore]) -> Iterable[EcosystemScore]:
    rank, last = 0, None
    for place, one in enumerate(scored, start=1):
        if one.proven != last:
            rank, last = place, one.proven
        yield replace(one, rank=rank)
