"""A table as a document: its values, and the cell in which each of them stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.problem import Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import Document
from kiamv_cli.formats.marks import Mark, Spot
from kiamv_cli.longlist.model.layout import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.base.text import Joined
    from kiamv_cli.formats.plain import Flaw, Path, Plain
    from kiamv_cli.longlist.model.account import Account

# The path of a key of an ecosystem: ecosystems, which of them, the key.
_IN_ROW = 3


@dataclass(slots=True)
class Table(Document):
    """A CSV file or a workbook; lines and columns are those of its cells, from 1.

    ``lacking`` are the keys that every ecosystem needs and no column holds, with the place of the
    headings. ``faulty`` are the cells, by sheet, row and column, of which it was said before that
    they hold an error. ``account`` tells what became of every cell, and ``mapped`` whether a
    mapping says what the columns are.
    """

    marks: dict[Path, Mark] = field(default_factory=dict)
    lacking: dict[str, Mark] = field(default_factory=dict)
    faulty: set[tuple[str, int, int]] = field(default_factory=set)
    account: Account = ()
    mapped: bool = False

    def keep(self, path: Path, value: Plain, mark: Mark) -> None:
        """Note where the value of a path stands, and so do the lists and mappings around it."""
        self.marks[path] = mark
        if isinstance(value, list):
            self.marks |= {(*path, index): mark for index in range(len(value))}
        for length in range(len(path)):
            self.marks.setdefault(path[:length], mark)

    def note(self, mark: Mark, text: Text, advice: Text | Joined | None = None) -> None:
        """Note a problem with a cell."""
        self.problems.append(
            Problem(
                text=text,
                advice=advice,
                path=self.path,
                sheet=mark.sheet,
                line=mark.line,
                column=mark.column,
            )
        )

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Return flaws their cells; a column that is missing is told once, not in every row."""
        found = list(flaws)
        rows = [each for each in found if not self._lacks(each)]
        placed = [*self._columns(filter(self._lacks, found)), *Document.place(self, rows)]
        return [each for each in placed if self._at(each) not in self.faulty]

    def _at(self, problem: Problem) -> tuple[str, int, int]:
        return problem.sheet, problem.line or 0, problem.column or 0

    def _lacks(self, flaw: Flaw) -> bool:
        return flaw.code == "K302" and len(flaw.path) == _IN_ROW and flaw.path[-1] in self.lacking

    def _columns(self, flaws: Iterable[Flaw]) -> Iterator[Problem]:
        for key in dict.fromkeys(str(each.path[-1]) for each in flaws):
            mark = self.lacking[key]
            yield Problem(
                text=Text("K302.no-column", key=spelled(key)),
                advice=self._where_it_goes(key),
                path=self.path,
                sheet=mark.sheet,
                line=mark.line,
                column=mark.column,
            )

    def _where_it_goes(self, key: str) -> Text:
        if self.mapped:
            return Text("K302.add-to-mapping", key=spelled(key))
        return Text("K302.write-above-column", key=spelled(key))

    def _spots(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        found = ((path, self._nearest(path)) for path in paths)
        return {path: Spot(mark, mark) for path, mark in found}

    def _nearest(self, path: Path) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(".", 1, 1))
