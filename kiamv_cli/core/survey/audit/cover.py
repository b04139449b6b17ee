"""The fewest bases that explain all figures: every smallest set of them, exactly.

A set cover: each base explains the figures that can be shares of it. Sets of one base are tried
first, then of two, and so on; a search branches over the bases of the figure that has fewest,
and stops where the bases that are left to choose cannot explain what is left.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    Explained = frozenset[str]


def smallest_sets(bases_of: Mapping[str, Collection[int]]) -> tuple[tuple[int, ...], ...]:
    """Find every smallest set of bases such that each figure has one of them.

    Args:
        bases_of: The bases of each figure; figures without any are left out.

    Returns:
        The sets, each rising, in order; none if there are no figures.
    """
    figures = {name: set(bases) for name, bases in bases_of.items() if bases}
    if not figures:
        return ()
    # Bases that explain the same are one to the search, and told apart again after it.
    alike: dict[Explained, list[int]] = {}
    for base in sorted(set.union(*figures.values())):
        explained = frozenset(name for name, bases in figures.items() if base in bases)
        alike.setdefault(explained, []).append(base)
    for size in range(1, len(figures) + 1):
        found = set(_covers(frozenset(figures), tuple(alike), size))
        if found:
            each = (product(*(alike[part] for part in cover)) for cover in found)
            return tuple(sorted({tuple(sorted(bases)) for sets in each for bases in sets}))
    raise AssertionError("each figure has a base")


def _covers(
    left: Explained, parts: tuple[Explained, ...], size: int
) -> Iterator[frozenset[Explained]]:
    if not left:
        yield frozenset()
        return
    most = max(len(part & left) for part in parts)
    if most * size < len(left):
        return
    hardest = min(sorted(left), key=lambda name: sum(name in part for part in parts))
    for part in parts:
        if hardest in part:
            for rest in _covers(left - part, parts, size - 1):
                yield rest | {part}
