"""The solver as a guest in the process: on time, quiet, and never believed unchecked."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from strategies.random_questions import random_question

from kiamv_cli.base.language import current_language, in_language
from kiamv_cli.selection.model import integer_program as restrict
from kiamv_cli.selection.model.integer_program import Program, Row, SolverError, SolverOutcome
from kiamv_cli.selection.model.question import Quota
from kiamv_cli.selection.model.search import NoShortlistError, make_model
from kiamv_cli.selection.model.select import describe, select
from kiamv_cli.selection.solving.engine import Answer, Task
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from kiamv_cli.base.labels import Language

KNAPSACK = Program(
    profits=(5, 4, 3),
    lowers=(0, 0, 0),
    uppers=(1, 1, 1),
    rows=(Row(((0, 2), (1, 3), (2, 1)), 0, 5),),
)
# So many fine scores that a proof takes minutes.
HARD = random_question(1, 300, 50, parts=1_000_003)


def test_an_optimum_is_proven() -> None:
    assert HighsSolver().solve(KNAPSACK) == SolverOutcome(
        status="optimal", values=(1, 1, 0), bound=9
    )


def test_what_is_impossible_is_infeasible() -> None:
    impossible = replace(KNAPSACK, rows=(Row(((0, 1), (1, 1)), 3),))
    assert HighsSolver().solve(impossible) == SolverOutcome(status="infeasible")


@pytest.mark.parametrize(("low", "status"), [(None, "optimal"), (0, "optimal"), (1, "infeasible")])
def test_a_program_without_columns_has_an_answer(low: int | None, status: str) -> None:
    assert HighsSolver().solve(Program((), (), (), (Row((), low),))).status == status


def test_prices_are_those_of_the_rows() -> None:
    (price,) = HighsSolver().relax(KNAPSACK) or ()
    assert price == pytest.approx(4 / 3)


def test_what_floats_cannot_tell_apart_is_told_apart_all_the_same() -> None:
    huge = 1 << 60  # a float cannot tell it from its neighbours
    odd = Program((1, 0), (0, 0), (huge, 1), (Row(((0, 1), (1, 2)), huge - 1, huge - 1),))
    expected = SolverOutcome(status="optimal", values=(huge - 1, 0), bound=huge - 1)
    assert HighsSolver().solve(odd) == expected


def test_where_nothing_that_holds_is_found_it_says_why() -> None:
    huge, more = 1 << 60, 400  # with so many columns nothing is branched on
    odd = Program(
        (1, 0, *[0] * more),
        (0,) * (more + 2),
        (huge, 1, *[1] * more),
        (Row(((0, 1), (1, 2)), huge - 1, huge - 1),),
    )
    with pytest.raises(SolverError, match=r"not valid|proved"):
        HighsSolver().solve(odd)


@pytest.mark.slow
def test_fine_scores_are_told_apart_to_the_last_part() -> None:
    # With the tolerances of the solver itself the optimum here comes out one part too low.
    program = make_model(random_question(2, 400, 65, parts=1_000_003)).best(out=0)
    assert restrict.solve(program, HighsSolver()).outcome.bound == 56_398_364


def test_the_time_limit_holds_for_all_solves_together() -> None:
    solver = HighsSolver(time_limit=1.0)
    start = time.monotonic()
    found = select(HARD, solver)
    assert time.monotonic() - start < 3
    assert not found.status.proven
    assert not found.status.interrupted
    assert found == describe(HARD, frozenset(found.members), found.status)
    assert len(found.members) == HARD.size
    assert solver.solve(KNAPSACK) == SolverOutcome(status="stopped")


@pytest.mark.slow
def test_the_gap_says_how_far_the_best_can_be() -> None:
    found = select(HARD, HighsSolver(time_limit=4.0))
    assert found.status.step == "score"
    assert sum(found.out_of_place.values()) == 0
    assert 0 < found.status.gap < 1


def test_no_time_at_all_still_gives_the_best_by_score() -> None:
    found = select(HARD, HighsSolver(time_limit=0))
    ranked = sorted((one.score for one in HARD.candidates), reverse=True)
    assert found.score == sum(ranked[: HARD.size])
    assert found.status.step == "balance"
    assert found.status.gap == sum(found.out_of_place.values()) > 0


def test_without_time_or_a_shortlist_that_is_said() -> None:
    counted = replace(HARD, quotas=(Quota("themes", "energy", at_least=5),))
    with pytest.raises(NoShortlistError) as caught:
        select(counted, HighsSolver(time_limit=0))
    assert not caught.value.interrupted


def test_progress_is_told_in_the_language_of_who_asked() -> None:
    spoken: set[Language] = set()
    solver = HighsSolver(
        time_limit=1.0, progress=lambda _best, _bound: spoken.add(current_language())
    )
    with in_language("nl"):
        solver.solve(make_model(HARD).best(out=0))
    assert spoken == {"nl"}


@pytest.mark.slow
def test_progress_is_told_from_both_sides() -> None:
    told: list[tuple[float, float]] = []
    HighsSolver(time_limit=3.0, progress=lambda best, bound: told.append((best, bound))).solve(
        make_model(HARD).best(out=0)
    )
    assert told
    assert all(best <= bound for best, bound in told[-5:])


def test_nothing_is_written(capfd: pytest.CaptureFixture[str]) -> None:
    select(HARD, HighsSolver(time_limit=1.0))
    assert capfd.readouterr() == ("", "")


def test_it_works_outside_the_main_thread() -> None:
    found: list[SolverOutcome] = []
    thread = threading.Thread(target=lambda: found.append(HighsSolver().solve(KNAPSACK)))
    thread.start()
    thread.join()
    assert found == [HighsSolver().solve(KNAPSACK)]


def test_the_handler_of_ctrl_c_is_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    HighsSolver().solve(KNAPSACK)
    assert signal.getsignal(signal.SIGINT) is before


SELECTING = """
import json, sys, time
from strategies.random_questions import random_question
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver

