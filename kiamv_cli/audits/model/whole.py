"""Whole numbers from 0 that satisfy linear equations: whether there are any, and between what.

By the Omega test (Pugh, *Communications of the ACM* 35(8), 1992), which is exact: equations are
substituted into each other, then unknowns are eliminated one by one from what is left, as Fourier
and Motzkin do, but minding that only whole numbers count.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Places = frozenset[int]


class StoppedError(Exception):
    """A question was not settled; ``late`` if time was up, else it takes too many steps."""

    def __init__(self, *, late: bool) -> None:
        self.late = late
        super().__init__()


@dataclass(slots=True)
class Effort:
    """How much may be spent on a question, in sums that are made, and whether time is up."""

    most: int = 100_000
    late: Callable[[], bool] = lambda: False
    _spent: int = 0

    def begin(self) -> None:
        """Start with a question."""
        self._spent = 0
        if self.late():
            raise StoppedError(late=True)

    def spend(self) -> None:
        """Make one more sum.

        Raises:
            StoppedError: That is one too many, or time is up.
        """
        self._spent += 1
        if self._spent > self.most:
            raise StoppedError(late=False)
        if not self._spent % _ROUND and self.late():
            raise StoppedError(late=True)


_ROUND = 64  # sums between two looks at the clock


@dataclass(frozen=True, slots=True)
class Sum(Value):
    """Unknowns times whole numbers other than 0, and a whole number, added up."""

    terms: Mapping[str, int]
    constant: int = 0

    def at(self, name: str) -> int:
        """Return how often an unknown is in it."""
        return self.terms.get(name, 0)

    def times(self, factor: int) -> Sum:
        """Multiply it by a whole number other than 0."""
        terms = {name: factor * times for name, times in self.terms.items()}
        return Sum(terms, factor * self.constant)

    def plus(self, other: Sum) -> Sum:
        """Add two sums."""
        added = {
            name: self.at(name) + other.at(name)
            for name in dict.fromkeys([*self.terms, *other.terms])
        }
        kept = {name: times for name, times in added.items() if times}
        return Sum(kept, self.constant + other.constant)

    def with_in(self, name: str, meant: Sum) -> Sum:
        """Put another sum in the place of an unknown."""
        times = self.at(name)
        if not times:
            return self
        rest = {each: by for each, by in self.terms.items() if each != name}
        return Sum(rest, self.constant).plus(meant.times(times))


def solvable(
    zero: Iterable[Sum], not_negative: Iterable[Sum] = (), effort: Effort | None = None
) -> bool:
    """Return whether whole numbers from 0 make sums what they should be.

    Args:
        zero: Sums that must be 0.
        not_negative: Sums that must be at least 0. Each unknown must be so anyway.
        effort: What it may take.

    Raises:
        StoppedError: It takes more.
    """
    spent = effort or Effort()
    spent.begin()
    equations, bounds = list(zero), list(not_negative)
    names = dict.fromkeys(name for each in [*equations, *bounds] for name in each.terms)
    left = _substituted(equations, [*bounds, *(Sum({name: 1}) for name in names)], spent)
    return left is not None and _possible(left, spent)


def span(zero: Sequence[Sum], name: str, effort: Effort | None = None) -> tuple[int, int | None]:
    """Return the least and the highest value that an unknown can have.

    Args:
        zero: Sums that must be 0, which whole numbers from 0 can make so.
        name: The unknown.
        effort: What each question on it may take.

    Returns:
        Both; ``None`` for the highest where there is no limit.

    Raises:
        StoppedError: It takes more.
    """
    least = _first(lambda most: solvable(zero, [Sum({name: -1}, most)], effort))
    # It has no limit where something with it can be added for ever and changes no sum.
    endless = [Sum(each.terms) for each in zero]
    if solvable(endless, [Sum({name: 1}, -1)], effort):
        return least, None
    above = _first(lambda more: not solvable(zero, [Sum({name: 1}, -least - more - 1)], effort))
    return least, least + above


def _first(holds: Callable[[int], bool]) -> int:
    """Return the first number from 0 that something holds of; it holds of all that follow."""
    high = next(high for high in _growing() if holds(high))
    low = (high + 1) // 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high


def _growing() -> Iterator[int]:
    """Yield 0, and again and again twice as much and one."""
    high = 0
    while True:
        yield high
        high = 2 * high + 1


def _substituted(equations: list[Sum], bounds: list[Sum], effort: Effort) -> list[Sum] | None:
    """Use up the equations: what is left are bounds; ``None`` if no whole numbers fit."""
    while equations:
        effort.spend()
        equation = equations.pop()
        if not equation.terms:
            if equation.constant:
                return None
            continue
        shared = gcd(*equation.terms.values())
        if equation.constant % shared:
            return None
        name, meant, solved = _meaning(_divided(equation, shared))
        if not solved:
            equations.append(equation)
        equations = [each.with_in(name, meant) for each in equations]
        bounds = [each.with_in(name, meant) for each in bounds]
    return bounds


def _meaning(equation: Sum) -> tuple[str, Sum, bool]:
    """Return what an unknown of an equation is; if it stays in it, by smaller factors (Knuth)."""
    name = min(equation.terms, key=lambda each: abs(equation.at(each)))
    times = equation.at(name)
    rest = {each: by for each, by in equation.terms.items() if each != name}
    if abs(times) == 1:
        return name, Sum(rest, equation.constant).times(-times), True
    parts = {each: -(by // times) for each, by in rest.items() if by // times}
    return name, Sum({f"{name}'": 1, **parts}, -(equation.constant // times)), False


def _possible(bounds: Iterable[Sum], effort: Effort) -> bool:
    """Return whether whole numbers, of either sign, make all these sums at least 0."""
    left = _tightened(bounds)
    if not left:
        return left is not None
    name = _cheapest(left)
    below = [each for each in left if each.at(name) > 0]
    above = [each for each in left if each.at(name) < 0]
    others = [each for each in left if not each.at(name)]
    if not _possible([*others, *_shadow(name, below, above, effort)], effort):
        return False
    if _is_exact(name, below, above) or _possible(
        [*others, *_shadow(name, below, above, effort, dark=True)], effort
    ):
        return True
    return any(_with_equation(left, each, effort) for each in _splinters(name, below, above))


def _shadow(
    name: str, below: Iterable[Sum], above: Sequence[Sum], effort: Effort, *, dark: bool = False
) -> Iterator[Sum]:
    """Yield what bounds from both sides say of the others; if ``dark``, with room for a whole."""
    for low in below:
        for high in above:
            effort.spend()
            a, b = low.at(name), -high.at(name)
            room = (a - 1) * (b - 1) if dark else 0
            yield low.times(b).plus(high.times(a)).plus(Sum({}, -room))


def _is_exact(name: str, below: Iterable[Sum], above: Iterable[Sum]) -> bool:
    return all(each.at(name) == 1 for each in below) or all(each.at(name) == -1 for each in above)


def _splinters(name: str, below: Iterable[Sum], above: Iterable[Sum]) -> Iterator[Sum]:
    """Yield where solutions can hide that the dark shadow misses: close above a low bound."""
    steep = max(-each.at(name) for each in above)
    for low in below:
        a = low.at(name)
        for over in range((a * steep - a - steep) // steep + 1):
            yield low.plus(Sum({}, -over))


def _with_equation(bounds: Sequence[Sum], equation: Sum, effort: Effort) -> bool:
    left = _substituted([equation], list(bounds), effort)
    return left is not None and _possible(left, effort)


def _cheapest(bounds: Iterable[Sum]) -> str:
    """Choose the unknown to eliminate: exactly if possible, and leaving the fewest bounds."""
    factors: dict[str, list[int]] = {}
    for each in bounds:
        for name, times in each.terms.items():
            factors.setdefault(name, []).append(times)

    def cost(name: str) -> tuple[bool, int]:
        ups = [times for times in factors[name] if times > 0]
        downs = [times for times in factors[name] if times < 0]
        exact = set(ups) <= {1} or set(downs) <= {-1}
        return not exact, len(ups) * len(downs) - len(ups) - len(downs)

    return min(factors, key=cost)


def _tightened(bounds: Iterable[Sum]) -> list[Sum] | None:
    """Divide by what the factors share, and keep the tightest of each; ``None`` if one fails."""
    tight: dict[frozenset[tuple[str, int]], Sum] = {}
    for bound in bounds:
        if not bound.terms:
            if bound.constant < 0:
                return None
            continue
        each = _divided(bound, gcd(*bound.terms.values()))
        direction = frozenset(each.terms.items())
        if direction not in tight or each.constant < tight[direction].constant:
            tight[direction] = each
    return list(tight.values())


def _divided(total: Sum, divisor: int) -> Sum:
    """Divide a sum that is whole; what is left over of the constant cannot matter."""
    return Sum(
        {name: times // divisor for name, times in total.terms.items()}, total.constant // divisor
    )


def hitting_sets(
    conflicts: Sequence[Places], size: int, effort: Effort, held: Places = frozenset()
) -> Iterator[Places]:
    """Yield sets of a size that have a place of each conflict, each place for one of them.

    Args:
        conflicts: The places of each.
        size: How many places a set has.
        effort: What it may take.
        held: Places that are in every set.

    Raises:
        StoppedError: It takes more.
    """
    effort.spend()
    missed = next((each for each in conflicts if not each & held), None)
    if missed is None:
        yield from (held,) if len(held) == size else ()
    elif len(held) < size:
        for place in sorted(missed):
            yield from hitting_sets(conflicts, size, effort, held | {place})
