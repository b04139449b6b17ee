"""What became of every cell of a table that was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Fate = Literal["read", "mapped", "no answer", "unused", "left out", "heading", "elsewhere", "wrong"]
"""What became of a cell: read as it stands; as the mapping says; no answer, so not known; in a
column that is not used; in a row, sheet or hidden part that is left out; a heading or above it; in
a sheet that is not read; or nobody knows what it is, which is an error."""

FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """What became of the cells of one column of a sheet; ``column`` is empty for a whole sheet.

    ``target`` is what it was read as.
    """

    sheet: str
    column: str
    heading: str
    target: str
    fates: Mapping[Fate, int] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells of it hold anything."""
        return sum(self.fates.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of every cell of one file that holds anything."""

    path: str
    lines: tuple[AccountLine, ...]

    @property
    def fates(self) -> Mapping[Fate, int]:
        """How many cells came to each fate, those to which none came left out."""
        found = {fate: sum(each.fates.get(fate, 0) for each in self.lines) for fate in FATES}
        return {fate: count for fate, count in found.items() if count}

    @property
    def cells(self) -> int:
        """How many cells of the file hold anything."""
        return sum(self.fates.values())
