"""Select a shortlist: the steps in their order, each exact, the lottery last.

The order of the steps is lexicographic: no gain in a later one makes up for a loss in an earlier
one. So each step is an optimum of its own, and what it found is a row of the next: no weights that
would trade seats for points (Isermann, Linear lexicographic optimization, OR Spektrum 4, 1982).

The lottery is the last step, and lexicographic too. The seed draws the order, not the solver: so
anybody can draw it again, and nobody is favoured by where they stand on the list. Of two shortlists
the one wins that holds the first-drawn ecosystem in which they differ. So the ecosystems are taken
in draw order; each is in if some shortlist that is as good, and agrees with all that was decided
before, holds it. There is always exactly one winner, as no two shortlists have the same members.

To weigh the n-th drawn by 2^-n would give it in one solve, but no solver tells such weights apart:
they are decided in blocks of a few, each exact, with most lots settled by bounds before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.integer_program import Program, Row, compact, consistent
from kiamv_cli.selection.model.prove import Proven, prove
from kiamv_cli.selection.model.question import Selection, Status, draw
from kiamv_cli.selection.model.search import (
    NoneFeasibleError,
    NoShortlistError,
    make_model,
    optimum,
)
from kiamv_cli.selection.model.spread import out_of_place, spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from kiamv_cli.selection.model.integer_program import Solver, SolverOutcome
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.question import Cell, Question
    from kiamv_cli.selection.model.search import Model, Optimum

# Lots decided in one solve: weights up to 2^7 are far within a solver's tolerances.
_BLOCK = 8
# From here on totals are so fine that two equal ones are rare, and large programs are slow to ask.
_FINE, _FEW = 1 << 15, 300
# Nor may the objective grow beyond what a solver tells apart by one.
_LARGEST_OBJECTIVE = 1 << 22


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where the lottery ended: so many in per cell, and whether every lot was decided."""

    counts: tuple[int, ...]
    proven: bool
    interrupted: bool = False


def descend(
    face: Program, counts: Sequence[int], cells: Sequence[Cell], seed: str, solver: Solver
) -> Drawn:
    """Find the winner of the lottery.

    Args:
        face: The program of which every solution is equally good; its first columns are cells.
            Its objective, the same for all solutions, shows the solver where to look.
        counts: A solution, as how many of each cell are in.
        cells: The cells, each with its members in draw order.
        seed: The seed of the lottery.
        solver: Decides, block by block, what the solution at hand leaves open.
    """
    small = compact(face)
    columns = [column for column in small.columns if column < len(cells)]
    now = tuple(counts[column] for column in columns)
    descent = _Descent(small.program, now, list(small.program.lowers), list(small.program.uppers))
    order = _lots([cells[column] for column in columns], seed)
    try:
        proven = descent.run(order, solver)
    except KeyboardInterrupt:
        proven, descent.interrupted = False, True
    final = dict(enumerate(counts)) | dict(zip(columns, descent.counts, strict=True))
    return Drawn(tuple(final.values()), proven, descent.interrupted)


@dataclass(frozen=True, slots=True)
class _Lot:
    """The ``place``-th member of a cell (from 1): in whenever that many of the cell are."""

    cell: int
    place: int


def _lots(cells: Sequence[Cell], seed: str) -> list[_Lot]:
    """Return every candidate of the cells, first drawn first."""
    drawn = {
        draw(seed, name): _Lot(number, place)
        for number, cell in enumerate(cells)
        for place, name in enumerate(cell.members, 1)
    }
    return [drawn[lot] for lot in sorted(drawn)]


