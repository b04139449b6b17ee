"""The shortlists with one candidate against those without it, whatever its score.

Let it have score x, and the best total under the wishes alone be ``top_with`` + x with it and
``top_without`` without it. With ``give_up`` g a total must reach F(x) = (1 - g) times the higher of
the two. F never rises faster than x: as x rises, more shortlists with the candidate reach it and
fewer of the others do. So there is one threshold: below it the candidate is out, above it in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.forced import (
    best,
    forced,
    highest,
    standing,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.question import Candidate, Question, Selection


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
        least = self.floor(score)
        assert least is not None, "without a floor nothing is missed"
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
