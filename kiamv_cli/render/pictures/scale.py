"""Scales: from values to pixels, and where to write a value on an axis."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_TICKS = 6
Number = Fraction | int


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale of values from ``low`` to ``high`` over pixels from ``start`` to ``end``."""

    low: Number
    high: Number
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        """Give the pixel of a value."""
        width = self.high - self.low
        share = float(Fraction(value - self.low) / width) if width else 0.5
        return self.start + share * (self.end - self.start)


def ticks(low: Number, high: Number, most: int = _MOST_TICKS) -> Iterator[Fraction]:
    """Give at most so many round values from ``low`` to ``high``, by steps of 1, 2 or 5."""
    step = _round_step(Fraction(high - low) / most)
    for number in range(ceil(Fraction(low) / step), floor(Fraction(high) / step) + 1):
        yield number * step


def _round_step(least: Fraction) -> Fraction:
    if not least:
        return Fraction(1)
    power = Fraction(10) ** floor(log10(least))
    return next(size * power for size in (1, 2, 5, 10, 20) if size * power >= least)
