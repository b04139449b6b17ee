"""How sure a shortlist is: what sampling and the ranges of weights say of it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from kiamv_cli.core.refusal import Misfit, check_whole
from kiamv_cli.core.selection.weights import Line, Range, weight_range
from kiamv_cli.core.shortlist import question
from kiamv_cli.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.score import CriterionScore, EcosystemScore, Scores
    from kiamv_cli.core.selection.question import Selection
    from kiamv_cli.core.shortlist import Request


# More would not fit into memory.
MOST_SAMPLES = 100_000
CONCENTRATIONS = (0.01, 10_000)


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
            Misfit: Too few or too many draws, or a concentration of no distribution.
        """
        check_whole("samples", self.samples, 1, MOST_SAMPLES)
        least, most = CONCENTRATIONS
        if not least <= self.concentration <= most:
            text = N_("{field} {value}: not a number from {least} to {most}.")
            raise Misfit("concentration", self.concentration, text, least=least, most=most)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
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


def _line(one: EcosystemScore, number: int, scores: Scores, request: Request) -> Line:
    """The score as a function of the weight of one criterion."""
    values = [_value(each, request) for each in one.criteria]
    weights = [each.weight for each in scores.programme.criteria]
    rest = sum(
        (w * v for n, (w, v) in enumerate(zip(weights, values, strict=True)) if n != number),
        Fraction(0),
    )
    return Line(rest / (sum(weights) - weights[number]), values[number])


def _value(one: CriterionScore, request: Request) -> Fraction:
    match request.unknown:
        case "possible":
            return one.possible
        case "middle":
            return (one.proven + one.possible) / 2
        case _:
            return one.proven
