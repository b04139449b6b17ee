"""HiGHS as the solver: fresh models, one thread, answers checked exactly and remembered.

HiGHS (https://highs.dev) computes with tolerances, and solvers that do may call optimal what is
not (Cook, Koch, Steffy & Wolter, A hybrid branch-and-bound approach for exact rational
mixed-integer programming, Mathematical Programming Computation 5, 2013). A place on a shortlist may
hang on one part in a million, so nothing is believed: every solution it gives is checked here in
whole numbers, its value against the bound it proved, and where numbers are so fine that it errs on
them, that nothing is better is proven anew by branching. It is never handed a solution to start
from: version 1.16.0 returned wrong optima from one. Where it crashes or gives what does not hold,
it is asked in other ways, at last only for linear programs, on which ``branch`` builds exactly.
"""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from math import inf
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text
from kiamv_cli.selection.model.integer_program import SolverError, SolverOutcome
from kiamv_cli.selection.model.refutation import Refuted
from kiamv_cli.selection.solving.engine import Answer, Better, Progress, Refuting, Task
from kiamv_cli.selection.solving.guest import NoSolverError, guest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from kiamv_cli.selection.model.integer_program import Program
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.refutation import Claim

# How far from whole a column may be while solving. Times a score of a million parts this must stay
# far below one part, which the default of 1e-6 does not; but with less, versions up to 1.15.1 now
# and then crash, call feasible programs infeasible, or optimal what is not.
_TOLERANCES = (1e-9, 1e-6)
# Numbers from here on are so fine that HiGHS errs on them: its word is proven by branching.
_FINE = 100_000
# Programs with so many columns at most, in so many steps.
_SMALL, _STEPS, _ALL_STEPS = 300, 2_000, 200_000


