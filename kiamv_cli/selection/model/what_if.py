"""What becomes of a shortlist when one candidate stands otherwise than today.

The score of one candidate adds the same to every shortlist that holds it, and nothing to the
others. So among those with it the best stays the best, whatever its score, and among those without
it likewise: two searches answer for all scores, and where the two are equal lies its margin.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.constrained import (
    best,
    lowest_score,
    total_out_of_place,
    with_or_without,
)
from kiamv_cli.selection.model.integer_program import consistent
from kiamv_cli.selection.model.question import comes_and_goes
from kiamv_cli.selection.model.select import describe

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kiamv_cli.selection.model.constrained import WithOrWithout
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Candidate, Question, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """How a shortlist would change.

    ``then`` is the shortlist that there would be, ``None`` if none would meet the wishes;
    ``comes`` and ``goes`` are how it differs from today's. Where today's would still be
    ``allowed`` (no member barred, its total not below what ``give_up`` asks for) it would fall
    short of the best: as ``leaving`` more of those to keep leave, else by ``seats`` more seats out
    of place or, these being equal, by a total that is ``points`` lower (0: the lottery would decide
    against it).
    """

    then: Selection | None
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    allowed: bool = True
    leaving: int = 0
    seats: Fraction = Fraction(0)
    points: Fraction = Fraction(0)


@dataclass(kw_only=True, eq=False)
class WhatIf:
    """Tries what would be if one candidate had another score, or were (not) barred.

    No more is solved than tells: with no floor under the total there are at most two shortlists,
    the best with the candidate and the best without it, whatever its score (see ``WithOrWithout``).

    Args:
        question: What was asked.
        today: The proven answer to it.
        candidate: Whose score or class would be another.
        solver: Solves the integer programs.
    """

    question: Question
    today: Selection
    candidate: Candidate
    solver: Solver
    _seen: dict[tuple[Fraction, bool], Effect | None] = field(default_factory=dict)
    _out_at: Fraction = Fraction(-1)
    _in_at: Fraction = Fraction(2)

    def effect(self, score: Fraction, *, barred: bool) -> Effect | None:
        """Say how the shortlist would change; ``None`` if it would stay as it is.

        Raises:
            NoShortlistError: There was no time.
        """
        if (score, barred) not in self._seen:
            self._seen[score, barred] = self._effect(score, barred=barred)
        return self._seen[score, barred]

    def _effect(self, score: Fraction, *, barred: bool) -> Effect | None:
        then = self._members(score, barred=barred)
        now = frozenset(self.today.members)
        if then == now:
            return None
        asked = self._asked(score, barred=barred)
        still = describe(asked, now, self.today.status)
        if then is None:
            return Effect(then=None, goes=self.today.members, allowed=False)
        found = describe(asked, then, self.today.status)
        comes, goes = comes_and_goes(self.today.members, found.members)
        bare = Effect(then=found, comes=comes, goes=goes)
        floor = None if asked.barred & now else lowest_score(asked, self.solver)
        if asked.barred & now or (floor is not None and still.score < floor):
            return replace(bare, allowed=False)
        leaving = len(asked.keep - now) - len(asked.keep - then)
        seats = total_out_of_place(asked, still) - total_out_of_place(asked, found)
        points = found.score - still.score
        if leaving:
            return replace(bare, leaving=leaving)
        return replace(bare, seats=seats, points=Fraction(0) if seats else points)

    def _members(self, score: Fraction, *, barred: bool) -> AbstractSet[str] | None:
        """Return the shortlist that there would be, ``None`` if there were none."""
        before = self.candidate.id in self.question.barred
        if before and barred:
            return frozenset(self.today.members)
        if barred:
            return self._selected(score, barred=True)
        if self._sides is None:
            # In, or out, in every shortlist: its score matters only to the floor.
            return self._selected(score, barred=False)
        there = self._is_in(self._sides, score)
        found = consistent(self._sides.best(score, member=there), "this is the side that wins")
        return frozenset(found.members)

    def _is_in(self, sides: WithOrWithout, score: Fraction) -> bool:
        """Return whether it would be in: at no lower score than one at which it is, and so on."""
        if score >= self._in_at:
            return True
        if score <= self._out_at:
            return False
        there = sides.is_in(score)
        if there:
            self._in_at = score
        else:
            self._out_at = score
        return there

    def _selected(self, score: Fraction, *, barred: bool) -> AbstractSet[str] | None:
        asked = self._asked(score, barred=barred)
        if not barred and (asked.give_up is None or not (asked.balance or asked.keep)):
            # then no floor chooses
            return frozenset(self.today.members)
        found = best(asked, self.solver)
        return None if found is None else frozenset(found.members)

    def _asked(self, score: Fraction, *, barred: bool) -> Question:
        """Put the question that there would be."""
        candidates = tuple(
            replace(one, score=score) if one.id == self.candidate.id else one
            for one in self.question.candidates
        )
        others = self.question.barred - {self.candidate.id}
        return replace(
            self.question,
            candidates=candidates,
            barred=others | {self.candidate.id} if barred else others,
        )

    @cached_property
    def _sides(self) -> WithOrWithout | None:
        """The shortlists with it against those without; ``None`` if the wishes leave no choice."""
        sides = with_or_without(
            self._asked(self.candidate.score, barred=False), self.candidate, self.solver
        )
        if sides is not None and self.candidate.id not in self.question.barred:
            member = self.candidate.id in self.today.members
            sides.know(self.today, member=member)
            if member:
                self._in_at = self.candidate.score
            else:
                self._out_at = self.candidate.score
        return sides
