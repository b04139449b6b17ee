"""The solver that solves nothing twice: it hands on what is new, and remembers what is proven."""

from dataclasses import replace

from kiamv_cli.selection.model.integer_program import Program, Row, SolverOutcome
from kiamv_cli.selection.model.refutation import Claim, Refuted
from kiamv_cli.selection.solving.solver import HighsSolver, RememberingSolver

KNAPSACK = Program((5, 4, 3), (0, 0, 0), (1, 1, 1), (Row(((0, 2), (1, 3), (2, 1)), 0, 5),))


class Noting:
    """Notes what it was asked, and answers with HiGHS, or that time ran out."""

    def __init__(self, *, in_time: bool = True) -> None:
        self.asked: list[Program] = []
        self.in_time = in_time

    def solve(self, program: Program) -> SolverOutcome:
        self.asked.append(program)
        return HighsSolver().solve(program) if self.in_time else SolverOutcome(status="stopped")

    def relax(self, program: Program) -> tuple[float, ...] | None:
        return HighsSolver().relax(program)

    def refute(self, claim: Claim) -> Refuted:
        return HighsSolver().refute(claim)

    @property
    def version(self) -> str:
        return ""

    @property
    def interrupted(self) -> bool:
        return not self.in_time


def test_the_same_program_is_solved_once() -> None:
    solver = Noting()
    remembering = RememberingSolver(solver)
    first = remembering.solve(KNAPSACK)
    assert first == HighsSolver().solve(KNAPSACK)
    assert remembering.solve(replace(KNAPSACK)) == first
    assert solver.asked == [KNAPSACK]


def test_whatever_differs_is_another_program() -> None:
    solver = Noting()
    remembering = RememberingSolver(solver)
    tighter = replace(KNAPSACK, rows=(replace(KNAPSACK.rows[0], high=2),))
    others = [
        replace(KNAPSACK, profits=(5, 4, 2)),
        replace(KNAPSACK, lowers=(0, 1, 0)),
        replace(KNAPSACK, uppers=(1, 1, 0)),
        replace(KNAPSACK, rows=(replace(KNAPSACK.rows[0], high=None),)),
        tighter,
    ]
    for program in (KNAPSACK, *others):
        assert remembering.solve(program) == HighsSolver().solve(program)
    assert solver.asked == [KNAPSACK, *others]
    assert remembering.relax(tighter) == HighsSolver().relax(tighter)


def test_what_time_cut_short_is_not_remembered() -> None:
    solver = Noting(in_time=False)
    remembering = RememberingSolver(solver)
    assert remembering.solve(KNAPSACK).status == "stopped"
    solver.in_time = True
    assert remembering.solve(KNAPSACK).status == "optimal"
