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


def open_criteria(one: EcosystemScore, programme: Programme) -> tuple[str, ...]:
    """The ids of the criteria on which further facts could still raise the score."""
    pairs = zip(programme.criteria, one.criteria, strict=True)
    return tuple(criterion.id for criterion, scored in pairs if scored.open)


def settle(
    one: EcosystemScore, programme: Programme, settled: Collection[str], *, well: bool
) -> EcosystemScore:
    """Give what an ecosystem would be if some open criteria were settled; its rank stays.

    Args:
        one: The ecosystem.
        programme: Criteria with their weights, and the classes.
        settled: The criteria, by id.
        well: Each turns out at its possible score; else at its proven one. Either way it is known
            then, and closed.

    Returns:
        Its scores and its class worked out anew.
    """
    pairs = list(zip(programme.criteria, one.criteria, strict=True))
    moved = sum((k.weight * (c.possible - c.proven) for k, c in pairs if k.id in settled), _NONE)
    moved /= sum((k.weight for k, _ in pairs), _NONE) or 1
    criteria = tuple(_settled(c, well=well) if k.id in settled else c for k, c in pairs)
    return replace(
        one,
        proven=one.proven + moved if well else one.proven,
        possible=one.possible if well else one.possible - moved,
        criteria=criteria,
        worst=class_bound(programme.classes, [each.at_worst for each in criteria]),
        best=class_bound(programme.classes, [each.at_best for each in criteria]),
    )


def settled_score(
    one: EcosystemScore,
    programme: Programme,
    bound: Bound,
    settled: Collection[str],
    *,
    well: bool,
) -> Fraction:
    """Give the score that would count if some open criteria were settled, as in ``settle``."""
    return score_at(settle(one, programme, settled, well=well), programme, bound)


def decisive_sets(
    one: EcosystemScore,
    programme: Programme,
    bound: Bound,
    turns: Callable[[Fraction], bool],
    *,
    well: bool,
) -> tuple[tuple[str, ...], ...]:
    """Find the smallest sets of its open criteria that, settled so, give a score that ``turns``.

    Returns:
        All sets of the least size, in the programme's order; none if no set does it.
    """
    undecided = open_criteria(one, programme)
    for size in range(1, len(undecided) + 1):
        found = tuple(
            chosen
            for chosen in combinations(undecided, size)
            if turns(settled_score(one, programme, bound, chosen, well=well))
        )
        if found:
            return found
    return ()


_NONE = Fraction(0)


def _settled(scored: CriterionScore, *, well: bool) -> CriterionScore:
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