@dataclass(slots=True)
class _Descent:
    """The winner so far, and within which bounds a shortlist is still as good."""

    face: Program
    counts: tuple[int, ...]
    lowers: list[int]
    uppers: list[int]
    interrupted: bool = False

    def run(self, order: Sequence[_Lot], solver: Solver) -> bool:
        """Decide lot after lot; tell whether all could be."""
        for number, lot in enumerate(order):
            if not self._open(lot):
                continue
            if lot.place <= self.counts[lot.cell]:
                self._decide(lot)
                continue
            before = self.counts
            block = list(islice(filter(self._open, islice(order, number, None)), _BLOCK))
            if not self._proven(self._best(block, solver)):
                return False
            for one in block:
                self._decide(one)
            # A winner that stays may well be the only one left, which one solve can tell; it saves
            # a solve for each block that is left.
            if self.counts == before:
                rival = solver.solve(_rivals(self._left(), self.counts))
                if rival.status != "optimal":
                    return self._proven(rival)
        return True

    def _proven(self, outcome: SolverOutcome) -> bool:
        self.interrupted = outcome.interrupted
        return outcome.status != "stopped"

    def _left(self) -> Program:
        return replace(self.face, lowers=tuple(self.lowers), uppers=tuple(self.uppers))

    def _best(self, block: Sequence[_Lot], solver: Solver) -> SolverOutcome:
        """Find the winner of the lots of a block."""
        value = self.face.value((*self.counts, *[0] * (len(self.face.profits) - len(self.counts))))
        outcome = solver.solve(_split(self._left(), block, value))
        if outcome.status == "infeasible":
            consistent(outcome.values, "a winner is known")
        if outcome.values is not None:
            columns = len(self.face.profits)
            joined = list(outcome.values[:columns])
            for lot, count in zip(block, outcome.values[columns:], strict=True):
                joined[lot.cell] += count
            self.counts = tuple(joined[: len(self.counts)])
        return outcome

    def _open(self, lot: _Lot) -> bool:
        return self.lowers[lot.cell] < lot.place <= self.uppers[lot.cell]

    def _decide(self, lot: _Lot) -> None:
        """Fix that a lot is in, or out, as it is in the winner so far."""
        if lot.place <= self.counts[lot.cell]:
            self.lowers[lot.cell] = max(self.lowers[lot.cell], lot.place)
        else:
            self.uppers[lot.cell] = min(self.uppers[lot.cell], lot.place - 1)


def _split(face: Program, block: Sequence[_Lot], value: int) -> Program:
    """Return each lot of the block a column of its own, worth twice the next; the rest nothing.

    A lot is worth more than all later ones together (2^k > 2^(k-1) + … + 1), so the highest sum is
    that of the lexicographic winner of the block. Within a cell an earlier lot is worth more, so
    the best solution takes them in draw order. The objective of the face, of which ``value`` is the
    one value, is kept above the lots.
    """
    uppers = list(face.uppers)
    copies: dict[int, list[int]] = {}
    for number, lot in enumerate(block, len(face.profits)):
        uppers[lot.cell] -= 1
        copies.setdefault(lot.cell, []).append(number)
    scale = 1 << len(block)
    if value * scale > _LARGEST_OBJECTIVE:
        scale = 0
    worth = (1 << power for power in reversed(range(len(block))))
    lots = (face.profits[lot.cell] * scale + own for lot, own in zip(block, worth, strict=True))
    return Program(
        profits=(*(profit * scale for profit in face.profits), *lots),
        lowers=face.lowers + (0,) * len(block),
        uppers=tuple(uppers) + (1,) * len(block),
        rows=tuple(replace(row, terms=(*row.terms, *_copied(row, copies))) for row in face.rows),
    )


def alone(best: Optimum, solver: Solver) -> bool:
    """Return whether a best shortlist is the only one, where that is likely and soon told.

    The highest score of any other is found then; ``False`` leaves it to the lottery.
    """
    program, counts = best.open, best.counts
    if program is None or len(program.profits) > _FEW:
        return False
    slacks = len(program.profits) - len(counts)
    value = program.value((*counts, *[0] * slacks))
    if value < _FINE:
        return False
    others = _rivals(program, counts)
    switches = len(others.profits) - len(program.profits)
    outcome = solver.solve(replace(others, profits=(*program.profits, *[0] * switches)))
    if outcome.values is None:
        return outcome.status == "infeasible"
    return (
        outcome.status == "optimal"
        and program.value(outcome.values[: len(program.profits)]) < value
    )


def _copied(row: Row, copies: dict[int, list[int]]) -> Iterator[tuple[int, int]]:
    for column, coefficient in row.terms:
        for copy in copies.get(column, ()):
            yield copy, coefficient


def _rivals(face: Program, counts: Sequence[int]) -> Program:
    """Return the program of all solutions but one: of some cell they must have more in.

    Of a cell that is at its least in that one solution any more will do; of another, only what a
    switch column (0 or 1) vouches for.
    """
    more: list[tuple[int, int]] = []
    rows = list(face.rows)
    switches, least = len(face.profits), 0
    for cell, count in enumerate(counts):
        lower, upper = face.lowers[cell], face.uppers[cell]
        if count == lower:
            more.append((cell, 1))
            least += lower
        elif count < upper:
            more.append((switches, 1))
            rows.append(Row(((cell, 1), (switches, lower - count - 1)), lower))
            switches += 1
    extra = switches - len(face.profits)
    return Program(
        profits=(0,) * switches,
        lowers=face.lowers + (0,) * extra,
        uppers=face.uppers + (1,) * extra,
        rows=(*rows, Row(tuple(more), least + 1)),
    )


