"""Solve small programs exactly: by branching, on bounds that hold whatever a solver's errors.

Linear programs may be solved in floating point: of their answers only dual prices and rays are
used, which give exact bounds however inexact they are (see ``dual_bound``), and values, which say
where to branch and what to try. So what is told to be complete is proven in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import floor
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.integer_program import PRICE_UNIT, dual_bound, narrowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiamv_cli.selection.model.integer_program import Bound, Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """What a linear solver says of a program within bounds.

    ``prices`` and ``values`` of an optimum; or, where it calls the program infeasible, a ``ray``:
    prices by which the rows contradict the bounds. All ``None`` where it cannot tell.
    """

    prices: tuple[float, ...] | None = None
    values: tuple[float, ...] | None = None
    ray: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Branched:
    """The best solution, ``None`` if there is none; ``complete`` says whether that is proven."""

    values: tuple[int, ...] | None
    complete: bool


def branch(
    program: Program,
    relax: Callable[[Sequence[int], Sequence[int]], Relaxed],
    known: tuple[int, ...] | None,
    steps: int,
    in_time: Callable[[], bool],
) -> Branched:
    """Find a best solution, and prove that it is one.

    Args:
        program: What to solve.
        relax: Solves its linear relaxation within other bounds.
        known: A solution to start from.
        steps: How many linear programs may be solved at most.
        in_time: Tells whether to go on.
    """
    search = _Search(program, relax, known)
    open_ = [_Part(program.lowers, program.uppers)]
    while open_:
        if not steps or not in_time():
            return Branched(search.best, complete=False)
        steps -= 1
        open_ += search.halves(open_.pop())
    return Branched(search.best, complete=True)


# What is nearer to a whole number counts as one when it is chosen where to divide.
_OFF = 1e-6
# Columns with more room than that are no members, but how far seats are out of place.
_WIDE = 60


@dataclass(frozen=True, slots=True)
class _Part:
    """The program within tighter bounds, and where they come from.

    That is the part that was divided: its ``bound``, and that its ``column`` was ``off`` by so much
    from what it may be here: below 0 of what was cut off above.
    """

    lowers: tuple[int, ...]
    uppers: tuple[int, ...]
    bound: int = 0
    column: int | None = None
    off: float = 0.0

    def with_limit(
        self, bound: int, column: int, at: float, *, lower: int | None = None, upper: int = 0
    ) -> _Part:
        """Return the half in which a column has another limit."""
        if lower is not None:
            lowers = (*self.lowers[:column], lower, *self.lowers[column + 1 :])
            return _Part(lowers, self.uppers, bound, column, lower - at)
        uppers = (*self.uppers[:column], upper, *self.uppers[column + 1 :])
        return _Part(self.lowers, uppers, bound, column, upper - at)


@dataclass(slots=True)
class _Search:
    """The best solution so far, and what was learnt of where to divide.

    ``falls`` holds for a column and a direction by how much bounds fell per unit, in total, and
    how often that was seen (pseudo-costs: Benichou et al., Mathematical Programming 1, 1971).
    """

    program: Program
    relax: Callable[[Sequence[int], Sequence[int]], Relaxed]
    best: tuple[int, ...] | None
    value: int | None = field(init=False)
    falls: dict[tuple[int, bool], tuple[float, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what the solution to start from is worth."""
        self.value = None if self.best is None else self.program.value(self.best)

    def halves(self, part: _Part) -> list[_Part]:
        """Divide a part in two, the more promising last; none where it holds nothing better."""
        if part.lowers == part.uppers:
            self._try(part.lowers)
            return []
        known = self.relax(part.lowers, part.uppers)
        within = replace(self.program, lowers=part.lowers, uppers=part.uppers)
        if known.prices is None or known.values is None:
            if known.ray is not None and _contradicted(within, known.ray):
                return []
            return self._divided(part, None)
        self._try(tuple(map(round, known.values)))
        bound = dual_bound(within, known.prices)
        self._learn(part, bound)
        if self.value is not None:
            if bound.floor() <= self.value:
                return []
            within = narrowed(within, bound, self.value + 1)
        return self._divided(_Part(within.lowers, within.uppers, bound.value), known.values)

    def _try(self, values: tuple[int, ...]) -> None:
        if any(self.program.violations(values)):
            return
        value = self.program.value(values)
        if self.value is None or value > self.value:
            self.best, self.value = values, value

    def _learn(self, part: _Part, bound: Bound) -> None:
        if part.column is not None and abs(part.off) > _OFF:
            key = part.column, part.off > 0
            total, times = self.falls.get(key, (0.0, 0))
            fall = (part.bound - bound.value) / PRICE_UNIT / abs(part.off)
            self.falls[key] = total + max(fall, 0.0), times + 1

    def _divided(self, part: _Part, values: Sequence[float] | None) -> list[_Part]:
        limits = list(zip(part.lowers, part.uppers, strict=True))
        if any(lower > upper for lower, upper in limits):
            return []
        if part.lowers == part.uppers:
            return [part]
        column = self._column(limits, values)
        lower, upper = limits[column]
        at = (lower + upper) / 2 if values is None else values[column]
        below = min(max(floor(at), lower), upper - 1)
        down = part.with_limit(part.bound, column, at, upper=below)
        up = part.with_limit(part.bound, column, at, lower=below + 1)
        return [up, down] if at - below < 1 / 2 else [down, up]

    def _column(self, limits: Sequence[tuple[int, int]], values: Sequence[float] | None) -> int:
        """Choose where to divide: where both halves are likely to fall furthest.

        Columns that are whole already come last, of wide ones those with the least room.
        """
        free = [column for column, (lower, upper) in enumerate(limits) if lower < upper]
        if values is None:
            return min(free, key=lambda column: limits[column][1] - limits[column][0])
        seen = [total / times for total, times in self.falls.values()]
        usual = sum(seen) / len(seen) if seen else 1.0

        def fall(column: int, *, up: bool) -> float:
            total, times = self.falls.get((column, up), (usual, 1))
            part = values[column] % 1
            return max(total / times * (1 - part if up else part), _OFF)

        def rank(column: int) -> tuple[bool, int, float, float]:
            off = abs(values[column] - round(values[column]))
            room = limits[column][1] - limits[column][0]
            score = fall(column, up=True) * fall(column, up=False)
            return off < _OFF, room > _WIDE and room, -score, -off

        return min(free, key=rank)


def _contradicted(part: Program, ray: Sequence[float]) -> bool:
    """Return whether rows, added up so, leave nothing within the bounds."""
    nothing = replace(part, profits=(0,) * len(part.profits))
    # A ray has no length; what is small in it would be lost in rounding.
    largest = max(map(abs, ray), default=0) or 1
    return any(
        dual_bound(nothing, [sign * price / largest for price in ray]).value < 0 for sign in (1, -1)
    )
