"""What became of every cell of a table that was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

Fate = Literal["read", "mapped", "no answer", "unused", "left out", "heading", "elsewhere", "wrong"]
"""What became of a cell that holds anything: it was read as it stands, or as a mapping says; it is
no answer, so not known; its column is not used; its row is left out, or it is hidden; it is a
heading, or stands above; its sheet is not read; or nobody knows what it is, which is an error."""

FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine(Value):
    """What became of the cells of a column, or of a sheet that is not read as a whole.

    ``column`` is what the spreadsheet calls it, ``target`` what it is read as.
    """

    path: str
    sheet: str
    column: str
    heading: str
    target: str
    fates: Mapping[Fate, int]

    @property
    def cells(self) -> int:
        """How many of its cells hold anything."""
        return sum(self.fates.values())


Account = tuple[AccountLine, ...]
"""What became of the cells of one or several files, column by column."""


def totals(account: Account) -> dict[Fate, int]:
    """Count the cells of an account by what became of them, all fates in their order."""
    return {fate: sum(each.fates.get(fate, 0) for each in account) for fate in FATES}
