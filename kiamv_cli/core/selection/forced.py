"""Ask a question again: candidates forced in or out, a given floor under the total score."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.core.restrict import solve
from kiamv_cli.core.selection.model import make_model
from kiamv_cli.core.selection.pool import draw
from kiamv_cli.core.selection.search import InfeasibleError, NoShortlistError, optimum
from kiamv_cli.core.selection.select import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.core.program import Program, Solver
    from kiamv_cli.core.selection.model import Model
    from kiamv_cli.core.selection.question import Question, Selection

# Of two shortlists the one with the lesser standing wins: seats out of place over the balanced
# dimensions, minus the score, the lots of the members from the first drawn.
Standing = tuple[Fraction, Fraction, tuple[str, ...]]


def forced(question: Question, *, into: Iterable[str] = (), out: Iterable[str] = ()) -> Question:
    """Add pins to a question, and leave its ``give_up`` aside."""
    return replace(
        question,
        include=question.include.union(into),
        exclude=question.exclude.union(out),
        give_up=None,
    )


def standing(question: Question, selection: Selection) -> Standing:
    """Give the place of a shortlist in the order of all shortlists."""
    lots = sorted(draw(question.seed, member) for member in selection.members)
    return misplaced(question, selection), -selection.score, tuple(lots)


def misplaced(question: Question, selection: Selection) -> Fraction:
    """Add up the seats out of place over the balanced dimensions."""
    return sum((selection.out_of_place[name] for name in question.balance), Fraction(0))


def score_unit(question: Question) -> Fraction:
    """Give a step in score such that no two different totals are closer than it."""
    return Fraction(1, lcm(*{one.score.denominator for one in question.candidates}))


def lowest_score(question: Question, solver: Solver) -> Fraction | None:
    """Give the floor that ``give_up`` sets under the total score; ``None`` where it sets none.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    if question.give_up is None:
        return None
    top = highest(question, solver)
    return None if top is None else (1 - question.give_up) * top


def highest(question: Question, solver: Solver) -> Fraction | None:
    """Give the highest total score under the wishes alone; ``None`` if nothing meets them.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    found = figures(replace(question, balance=(), give_up=None), solver)
    return None if found is None else found[1]


def best(question: Question, solver: Solver, *, floor: Fraction | None = None) -> Selection | None:
    """Select from the shortlists with a total score of ``floor`` or more; ``None`` if none is.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    asked = floored(question, floor, solver)
    if asked is None:
        return None
    try:
        selection = select(asked, solver)
    except InfeasibleError:
        return None
    if not selection.status.proven:
        raise NoShortlistError(interrupted=selection.status.interrupted)
    return selection


def figures(question: Question, solver: Solver) -> tuple[Fraction, Fraction] | None:
    """Give the fewest seats out of place and, with those, the highest total score.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    if question.include & (question.exclude | question.barred):
        return None
    model = make_model(question)
    try:
        found = optimum(model, question.give_up, solver)
    except InfeasibleError:
        return None
    if found.face is None:
        raise NoShortlistError(interrupted=found.status.interrupted)
    score = model.score(found.counts) + model.pinned_score
    out = model.out_of_place(found.counts)
    return Fraction(out, model.seat_unit), Fraction(score, model.pool.unit)


def solved(model: Model, program: Program, solver: Solver) -> tuple[int, ...] | None:
    """Solve a program of the model: how many of each cell are in; ``None`` if nothing fits.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    outcome = solve(program, solver).outcome
    if outcome.status == "stopped":
        raise NoShortlistError(interrupted=outcome.interrupted)
    return None if outcome.values is None else outcome.values[: len(model.pool.cells)]


def floored(question: Question, floor: Fraction | None, solver: Solver) -> Question | None:
    """Put a floor under the total score as what may be given up; ``None`` if none reaches it.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    if floor is None:
        return question
    top = highest(question, solver)
    if top is None or top < floor:
        return None
    return replace(question, give_up=1 - max(floor, Fraction(0)) / top if top else None)
