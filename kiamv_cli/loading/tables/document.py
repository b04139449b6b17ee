"""A table as a document: its values, and the cell in which each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.loading.document import Document
from kiamv_cli.loading.marks import Mark, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.loading.plain import Path, Plain


@dataclass(slots=True)
class Table(Document):
    """A CSV file or a workbook; lines and columns are those of its cells, from 1."""

    marks: dict[Path, Mark] = field(default_factory=dict)

    def keep(self, path: Path, value: Plain, mark: Mark) -> None:
        """Note where the value of a path stands, and so do the lists and mappings around it."""
        self.marks[path] = mark
        if isinstance(value, list):
            self.marks |= {(*path, index): mark for index in range(len(value))}
        for length in range(len(path)):
            self.marks.setdefault(path[:length], mark)

    def _spots(self, wanted: Iterable[Path]) -> dict[Path, Spot]:
        found = ((path, self._nearest(path)) for path in wanted)
        return {path: Spot(mark, mark) for path, mark in found}

    def _nearest(self, path: Path) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(".", 1, 1))
