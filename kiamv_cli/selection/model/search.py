"""A question in whole numbers, and the best figures that it allows.

Scores and seats are fractions with common denominators, so times these they are whole numbers, and
so is every total: a bound that is less than one above a total proves it the highest, and a tie is
a tie. Nothing here is computed in floating point; what a solver computes so is checked.

Seats out of place are a sum of distances to a band of each category, which two slack columns for
each make linear (goal programming: Charnes & Cooper, Goal programming and multiple objective
optimizations, European Journal of Operational Research 1, 1977). They are minimised first and then
become a row, so that a score is only ever compared among shortlists that are as well balanced.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.integer_program import Program, Row, consistent, solve
from kiamv_cli.selection.model.question import Status, make_pool
from kiamv_cli.selection.model.spread import Band, band_of, seat_unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.selection.model.integer_program import Solver, SolverOutcome
    from kiamv_cli.selection.model.question import Pool, Question, SelectionStep, Sum


class NoneFeasibleError(Exception):
    """No shortlist meets the wishes of a question; ``InfeasibleError`` says which clash."""


class NoShortlistError(Exception):
    """Time ran out, or the user interrupted, before any shortlist was found."""

    def __init__(self, *, interrupted: bool) -> None:
        super().__init__("no shortlist was found in time")
        self.interrupted = interrupted


@dataclass(slots=True)
class Reached:
    """How far a search got: to its end, or until time ran out or the user interrupted."""

    complete: bool = False
    interrupted: bool = False


@contextmanager
def until_stopped() -> Iterator[Reached]:
    """Yield a record of how far the search within gets; what it found by then stays.

    Every search of many parts runs in it, so that Ctrl-C and a time limit never cost what is
    proven already.
    """
    reached = Reached()
    try:
        yield reached
        reached.complete = True
    except NoShortlistError as error:
        reached.interrupted = error.interrupted
    except KeyboardInterrupt:
        reached.interrupted = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A question in whole numbers.

    Scores are in units of ``1 / pool.unit`` and seats in units of ``1 / seat_unit``; ``wishes``
    are the rows for size, quotas and sums, ``bands`` the categories of the balanced dimensions.
    """

    pool: Pool
    seat_unit: int
    wishes: tuple[Row, ...]
    bands: tuple[Band, ...]

    def best(self, *, out: int | None, floor: int | None = None) -> Program:
        """Maximise the score of the free members.

        Args:
            out: The most seat units that may be out of place; ``None`` leaves balance aside.
            floor: The least score, ``None`` for any.
        """
        profits = [cell.score for cell in self.pool.cells]
        if out is None:
            return self._program(profits, [*self.wishes, *self.at_least(floor)])
        if out == 0:
            strict = [Row(band.terms, band.low, band.high) for band in self.bands]
            return self._program(profits, [*self.wishes, *strict, *self.at_least(floor)])
        slacks = range(len(profits), len(profits) + 2 * len(self.bands))
        limit = Row(tuple((slack, 1) for slack in slacks), None, out)
        profits += [0] * len(slacks)
        rows = [*self.wishes, *self._loose(slacks), *self.at_least(floor), limit]
        return self._program(profits, rows)

    def balanced(self, *, floor: int | None = None) -> Program:
        """Minimise the seat units out of place: the value is minus their number."""
        cells = len(self.pool.cells)
        slacks = range(cells, cells + 2 * len(self.bands))
        profits = [0] * cells + [-1] * len(slacks)
        return self._program(profits, [*self.wishes, *self._loose(slacks), *self.at_least(floor)])

    def most_kept(self, *, floor: int | None) -> Program:
        """Maximise how many of the free members are ones to keep."""
        kept = [int(cell.alike.kept) for cell in self.pool.cells]
        return self._program(kept, [*self.wishes, *self.at_least(floor)])

    def keeping(self, number: int) -> Model:
        """Return the model of only those shortlists that keep so many, the pins aside."""
        kept = tuple((i, 1) for i, cell in enumerate(self.pool.cells) if cell.alike.kept)
        return replace(self, wishes=(*self.wishes, Row(kept, number)))

    def kept(self, counts: Sequence[int]) -> int:
        """Return how many of the free members are ones to keep."""
        cells = zip(self.pool.cells, counts, strict=True)
        return sum(count for cell, count in cells if cell.alike.kept)

    def at_least(self, floor: int | None) -> list[Row]:
        """Return the row that keeps the score of the free members at ``floor`` or more."""
        if floor is None:
            return []
        return [Row(tuple((i, cell.score) for i, cell in enumerate(self.pool.cells)), floor)]

    def ties(self) -> Iterator[tuple[int, ...]]:
        """Yield, for each criterion that decides between equal totals, the score of each cell."""
        return zip(*(cell.ties for cell in self.pool.cells), strict=True)

    def score(self, counts: Sequence[int]) -> int:
        """Return the score of the free members when so many of each cell are in."""
        return sum(cell.score * count for cell, count in zip(self.pool.cells, counts, strict=True))

    @property
    def pinned_score(self) -> int:
        """Return the score of the pins."""
        return sum(cell.score for cell in self.pool.pinned)

    def top(self) -> tuple[int, ...]:
        """Take the highest scores, as how many of each cell, whatever the quotas and balance."""
        counts, left = [0] * len(self.pool.cells), self.pool.free
        for number, cell in sorted(enumerate(self.pool.cells), key=lambda pair: -pair[1].score):
            counts[number] = min(left, len(cell.members))
            left -= counts[number]
        return tuple(counts)

    def by_score(self) -> tuple[int, ...] | None:
        """Return the best under the wishes alone, as how many of each cell.

        ``None`` where a sort cannot tell: there are quotas or sums, or too few candidates.
        """
        top = self.top()
        return top if len(self.wishes) == 1 and sum(top) == self.pool.free else None

    def out_of_place(self, counts: Sequence[int]) -> int:
        """Return the seat units out of place when so many of each cell are in."""
        return sum(band.out_of_place(counts) for band in self.bands)

    def members(self, counts: Sequence[int]) -> frozenset[str]:
        """Name the members, pins included, when so many of each cell are in."""
        taken = zip(self.pool.cells, counts, strict=True)
        chosen = {name for cell, count in taken for name in cell.members[:count]}
        return frozenset(chosen.union(*(cell.members for cell in self.pool.pinned)))

    def _loose(self, slacks: range) -> Iterator[Row]:
        for number, band in enumerate(self.bands):
            under, over = slacks[2 * number], slacks[2 * number + 1]
            yield Row((*band.terms, (under, 1), (over, -1)), band.low, band.high)

    def _program(self, profits: list[int], rows: list[Row]) -> Program:
        uppers = [len(cell.members) for cell in self.pool.cells]
        # No category can have more seats out of place than there are seats on both sides.
        most = sum(max(band.high, 0) + abs(band.low) for band in self.bands)
        most += self.pool.free * self.seat_unit
        uppers += [most] * (len(profits) - len(uppers))
        return Program(tuple(profits), (0,) * len(profits), tuple(uppers), tuple(rows))


