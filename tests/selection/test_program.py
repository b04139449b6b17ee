"""Bounds that hold whatever the prices, and programs made smaller without loss."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.programs import knapsacks, programs, small, solutions
from strategies.stopping import Found, Stopping

from kiamv_cli.selection.model import integer_program as restrict
from kiamv_cli.selection.model.integer_program import (
    Program,
    Row,
    Solver,
    SolverOutcome,
    compact,
    dual_bound,
    narrowed,
)
from kiamv_cli.selection.solving.solver import HighsSolver

prices = st.floats(-10, 10) | st.sampled_from([0.0, 1e-9, -1e-9, 1e6])


@pytest.mark.slow
@given(programs(), st.lists(prices, min_size=4, max_size=4), small)
def test_no_solution_passes_the_bound_and_none_that_is_worth_it_is_cut_off(
    program: Program, guesses: list[float], worth: int
) -> None:
    bound = dual_bound(program, guesses[: len(program.rows)])
    left = narrowed(program, bound, worth)
    for values in solutions(program):
        assert program.value(values) <= bound.floor()
        if program.value(values) >= worth:
            assert not any(left.violations(values))


@given(programs())
def test_a_compact_program_has_the_same_solutions(program: Program) -> None:
    made = compact(program)
    assert sorted(map(made.expanded, solutions(made.program))) == sorted(solutions(program))


def by_way_of_a_core(program: Program, solver: Solver) -> restrict.Solved:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restrict, "SMALL", 0)
        patch.setattr(restrict, "_CORE", 1)
        return restrict.solve(program, solver)


def check(program: Program) -> None:
    solved, every = by_way_of_a_core(program, HighsSolver()), solutions(program)
    if not every:
        assert solved.outcome == SolverOutcome(status="infeasible")
        return
    best = max(map(program.value, every))
    assert (solved.outcome.status, solved.outcome.bound) == ("optimal", best)
    assert solved.outcome.values in every
    assert program.value(solved.outcome.values) == best
    for values in every:
        if program.value(values) == best:
            assert not any(solved.open.violations(values))


@pytest.mark.slow
@given(programs() | knapsacks())
@settings(max_examples=200, deadline=None)
def test_by_way_of_a_core_the_optimum_is_the_same(program: Program) -> None:
    check(program)


# The best of the core is not the best of all, so what is left open is solved once more.
WIDER = Program(
    profits=(1, 4, 1, 5),
    lowers=(0,) * 4,
    uppers=(2,) * 4,
    rows=(
        Row(((0, 2), (1, 1), (2, 3), (3, 2)), None, 3),
        Row(((0, 2), (1, 3), (2, 1), (3, 3)), None, 2),
    ),
)


def test_what_the_core_leaves_open_is_solved_too() -> None:
    check(WIDER)
    core = Stopping(1, "best")
    assert by_way_of_a_core(WIDER, core).outcome.status == "stopped"


@pytest.mark.slow
@given(knapsacks(), st.integers(0, 2), st.sampled_from(["best", "worst", "nothing"]))
@settings(max_examples=100, deadline=None)
def test_stopped_in_the_core_or_after_it_the_bound_still_holds(
    program: Program, before: int, found: Found
) -> None:
    solver, every = Stopping(before, found), solutions(program)
    outcome = by_way_of_a_core(program, solver).outcome
    best = max(map(program.value, every))
    assert outcome.status == ("stopped" if solver.stopped else "optimal")
    assert outcome.bound is None or outcome.bound >= best
    if outcome.values is not None:
        assert outcome.values in every
        assert outcome.bound is not None


def test_what_a_solution_breaks_is_named() -> None:
    program = Program((1, 1), (0, 0), (1, 1), (Row(((0, 2), (1, 1)), 1, 2),))
    assert list(program.violations((1, 1))) == ["row 0 is 3, outside 1..2"]
    assert list(program.violations((2, 0))) == [
        "column 0 is 2, outside 0..1",
        "row 0 is 4, outside 1..2",
    ]
    assert not list(program.violations((1, 0)))


def test_a_bound_is_sharp_with_the_right_prices() -> None:
    program = Program((3, 2), (0, 0), (1, 1), (Row(((0, 1), (1, 1)), None, 1),))
    assert dual_bound(program, [2.5]).floor() == 3
