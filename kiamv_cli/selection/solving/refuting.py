"""Refute that there is anything better: by cases, each closed in whole numbers.

HiGHS solves linear programs, in floating point. Of its answers only dual prices and rays are used,
rounded to whole numbers: whatever they are, constraints added up so many times each hold, and give
a bound (Neumaier & Shcherbina, Safe bounds in linear and mixed-integer linear programming,
Mathematical Programming 99, 2004; Cheung, Gleixner & Steffy, Verifying integer programming results,
IPCO 2017). A column that cannot leave its bound without falling short of the goal is fixed there
(Dantzig, Fulkerson & Johnson, Operations Research 2, 1954).

What is left is divided at the column for which, tried out, the bounds of both halves fall most
(strong branching: Applegate, Bixby, Chvatal & Cook, The Traveling Salesman Problem, 2006).

The relaxation is sharpened by the facets of one category at a time (Boyd, Generating Fenchel
cutting planes for knapsack polyhedra, SIAM Journal on Optimization 3, 1993): of a sum of members
that list it, a table of all totals of its seats tells the most. Such tables take the bundled list
from 1,200 leaves to 60.
"""

from __future__ import annotations

from itertools import accumulate
from math import comb, floor, inf, prod
from typing import TYPE_CHECKING, Any, NamedTuple

import highspy
import numpy as np

from kiamv_cli.selection.model.integer_program import Row
from kiamv_cli.selection.model.refutation import Refuted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kiamv_cli.selection.model.refutation import Case, Category, Claim

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

# What is nearer to a whole number counts as one when it is chosen where to divide.
_OFF = 1e-6
# How many columns are tried out.
_CANDIDATES = 10
# Prices are rounded to multiples of 1/2^k, the coarsest that will do: a short proof.
_BITS = (4, 8, 12, 18, 26, 34, 44, 56)
_USUAL = 2
# Beyond, sums of whole numbers of 64 bits might not hold.
_SAFE = 1 << 61
# Rounds of sharpening, and when they end: what the last three brought, as a share of what is left.
_ROUNDS, _STALLED = 24, 0.02
_PLATEAU = 12
# How many points a small program may have, and how far beyond them a solution must be.
_POINTS, _BROKEN = 80, 1e-4
# Weights are whole multiples of one in so many.
_PARTS = 2_000


class _Relaxed(NamedTuple):
    """The optimum of a linear relaxation: its bound, columns, and prices of rows."""

    bound: float
    values: Floats
    prices: Floats


class _Linear:
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

    def solve(self, lower: Ints, upper: Ints) -> _Relaxed | None:
        """Solve it within bounds; ``None`` if it has no solution, or it cannot be told."""
        self._run(lower, upper)
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        prices = np.array(solution.row_dual) / self._scales * self._scale
        bound = self._solver.getInfo().objective_function_value * self._scale
        return _Relaxed(bound, np.array(solution.col_value), prices)

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

    def _run(self, lower: Ints, upper: Ints) -> None:
        low, high = lower.astype(float), upper.astype(float)
        self._solver.changeColsBounds(len(low), self._columns, low, high)
        self._solver.run()


def _scale_of(row: Row) -> float:
    """Return by what to divide a row: solvers err on what is very large."""
    return max(1.0, max((abs(number) for _, number in row.terms), default=1) / 64)


class _Sum(NamedTuple):
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


class _Rows:
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

    def added(self, prices: Floats, bits: int, *, goal: bool) -> _Sum | None:
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
        return _Sum(step, numbers, most)


def _limit(row: Row, times: int) -> int | None:
    return row.high if times > 0 else row.low


def _numbers(terms: Iterable[tuple[int, int]], width: int) -> Ints:
    numbers = np.zeros(width, dtype=np.int64)
    for column, number in terms:
        numbers[column] = number
    return numbers


class _WrongError(Exception):
    """Something is better."""

    def __init__(self, counts: tuple[int, ...]) -> None:
        super().__init__("something is better")
        self.counts = counts


def refute(claim: Claim, in_time: Callable[[], bool]) -> Refuted:
    """Refute that anything is better, by a proof, or find what is."""
    search = _Search(claim)
    try:
        return search.run(in_time)
    except _WrongError as wrong:
        return Refuted("wrong", better=wrong.counts)


