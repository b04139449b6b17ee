"""A line on the terminal for what takes long."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.cli.start import columns, messages

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_PATIENCE_SECONDS, _PAUSE_SECONDS = 1.0, 0.2
_BAR = 10


@dataclass(slots=True)
class Progress:
    """Shows how far a search is, if standard error is a terminal.

    Nothing is shown in the first second, and nothing stays when it is over.
    """

    title: str
    _next: float = field(default_factory=lambda: time.monotonic() + _PATIENCE_SECONDS)
    _started: float = field(default_factory=time.monotonic)
    _shown: bool = False
    _steps: tuple[str, ...] = ()  # the longest first

    def __call__(self, best: float, bound: float) -> None:
        """Show how a search goes: its objective so far, and what no solution passes."""
        share = f"{abs(bound - best) / abs(best):.2%}" if best else ""
        self._show(_(", within {share} of the best", share=share) if best else "")

    def step(self, done: int, total: int) -> None:
        """Count one search of many that is done; from now on these are counted.

        ``total`` is 0 where nobody knows how many there will be.
        """
        if total:
            filled = _BAR * done // total
            counted = _("{done} of {total}", done=done, total=total)
            self._steps = (f" [{'#' * filled}{'.' * (_BAR - filled)}] {counted}", f": {counted}")
        else:
            self._steps = (f": {done}",)
        self._show("")

    def _show(self, gap: str) -> None:
        now = time.monotonic()
        if now < self._next or not sys.stderr.isatty() or messages().quiet:
            return
        self._next, self._shown = now + _PAUSE_SECONDS, True
        elapsed = f"{now - self._started:.0f} s"
        if self._steps:
            ends = _("Ctrl-C: what is found so far")
            lines = [f"{self.title}{steps} ({elapsed}; {ends})" for steps in self._steps]
        else:
            ends = _("Ctrl-C: best so far")
            lines = [f"{self.title} ({elapsed}{gap}; {ends})"]
        # A line that the terminal breaks in two could not be taken away again.
        width = columns(sys.stderr)
        line = next((each for each in lines if len(each) < width), lines[-1])
        sys.stderr.write(f"\r\x1b[K{line[: width - 1]}")
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
