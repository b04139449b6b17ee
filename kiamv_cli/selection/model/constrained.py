"""A question asked again with candidates forced in or out, or at any score.

Let it have score x, and the best total under the wishes alone be ``top_with`` + x with it and
``top_without`` without it. With ``give_up`` g a total must reach F(x) = (1 - g) times the higher of
the two. F never rises faster than x: as x rises, more shortlists with the candidate reach it and
fewer of the others do. So there is one threshold: below it the candidate is out, above it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.formulation import make_model
from kiamv_cli.selection.model.integer_program import consistent, solve
from kiamv_cli.selection.model.question import draw
from kiamv_cli.selection.model.search import InfeasibleError, NoShortlistError, optimum
from kiamv_cli.selection.model.select import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.selection.model.formulation import Model
    from kiamv_cli.selection.model.integer_program import Program, Solver
    from kiamv_cli.selection.model.question import Candidate, Question, Selection

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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Duel:
    """One candidate, the question with it pinned in and pinned out, and what may be given up.

    ``give_up`` is ``None`` where any total is allowed. ``top_with`` leaves its own score
    out.
    """

    one: Candidate
    with_it: Question
    without: Question
    give_up: Fraction | None
    top_with: Fraction
    top_without: Fraction
    solver: Solver
    seen: dict[tuple[bool, Fraction | None], Selection | None] = field(default_factory=dict)

    def know(self, selection: Selection, *, member: bool) -> None:
        """Take over the answer to the question itself, which is the best on its side today."""
        self.seen[member, self.floor(self.one.score)] = selection

    def missing(self, score: Fraction, *, member: bool) -> Fraction:
        """Give by how much the highest total on one side misses the floor at this score."""
        least = consistent(self.floor(score), "without a floor there is a shortlist on each side")
        return least - (self.top_with + score if member else self.top_without)

    def best(self, score: Fraction, *, member: bool) -> Selection | None:
        """Select with the candidate in or out, as if it had this score; ``None`` if none may be.

        The total of what is returned counts its own score all the same.
        """
        least = self.floor(score)
        if least is not None and member:
            least += self.one.score - score
        if (member, least) not in self.seen:
            self.seen[member, least] = self._best(least, member=member)
        return self.seen[member, least]

    def is_in(self, score: Fraction) -> bool:
        """Tell whether it is in the shortlist when it has this score."""
        mine, other = self.best(score, member=True), self.best(score, member=False)
        if mine is None or other is None:
            return other is None
        out, total, lots = standing(self.with_it, mine)
        return (out, total + self.one.score - score, lots) < standing(self.without, other)

    def floor(self, score: Fraction) -> Fraction | None:
        """Give the least total that is allowed when it has this score."""
        if self.give_up is None:
            return None
        return (1 - self.give_up) * max(self.top_with + score, self.top_without)

    def _best(self, least: Fraction | None, *, member: bool) -> Selection | None:
        for (side, floor), found in self.seen.items():
            if side != member or least is None or floor is None or floor > least:
                continue
            # The best above a lower floor is the best above this one, if it reaches it.
            if found is None or found.score >= least:
                return found
        question = self.with_it if member else self.without
        return best(question, self.solver, floor=least)


def make_duel(question: Question, one: Candidate, solver: Solver) -> Duel | None:
    """Set up the duel; ``None`` if the wishes leave no choice.

    Raises:
        NoShortlistError: There was no time.
    """
    with_it, without = forced(question, into=[one.id]), forced(question, out=[one.id])
    tops = highest(with_it, solver), highest(without, solver)
    if tops[0] is None or tops[1] is None:
        return None
    return Duel(
        one=one,
        with_it=with_it,
        without=without,
        give_up=question.give_up,
        top_with=tops[0] - one.score,
        top_without=tops[1],
        solver=solver,
    )
