"""The process in which HiGHS runs, and those that wait for the next program."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from kiamv_cli.base.text import Text
from kiamv_cli.selection.model.integer_program import SolverError
from kiamv_cli.selection.model.refutation import Refuted
from kiamv_cli.selection.solving.engine import STOP, Answer, Failure, Ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.selection.solving.engine import Refuting, Task

# What is asked to stop, or has no time left, and goes on for so long is killed.
_PATIENCE_SECONDS = 0.5
_POLL_SECONDS = 0.1
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"
_ENGINE = "kiamv_cli.selection.solving.engine"
_THE_END = object()


class NoSolverError(SolverError):
    """There is no solver here: it cannot be started or loaded."""


class Guest:
    """A process that solves one program after the other.

    ``usable`` says whether it waits for the next one: not if it ended, or was left at work.
    """

    def __init__(self) -> None:
        """Start it; that HiGHS is loaded there is only waited for with the first task."""
        code = _START.format(path=sys.path, module=_ENGINE)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python, and code of ours
                # -P: nothing in the working folder is imported.
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is for the process that asks alone.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except (OSError, TypeError, ValueError) as error:  # also where Python has no program
            reason = Text("requests.solver-not-started", reason=error)
            raise NoSolverError(reason) from error
        self.usable, self._ready, self.version = True, False, ""
        self._messages: SimpleQueue[object] = SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def load(self, seconds: Callable[[], float], stopping: Callable[[], bool]) -> bool:
        """Wait until HiGHS is loaded; tell whether it was in time.

        Raises:
            NoSolverError: It cannot be loaded.
        """
        while not self._ready:
            if stopping() or seconds() <= 0:
                return False
            if isinstance(message := self._first(), Ready):
                self._ready, self.version = True, message.version
        return True

    def ask(
        self,
        task: Task | Refuting,
        stopping: Callable[[], bool],
        heard: Callable[[object], None],
    ) -> Answer | Refuted | None:
        """Have a task done.

        Args:
            task: What to do.
            stopping: Tells whether to stop.
            heard: Told of progress and of better solutions.

        Returns:
            The answer; ``None`` if it did not come in time.

        Raises:
            SolverError: The process died, or could not do it.
        """
        self.usable = False
        self._send(task)
        stopped, last = False, time.monotonic() + task.seconds + _PATIENCE_SECONDS
        while time.monotonic() < last:
            if stopping() and not stopped:
                self._send(STOP)
                stopped, last = True, time.monotonic() + _PATIENCE_SECONDS
            message = self._next()
            if isinstance(message, (Answer, Refuted)):
                self.usable = True
                return message
            if message is not None:
                heard(message)
        return None

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe is not None, "it was asked for"
                pipe.close()

    def _first(self) -> object:
        try:
            return self._next()
        except NoSolverError:
            raise
        except SolverError as error:
            self.usable = False
            raise NoSolverError(Text("requests.solver-not-loaded", reason=error)) from error

    def _next(self) -> object:
        """Wait for a message, but not for long.

        Raises:
            SolverError: There will be none, or it says that there is no answer.
        """
        try:
            message = self._messages.get(timeout=_POLL_SECONDS)
        except Empty:
            return None
        if message is _THE_END:
            raise SolverError(Text("requests.solver-crashed", status=_ending(self._process.wait())))
        if isinstance(message, Failure):
            if not message.loaded:
                self.usable = False
                raise NoSolverError(Text("requests.solver-not-loaded", reason=message.reason))
            self.usable = True
            raise SolverError(message.reason)
        return message

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None, "it was asked for"
        with suppress(OSError):  # if it is dead, that is heard
            pickle.dump(message, self._process.stdin)
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None, "it was asked for"
        with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
            while True:
                # What comes was written by a process of ours.
                self._messages.put(pickle.load(self._process.stdout))  # noqa: S301
        self._messages.put(_THE_END)


def _ending(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return str(code)


# Those that wait: starting one takes longer than most programs.
_idle: list[Guest] = []


@contextmanager
def guest() -> Iterator[Guest]:
    """Lend a process that solves for nobody else; a new one if there is none."""
    try:
        lent = _idle.pop()
    except IndexError:  # no look before: another thread may take the last one
        lent = Guest()
    try:
        yield lent
    finally:
        if lent.usable:
            _idle.append(lent)
        else:
            lent.end()


def prepare() -> None:
    """Start a process that is going to be needed, so that it loads HiGHS while others read."""
    if not _idle:
        with suppress(SolverError):  # who needs it then will hear why
            _idle.append(Guest())


@atexit.register
def _end_all() -> None:
    while _idle:
        _idle.pop().end()


if hasattr(os, "register_at_fork"):
    # They answer the process that started them, and no copy of it.
    os.register_at_fork(after_in_child=_idle.clear)
