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
    """Shows the best value and the bound of a search, if standard error is a terminal.

    Nothing is shown in the first second, and nothing stays when it is over.
    """

    title: str
    _next: float = field(default_factory=lambda: time.monotonic() + _PATIENCE_SECONDS)
    _started: float = field(default_factory=time.monotonic)
    _shown: bool = False

    def __call__(self, best: float, bound: float) -> None:
        """Show how far the search is: its objective so far, and what no solution passes."""
        now = time.monotonic()
        if now < self._next or not sys.stderr.isatty():
            return
        self._next, self._shown = now + _PAUSE_SECONDS, True
        gap = f", within {abs(bound - best) / abs(best):.2%} of the best" if best else ""
        elapsed = now - self._started
        sys.stderr.write(f"\r\x1b[K{self.title} ({elapsed:.0f} s{gap}; Ctrl-C: best so far)")
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
