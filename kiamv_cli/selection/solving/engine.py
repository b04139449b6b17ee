"""HiGHS in a process of its own: tasks come in at standard input, what is found goes out.

HiGHS is a native library, and native libraries crash: versions 1.13 to 1.15 abort in free() on
some programs. Then this process dies and not the one that asks (see ``guest``).
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import accumulate
from math import floor, inf, isfinite
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, assert_never

from kiamv_cli.selection.model.branching import Relaxed, branch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from highspy import Highs, HighsLp, cb

    from kiamv_cli.selection.model.integer_program import Program
    from kiamv_cli.selection.model.refutation import Claim, Refuted

# Values are whole, bounds are not: a bound so little short of a whole number allows it.
_BOUND_TOLERANCE = 0.01
# Heuristics find a first solution of a large program; in a small one they only cost time.
_SMALL = 150
_HEURISTICS = (
    "mip_heuristic_run_feasibility_jump",
    "mip_heuristic_run_root_reduced_cost",
)
_TELL_SECONDS = 0.1
# What has more is made smaller, by a power of two; exact is what follows from the answers.
_BITS = 40


class Task(NamedTuple):
    """What to solve: whole, in HiGHS's own way, or else exactly by branching, or relaxed.

    ``tolerance`` is how far from whole a column may be while HiGHS solves. ``known`` is a solution
    that branching starts from, ``steps`` how many linear programs it may take.
    """

    kind: Literal["solve", "branch", "relax"]
    program: Program
    seconds: float = inf
    tolerance: float = 0.0
    known: tuple[int, ...] | None = None
    steps: int = 0


class Progress(NamedTuple):
    """The best value so far, and the bound."""

    best: float
    bound: float


class Better(NamedTuple):
    """A better solution than those before."""

    values: tuple[int, ...]


class Answer(NamedTuple):
    """What was found; ``status`` is optimal, infeasible, stopped, or open (out of steps)."""

    status: str = "stopped"
    values: tuple[int, ...] | None = None
    bound: int | None = None
    prices: tuple[float, ...] | None = None


class Failure(NamedTuple):
    """Why there is no answer; ``loaded`` is false where HiGHS itself could not be."""

    reason: str
    loaded: bool = True


class Ready(NamedTuple):
    """HiGHS is loaded, in this version."""

    version: str


class Refuting(NamedTuple):
    """What to refute."""

    claim: Claim
    seconds: float = inf


STOP = "stop"


def main() -> None:
    """Work on tasks until standard input ends, which is when the process that asks does."""
    answers = os.fdopen(os.dup(1), "wb")
    # Whatever the library prints must not get among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    engine = _Engine(answers)
    threading.Thread(target=engine.listen, daemon=True).start()
    engine.work()


@dataclass(slots=True)
class _Engine:
    """Takes task after task from one thread, and works on them in another."""

    answers: Any
    tasks: SimpleQueue[Task | Refuting] = field(default_factory=SimpleQueue)
    stopping: bool = False

    def listen(self) -> None:
        """Take in what the other process sends."""
        while True:
            try:
                sent = pickle.load(sys.stdin.buffer)  # noqa: S301 - of the process that started this
            except (EOFError, pickle.UnpicklingError, OSError):
                os._exit(0)
            self.stopping = sent == STOP
            if sent != STOP:
                self.tasks.put(sent)

    def work(self) -> None:
        """Load HiGHS, then answer every task."""
        try:
            import highspy

            self.send(Ready(highspy.Highs().version()))  # type: ignore[no-untyped-call]
        except BaseException as failure:  # noqa: BLE001 - told to the other process
            self.send(Failure(_reason(failure), loaded=False))
            return
        while True:
            task = self.tasks.get()
            try:
                self.send(self._answer(task))
            except BaseException as failure:  # noqa: BLE001 - told to the other process
                self.send(Failure(_reason(failure)))

    def send(self, message: object) -> None:
        """Send a message to the process that asks."""
        pickle.dump(message, self.answers)
        self.answers.flush()

    def _answer(self, task: Task | Refuting) -> Answer | Refuted:
        if isinstance(task, Refuting):
            from kiamv_cli.selection.solving.refuting import refute

            end = time.monotonic() + task.seconds
            return refute(task.claim, lambda: not self.stopping and time.monotonic() < end)
        match task.kind:
            case "branch":
                return _Branching(task, self).answer()
            case "relax":
                return _relaxed(task, self)
            case "solve":
                return _Solving(task, self).answer()
            case _:
                assert_never(task.kind)


def _reason(failure: BaseException) -> str:
    return f"{type(failure).__name__}: {failure}"


@dataclass(slots=True)
class _Solving:
    """One solve by HiGHS's own branch and bound."""

    task: Task
    engine: _Engine
    values: tuple[int, ...] | None = None
    told: float = 0.0

    def answer(self) -> Answer:
        """Solve, and say what was found."""
        from highspy import HighsModelStatus, SolutionStatus

        solver = _model(self.task, whole=True)
        self._listen(solver)
        solver.run()
        state, info = solver.getModelStatus(), solver.getInfo()
        if state == HighsModelStatus.kInfeasible:
            return Answer("infeasible")
        if info.primal_solution_status == SolutionStatus.kSolutionStatusFeasible:
            self.values = _rounded(solver.getSolution().col_value)
        bound = None
        if isfinite(info.mip_dual_bound):
            scale = _scale(self.task.program.profits)
            bound = floor(info.mip_dual_bound * scale + _BOUND_TOLERANCE)
        status = "optimal" if state == HighsModelStatus.kOptimal else "stopped"
        return Answer(status, self.values, bound)

    def _listen(self, solver: Highs) -> None:
        """Have HiGHS ask now and then whether to stop, and tell every better solution."""
        from highspy import cb

        kinds = cb.HighsCallbackType

        def told(
            kind: cb.HighsCallbackType,
            _message: str,
            out: cb.HighsCallbackOutput,
            answer: cb.HighsCallbackInput,
            _data: object,
        ) -> None:
            if kind == kinds.kCallbackMipImprovingSolution:
                self.values = _rounded(out.mip_solution)
                self.engine.send(Better(self.values))
                return
            if self.engine.stopping:
                answer.user_interrupt = True
            # HiGHS calls back for its log only if it may print, but it knows the same here.
            self._tell(out)

        solver.setCallback(told, None)
        for kind in (kinds.kCallbackMipInterrupt, kinds.kCallbackMipImprovingSolution):
            solver.startCallback(kind)

    def _tell(self, out: cb.HighsCallbackOutput) -> None:
        now = time.monotonic()
        if isfinite(out.mip_gap) and now > self.told + _TELL_SECONDS:
            self.told = now
            self.engine.send(Progress(out.mip_primal_bound, out.mip_dual_bound))


