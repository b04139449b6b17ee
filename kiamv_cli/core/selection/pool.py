"""Reduce a question to what can matter: cells of candidates that are alike, in draw order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from math import lcm
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiamv_cli.core.selection.question import Candidate, Question

Places = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Candidates with the same score that are alike in all that is asked, first drawn first.

    ``places`` holds, for each dimension of the pool, the categories they list; ``score`` is in
    units of ``1 / Pool.unit``.
    """

    places: Places
    score: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The candidates that can matter.

    ``cells`` come by signature, within it by score, highest first: a best shortlist takes of each
    signature a beginning. ``pinned`` are in whatever else is chosen; ``free`` seats are left.
    """

    dimensions: tuple[str, ...]
    unit: int
    pinned: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    free: int


def draw(seed: str, identifier: str) -> str:
    """Give the lot of an ecosystem: whose lot sorts first is drawn first."""
    return sha256(f"{seed}\n{identifier}".encode()).hexdigest()


def make_pool(question: Question) -> Pool:
    """Group and prune the candidates of a question.

    Only dimensions that are balanced or bear a quota count. Of candidates alike in them only the
    best by score, then draw, can matter, as many as there are seats left by the pins: any
    other could be exchanged for one of these at no loss.

    Raises:
        ValueError: An included id is not among the candidates.
    """
    missing = question.include - {candidate.id for candidate in question.candidates}
    if missing:
        raise ValueError(f"not among the candidates: {', '.join(sorted(missing))}")
    unit = lcm(*{candidate.score.denominator for candidate in question.candidates})
    places = signature_of(question)
    pinned: list[Cell] = []
    signatures: defaultdict[Places, list[tuple[int, str, str]]] = defaultdict(list)
    for one in question.candidates:
        score = one.score.numerator * (unit // one.score.denominator)
        if one.id in question.include:
            pinned.append(Cell(places(one), score, (one.id,)))
        elif one.id not in question.exclude and one.id not in question.barred:
            signatures[places(one)].append((-score, draw(question.seed, one.id), one.id))
    free = question.size - len(pinned)
    return Pool(
        dimensions=constrained(question),
        unit=unit,
        pinned=tuple(sorted(pinned, key=lambda cell: cell.members)),
        cells=tuple(_cells(signatures, max(free, 0))),
        free=free,
    )


def _cells(signatures: Mapping[Places, list[tuple[int, str, str]]], free: int) -> Iterator[Cell]:
    for places in sorted(signatures):
        best = sorted(signatures[places])[:free]
        for score, alike in groupby(best, key=itemgetter(0)):
            yield Cell(places, -score, tuple(identifier for _, _, identifier in alike))


def constrained(question: Question) -> tuple[str, ...]:
    """Name the dimensions that are balanced or bear a quota."""
    bound = {quota.dimension for quota in question.quotas}.union(question.balance)
    return tuple(sorted(bound))


def signature_of(question: Question) -> Callable[[Candidate], Places]:
    """Make a function that keeps of a candidate's places those that are balanced or counted."""
    dimensions = constrained(question)
    counted: dict[str, set[str]] = {}
    for quota in question.quotas:
        counted.setdefault(quota.dimension, set()).add(quota.category)

    def kept(one: Candidate, dimension: str) -> tuple[str, ...]:
        listed = sorted(one.places[dimension])
        if dimension in question.balance:
            return tuple(listed)
        return tuple(category for category in listed if category in counted[dimension])

    return lambda one: tuple(kept(one, dimension) for dimension in dimensions)
