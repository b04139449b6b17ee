"""Linear relaxations, solved by HiGHS, and constraints added up in whole numbers, by prices."""

from __future__ import annotations

from itertools import accumulate
from math import floor, inf
from typing import TYPE_CHECKING, Any, NamedTuple

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.selection.model.integer_program import Row
    from kiamv_cli.selection.model.refutation import Claim

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

# Beyond, sums of whole numbers of 64 bits might not hold.
_SAFE = 1 << 61
# So many columns one after the other that are no better end a trial.
_PATIENCE = 4


class Relaxed(NamedTuple):
    """The optimum of a linear relaxation: its bound, columns, and prices of rows."""

    bound: float
    values: Floats
    prices: Floats


class Linear:
    """A linear relaxation, solved again and again within other bounds."""

    def __init__(self, goal: Floats, rows: Sequence[Row], lower: Ints, upper: Ints) -> None:
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(option, value)
        self._scale = max(float(np.abs(goal).max(initial=0)) / 64, 1.0)
        self._scales = np.array([_scale_of(row) for row in rows])
        self._columns = np.arange(len(goal), dtype=np.int32)
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(goal), len(rows)
        program.sense_ = highspy.ObjSense.kMaximize
        program.col_cost_ = goal / self._scale
        program.col_lower_, program.col_upper_ = lower.astype(float), upper.astype(float)
        lows = [-inf if row.low is None else row.low for row in rows]
        highs = [inf if row.high is None else row.high for row in rows]
        program.row_lower_ = np.array(lows) / self._scales
        program.row_upper_ = np.array(highs) / self._scales
        terms = [
            (c, n / by) for row, by in zip(rows, self._scales, strict=True) for c, n in row.terms
        ]
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array([0, *accumulate(len(row.terms) for row in rows)])
        program.a_matrix_.index_ = np.array([column for column, _ in terms], dtype=np.int32)
        program.a_matrix_.value_ = np.array([number for _, number in terms], dtype=float)
        if self._solver.passModel(program) == highspy.HighsStatus.kError:
            raise ValueError("the model was refused")

    def solve(self, lower: Ints, upper: Ints) -> Relaxed | None:
        """Solve it within bounds; ``None`` if it has no solution, or it cannot be told."""
        self._run(lower, upper)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        prices = np.array(solution.row_dual) / self._scales * self._scale
        bound = self._solver.getInfo().objective_function_value * self._scale
        return Relaxed(bound, np.array(solution.col_value), prices)

    def bound(self, lower: Ints, upper: Ints) -> float:
        """Return what it is worth within bounds, minus infinity if nothing is."""
        self._run(lower, upper)
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return -inf
        return float(self._solver.getInfo().objective_function_value * self._scale)

    def ray(self) -> Floats | None:
        """Return prices by which the rows contradict the bounds last tried, if there are any."""
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return None
        _, there, ray = self._solver.getDualRay()  # type: ignore[attr-defined] # no stub has it
        if not there:
            return None
        prices: Floats = np.array(ray) / self._scales
        # A ray has no length; what is small in it would be lost in rounding.
        largest: float = np.abs(prices).max(initial=0)
        prices /= largest or 1.0
        return prices

    def add(self, row: Row) -> None:
        """Add a row."""
        scale = _scale_of(row)
        self._scales = np.append(self._scales, scale)
        columns = np.array([column for column, _ in row.terms], dtype=np.int32)
        numbers = np.array([number / scale for _, number in row.terms])
        low = -inf if row.low is None else row.low / scale
        high = inf if row.high is None else row.high / scale
        self._solver.addRow(low, high, len(columns), columns, numbers)

    def keep(self, count: int) -> None:
        """Take out all rows but so many of the first."""
        gone = np.arange(count, len(self._scales), dtype=np.int32)
        if len(gone):
            self._solver.deleteRows(len(gone), gone)
            self._scales = self._scales[:count]

    def _run(self, lower: Ints, upper: Ints) -> None:
        low, high = lower.astype(float), upper.astype(float)
        self._solver.changeColsBounds(len(low), self._columns, low, high)
        self._solver.run()


