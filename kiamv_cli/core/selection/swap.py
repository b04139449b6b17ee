"""The best single swap for each member of a shortlist."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.pool import Places, constrained, draw, signature_of
from kiamv_cli.core.spread import bounds

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from fractions import Fraction

    from kiamv_cli.core.selection.question import Question


def best_swaps(question: Question, members: Collection[str]) -> dict[str, str | None]:
    """Find for each member the outsider that would best take its place, all others staying.

    The quotas and the pins on others are obeyed; of what is possible the fewest seats are out of
    place, then the score is highest, then the first drawn is taken. The floor of ``give_up`` is
    left aside. A member pinned in gets the one that would replace it if it dropped out.

    Args:
        question: What was asked.
        members: The ids of the shortlist.

    Returns:
        For each member the outsider, ``None`` where no swap obeys the wishes.
    """
    signature = signature_of(question)
    chosen = [one for one in question.candidates if one.id in members]
    heads = _heads(question, members)
    swaps = _Swaps(question, [signature(one) for one in chosen], list(heads))
    best = {places: swaps.best(places) for places in {signature(one) for one in chosen}}
    found = ((one.id, best[signature(one)]) for one in chosen)
    return {name: None if places is None else heads[places] for name, places in found}


def _heads(question: Question, members: Collection[str]) -> dict[Places, str]:
    """Name for each signature the best outsider, by score, then draw; the best of all first."""
    signature = signature_of(question)
    closed = question.exclude.union(members)
    heads: dict[Places, tuple[Fraction, str, str]] = {}
    for one in question.candidates:
        if one.id in closed:
            continue
        places, rank = signature(one), (-one.score, draw(question.seed, one.id), one.id)
        if places not in heads or rank < heads[places]:
            heads[places] = rank
    return {places: heads[places][2] for places in sorted(heads, key=heads.__getitem__)}


@dataclass(frozen=True, slots=True)
class _Seats:
    """The seats of a shortlist in one dimension, in whole parts of a seat (``unit`` a seat).

    ``lists`` are all the places that someone who comes in may list.
    """

    unit: int
    taken: Mapping[str, int]
    bands: Mapping[str, tuple[int, int]]
    lists: frozenset[tuple[str, ...]]

    def costs(self, leaving: tuple[str, ...]) -> dict[tuple[str, ...], int]:
        """Give by list what is out of place more once ``leaving`` is gone and it has come."""
        taken = Counter(self.taken)
        taken.subtract(dict.fromkeys(leaving, self.unit // (len(leaving) or 1)))
        return {
            listed: sum(
                self._out(category, taken[category] + self.unit // len(listed))
                - self._out(category, taken[category])
                for category in listed
            )
            for listed in self.lists
        }

    def _out(self, category: str, seats: int) -> int:
        low, high = self.bands[category]
        return max(low - seats, seats - high, 0)


class _Swaps:
    """A shortlist whose members can be swapped for the heads of signatures.

    ``heads`` come in the order in which they are preferred where balance does not tell.
    """

    def __init__(self, question: Question, members: list[Places], heads: list[Places]) -> None:
        dimensions = constrained(question)
        self._heads = heads
        self._seats = {
            number: _seats(
                question.targets[name], [one[number] for one in members], [h[number] for h in heads]
            )
            for number, name in enumerate(dimensions)
            if name in question.balance
        }
        self._quotas = [(dimensions.index(quota.dimension), quota) for quota in question.quotas]
        self._bearing = [
            sum(quota.category in one[number] for one in members) for number, quota in self._quotas
        ]

    def best(self, leaving: Places) -> Places | None:
        """Give the head that best takes the place of a member."""
        costs = [(number, seats.costs(leaving[number])) for number, seats in self._seats.items()]
        # No head has less out of place than this: whoever has no more is the first of the best.
        least = sum(min(cost.values(), default=0) for _, cost in costs)
        best, fewest = None, None
        for head in self._allowed(leaving):
            out = sum([cost[head[number]] for number, cost in costs])
            if fewest is None or out < fewest:
                best, fewest = head, out
            if fewest == least:
                break
        return best

    def _allowed(self, leaving: Places) -> list[Places]:
        """Keep the heads with which every quota holds."""
        allowed = self._heads
        for (number, quota), bearing in zip(self._quotas, self._bearing, strict=True):
            others = bearing - (quota.category in leaving[number])
            low, high = quota.at_least or 0, quota.at_most
            allowed = [
                head
                for head in allowed
                for after in [others + (quota.category in head[number])]
                if low <= after and (high is None or after <= high)
            ]
        return allowed


def _seats(
    targets: Mapping[str, Fraction],
    members: list[tuple[str, ...]],
    heads: list[tuple[str, ...]],
) -> _Seats:
    unit = lcm(2, *{len(listed) or 1 for listed in (*members, *heads)})
    taken: Counter[str] = Counter()
    for listed in members:
        taken.update(dict.fromkeys(listed, unit // (len(listed) or 1)))
    bands = {}
    for category, target in targets.items():
        low, high = bounds(target)
        bands[category] = (int(low * unit), int(high * unit))
    return _Seats(unit, taken, bands, frozenset(heads))