@dataclass(slots=True)
class HighsSolver:
    """Solves programs with HiGHS until a common deadline, which starts with the first solve.

    Ctrl-C during a solve from the main thread stops that solve and all later ones.

    Args:
        time_limit: Seconds for all solves together, ``None`` for no limit.
        progress: Told the best value and the bound of the running solve.
        proving: Whether what HiGHS says of fine numbers is proven by branching.

    ``version`` is that of HiGHS, once it was asked.
    """

    time_limit: float | None = None
    progress: Callable[[float, float], None] | None = None
    proving: bool = True
    interrupted: bool = field(default=False, init=False)
    version: str = field(default="", init=False)
    _deadline: float | None = None

    def __post_init__(self) -> None:
        """Check the limit.

        Raises:
            Misfit: It is negative, or no number.
        """
        if self.time_limit is not None and not self.time_limit >= 0:
            text = Text("requests.not-seconds")
            raise Misfit("time_limit", self.time_limit, text)

    def __reduce__(self) -> tuple[type[HighsSolver], tuple[float | None]]:
        """Return what a pickle holds: another solver, whose time has not begun."""
        return HighsSolver, (self.time_limit,)

    def twin(self) -> HighsSolver:
        """Make another solver with the same deadline, for another thread; it shows no progress."""
        self._seconds_left()
        return replace(self, progress=None)

    def quick_twin(self) -> HighsSolver:
        """Make a twin that checks what HiGHS says, and does not prove it, where it may err."""
        return replace(self.twin(), proving=False)

    def solve(self, program: Program) -> SolverOutcome:
        """Solve a program to proven optimality, or until the deadline or Ctrl-C.

        Raises:
            SolverError: It crashes, or what it answers does not hold in exact arithmetic.
        """
        if not program.profits:
            return _without_columns(program)
        try:
            outcome = self._first_that_holds(program)
        except NoSolverError:
            raise
        except SolverError as failure:
            return self._branched(program, None, failure)
        if outcome.status == "stopped" or not self.proving or not _errs_on(program):
            return outcome
        return self._proven(program, outcome)

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Return the dual price of each row of the linear relaxation, or ``None``."""
        return self._do(Task("relax", program)).prices

    def refute(self, claim: Claim) -> Refuted:
        """Refute a claim by a proof, or find what contradicts it, until the deadline or Ctrl-C.

        Raises:
            SolverError: The process died.
        """
        answer, _ = self._ask(Refuting(claim))
        return answer if isinstance(answer, Refuted) else Refuted("stopped")

    def _first_that_holds(self, program: Program) -> SolverOutcome:
        failure: SolverError | None = None
        for tolerance in _TOLERANCES:
            try:
                return self._checked(program, self._do(Task("solve", program, tolerance=tolerance)))
            except NoSolverError:
                raise
            except SolverError as error:
                failure = error
        assert failure is not None, "there is a way to try"
        raise failure

    def _proven(self, program: Program, outcome: SolverOutcome) -> SolverOutcome:
        """Prove by branching what HiGHS says, or find that it errs."""
        answer = self._do(Task("branch", program, known=outcome.values, steps=_STEPS))
        if answer.status == "stopped":
            values = outcome.values if answer.values is None else answer.values
            return self._stopped(program, values, outcome.bound)
        if answer.status != "open":
            return self._checked(program, answer)
        if answer.values == outcome.values:
            return outcome
        wrong = SolverError(Text("requests.solver-not-optimal"))
        return self._branched(program, answer.values, wrong)

    def _branched(
        self, program: Program, known: tuple[int, ...] | None, failure: SolverError
    ) -> SolverOutcome:
        """Solve by branching alone; if that takes too many steps, the failure stands."""
        if len(program.profits) > _SMALL:
            raise failure
        answer = self._do(Task("branch", program, known=known, steps=_ALL_STEPS))
        if answer.status == "open":
            raise failure
        return self._checked(program, answer)

    def _checked(self, program: Program, answer: Answer) -> SolverOutcome:
        """Check what was found in exact arithmetic.

        Raises:
            SolverError: A solution breaks a bound or a row, or is not worth what is said.
        """
        if answer.status == "infeasible":
            return SolverOutcome(status="infeasible")
        if answer.values is not None and (broken := next(program.violations(answer.values), "")):
            raise SolverError(Text("requests.solver-solution-broken", broken=broken))
        if answer.status != "optimal":
            return self._stopped(program, answer.values, answer.bound)
        if answer.values is None:
            raise SolverError(Text("requests.solver-no-solution"))
        value = program.value(answer.values)
        if answer.bound is not None and answer.bound != value:
            reason = Text("requests.solver-bound-not-met", bound=answer.bound, value=value)
            raise SolverError(reason)
        return SolverOutcome(status="optimal", values=answer.values, bound=value)

    def _stopped(
        self, program: Program, values: tuple[int, ...] | None, bound: int | None
    ) -> SolverOutcome:
        if values is not None and bound is not None:
            bound = max(bound, program.value(values))
        return SolverOutcome(
            status="stopped", values=values, bound=bound, interrupted=self.interrupted
        )

    def _do(self, task: Task) -> Answer:
        """Have a process do a task; what is found of it in time counts."""
        answer, values = self._ask(task)
        return answer if isinstance(answer, Answer) else Answer(values=values)

    def _ask(self, task: Task | Refuting) -> tuple[Answer | Refuted | None, tuple[int, ...] | None]:
        """Have a process do a task; return the answer, if it came in time, and the best so far.

        Raises:
            SolverError: The process died, or could not do it.
        """
        if self._seconds_left() <= 0 or self.interrupted:
            return None, None
        heard = _Heard(self.progress)
        with _on_ctrl_c(heard.stop), guest() as process:
            answer: Answer | Refuted | None = None
            if process.load(self._seconds_left, lambda: heard.stopping):
                task = task._replace(seconds=max(self._seconds_left(), 0.0))
                self.version = process.version
                answer = process.ask(task, lambda: heard.stopping, heard)
        self.interrupted = heard.stopping
        return answer, heard.values

    def _seconds_left(self) -> float:
        if self.time_limit is None:
            return inf
        now = time.monotonic()
        if self._deadline is None:
            self._deadline = now + self.time_limit
        return self._deadline - now


@dataclass(slots=True)
class _Heard:
    """What a process tells before its answer, and whether it is asked to stop."""

    progress: Callable[[float, float], None] | None
    stopping: bool = False
    values: tuple[int, ...] | None = None

    def stop(self) -> None:
        """Ask the solver to stop at its next check."""
        self.stopping = True

    def __call__(self, message: object) -> None:
        """Take in a message."""
        if isinstance(message, Better):
            self.values = message.values
        if isinstance(message, Progress) and self.progress is not None:
            self.progress(message.best, message.bound)


def twins(solver: ProvingSolver) -> tuple[Callable[[], ProvingSolver], Callable[[], ProvingSolver]]:
    """Return what makes solvers that share a deadline: for each thread, and for many quick draws.

    Only of HiGHS there can be another; any other solver is used itself, by one thread.
    """
    if isinstance(solver, HighsSolver):
        return solver.twin, solver.quick_twin
    return (lambda: solver), (lambda: solver)


def _without_columns(program: Program) -> SolverOutcome:
    """Answer for a program without columns, which HiGHS does not call feasible or not."""
    if any(program.violations(())):
        return SolverOutcome(status="infeasible")
    return SolverOutcome(status="optimal", values=(), bound=0)


def _errs_on(program: Program) -> bool:
    """Return whether a program has numbers on which HiGHS errs now and then, and is small."""
    if len(program.profits) > _SMALL:
        return False
    numbers = (abs(number) for row in program.rows for _column, number in row.terms)
    return max(numbers, default=0) >= _FINE or max(map(abs, program.profits)) >= _FINE


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


@dataclass(frozen=True, slots=True)
class RememberingSolver:
    """Hands programs on to a solver, each but once: the parts of a report ask for much alike.

    Remembered is only what is proven, so it holds whatever the time. A program is told by the
    SHA-256 of all there is to it, as the programs of a long list are too large to keep.

    Args:
        solver: Solves what is new; it keeps the deadline.
    """

    solver: ProvingSolver
    _known: dict[bytes, SolverOutcome] = field(default_factory=dict)
    _claims: dict[bytes, Refuted] = field(default_factory=dict)

    def solve(self, program: Program) -> SolverOutcome:
        """Return what the solver finds, or found of the same program before."""
        key = sha256(repr(program).encode()).digest()
        if key in self._known:
            return self._known[key]
        outcome = self.solver.solve(program)
        if outcome.status != "stopped":
            self._known[key] = outcome
        return outcome

    def relax(self, program: Program) -> tuple[float, ...] | None:
        """Return the dual prices that the solver finds."""
        return self.solver.relax(program)

    def refute(self, claim: Claim) -> Refuted:
        """Return what the solver finds, or found of the same claim before."""
        key = sha256(repr(claim).encode()).digest()
        if key not in self._claims:
            refuted = self.solver.refute(claim)
            if refuted.status == "stopped":
                return refuted
            self._claims[key] = refuted
        return self._claims[key]

    @property
    def version(self) -> str:
        """The version of HiGHS."""
        return self.solver.version

    @property
    def interrupted(self) -> bool:
        """Whether the user interrupted it."""
        return self.solver.interrupted
