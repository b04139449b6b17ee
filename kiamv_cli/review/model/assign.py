"""Divide the ecosystems over the reviewers: fairly, spread, and nobody judges their own."""

from __future__ import annotations

from collections import Counter, deque
from functools import lru_cache
from itertools import combinations
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.review.model.assignment import Assignment
from kiamv_cli.review.model.people import barred_from
from kiamv_cli.selection.model.question import draw

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
    from kiamv_cli.review.model.people import Reviewer


_Parts = tuple[tuple[str, int], ...]


def assign(
    longlist: Longlist, reviewers: Sequence[Reviewer], per: int | None = None, seed: str = "kiamv"
) -> Assignment:
    """Divide the ecosystems over the reviewers.

    The numbers per reviewer are as equal as the bars allow (the optimal semi-matching of Harvey,
    Ladner, Lovász and Tamir, *J. Algorithms* 59, 2006: no chain of exchanges makes them more
    equal). With these numbers, themes and provinces are spread over the reviewers: ecosystems
    are exchanged for as long as that lowers the sum of the squared seats of each.

    Args:
        longlist: What is to be judged.
        reviewers: Who may judge.
        per: How many judge each ecosystem; ``None`` is all who may.
        seed: Decides among equals, by the same draw as the lottery.
    """
    division = _Division(longlist.ecosystems, _bars(longlist, reviewers), seed)
    division.fill(len(reviewers) if per is None else per)
    division.level()
    division.spread()
    return _divided(division, longlist, reviewers, per, seed)


def assign_again(
    longlist: Longlist,
    reviewers: Sequence[Reviewer],
    before: Assignment,
    joined: Collection[str] = (),
) -> Assignment:
    """Divide what nobody judges yet; nobody loses what they have and may judge.

    Whoever joins also gets as much as the others have on average, of what the fewest judge.

    Args:
        longlist: What is to be judged now.
        reviewers: Who may judge now.
        before: Who judged what.
        joined: The ids of those who are new.
    """
    bars = _bars(longlist, reviewers)
    division = _Division(longlist.ecosystems, bars, before.seed)
    listed = {each.id for each in longlist.ecosystems}
    for who, ids in before.turns.items():
        for each in ids:
            if each in listed and who in bars and each not in bars[who]:
                division.give(who, each)
    division.fill(len(reviewers) if before.per is None else before.per)
    for who in joined:
        division.join(who)
    return _divided(division, longlist, reviewers, before.per, before.seed)


def _bars(longlist: Longlist, reviewers: Sequence[Reviewer]) -> dict[str, set[str]]:
    return {who: set(ids) for who, ids in barred_from(longlist, reviewers).items()}


def _divided(
    division: _Division,
    longlist: Longlist,
    reviewers: Sequence[Reviewer],
    per: int | None,
    seed: str,
) -> Assignment:
    counts = Counter(each for ids in division.turns.values() for each in ids)
    order = [ecosystem.id for ecosystem in longlist.ecosystems]
    turns = {who: tuple(e for e in order if e in ids) for who, ids in division.turns.items()}
    return Assignment(
        per=per,
        seed=seed,
        turns=turns,
        barred=barred_from(longlist, reviewers),
        short={each: counts[each] for each in order if counts[each] < (per or 1)},
        sent={who: (ids,) for who, ids in turns.items() if ids},
    )