def make_model(question: Question) -> Model:
    """Prune a question and put it in whole numbers.

    Raises:
        ValueError: An included id is not among the candidates.
    """
    pool = make_pool(question)
    seat_unit = seat_unit_of(question, pool)
    bands = tuple(
        band_of(pool, seat_unit, dimension, category, target)
        for dimension in question.balance
        for category, target in question.targets[dimension].items()
    )
    return Model(pool=pool, seat_unit=seat_unit, wishes=_wishes(question, pool), bands=bands)


def model_keeping(question: Question, members: Iterable[str]) -> Model:
    """Return the model of those shortlists that keep as many as a shortlist does."""
    model = make_model(question)
    if not question.keep:
        return model
    pinned = sum(cell.alike.kept for cell in model.pool.pinned)
    return model.keeping(len(question.keep.intersection(members)) - pinned)


def _wishes(question: Question, pool: Pool) -> tuple[Row, ...]:
    """Return the rows for the size, each quota and each sum, net of what the pins bring."""
    size = Row(tuple((i, 1) for i in range(len(pool.cells))), pool.free, pool.free)
    rows = [size]
    for quota in question.quotas:
        number = pool.dimensions.index(quota.dimension)
        taken = sum(quota.category in cell.places[number] for cell in pool.pinned)
        terms = tuple(
            (i, 1) for i, cell in enumerate(pool.cells) if quota.category in cell.places[number]
        )
        low, high = (
            None if limit is None else limit - taken for limit in (quota.at_least, quota.at_most)
        )
        rows.append(Row(terms, low, high))
    rows += (_added_up(each, number, pool) for number, each in enumerate(question.sums))
    return tuple(rows)


