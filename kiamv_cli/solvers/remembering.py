"""A solver that solves nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiamv_cli.core.program import Outcome, Program, Solver


@dataclass(frozen=True, slots=True)
class RememberingSolver:
    """Hands programs on to a solver, each but once: the parts of a report ask for much alike.

    Remembered is only what is proven, so it holds whatever the time. A program is told by the
    SHA-256 of all there is to it, as the programs of a long list are too large to keep.

    Args:
        solver: Solves what is new; it keeps the deadline.
    """

    solver: Solver
    _known: dict[bytes, Outcome] = field(default_factory=dict)

    def solve(self, program: Program) -> Outcome:
        """Give what the solver finds, or found of the same program before."""
        key = sha256(repr(program).encode()).digest()
        if key in self._known:
            return self._known[key]
        outcome = self.solver.solve(program)
        if outcome.status != "stopped":
            self._known[key] = outcome
        return outcome

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Give the dual prices that the solver finds."""
        return self.solver.relax(program)
