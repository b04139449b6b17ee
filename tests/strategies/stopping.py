"""A solver that is stopped at its n-th program, with values and an exact bound."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from kiamv_cli.selection.model.integer_program import Program, SolverOutcome
from kiamv_cli.selection.solving.solver import HighsSolver

Found = Literal["best", "worst", "nothing"]


@dataclass
class Stopping:
    """Solves so many programs; is stopped at the next with a solution and an exact bound."""

    before: int
    found: Found
    stopped: bool = False

    def solve(self, program: Program) -> SolverOutcome:
        if self.stopped:
            return SolverOutcome(status="stopped")
        outcome = solved(program)
        self.before -= 1
        if self.before >= 0:
            return outcome
        self.stopped = True
        if self.found == "nothing" or outcome.values is None:
            return SolverOutcome(status="stopped")
        values = outcome.values if self.found == "best" else self._worst(program)
        return SolverOutcome(status="stopped", values=values, bound=program.value(outcome.values))

    def relax(self, program: Program) -> tuple[float, ...] | None:
        return HighsSolver().relax(program)

    def _worst(self, program: Program) -> tuple[int, ...] | None:
        turned = replace(program, profits=tuple(-profit for profit in program.profits))
        return solved(turned).values


@cache
def solved(program: Program) -> SolverOutcome:
    return HighsSolver().solve(program)