def _relaxed(task: Task, engine: _Engine) -> Answer:
    """Return the dual prices of the linear relaxation."""
    from highspy import HighsModelStatus, cb

    def told(*event: Any) -> None:  # noqa: ANN401 - as HiGHS calls it
        if engine.stopping:
            event[3].user_interrupt = True

    solver = _model(task, whole=False)
    solver.setCallback(told, None)
    solver.startCallback(cb.HighsCallbackType.kCallbackSimplexInterrupt)
    solver.run()
    if solver.getModelStatus() == HighsModelStatus.kInfeasible:
        return Answer("infeasible")
    solution = solver.getSolution()
    prices = _priced(solution.row_dual, _scales(task.program)) if solution.dual_valid else None
    return Answer(prices=prices)


class _Branching:
    """One exact solve: linear programs by HiGHS, all that follows from them in whole numbers."""

    def __init__(self, task: Task, engine: _Engine) -> None:
        import numpy as np

        self._task, self._engine = task, engine
        self._end = time.monotonic() + task.seconds
        self._solver = _model(task, whole=False)
        self._solver.setOptionValue("presolve", "off")
        self._scales = _scales(task.program)
        self._columns = np.arange(len(task.program.profits), dtype=np.int32)

    def answer(self) -> Answer:
        """Branch, and say what is proven."""
        found = branch(
            self._task.program, self._relax, self._task.known, self._task.steps, self._in_time
        )
        if found.complete:
            return Answer("infeasible" if found.values is None else "optimal", found.values)
        return Answer("open" if self._in_time() else "stopped", found.values)

    def _in_time(self) -> bool:
        return not self._engine.stopping and time.monotonic() < self._end

    def _relax(self, lowers: Sequence[int], uppers: Sequence[int]) -> Relaxed:
        import numpy as np
        from highspy import HighsModelStatus

        low, high = np.array(lowers, dtype=float), np.array(uppers, dtype=float)
        self._solver.changeColsBounds(len(low), self._columns, low, high)
        self._solver.run()
        if self._solver.getModelStatus() == HighsModelStatus.kInfeasible:
            _, there, ray = self._solver.getDualRay()  # type: ignore[attr-defined] # no stub has it
            return Relaxed(ray=_priced(ray, self._scales) if there else None)
        solution = self._solver.getSolution()
        if not solution.dual_valid:
            return Relaxed()
        prices = _priced(solution.row_dual, self._scales)
        return Relaxed(prices=prices, values=tuple(solution.col_value))