class Trials:
    """What dividing at a column brought, where it was tried out.

    ``falls`` says by how much bounds fell below and above, for each unit that the column was off.
    """

    def __init__(self, least: int) -> None:
        self.least = least
        self.falls: dict[int, tuple[float, float]] = {}

    def best(
        self, linear: Linear, lower: Ints, upper: Ints, relaxed: Relaxed, columns: Sequence[int]
    ) -> tuple[int, int]:
        """Return of some columns the one for which both halves fall most, and where.

        What was tried out before is reckoned from what it brought (reliability branching:
        Achterberg, Koch & Martin, Branching rules revisited, Operations Research Letters 33, 2005).
        """
        most = max(relaxed.bound - self.least, 0) + max(abs(relaxed.bound) * 1e-6, 1e-3)
        best, place, worse = -1.0, (columns[0], floor(relaxed.values[columns[0]])), 0
        for column in sorted(columns, key=self.falls.__contains__):
            value = float(relaxed.values[column])
            if known := column in self.falls:
                falls = self._fallen(column, value)
            else:
                falls = self._fall(linear, lower, upper, relaxed, column, most)
            low, high = (min(each, most) for each in falls)
            worth = (low + most * 1e-4) * (high + most * 1e-4)
            if worth > best:
                best, place, worse = worth, (column, floor(value)), 0
            else:
                worse += 1
            if not known and (min(falls) >= most or worse >= _PATIENCE):
                break
        return place

    def _fallen(self, column: int, value: float) -> tuple[float, float]:
        """Return by how much both halves are likely to fall."""
        off, (below, above) = value - floor(value), self.falls[column]
        return below * off, above * (1 - off)

    def _fall(
        self,
        linear: Linear,
        lower: Ints,
        upper: Ints,
        relaxed: Relaxed,
        column: int,
        most: float,
    ) -> tuple[float, float]:
        """Try a column out: return by how much both halves fall, at most so much."""
        value = float(relaxed.values[column])
        at = floor(value)
        low, up = lower.copy(), upper.copy()
        low[column], up[column] = at + 1, at
        halves = linear.bound(lower, up), linear.bound(low, upper)
        below, above = (min(max(relaxed.bound - half, 0.0), most) for half in halves)
        self.falls[column] = below / (value - at), above / (at + 1 - value)
        return below, above


def _scale_of(row: Row) -> float:
    """Return by what to divide a row: solvers err on what is very large."""
    return max(1.0, max((abs(number) for _, number in row.terms), default=1) / 64)


class Sum(NamedTuple):
    """Constraints added up: the step of the proof, and what it says: numbers times columns."""

    step: list[int]
    numbers: Any
    most: int

    def room(self, lower: Ints, upper: Ints) -> int:
        """Return how much is left within bounds; nothing is if that is below 0."""
        least = np.where(self.numbers > 0, self.numbers * lower, self.numbers * upper)
        return self.most - int(least.sum())

    def within(self, room: int, lower: Ints, upper: Ints) -> tuple[Ints, Ints]:
        """Return the bounds that it leaves."""
        lower, upper, numbers = lower.copy(), upper.copy(), self.numbers
        over, under = numbers > 0, numbers < 0
        upper[over] = np.minimum(upper[over], lower[over] + room // numbers[over])
        lower[under] = np.maximum(lower[under], upper[under] - room // -numbers[under])
        return lower, upper


class Rows:
    """The constraints of a claim, the goal last of the first, then those found on the way."""

    def __init__(self, claim: Claim) -> None:
        width = len(claim.lowers)
        self.goal = _numbers(claim.goal or (), width)
        self.rows, self.least = list(claim.rows), claim.least
        self.matrix = np.array([_numbers(row.terms, width) for row in self.rows])
        self.number = [*range(len(self.rows))]
        self.first = len(self.rows) + (claim.goal is not None)
        self.largest = np.abs(self.matrix).max(axis=1).astype(float)

    def replace(self, keep: Sequence[int], new: Iterable[tuple[int, Row]]) -> None:
        """Keep some rows, and add others under their numbers."""
        added = list(new)
        rows = [_numbers(row.terms, self.matrix.shape[1]) for _, row in added]
        self.matrix = np.vstack([self.matrix[keep], *rows])
        self.rows = [*(self.rows[each] for each in keep), *(row for _, row in added)]
        self.number = [*(self.number[each] for each in keep), *(number for number, _ in added)]
        self.largest = np.abs(self.matrix).max(axis=1).astype(float)

    def added(self, prices: Floats, bits: int, *, goal: bool) -> Sum | None:
        """Add up rows by prices in parts of 2^bits, and the goal; ``None`` if that is too large."""
        scaled = np.rint(prices * 2.0**bits)
        if not np.isfinite(scaled).all() or np.abs(scaled).max(initial=0) > _SAFE:
            return None
        times = [int(each) for each in scaled]
        used = [
            n for n, each in enumerate(times) if each and _limit(self.rows[n], each) is not None
        ]
        size = sum(abs(times[n]) * self.largest[n] for n in used)
        size += goal * float(np.abs(self.goal).max(initial=0)) * 2.0**bits
        kind = np.int64 if size * max(float(len(self.goal)), 1.0) < _SAFE / 2**12 else object
        numbers = np.array([times[n] for n in used], dtype=kind) @ self.matrix[used].astype(kind)
        most = sum(times[n] * (_limit(self.rows[n], times[n]) or 0) for n in used)
        step = [part for n in used for part in (self.number[n], times[n])]
        if goal:
            numbers = numbers - self.goal.astype(kind) * (1 << bits)
            most -= self.least << bits
            step += [self.first - 1, -(1 << bits)]
        return Sum(step, numbers, most)


def _limit(row: Row, times: int) -> int | None:
    return row.high if times > 0 else row.low


def _numbers(terms: Iterable[tuple[int, int]], width: int) -> Ints:
    numbers = np.zeros(width, dtype=np.int64)
    for column, number in terms:
        numbers[column] = number
    return numbers
