"""What further facts it takes for an open criterion to turn out at its possible score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.programme import BestLineRule, CountRule, SidesRule

if TYPE_CHECKING:
    from fractions import Fraction

    from kiamv_cli.core.evidence import CriterionEvidence
    from kiamv_cli.core.programme import Criterion, LineStep
    from kiamv_cli.core.score import CriterionScore


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


def missing(criterion: Criterion, scored: CriterionScore, known: CriterionEvidence) -> Missing:
    """Say what is missing on an open criterion.

    Where a person found that one cannot tell, the facts that there are do not count either.
    """
    match criterion.rule:
        case CountRule():
            return _counted(criterion.rule, scored.possible, known)
        case BestLineRule():
            enough = [step for step in criterion.rule.steps if step.score >= scored.possible]
            return Missing(line=enough[-1])
        case SidesRule():
            return Missing(sides=_open_sides(criterion.rule, known))


def _counted(rule: CountRule, possible: Fraction, known: CriterionEvidence) -> Missing:
    step = [step for step in rule.steps if step.score >= possible][-1]
    held = () if _undecided(known) else [each.fact for each in known.facts if each.counts]
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
    if not _undecided(known):
        found = {each.side for each in known.facts if each.counts}
        settled |= {side for side in rule.sides if side in found and side not in parts}
    return tuple(side for side in rule.sides if side not in settled)


def _undecided(known: CriterionEvidence) -> bool:
    """Tell whether a person judged the whole criterion and could not tell."""
    judgement = known.judgement
    return judgement is not None and judgement.verdict == "unknown" and not known.too_late
