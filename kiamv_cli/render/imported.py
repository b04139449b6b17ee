"""What came of importing long lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.document import Cell, Column, Paragraph, Picture, Table
from kiamv_cli.render.text import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.core.merging import Merged
    from kiamv_cli.core.problem import Problem
    from kiamv_cli.render.document import Block, Value
    from kiamv_cli.render.text import Symbols


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportView:
    """``kiamv import``."""

    title: str
    as_of: date
    files: tuple[str, ...]
    counts: tuple[int, ...]
    merged: Merged
    remarks: tuple[Problem, ...]
    folder: str

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/import/1``."""
        return {
            "schema": "kiamv/import/1",
            "as_of": self.as_of.isoformat(),
            "longlist": {"title": self.title, "count": len(self.merged.ecosystems)},
            "folder": self.folder,
            "files": list(self._files()),
            "ecosystems": list(self.records()),
            "remarks": [
                {
                    "path": each.path,
                    "line": each.line,
                    "column": each.column,
                    "code": each.code,
                    "message": each.message,
                    "hint": each.hint,
                }
                for each in self.remarks
            ],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem and file in which it stood, with the id that it had there."""
        for name, origins in self.merged.origins.items():
            for number, given in origins:
                yield {"id": name, "file": self.files[number], "given_id": given}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """How many of each file, what was remarked, and where the list is now."""
        del symbols
        yield self._table()
        yield Paragraph("")
        if self.remarks:
            yield Picture(tuple(map(_line, self.remarks)))
            yield Paragraph("")
        merged = sum(self.counts) - len(self.merged.ecosystems)
        became = f", {count(merged, 'entry', 'entries')} merged" if merged else ""
        total = count(len(self.merged.ecosystems), "ecosystem")
        remarks = count(len(self.remarks), "remark") if self.remarks else "Nothing to remark"
        text = f"{self.title}: {total} as of {self.as_of}{became}. {remarks}."
        yield Paragraph(text, "partly" if self.remarks else "met")
        yield Paragraph(f"Written to {self.folder}. kiamv check {self.folder} looks through it.")

    def _files(self) -> Iterator[Mapping[str, Value]]:
        for number, (file, entries) in enumerate(zip(self.files, self.counts, strict=True)):
            alone = (
                {where for where, _ in origins} == {number}
                for origins in self.merged.origins.values()
            )
            yield {"file": file, "entries": entries, "only_here": sum(alone)}

    def _table(self) -> Table:
        columns = (
            Column("file", wraps=True),
            Column("entries", "right"),
            Column("only here", "right"),
        )
        rows = (tuple(Cell(str(value)) for value in row.values()) for row in self._files())
        return Table(columns, tuple(rows))


def _line(problem: Problem) -> tuple[Cell, ...]:
    return (
        Cell(f"{problem.where}: ", "faint"),
        Cell(problem.code, "partly"),
        Cell(f" {problem.sentence}"),
    )