class _Search:
    """The cases under way."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.lower, self.upper = np.array(claim.lowers), np.array(claim.uppers)
        self.rows = _Rows(claim)
        self.cases: list[Case] = []
        self.equal: list[tuple[int, ...]] = []
        self.start: list[Any] = []
        # Bounds that contradict each other are no model for a solver; then there is nothing to do.
        if (self.lower <= self.upper).all():
            self.linear = self._relaxation()

    def _relaxation(self) -> _Linear:
        return _Linear(self.rows.goal.astype(float), self.rows.rows, self.lower, self.upper)

    def run(self, in_time: Callable[[], bool]) -> Refuted:
        """Go through the cases, one after the other."""
        self._sharpen(in_time)
        parts = [(self.lower, self.upper, self.start)]
        while parts:
            if not in_time():
                return Refuted("stopped")
            if len(self.cases) + len(parts) > self.claim.steps:
                return Refuted("open")
            if self.claim.many and self._many():
                return Refuted("many")
            lower, upper, steps = parts.pop()
            parts += [(low, up, []) for low, up in self._case(lower, upper, steps)]
        return Refuted("proven", self._without_unused(), tuple(self.equal))

    def _many(self) -> bool:
        ways = (
            prod(comb(size, n) for size, n in zip(self.claim.sizes, counts, strict=True))
            for counts in self.equal
        )
        return sum(ways) > self.claim.many

    def _without_unused(self) -> tuple[Case, ...]:
        """Return the cases without the tables that none of them refers to."""
        first = self.rows.first
        used = {n for steps, *_ in self.cases for s in steps if type(s[0]) is int for n in s[::2]}
        kept: dict[int, int] = {}
        steps, number = [], first
        for step in self.start:
            if type(step[0]) is str:
                if number in used:
                    kept[number] = first + len(kept)
                    steps.append(step)
                number += 1
            else:
                steps.append(step)
        self.cases[0][0][: len(self.start)] = steps
        for parts, *_ in self.cases:
            for step in parts:
                if type(step[0]) is int:
                    step[::2] = [kept.get(n, n) for n in step[::2]]
        return tuple(self.cases)

    def _close(self, lower: Ints, upper: Ints, relaxed: _Relaxed) -> tuple[_Sum | None, int]:
        """Return the shortest sum that closes a case, or else one, and the room it leaves."""
        sure, best, room = relaxed.bound < self.claim.least - _OFF, None, 0
        for number, bits in enumerate(_BITS):
            tried = self.rows.added(relaxed.prices, bits, goal=self.claim.goal is not None)
            if tried is None:
                break
            best, room = tried, tried.room(lower, upper)
            if room < 0 or (number == _USUAL and not sure):
                break
        return best, room

    def _contradiction(self, lower: Ints, upper: Ints) -> _Sum | None:
        """Return rows that contradict the bounds last tried."""
        ray = self.linear.ray()
        if ray is None:
            return None
        for bits in _BITS:
            for sign in (1, -1):
                tried = self.rows.added(sign * ray, bits, goal=False)
                if tried is not None and tried.room(lower, upper) < 0:
                    return tried
        return None

    def _case(self, lower: Ints, upper: Ints, steps: list[Any]) -> list[tuple[Ints, Ints]]:
        """Close a case, or divide it: the halves, the one to go on with last."""
        if self._over(lower, upper):
            return self._closed(steps)
        relaxed = self.linear.solve(lower, upper)
        if relaxed is None:
            found = self._contradiction(lower, upper)
            if found is not None:
                return self._closed([*steps, found.step])
            return self._divided(lower, upper, steps, None)
        total, room = self._close(lower, upper, relaxed)
        if total is not None and room < 0:
            return self._closed([*steps, total.step])
        if total is not None:
            low, up = total.within(room, lower, upper)
            if (low != lower).any() or (up != upper).any():
                steps, lower, upper = [*steps, total.step], low, up
                if self._over(lower, upper):
                    return self._closed(steps)
        return self._divided(lower, upper, steps, relaxed)

    def _over(self, lower: Ints, upper: Ints) -> bool:
        """Tell whether a case is closed as it is; where it is one shortlist, look at that."""
        cells = self.claim.cells
        if (lower > upper).any() or (self.claim.draw is not None and self._lost(lower, upper)):
            return True
        single = bool((lower[:cells] == upper[:cells]).all())
        if single:
            self._look(tuple(lower[:cells].tolist()))
        return single

    def _closed(self, steps: list[Any]) -> list[tuple[Ints, Ints]]:
        self.cases.append([steps])
        return []

    def _look(self, counts: tuple[int, ...]) -> None:
        """Look at one shortlist: it may be as good, or better."""
        values = self._completed(counts)
        totals = self.rows.matrix @ values
        for row, total in zip(self.rows.rows, totals.tolist(), strict=True):
            if (row.low is not None and total < row.low) or (
                row.high is not None and total > row.high
            ):
                return
        value = int(self.rows.goal.astype(object) @ values)
        if value < self.claim.least:
            return
        if not self.claim.many or value > self.claim.least:
            raise _WrongError(counts)
        self.equal.append(counts)

    def _completed(self, counts: tuple[int, ...]) -> Ints:
        values = np.zeros(len(self.claim.lowers), dtype=np.int64)
        values[: len(counts)] = counts
        for each in self.claim.categories:
            seats = sum(int(values[cell]) * share for cell, share in each.shares)
            values[each.seats] = seats
            if each.short is not None:
                values[each.short] = max(each.low - seats, 0)
            if each.over is not None:
                values[each.over] = max(seats - each.high, 0)
        return values

    def _lost(self, lower: Ints, upper: Ints) -> bool:
        """Tell whether a case holds only what loses the draw, or the winner itself."""
        assert self.claim.draw is not None, "there is a draw"
        for (cell, place), member in zip(*self.claim.draw, strict=True):
            if member and upper[cell] <= place:
                return True
            if lower[cell] <= place if member else upper[cell] > place:
                return False
        return True

    def _divided(
        self, lower: Ints, upper: Ints, steps: list[Any], relaxed: _Relaxed | None
    ) -> list[tuple[Ints, Ints]]:
        column, at = self._where(lower, upper, relaxed)
        self.cases.append([steps, column, at])
        low, up = lower.copy(), upper.copy()
        low[column], up[column] = at + 1, at
        return [(low, upper), (lower, up)]

    def _where(self, lower: Ints, upper: Ints, relaxed: _Relaxed | None) -> tuple[int, int]:
        free = np.nonzero(lower < upper)[0]
        if self.claim.draw is not None:
            for cell, place in self.claim.draw.lots:
                if lower[cell] <= place < upper[cell]:
                    return cell, place
        if relaxed is None:
            column = int(free[0])
            return column, int((lower[column] + upper[column]) // 2)
        off = np.abs(relaxed.values - np.rint(relaxed.values))
        broken = [column for column in free.tolist() if off[column] > _OFF]
        if broken:
            broken.sort(key=lambda column: -off[column])
            return self._tried(lower, upper, relaxed, broken[:_CANDIDATES])
        counts = np.rint(relaxed.values).astype(np.int64)
        self._promising(tuple(counts[: self.claim.cells].tolist()))
        column = int(free[0])
        return column, min(max(int(counts[column]), int(lower[column])), int(upper[column]) - 1)

    def _promising(self, counts: tuple[int, ...]) -> None:
        """Look at a solution of the relaxation, but leave what is as good for its own case."""
        known = len(self.equal)
        self._look(counts)
        del self.equal[known:]

    def _tried(
        self, lower: Ints, upper: Ints, relaxed: _Relaxed, columns: Sequence[int]
    ) -> tuple[int, int]:
        """Return of some columns the one for which both halves fall most, and where."""
        most = max(relaxed.bound - self.claim.least, 0) + max(abs(relaxed.bound) * 1e-6, 1e-3)
        best, place = -1.0, (columns[0], floor(relaxed.values[columns[0]]))
        for column in columns:
            at = floor(relaxed.values[column])
            low, up = lower.copy(), upper.copy()
            low[column], up[column] = at + 1, at
            halves = self.linear.bound(lower, up), self.linear.bound(low, upper)
            falls = [min(max(relaxed.bound - half, 0.0), most) for half in halves]
            worth = (falls[0] + most * 1e-4) * (falls[1] + most * 1e-4)
            if worth > best:
                best, place = worth, (column, at)
            if min(falls) >= most:
                break
        return place

    def _sharpen(self, in_time: Callable[[], bool]) -> None:
        """Fix columns and add tables until that brings little: the steps with which to start."""
        if self.claim.draw is not None or self.claim.goal is None:
            return
        self._propagate()
        tables = [_Tables(each, self.claim.seat_unit) for each in self.claim.categories]
        bounds: list[float] = []
        number = self.rows.first
        while in_time() and len(bounds) < _ROUNDS:
            relaxed = self.linear.solve(self.lower, self.upper)
            if relaxed is None or relaxed.bound < self.claim.least - _OFF:
                return
            self._tighten(*self._close(self.lower, self.upper, relaxed))
            if (self.lower >= self.upper)[: self.claim.cells].all():
                return
            bounds.append(relaxed.bound)
            if self._stalled(bounds):
                return
            new = [*enumerate(self._broken(tables, relaxed.values), number)]
            if not new:
                return
            number += len(new)
            self.rows.replace(self._binding(relaxed.values), new)
            self.linear = self._relaxation()

    def _broken(self, tables: Sequence[_Tables], values: Floats) -> Iterator[Row]:
        """Add steps for tables that values break, and yield their rows."""
        for table in tables:
            row = table.separated(values, self.lower, self.upper)
            if row is not None:
                terms = (part for term in row.terms for part in term)
                self.start.append([table.category.name, *terms])
                yield row

    def _propagate(self) -> None:
        """Work out what each constraint by itself leaves of the columns."""
        for number, row in enumerate(self.claim.rows):
            for times, limit in ((1, row.high), (-1, row.low)):
                if limit is None:
                    continue
                total = _Sum([number, times], self.rows.matrix[number] * times, limit * times)
                self._tighten(total, total.room(self.lower, self.upper))

    def _stalled(self, bounds: Sequence[float]) -> bool:
        left = bounds[-1] - self.claim.least + 1
        if len(bounds) > 1 and bounds[0] == bounds[-1]:
            return len(bounds) > _PLATEAU
        return len(bounds) > 5 and bounds[-4] - bounds[-1] < _STALLED * left  # noqa: PLR2004

    def _tighten(self, total: _Sum | None, room: int) -> None:
        """Start with a step if it tightens the bounds; none leave nothing before the first case."""
        if total is None or room < 0:
            return
        lower, upper = total.within(room, self.lower, self.upper)
        if (lower <= upper).all() and ((lower != self.lower).any() or (upper != self.upper).any()):
            self.start.append(total.step)
            self.lower, self.upper = lower, upper

    def _binding(self, values: Floats) -> list[int]:
        """Return the rows to keep: all of the claim, and the tables that nearly bind."""
        left = [
            inf if row.high is None else (row.high - total) / largest
            for row, total, largest in zip(
                self.rows.rows, self.rows.matrix @ values, self.rows.largest, strict=True
            )
        ]
        own = len(self.claim.rows)
        return [n for n, each in enumerate(left) if n < own or each < 1 / 2]


class _Tables:
    """Finds inequalities of one category that a solution of the relaxation breaks.

    Weights are found by a small linear program over the points seen so far: those by which the
    solution is furthest beyond all of them. A table of totals then tells the most that the weighted
    sum can be; the point that has it is one more, until the weights hold for all.
    """

    def __init__(self, category: Category, seat_unit: int) -> None:
        self.category = category
        self.columns = np.array([cell for cell, _ in category.shares], dtype=np.int64)
        self.shares = [share for _, share in category.shares]
        self.unit = seat_unit
        self._known: tuple[Any, ...] | None = None
        self._solver: Any = None

    def separated(self, values: Floats, lower: Ints, upper: Ints) -> Row | None:
        """Return a row that the values break, ``None`` if none is found."""
        here = values[self.columns]
        if not len(here) or np.abs(here - np.rint(here)).max() < _OFF:
            return None
        table = _Table(self, lower, upper)
        point = np.array([*here, *(-self._out(values, side) for side in ("short", "over")), -1.0])
        weights = self._weights(point, table)
        return None if weights is None else self._row(weights, point, table)

    def _out(self, values: Floats, side: str) -> float:
        column = getattr(self.category, side)
        return 0.0 if column is None else float(values[column]) / self.unit

    def _weights(self, point: Floats, table: _Table) -> Floats | None:
        """Return weights of members, and of seats short and over, that part point and table."""
        width = len(point)
        numbers = np.arange(width, dtype=np.int32)
        if self._known != table.bounds:
            self._known, self._solver = table.bounds, self._program(width)
            weights, limit = np.where(point > 1 / 2, 1.0, -1.0)[:-1], -inf
            weights[-2:] = 0
        else:
            limit = None
        self._solver.changeColsCost(width, numbers, point)
        for _ in range(_POINTS):
            if limit is None:
                self._solver.run()
                solution = np.array(self._solver.getSolution().col_value)
                if self._solver.getInfo().objective_function_value < _BROKEN:
                    return None
                weights, limit = solution[:-1], float(solution[-1])
            most, seen = table.most(weights)
            if seen is None:
                return None
            if most <= limit + _OFF:
                return weights
            self._solver.addRow(-inf, 0.0, width, numbers, np.array([*seen, -1.0]))
            limit = None
        return None

    def _program(self, width: int) -> Any:  # noqa: ANN401 - has no stubs
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)  # noqa: FBT003
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("presolve", "off")
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = width, 0
        program.sense_ = highspy.ObjSense.kMaximize
        outs = [3.0 * (self.category.short is not None), 3.0 * (self.category.over is not None)]
        program.col_cost_ = np.zeros(width)
        program.col_lower_ = np.array([*[-1.0] * (width - 3), 0.0, 0.0, -inf])
        program.col_upper_ = np.array([*[1.0] * (width - 3), *outs, width + 10.0])
        program.row_lower_ = program.row_upper_ = np.array([])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array([0])
        solver.passModel(program)
        return solver

    def _row(self, weights: Floats, point: Floats, table: _Table) -> Row | None:
        """Return the row of weights, whole, if the values break it still."""
        by_unit = np.array([*weights[:-2], *(weights[-2:] / self.unit)])
        multiples = np.outer(np.arange(1, _PARTS), by_unit)
        off = np.abs(multiples - np.rint(multiples)).max(axis=1)
        whole = np.rint(
            multiples[int(np.argmax(off < _OFF * 10) if (off < _OFF * 10).any() else -1)]
        )
        wide = np.array([*whole[:-2], *(whole[-2:] * self.unit)])
        most, seen = table.most(wide)
        if seen is None or float(wide @ point[:-1]) - most < _BROKEN * float(np.abs(whole).max()):
            return None
        outs = ((self.category.short, -whole[-2]), (self.category.over, -whole[-1]))
        terms = [*zip(self.columns.tolist(), whole[:-2].tolist(), strict=True), *outs]
        kept = tuple((column, int(each)) for column, each in terms if column is not None and each)
        return Row(kept, None, round(most))


class _Table:
    """All totals of seats that a category can have within bounds."""

    def __init__(self, tables: _Tables, lower: Ints, upper: Ints) -> None:
        category, self.unit = tables.category, tables.unit
        self.shares = tables.shares
        self.ranges = [(int(lower[c]), int(upper[c])) for c in tables.columns]
        short = 0 if category.short is None else int(upper[category.short])
        over = 0 if category.over is None else int(upper[category.over])
        self.bounds = (*self.ranges, short, over)
        full = sum(share * most for share, (_, most) in zip(self.shares, self.ranges, strict=True))
        last = full if category.over is None else min(full, category.high + over)
        totals = np.arange(last + 1)
        self.missing = np.maximum(category.low - totals, 0)
        self.beyond = np.maximum(totals - category.high, 0)
        self.possible = self.missing <= short
        if category.over is None:
            self.beyond[:] = 0

    def most(self, weights: Floats) -> tuple[float, list[float] | None]:
        """Return the most that a weighted sum can be, and what has it, as a point."""
        best = np.full(len(self.missing), -inf)
        best[0], taken = 0.0, []
        for weight, share, (least, most) in zip(weights, self.shares, self.ranges, strict=False):
            larger, count = np.full(len(best), -inf), np.zeros(len(best), dtype=np.int64)
            for number in range(least, min(most, (len(best) - 1) // share) + 1):
                moved = np.full(len(best), -inf)
                moved[number * share :] = best[: len(best) - number * share] + weight * number
                count[moved > larger] = number
                larger = np.maximum(larger, moved)
            taken.append(count)
            best = larger
        out = (weights[-2] * self.missing + weights[-1] * self.beyond) / self.unit
        worth = np.where(self.possible, best - out, -inf)
        total = int(np.argmax(worth))
        if worth[total] == -inf:
            return -inf, None
        return float(worth[total]), self._point(total, taken)

    def _point(self, total: int, taken: Sequence[Ints]) -> list[float]:
        outs = [-self.missing[total] / self.unit, -self.beyond[total] / self.unit]
        counts = []
        for count, share in zip(reversed(taken), reversed(self.shares), strict=True):
            counts.append(int(count[total]))
            total -= counts[-1] * share
        return [*reversed(counts), *outs]
