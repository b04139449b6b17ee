"""Integer programs as plain values: exact checks and exact bounds for what a solver answers.

Solvers compute with floating point numbers. Nothing here does: a solution is checked in whole
numbers, and the bound that follows from a solver's dual prices is valid whatever the error in
those prices (Neumaier & Shcherbina, Safe bounds in linear and mixed-integer linear programming,
Mathematical Programming 99, 2004).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from kiamv_cli.language import _

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
        """Give the objective of a solution."""
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
class Outcome:
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

    def solve(self, program: Program) -> Outcome:
        """Solve a program to proven optimality, or until the deadline."""

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Give the dual price of each row without integrality; ``None`` if there are none."""


class SolverError(RuntimeError):
    """A solver crashed, cannot be had, or gives answers that do not hold in exact arithmetic."""


def consistent(found: _Found | None, why: str) -> _Found:
    """Return what a solver must find, as earlier answers of it say.

    Args:
        found: What it found.
        why: What makes that there is something; a note on the error, for who looks for its cause.

    Raises:
        SolverError: It found nothing.
    """
    if found is None:
        error = SolverError(_("its answers contradict each other"))
        error.add_note(why)
        raise error
    return found


@dataclass(frozen=True, slots=True)
class Bound:
    """No solution is worth more than ``value``; ``reduced`` says what each column adds to that.

    Both are in units of 1/PRICE_UNIT of the objective.
    """

    value: int
    reduced: tuple[int, ...]

    def floor(self) -> int:
        """Give the highest objective that a solution can have."""
        return self.value // PRICE_UNIT


def dual_bound(program: Program, prices: Sequence[float]) -> Bound:
    """Turn dual prices, one a row, into a bound that is exact however inexact they are."""
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
