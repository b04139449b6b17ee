"""A question asked again with candidates forced in or out, and where a candidate's place turns.

Let a candidate have score x, and the best total under the wishes alone be ``top_with`` + x with it
and ``top_without`` without it. With ``give_up`` g a total must reach F(x) = (1 - g) times the
higher of the two. F never rises faster than x: as x rises, more shortlists with the candidate reach
it and fewer of the others do. So there is one threshold: below it the candidate is out, above it
in. It is found exactly, by going from one shortlist to the next, not by trying scores.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import ceil, floor, lcm
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.selection.model.integer_program import consistent, solve
from kiamv_cli.selection.model.question import draw
from kiamv_cli.selection.model.search import (
    NoneFeasibleError,
    NoShortlistError,
    make_model,
    optimum,
)
from kiamv_cli.selection.model.select import select_proven

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.selection.model.integer_program import Program, Solver
    from kiamv_cli.selection.model.question import Candidate, Question, Selection
    from kiamv_cli.selection.model.search import Model


class Standing(NamedTuple):
    """The place of a shortlist in the order of all: of two the one with the lesser wins.

    ``left`` is how many of those to keep are not in, ``out`` the seats out of place over the
    balanced dimensions, ``lots`` those of the members from the first drawn.
    """

    left: int
    out: Fraction
    minus_score: Fraction
    minus_ties: tuple[Fraction, ...] = ()
    lots: tuple[str, ...] = ()


def constrained(
    question: Question, *, into: Iterable[str] = (), out: Iterable[str] = ()
) -> Question:
    """Add pins to a question, and leave its ``give_up`` aside."""
    return replace(
        question,
        include=question.include.union(into),
        exclude=question.exclude.union(out),
        give_up=None,
    )


def standing(question: Question, selection: Selection) -> Standing:
    """Return the place of a shortlist in the order of all shortlists."""
    members = {*selection.members}
    ties = [one.ties for one in question.candidates if one.id in members]
    return Standing(
        left=len(question.keep - members),
        out=total_out_of_place(question, selection),
        minus_score=-selection.score,
        minus_ties=tuple(-sum(column, Fraction(0)) for column in zip(*ties, strict=True)),
        lots=tuple(sorted(draw(question.seed, member) for member in members)),
    )


def total_out_of_place(question: Question, selection: Selection) -> Fraction:
    """Add up the seats out of place over the balanced dimensions."""
    return sum((selection.out_of_place[name] for name in question.balance), Fraction(0))


def score_unit(question: Question) -> Fraction:
    """Return a step in score such that no two different totals are closer than it."""
    return Fraction(1, lcm(*{one.score.denominator for one in question.candidates}))


def lowest_score(question: Question, solver: Solver) -> Fraction | None:
    """Return the floor that ``give_up`` sets under the total score; ``None`` where it sets none.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    if question.give_up is None:
        return None
    top = highest(question, solver)
    return None if top is None else (1 - question.give_up) * top


def highest(question: Question, solver: Solver) -> Fraction | None:
    """Return the highest total score under the wishes alone; ``None`` if nothing meets them.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    found = figures(question.by_score_alone, solver)
    return None if found is None else -found.minus_score


def best(question: Question, solver: Solver, *, floor: Fraction | None = None) -> Selection | None:
    """Select from the shortlists with a total score of ``floor`` or more; ``None`` if none is.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    asked = floored(question, floor, solver)
    if asked is None:
        return None
    try:
        return select_proven(asked, solver)
    except NoneFeasibleError:
        return None


def figures(question: Question, solver: Solver) -> Standing | None:
    """Return the standing of the best shortlist but for ties and lots; ``None`` if there is none.

    Raises:
        NoShortlistError: There was no time to prove it.
    """
    if question.include & (question.exclude | question.barred):
        return None
    model = make_model(question)
    try:
        found = optimum(model, question.give_up, solver)
    except NoneFeasibleError:
        return None
    if found.face is None:
        raise NoShortlistError(interrupted=found.status.interrupted)
    score = model.score(found.counts) + model.pinned_score
    return Standing(
        left=len(question.keep - model.members(found.counts)),
        out=Fraction(model.out_of_place(found.counts), model.seat_unit),
        minus_score=-Fraction(score, model.pool.unit),
    )


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
class WithOrWithout:
    """One candidate, the question with it pinned in and pinned out, and what may be given up.

    ``give_up`` is ``None`` where any total is allowed. ``top_with`` leaves its own score
    out.
    """

    candidate: Candidate
    with_it: Question
    without: Question
    give_up: Fraction | None
    top_with: Fraction
    top_without: Fraction
    solver: Solver
    seen: dict[tuple[bool, Fraction | None], Selection | None] = field(default_factory=dict)

    def know(self, selection: Selection, *, member: bool) -> None:
        """Take over the answer to the question itself, which is the best on its side today."""
        self.seen[member, self.floor(self.candidate.score)] = selection

    def missing(self, score: Fraction, *, member: bool) -> Fraction:
        """Return by how much the highest total on one side misses the floor at this score."""
        least = consistent(self.floor(score), "without a floor there is a shortlist on each side")
        return least - (self.top_with + score if member else self.top_without)

    def best(self, score: Fraction, *, member: bool) -> Selection | None:
        """Select with the candidate in or out, as if it had this score; ``None`` if none may be.

        The total of what is returned counts its own score all the same.
        """
        least = self.floor(score)
        if least is not None and member:
            least += self.candidate.score - score
        if (member, least) not in self.seen:
            self.seen[member, least] = self._best(least, member=member)
        return self.seen[member, least]

    def is_in(self, score: Fraction) -> bool:
        """Return whether it is in the shortlist when it has this score."""
        mine, other = self.best(score, member=True), self.best(score, member=False)
        if mine is None or other is None:
            return other is None
        place = standing(self.with_it, mine)
        raised = place.minus_score + self.candidate.score - score
        return place._replace(minus_score=raised) < standing(self.without, other)

    def floor(self, score: Fraction) -> Fraction | None:
        """Return the least total that is allowed when it has this score."""
        if self.give_up is None:
            return None
        return (1 - self.give_up) * max(self.top_with + score, self.top_without)

    def _best(self, least: Fraction | None, *, member: bool) -> Selection | None:
        for (side, lower), found in self.seen.items():
            if side != member or least is None or lower is None or lower > least:
                continue
            # The best above a lower floor is the best above this one, if it reaches it.
            if found is None or found.score >= least:
                return found
        question = self.with_it if member else self.without
        return best(question, self.solver, floor=least)


