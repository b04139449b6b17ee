"""Integer programs as plain values, solved exactly by way of few columns, and checked exactly.

Solvers compute with floating point numbers. Nothing here does: a solution is checked in whole
numbers, and the bound that follows from a solver's dual prices is valid whatever the error in
those prices (Neumaier & Shcherbina, Safe bounds in linear and mixed-integer linear programming,
Mathematical Programming 99, 2004).

The relaxation's reduced costs say what each column costs that leaves its bound. The columns with
the smallest are solved as a core (Balas & Zemel, An algorithm for large zero-one knapsack problems,
Operations Research 28, 1980); what cannot make up for its cost, by an exact bound, is proven
out; if more is left open than the core held, that is solved once more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_Found = TypeVar("_Found")
# Prices are rounded to multiples of 1/PRICE_UNIT: any rounding gives a valid bound, a fine one a
# sharp bound. Prices of rows with numbers of a milliard can be smaller than a milliardth.
PRICE_UNIT = 1 << 64


@dataclass(frozen=True, slots=True)
class Row:
    """low <= sum of coefficient times column <= high; ``None`` is no limit."""

    terms: tuple[tuple[int, int], ...]
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """Maximise the sum of profit times column over whole columns within bounds and rows."""

    profits: tuple[int, ...]
    lowers: tuple[int, ...]
    uppers: tuple[int, ...]
    rows: tuple[Row, ...]

    def value(self, values: Sequence[int]) -> int:
        """Return the objective of a solution."""
        return sum(
            profit * count for profit, count in zip(self.profits, values, strict=True) if count
        )

    def violations(self, values: Sequence[int]) -> Iterator[str]:
        """Name every bound and row that a solution breaks; none of them means it is feasible."""
        limits = zip(self.lowers, values, self.uppers, strict=True)
        for column, (lower, count, upper) in enumerate(limits):
            if not lower <= count <= upper:
                yield f"column {column} is {count}, outside {lower}..{upper}"
        for number, row in enumerate(self.rows):
            total = sum(coefficient * values[column] for column, coefficient in row.terms)
            if (row.low is not None and total < row.low) or (
                row.high is not None and total > row.high
            ):
                yield f"row {number} is {total}, outside {row.low}..{row.high}"


@dataclass(frozen=True, slots=True)
class Compact:
    """A program without its columns that have one value only; ``columns`` names those left."""

    whole: Program
    program: Program
    columns: tuple[int, ...]

    def expanded(self, values: Sequence[int]) -> tuple[int, ...]:
        """Turn a solution of the compact program into one of the whole."""
        expanded = list(self.whole.lowers)
        for column, value in zip(self.columns, values, strict=True):
            expanded[column] = value
        return tuple(expanded)


def compact(whole: Program) -> Compact:
    """Take the columns whose bounds meet out of a program, and off the limits of its rows.

    What they add to the objective is left out: values differ by that constant.
    """
    limits = zip(whole.lowers, whole.uppers, strict=True)
    columns = tuple(column for column, (lower, upper) in enumerate(limits) if lower != upper)
    numbers = {column: number for number, column in enumerate(columns)}
    program = Program(
        profits=tuple(whole.profits[column] for column in columns),
        lowers=tuple(whole.lowers[column] for column in columns),
        uppers=tuple(whole.uppers[column] for column in columns),
        rows=tuple(_compact_row(row, numbers, whole.lowers) for row in whole.rows),
    )
    return Compact(whole, program, columns)


def _compact_row(row: Row, numbers: Mapping[int, int], values: Sequence[int]) -> Row:
    fixed = sum(
        coefficient * values[column] for column, coefficient in row.terms if column not in numbers
    )
    return Row(
        tuple((numbers[column], share) for column, share in row.terms if column in numbers),
        None if row.low is None else row.low - fixed,
        None if row.high is None else row.high - fixed,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SolverOutcome:
    """What a solver found.

    ``optimal``: ``values`` is a best solution. ``infeasible``: there is none. ``stopped``: time ran
    out or the user interrupted; ``values`` is the best so far, or ``None``, and no solution is
    better than ``bound`` (``None`` where nothing is known).
    """

    status: Literal["optimal", "infeasible", "stopped"]
    values: tuple[int, ...] | None = None
    bound: int | None = None
    interrupted: bool = False


class Solver(Protocol):
    """Solves integer programs; it alone knows the time, so it also keeps the deadline."""

    def solve(self, program: Program) -> SolverOutcome:
        """Solve a program to proven optimality, or until the deadline."""

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Return the dual price of each row without integrality; ``None`` if there are none."""


class SolverError(RuntimeError):
    """A solver crashed, cannot be had, or gives answers that do not hold in exact arithmetic."""


def consistent(answer: _Found | None, why: str) -> _Found:
    """Return what a solver must find, as earlier answers of it say.

    Args:
        answer: What it found.
        why: What makes that there is something; a note on the error, for who looks for its cause.

    Raises:
        SolverError: It found nothing.
    """
    if answer is None:
        error = SolverError(Text("requests.solver-contradicts-itself"))
        error.add_note(why)
        raise error
    return answer


