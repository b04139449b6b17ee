"""How sure a shortlist is: what sampling and the ranges of weights say of it.

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
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple, assert_never

from kiamv_cli.base.files import check_text
from kiamv_cli.base.problem import Misfit, check_whole
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result
from kiamv_cli.selection.model.constrained import solved, total_out_of_place
from kiamv_cli.selection.model.integer_program import consistent
from kiamv_cli.selection.model.search import make_model
from kiamv_cli.selection.model.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question, Selection
    from kiamv_cli.selection.model.request import Request


class Line(NamedTuple):
    """A score or total as a function of the weight w: its values at w = 0 and at w = 1."""

    start: Fraction
    end: Fraction

    def at(self, weight: Fraction) -> Fraction:
        """Return the value at a weight."""
        return self.start + weight * (self.end - self.start)

    def meets(self, other: Line) -> Fraction:
        """Return the weight at which it is equal to another line that is not parallel."""
        apart = self.start - other.start
        return apart / (apart - (self.end - other.end))

    def times(self, share: Fraction) -> Line:
        """Return a share of it."""
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
        ahead = question.balance or question.keep
        self._out = total_out_of_place(question, selection) if ahead else None
        self._kept = len(question.keep.intersection(selection.members))

    def end(self, weight: Fraction) -> Fraction:
        """Return the highest weight up to which the shortlist stays the best."""
        end = self._crossing(weight, Fraction(1), lambda w: self._best(w, self._out))
        share = self._question.give_up
        if share is None or self._out is None:
            return end
        floor = 1 - share
        end = self._crossing(weight, end, lambda w: self._top(w).times(floor))
        best = not self._out and self._kept == len(self._question.keep)
        return end if best else self._unlocked(weight, end, floor)

    def _crossing(
        self, weight: Fraction, end: Fraction, rival: Callable[[Fraction], Line]
    ) -> Fraction:
        """Go back from ``end`` to where no rival is above; today, at ``weight``, none is."""
        while (other := rival(end)).at(end) > self._mine.at(end):
            end = max(other.meets(self._mine), weight)
        return end

    def _unlocked(self, weight: Fraction, end: Fraction, floor: Fraction) -> Fraction:
        """Return the first weight at which one that keeps more, or has less out, gets to it."""
        if self._better(weight) is None:
            return end
        tops = list(self._pieces(weight, end, self._top))
        for begin, stop, better in self._pieces(weight, end, self._must_better):
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
        return consistent(self._any(weight, None, 0), "there is a shortlist today")

    def _must_better(self, weight: Fraction) -> Line:
        return consistent(self._better(weight), "there is one at another weight")

    def _better(self, weight: Fraction) -> Line | None:
        """Return the best total of those that keep more, or as many with fewer seats out."""
        assert self._out is not None, "asked for"
        less = self._out - Fraction(1, make_model(self._question).seat_unit)
        lines = []
        if self._question.keep:
            lines.append(self._any(weight, None, self._kept + 1))
        if less >= 0:
            lines.append(self._any(weight, less, self._kept))
        return max(filter(None, lines), key=lambda line: line.at(weight), default=None)

    def _best(self, weight: Fraction, out: Fraction | None) -> Line:
        return consistent(self._any(weight, out, self._kept), "there is a shortlist today")

    def _any(self, weight: Fraction, out: Fraction | None, kept: int) -> Line | None:
        """Return the total of a best shortlist at a weight, with at most so many seats out.

        ``None`` leaves balance aside. ``kept`` is how many of those to keep are in at least.
        """
        candidates = tuple(
            replace(one, score=self._lines[one.id].at(weight)) for one in self._question.candidates
        )
        model = make_model(replace(self._question, candidates=candidates))
        if kept:
            model = model.keeping(kept - sum(cell.alike.kept for cell in model.pool.pinned))
        units = None if out is None else int(out * model.seat_unit)
        counts = solved(model, model.best(out=units), self._solver)
        return None if counts is None else self._total(model.members(counts))

    def _total(self, members: Collection[str]) -> Line:
        chosen = [self._lines[name] for name in members]
        return Line(
            sum((line.start for line in chosen), Fraction(0)),
            sum((line.end for line in chosen), Fraction(0)),
        )


# More would not fit into memory.
MOST_SAMPLES = 100_000
CONCENTRATIONS = (0.01, 10_000)
# What happens in a smaller share of the draws is hardly worth a line.
SELDOM = Fraction(5, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """What to draw: how often, from which seed, and how near to equal weights.

    ``concentration`` is the parameter of the Dirichlet distribution of the weights: 1 is uniform
    on all weights that add up to 1, more keeps them nearer to equal, less further from it.
    """

    samples: int = 1000
    seed: str = "kiamv"
    concentration: float = 1.0

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            Misfit: Too few or too many draws, a seed that is no text, or a concentration of no
                distribution.
        """
        check_whole("samples", self.samples, 1, MOST_SAMPLES)
        check_text("seed", self.seed)
        least, most = CONCENTRATIONS
        if not least <= self.concentration <= most:
            text = Text("requests.not-number", least=least, most=most)
            raise Misfit("concentration", self.concentration, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """In how many of so many draws something happened."""

    hits: int
    draws: int

    @property
    def value(self) -> Fraction:
        """The share, from 0 to 1; 0 if nothing was drawn."""
        return Fraction(self.hits, self.draws) if self.draws else Fraction(0)

    @property
    def error(self) -> float:
        """The Monte Carlo standard error of the share: that of a binomial proportion."""
        share = float(self.value)
        return sqrt(share * (1 - share) / self.draws) if self.draws else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptability:
    """How one ecosystem ranked in the draws by score alone, without balance or wishes (SMAA-2).

    ``first`` and ``within`` are the shares of draws in which it ranked first, and within the size
    of the shortlist; ``ranks`` the rank acceptability indices, from the first rank on. ``central``
    is its central weight vector, in the order of the criteria: the mean of the weights with which
    it ranked first, ``None`` if it never did. ``confidence`` is the share of the draws of open
    criteria in which it ranks first with these. ``ranks`` is empty and ``confidence`` ``None`` for
    a long list that is too large for them.
    """

    first: Share
    within: Share
    ranks: tuple[Share, ...] = ()
    central: tuple[Fraction, ...] | None = None
    confidence: Share | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one ecosystem fared in the draws; ``member`` says whether it is in today."""

    id: str
    member: bool
    selected: Share
    ranking: Acceptability

    @property
    def notable(self) -> bool:
        """Whether it is in today, or was selected more than seldom: only then is it listed."""
        return self.member or self.selected.value >= SELDOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness(Result):
    """How sure a shortlist is.

    ``standings`` come by how often they were selected, then by how often they ranked within the
    size, then by id. ``same`` says how often the shortlist came out as it is, ``kept`` how many
    of its members were in on average. ``ranges`` is in the order of the criteria: the weights of
    each between which the shortlist stays the best, ``None`` where that is not known: the score
    that counts is no sum over the criteria, all weight lies on one, or there was no time.
    ``complete`` is false where time ran out, or the user interrupted, before all draws were
    selected from; the shares then stand on the draws that were.
    """

    scores: Scores
    request: Request
    sampling: Sampling
    today: Selection
    standings: tuple[Standing, ...]
    same: Share
    kept: Fraction
    ranges: tuple[Range | None, ...]
    complete: bool
    interrupted: bool

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{self.same.draws} draws"
        yield f"{self.same.hits} with the same shortlist"
        yield "complete" if self.complete else "not complete"


def weight_ranges(
    scores: Scores, request: Request, today: Selection, solver: Solver
) -> Iterator[Range | None]:
    """Find for each criterion between which weights the shortlist stays the best.

    Raises:
        NoShortlistError: There was no time.
    """
    asked = question(scores, request)
    total = sum((one.weight for one in scores.programme.criteria), Fraction(0))
    for number, criterion in enumerate(scores.programme.criteria):
        if request.unknown == "known" or criterion.weight == total:
            yield None
            continue
        lines = {one.ecosystem.id: _line(one, number, scores, request) for one in scores.ecosystems}
        yield weight_range(asked, today, lines, criterion.weight / total, solver)


def _line(scored: EcosystemScore, number: int, scores: Scores, request: Request) -> Line:
    """The score as a function of the weight of one criterion."""
    values = [_value(each, request) for each in scored.criteria]
    weights = [each.weight for each in scores.programme.criteria]
    rest = sum(
        (w * v for n, (w, v) in enumerate(zip(weights, values, strict=True)) if n != number),
        Fraction(0),
    )
    return Line(rest / (sum(weights) - weights[number]), values[number])


def _value(scored: CriterionScore, request: Request) -> Fraction:
    match request.unknown:
        case "possible":
            return scored.possible
        case "middle":
            return (scored.proven + scored.possible) / 2
        case "proven" | "known":  # of "known" no ranges are asked
            return scored.proven
        case _:
            assert_never(request.unknown)