def with_or_without(
    question: Question, candidate: Candidate, solver: Solver
) -> WithOrWithout | None:
    """Set up both sides; ``None`` if the wishes leave no choice.

    Raises:
        NoShortlistError: There was no time.
    """
    with_it = constrained(question, into=[candidate.id])
    without = constrained(question, out=[candidate.id])
    tops = highest(with_it, solver), highest(without, solver)
    if tops[0] is None or tops[1] is None:
        return None
    return WithOrWithout(
        candidate=candidate,
        with_it=with_it,
        without=without,
        give_up=question.give_up,
        top_with=tops[0] - candidate.score,
        top_without=tops[1],
        solver=solver,
    )


def threshold(sides: WithOrWithout, low: Fraction) -> Fraction:
    """Find the score below which the candidate is out and above which it is in.

    Args:
        sides: The shortlists with the candidate, and those without.
        low: A score at which it is out; there must be a higher one at which it is in.

    Raises:
        NoShortlistError: There was no time.
    """
    rival = consistent(sides.best(low, member=False), "it is out at this score")
    if sides.give_up is not None:
        return _along(sides, sides.give_up, low, rival)
    mine = consistent(sides.best(low, member=True), "it is in at another score")
    # Balance does not depend on the score, so it is equal: the totals decide.
    return rival.score - (mine.score - sides.candidate.score)


def _along(sides: WithOrWithout, give_up: Fraction, low: Fraction, rival: Selection) -> Fraction:
    """Go along the shortlists without the candidate: each is the best until the floor passes it.

    ``rival`` is the best of them at score ``low``. Either a shortlist with the candidate gets as
    good while it stands, or the floor passes it first; then the next rival has a higher total.
    """
    while True:
        turn, last = _turn(sides, give_up, rival), _last(sides, give_up, rival)
        if turn is not None and (last is None or turn <= last):
            return max(low, turn)
        low = consistent(last, "there is a score at which it is in")
        above = rival.score + score_unit(sides.without)
        later = best(sides.without, sides.solver, floor=above)
        if later is None:
            return low
        rival = later


def _last(sides: WithOrWithout, give_up: Fraction, rival: Selection) -> Fraction | None:
    """Return the highest score at which the rival still reaches the floor; ``None``: any."""
    return None if give_up == 1 else rival.score / (1 - give_up) - sides.top_with


def _turn(sides: WithOrWithout, give_up: Fraction, rival: Selection) -> Fraction | None:
    """Return the least score at which a shortlist with the candidate is as good as the rival.

    That is one with a total no lower that keeps as many with no more seats out of place, or one
    that reaches the floor and does better in that. ``None`` if there is neither at any score.
    """
    place = standing(sides.without, rival)
    turns = []
    if (others := _others(sides, place, better=False)) is not None:
        turns.append(rival.score - others)
    # Where nothing may be given up, none better gets to the floor before it passes the rival.
    if give_up and (others := _others(sides, place, better=True)) is not None:
        missing = (1 - give_up) * sides.top_with - others
        turns.append(max((1 - give_up) * sides.top_without - others, missing / give_up))
    return min(turns, default=None)


def _others(sides: WithOrWithout, place: Standing, *, better: bool) -> Fraction | None:
    """Return the highest score of the other members when the candidate is in.

    Of the shortlists of which no more leave than at a place and, where as many do, no more seats
    are out of place; with ``better`` fewer of either. ``None`` if there is none.
    """
    model = make_model(sides.with_it)
    pinned = sum(cell.alike.kept for cell in model.pool.pinned)
    least = len(sides.with_it.keep) - place.left - pinned
    units = place.out * model.seat_unit
    limit = ceil(units) - 1 if better else floor(units)
    programs = []
    if limit >= 0:
        programs.append(model.keeping(least).best(out=limit))
    if sides.with_it.keep:
        programs.append(model.keeping(least + 1).best(out=None))
    found = (solved(model, program, sides.solver) for program in programs)
    scores = [model.score(counts) for counts in found if counts is not None]
    if not scores:
        return None
    return Fraction(max(scores) + model.pinned_score, model.pool.unit) - sides.candidate.score
