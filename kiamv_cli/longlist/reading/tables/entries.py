"""The ecosystems of a file while its sheets are read: cells put into them, one after the other."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.names import id_of
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import may_be_several
from kiamv_cli.formats.plain import shown
from kiamv_cli.longlist.model.layout import ABSENT_PATH, AS_OF, ATTRIBUTES
from kiamv_cli.longlist.reading.tables.cells import value_of
from kiamv_cli.longlist.reading.tables.rows import (
    Entry,
    Value,
    put,
    put_in,
    with_sources,
    without_term,
)
from kiamv_cli.longlist.reading.tables.unanswered import Unanswered
from kiamv_cli.longlist.reading.tables.vocabularies import NEAR, codes_at, kind_at, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Cell, Path, Plain, Rows
    from kiamv_cli.longlist.model.account import Fate
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.programme.model.programme import Programme

_CORRECT = Text("K953.correct-cell")
_PEOPLES_OWN = {"partners", "suggested_by"}  # to kiamv lists of facts, with a cell for each


@dataclass(slots=True)
class Entries:
    """The ecosystems of a file by their ids, and what must be said of its cells.

    Attributes:
        table: The document that they become.
        programme: Whose codes and labels count.
        options: How the file is read.
        own_names: What its sheets are called, by what the code calls them.
        by_id: The ecosystems.
        stated: What the list says of itself.
        fates: What became of the cells of each column, by sheet and place.
        headings: Of each sheet that was read, the last row of headings, and these.
        targets: What each column is read as, by sheet and place.
        cells: The cells that hold anything, by sheet, row and column; not those that are merged.
        has_ids: Whether a column holds ids.
    """

    table: Table
    programme: Programme
    options: TableOptions
    own_names: dict[str, str] = field(default_factory=dict)
    by_id: dict[str, Entry] = field(default_factory=dict)
    stated: dict[str, Value] = field(default_factory=dict)
    fates: dict[tuple[str, int], Counter[Fate]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    headings: dict[str, tuple[int, Sequence[Cell]]] = field(default_factory=dict)
    targets: dict[tuple[str, int], str] = field(default_factory=dict)
    cells: set[tuple[str, int, int]] = field(default_factory=set)
    has_ids: bool = False
    _numbers: dict[str, int] = field(default_factory=dict)  # of ids made of names
    _codes: dict[Path, Mapping[str, str]] = field(default_factory=dict)

    def codes(self, path: Path) -> Mapping[str, str]:
        """Return what people call the codes of a column, by folded name."""
        # Of a list each place is alike.
        key = tuple(step for step in path if isinstance(step, str))
        if key not in self._codes:
            self._codes[key] = codes_at(path, self.programme)
        return self._codes[key]

    def count(self, mark: Mark, fate: Fate) -> None:
        """Remember what became of a cell."""
        if (mark.sheet, mark.line, mark.column) in self.cells:
            self.fates[mark.sheet, mark.column][fate] += 1

    def begin(self, sheet: str, rows: Rows, last: int, headings: Sequence[Cell]) -> None:
        """Begin to count what becomes of the cells of a sheet.

        Args:
            sheet: Its own name.
            rows: As they stand in the file.
            last: The last row of headings.
            headings: Those of its columns.
        """
        self.headings[sheet] = (last, headings)
        self.cells |= {
            (sheet, line, place)
            for line, row in rows
            for place, cell in enumerate(row, 1)
            if line > last and cell is not None and str(cell).strip()
        }

    def state(self, heading: str, cell: str | float, mark: Mark) -> None:
        """Take what the list says of itself; what stands first counts."""
        read = value_of(cell, "date" if heading == AS_OF else "text", {})
        self.stated.setdefault(heading.rpartition(".")[2], Value(read.value, mark))

    def put(
        self,
        entry: Entry,
        path: Path,
        cell: str | float,
        mark: Mark,
        codes: Mapping[str, str] | None = None,
        *,
        meant: bool = False,
    ) -> None:
        """Read a cell into an ecosystem.

        Args:
            entry: The ecosystem.
            path: What the cell holds.
            cell: Its content.
            mark: Where it is.
            codes: What people call the codes of its column; left out: as always.
            meant: Whether a mapping says what it means, so that nothing needs to be said.
        """
        if (mark.sheet, mark.line, mark.column) in self.table.faulty:
            entry.values |= {path: Value(mark.text, mark)} if path != ABSENT_PATH else {}
            return
        kind = kind_at(path, self.programme)
        assert kind
        self._refuse_twice(entry, path, mark)
        cell, term = without_term(entry, path, cell, mark)
        names = self.codes(path) if codes is None else codes
        value, remarks = value_of(cell, kind, names, NEAR.get(vocabulary_of(path)))
        if value is not None or path[-1] == "own":
            entry.add(path, value, mark)
        else:
            self.not_answered(mark)
        for each in () if meant else (*term, *remarks):
            advice = Text("K967.keep-in-note") if each.key == "K967.read-as" else _CORRECT
            self.table.note(mark, each, advice)
        if kind == "list" and isinstance(value, list) and not meant:
            self._ask(path, value, mark)

    def _refuse_twice(self, entry: Entry, path: Path, mark: Mark) -> None:
        """Note that an attribute is given both bare and as a list of values."""
        for other, value in entry.values.items() if path[0] == ATTRIBUTES else ():
            if other[:2] == path[:2] and (len(other) == 2) != (len(path) == 2):  # noqa: PLR2004
                twice = Text("K205.given-twice-row", row=value.mark.line)
                self.table.note(mark, twice, Text("hints.keep-one-two"))
                return

    def _ask(self, path: Path, names: list[Plain], mark: Mark) -> None:
        """Ask whether the one name in a cell is several; who wrote a ``;`` parted them already."""
        name, commas_only = names[0] if len(names) == 1 else None, path[0] not in _PEOPLES_OWN
        if isinstance(name, str) and may_be_several(name, commas_only=commas_only):
            one = Text("K958.read-as-one", names=shown(name))
            self.table.note(mark, one, Text("K958.put-semicolons"))

    def keep(self, entry: Entry) -> None:
        """Keep the ecosystem of a row."""
        id_ = entry.values.get(("id",))
        if id_ is None:
            name = entry.values.get(("name",))
            made = id_of(str(name.value) if name else "", self.by_id, self._numbers)
            id_ = Value(made, entry.mark)
            entry.values = {("id",): id_, **entry.values}
            if self.has_ids:
                lacking = Text("K954.no-id", id=made)
                self.table.note(entry.mark, lacking, Text("K954.never-change"))
        key = str(id_.value)
        if key in self.by_id:
            # Told as an id that is used twice, when the list is checked.
            key = f"{key}\n{len(self.by_id)}"
        self.by_id[key] = entry

    def finish(self, title: str) -> None:
        """Make the document of what was read; ``title`` is that of a list that states none."""
        data: dict[str, Plain] = {"title": title}
        for key, (value, mark) in self.stated.items():
            data[key] = value
            self.table.marks[(key,)] = mark
        ecosystems: list[Plain] = []
        unanswered = Unanswered(self.options.literal)
        for entry in self.by_id.values():
            for mark in dict.fromkeys(unanswered.take_out(entry)):
                self.not_answered(mark)
            with_sources(entry)
            base = ("ecosystems", len(ecosystems))
            absent = list(self._absent(entry))
            raw = put_in(self.table, base, entry)
            for path, mark in absent:
                put(raw, path, [])
                self.table.keep((*base, *path), [], mark)
            ecosystems.append(raw)
        unanswered.tell(self.table)
        data["ecosystems"] = ecosystems
        self.table.data = data

    def not_answered(self, mark: Mark) -> None:
        """Count a cell that was read as one that holds no answer."""
        if (mark.sheet, mark.line, mark.column) in self.cells:
            fates = self.fates[mark.sheet, mark.column]
            fates["read" if fates["read"] else "mapped"] -= 1
            fates["no answer"] += 1

    def _absent(self, entry: Entry) -> Iterator[tuple[Path, Mark]]:
        words, mark = entry.values.get(ABSENT_PATH, Value([], entry.mark))
        for word in cast("list[str]", words):
            path: Path = tuple(word.split("."))
            if any(each[: len(path)] == path for each in entry.values):
                both = Text("K705.absent-and-given", word=word)
                self.table.note(mark, both, Text("K705.take-out-of-absent"))
            else:
                yield path, mark
