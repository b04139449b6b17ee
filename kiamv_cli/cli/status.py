"""Exit statuses: scripts depend on them."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """What a command's exit status means."""

    DONE = 0
    NO = 1  # the answer is no: check found errors, verify differs
    BAD_INPUT = 2  # bad usage or bad input
    INFEASIBLE = 3  # no shortlist meets the wishes
    TIME_LIMIT = 4  # the time limit came first
    SOLVER_FAILED = 5  # it crashed, cannot be loaded, or its answers do not hold
    BUG = 70
    INTERRUPTED = 130
    BROKEN_PIPE = 141