def _added_up(each: Sum, number: int, pool: Pool) -> Row:
    taken = sum(cell.alike.sums[number] for cell in pool.pinned)
    shares = ((i, cell.alike.sums[number]) for i, cell in enumerate(pool.cells))
    low, high = (
        None if limit is None else limit - taken for limit in (each.at_least, each.at_most)
    )
    return Row(tuple((i, share) for i, share in shares if share), low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """The best figures that a question allows, before the lottery.

    ``counts`` says of one of the best shortlists how many of each cell are in. ``open`` is the
    program of which it is an optimum, and the solutions of ``face`` are all the best shortlists and
    no others; without a proof both are ``None``, and ``counts`` the best so far.
    """

    counts: tuple[int, ...]
    open: Program | None
    face: Program | None
    status: Status


def optimum(model: Model, give_up: Fraction | None, solver: Solver) -> Optimum:
    """Find the fewest seats out of place and, with those, the highest score.

    Args:
        model: The question in whole numbers.
        give_up: The share of the best score under the wishes that balance may cost at most.
        solver: Solves the integer programs; not called where a plain sort gives the answer.

    Raises:
        NoneFeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to find any.
    """
    search = _Search(model, solver)
    open_ = face = None
    with until_stopped() as reached:
        open_, face = search.run(give_up)
    if search.best is None:
        raise NoShortlistError(interrupted=reached.interrupted)
    status = Status(
        proven=face is not None, step=search.step, gap=search.gap, interrupted=reached.interrupted
    )
    return Optimum(counts=search.best, open=open_, face=face, status=status)


@dataclass(slots=True)
class _Search:
    """The steps under way, with the best shortlist so far."""

    model: Model
    solver: Solver
    best: tuple[int, ...] | None = None
    step: SelectionStep = "wishes"
    gap: Fraction = Fraction(0)
    left: Program | None = None

    def run(self, give_up: Fraction | None) -> tuple[Program, Program]:
        """Go through the steps; give the last program, and that of all that is equally good."""
        if self.model.pool.free < 0:
            raise NoneFeasibleError
        keeping = any(cell.alike.kept for cell in self.model.pool.cells)
        if not self.model.bands and not keeping:
            highest = self._wishes()
            if self.model.by_score() is None:
                return self._face(None, highest)
            program = self.model.best(out=None)
            return program, replace(program, rows=(*program.rows, *self.model.at_least(highest)))
        floor = None if give_up is None else self._floor(give_up)
        if keeping:
            self._keep(floor)
        if not self.model.bands:
            most = self._solve(self.model.best(out=None, floor=floor), "score")
            return self._face(None, consistent(most, "what keeps the most is a solution"))
        self._start()
        # No seats out of place is the least there can be. Where a shortlist has that, the highest
        # score among those is all there is left to find: one solve instead of two, and one with
        # bands for rows, which a solver prunes by, instead of slacks.
        strict = self._solve(self.model.best(out=0, floor=floor), "score")
        if strict is not None:
            return self._face(0, strict)
        out = self._solve(self.model.balanced(floor=floor), "balance")
        if out is None:
            raise NoneFeasibleError
        score = self._solve(self.model.best(out=-out, floor=floor), "score")
        return self._face(-out, consistent(score, "the best balanced shortlist is a solution"))

    def _wishes(self) -> int:
        """Return the highest score under the wishes alone."""
        if (counts := self.model.by_score()) is not None:
            self.best = counts
            return self.model.score(counts)
        score = self._solve(self.model.best(out=None), "wishes")
        if score is None:
            raise NoneFeasibleError
        return score

    def _floor(self, give_up: Fraction) -> int:
        """Return the least score of the free members when balance may cost ``give_up``."""
        pinned = self.model.pinned_score
        return ceil((1 - give_up) * (self._wishes() + pinned)) - pinned

    def _keep(self, floor: int | None) -> None:
        """Leave only the shortlists that keep the most."""
        kept = self._solve(self.model.most_kept(floor=floor), "keep")
        if kept is None:
            raise NoneFeasibleError
        self.model = self.model.keeping(kept)

    def _start(self) -> None:
        """Have something to show should time run out: the best by score, if a sort gives it."""
        if self.best is None:
            self.best = self.model.by_score()
        if self.best is not None:
            self.gap = Fraction(self.model.out_of_place(self.best), self.model.seat_unit)

    def _face(self, out: int | None, score: int) -> tuple[Program, Program]:
        """Return the program that has this score, and that of all that is equally good.

        Both are within the bounds that the proof left open. Ties are settled in both.
        """
        program = self._left(self.model.best(out=out))
        face = replace(program, rows=(*program.rows, *self.model.at_least(score)))
        for sums in self.model.ties():
            profits = (*sums, *[0] * (len(face.profits) - len(sums)))
            tied = replace(face, profits=profits)
            best = consistent(self._solve(tied, "ties"), "there is a best shortlist")
            program = self._left(tied)
            terms = tuple((column, weight) for column, weight in enumerate(sums) if weight)
            face = replace(program, rows=(*program.rows, Row(terms, best)))
        return program, face

    def _left(self, program: Program) -> Program:
        """Return a program within the bounds that the last proof left open."""
        left = self.left or program
        return replace(program, lowers=left.lowers, uppers=left.uppers)

    def _solve(self, program: Program, step: SelectionStep) -> int | None:
        """Return the optimum of a program, ``None`` where it has no solution."""
        solved = solve(program, self.solver)
        outcome, self.left = solved.outcome, solved.open
        if outcome.values is not None:
            self.best = outcome.values[: len(self.model.pool.cells)]
        if outcome.status == "optimal":
            assert outcome.values is not None, "what is optimal is a solution"
            self.step, self.gap = step, Fraction(0)
            return program.value(outcome.values)
        if outcome.status == "infeasible":
            return None
        self._cut_short(program, outcome, step)
        raise NoShortlistError(interrupted=outcome.interrupted)

    def _cut_short(self, program: Program, outcome: SolverOutcome, step: SelectionStep) -> None:
        if outcome.values is None:
            # What is at hand comes from an earlier step, of which the balance is not proven.
            self.step = "balance" if self.model.bands else "wishes"
            return
        self.step = step
        missing = self._bound(program, outcome) - program.value(outcome.values)
        if step in {"balance", "keep"}:
            self.gap = Fraction(missing, self.model.seat_unit if step == "balance" else 1)
        elif self.best is not None:
            total = self.model.score(self.best) + self.model.pinned_score
            self.gap = Fraction(missing, total) if total else Fraction(missing > 0)

    def _bound(self, program: Program, outcome: SolverOutcome) -> int:
        """Return what no solution passes: the solver's bound, or what holds without one."""
        cells = len(self.model.pool.cells)
        pairs = zip(program.profits[:cells], program.uppers[:cells], strict=True)
        simple, left = 0, self.model.pool.free
        for profit, upper in sorted(pairs, reverse=True):
            simple += profit * min(left, upper)
            left -= min(left, upper)
        return simple if outcome.bound is None else min(simple, outcome.bound)
