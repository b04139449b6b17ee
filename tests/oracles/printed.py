"""Percentages as programs print them, by the decimal module: another way than kiamv's fractions."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# With 60 digits a third is never taken for a half: bases are small.
_EXACT = Context(prec=60)
ROUNDINGS = {"half-up": ROUND_HALF_UP, "half-even": ROUND_HALF_EVEN, "down": ROUND_DOWN}


def printed(count: int, base: int, decimals: int, rounding: str) -> str:
    """Print a share of a base with so many decimals."""
    share = _EXACT.divide(Decimal(100 * count), Decimal(base))
    return f"{share.quantize(Decimal(1).scaleb(-decimals), rounding=ROUNDINGS[rounding])}%"


def counts_of(text: str, base: int, decimals: int, roundings: Collection[str]) -> set[int]:
    """All counts of a base that come out as a text by one of the roundings: each is tried."""
    return {
        count
        for count in range(base + 1)
        for rounding in roundings
        if printed(count, base, decimals, rounding) == text
    }


def all_smallest_sets(bases_of: Mapping[str, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Every smallest set of bases that has one of each figure: all sets are tried."""
    bases = sorted({base for each in bases_of.values() for base in each})
    for size in range(1, len(bases) + 1):
        found = tuple(
            chosen
            for chosen in combinations(bases, size)
            if all(set(chosen) & set(each) for each in bases_of.values())
        )
        if found:
            return found
    return ()