def select(question: Question, solver: Solver) -> Selection:
    """Find the one shortlist that a question asks for.

    In this order, each step exact: the wishes are obeyed; the fewest of those to keep leave; the
    fewest seats are out of place, over the balanced dimensions together; the score is highest; ties
    decide; the lottery decides.

    Args:
        question: What is asked.
        solver: Solves the integer programs; not called where a plain sort gives the answer.

    Returns:
        The shortlist. Where ``status.proven`` does not hold it is the best found in time.

    Raises:
        NoneFeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to find any.
        ValueError: An included id is not among the candidates.
    """
    if question.include & (question.exclude | question.barred):
        raise NoneFeasibleError
    model = make_model(question)
    best = optimum(model, question.give_up, solver)
    return drawn_from(question, model, best, solver)


def drawn_from(question: Question, model: Model, best: Optimum, solver: Solver) -> Selection:
    """Return the shortlist that the lottery chooses of those that are best before it."""
    if best.face is None:
        return describe(question, model.members(best.counts), best.status)
    sorted_out = model.by_score() is not None and not model.bands and not question.keep
    if sorted_out or alone(best, solver):
        status = Status(proven=True, step="lottery")
        return describe(question, model.members(best.counts), status)
    drawn = descend(best.face, best.counts, model.pool.cells, question.seed, solver)
    status = Status(proven=drawn.proven, step="lottery", interrupted=drawn.interrupted)
    return describe(question, model.members(drawn.counts), status)


def select_proven(question: Question, solver: Solver) -> Selection:
    """Select; what is not proven best does not count.

    Raises:
        NoneFeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to prove it.
    """
    selection = select(question, solver)
    if not selection.status.proven:
        raise NoShortlistError(interrupted=selection.status.interrupted)
    return selection


def describe(question: Question, members: AbstractSet[str], status: Status) -> Selection:
    """Return the exact figures of a set of candidates, and their order."""
    chosen = [one for one in question.candidates if one.id in members]
    ranked = sorted(chosen, key=lambda each: (-each.score, each.id))
    moved = {
        dimension: out_of_place(spread((one.places[dimension] for one in chosen), targets))
        for dimension, targets in question.targets.items()
    }
    return Selection(
        members=tuple(one.id for one in ranked),
        score=sum((one.score for one in chosen), Fraction(0)),
        out_of_place=moved,
        status=status,
    )


@dataclass(frozen=True, slots=True)
class Best:
    """The shortlist that a question asks for, the best without balance, and the proof.

    ``unbalanced`` is ``None`` where there was no time for it.
    """

    selection: Selection
    unbalanced: Selection | None
    proven: Proven


def best_with_proof(question: Question, solver: ProvingSolver, steps: int | None = None) -> Best:
    """Find the one shortlist that a question asks for, and prove that it is; as ``select``."""
    if question.include & (question.exclude | question.barred):
        raise NoneFeasibleError
    model = make_model(question)
    found = optimum(model, question.give_up, solver)
    members = model.members(found.counts)
    if found.face is None:
        return Best(describe(question, members, found.status), None, Proven(members=members))
    unbalanced = select(question.by_score_alone, solver)
    drawn = cache(lambda: drawn_from(question, model, found, solver))
    if not unbalanced.status.proven:
        return Best(drawn(), None, Proven(members=members))
    proven = prove(question, members, unbalanced.members, solver, steps, lambda: drawn().members)
    if proven.proof is not None:
        status = Status(proven=True, step="lottery")
        if proven.highest != frozenset(unbalanced.members):
            unbalanced = describe(question, proven.highest, status)
        return Best(describe(question, proven.members, status), unbalanced, proven)
    if proven.stopped:
        status = Status(proven=False, step="proof", interrupted=solver.interrupted)
        return Best(describe(question, proven.members, status), None, proven)
    if proven.members != members:
        status = Status(proven=True, step="lottery")
        return Best(describe(question, proven.members, status), unbalanced, proven)
    return Best(drawn(), unbalanced, proven)
