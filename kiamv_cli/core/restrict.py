"""Solve large programs exactly by way of the few columns that the linear relaxation leaves open.

The relaxation's reduced costs say what each column costs that leaves its bound. The columns with
the smallest are solved as a core; what cannot make up for its cost, by an exact bound, is proven
out; if more is left open than the core held, that is solved once more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.core.program import Outcome, compact, dual_bound, narrowed

if TYPE_CHECKING:
    from kiamv_cli.core.program import Bound, Program, Solver

# So few columns are solved at once as they are.
SMALL = 300
_CORE = 300
_WIDER = 4


@dataclass(frozen=True, slots=True)
class Solved:
    """The outcome for a program, and the program with the bounds that the proof left open.

    Of an optimal outcome every solution that is as good stays in ``open``.
    """

    outcome: Outcome
    open: Program


def solve(program: Program, solver: Solver) -> Solved:
    """Solve a program to proven optimality, or until the solver stops."""
    prices = solver.relax(program) if len(program.profits) > SMALL else None
    if prices is None:
        return Solved(solver.solve(program), program)
    bound = dual_bound(program, prices)
    size, first = _CORE, Outcome(status="infeasible")
    while first.status == "infeasible" and size < len(program.profits):
        core = _core(program, bound, size)
        first = _compactly(core, solver)
        size *= _WIDER
    if first.values is None:
        return Solved(_compactly(program, solver), program)
    found = program.value(first.values)
    left = narrowed(program, bound, found)
    if first.status == "stopped":
        return Solved(replace(first, bound=bound.floor()), left)
    if _within(left, core):
        return Solved(replace(first, bound=found), left)
    return _again(left, first, solver, bound)


def _again(left: Program, first: Outcome, solver: Solver, bound: Bound) -> Solved:
    """Solve what the proof left open, knowing a solution to start from."""
    assert first.values is not None, "only what has a solution can be solved again"
    second = _compactly(left, solver)
    found = left.value(first.values)
    if second.values is not None and left.value(second.values) >= found:
        found = left.value(second.values)
    else:
        second = replace(second, values=first.values)
    if second.status == "stopped":
        known = bound.floor() if second.bound is None else min(bound.floor(), second.bound)
        second = replace(second, bound=known)
    return Solved(second, narrowed(left, bound, found))


def _core(program: Program, bound: Bound, size: int) -> Program:
    """Hold all columns where the relaxation has them, but for the cheapest to move."""
    costs = bound.reduced
    free = set(sorted(range(len(costs)), key=lambda column: abs(costs[column]))[:size])
    lowers, uppers = list(program.lowers), list(program.uppers)
    for column, cost in enumerate(costs):
        if column not in free:
            lowers[column] = uppers[column] = (
                program.uppers[column] if cost > 0 else program.lowers[column]
            )
    return replace(program, lowers=tuple(lowers), uppers=tuple(uppers))


def _compactly(program: Program, solver: Solver) -> Outcome:
    small = compact(program)
    outcome = solver.solve(small.program)
    if outcome.values is None:
        return outcome
    values = small.expanded(outcome.values)
    aside = program.value(values) - small.program.value(outcome.values)
    bound = None if outcome.bound is None else outcome.bound + aside
    return replace(outcome, values=values, bound=bound)


def _within(inner: Program, outer: Program) -> bool:
    lowers = zip(inner.lowers, outer.lowers, strict=True)
    uppers = zip(inner.uppers, outer.uppers, strict=True)
    return all(a >= b for a, b in lowers) and all(a <= b for a, b in uppers)