def _model(task: Task, *, whole: bool) -> Highs:
    """Hand a program to a fresh HiGHS that says nothing and leaves no gap."""
    import highspy

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003
    solver.setOptionValue("threads", 1)
    if isfinite(task.seconds):
        solver.setOptionValue("time_limit", task.seconds)
    if whole:
        _set_whole(solver, task)
    if solver.passModel(_as_given(task.program, whole=whole)) == highspy.HighsStatus.kError:
        raise ValueError("the model was refused")
    return solver


def _set_whole(solver: Highs, task: Task) -> None:
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.0)
    # A restart costs programs of this kind more than it saves (benchmarks/selection.py).
    solver.setOptionValue("mip_allow_restart", False)  # noqa: FBT003
    if len(task.program.profits) <= _SMALL:
        for heuristic in _HEURISTICS:
            solver.setOptionValue(heuristic, False)  # noqa: FBT003
    solver.setOptionValue("mip_feasibility_tolerance", task.tolerance)


def _as_given(program: Program, *, whole: bool) -> HighsLp:
    import highspy
    import numpy as np

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.profits), len(program.rows)
    lp.sense_ = highspy.ObjSense.kMaximize
    objective, scales = _scales(program)
    lp.col_cost_ = np.array([profit / objective for profit in program.profits])
    lp.col_lower_ = np.array(program.lowers, dtype=float)
    lp.col_upper_ = np.array(program.uppers, dtype=float)
    rows = list(zip(program.rows, scales, strict=True))
    lp.row_lower_ = np.array([-inf if row.low is None else row.low / by for row, by in rows])
    lp.row_upper_ = np.array([inf if row.high is None else row.high / by for row, by in rows])
    terms = [(column, number / by) for row, by in rows for column, number in row.terms]
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([0, *accumulate(len(row.terms) for row in program.rows)])
    lp.a_matrix_.index_ = np.array([column for column, _ in terms], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([number for _, number in terms], dtype=float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(program.profits)
    return lp


def _scales(program: Program) -> tuple[int, list[int]]:
    """Return by what to divide the objective and each row: HiGHS refuses numbers of 10^15."""
    rows = [_scale(number for _column, number in row.terms) for row in program.rows]
    return _scale(program.profits), rows


def _scale(numbers: Iterable[int]) -> int:
    return 1 << max(0, max((abs(each).bit_length() for each in numbers), default=0) - _BITS)


def _priced(prices: Iterable[float], scales: tuple[int, list[int]]) -> tuple[float, ...]:
    """Return the prices of rows as they are from those of scaled rows."""
    objective, rows = scales
    return tuple(price * objective / by for price, by in zip(prices, rows, strict=True))


def _rounded(values: Iterable[float]) -> tuple[int, ...]:
    return tuple(round(value) for value in values)
