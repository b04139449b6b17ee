"""From the facts on one criterion to its score: proven, possible, on what evidence, what lacks.

Open world: a list of facts that is absent is unknown, and further facts may still raise the
score; an empty list says "looked, there is none" and closes the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar, assert_never

from kiamv_cli.programme.model.programme import BestLineRule, CountRule, SidesRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.programme.model.facts import (
        BudgetLine,
        Fact,
        Holding,
        Judgement,
        Partner,
        Source,
        Subject,
        Verdict,
    )
    from kiamv_cli.programme.model.programme import Criterion, LineStep, Rule, Step

F = TypeVar("F", bound="Fact")
NONE = Fraction(0)
VERDICT_SCORES: Mapping[Verdict, Fraction] = {
    "met": Fraction(1),
    "partly": Fraction(1, 2),
    "not-met": NONE,
    "unknown": NONE,
}

# A side of the helix: a partner that holds, still open, judged by a person (not-met also says
# "looked, there is none"), or known to be absent though a person could not tell.
Side = Literal["found", "open", "met", "partly", "not-met", "unseen"]
_SIDES: Mapping[Side, tuple[Fraction, Fraction]] = {
    "found": (Fraction(1), Fraction(1)),
    "open": (NONE, Fraction(1)),
    "met": (Fraction(1), Fraction(1)),
    "partly": (Fraction(1, 2), Fraction(1, 2)),
    "not-met": (NONE, NONE),
    "unseen": (NONE, NONE),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the facts show of one criterion, and what they cannot exclude.

    ``proven`` and ``possible`` are scores in [0, 1]. ``meets`` and ``could_meet`` say whether
    those scores may count as met at all (a sides rule also asks for certain sides). ``known``
    is false where nothing counts: no fact that holds, and no "there is none".
    """

    proven: Fraction
    possible: Fraction
    meets: bool = True
    could_meet: bool = True
    known: bool = True


CLOSED = Outcome(NONE, NONE)


def apply_rule(rule: Rule, ecosystem: Subject, year: int) -> Outcome:
    """Apply ``rule`` to the facts of ``ecosystem`` that hold in ``year``."""
    match rule:
        case CountRule():
            return _count(rule, ecosystem, year)
        case BestLineRule():
            return _best_line(rule, ecosystem.budget, year)
        case SidesRule():
            return _sides(rule, ecosystem, year, {})
        case _:
            assert_never(rule)


def apply_parts(
    rule: SidesRule, ecosystem: Subject, year: int, parts: Mapping[str, Verdict]
) -> Outcome:
    """Apply a sides rule in which a person judged some of the sides; the rest is as ruled."""
    return _sides(rule, ecosystem, year, parts)


def facts_of(rule: Rule, ecosystem: Subject) -> Iterable[Fact]:
    """Return all facts that ``rule`` looks at, whether or not they hold."""
    return [fact for _name, facts in _lists(rule, ecosystem) for fact in facts or ()]


def _holding(facts: Iterable[F], year: int) -> list[F]:
    return [fact for fact in facts if fact.holding(year) == "holds"]


def _count(rule: CountRule, ecosystem: Subject, year: int) -> Outcome:
    facts: tuple[Fact, ...] | None = getattr(ecosystem, rule.facts)
    if facts == ():
        return CLOSED
    holding = _holding(facts or (), year)
    distinct = len({getattr(fact, rule.by) for fact in holding}) if rule.by else 0
    proven, possible = _highest(rule.steps, len(holding), distinct), rule.steps[0].score
    cap = rule.caps.get(ecosystem.scope) if ecosystem.scope else None
    if cap is not None:
        proven, possible = min(proven, cap), min(possible, cap)
    return Outcome(proven, possible, known=bool(holding))


def _highest(steps: Iterable[Step], facts: int, distinct: int) -> Fraction:
    return next((s.score for s in steps if facts >= s.facts and distinct >= s.distinct), NONE)


def _best_line(rule: BestLineRule, budget: tuple[BudgetLine, ...] | None, year: int) -> Outcome:
    if budget == ():
        return CLOSED
    holding = _holding(budget or (), year)
    reached = (s.score for line in holding for s in rule.steps if _reaches(line, s))
    return Outcome(max(reached, default=NONE), rule.steps[0].score, known=bool(holding))


def _reaches(line: BudgetLine, step: LineStep) -> bool:
    long_enough = step.years is None or (line.years is not None and line.years >= step.years)
    whose = "unknown" if line.own is None else line.own
    return long_enough and step.own in (None, whose)


def _partners(ecosystem: Subject, side: str) -> tuple[Partner, ...] | None:
    partners: tuple[Partner, ...] | None = getattr(ecosystem.partners, side)
    return partners


def _sides(rule: SidesRule, ecosystem: Subject, year: int, parts: Mapping[str, Verdict]) -> Outcome:
    sides = (_side(_partners(ecosystem, side), year, parts.get(side)) for side in rule.sides)
    return _shares(rule.sides, rule.needed, tuple(sides))


def _side(partners: tuple[Partner, ...] | None, year: int, judged: Verdict | None) -> Side:
    if judged is not None and judged != "unknown":
        return judged
    if partners == ():
        return "not-met" if judged is None else "unseen"
    there = judged is None and any(fact.holding(year) == "holds" for fact in partners or ())
    return "found" if there else "open"


