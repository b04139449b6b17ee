"""A table as a document: its values, and the cell in which each of them stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.problem import Problem
from kiamv_cli.formats.document import Document
from kiamv_cli.formats.marks import Mark, Spot
from kiamv_cli.longlist.model.layout import spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.base.problem import Severity
    from kiamv_cli.formats.flaw import Flaw
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.model.account import Account

# The path of a key of an ecosystem: ecosystems, which of them, the key.
_IN_ROW = 3


@dataclass(slots=True)
class Table(Document):
    """A CSV file or a workbook; lines and columns are those of its cells, from 1.

    ``lacking`` are the keys that every ecosystem needs and no column holds, with the place of the
    headings. ``faulty`` are the cells, by sheet, row and column, of which it was said before that
    they hold an error. ``account`` tells what became of every cell.
    """

    marks: dict[Path, Mark] = field(default_factory=dict)
    lacking: dict[str, Mark] = field(default_factory=dict)
    faulty: set[tuple[str, int, int]] = field(default_factory=set)
    account: Account = ()

    def keep(self, path: Path, value: Plain, mark: Mark) -> None:
        """Note where the value of a path stands, and so do the lists and mappings around it."""
        self.marks[path] = mark
        if isinstance(value, list):
            self.marks |= {(*path, index): mark for index in range(len(value))}
        for length in range(len(path)):
            self.marks.setdefault(path[:length], mark)

    def note(
        self, code: str, mark: Mark, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        """Note a problem with a cell."""
        problem = Problem(
            code=code,
            message=message,
            hint=hint,
            path=self.path,
            sheet=mark.sheet,
            line=mark.line,
            column=mark.column,
            severity=severity,
        )
        self.problems.append(problem)

    def place(self, flaws: Iterable[Flaw]) -> list[Problem]:
        """Give flaws their cells; a column that is missing is told once, not in every row."""
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
                code="K302",
                message=_("there is no column {key}", key=spelled(key)),
                hint=_("Write {key} above the column that holds it", key=spelled(key)),
                path=self.path,
                sheet=mark.sheet,
                line=mark.line,
                column=mark.column,
            )

    def _spots(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        found = ((path, self._nearest(path)) for path in paths)
        return {path: Spot(mark, mark) for path, mark in found}

    def _nearest(self, path: Path) -> Mark:
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(".", 1, 1))


_HINTS: Mapping[str, str] = {
    "K953": N_("Correct the cell if that is wrong"),
    "K967": N_("If the days and months, or the cents, matter, keep them in a note"),
    "K958": N_("If it is several, put ; between them"),
    "K980": N_("Say in the mapping what it means, if anybody knows"),
    "K981": N_("Say in the mapping on which side of the helix it is"),
    "K982": N_("It is kept as an internal remark; give the verdict as well, if there is one"),
    "K983": N_("Leave it empty, or say in a mapping what it means"),
}

# Of more in a column the first are told, and how many there are.
_TOGETHER = {"K958", "K967", "K980", "K981", "K982", "K983"}

_FIRST = 3


@dataclass(slots=True)
class Remarks:
    """Remarks on cells, by code and column."""

    _columns: dict[tuple[str, str, int], list[tuple[Mark, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, code: str, mark: Mark, message: str) -> None:
        """Remember what is to be said of a cell."""
        self._columns[code, mark.sheet, mark.column].append((mark, message))

    def tell(self, table: Table) -> None:
        """Note all of it in a table; what is alike only once."""
        for (code, _sheet, _column), cells in self._columns.items():
            hint = _(_HINTS[code])
            different = list(dict.fromkeys(told for _mark, told in cells))
            if code not in _TOGETHER or (len(cells) <= _FIRST and len(different) == len(cells)):
                for mark, told in cells:
                    table.note(code, mark, told, hint, "warning")
                continue
            rest = sum(told not in different[:_FIRST] for _mark, told in cells)
            told = "; ".join(different[:_FIRST])
            if rest:
                told = ngettext(
                    "{told}; and so for {n} more value in this column",
                    "{told}; and so for {n} more values in this column",
                    rest,
                    told=told,
                )
            elif len(cells) > 1:
                told = ngettext("{told} ({n} value)", "{told} ({n} values)", len(cells), told=told)
            table.note(code, cells[0][0], told, hint, "warning")
