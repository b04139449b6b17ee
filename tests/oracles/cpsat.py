"""Another solver, OR-Tools CP-SAT, asked whether there is a better shortlist.

Run as a process: ``python -m oracles.cpsat`` reads pairs of a question and a selection, pickled,
and prints one answer a line. OR-Tools brings a HiGHS of its own under the same name as that of
``highspy``, so that the two cannot be in one process.
"""

import pickle
import sys
from fractions import Fraction
from hashlib import sha256
from math import ceil, floor, lcm

from ortools.sat.python import cp_model

from kiamv_cli.selection.model.question import Question, Selection


def better(question: Question, selection: Selection) -> str | None:
    """Name the first step in which some other shortlist wins from this one, if there is one."""
    if _exists(_Model(question).less_out_than(selection)):
        return "balance"
    if _exists(_Model(question).as_balanced_as(selection).worth_more_than(selection)):
        return "score"
    as_good = _Model(question).as_balanced_as(selection).worth_as_much_as(selection)
    return "lottery" if _exists(as_good.drawn_before(selection)) else None


class _Model:
    """Candidates as switches, seats and scores in whole parts."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.program = cp_model.CpModel()
        self.seat = lcm(2, *(len(p) for one in question.candidates for p in one.places.values()))
        self.point = lcm(*(one.score.denominator for one in question.candidates))
        self.chosen = {one.id: self.program.new_bool_var(one.id) for one in question.candidates}
        self.program.add(sum(self.chosen.values()) == question.size)
        for name in question.include:
            self.program.add(self.chosen[name] == 1)
        for name in question.exclude:
            self.program.add(self.chosen[name] == 0)
        self._obey_quotas()
        self.out = sum(self._out(name) for name in question.balance)
        self.score = sum(
            int(one.score * self.point) * self.chosen[one.id] for one in question.candidates
        )
        if question.give_up is not None:
            self._give_up(1 - question.give_up)

    def less_out_than(self, selection: Selection) -> "_Model":
        self.program.add(self.out <= self._out_of(selection) - 1)
        return self

    def as_balanced_as(self, selection: Selection) -> "_Model":
        self.program.add(self.out <= self._out_of(selection))
        return self

    def worth_more_than(self, selection: Selection) -> "_Model":
        self.program.add(self.score >= int(selection.score * self.point) + 1)
        return self

    def worth_as_much_as(self, selection: Selection) -> "_Model":
        self.program.add(self.score >= int(selection.score * self.point))
        return self

    def drawn_before(self, selection: Selection) -> "_Model":
        """Hold some other ecosystem, and before it in the draw the same ones."""
        order = sorted(self.chosen, key=self._lot)
        pivots = []
        for number, name in enumerate(order):
            if name in selection.members:
                continue
            pivot = self.program.new_bool_var(f"pivot {name}")
            self.program.add(self.chosen[name] == 1).only_enforce_if(pivot)
            for earlier in order[:number]:
                inside = int(earlier in selection.members)
                self.program.add(self.chosen[earlier] == inside).only_enforce_if(pivot)
            pivots.append(pivot)
        self.program.add_exactly_one(pivots)
        return self

    def _lot(self, name: str) -> str:
        return sha256(f"{self.question.seed}\n{name}".encode()).hexdigest()

    def _out_of(self, selection: Selection) -> int:
        moved = sum(selection.out_of_place[name] for name in self.question.balance)
        return int(moved * self.seat)

    def _give_up(self, share: Fraction) -> None:
        """Keep what may be given up of the highest score, which is found first."""
        self.program.maximize(self.score)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(self.program) == cp_model.OPTIMAL
        self.program.clear_objective()  # type: ignore[no-untyped-call]
        self.program.add(self.score >= ceil(share * round(solver.objective_value)))

    def _obey_quotas(self) -> None:
        for quota in self.question.quotas:
            number = sum(
                self.chosen[one.id]
                for one in self.question.candidates
                if quota.category in one.places[quota.dimension]
            )
            if quota.at_least is not None:
                self.program.add(number >= quota.at_least)
            if quota.at_most is not None:
                self.program.add(number <= quota.at_most)

    def _out(self, dimension: str) -> cp_model.LinearExprT:
        gaps = []
        for category, target in self.question.targets[dimension].items():
            seats = sum(
                self.seat
                * one.places[dimension].count(category)
                // len(one.places[dimension])
                * self.chosen[one.id]
                for one in self.question.candidates
                if category in one.places[dimension]
            )
            whole = target.denominator == 1
            low = max(target - Fraction(1, 2), Fraction(0)) if whole else floor(target)
            high = target + Fraction(1, 2) if whole else ceil(target)
            gap = self.program.new_int_var(0, self.question.size * self.seat * 2, category)
            self.program.add(gap >= int(low * self.seat) - seats)
            self.program.add(gap >= seats - int(high * self.seat))
            gaps.append(gap)
        return cp_model.LinearExpr.sum(gaps)


def _exists(model: _Model) -> bool:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = 60
    status = solver.solve(model.program)
    assert status in {cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE}, "no proof in time"
    return status != cp_model.INFEASIBLE


if __name__ == "__main__":
    for asked in pickle.load(sys.stdin.buffer):  # noqa: S301 - written by the test
        sys.stdout.write(f"{better(*asked)}\n")


def _share(seat: int, listed: tuple[str, ...], category: str) -> int:
    """Give what a list gives to a category, in parts of a seat; a group may stand in it twice."""
    return seat * listed.count(category) // len(listed)
