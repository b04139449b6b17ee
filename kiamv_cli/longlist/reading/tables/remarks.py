"""What is said of many cells of a column, told once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.longlist.reading.tables.document import Table

_HINTS: Mapping[str, str] = {
    "K953": N_("Correct the cell if that is wrong"),
    "K967": N_("If the days and months, or the cents, matter, keep them in a note"),
    "K958": N_("If it is several, put ; between them"),
}
# These are alike, and told once for a column with its first cells.
_TOGETHER = {"K958", "K967"}
_FIRST = 3


@dataclass(slots=True)
class Remarks:
    """Remarks on cells, by code and column."""

    _columns: dict[tuple[str, str, int], list[tuple[Mark, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, code: str, mark: Mark, told: str) -> None:
        """Remember what is to be said of a cell."""
        self._columns[code, mark.sheet, mark.column].append((mark, told))

    def tell(self, table: Table) -> None:
        """Note all of it in a table; what is alike only once."""
        for (code, _sheet, _column), cells in self._columns.items():
            hint = _(_HINTS[code])
            if code not in _TOGETHER or len(cells) <= _FIRST:
                for mark, told in cells:
                    table.note(code, mark, told, hint, "warning")
                continue
            told = ngettext(
                "{told}; and so for {n} more cell of this column",
                "{told}; and so for {n} more cells of this column",
                len(cells) - _FIRST,
                told="; ".join(told for _mark, told in cells[:_FIRST]),
            )
            table.note(code, cells[0][0], told, hint, "warning")
