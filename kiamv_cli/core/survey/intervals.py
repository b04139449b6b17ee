"""How far a share may be from that of all who were invited."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

# The quantile of the standard normal distribution for 95 % in the middle.
Z = 1.959963984540054


def bounds(count: int, answered: int, population: int) -> tuple[Fraction, Fraction]:
    """The shares of the whole population that its answers leave possible: nothing is assumed.

    Args:
        count: Those of whom it is known that they have the characteristic.
        answered: Those of whom it is known whether they have it.
        population: All of whom the share is, at least one.

    Returns:
        The share if all others had it not, and if all others had it.
    """
    missing = population - answered
    return Fraction(count, population), Fraction(count + missing, population)


def wilson(count: int, base: int, population: int) -> tuple[float, float]:
    """The 95 % score interval of a share, for a random sample from a finite population.

    Wilson (1927), Journal of the American Statistical Association 22: 209-212, without correction
    for continuity; the variance of the sample share is multiplied by (N - n) / (N - 1), as in
    Cochran (1977), Sampling Techniques, section 2.5. So it is the share itself where all answered.

    Args:
        count: Those in the sample who have the characteristic.
        base: The size of the sample, n; at least one.
        population: The size of the population, N; at least n.

    Returns:
        Its ends, in [0, 1].
    """
    share = count / base
    if base == population:
        return share, share
    spread = Z * Z * (population - base) / (population - 1) / base
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * share * (1 - share) + spread * spread / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
