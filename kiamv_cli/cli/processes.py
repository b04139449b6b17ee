"""How many processes a command may use."""

from __future__ import annotations

import os

# With more, the one that hands out the work and gathers the results cannot keep up.
_MOST = 8


def processes() -> int:
    """Count the processors that this process may run on, up to 8."""
    known = hasattr(os, "sched_getaffinity")
    return min(len(os.sched_getaffinity(0)) if known else os.cpu_count() or 1, _MOST)
