"""What was judged at selection, beside what the ecosystems answered later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.base.value import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import Verdict
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.survey.model.answers import Answers, SourcedAnswer

Saying = Literal["supports", "contradicts", "neither", "no-answer"]
SAYINGS: tuple[Saying, ...] = get_args(Saying)
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What an answer must be like; all that is given must hold."""

    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, options: tuple[str, ...]) -> bool:
        """Return whether an answer of these options is like that."""
        given = {*options}
        return (
            (not self.any_of or bool(given & {*self.any_of}))
            and given >= {*self.all_of}
            and not given & {*self.none_of}
            and (self.at_least is None or len(given) >= self.at_least)
            and (self.at_most is None or len(given) <= self.at_most)
        )

    @property
    def named(self) -> tuple[str, ...]:
        """The options that it names."""
        return (*self.any_of, *self.all_of, *self.none_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Which answers to a question support a criterion (or one side of it), which contradict it."""

    criterion: str
    question: str
    supports: Condition
    contradicts: Condition
    part: str | None = None

    def says(self, options: tuple[str, ...] | None) -> Saying:
        """Return what an answer says of the criterion."""
        if options is None:
            return "no-answer"
        if self.contradicts.holds(options):
            return "contradicts"
        return "supports" if self.supports.holds(options) else "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One ecosystem on one rule; ``said`` is what counts of its answers, with their places."""

    ecosystem: str
    name: str
    verdict: Verdict
    saying: Saying
    options: tuple[str, ...] | None
    said: tuple[SourcedAnswer, ...]

    @property
    def is_contradiction(self) -> bool:
        """Whether the answer says the opposite of what was judged; *partly* has no opposite."""
        return (self.verdict, self.saying) in {("met", "contradicts"), ("not-met", "supports")}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCompared:
    """A rule with all ecosystems that were invited and are on the long list."""

    rule: Comparison
    criterion: Criterion
    ecosystems: tuple[Compared, ...]

    @property
    def counts(self) -> Counter[tuple[Verdict, Saying]]:
        """How many were judged so, and answered so."""
        return Counter((each.verdict, each.saying) for each in self.ecosystems)

    @property
    def answered(self) -> int:
        """How many answered the question."""
        return sum(each.saying != "no-answer" for each in self.ecosystems)

    @property
    def contradictions(self) -> tuple[Compared, ...]:
        """Those whose answer says the opposite of what was judged."""
        return tuple(each for each in self.ecosystems if each.is_contradiction)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionCompared(Result):
    """All rules, and the ids of those who were invited but are not on the long list."""

    answers: Answers
    scores: Scores
    rules: tuple[RuleCompared, ...]
    not_listed: tuple[str, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.rules)} rules"


def compare(answers: Answers, scores: Scores, rules: tuple[Comparison, ...]) -> SelectionCompared:
    """Compare verdicts with answers; interviews and desk research supplement the survey.

    Args:
        answers: What was answered.
        scores: What was judged, by the criteria that the rules name.
        rules: Which answers say what of which criterion.

    Returns:
        Per rule all who were invited, in the order of ``score``. Whoever gave no answer that
        counts says nothing, and an unknown verdict cannot be contradicted.
    """
    invited = {*answers.invited}
    listed = [each for each in scores.ecosystems if each.ecosystem.id in invited]
    there = {each.ecosystem.id for each in listed}
    return SelectionCompared(
        answers=answers,
        scores=scores,
        rules=tuple(_rule(answers, scores, listed, rule) for rule in rules),
        not_listed=tuple(each for each in answers.invited if each not in there),
    )


def _rule(
    answers: Answers, scores: Scores, listed: list[EcosystemScore], rule: Comparison
) -> RuleCompared:
    programme = scores.programme
    place = [each.id for each in programme.criteria].index(rule.criterion)
    criterion = programme.criteria[place]
    found = []
    for each in listed:
        cell = answers.cells.get(each.ecosystem.id, {}).get(rule.question)
        options = cell.options() if cell else None
        found.append(
            Compared(
                ecosystem=each.ecosystem.id,
                name=each.ecosystem.name,
                verdict=each.criteria[place].verdict
                if rule.part is None
                else side_verdict(each.ecosystem, criterion, rule.part, scores.as_of),
                saying=rule.says(options),
                options=options,
                said=cell.counting() if cell else (),
            )
        )
    return RuleCompared(rule=rule, criterion=criterion, ecosystems=tuple(found))


def side_verdict(ecosystem: Ecosystem, criterion: Criterion, side: str, as_of: date) -> Verdict:
    """Return the verdict on one part of a criterion: a person's on that part, else by facts."""
    judgement = ecosystem.verdicts.get(criterion.id)
    parts = (
        judgement.parts if judgement and not judgement.pending and judgement.date <= as_of else {}
    )
    outcome = criterion.rule.part(side).apply_parts(ecosystem, as_of.year, parts)
    if outcome.proven == 1:
        return "met"
    if outcome.possible < _HALF:
        return "not-met"
    return "partly" if outcome.proven >= _HALF else "unknown"


def sides_of(programme: Programme, criterion: str) -> tuple[str, ...]:
    """Return the sides of a criterion; none if it is not made of sides."""
    return next((each.rule.parts for each in programme.criteria if each.id == criterion), ())