solver = HighsSolver(progress=lambda best, bound: print("solving", file=sys.stderr, flush=True))
found = select(random_question(1, 300, 50, parts=1_000_003), solver)
print(json.dumps([len(found.members), found.status.proven, found.status.interrupted]))
"""


@pytest.mark.slow
def test_ctrl_c_gives_the_best_so_far_within_a_second() -> None:
    tests = str(Path(__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", SELECTING],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": tests},
        text=True,
    ) as process:
        assert process.stderr is not None
        watchdog = threading.Timer(20, process.kill)
        watchdog.start()
        assert process.stderr.readline() == "solving\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        start = time.monotonic()
        printed, _ = process.communicate(timeout=20)
        assert time.monotonic() - start < 1
        watchdog.cancel()
    assert json.loads(printed) == [50, False, True]
    assert process.returncode == 0


def test_a_plain_sort_needs_no_solver() -> None:
    code = """
import sys
from dataclasses import replace
from strategies.random_questions import random_question
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver

found = select(replace(random_question(1, 60, 20), balance=()), HighsSolver())
assert found.status.proven
assert not {"highspy", "numpy"} & set(sys.modules)
"""
    tests = str(Path(__file__).parents[1])
    subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": tests}, check=True
    )


# Two columns of fine scores: 7 is the best, 5 a solution.
FINE = Program((700_000, 500_000), (0, 0), (1, 1), (Row(((0, 1), (1, 1)), None, 1),))
SAYS_WORSE = Answer("optimal", (0, 1), 500_000)
BEST, WORSE = (1, 0), (0, 1)


class Scripted(HighsSolver):
    """Is given what a process would answer, task by task."""

    def __init__(self, *answers: Answer | SolverError) -> None:
        super().__init__()
        self.answers, self.kinds = list(answers), list[str]()

    def _do(self, task: Task) -> Answer:
        self.kinds.append(task.kind)
        answer = self.answers.pop(0)
        if isinstance(answer, SolverError):
            raise answer
        return answer


def test_what_is_said_of_fine_scores_is_proven() -> None:
    solver = Scripted(SAYS_WORSE, Answer("optimal", BEST))
    assert solver.solve(FINE) == SolverOutcome(status="optimal", values=BEST, bound=700_000)
    assert solver.kinds == ["solve", "branch"]


def test_the_word_stands_if_the_proof_takes_too_many_steps() -> None:
    solver = Scripted(SAYS_WORSE, Answer("open", WORSE))
    assert solver.solve(FINE) == SolverOutcome(status="optimal", values=WORSE, bound=500_000)


def test_the_word_does_not_stand_against_a_better_solution() -> None:
    solver = Scripted(SAYS_WORSE, Answer("open", BEST), Answer("optimal", BEST))
    assert solver.solve(FINE) == SolverOutcome(status="optimal", values=BEST, bound=700_000)
    with pytest.raises(SolverError, match="calls a solution optimal"):
        Scripted(SAYS_WORSE, Answer("open", BEST), Answer("open", BEST)).solve(FINE)
    impossible = Scripted(Answer("infeasible"), Answer("open", BEST), Answer("optimal", BEST))
    assert impossible.solve(FINE).values == BEST


@pytest.mark.parametrize(("there", "bound"), [(BEST, 700_000), (None, 500_000)])
def test_no_time_for_the_proof_is_no_proof(there: tuple[int, ...] | None, bound: int) -> None:
    outcome = Scripted(SAYS_WORSE, Answer("stopped", there)).solve(FINE)
    assert (outcome.status, outcome.values) == ("stopped", there or WORSE)
    assert outcome.bound == bound


def test_a_second_way_is_tried_and_then_branching() -> None:
    crash = SolverError("it crashed")
    second = Scripted(crash, Answer("optimal", BEST, 700_000), Answer("optimal", BEST))
    assert second.solve(FINE).values == BEST
    assert second.kinds == ["solve", "solve", "branch"]
    last = Scripted(crash, Answer("optimal", (1, 1), 1), Answer("infeasible"))
    assert last.solve(FINE).status == "infeasible"
    with pytest.raises(SolverError, match="it crashed"):
        Scripted(crash, crash, Answer("open")).solve(FINE)


def test_coarse_numbers_and_draws_need_no_proof() -> None:
    coarse = replace(FINE, profits=(7, 5))
    assert Scripted(Answer("optimal", WORSE, 5)).solve(coarse).values == WORSE
    quick = Scripted(SAYS_WORSE)
    quick.proving = False
    assert quick.solve(FINE).values == WORSE
    assert HighsSolver(time_limit=9).quick_twin().time_limit == 9
    assert not HighsSolver().quick_twin().proving
    assert HighsSolver().twin().proving
