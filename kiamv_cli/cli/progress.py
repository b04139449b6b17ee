"""A line on the terminal for what takes longer than a second."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_PATIENCE_SECONDS, _PAUSE_SECONDS = 1.0, 0.2


@dataclass(slots=True)
class Progress:
    """Shows how far a search is, if standard error is a terminal.

    Nothing is shown in the first second, and nothing stays when it is over.
    """

    title: str
    _next: float = field(default_factory=lambda: time.monotonic() + _PATIENCE_SECONDS)
    _started: float = field(default_factory=time.monotonic)
    _shown: bool = False
    _steps: str = ""

    def __call__(self, best: float, bound: float) -> None:
        """Tell of a search: its objective so far, and what no solution passes."""
        if self._steps or not best:
            self._show("")
        else:
            self._show(f", within {abs(bound - best) / abs(best):.2%} of the best")

    def step(self, done: int, total: int) -> None:
        """Tell of one search of many that is done; from now on these are counted."""
        self._steps = f", {done} of {total}"
        self._show("")

    def _show(self, gap: str) -> None:
        now = time.monotonic()
        if now < self._next or not sys.stderr.isatty():
            return
        self._next, self._shown = now + _PAUSE_SECONDS, True
        rest = "what is found so far" if self._steps else "best so far"
        elapsed = f"{now - self._started:.0f} s"
        sys.stderr.write(f"\r\x1b[K{self.title} ({elapsed}{self._steps}{gap}; Ctrl-C: {rest})")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def __enter__(self) -> Self:
        """Start; the line appears with the first news after a second."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away, whatever happened."""
        self.clear()
