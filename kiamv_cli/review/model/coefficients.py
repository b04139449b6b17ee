"""Coefficients of agreement, from sums over the ecosystems, exactly.

Each ecosystem adds a row of whole numbers (``row_of``); the sum of the rows is all that the
coefficients need. So a bootstrap only adds up rows, and the results are the same everywhere.

Where all ecosystems have as many verdicts, these are the coefficients as first published; where
some are missing, their generalisations in Gwet, *Handbook of Inter-Rater Reliability* (4th ed.,
2014), chapters 2 and 5: a verdict that no one else can be compared with counts for how common it
is (AC1, Fleiss), not for agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Why = Literal["no-pairs", "all-alike"]
"""Why a coefficient is undefined: nothing to compare, or no difference to agree on."""
Ratio = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Sums over ecosystems, in units of ``1 / scale`` where a part of a verdict is counted.

    Attributes:
        units: Ecosystems with a verdict; ``paired`` those with two or more.
        agreed, pairs: Pairs of verdicts that are the same, and all.
        share: The share of agreeing pairs of each ecosystem, summed, times ``scale``.
        common: Per category the share of verdicts of each ecosystem, summed, times ``scale``.
        matrix: Krippendorff's coincidences, category by category, times ``scale``.
        table: Cohen's table for two reviewers, category by category.
        counts: Per category the number of verdicts.
    """

    scale: int
    units: int
    paired: int
    agreed: int
    pairs: int
    share: int
    common: Sequence[int]
    matrix: Sequence[Sequence[int]]
    table: Sequence[Sequence[int]]
    counts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Scale:
    """The categories that verdicts may be in, in order, for so many reviewers."""

    categories: tuple[str, ...]
    reviewers: int

    @property
    def unit(self) -> int:
        """The least common multiple of all fractions that may come up."""
        return lcm(*(n * max(n - 1, 1) for n in range(1, self.reviewers + 1)))

    def row_of(self, verdicts: Sequence[str | None]) -> tuple[int, ...]:
        """What one ecosystem adds.

        Args:
            verdicts: One per reviewer; what is no category of the scale, or ``None``, is missing.
        """
        places = [self.categories.index(v) for v in verdicts if v in self.categories]
        counts = [places.count(place) for place in range(len(self.categories))]
        given, unit = len(places), self.unit
        agreed = sum(n * (n - 1) for n in counts)
        pairs = given * (given - 1)
        matrix = [
            unit * n * (m - (i == j)) // (given - 1) if pairs else 0
            for i, n in enumerate(counts)
            for j, m in enumerate(counts)
        ]
        both = tuple(places) if given == 2 == len(verdicts) else None  # noqa: PLR2004 - two
        table = [int((i, j) == both) for i in range(len(counts)) for j in range(len(counts))]
        return (
            int(given > 0),
            int(pairs > 0),
            agreed // 2,
            pairs // 2,
            unit * agreed // pairs if pairs else 0,
            *(unit * n // given if given else 0 for n in counts),
            *matrix,
            *table,
            *counts,
        )

    def sums(self, row: Sequence[int]) -> Sums:
        """Read a sum of rows."""
        size = len(self.categories)
        rest = list(row)
        units, paired, agreed, pairs, share = _cut(rest, 5)
        return Sums(
            scale=self.unit,
            units=units,
            paired=paired,
            agreed=agreed,
            pairs=pairs,
            share=share,
            common=_cut(rest, size),
            matrix=[_cut(rest, size) for _ in range(size)],
            table=[_cut(rest, size) for _ in range(size)],
            counts=_cut(rest, size),
        )


def _cut(rest: list[int], size: int) -> list[int]:
    cut = rest[:size]
    del rest[:size]
    return cut


def share(sums: Sums) -> Ratio | Why:
    """The agreement observed: the share of pairs that are the same, as a mean over ecosystems.

    It is the one that AC1 and Fleiss' kappa correct for chance. Where all ecosystems have as many
    verdicts it is also the share of all pairs; else those that many judged would weigh more there.
    """
    return (sums.share, sums.scale * sums.paired) if sums.paired else "no-pairs"


def ac1(sums: Sums) -> Ratio | Why:
    """Gwet's AC1 (*Br. J. Math. Stat. Psychol.* 61, 2008): chance agrees only by uncertainty.

    The number of categories is that of the scale, used or not, so it is 1, not undefined, where
    all agree on one verdict.
    """
    whole = sums.scale * sums.units
    chance = sum(n * (whole - n) for n in sums.common)
    return _corrected(sums, chance, whole * whole * (len(sums.common) - 1))


def fleiss(sums: Sums) -> Ratio | Why:
    """Fleiss' kappa (*Psychol. Bull.* 76, 1971): chance agrees by how common verdicts are."""
    whole = sums.scale * sums.units
    return _corrected(sums, sum(n * n for n in sums.common), whole * whole)


def _corrected(sums: Sums, chance: int, of: int) -> Ratio | Why:
    """(agreement - chance) / (1 - chance), where chance is a ratio of two whole numbers."""
    if not sums.paired:
        return "no-pairs"
    if chance == of:
        return "all-alike"
    whole = sums.scale * sums.paired
    return sums.share * of - chance * whole, (of - chance) * whole


def cohen(sums: Sums) -> Ratio | Why:
    """Cohen's kappa (*Educ. Psychol. Meas.* 20, 1960) of two reviewers."""
    total = sum(map(sum, sums.table))
    if not total:
        return "no-pairs"
    columns = zip(*sums.table, strict=True)
    chance = sum(sum(row) * sum(col) for row, col in zip(sums.table, columns, strict=True))
    if chance == total * total:
        return "all-alike"
    alike = sum(row[place] for place, row in enumerate(sums.table))
    return alike * total - chance, total * total - chance


def alpha(sums: Sums) -> Ratio | Why:
    """Krippendorff's alpha for ordinal verdicts (*Computing Krippendorff's Alpha*, 2011)."""
    return _alpha(sums, _ordinal)


def nominal_alpha(sums: Sums) -> Ratio | Why:
    """Krippendorff's alpha for verdicts without an order: all that differ, differ alike."""
    return _alpha(sums, lambda _: lambda low, high: int(low != high))


def _alpha(sums: Sums, metric: Callable[[Sequence[int]], Callable[[int, int], int]]) -> Ratio | Why:
    margins = list(map(sum, sums.matrix))
    total = sum(margins)
    if not total:
        return "no-pairs"
    difference = metric(margins)
    observed = expected = 0
    for high in range(1, len(margins)):
        for low in range(high):
            if margins[low] and margins[high]:
                weight = difference(low, high)
                observed += sums.matrix[low][high] * weight
                expected += margins[low] * margins[high] * weight
    if not expected:
        return "all-alike"
    return expected - (total - sums.scale) * observed, expected


def _ordinal(margins: Sequence[int]) -> Callable[[int, int], int]:
    """The squared ordinal difference, times 4 to stay whole."""
    up_to = list(accumulate(margins, initial=0))

    def squared(low: int, high: int) -> int:
        between = 2 * (up_to[high + 1] - up_to[low]) - margins[low] - margins[high]
        return between * between

    return squared


COEFFICIENTS: Mapping[str, Callable[[Sums], Ratio | Why]] = {
    "share": share,
    "ac1": ac1,
    "alpha": alpha,
    "fleiss": fleiss,
    "cohen": cohen,
}
