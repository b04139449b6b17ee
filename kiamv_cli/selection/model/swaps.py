"""Single swaps: who could stand in for a member, and who gave way to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product, starmap
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.question import counted_dimensions, draw, signature_of
from kiamv_cli.selection.model.spread import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kiamv_cli.selection.model.question import Candidate, Question, Quota, Signature


@dataclass(frozen=True, slots=True)
class Exchange:
    """One ecosystem that gave way, the one that came in, and their scores."""

    out: str
    out_score: Fraction
    into: str
    into_score: Fraction


def best_swaps(
    question: Question, members: Sequence[str], floor: Fraction | None = None
) -> dict[str, str | None]:
    """Find for each member the best single swap.

    That is the outsider with which the wishes are still met, one to keep if there is, with the
    fewest seats out of place over the balanced dimensions, then the highest score, ties, then the
    first drawn.

    Args:
        question: What was asked.
        members: The shortlist, by id.
        floor: The least total that is allowed, ``None`` for any.

    Returns:
        For each member, in the order given, the id of the outsider; ``None`` where the member is
        pinned, or no outsider meets the wishes.
    """
    signature = signature_of(question)
    chosen = set(members)
    scores = {one.id: one.score for one in question.candidates}
    inside = {one.id: signature(one) for one in question.candidates if one.id in chosen}
    heads = _heads(question, chosen)
    swaps = _Swaps(question, list(inside.values()), {p: scores[heads[p]] for p in heads})
    total = sum((scores[name] for name in members), Fraction(0))

    @cache
    def stand_in(alike: Signature, score: Fraction) -> str | None:
        least = None if floor is None else floor - (total - score)
        head = swaps.best(alike, least)
        return None if head is None else heads[head]

    return {
        name: None if name in question.include else stand_in(inside[name], scores[name])
        for name in members
    }


def exchanges(
    candidates: Iterable[Candidate], before: Iterable[str], after: Iterable[str]
) -> tuple[Exchange, ...]:
    """Pair those of one shortlist who are not in another of the same size with those who are.

    The most alike in what they list go together, of these the nearest in score. The order is by
    the score of those who gave way, highest first.
    """
    old, new = set(before), set(after)
    named = {one.id: one for one in candidates if one.id in old ^ new}
    leaving = [one for one in named.values() if one.id in old]
    coming = [one for one in named.values() if one.id in new]
    found = (
        Exchange(out, named[out].score, into, named[into].score)
        for out, into in _paired(leaving, coming).items()
    )
    return tuple(sorted(found, key=lambda each: (-each.out_score, each.out)))


def _paired(leaving: Sequence[Candidate], coming: Sequence[Candidate]) -> dict[str, str]:
    unit = lcm(*{one.score.denominator for one in (*leaving, *coming)})
    alike = cache(_likeness)

    def rank(candidate: Candidate, other: Candidate) -> tuple[int, int, str, str]:
        shared = sum(
            alike(listed, other.places[dimension]) for dimension, listed in candidate.places.items()
        )
        return (
            -shared,
            abs(int(candidate.score * unit) - int(other.score * unit)),
            candidate.id,
            other.id,
        )

    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for *_, one, other in sorted(starmap(rank, product(leaving, coming))):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _likeness(first: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return the seats that two lists give to the same categories.

    In units of 1/27720 seat, of which every part up to a twelfth is a whole number.
    """
    return 27720 * len({*first} & {*other}) // (max(len(first), len(other)) or 1)


def _heads(question: Question, members: Collection[str]) -> dict[Signature, str]:
    """Return for each signature the best outsider, by score, ties and draw; the best of all first.

    Those to keep come before all others.
    """
    signature = signature_of(question)
    closed = question.exclude.union(question.barred, members)
    heads: dict[Signature, tuple[bool, Fraction, list[Fraction], str, str]] = {}
    for one in question.candidates:
        if one.id in closed:
            continue
        alike, ties = signature(one), [-each for each in one.ties]
        rank = (not alike.kept, -one.score, ties, draw(question.seed, one.id), one.id)
        if alike not in heads or rank < heads[alike]:
            heads[alike] = rank
    return {alike: heads[alike][-1] for alike in sorted(heads, key=heads.__getitem__)}


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
        """Return by list what is out of place more once ``leaving`` is gone and it has come."""
        taken = Counter(self.taken)
        taken.subtract(_shares(leaving, self.unit))
        return {
            listed: sum(
                self._out(category, taken[category] + share) - self._out(category, taken[category])
                for category, share in _shares(listed, self.unit).items()
            )
            for listed in self.lists
        }

    def _out(self, category: str, seats: int) -> int:
        low, high = self.bands[category]
        return max(low - seats, seats - high, 0)


