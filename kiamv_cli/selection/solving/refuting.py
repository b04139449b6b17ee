"""Refute that there is anything better: by cases, each closed in whole numbers.

HiGHS solves linear programs, in floating point. Of its answers only dual prices and rays are used,
rounded to whole numbers: whatever they are, constraints added up so many times each hold, and give
a bound (Neumaier & Shcherbina, Safe bounds in linear and mixed-integer linear programming,
Mathematical Programming 99, 2004; Cheung, Gleixner & Steffy, Verifying integer programming results,
IPCO 2017). A column that cannot leave its bound without falling short of the goal is fixed there
(Dantzig, Fulkerson & Johnson, Operations Research 2, 1954).

What is left is divided at the column for which, tried out, the bounds of both halves fall most
(strong branching: Applegate, Bixby, Chvatal & Cook, The Traveling Salesman Problem, 2006), or are
likely to, after what dividing there brought elsewhere.

The relaxation is sharpened by the facets of one category at a time (Boyd, Generating Fenchel
cutting planes for knapsack polyhedra, SIAM Journal on Optimization 3, 1993): of a sum of members
that list it, a table of all totals tells the most. That takes the bundled list from 1,200 to 80.
"""

from __future__ import annotations

from math import comb, inf, prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kiamv_cli.selection.model.refutation import Refuted
from kiamv_cli.selection.solving.relaxation import Linear, Rows, Sum, Trials
from kiamv_cli.selection.solving.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kiamv_cli.selection.model.integer_program import Row
    from kiamv_cli.selection.model.refutation import Case, Claim
    from kiamv_cli.selection.solving.relaxation import Relaxed

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]

# What is nearer to a whole number counts as one when it is chosen where to divide.
_OFF = 1e-6
_CANDIDATES = 10  # columns that may be tried out
# Prices are rounded to multiples of 1/2^k, the coarsest that will do: a short proof.
_BITS = (4, 8, 12, 18, 26, 34, 44, 56)
_USUAL = 2
# Rounds of sharpening, and when they end: what the last three brought, as a share of what is left.
_ROUNDS, _STALLED = 24, 0.02
_PLATEAU = 12
# A claim of more cases is hard: it is begun anew, with rounds of the same in each case, of which it
# takes far fewer, but each far longer.
_HARD, _ROUNDS_EACH = 300, 2


class _WrongError(Exception):
    """Something is better."""

    def __init__(self, counts: tuple[int, ...]) -> None:
        super().__init__("something is better")
        self.counts = counts


def refute(claim: Claim, in_time: Callable[[], bool]) -> Refuted:
    """Refute that anything is better, by a proof, or find what is."""
    try:
        easy = _Search(claim, min(claim.steps, _HARD), 0).run(in_time)
        if easy.status != "open" or claim.steps <= _HARD:
            return easy
        return _Search(claim, claim.steps, _ROUNDS_EACH).run(in_time)
    except _WrongError as wrong:
        return Refuted("wrong", better=wrong.counts)


class _Part(NamedTuple):
    """A case: its bounds, the tables that hold in it, and the steps to begin it with."""

    lower: Ints
    upper: Ints
    tables: tuple[Row, ...]
    steps: list[Any]

    def plus(self, total: Sum) -> list[Any]:
        """Return the steps with another."""
        return [*self.steps, total.step]

    def within(self, total: Sum, room: int) -> _Part:
        """Return what a sum leaves, the case itself if that is all of it."""
        lower, upper = total.within(room, self.lower, self.upper)
        if (lower == self.lower).all() and (upper == self.upper).all():
            return self
        return _Part(lower, upper, self.tables, self.plus(total))


