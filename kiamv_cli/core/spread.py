"""How the seats of a set of ecosystems lie over the categories of one dimension, exactly.

A member that lists m categories gives 1/m seat to each, so seats add up to the number of members.
In balance means the quota rule (Balinski & Young, Fair Representation, 2nd ed., 2001): the seats
of a category lie between its target rounded down and its target rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_HALF = Fraction(1, 2)
_NONE = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorySpread:
    """The seats of one category beside its target and the bounds within which it is in balance."""

    id: str
    seats: Fraction
    target: Fraction
    low: Fraction
    high: Fraction

    @property
    def out_of_place(self) -> Fraction:
        """Seats to move to get within the bounds, never negative."""
        return max(self.low - self.seats, self.seats - self.high, _NONE)


def bounds(target: Fraction) -> tuple[Fraction, Fraction]:
    """Give the fewest and the most seats that are in balance with ``target`` seats.

    A target that is not whole is rounded down and up. Around a whole one half a seat either way
    is allowed, never below 0: shares of halves and thirds seldom add up to a whole.

    Raises:
        ValueError: ``target`` is negative.
    """
    if target < 0:
        raise ValueError(f"a target of {target} seats is negative")
    if target.denominator == 1:
        return max(target - _HALF, _NONE), target + _HALF
    return Fraction(floor(target)), Fraction(ceil(target))


def spread(
    places: Iterable[tuple[str, ...]], targets: Mapping[str, Fraction]
) -> tuple[CategorySpread, ...]:
    """Count the seats of a set of members in one dimension.

    Args:
        places: For each member the categories it lists, without repeats.
        targets: For each category of the dimension, in the order to report, the seats wanted.

    Returns:
        One record per category of ``targets``, in their order.

    Raises:
        KeyError: A member lists a category that has no target.
    """
    seats = dict.fromkeys(targets, _NONE)
    for listed in places:
        for category in listed:
            seats[category] += Fraction(1, len(listed))
    return tuple(_category(name, seats[name], target) for name, target in targets.items())


def out_of_place(categories: Iterable[CategorySpread]) -> Fraction:
    """Add up the seats that a dimension has out of place."""
    return sum((category.out_of_place for category in categories), _NONE)


def _category(name: str, seats: Fraction, target: Fraction) -> CategorySpread:
    low, high = bounds(target)
    return CategorySpread(id=name, seats=seats, target=target, low=low, high=high)
