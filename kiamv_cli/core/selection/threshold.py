"""The exact score at which the place of one candidate turns."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from kiamv_cli.core.program import consistent
from kiamv_cli.core.selection.forced import best, misplaced, score_unit, solved
from kiamv_cli.core.selection.model import make_model

if TYPE_CHECKING:
    from kiamv_cli.core.selection.duel import Duel
    from kiamv_cli.core.selection.question import Selection


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
