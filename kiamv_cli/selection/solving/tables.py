"""Tables of a category: inequalities of its members that a solution of the relaxation breaks."""

from __future__ import annotations

from math import gcd, inf
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from kiamv_cli.selection.model.integer_program import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiamv_cli.selection.model.refutation import Category

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

# What is nearer to a whole number counts as one when it is chosen where to divide.
_OFF = 1e-6
# How many points a small program may have, and how far beyond them a solution must be.
_POINTS, _BROKEN = 80, 1e-4
# Weights are whole multiples of one in so many.
_PARTS = 2_000


class Tables:
    """Finds inequalities of one category that a solution of the relaxation breaks.

    Weights are found by a small linear program over the points seen so far: those by which the
    solution is furthest beyond all of them. A table of totals then tells the most that the weighted
    sum can be; the point that has it is one more, until the weights hold for all.
    """

    def __init__(self, category: Category, seat_unit: int) -> None:
        self.category = category
        self.columns = np.array([cell for cell, _ in category.shares], dtype=np.int64)
        self.shares = np.array([share for _, share in category.shares], dtype=np.int64)
        self.groups = [
            (int(share), np.nonzero(self.shares == share)[0]) for share in np.unique(self.shares)
        ]
        self.step = gcd(*self.shares.tolist()) or 1
        self.unit = seat_unit
        self._points: list[list[float]] = []
        self._known: tuple[Any, ...] | None = None
        self._solver: Any = None

    def separated(self, values: Floats, lower: Ints, upper: Ints) -> Row | None:
        """Return a row that the values break, ``None`` if none is found."""
        here = values[self.columns]
        if not len(here) or np.abs(here - np.rint(here)).max() < _OFF:
            return None
        table = Table(self, lower, upper)
        point = np.array([*here, *(-self._out(values, side) for side in ("short", "over")), -1.0])
        weights = self._weights(point, table)
        return None if weights is None else self._row(weights, point, table)

    def _out(self, values: Floats, side: str) -> float:
        column = getattr(self.category, side)
        return 0.0 if column is None else float(values[column]) / self.unit

    def _weights(self, point: Floats, table: Table) -> Floats | None:
        """Return weights of members, and of seats short and over, that part point and table."""
        width = len(point)
        numbers = np.arange(width, dtype=np.int32)
        if self._known != table.bounds:
            self._known, self._solver = table.bounds, self._program(width)
            self._points = [each for each in self._points[-_POINTS:] if table.has(each)]
            for each in self._points:
                self._solver.addRow(-inf, 0.0, width, numbers, np.array([*each, -1.0]))
        weights, limit = np.where(point > 1 / 2, 1.0, -1.0)[:-1], None if self._points else -inf
        weights[-2:] = 0
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
            self._points.append(seen)
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

    def _row(self, weights: Floats, point: Floats, table: Table) -> Row | None:
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


class Table:
    """All totals of seats that a category can have within bounds.

    Totals are multiples of the greatest unit that all shares are. Who has the same share comes by
    weight: the most of some of them is the sum of the first.
    """

    def __init__(self, tables: Tables, lower: Ints, upper: Ints) -> None:
        category = tables.category
        self.least = lower[tables.columns]
        self.free = (upper - lower)[tables.columns]
        self.groups = tables.groups
        short = 0 if category.short is None else int(upper[category.short])
        over = 0 if category.over is None else int(upper[category.over])
        self.bounds = (*self.least.tolist(), *self.free.tolist(), short, over)
        self.start = int(self.least @ tables.shares)
        full = self.start + int(self.free @ tables.shares)
        last = full if category.over is None else min(full, category.high + over)
        totals = np.arange(self.start, last + 1, tables.step)
        self.step, self.unit = tables.step, tables.unit
        self.missing = np.maximum(category.low - totals, 0) / tables.unit
        self.beyond = np.maximum(totals - category.high, 0) / tables.unit
        if category.over is None:
            self.beyond[:] = 0
        self.possible = self.missing * tables.unit <= short

    def has(self, point: Sequence[float]) -> bool:
        """Return whether a point lies within the bounds."""
        counts, width = np.array(point[:-2]), len(self.least)
        short, over = self.bounds[-2:]
        return bool(
            (self.least <= counts).all()
            and (counts <= self.least + self.free).all()
            and -point[width] * self.unit <= short
            and -point[width + 1] * self.unit <= over
        )

    def most(self, weights: Floats) -> tuple[float, list[float] | None]:
        """Return the most that a weighted sum can be, and what has it, as a point."""
        members = weights[:-2]
        if not len(self.missing):
            return -inf, None
        best = np.full(len(self.missing), -inf)
        best[0] = float(members @ self.least)
        taken = []
        for share, group in self.groups:
            order, sums = self._ordered(members, group, (len(best) - 1) // (share // self.step))
            larger, count = best, np.zeros(len(best), dtype=np.int64)
            for number, total in enumerate(sums, 1):
                by = number * share // self.step
                moved = best[: len(best) - by] + total
                better = moved > larger[by:]
                if number == 1:
                    larger = best.copy()
                larger[by:][better] = moved[better]
                count[by:][better] = number
            taken.append((share, order, count))
            best = larger
        worth = best - weights[-2] * self.missing - weights[-1] * self.beyond
        worth[~self.possible] = -inf
        total = int(np.argmax(worth))
        if worth[total] == -inf:
            return -inf, None
        return float(worth[total]), self._point(total, taken)

    def _ordered(self, members: Floats, group: Ints, most: int) -> tuple[Ints, Floats]:
        """Return who of a share comes first, each as often as may be, and the sums of weights."""
        free = np.repeat(group, self.free[group])
        order = free[np.argsort(-members[free], kind="stable")][:most]
        return order, np.cumsum(members[order])

    def _point(self, total: int, shares: Sequence[tuple[int, Ints, Ints]]) -> list[float]:
        outs = [-float(self.missing[total]), -float(self.beyond[total])]
        counts = self.least.astype(float)
        for share, order, count in reversed(shares):
            number = int(count[total])
            np.add.at(counts, order[:number], 1.0)
            total -= number * share // self.step
        return [*counts.tolist(), *outs]
