"""The evidence on one criterion: which facts count, which do not and why, and what is absent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.programme.model.programme import BestLineRule, CountRule, SidesRule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.programme.model.facts import Fact, Holding, Judgement, Source, Subject
    from kiamv_cli.programme.model.programme import Criterion, Rule


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
                yield side, getattr(ecosystem.partners, side)
