"""The best figures a question allows: fewest seats out of place, then the highest score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.integer_program import consistent, solve
from kiamv_cli.selection.model.question import Status

if TYPE_CHECKING:
    from kiamv_cli.selection.model.formulation import Model
    from kiamv_cli.selection.model.integer_program import Outcome, Program, Solver
    from kiamv_cli.selection.model.question import SelectionStep


class InfeasibleError(Exception):
    """No shortlist meets the wishes."""


class NoShortlistError(Exception):
    """Time ran out, or the user interrupted, before any shortlist was found."""

    def __init__(self, *, interrupted: bool) -> None:
        super().__init__("no shortlist was found in time")
        self.interrupted = interrupted


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
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to find any.
    """
    search = _Search(model, solver)
    open_ = face = None
    try:
        open_, face = search.run(give_up)
    except KeyboardInterrupt:
        search.interrupted = True
    except _CutShortError:
        pass
    if search.best is None:
        raise NoShortlistError(interrupted=search.interrupted)
    status = Status(
        proven=face is not None, step=search.step, gap=search.gap, interrupted=search.interrupted
    )
    return Optimum(counts=search.best, open=open_, face=face, status=status)


class _CutShortError(Exception):
    """Time ran out, or the user interrupted."""


@dataclass(slots=True)
class _Search:
    """The steps under way, with the best shortlist so far."""

    model: Model
    solver: Solver
    best: tuple[int, ...] | None = None
    step: SelectionStep = "wishes"
    gap: Fraction = Fraction(0)
    interrupted: bool = False
    left: Program | None = None

    def run(self, give_up: Fraction | None) -> tuple[Program, Program]:
        """Go through the steps; give the last program, and that of all that is equally good."""
        if self.model.pool.free < 0:
            raise InfeasibleError
        if not self.model.bands:
            return self._face(None, self._wishes())
        floor = None if give_up is None else self._floor(give_up)
        self._start()
        strict = self._solve(self.model.best(out=0, floor=floor), "score")
        if strict is not None:
            return self._face(0, strict)
        out = self._solve(self.model.balanced(floor=floor), "balance")
        if out is None:
            raise InfeasibleError
        score = self._solve(self.model.best(out=-out, floor=floor), "score")
        return self._face(-out, consistent(score, "the best balanced shortlist is a solution"))

    def _wishes(self) -> int:
        """Give the highest score under the wishes alone."""
        if (counts := self.model.by_score()) is not None:
            self.best = counts
            return self.model.score(counts)
        score = self._solve(self.model.best(out=None), "wishes")
        if score is None:
            raise InfeasibleError
        return score

    def _floor(self, give_up: Fraction) -> int:
        """Give the least score of the free members when balance may cost ``give_up``."""
        pinned = self.model.pinned_score
        return ceil((1 - give_up) * (self._wishes() + pinned)) - pinned

    def _start(self) -> None:
        """Have something to show should time run out: the best by score, if a sort gives it."""
        if self.best is None:
            self.best = self.model.by_score()
        if self.best is not None:
            self.gap = Fraction(self.model.out_of_place(self.best), self.model.seat_unit)

    def _face(self, out: int | None, score: int) -> tuple[Program, Program]:
        """Give the program that has this score, and that of all that is equally good.

        Both are within the bounds that the proof left open.
        """
        program = self.model.best(out=out)
        left = self.left or program
        program = replace(program, lowers=left.lowers, uppers=left.uppers)
        return program, replace(program, rows=(*program.rows, *self.model.at_least(score)))

    def _solve(self, program: Program, step: SelectionStep) -> int | None:
        """Give the optimum of a program, ``None`` where it has no solution."""
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
        raise _CutShortError

    def _cut_short(self, program: Program, outcome: Outcome, step: SelectionStep) -> None:
        self.interrupted = outcome.interrupted
        if outcome.values is None:
            # What is at hand comes from an earlier step, of which the balance is not proven.
            self.step = "balance" if self.model.bands else "wishes"
            return
        self.step = step
        missing = self._bound(outcome, step) - program.value(outcome.values)
        if step == "balance":
            self.gap = Fraction(missing, self.model.seat_unit)
        elif self.best is not None:
            total = self.model.score(self.best) + self.model.pinned_score
            self.gap = Fraction(missing, total) if total else Fraction(missing > 0)

    def _bound(self, outcome: Outcome, step: SelectionStep) -> int:
        """Give what no solution passes: the solver's bound, or what holds without one."""
        simple = 0 if step == "balance" else self.model.score(self.model.top())
        return simple if outcome.bound is None else min(simple, outcome.bound)
