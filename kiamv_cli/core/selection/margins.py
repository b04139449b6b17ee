"""By how much an ecosystem is in or out: the exact score at which its place turns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.program import consistent
from kiamv_cli.core.selection.duel import make_duel
from kiamv_cli.core.selection.forced import misplaced
from kiamv_cli.core.selection.threshold import threshold

if TYPE_CHECKING:
    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.duel import Duel
    from kiamv_cli.core.selection.question import Question, Selection

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