@lru_cache(maxsize=4096)
def _shares(sides: tuple[str, ...], needed: tuple[str, ...], states: tuple[Side, ...]) -> Outcome:
    proven = {side: _SIDES[state][0] for side, state in zip(sides, states, strict=True)}
    possible = {side: _SIDES[state][1] for side, state in zip(sides, states, strict=True)}
    return Outcome(
        proven=sum(proven.values(), NONE) / len(sides),
        possible=sum(possible.values(), NONE) / len(sides),
        meets=all(proven[side] == 1 for side in needed),
        could_meet=all(possible[side] == 1 for side in needed),
        known=any(state not in {"open", "unseen"} for state in states),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact that bears on a criterion; it counts where it ``holds`` at the reference date.

    ``side`` is that of a partner, ``source`` where the fact was read, ``cited`` all its sources
    by their ids, that one first.
    """

    fact: Fact
    holding: Holding
    side: str | None = None
    source: Source | None = None
    cited: tuple[tuple[str, Source], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether the fact holds at the reference date."""
        return self.holding == "holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionEvidence:
    """All that is known of one ecosystem on one criterion.

    ``absent`` and ``unseen`` name lists of facts, or sides: of the absent it is known that there
    is none, of the unseen nothing is known. ``judgement`` is a person's, which counts unless it is
    ``too_late``.
    """

    facts: tuple[Evidence, ...]
    absent: tuple[str, ...]
    unseen: tuple[str, ...]
    judgement: Judgement | None
    too_late: bool


def evidence(criterion: Criterion, ecosystem: Subject, as_of: date) -> CriterionEvidence:
    """Gather the evidence of one ecosystem on one criterion at a reference date."""
    lists = list(_lists(criterion.rule, ecosystem))
    judgement = ecosystem.verdicts.get(criterion.id)
    sides = isinstance(criterion.rule, SidesRule)
    return CriterionEvidence(
        facts=tuple(
            Evidence(
                fact=fact,
                holding=fact.holding(as_of.year),
                side=name if sides else None,
                source=ecosystem.sources.get(fact.source) if fact.source else None,
                cited=_listed(fact, ecosystem),
            )
            for name, facts in lists
            for fact in facts or ()
        ),
        absent=tuple(name for name, facts in lists if facts == ()),
        unseen=tuple(name for name, facts in lists if facts is None),
        judgement=judgement,
        too_late=judgement is not None and judgement.date > as_of,
    )


def _listed(fact: Fact, ecosystem: Subject) -> tuple[tuple[str, Source], ...]:
    """Return the sources of a fact by their ids, those that are listed."""
    sources = ecosystem.sources
    return tuple((name, sources[name]) for name in fact.cited if name in sources)


def _lists(rule: Rule, ecosystem: Subject) -> Iterator[tuple[str, tuple[Fact, ...] | None]]:
    match rule:
        case CountRule():
            yield rule.facts, getattr(ecosystem, rule.facts)
        case BestLineRule():
            yield "budget", ecosystem.budget
        case SidesRule():
            for side in rule.sides:
                yield side, _partners(ecosystem, side)
        case _:
            assert_never(rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The least that would do, by the kind of rule.

    So many more ``facts``, and so many more ``distinct`` values beside those ``seen`` (``None``
    is an empty one); a budget ``line`` like this; a partner on each of these ``sides``.
    """

    facts: int = 0
    distinct: int = 0
    seen: tuple[str | None, ...] = ()
    line: LineStep | None = None
    sides: tuple[str, ...] = ()


def missing(rule: Rule, possible: Fraction, known: CriterionEvidence) -> Missing:
    """Say what is missing for the possible score on an open criterion.

    Where a person found that one cannot tell, the facts that there are do not count either.
    """
    match rule:
        case CountRule():
            return _missing_facts(rule, possible, known)
        case BestLineRule():
            enough = [step for step in rule.steps if step.score >= possible]
            return Missing(line=enough[-1])
        case SidesRule():
            return Missing(sides=_open_sides(rule, known))
        case _:
            assert_never(rule)


def _missing_facts(rule: CountRule, possible: Fraction, known: CriterionEvidence) -> Missing:
    step = [step for step in rule.steps if step.score >= possible][-1]
    held = () if _undecided_sides(known) else [each.fact for each in known.facts if each.counts]
    seen = tuple(dict.fromkeys(getattr(fact, rule.by) for fact in held)) if rule.by else ()
    return Missing(
        facts=max(step.facts - len(held), 0),
        distinct=max(step.distinct - len(seen), 0),
        seen=seen,
    )


def _open_sides(rule: SidesRule, known: CriterionEvidence) -> tuple[str, ...]:
    judgement = None if known.too_late else known.judgement
    parts = judgement.parts if judgement else {}
    settled = {side for side, verdict in parts.items() if verdict != "unknown"}.union(known.absent)
    if not _undecided_sides(known):
        found = {each.side for each in known.facts if each.counts}
        settled |= {side for side in rule.sides if side in found and side not in parts}
    return tuple(side for side in rule.sides if side not in settled)


def _undecided_sides(known: CriterionEvidence) -> bool:
    """Tell whether a person judged the whole criterion and could not tell."""
    judgement = known.judgement
    return judgement is not None and judgement.verdict == "unknown" and not known.too_late
