"""What one ecosystem would be if open criteria turned out one way or the other."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.scoring.model.score import class_bound, score_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Bound, CriterionScore, EcosystemScore


def open_criteria(candidate: EcosystemScore, programme: Programme) -> tuple[str, ...]:
    """The ids of the criteria on which further facts could still raise the score."""
    pairs = zip(programme.criteria, candidate.criteria, strict=True)
    return tuple(criterion.id for criterion, scored in pairs if scored.open)


def resolve_open(
    scored: EcosystemScore, programme: Programme, resolved: Collection[str], *, well: bool
) -> EcosystemScore:
    """Return what an ecosystem would be if some open criteria were resolved; its rank stays.

    Args:
        scored: The ecosystem.
        programme: Criteria with their weights, and the classes.
        resolved: The criteria, by id.
        well: Each turns out at its possible score; else at its proven one. Either way it is known
            then, and closed.

    Returns:
        Its scores and its class worked out anew.
    """
    pairs = list(zip(programme.criteria, scored.criteria, strict=True))
    moved = sum((k.weight * (c.possible - c.proven) for k, c in pairs if k.id in resolved), _NONE)
    moved /= sum((k.weight for k, _ in pairs), _NONE) or 1
    criteria = tuple(_resolved(c, well=well) if k.id in resolved else c for k, c in pairs)
    return replace(
        scored,
        proven=scored.proven + moved if well else scored.proven,
        possible=scored.possible if well else scored.possible - moved,
        criteria=criteria,
        worst=class_bound(
            programme, [each.at_worst for each in criteria], [each.proven for each in criteria]
        ),
        best=class_bound(
            programme, [each.at_best for each in criteria], [each.possible for each in criteria]
        ),
    )


def resolved_score(
    scored: EcosystemScore,
    programme: Programme,
    bound: Bound,
    resolved: Collection[str],
    *,
    well: bool,
) -> Fraction:
    """Return the score that would count if some open criteria were resolved."""
    return score_at(resolve_open(scored, programme, resolved, well=well), programme, bound)


def decisive_sets(
    scored: EcosystemScore,
    programme: Programme,
    bound: Bound,
    turns: Callable[[Fraction], bool],
    *,
    well: bool,
) -> tuple[tuple[str, ...], ...]:
    """Find the smallest sets of its open criteria that, resolved so, give a score that ``turns``.

    Returns:
        All sets of the least size, in the programme's order; none if no set does it.
    """
    undecided = open_criteria(scored, programme)
    for size in range(1, len(undecided) + 1):
        found = tuple(
            chosen
            for chosen in combinations(undecided, size)
            if turns(resolved_score(scored, programme, bound, chosen, well=well))
        )
        if found:
            return found
    return ()


_NONE = Fraction(0)


def _resolved(scored: CriterionScore, *, well: bool) -> CriterionScore:
    end, verdict = (scored.possible, scored.at_best) if well else (scored.proven, scored.at_worst)
    return replace(
        scored,
        verdict=verdict,
        proven=end,
        possible=end,
        at_worst=verdict,
        at_best=verdict,
        known=True,
    )
