"""How far a weight can move before another shortlist is the best.

Let one criterion have the share w of all weight, from 0 to 1, the others in proportion.
Every total is then linear in w, so the best total is convex and piecewise linear in it, and the
shortlist of today is the best on one interval. Its ends are found by going to where the best
shortlist beyond crosses that of today, until there is none (Newton's method on a convex piecewise
linear function, which ends; see Eisner & Severance, Mathematical techniques for efficient record
segmentation in large shared databases, Journal of the ACM 23, 1976).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.core.program import consistent
from kiamv_cli.core.selection.forced import misplaced, solved
from kiamv_cli.core.selection.model import make_model

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.question import Question, Selection


class Line(NamedTuple):
    """A score or total as a function of the weight w: its values at w = 0 and at w = 1."""

    start: Fraction
    end: Fraction

    def at(self, weight: Fraction) -> Fraction:
        """Give the value at a weight."""
        return self.start + weight * (self.end - self.start)

    def meets(self, other: Line) -> Fraction:
        """Give the weight at which it is equal to another line that is not parallel."""
        apart = self.start - other.start
        return apart / (apart - (self.end - other.end))

    def times(self, share: Fraction) -> Line:
        """Give a share of it."""
        return Line(share * self.start, share * self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The weights between which a shortlist stays the best, and the weight of today, in [0, 1].

    At an end below 1 or above 0 another shortlist is as good, or is allowed; past it, it is better.
    """

    low: Fraction
    weight: Fraction
    high: Fraction


def weight_range(
    question: Question,
    selection: Selection,
    lines: Mapping[str, Line],
    weight: Fraction,
    solver: Solver,
) -> Range:
    """Find between which weights of one criterion a shortlist stays the best.

    Args:
        question: What was asked, with the scores of today.
        selection: The proven answer to it.
        lines: The score of each candidate, by id, as a function of that weight.
        weight: The weight of today, from 0 to 1.
        solver: Solves the integer programs.

    Raises:
        NoShortlistError: There was no time.
    """
    upward = _Sweep(question, selection, lines, solver)
    mirrored = {name: Line(line.end, line.start) for name, line in lines.items()}
    downward = _Sweep(question, selection, mirrored, solver)
    return Range(low=1 - downward.end(1 - weight), weight=weight, high=upward.end(weight))


class _Sweep:
    """Moves the weight up from that of today to where the shortlist is no longer the best."""

    def __init__(
        self,
        question: Question,
        selection: Selection,
        lines: Mapping[str, Line],
        solver: Solver,
    ) -> None:
        self._question, self._lines, self._solver = question, lines, solver
        self._mine = self._total(selection.members)
        self._out = misplaced(question, selection) if question.balance else None

    def end(self, weight: Fraction) -> Fraction:
        """Give the highest weight up to which the shortlist stays the best."""
        end = self._crossing(weight, Fraction(1), lambda w: self._best(w, self._out))
        share = self._question.give_up
        if share is None or self._out is None:
            return end
        floor = 1 - share
        end = self._crossing(weight, end, lambda w: self._top(w).times(floor))
        return self._unlocked(weight, end, floor) if self._out else end

    def _crossing(
        self, weight: Fraction, end: Fraction, rival: Callable[[Fraction], Line]
    ) -> Fraction:
        """Go back from ``end`` to where no rival is above; today, at ``weight``, none is."""
        while (other := rival(end)).at(end) > self._mine.at(end):
            end = max(other.meets(self._mine), weight)
        return end

    def _unlocked(self, weight: Fraction, end: Fraction, floor: Fraction) -> Fraction:
        """Give the first weight at which a better balanced shortlist reaches the floor."""
        unit = Fraction(1, make_model(self._question).seat_unit)
        assert self._out is not None, "asked for"
        less = self._out - unit
        if self._any(weight, less) is None:
            return end
        tops = list(self._pieces(weight, end, self._top))
        for begin, stop, better in self._pieces(weight, end, lambda w: self._best(w, less)):
            for first, last, top in tops:
                low, high = max(begin, first), min(stop, last)
                least = top.times(floor)
                if low < high and better.at(high) >= least.at(high):
                    # Below the floor where this piece begins, or its line lies on the floor.
                    return better.meets(least) if better.at(low) < least.at(low) else low
        return end

    def _pieces(
        self, low: Fraction, high: Fraction, best: Callable[[Fraction], Line]
    ) -> Iterator[tuple[Fraction, Fraction, Line]]:
        """Cut the highest total between two weights into its lines, from the first to the last."""
        yield from self._between(low, best(low), high, best(high), best)

    def _between(
        self,
        low: Fraction,
        first: Line,
        high: Fraction,
        last: Line,
        best: Callable[[Fraction], Line],
    ) -> Iterator[tuple[Fraction, Fraction, Line]]:
        if first.at(high) >= last.at(high):
            yield low, high, first
        elif last.at(low) >= first.at(low):
            yield low, high, last
        else:
            meeting = first.meets(last)
            middle = best(meeting)
            if middle.at(meeting) == first.at(meeting):
                yield low, meeting, first
                yield meeting, high, last
            else:
                yield from self._between(low, first, meeting, middle, best)
                yield from self._between(meeting, middle, high, last, best)

    def _top(self, weight: Fraction) -> Line:
        return self._best(weight, None)

    def _best(self, weight: Fraction, out: Fraction | None) -> Line:
        return consistent(self._any(weight, out), "there is a shortlist today")

    def _any(self, weight: Fraction, out: Fraction | None) -> Line | None:
        """Give the total of a best shortlist at a weight, with so many seats out of place at most.

        ``None`` leaves balance aside.
        """
        candidates = tuple(
            replace(one, score=self._lines[one.id].at(weight)) for one in self._question.candidates
        )
        model = make_model(replace(self._question, candidates=candidates))
        units = None if out is None else int(out * model.seat_unit)
        counts = solved(model, model.best(out=units), self._solver)
        return None if counts is None else self._total(model.members(counts))

    def _total(self, members: Collection[str]) -> Line:
        chosen = [self._lines[name] for name in members]
        return Line(
            sum((line.start for line in chosen), Fraction(0)),
            sum((line.end for line in chosen), Fraction(0)),
        )
