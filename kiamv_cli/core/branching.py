"""Solve small programs exactly: by branching, on bounds that hold whatever a solver's errors.

Linear programs may be solved in floating point: of their answers only dual prices and rays are
used, which give exact bounds however inexact they are (see ``dual_bound``), and values, which say
where to branch and what to try. So what is told to be complete is proven in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.core.program import dual_bound, narrowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiamv_cli.core.program import Program


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
    open_ = [(program.lowers, program.uppers)]
    while open_:
        if not steps or not in_time():
            return Branched(search.best, complete=False)
        steps -= 1
        open_ += search.parts(*open_.pop())
    return Branched(search.best, complete=True)


# What is nearer to a whole number counts as one when it is chosen where to divide.
_OFF = 1e-6
Limits = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(slots=True)
class _Search:
    """The best solution so far, and how a part of the program is divided."""

    program: Program
    relax: Callable[[Sequence[int], Sequence[int]], Relaxed]
    best: tuple[int, ...] | None
    value: int | None = field(init=False)

    def __post_init__(self) -> None:
        """Know what the solution to start from is worth."""
        self.value = None if self.best is None else self.program.value(self.best)

    def parts(self, lowers: tuple[int, ...], uppers: tuple[int, ...]) -> list[Limits]:
        """Give the parts into which a part must be divided; none where it holds nothing better."""
        if lowers == uppers:
            self._try(lowers)
            return []
        part = replace(self.program, lowers=lowers, uppers=uppers)
        known = self.relax(lowers, uppers)
        if known.prices is not None and known.values is not None:
            self._try(tuple(map(round, known.values)))
            bound = dual_bound(part, known.prices)
            if self.value is not None:
                if bound.floor() <= self.value:
                    return []
                part = narrowed(part, bound, self.value + 1)
        elif known.ray is not None and _contradicted(part, known.ray):
            return []
        return _halves(part, known.values)

    def _try(self, values: tuple[int, ...]) -> None:
        if any(self.program.violations(values)):
            return
        value = self.program.value(values)
        if self.value is None or value > self.value:
            self.best, self.value = values, value


def _contradicted(part: Program, ray: Sequence[float]) -> bool:
    """Tell whether rows, added up so, leave nothing within the bounds."""
    nothing = replace(part, profits=(0,) * len(part.profits))
    # A ray has no length; what is small in it would be lost in rounding.
    largest = max(map(abs, ray), default=0) or 1
    return any(
        dual_bound(nothing, [sign * price / largest for price in ray]).value < 0 for sign in (1, -1)
    )


def _halves(part: Program, values: tuple[float, ...] | None) -> list[Limits]:
    """Divide a part in two; the half that is nearer to the relaxation comes last."""
    limits = list(zip(part.lowers, part.uppers, strict=True))
    if any(lower > upper for lower, upper in limits):
        return []
    if part.lowers == part.uppers:
        return [(part.lowers, part.uppers)]
    column = _column(limits, values)
    at = sum(limits[column]) / 2 if values is None else values[column]
    lower, upper = limits[column]
    below = min(max(int(at // 1), lower), upper - 1)
    down = (part.lowers, _with(part.uppers, column, below))
    up = (_with(part.lowers, column, below + 1), part.uppers)
    return [up, down] if at - below < 1 / 2 else [down, up]


def _column(limits: Sequence[tuple[int, int]], values: Sequence[float] | None) -> int:
    """Choose where to divide: where the value is not whole, of these where the room is least."""

    def rank(column: int) -> tuple[bool, int, float]:
        lower, upper = limits[column]
        off = 0.0 if values is None else abs(values[column] - round(values[column]))
        return off < _OFF, upper - lower, -off

    free = [column for column, (lower, upper) in enumerate(limits) if lower < upper]
    return min(free, key=rank)


def _with(limits: tuple[int, ...], column: int, limit: int) -> tuple[int, ...]:
    return (*limits[:column], limit, *limits[column + 1 :])
