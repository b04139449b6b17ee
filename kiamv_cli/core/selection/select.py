"""Select a shortlist: the steps in their order, each exact, on the result of the one before."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.lottery import alone, descend
from kiamv_cli.core.selection.model import make_model
from kiamv_cli.core.selection.question import Selection, Status
from kiamv_cli.core.selection.search import InfeasibleError, optimum
from kiamv_cli.core.spread import out_of_place, spread

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.question import Question


def select(question: Question, solver: Solver) -> Selection:
    """Find the one shortlist that a question asks for.

    In this order, each step exact: the wishes (pins and quotas) are obeyed; the fewest seats are
    out of place, over the balanced dimensions together; the score is highest; the lottery decides.

    Args:
        question: What is asked.
        solver: Solves the integer programs; not called where a plain sort gives the answer.

    Returns:
        The shortlist. Where ``status.proven`` does not hold it is the best found in time.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time to find any.
        ValueError: An included id is not among the candidates.
    """
    if question.include & (question.exclude | question.barred):
        raise InfeasibleError
    model = make_model(question)
    best = optimum(model, question.give_up, solver)
    if best.face is None:
        return describe(question, model.members(best.counts), best.status)
    if (model.by_score() is not None and not model.bands) or alone(best, solver):
        status = Status(proven=True, step="lottery")
        return describe(question, model.members(best.counts), status)
    drawn = descend(best.face, best.counts, model.pool.cells, question.seed, solver)
    status = Status(proven=drawn.proven, step="lottery", interrupted=drawn.interrupted)
    return describe(question, model.members(drawn.counts), status)


def describe(question: Question, members: AbstractSet[str], status: Status) -> Selection:
    """Give the exact figures of a set of candidates, and their order."""
    chosen = [one for one in question.candidates if one.id in members]
    ranked = sorted(chosen, key=lambda one: (-one.score, one.id))
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
