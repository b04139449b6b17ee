"""The next best shortlists, in the exact order in which the best one is chosen.

All shortlists but the best are divided by the first of its members that they lack: those without
the first member, those with the first but without the second, and so on. The next best is the best
of one of these parts, which is then divided likewise (Lawler, A procedure for computing the K best
solutions to discrete optimization problems, Management Science 18, 1972).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

from kiamv_cli.core.program import consistent
from kiamv_cli.core.selection.forced import (
    best,
    figures,
    floored,
    forced,
    lowest_score,
    standing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.forced import Standing
    from kiamv_cli.core.selection.question import Question, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another shortlist: who is in it and not in the best one, and the other way round."""

    selection: Selection
    comes: tuple[str, ...]
    goes: tuple[str, ...]


def alternatives(question: Question, first: Selection, solver: Solver) -> Iterator[Alternative]:
    """Give the shortlists after the best one, best first: balance, score, lottery.

    Each takes about as many proofs as a shortlist has members, so ask for no more than needed.

    Args:
        question: What was asked. With ``give_up``, only shortlists that reach its floor count.
        first: The proven answer to it.
        solver: Solves the integer programs.

    Yields:
        One shortlist after the other, until there are no more.

    Raises:
        NoShortlistError: There was no time to prove the next one.
    """
    parts = _Parts(lowest_score(question, solver), solver)
    parts.divide(forced(question), first)
    while (found := parts.next()) is not None:
        part, selection = found
        yield Alternative(
            selection=selection,
            comes=tuple(one for one in selection.members if one not in first.members),
            goes=tuple(one for one in first.members if one not in selection.members),
        )
        parts.divide(part, selection)


class _Parts:
    """Sets of shortlists as pinned questions, the one with the best shortlist on top.

    The lottery is only held within a part that is on top by balance and score. Until then it has
    no lots, so it comes before those of the same figures that have: it may still win.
    """

    def __init__(self, floor: Fraction | None, solver: Solver) -> None:
        self._floor = floor
        self._solver = solver
        self._heap: list[tuple[Standing, int, Question, Selection | None]] = []
        self._numbers = count()

    def divide(self, part: Question, selection: Selection) -> None:
        """Add all shortlists of a part but its best, in parts."""
        kept: list[str] = []
        # The least members first: most parts then keep the best, which leaves them small.
        for member in reversed(selection.members):
            if member in part.include:
                continue
            self._add(forced(part, into=kept, out=[member]))
            kept.append(member)

    def next(self) -> tuple[Question, Selection] | None:
        """Take the part with the best shortlist, and that shortlist; ``None`` if all is told."""
        while self._heap:
            _, _, part, selection = heappop(self._heap)
            if selection is not None:
                return part, selection
            chosen = best(part, self._solver, floor=self._floor)
            selection = consistent(chosen, "its figures are known")
            self._push(standing(part, selection), part, selection)
        return None

    def _add(self, part: Question) -> None:
        asked = floored(part, self._floor, self._solver)
        known = figures(asked, self._solver) if asked is not None else None
        if known is not None:
            out, score = known
            self._push((out, -score, ()), part, None)

    def _push(self, place: Standing, part: Question, selection: Selection | None) -> None:
        heappush(self._heap, (place, next(self._numbers), part, selection))
