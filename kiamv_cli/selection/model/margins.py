"""By how much an ecosystem is in or out: the exact score at which its place turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from kiamv_cli.selection.model.constrained import best, make_duel, misplaced, score_unit, solved
from kiamv_cli.selection.model.formulation import make_model
from kiamv_cli.selection.model.integer_program import consistent

if TYPE_CHECKING:
    from kiamv_cli.selection.model.constrained import Duel
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question, Selection


def threshold(duel: Duel, low: Fraction) -> Fraction:
    """Find the score below which the candidate is out and above which it is in.

    Args:
        duel: The candidate and its rivals.
        low: A score at which it is out; there must be a higher one at which it is in.

    Raises:
        NoShortlistError: There was no time.
    """
    rival = consistent(duel.best(low, member=False), "it is out at this score")
    if duel.give_up is not None:
        return _along(duel, duel.give_up, low, rival)
    mine = consistent(duel.best(low, member=True), "it is in at another score")
    # Balance does not depend on the score, so it is equal: the totals decide.
    return rival.score - (mine.score - duel.one.score)


def _along(duel: Duel, give_up: Fraction, low: Fraction, rival: Selection) -> Fraction:
    """Go along the shortlists without the candidate: each is the best until the floor passes it.

    ``rival`` is the best of them at score ``low``. Either a shortlist with the candidate gets as
    good while it stands, or the floor passes it first; then the next rival has a higher total.
    """
    while True:
        turn, last = _turn(duel, give_up, rival), _last(duel, give_up, rival)
        if turn is not None and (last is None or turn <= last):
            return max(low, turn)
        low = consistent(last, "there is a score at which it is in")
        above = rival.score + score_unit(duel.without)
        later = best(duel.without, duel.solver, floor=above)
        if later is None:
            return low
        rival = later


def _last(duel: Duel, give_up: Fraction, rival: Selection) -> Fraction | None:
    """Give the highest score at which the rival still reaches the floor; ``None``: any."""
    return None if give_up == 1 else rival.score / (1 - give_up) - duel.top_with


def _turn(duel: Duel, give_up: Fraction, rival: Selection) -> Fraction | None:
    """Give the least score at which a shortlist with the candidate is as good as the rival.

    That is one with a total no lower and no more seats out of place, or one that reaches the
    floor with fewer. ``None`` if there is neither at any score.
    """
    seats = misplaced(duel.without, rival)
    turns = []
    if (others := _others(duel, seats)) is not None:
        turns.append(rival.score - others)
    # Where nothing may be given up, none with fewer gets to the floor before it passes the rival.
    if give_up and (others := _others(duel, seats, fewer=True)) is not None:
        missing = (1 - give_up) * duel.top_with - others
        turns.append(max((1 - give_up) * duel.top_without - others, missing / give_up))
    return min(turns, default=None)


def _others(duel: Duel, seats: Fraction, *, fewer: bool = False) -> Fraction | None:
    """Give the highest score of the other members when the candidate is in.

    Of the shortlists with at most ``seats`` out of place, or with ``fewer``; ``None`` if none is.
    """
    model = make_model(duel.with_it)
    units = seats * model.seat_unit
    limit = ceil(units) - 1 if fewer else floor(units)
    counts = solved(model, model.best(out=limit), duel.solver) if limit >= 0 else None
    if counts is None:
        return None
    return Fraction(model.score(counts) + model.pinned_score, model.pool.unit) - duel.one.score


Bar = Literal["wishes", "balance", "score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How near one ecosystem is to the other side of the line; all but its own score stays.

    ``threshold``: below this score of its own it is out, above it in; ``in_at_threshold`` says
    which at exactly that score. It is ``None`` where no score from 0 to 1 changes its place;
    then ``bar`` says why:

    - ``wishes``: no shortlist with it (for a member: without it) meets them.
    - ``balance``: even at score 1 (a member: 0) the best such shortlist has ``seats`` more seats
      out of place.
    - ``score``: even then the best such shortlist has a total that is ``points`` lower (0: the
      lottery decides against it); or there is none with the total that ``give_up`` asks for,
      which the highest misses by ``points``.

    ``then`` is the shortlist just past the threshold, else the best one on the other side of the
    bar, empty if there is none; ``comes`` and ``goes`` are how it differs from today's.
    """

    id: str
    member: bool
    score: Fraction
    threshold: Fraction | None = None
    in_at_threshold: bool = False
    bar: Bar | None = None
    seats: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    then: tuple[str, ...] = ()
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


def margin(question: Question, selection: Selection, identifier: str, solver: Solver) -> Margin:
    """Find by how much one candidate is in or out.

    Args:
        question: What was asked.
        selection: The proven answer to it.
        identifier: The candidate.
        solver: Solves the integer programs.

    Raises:
        KeyError: There is no such candidate.
        NoShortlistError: There was no time.
    """
    one = {each.id: each for each in question.candidates}[identifier]
    member = identifier in selection.members
    bare = Margin(id=identifier, member=member, score=one.score)
    duel = make_duel(question, one, solver)
    if duel is None:
        return replace(bare, bar="wishes")
    duel.know(selection, member=member)
    extreme = Fraction(0 if member else 1)
    if duel.is_in(extreme) == member:
        found, at = _barred(bare, duel, extreme), extreme
    else:
        at = threshold(duel, extreme if member else one.score)
        found = replace(bare, threshold=at, in_at_threshold=duel.is_in(at))
    return _changed(found, selection, duel.best(at, member=not member))


def _barred(bare: Margin, duel: Duel, score: Fraction) -> Margin:
    """Say why the place stays the same even at this score."""
    other = duel.best(score, member=not bare.member)
    if other is None:
        return replace(bare, bar="score", points=duel.missing(score, member=not bare.member))
    mine = consistent(duel.best(score, member=bare.member), "it is where it is")
    seats = misplaced(duel.without, other) - misplaced(duel.without, mine)
    if seats:
        return replace(bare, bar="balance", seats=seats)
    raised = (score - bare.score) * (1 if bare.member else -1)
    return replace(bare, bar="score", points=mine.score - other.score + raised)


def _changed(found: Margin, today: Selection, then: Selection | None) -> Margin:
    if then is None:
        return found
    return replace(
        found,
        then=then.members,
        comes=tuple(one for one in then.members if one not in today.members),
        goes=tuple(one for one in today.members if one not in then.members),
    )
