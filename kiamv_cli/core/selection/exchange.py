"""Who was replaced by whom between two shortlists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product, starmap
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kiamv_cli.core.selection.question import Candidate, Question


@dataclass(frozen=True, slots=True)
class Exchange:
    """One member who left and one who came; ``None`` where one shortlist has more members."""

    leaving: str | None
    coming: str | None


def exchanges(
    question: Question, before: Collection[str], after: Collection[str]
) -> tuple[Exchange, ...]:
    """Pair those who left with those who came, the most alike first.

    Alike is who shares the larger part of the categories that either lists, added up over the
    dimensions; then who is nearest in score; then by id. This is a way to read the difference of
    two shortlists: balance moves them as wholes.

    Args:
        question: Where the candidates are described.
        before: The ids of the one shortlist.
        after: The ids of the other.

    Returns:
        Every id that is in one of them only, once; the best score that left comes first.
    """
    leaving = [one for one in question.candidates if one.id in before and one.id not in after]
    coming = [one for one in question.candidates if one.id in after and one.id not in before]
    pairs = _paired(leaving, coming)
    order = sorted(leaving, key=lambda one: (-one.score, one.id))
    taken = set(pairs.values())
    left = sorted((one for one in coming if one.id not in taken), key=lambda x: (-x.score, x.id))
    return (
        *(Exchange(one.id, pairs.get(one.id)) for one in order),
        *(Exchange(None, one.id) for one in left),
    )


def _paired(leaving: Sequence[Candidate], coming: Sequence[Candidate]) -> dict[str, str]:
    unit = lcm(*{one.score.denominator for one in (*leaving, *coming)})
    alike = cache(_likeness)

    def rank(one: Candidate, other: Candidate) -> tuple[int, int, str, str]:
        shared = sum(
            alike(listed, other.places[dimension]) for dimension, listed in one.places.items()
        )
        return -shared, abs(int(one.score * unit) - int(other.score * unit)), one.id, other.id

    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for *_, one, other in sorted(starmap(rank, product(leaving, coming))):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Give the part of the categories that both list, of those that either lists.

    In units of 1/27720, of which every part up to twelfths is a whole number.
    """
    either = len({*one, *other})
    return 27720 * (len(one) + len(other) - either) // (either or 1)
