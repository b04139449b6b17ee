"""What is said of many cells of a column, told once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.language import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.loading.marks import Mark
    from kiamv_cli.loading.tables.document import Table

_HINTS: Mapping[str, str] = {
    "K953": N_("Correct the cell if that is wrong"),
    "K958": N_("If it is several, put ; between them"),
}
# So many cells of a column are told one by one.
_EACH = 3


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
        """Note all of it in a table; of more than a few cells of a column only the first ones."""
        for (code, _sheet, _column), cells in self._columns.items():
            hint = _(_HINTS[code])
            if len(cells) <= _EACH:
                for mark, told in cells:
                    table.note(code, mark, told, hint, "warning")
                continue
            told = ngettext(
                "{told}; and so for {n} more cell of this column",
                "{told}; and so for {n} more cells of this column",
                len(cells) - _EACH,
                told="; ".join(told for _mark, told in cells[:_EACH]),
            )
            table.note(code, cells[0][0], told, hint, "warning")
