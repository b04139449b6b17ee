"""The lottery among equally good shortlists: a lexicographic descent in draw order.

Of two shortlists the one wins that holds the first-drawn ecosystem in which they differ. So the
ecosystems are taken in draw order; each is in if some shortlist that is as good, and agrees with
all that was decided before, holds it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from kiamv_cli.core.program import Program, Row
from kiamv_cli.core.selection.pool import draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.program import Outcome, Solver
    from kiamv_cli.core.selection.model import Model

# Lots decided in one solve: weights up to 2^11 are far within a solver's tolerances.
_BLOCK = 12


@dataclass(frozen=True, slots=True)
class Lot:
    """The ``place``-th member of a cell (from 1): in whenever that many of the cell are."""

    cell: int
    place: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the lottery ended: so many in per cell, and whether every lot was decided."""

    counts: tuple[int, ...]
    proven: bool
    interrupted: bool = False


def lots(model: Model, seed: str) -> list[Lot]:
    """Give every candidate that is not pinned, first drawn first."""
    drawn = [
        (draw(seed, name), Lot(number, place))
        for number, cell in enumerate(model.pool.cells)
        for place, name in enumerate(cell.members, 1)
    ]
    return [lot for _, lot in sorted(drawn, key=lambda pair: pair[0])]


def descend(face: Program, counts: Sequence[int], order: Sequence[Lot], solver: Solver) -> Drawn:
    """Decide lot after lot.

    Args:
        face: The program of which every solution is equally good; its first columns are cells.
        counts: A solution, cells only.
        order: The lots in draw order.
        solver: Decides, block by block, what the solution at hand leaves open.
    """
    descent = _Descent(face, tuple(counts), list(face.lowers), list(face.uppers))
    try:
        return descent.run(order, solver)
    except KeyboardInterrupt:
        return Drawn(descent.counts, proven=False, interrupted=True)


@dataclass(slots=True)
class _Descent:
    """The winner so far, and within which bounds a shortlist is still as good."""

    face: Program
    counts: tuple[int, ...]
    lowers: list[int]
    uppers: list[int]

    def run(self, order: Sequence[Lot], solver: Solver) -> Drawn:
        cells = range(len(self.counts))
        for number, lot in enumerate(order):
            if not self._open(lot):
                continue
            if lot.place <= self.counts[lot.cell]:
                self._decide(lot)
                continue
            if all(self.lowers[cell] == self.counts[cell] for cell in cells):
                break
            block = list(islice(filter(self._open, islice(order, number, None)), _BLOCK))
            outcome = self._solve(block, solver)
            if outcome.status != "optimal":
                return Drawn(self.counts, proven=False, interrupted=outcome.interrupted)
            for one in block:
                self._decide(one)
        return Drawn(self.counts, proven=True)

    def _solve(self, block: Sequence[Lot], solver: Solver) -> Outcome:
        """Find the winner of the lots of a block."""
        lowers, uppers = tuple(self.lowers), tuple(self.uppers)
        outcome = solver.solve(_split(replace(self.face, lowers=lowers, uppers=uppers), block))
        if outcome.values is not None:
            columns = len(self.face.profits)
            joined = list(outcome.values[:columns])
            for lot, count in zip(block, outcome.values[columns:], strict=True):
                joined[lot.cell] += count
            self.counts = tuple(joined[: len(self.counts)])
        return outcome

    def _open(self, lot: Lot) -> bool:
        return self.lowers[lot.cell] < lot.place <= self.uppers[lot.cell]

    def _decide(self, lot: Lot) -> None:
        """Fix that a lot is in, or out, as it is in the winner so far."""
        if lot.place <= self.counts[lot.cell]:
            self.lowers[lot.cell] = max(self.lowers[lot.cell], lot.place)
        else:
            self.uppers[lot.cell] = min(self.uppers[lot.cell], lot.place - 1)


def _split(face: Program, block: Sequence[Lot]) -> Program:
    """Give each lot of the block a column of its own, worth twice the next; the rest nothing.

    Within a cell an earlier lot is worth more, so the best solution takes them in draw order.
    """
    uppers = list(face.uppers)
    copies: dict[int, list[int]] = {}
    for number, lot in enumerate(block, len(face.profits)):
        uppers[lot.cell] -= 1
        copies.setdefault(lot.cell, []).append(number)
    worth = tuple(1 << power for power in reversed(range(len(block))))
    return Program(
        profits=(0,) * len(face.profits) + worth,
        lowers=face.lowers + (0,) * len(block),
        uppers=tuple(uppers) + (1,) * len(block),
        rows=tuple(replace(row, terms=(*row.terms, *_copied(row, copies))) for row in face.rows),
    )


def _copied(row: Row, copies: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    for column, coefficient in row.terms:
        for copy in copies.get(column, ()):
            yield copy, coefficient
