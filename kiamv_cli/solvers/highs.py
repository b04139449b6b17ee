"""HiGHS as the solver: fresh models, no gap, one thread, and answers checked exactly.

HiGHS (https://highs.dev) computes with tolerances, so every solution it gives is checked here in
whole numbers. It is never handed a solution to start from: version 1.16.0 returned wrong optima
from one.
"""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import floor, inf, isfinite
from typing import TYPE_CHECKING

from kiamv_cli.core.program import Outcome, SolverError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from highspy import Highs

    from kiamv_cli.core.program import Program

# A solve that is asked to stop and does not within this time is left to end by itself.
_PATIENCE_SECONDS = 0.5
_POLL_SECONDS = 0.1
# Values are whole, bounds are not: a bound so little short of a whole number allows it.
_BOUND_TOLERANCE = 0.01
# How far from whole a column may be while solving: times a score of up to a million parts this
# must stay far below one part, which the default of 1e-6 does not.
_WHOLE_TOLERANCE = 1e-9
# Heuristics find a first solution of a large program; in a small one they only cost time.
_SMALL = 150
_HEURISTICS = (
    "mip_heuristic_run_feasibility_jump",
    "mip_heuristic_run_root_reduced_cost",
)


@dataclass(slots=True)
class HighsSolver:
    """Solves programs with HiGHS until a common deadline, which starts with the first solve.

    Ctrl-C during a solve from the main thread stops that solve and all later ones.

    Args:
        time_limit: Seconds for all solves together, ``None`` for no limit.
        progress: Told the best value and the bound of the running solve, from its thread.
    """

    time_limit: float | None = None
    progress: Callable[[float, float], None] | None = None
    interrupted: bool = field(default=False, init=False)
    _deadline: float | None = None

    def twin(self) -> HighsSolver:
        """Make another solver with the same deadline, for another thread; it shows no progress."""
        self._seconds_left()
        return replace(self, progress=None)

    def solve(self, program: Program) -> Outcome:
        """Solve a program to proven optimality, or until the deadline or Ctrl-C.

        Raises:
            SolverError: The answer does not hold in exact arithmetic.
        """
        run = _Run(program, self.progress)
        if program.profits:
            self._do(run)
        else:
            run.without_columns()
        return run.outcome(interrupted=self.interrupted)

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Give the dual price of each row of the linear relaxation; ``None`` if there are none."""
        run = _Run(program, whole=False)
        self._do(run)
        return run.prices

    def _do(self, run: _Run) -> None:
        seconds = self._seconds_left()
        if seconds <= 0 or self.interrupted:
            return
        with _on_ctrl_c(run.stop):
            run.to_the_end(seconds)
        self.interrupted = run.stopping

    def _seconds_left(self) -> float:
        if self.time_limit is None:
            return inf
        now = time.monotonic()
        if self._deadline is None:
            self._deadline = now + self.time_limit
        return self._deadline - now


@dataclass(slots=True)
class _Run:
    """One solve of one program, in a thread of its own so that the caller can be interrupted."""

    program: Program
    progress: Callable[[float, float], None] | None = None
    whole: bool = True
    stopping: bool = False
    status: str = "stopped"
    values: tuple[int, ...] | None = None
    bound: int | None = None
    prices: tuple[float, ...] | None = None
    failure: BaseException | None = None

    def stop(self) -> None:
        """Ask the solver to stop at its next check."""
        self.stopping = True

    def to_the_end(self, seconds: float) -> None:
        """Solve, for no longer than ``seconds``, and take over what was found.

        Raises:
            SolverError: HiGHS refused the model or failed on it.
        """
        # Who is told of progress there speaks the language of here.
        within = copy_context()
        thread = threading.Thread(target=within.run, args=(self._solve, seconds), daemon=True)
        thread.start()
        give_up = inf
        while thread.is_alive() and time.monotonic() < give_up:
            thread.join(_POLL_SECONDS)
            if self.stopping and give_up == inf:
                give_up = time.monotonic() + _PATIENCE_SECONDS
        if self.failure is not None:
            raise SolverError("the solver failed on a model") from self.failure

    def without_columns(self) -> None:
        """Answer for a program without columns, which HiGHS does not call feasible or not."""
        if any(self.program.violations(())):
            self.status = "infeasible"
        else:
            self.status, self.values, self.bound = "optimal", (), 0

    def outcome(self, *, interrupted: bool) -> Outcome:
        """Check what was found in exact arithmetic.

        Raises:
            SolverError: A solution breaks a bound or a row, or passes its own bound.
        """
        if self.values is not None:
            broken = list(self.program.violations(self.values))
            if broken:
                raise SolverError(f"the solver's solution does not hold: {broken[0]}")
        if self.status == "optimal":
            return Outcome(status="optimal", values=self.values, bound=self._optimum())
        if self.status == "infeasible":
            return Outcome(status="infeasible")
        return Outcome(
            status="stopped", values=self.values, bound=self.bound, interrupted=interrupted
        )

    def _optimum(self) -> int:
        if self.values is None or self.bound is None:
            raise SolverError("the solver calls optimal what it has no solution of")
        value = self.program.value(self.values)
        if self.bound != value:
            raise SolverError(f"the solver proved {self.bound}, but its solution is worth {value}")
        return value

    def _solve(self, seconds: float) -> None:
        try:
            solver = _model(self.program, whole=self.whole)
            if isfinite(seconds):
                solver.setOptionValue("time_limit", seconds)
            self._listen(solver)
            solver.run()
            self._take_over(solver)
        except BaseException as failure:  # noqa: BLE001 - raised again in the caller's thread
            self.failure = failure

    def _listen(self, solver: Highs) -> None:
        """Have HiGHS ask now and then whether to stop, and tell every better solution."""
        from highspy import cb

        Kind = cb.HighsCallbackType  # noqa: N806 - a class

        def told(
            kind: cb.HighsCallbackType,
            _message: str,
            out: cb.HighsCallbackOutput,
            answer: cb.HighsCallbackInput,
            _data: object,
        ) -> None:
            if kind == Kind.kCallbackMipImprovingSolution:
                self.values = _rounded(out.mip_solution)
                return
            if self.stopping:
                answer.user_interrupt = True
            # HiGHS calls back for its log only if it may print, but it knows the same here.
            if self.progress is not None and isfinite(out.mip_gap):
                self.progress(out.mip_primal_bound, out.mip_dual_bound)

        solver.setCallback(told, None)
        kinds = [Kind.kCallbackMipInterrupt, Kind.kCallbackMipImprovingSolution]
        for kind in kinds if self.whole else [Kind.kCallbackSimplexInterrupt]:
            solver.startCallback(kind)

    def _take_over(self, solver: Highs) -> None:
        from highspy import HighsModelStatus, SolutionStatus

        state, info, solution = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
        if state == HighsModelStatus.kInfeasible:
            self.status = "infeasible"
            return
        if not self.whole:
            self.prices = tuple(solution.row_dual) if solution.dual_valid else None
            return
        if info.primal_solution_status == SolutionStatus.kSolutionStatusFeasible:
            self.values = _rounded(solution.col_value)
        if isfinite(info.mip_dual_bound):
            self.bound = floor(info.mip_dual_bound + _BOUND_TOLERANCE)
        if state == HighsModelStatus.kOptimal:
            self.status = "optimal"


def _model(program: Program, *, whole: bool) -> Highs:
    """Hand a program to a fresh HiGHS that says nothing and leaves no gap."""
    import highspy
    import numpy as np

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    # A restart costs programs of this kind more than it saves (benchmarks/selection.py).
    solver.setOptionValue("mip_allow_restart", False)  # noqa: FBT003
    if len(program.profits) <= _SMALL:
        for heuristic in _HEURISTICS:
            solver.setOptionValue(heuristic, False)  # noqa: FBT003
    solver.setOptionValue("mip_feasibility_tolerance", _WHOLE_TOLERANCE)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.profits), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.array(program.profits, dtype=float)
    lp.col_lower_ = np.array(program.lowers, dtype=float)
    lp.col_upper_ = np.array(program.uppers, dtype=float)
    lp.row_lower_ = np.array([-inf if row.low is None else row.low for row in program.rows])
    lp.row_upper_ = np.array([inf if row.high is None else row.high for row in program.rows])
    terms = [term for row in program.rows for term in row.terms]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, *accumulate(len(row.terms) for row in program.rows)])
    lp.a_matrix_.index_ = np.array([column for column, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([coefficient for _, coefficient in terms], dtype=float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(program.profits)
    if solver.passModel(lp) == highspy.HighsStatus.kError:
        raise SolverError("the solver refused a model")
    return solver


def _rounded(values: Iterable[float]) -> tuple[int, ...]:
    return tuple(round(value) for value in values)


@contextmanager
def _on_ctrl_c(stop: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C call ``stop``; elsewhere than in the main thread it cannot be caught."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def caught(_number: int, _frame: FrameType | None) -> None:
        stop()

    before = signal.signal(signal.SIGINT, caught)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
