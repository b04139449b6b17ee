"""Rows that are not read: a mapping says so, or they are no ecosystems."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.spreadsheet import spans
from kiamv_cli.base.text import Text
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.sheets.telling import some
from kiamv_cli.longlist.model.layout import template_examples
from kiamv_cli.longlist.reading.entry import is_total
from kiamv_cli.longlist.reading.tables.cells import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell
    from kiamv_cli.longlist.reading.tables.columns import Columns


@dataclass(slots=True)
class LeftOut:
    """Knows which rows are left out, and remembers which were.

    ``by_column`` has the folded texts by which a row is left out, by place, with the heading;
    ``names`` and ``where`` are the columns of names, and of provinces and themes.
    """

    by_column: Mapping[int, tuple[str, tuple[str, ...]]]
    names: tuple[int, ...]
    where: tuple[int, ...]
    _examples: set[str] = field(default_factory=template_examples)
    _lines: dict[Text, list[int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, columns: Columns, headings: Sequence[str], texts: Mapping[str, tuple[str, ...]]
    ) -> LeftOut:
        """Make one for a table; ``texts`` are those of a mapping, by folded heading."""
        named = {place: (name, texts.get(folded(name), ())) for place, name in enumerate(headings)}
        tops = {place: {path[0] for path in each.paths} for place, each in columns.by_place.items()}
        return cls(
            by_column={place: each for place, each in named.items() if each[0] and each[1]},
            names=tuple(place for place, top in tops.items() if "name" in top),
            where=tuple(place for place, top in tops.items() if {"provinces", "themes"} & top),
        )

    def takes(self, row: Sequence[Cell], line: int) -> bool:
        """Return whether a row is left out, and remember it if so."""
        reason = self._reason(row)
        if reason:
            self._lines.setdefault(reason, []).append(line)
        return reason is not None

    def _reason(self, row: Sequence[Cell]) -> Text | None:
        for place, (name, texts) in self.by_column.items():
            text = cell_text(row[place]) if place < len(row) else ""
            if folded(text) in texts:
                return Text("parts.column-is", name=name, text=shown(text))
        names = [cell_text(row[place]) for place in self.names if place < len(row)]
        if any(folded(name) in self._examples for name in names):
            return Text("parts.example-row")
        if self.where and any(map(is_total, names)):
            says_where = any(place < len(row) and row[place] is not None for place in self.where)
            return None if says_where else Text("parts.adds-up")
        return None

    def told(self) -> Iterator[tuple[int, Text, Text]]:
        """Yield for each reason the first row left out, and what to say of all of them."""
        for reason, lines in self._lines.items():
            rows = some(spans(lines))
            text = Text("K979.rows-left-out", n=len(lines), rows=rows, reason=reason)
            yield lines[0], text, Text("K979.if-an-ecosystem")