class _Swaps:
    """A shortlist whose members can be swapped for the heads of signatures.

    ``scores`` are those of the heads, which come in the order in which they are preferred where
    balance does not tell: those to keep first, then the highest score.
    """

    def __init__(
        self, question: Question, members: list[Signature], scores: Mapping[Signature, Fraction]
    ) -> None:
        dimensions = counted_dimensions(question)
        heads = list(scores)
        self._heads, self._scores = heads, scores
        # One unit for all dimensions: what is out of place in them is added up.
        lists = [listed for one in (*members, *heads) for listed in one.places]
        unit = lcm(2, *{len(listed) or 1 for listed in lists})
        self._seats = {
            number: _seats(
                question.targets[name],
                [one.places[number] for one in members],
                {head.places[number] for head in heads},
                unit,
            )
            for number, name in enumerate(dimensions)
            if name in question.balance
        }
        self._limits = [
            _Limit(_bearing(quota, dimensions), members, quota.at_least, quota.at_most)
            for quota in question.quotas
        ]
        self._limits += [
            _Limit(lambda each, at=number: each.sums[at], members, each.at_least, each.at_most)  # type: ignore[misc]
            for number, each in enumerate(question.sums)
        ]

    def best(self, leaving: Signature, least_score: Fraction | None) -> Signature | None:
        """Return the head of so high a score that best takes the place of a member."""
        allowed = [
            head
            for head in self._allowed(leaving)
            if least_score is None or self._scores[head] >= least_score
        ]
        kept = [head for head in allowed if head.kept]
        return self._fewest(leaving, kept or allowed)

    def _fewest(self, leaving: Signature, heads: Sequence[Signature]) -> Signature | None:
        """Return the first of those with which the fewest seats are out of place."""
        costs = [
            (number, seats.costs(leaving.places[number])) for number, seats in self._seats.items()
        ]
        # No head has less out of place than this: whoever has no more is the first of the best.
        least = sum(min(cost.values(), default=0) for _, cost in costs)
        best, fewest = None, None
        for head in heads:
            out = sum([cost[head.places[number]] for number, cost in costs])
            if fewest is None or out < fewest:
                best, fewest = head, out
            if fewest == least:
                break
        return best

    def _allowed(self, leaving: Signature) -> Sequence[Signature]:
        """Return the heads with which every quota and sum holds."""
        allowed: Sequence[Signature] = self._heads
        for limit in self._limits:
            allowed = limit.keeping(leaving, allowed)
        return allowed


class _Limit:
    """What the numbers of the members add up to, and between which limits that stays."""

    def __init__(
        self,
        number: Callable[[Signature], int],
        members: Iterable[Signature],
        low: int | None,
        high: int | None,
    ) -> None:
        self._number, self._low, self._high = number, low, high
        self._total = sum(map(number, members))

    def keeping(self, leaving: Signature, heads: Iterable[Signature]) -> list[Signature]:
        """Return the heads with which it holds when they take the place of a member."""
        others = self._total - self._number(leaving)
        low = None if self._low is None else self._low - others
        high = None if self._high is None else self._high - others
        return [
            head
            for head in heads
            for more in [self._number(head)]
            if (low is None or low <= more) and (high is None or more <= high)
        ]


def _bearing(quota: Quota, dimensions: Sequence[str]) -> Callable[[Signature], int]:
    at = dimensions.index(quota.dimension)
    return lambda each: int(quota.category in each.places[at])


def _shares(listed: tuple[str, ...], unit: int) -> dict[str, int]:
    """Return the seats that a list gives to each category; a group may stand in it repeatedly."""
    return {each: times * unit // len(listed) for each, times in Counter(listed).items()}


def _seats(
    targets: Mapping[str, Fraction],
    members: Iterable[tuple[str, ...]],
    heads: Iterable[tuple[str, ...]],
    unit: int,
) -> _Seats:
    taken: Counter[str] = Counter()
    for listed in members:
        taken.update(_shares(listed, unit))
    bands = {}
    for category, target in targets.items():
        low, high = bounds(target)
        bands[category] = (int(low * unit), int(high * unit))
    return _Seats(unit, taken, bands, frozenset(heads))
