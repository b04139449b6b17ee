"""Of which bases a printed percentage can be a share: the GRIM test for percentages.

Brown & Heathers (2017), The GRIM test, Social Psychological and Personality Science 8(4): a
proportion of n respondents is one of only n + 1 values, so what is printed betrays what it cannot
be a share of. All arithmetic is exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.core.survey.reported import Figure, Percentage

Rounding = Literal["nearest", "half-up", "half-even", "down"]
WHOLE = Fraction(100)
_RULES: tuple[Rounding, ...] = ("half-up", "half-even")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A base of which the figure can be a share, and the counts with which it is.

    ``tie`` says that it hangs on the rule for halves: 62.5 is 63 if a half goes up, and 62 if it
    goes to the even digit. (37.5 is 38 by both.)
    """

    base: int
    counts: tuple[int, ...]
    tie: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How printed percentages are read.

    Attributes:
        bases: The bases that are tried, rising.
        rounding: How the report rounded: to the nearest value, a half up, to the even one, or
            either (``nearest``); or cut off (``down``).
        about: How far a figure that is called approximate may be off, in percentage points,
            either side included.
    """

    bases: tuple[int, ...] = tuple(range(15, 33))
    rounding: Rounding = "nearest"
    about: Fraction = Fraction(5, 2)


def fits(figure: Figure, reading: Reading) -> tuple[Fit, ...]:
    """Find every base that a figure can be a share of, rising.

    Args:
        figure: The figure; what it prints as its own base plays no part.
        reading: Which bases are tried, and how the figure is read.
    """
    found = (fit(figure, base, reading) for base in reading.bases)
    return tuple(each for each in found if each is not None)


def fit(figure: Figure, base: int, reading: Reading) -> Fit | None:
    """Find with which counts a figure can be a share of a base; ``None`` if with none."""
    low, high, with_low, with_high = _window(figure, reading)
    first, last = low * base / WHOLE, high * base / WHOLE
    least = ceil(first) if with_low else floor(first) + 1
    most = floor(last) if with_high else ceil(last) - 1
    counts = tuple(range(max(0, least), min(base, most) + 1))
    if not counts:
        return None
    rounded = not figure.about and reading.rounding != "down"
    tie = rounded and not any(_by_any_rule(share(each, base), figure.value) for each in counts)
    return Fit(base=base, counts=counts, tie=tie)


def share(count: int, base: int) -> Fraction:
    """A count of a base as a percentage."""
    return WHOLE * count / base


def prints_as(exact: Fraction, printed: Percentage, rounding: Rounding) -> bool:
    """Tell whether a percentage comes out as what is printed."""
    scaled = exact * 10**printed.decimals
    wanted = printed.value * 10**printed.decimals
    up, even, down = _half_up(scaled), round(scaled), scaled.numerator // scaled.denominator
    results: dict[Rounding, set[int]] = {
        "nearest": {up, even},
        "half-up": {up},
        "half-even": {even},
        "down": {down},
    }
    return wanted in results[rounding]


def shared_bases(each: Iterable[tuple[Fit, ...]]) -> tuple[int, ...]:
    """The bases that all of several figures have, rising."""
    bases = [{one.base for one in found} for found in each]
    return tuple(sorted(set.intersection(*bases))) if bases else ()


def _window(figure: Figure, reading: Reading) -> tuple[Fraction, Fraction, bool, bool]:
    """Between which values the exact share must lie, and whether either end may be it."""
    value, unit = figure.value.value, Fraction(1, 10**figure.value.decimals)
    if figure.about:
        return value - reading.about, value + reading.about, True, True
    if reading.rounding == "down":
        return value, value + unit, True, False
    is_even = (value / unit) % 2 == 0
    with_low = reading.rounding != "half-even" or is_even
    with_high = reading.rounding != "half-up" and is_even
    return value - unit / 2, value + unit / 2, with_low, with_high


def _by_any_rule(exact: Fraction, printed: Percentage) -> bool:
    """Tell whether it comes out as printed whichever way a half goes."""
    return all(prints_as(exact, printed, rule) for rule in _RULES)


def _half_up(number: Fraction) -> int:
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)