class _Search:
    """The cases under way."""

    def __init__(self, claim: Claim, steps: int, rounds: int) -> None:
        self.claim, self.steps, self.rounds = claim, steps, rounds
        self.lower, self.upper = np.array(claim.lowers), np.array(claim.uppers)
        self.rows = Rows(claim)
        self.cases: list[Case] = []
        self.equal: list[tuple[int, ...]] = []
        self.start: list[Any] = []
        self.categories = [Tables(each, claim.seat_unit) for each in claim.categories]
        self.own = self.tables = 0
        self.trials = Trials(claim.least)
        # Bounds that contradict each other are no model for a solver; then there is nothing to do.
        if (self.lower <= self.upper).all():
            self.linear = self._relaxation()

    def _relaxation(self) -> Linear:
        return Linear(self.rows.goal.astype(float), self.rows.rows, self.lower, self.upper)

    def run(self, in_time: Callable[[], bool]) -> Refuted:
        """Go through the cases, one after the other."""
        self._sharpen(in_time)
        self.own = len(self.rows.rows)
        parts: list[_Part] = [_Part(self.lower, self.upper, (), self.start)]
        while parts:
            if not in_time():
                return Refuted("stopped")
            if len(self.cases) + len(parts) > self.steps:
                return Refuted("open")
            if self.claim.many and self._many():
                return Refuted("many")
            parts += self._case(parts.pop())
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
        fewer = number - first - len(kept)
        for parts, *_ in self.cases:
            for step in parts:
                if type(step[0]) is int:
                    step[::2] = [kept.get(n, n - fewer if n >= number else n) for n in step[::2]]
        return tuple(self.cases)

    def _close(self, lower: Ints, upper: Ints, relaxed: Relaxed) -> tuple[Sum | None, int]:
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

    def _contradiction(self, lower: Ints, upper: Ints) -> Sum | None:
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

    def _case(self, part: _Part) -> list[_Part]:
        """Close a case, or divide it: the halves, the one to go on with last."""
        relaxed: Relaxed | None = None
        for left in reversed(range(self.rounds + 1)):
            if self._over(part.lower, part.upper):
                return self._closed(part.steps)
            self._settle(part.tables)
            relaxed = self.linear.solve(part.lower, part.upper)
            if relaxed is None:
                found = self._contradiction(part.lower, part.upper)
                return (
                    self._divided(part, None) if found is None else self._closed(part.plus(found))
                )
            total, room = self._close(part.lower, part.upper, relaxed)
            if total is not None and room < 0:
                return self._closed(part.plus(total))
            part = part if total is None else part.within(total, room)
            if self._over(part.lower, part.upper):
                return self._closed(part.steps)
            new = self._sharper(part, relaxed) if left else part
            if new is part:
                break
            part = new
        return self._divided(part, relaxed)

    def _sharper(self, part: _Part, relaxed: Relaxed) -> _Part:
        """Return a case with further tables, the same one if the relaxation breaks none."""
        if self.claim.draw is not None:
            return part
        steps = list(part.steps)
        new = tuple(self._broken(relaxed.values, part.lower, part.upper, steps))
        return part._replace(steps=steps, tables=(*part.tables, *new)) if new else part

    def _settle(self, tables: tuple[Row, ...]) -> None:
        """Have the tables of a case as rows, and no others but those of all."""
        have, number = self.rows.rows[self.own :], self.rows.first + self.tables
        same = 0
        while same < min(len(have), len(tables)) and have[same] is tables[same]:
            same += 1
        if same == len(have) == len(tables):
            return
        self.rows.replace(
            range(self.own + same),
            ((number + n, tables[n]) for n in range(same, len(tables))),
        )
        self.linear.keep(self.own + same)
        for row in tables[same:]:
            self.linear.add(row)

    def _over(self, lower: Ints, upper: Ints) -> bool:
        """Return whether a case is closed as it is; where it is one shortlist, look at that."""
        cells = self.claim.cells
        if (lower > upper).any() or (self.claim.draw is not None and self._lost(lower, upper)):
            return True
        single = bool((lower[:cells] == upper[:cells]).all())
        if single:
            self._look(tuple(lower[:cells].tolist()))
        return single

    def _closed(self, steps: list[Any]) -> list[_Part]:
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
        """Return whether a case holds only what loses the draw, or the winner itself."""
        assert self.claim.draw is not None, "there is a draw"
        for (cell, place), member in zip(*self.claim.draw, strict=True):
            if member and upper[cell] <= place:
                return True
            if lower[cell] <= place if member else upper[cell] > place:
                return False
        return True

    def _divided(self, part: _Part, relaxed: Relaxed | None) -> list[_Part]:
        lower, upper, tables, steps = part
        column, at = self._where(lower, upper, relaxed)
        self.cases.append([steps, column, at])
        low, up = lower.copy(), upper.copy()
        low[column], up[column] = at + 1, at
        return [_Part(low, upper, tables, []), _Part(lower, up, tables, [])]

    def _where(self, lower: Ints, upper: Ints, relaxed: Relaxed | None) -> tuple[int, int]:
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
            return self.trials.best(self.linear, lower, upper, relaxed, broken[:_CANDIDATES])
        counts = np.rint(relaxed.values).astype(np.int64)
        self._promising(tuple(counts[: self.claim.cells].tolist()))
        column = int(free[0])
        return column, min(max(int(counts[column]), int(lower[column])), int(upper[column]) - 1)

    def _promising(self, counts: tuple[int, ...]) -> None:
        """Look at a solution of the relaxation, but leave what is as good for its own case."""
        known = len(self.equal)
        self._look(counts)
        del self.equal[known:]

    def _sharpen(self, in_time: Callable[[], bool]) -> None:
        """Fix columns and add tables until that brings little: the steps with which to start."""
        if self.claim.draw is not None or self.claim.goal is None:
            return
        self._propagate()
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
            found = self._broken(relaxed.values, self.lower, self.upper, self.start)
            new = [*enumerate(found, number)]
            if not new:
                return
            number += len(new)
            self.tables = number - self.rows.first
            self.rows.replace(self._binding(relaxed.values), new)
            self.linear = self._relaxation()

    def _broken(self, values: Floats, lower: Ints, upper: Ints, steps: list[Any]) -> Iterator[Row]:
        """Add steps for tables that values break, and yield their rows."""
        for category in self.categories:
            row = category.separated(values, lower, upper)
            if row is not None:
                steps.append(
                    [category.category.name, *(part for term in row.terms for part in term)]
                )
                yield row

    def _propagate(self) -> None:
        """Work out what each constraint by itself leaves of the columns."""
        for number, row in enumerate(self.claim.rows):
            for times, limit in ((1, row.high), (-1, row.low)):
                if limit is None:
                    continue
                total = Sum([number, times], self.rows.matrix[number] * times, limit * times)
                self._tighten(total, total.room(self.lower, self.upper))

    def _stalled(self, bounds: Sequence[float]) -> bool:
        left = bounds[-1] - self.claim.least + 1
        if len(bounds) > 1 and bounds[0] == bounds[-1]:
            return len(bounds) > _PLATEAU
        return len(bounds) > 5 and bounds[-4] - bounds[-1] < _STALLED * left  # noqa: PLR2004

    def _tighten(self, total: Sum | None, room: int) -> None:
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
