"""Single swaps: who could stand in for a member, and who gave way to whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.pool import draw
from kiamv_cli.core.spread import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kiamv_cli.core.selection.question import Candidate, Question

Category = tuple[str, str]  # dimension, category
Signature = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One ecosystem that gave way, the one that came in, and their scores."""

    out: str
    out_score: Fraction
    into: str
    into_score: Fraction


def best_swaps(question: Question, members: Sequence[str]) -> dict[str, str | None]:
    """Find for each member the best single swap.

    That is the outsider with which the wishes are still met, with the fewest seats out of place
    over the balanced dimensions, then the highest score, then the first drawn.

    Returns:
        For each member, in the order given, the id of the outsider; ``None`` where the member is
        pinned, or no outsider meets the wishes.
    """
    chosen = set(members)
    inside = {one.id: one for one in question.candidates if one.id in chosen}
    closed = chosen | question.exclude | question.barred
    heads = _heads(question, (one for one in question.candidates if one.id not in closed))
    board = _Board.of(question, inside.values())
    best: dict[Signature, str | None] = {}
    for name in members:
        signature = _signature(inside[name])
        if name not in question.include and signature not in best:
            best[signature] = board.best(inside[name], heads)
    return {
        name: None if name in question.include else best[_signature(inside[name])]
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
    pairs = sorted(
        (-_likeness(named[out], named[into]), abs(named[out].score - named[into].score), out, into)
        for out in old - new
        for into in new - old
    )
    paired: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, out, into in pairs:
        if out not in paired and into not in taken:
            paired[out] = into
            taken.add(into)
    found = (
        Exchange(out, named[out].score, into, named[into].score) for out, into in paired.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.out_score, each.out)))


def _likeness(one: Candidate, other: Candidate) -> Fraction:
    """Seats that two candidates give to the same categories, over all dimensions."""
    shared = Fraction(0)
    for dimension, listed in one.places.items():
        others = other.places[dimension]
        common = len(set(listed) & set(others))
        shared += Fraction(common, max(len(listed), len(others)))
    return shared


def _signature(one: Candidate) -> Signature:
    return tuple((name, tuple(sorted(listed))) for name, listed in one.places.items())


def _heads(question: Question, outsiders: Iterable[Candidate]) -> list[Candidate]:
    """Of outsiders that are alike only the best can be a best swap; best first."""
    ranked = sorted(outsiders, key=lambda one: (-one.score, draw(question.seed, one.id)))
    heads: dict[Signature, Candidate] = {}
    for one in ranked:
        heads.setdefault(_signature(one), one)
    return list(heads.values())


@dataclass(frozen=True, slots=True)
class _Board:
    """The seats and numbers of a shortlist, in whole seat units, with what is asked of them."""

    unit: int
    balance: tuple[str, ...]
    seats: Counter[Category]
    limits: Mapping[Category, tuple[int, int]]
    listed: Counter[Category]
    quotas: Mapping[Category, tuple[int, int]]

    @classmethod
    def of(cls, question: Question, inside: Iterable[Candidate]) -> _Board:
        """Count the seats of the members."""
        lengths = {len(p) or 1 for one in question.candidates for p in one.places.values()}
        unit = lcm(2, *lengths)
        seats, listed = Counter[Category](), Counter[Category]()
        for one in inside:
            for category, share in _shares(one, question.balance, unit):
                seats[category] += share
            listed.update(_listed(one))
        limits = {
            (name, category): tuple(int(bound * unit) for bound in bounds(target))
            for name in question.balance
            for category, target in question.targets[name].items()
        }
        return cls(unit, question.balance, seats, limits, listed, _quotas(question))  # type: ignore[arg-type]

    def best(self, member: Candidate, heads: Iterable[Candidate]) -> str | None:
        """Find the best of the outsiders, given best first, to take the place of a member."""
        gone = Counter[Category]()
        for category, share in _shares(member, self.balance, self.unit):
            gone[category] -= share
        found, least = None, None
        for head in heads:
            if not self._meets_quotas(member, head):
                continue
            moved = self._moved(gone, head)
            if least is None or moved < least:
                found, least = head.id, moved
        return found

    def _moved(self, gone: Mapping[Category, int], head: Candidate) -> int:
        """Seat units by which the swap raises what is out of place."""
        change = dict(gone)
        for category, share in _shares(head, self.balance, self.unit):
            change[category] = change.get(category, 0) + share
        return sum(
            self._out(category, self.seats[category] + by)
            - self._out(category, self.seats[category])
            for category, by in change.items()
            if by
        )

    def _out(self, category: Category, seats: int) -> int:
        low, high = self.limits[category]
        return max(low - seats, seats - high, 0)

    def _meets_quotas(self, member: Candidate, head: Candidate) -> bool:
        if not self.quotas:
            return True
        leaves, comes = set(_listed(member)), set(_listed(head))
        return all(
            low <= self.listed[category] - (category in leaves) + (category in comes) <= high
            for category, (low, high) in self.quotas.items()
        )


def _shares(one: Candidate, dimensions: Iterable[str], unit: int) -> Iterable[tuple[Category, int]]:
    for name in dimensions:
        listed = one.places[name]
        for category in listed:
            yield (name, category), unit // len(listed)


def _listed(one: Candidate) -> Iterable[Category]:
    return ((name, category) for name, listed in one.places.items() for category in listed)


def _quotas(question: Question) -> dict[Category, tuple[int, int]]:
    """The quotas per category, the strictest of each side."""
    found: dict[Category, tuple[int, int]] = {}
    for quota in question.quotas:
        category = (quota.dimension, quota.category)
        low, high = found.get(category, (0, question.size))
        least = low if quota.at_least is None else max(low, quota.at_least)
        most = high if quota.at_most is None else min(high, quota.at_most)
        found[category] = least, most
    return found
