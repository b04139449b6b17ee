"""Coefficients of agreement straight from their definitions, pair by pair, in fractions."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Units = list[list[str]]


def values(rows: Sequence[Sequence[str | None]], categories: Sequence[str]) -> Units:
    """The verdicts on each unit that are on the scale."""
    return [[v for v in row if v is not None and v in categories] for row in rows]


def alpha(units: Units, distance: Callable[[list[str], str, str], F]) -> F | None:
    """1 - observed / expected disagreement, over all ordered pairs of pairable values."""
    paired = [unit for unit in units if len(unit) > 1]
    flat = [value for unit in paired for value in unit]
    observed = sum(
        (distance(flat, a, b) / (len(u) - 1) for u in paired for a, b in permutations(u, 2)), F(0)
    )
    expected = sum((distance(flat, a, b) for a, b in permutations(flat, 2)), F(0))
    if not expected:
        return None
    return 1 - (observed / len(flat)) / (expected / (len(flat) * (len(flat) - 1)))


def ordinal(categories: Sequence[str]) -> Callable[[list[str], str, str], F]:
    """Krippendorff's ordinal difference: the ranks that lie between, ends counted half."""

    def distance(flat: list[str], one: str, other: str) -> F:
        low, high = sorted((categories.index(one), categories.index(other)))
        between = sum(flat.count(category) for category in categories[low : high + 1])
        return (between - F(flat.count(one) + flat.count(other), 2)) ** 2 if low < high else F(0)

    return distance


def nominal(_: list[str], one: str, other: str) -> F:
    """0 for the same, 1 for others."""
    return F(one != other)


def agreed(units: Units) -> F | None:
    """The mean over units of the share of pairs that are alike."""
    shares = [
        F(sum(a == b for a, b in permutations(unit, 2)), len(unit) * (len(unit) - 1))
        for unit in units
        if len(unit) > 1
    ]
    return sum(shares, F(0)) / len(shares) if shares else None


def common(units: Units, category: str) -> F:
    """The mean over units of the share of verdicts in a category."""
    shares = [F(unit.count(category), len(unit)) for unit in units if unit]
    return sum(shares, F(0)) / len(shares)


def corrected(found: F | None, chance: F) -> F | None:
    """Agreement beyond chance."""
    return None if found is None or chance == 1 else (found - chance) / (1 - chance)


def ac1(units: Units, categories: Sequence[str]) -> F | None:
    """Gwet's."""
    found = agreed(units)
    if found is None:
        return None
    shares = [common(units, category) for category in categories]
    return corrected(found, sum((p * (1 - p) for p in shares), F(0)) / (len(categories) - 1))


def fleiss(units: Units, categories: Sequence[str]) -> F | None:
    """Fleiss'."""
    found = agreed(units)
    if found is None:
        return None
    return corrected(found, sum((common(units, c) ** 2 for c in categories), F(0)))


def cohen(rows: Sequence[Sequence[str | None]], categories: Sequence[str]) -> F | None:
    """Cohen's, of two."""
    both = [(a, b) for a, b in rows if a in categories and b in categories]
    if not both:
        return None
    found = F(sum(a == b for a, b in both), len(both))
    firsts, seconds = zip(*both, strict=True)
    pairs = (F(firsts.count(c) * seconds.count(c), len(both) ** 2) for c in categories)
    return corrected(found, sum(pairs, F(0)))