@dataclass(frozen=True, slots=True)
class Bound:
    """No solution is worth more than ``value``; ``reduced`` says what each column adds to that.

    Both are in units of 1/PRICE_UNIT of the objective.
    """

    value: int
    reduced: tuple[int, ...]

    def floor(self) -> int:
        """Return the highest objective that a solution can have."""
        return self.value // PRICE_UNIT


def dual_bound(program: Program, prices: Sequence[float]) -> Bound:
    """Turn dual prices, one a row, into a bound that is exact however inexact they are.

    For any prices y, feasible x: cx = (c - yA)x + y(Ax). Of the first term each column is at most
    its reduced cost at the bound that suits it, of the second each row its price at its limit; a
    price that is off makes the sum larger than need be, never too small.
    """
    reduced = [profit * PRICE_UNIT for profit in program.profits]
    value = 0
    for row, price in zip(program.rows, prices, strict=True):
        scaled = round(price * PRICE_UNIT)
        # A price that pays for a side without limit would bound nothing.
        limit = row.high if scaled > 0 else row.low
        if not scaled or limit is None:
            continue
        value += scaled * limit
        for column, coefficient in row.terms:
            reduced[column] -= scaled * coefficient
    for cost, lower, upper in zip(reduced, program.lowers, program.uppers, strict=True):
        value += cost * (upper if cost > 0 else lower)
    return Bound(value, tuple(reduced))


def narrowed(program: Program, bound: Bound, at_least: int) -> Program:
    """Tighten the bounds of the columns; every solution worth ``at_least`` or more stays.

    A column that leaves its bound by k loses k times its reduced cost, and no more than what the
    bound is above ``at_least`` may be lost (Dantzig, Fulkerson & Johnson, Solution of a large-scale
    traveling-salesman problem, Operations Research 2, 1954).

    If ``bound.value`` falls short of ``at_least`` there is no such solution; then nothing changes.
    """
    slack = bound.value - at_least * PRICE_UNIT
    if slack < 0:
        return program
    lowers, uppers = list(program.lowers), list(program.uppers)
    for column, cost in enumerate(bound.reduced):
        if cost > 0:
            lowers[column] = max(lowers[column], uppers[column] - slack // cost)
        elif cost < 0:
            uppers[column] = min(uppers[column], lowers[column] + slack // -cost)
    return replace(program, lowers=tuple(lowers), uppers=tuple(uppers))


# So few columns are solved at once as they are.
SMALL = 300
_CORE = 300
_WIDER = 4


@dataclass(frozen=True, slots=True)
class Solved:
    """The outcome for a program, and the program with the bounds that the proof left open.

    Of an optimal outcome every solution that is as good stays in ``open``.
    """

    outcome: SolverOutcome
    open: Program


def solve(program: Program, solver: Solver) -> Solved:
    """Solve a program to proven optimality, or until the solver stops."""
    prices = solver.relax(program) if len(program.profits) > SMALL else None
    if prices is None:
        return Solved(solver.solve(program), program)
    bound = dual_bound(program, prices)
    size, core = _CORE, _core(program, bound, _CORE)
    first = _compactly(core, solver)
    while first.status == "infeasible" and (size := size * _WIDER) < len(program.profits):
        core = _core(program, bound, size)
        first = _compactly(core, solver)
    if first.values is None:
        return Solved(_compactly(program, solver), program)
    found = program.value(first.values)
    left = narrowed(program, bound, found)
    if first.status == "stopped":
        return Solved(replace(first, bound=bound.floor()), left)
    if _within(left, core):
        return Solved(replace(first, bound=found), left)
    return _again(left, first, solver, bound)


def _again(left: Program, first: SolverOutcome, solver: Solver, bound: Bound) -> Solved:
    """Solve what the proof left open, knowing a solution to start from."""
    assert first.values is not None, "only what has a solution can be solved again"
    second = _compactly(left, solver)
    found = left.value(first.values)
    if second.values is not None and left.value(second.values) >= found:
        found = left.value(second.values)
    else:
        second = replace(second, values=first.values)
    if second.status == "stopped":
        known = bound.floor() if second.bound is None else min(bound.floor(), second.bound)
        second = replace(second, bound=known)
    return Solved(second, narrowed(left, bound, found))


def _core(program: Program, bound: Bound, size: int) -> Program:
    """Hold all columns where the relaxation has them, but for the cheapest to move."""
    costs = bound.reduced
    free = set(sorted(range(len(costs)), key=lambda column: abs(costs[column]))[:size])
    lowers, uppers = list(program.lowers), list(program.uppers)
    for column, cost in enumerate(costs):
        if column not in free:
            lowers[column] = uppers[column] = (
                program.uppers[column] if cost > 0 else program.lowers[column]
            )
    return replace(program, lowers=tuple(lowers), uppers=tuple(uppers))


def _compactly(program: Program, solver: Solver) -> SolverOutcome:
    small = compact(program)
    outcome = solver.solve(small.program)
    if outcome.values is None:
        return outcome
    values = small.expanded(outcome.values)
    aside = program.value(values) - small.program.value(outcome.values)
    bound = None if outcome.bound is None else outcome.bound + aside
    return replace(outcome, values=values, bound=bound)


def _within(inner: Program, outer: Program) -> bool:
    lowers = zip(inner.lowers, outer.lowers, strict=True)
    uppers = zip(inner.uppers, outer.uppers, strict=True)
    return all(a >= b for a, b in lowers) and all(a <= b for a, b in uppers)
