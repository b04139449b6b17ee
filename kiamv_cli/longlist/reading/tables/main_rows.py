"""The main sheet of a file, or a CSV file: a row for each ecosystem."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.spreadsheet import cell_name
from kiamv_cli.base.text import Text, joined, option_or_parameter
from kiamv_cli.formats.marks import Mark
from kiamv_cli.formats.package_data import placeholder
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.sheets.telling import some
from kiamv_cli.longlist.model.layout import (
    AS_OF,
    INTERNAL_PATH,
    SIDES,
    TITLE,
    heading,
    parted,
    spelled,
)
from kiamv_cli.longlist.model.mapping import PARTNERS, REST, SOURCE, TableMapping
from kiamv_cli.longlist.reading.tables.cells import cell_text
from kiamv_cli.longlist.reading.tables.columns import (
    Columns,
    Heads,
    columns_by_heading,
    columns_by_mapping,
    target_path,
)
from kiamv_cli.longlist.reading.tables.file import filled_rows, is_note
from kiamv_cli.longlist.reading.tables.headings import (
    heading_lines,
    headings_at,
    in_english,
    numbered,
)
from kiamv_cli.longlist.reading.tables.left_out import LeftOut
from kiamv_cli.longlist.reading.tables.rows import Entry, Value
from kiamv_cli.longlist.reading.tables.vocabularies import codes_by_name, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell, Path, Rows
    from kiamv_cli.longlist.reading.tables.columns import Column
    from kiamv_cli.longlist.reading.tables.entries import Entries
    from kiamv_cli.longlist.reading.tables.file import SheetFile

_MOST_COLUMNS = 500
_NOTHING_MAPPED = TableMapping()


@dataclass(slots=True)
class MainRows:
    """Reads the main sheet, by its headings or by a mapping, into the ecosystems of the file."""

    entries: Entries
    file: SheetFile
    own: str
    columns: Columns = field(default_factory=Columns)
    first: int = 1
    last: int = 1
    headings: Sequence[Cell] = ()
    _left_out: LeftOut = field(default_factory=lambda: LeftOut({}, (), ()))
    _wide: int = 0
    _verdict_words: Mapping[str, str] = field(default_factory=dict)

    @property
    def mapping(self) -> TableMapping:
        """What a mapping says of the columns; without one it says nothing."""
        return self.entries.options.mapping or _NOTHING_MAPPED

    def read(self, key: str) -> None:
        """Read the rows; ``key`` is what the code calls the sheet.

        Raises:
            BadInput: It has too many columns.
        """
        rows = self.file.shown(self.own)
        lines = self.mapping.headings or heading_lines(rows)
        self.first, self.last = lines[0], lines[-1]
        self.headings = headings_at(rows, self.first, self.last)
        self._refuse_width()
        self._find_columns(key)
        left_out = {place + 1 for place in self.columns.unused}
        self.file.tell(self.own, rows, left_out, self._is_mapped)
        self.entries.table.faulty |= self.file.faulty
        self.entries.begin(self.own, self.file.sheets[self.own].rows, self.last, self.headings)
        for place, column in self.columns.by_place.items():
            targets = ", ".join(column.use.targets or map(heading, column.paths))
            self.entries.targets[self.own, place + 1] = targets
        self._tell_above(rows)
        names = numbered(self.headings)
        self._left_out = LeftOut.of(self.columns, names, self.mapping.leave_out)
        self._wide = max(self.columns.by_place, default=-1) + 1
        below = [each for each in rows if each[0] > self.last]
        self._verdict_words = verdict_words(self._texts_of_verdicts(below))
        for line, row, apart in filled_rows(below):
            at = self._mark(line, 0)
            if not (apart and is_note(self.entries.table, row, self.columns.first_paths, at)):
                self._row(row, at)
        for line, text, advice in self._left_out.told():
            self.entries.table.note(self._mark(line, 0), text, advice)

    def _mark(self, line: int, place: int, text: str = "") -> Mark:
        return Mark(".", line, place + 1, text, self.own)

    def _refuse_width(self) -> None:
        width = sum(cell is not None and bool(str(cell).strip()) for cell in self.headings)
        if width > _MOST_COLUMNS:
            wide = Text("K108.columns", n=width, most=_MOST_COLUMNS)
            self.entries.table.note(self._mark(self.first, 0), wide, Text("K108.separator"))
            raise BadInput(self.entries.table.problems)

    def _find_columns(self, key: str) -> None:
        table, ignored = self.entries.table, self.entries.options.ignored
        english = in_english(key, self.headings, ignored)
        at = self._mark(self.last, 0)
        heads = Heads(english, self.headings, at)
        if self.entries.options.mapping:
            self.columns = columns_by_mapping(table, heads, self.mapping)
        else:
            self.columns = columns_by_heading(table, heads, ignored, self.entries.programme)
        there = {str(path[0]) for path in self.columns.paths}
        there |= {target.partition(".")[0] for target in self.mapping.always}
        columns, needed = self.columns.by_place, ("name", *self.entries.programme.plain_dimensions)
        table.lacking = {name: at for name in needed if columns and name not in there}
        self.entries.has_ids = "id" in there
        if columns and not self.entries.has_ids and not self.entries.options.mapping:
            table.note(at, Text("K954.no-column-id"), Text("K954.keep-them"))
        self._refuse_unsigned()

    def _refuse_unsigned(self) -> None:
        """Note that columns of criteria hold verdicts of nobody, where nobody says whose."""
        by, on = self._judge()
        paths = {*self.columns.paths}
        for place, column in self.columns.verdicts.items():
            base = next(path[:2] for path in column.paths if path[0] == "verdicts")
            lacking = [
                option_or_parameter(option)
                for key, option, text in (("by", "--by", by), ("date", "--on", on))
                if not text and (*base, key) not in paths
            ]
            if lacking and column.heading != spelled(f"{base[0]}.{base[1]}.verdict"):
                self.entries.table.note(
                    self._mark(self.last, place),
                    Text("K732.whose-verdicts", name=shown(column.heading)),
                    Text("K732.say-by-on", options=joined(lacking, " ")),
                )

    def _judge(self) -> tuple[str | None, str | None]:
        options = self.entries.options
        return options.by or self.mapping.by, options.on or self.mapping.on

    def _is_mapped(self, column: int, text: str) -> bool:
        """Return whether a mapping says what an error in a column means."""
        use = self.columns.by_place.get(column - 1)
        return bool(use and {folded(text), REST} & use.use.values.keys())

    def _tell_above(self, rows: Rows) -> None:
        above = [row for line, row in rows if line < self.first]
        texts = [str(cell) for row in above for cell in row if cell is not None]
        if texts:
            above_all = some([shown(text) for text in dict.fromkeys(texts)], 3)
            told = Text("K977.stands-above", texts=above_all)
            self.entries.table.note(self._mark(1, 0), told, Text("K977.title-as-option"))
        if self.last > self.first:
            told = Text("K978.rows-of-headings", top=self.first, bottom=self.last)
            self.entries.table.note(self._mark(self.first, 0), told, Text("K978.leave-empty-row"))

    def _texts_of_verdicts(self, rows: Rows) -> set[str]:
        places = self.columns.verdicts
        return {
            folded(cell_text(row[place]))
            for _line, row in rows
            for place in places
            if place < len(row) and row[place] is not None
        }

    def _row(self, row: Sequence[Cell], at: Mark) -> None:
        if self._left_out.takes(row, at.line):
            return
        entry = Entry(at)
        for place in range(max(len(row), self._wide)):
            cell = row[place] if place < len(row) else None
            self._cell(entry, place, cell, self._mark(at.line, place, cell_text(cell)))
        self._complete(entry)
        if entry.values:
            self.entries.keep(entry)

    def _cell(self, entry: Entry, place: int, cell: Cell, mark: Mark) -> None:
        column = self.columns.by_place.get(place)
        is_empty = cell is None or not str(cell).strip()
        if column is None:
            if not is_empty:
                self._unread(mark, place)
            return
        known = column.use.values
        key = folded(mark.text) if known else ""
        if known and not is_empty and key not in known:
            key = REST
        # Of partners, the mapping says on which side each of them is.
        is_meant = key in known and (PARTNERS,) not in column.paths
        text = known.get(key) if is_meant else None
        if is_empty and text is None:
            return
        if is_meant:
            self.entries.count(mark, "mapped" if text is not None else "no answer")
        else:
            self.entries.count(mark, "read")
        content = text if is_meant else cell
        if content is None:
            self._unknown(mark)
            return
        for path in column.paths:
            self._value(entry, column, path, content, mark, is_meant=is_meant)

    def _unread(self, mark: Mark, place: int) -> None:
        if place in self.columns.unused:
            self.entries.count(mark, "unused")
            return
        self.entries.count(mark, "wrong")
        if place not in self.columns.known:
            told = Text("K703.no-heading", text=shown(mark.text))
            self.entries.table.note(mark, told, Text("K703.put-in-quotes"))

    def _unknown(self, mark: Mark) -> None:
        told = Text("K980.not-known", text=shown(mark.text))
        self.entries.table.note(mark, told, Text("K980.say-what-it-means"))

    def _value(
        self,
        entry: Entry,
        column: Column,
        path: Path,
        cell: str | float,
        mark: Mark,
        *,
        is_meant: bool,
    ) -> None:
        if path[0] in {TITLE, AS_OF}:
            self.entries.state(str(path[0]), cell, mark)
        elif path == (SOURCE,):
            entry.source = Value(str(cell).strip(), mark)
        elif path == (PARTNERS,):
            self._partners(entry, column, str(cell), mark)
        elif path[0] == "verdicts" and path[-1] == "verdict":
            if placeholder(mark.text) == "unknown" and folded(mark.text) not in self._verdict_words:
                self.entries.not_answered(mark)
                told = Text("K983.no-verdict", text=shown(mark.text))
                self.entries.table.note(mark, told, Text("K983.leave-empty"))
                return
            self.entries.put(entry, path, cell, mark, self._verdict_words, meant=is_meant)
            self._sign(entry, path, mark)
        else:
            for number, part in enumerate(_parts(path, column, cell)):
                at = tuple(step + number if isinstance(step, int) else step for step in path)
                self.entries.put(entry, at, part, mark, meant=is_meant or bool(column.use.split))

    def _sign(self, entry: Entry, path: Path, mark: Mark) -> None:
        by, on = self._judge()
        for key, text in (("by", by), ("date", on)):
            if text and path in entry.values:
                entry.values.setdefault((*path[:2], key), Value(text, mark))

    def _partners(self, entry: Entry, column: Column, text: str, mark: Mark) -> None:
        """Put partners on the sides that the mapping names; others are told."""
        sides = codes_by_name("side", self.entries.programme)
        for name in parted(_split(text, column.use.split)):
            side = column.use.values.get(folded(name)) or ""
            side = sides.get(folded(side), side)
            if side:
                self.entries.put(entry, ("partners", side), name, mark, meant=True)
            else:
                told = Text("K981.on-no-side", name=shown(name))
                self.entries.table.note(mark, told, Text("K981.say-side"))

    def _complete(self, entry: Entry) -> None:
        """Add what holds of every row, the reasons of verdicts, and where facts were read."""
        if not entry.values:
            return
        judged = {path[:2] for path in entry.values if path[-1] in {"verdict", "grade", *SIDES}}
        for target, text in self.mapping.always.items():
            path = target_path(target, 0, {})
            if path not in entry.values:
                self.entries.put(entry, path, text, entry.mark, meant=True)
        for path, value in list(entry.values.items()):
            if path[0] == "verdicts" and path[-1] == "reason" and path[:2] not in judged:
                del entry.values[path]
                entry.add(INTERNAL_PATH, value.value, value.mark)
                told = Text("K982.no-verdict", text=shown(value.value))
                self.entries.table.note(value.mark, told, Text("K982.kept-internal"))
            if path[0] == "verdicts" and path[-1] == "verdict" and self._judge() != (None, None):
                sheet = f"[{self.own}]" if self.own else ":"
                cell = cell_name(value.mark.line, value.mark.column)
                where = f"{self.file.name}{sheet}{cell}: {value.mark.text}"
                entry.values.setdefault((*path[:2], "reason"), Value(where, value.mark))
        if self.entries.options.mapping:
            entry.give_themes()
        self._source(entry)

    def _source(self, entry: Entry) -> None:
        title = self.mapping.source
        if entry.source is None and title is not None:
            places = {"{file}": self.file.name, "{sheet}": self.own, "{row}": str(entry.mark.line)}
            for sign, text in places.items():
                title = title.replace(sign, text)
            entry.source = Value(title, entry.mark)
        if entry.source and self.mapping.on:
            entry.read = self.mapping.on


def _parts(path: Path, column: Column, cell: str | float) -> Iterator[str | float]:
    """Yield the facts in a cell, or its content with what parts it as kiamv writes that."""
    split = column.use.split
    if not split or not isinstance(cell, str):
        yield cell
    elif any(isinstance(step, int) for step in path):
        yield from parted(_split(cell, split))
    else:
        yield _split(cell, split)


def _split(text: str, signs: str) -> str:
    for sign in filter(None, signs.split(" ")):
        pattern = re.escape(sign)
        text = re.sub(rf"(?<!\w){pattern}(?!\w)" if sign.isalpha() else pattern, ";", text)
    return text