class _Division:
    def __init__(
        self, ecosystems: Iterable[Ecosystem], barred: Mapping[str, set[str]], seed: str
    ) -> None:
        self.barred = barred
        self.reviewers = sorted(barred, key=lambda reviewer: draw(seed, reviewer))
        listed = {each.id: each for each in ecosystems}
        self.order = sorted(listed, key=lambda each: draw(seed, each))
        self.turns: dict[str, set[str]] = {reviewer: set() for reviewer in barred}
        whole = lcm(*(len(d) for e in listed.values() for d in (e.provinces, e.themes)))
        self.parts = {
            each.id: tuple((c, whole // len(d)) for d in (each.provinces, each.themes) for c in d)
            for each in listed.values()
        }
        self.categories = {c for parts in self.parts.values() for c, _ in parts}
        self.seats: dict[str, Counter[str]] = {reviewer: Counter() for reviewer in barred}

    def may(self, reviewer: str, each: str) -> bool:
        return each not in self.turns[reviewer] and each not in self.barred[reviewer]

    def give(self, reviewer: str, each: str, sign: int = 1) -> None:
        (self.turns[reviewer].add if sign > 0 else self.turns[reviewer].discard)(each)
        for category, part in self.parts[each]:
            self.seats[reviewer][category] += sign * part

    def fill(self, per: int) -> None:
        """Assign each ecosystem to those who have the fewest so far, then the fewest like it."""
        for each in self.order:
            able = [
                (len(self.turns[reviewer]), self._like(reviewer, each), place, reviewer)
                for place, reviewer in enumerate(self.reviewers)
                if self.may(reviewer, each)
            ]
            there = sum(each in ids for ids in self.turns.values())
            for *_, reviewer in sorted(able)[: max(per - there, 0)]:
                self.give(reviewer, each)

    def join(self, reviewer: str) -> None:
        """Assign somebody as much as the others have, of what the fewest judge, spread evenly."""
        others = [len(ids) for who, ids in self.turns.items() if who != reviewer]
        share = sum(others) // max(len(others), 1)
        while len(self.turns[reviewer]) < share:
            counts = Counter(each for ids in self.turns.values() for each in ids)
            able = [each for each in self.order if self.may(reviewer, each)]
            if not able:
                return
            self.give(reviewer, min(able, key=lambda e: (counts[e], self._like(reviewer, e))))

    def _like(self, reviewer: str, each: str) -> int:
        """How much of its themes and provinces a reviewer has already."""
        return sum(part * self.seats[reviewer][category] for category, part in self.parts[each])

    def level(self) -> None:
        """Pass ecosystems on, along chains, from who has two more to who has two less."""
        while chain := next(self._chains(), None):
            for giver, each, taker in chain:
                self.give(giver, each, -1)
                self.give(taker, each)

    def _chains(self) -> Iterator[list[tuple[str, str, str]]]:
        for start in sorted(self.reviewers, key=lambda r: -len(self.turns[r])):
            came: dict[str, tuple[str, str, str] | None] = {start: None}
            queue = deque([start])
            while queue:
                here = queue.popleft()
                if len(self.turns[here]) + 1 < len(self.turns[start]):
                    yield _back(came, here)
                for there in self.reviewers:
                    if there not in came and (each := self._passable(here, there)):
                        came[there] = (here, each, there)
                        queue.append(there)

    def _passable(self, giver: str, taker: str) -> str | None:
        turns = self.turns[giver]
        return next((e for e in self.order if e in turns and self.may(taker, e)), None)

    def spread(self) -> None:
        """Exchange ecosystems for as long as that spreads themes and provinces better."""
        while any(self._exchange(*pair) for pair in combinations(self.reviewers, 2)):
            pass

    def _exchange(self, first: str, second: str) -> bool:
        """Make the exchange between two that lowers the sum of squared seats most, if any does.

        With the seats of the two apart by d, giving x for y lowers that sum by twice
        (x - y)d - |x - y|^2, which is at most twice xd - yd: what cannot be better is passed over.
        """
        apart = {c: self.seats[first][c] - self.seats[second][c] for c in self.categories}
        mine = sorted(self._movable(first, second, apart), reverse=True)
        yours = sorted(self._movable(second, first, apart))
        best, chosen = 0, None
        for pull, place in mine:
            if pull - yours[0][0] <= best if yours else True:
                break
            parts = self.parts[self.order[place]]
            for push, their in yours:
                if pull - push <= best:
                    break
                gain = pull - push - _distance(parts, self.parts[self.order[their]])
                if gain > best:
                    best, chosen = gain, (self.order[place], self.order[their])
        if chosen:
            for reviewer, gone, come in ((first, *chosen), (second, *reversed(chosen))):
                self.give(reviewer, gone, -1)
                self.give(reviewer, come)
        return chosen is not None

    def _movable(
        self, giver: str, taker: str, apart: Mapping[str, int]
    ) -> Iterator[tuple[int, int]]:
        """What one may hand to the other, as its pull and its place in the draw; of each kind one.

        Alike are those with the same provinces and themes.
        """
        seen = set()
        for place, each in enumerate(self.order):
            parts = self.parts[each]
            if each in self.turns[giver] and parts not in seen and self.may(taker, each):
                seen.add(parts)
                yield sum(part * apart[category] for category, part in parts), place


@lru_cache(maxsize=1 << 16)
def _distance(mine: _Parts, yours: _Parts) -> int:
    ours, theirs = dict(mine), dict(yours)
    return sum((ours.get(c, 0) - theirs.get(c, 0)) ** 2 for c in {**ours, **theirs})


def _back(came: Mapping[str, tuple[str, str, str] | None], end: str) -> list[tuple[str, str, str]]:
    chain = []
    while step := came[end]:
        chain.append(step)
        end = step[0]
    return chain
