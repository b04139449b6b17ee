"""Sets that have something of each of several others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.base.whole import Effort

    Places = frozenset[int]


def hitting_sets(
    conflicts: Sequence[Places], size: int, effort: Effort, held: Places = frozenset()
) -> Iterator[Places]:
    """Give sets of a size that have a place of each conflict, each place for one of them.

    Args:
        conflicts: The places of each.
        size: How many places a set has.
        effort: What it may take.
        held: Places that are in every set.

    Raises:
        StoppedError: It takes more.
    """
    effort.spend()
    missed = next((each for each in conflicts if not each & held), None)
    if missed is None:
        yield from (held,) if len(held) == size else ()
    elif len(held) < size:
        for place in sorted(missed):
            yield from hitting_sets(conflicts, size, effort, held | {place})
