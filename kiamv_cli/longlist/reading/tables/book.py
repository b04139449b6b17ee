"""A CSV file or a workbook as one document: title, reference date and ecosystems."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, assert_never, cast

from kiamv_cli.base.files import refusal
from kiamv_cli.base.labels import distinct_labels
from kiamv_cli.base.language import _
from kiamv_cli.base.names import id_of
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import worded
from kiamv_cli.formats.hints import may_be_several, shown
from kiamv_cli.formats.marks import Mark
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    ABSENT_PATH,
    AS_OF,
    ATTRIBUTES,
    CHOICES_SHEET,
    INTERNAL_PATH,
    LIST_SHEET,
    MAIN_SHEET,
    SHEETS,
    TITLE,
    kind_of,
)
from kiamv_cli.longlist.reading.tables.columns import (
    columns_of,
    headings_below,
    in_english,
    scope_words,
    tell_headings,
)
from kiamv_cli.longlist.reading.tables.document import Remarks, Table
from kiamv_cli.longlist.reading.tables.file import (
    filled_rows,
    head_of,
    is_note,
    own_names,
    read_sheets,
)
from kiamv_cli.longlist.reading.tables.rows import (
    Entry,
    Value,
    by_part,
    by_spelling,
    put,
    put_in,
    value_of,
    without_term,
)
from kiamv_cli.longlist.reading.tables.unanswered import Unanswered

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.document import Syntax
    from kiamv_cli.formats.plain import Cell, Path, Plain
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.layout import Kind, Sheet
    from kiamv_cli.longlist.reading.tables.cells import Near
    from kiamv_cli.longlist.reading.tables.file import SheetFile
    from kiamv_cli.programme.model.attributes import Attribute
    from kiamv_cli.programme.model.programme import Programme

    Rows = Sequence[tuple[int, Sequence[Cell]]]

_MOST_COLUMNS = 500

_ROWS_AFTER_COLUMNS = 10_000

_PEOPLES_OWN = {"partners", "suggested_by"}  # to kiamv lists of facts, with a cell for each

_NEEDED = ("name", "provinces", "themes")

_NEAR: Mapping[str, Near] = {"provinces": by_spelling, "themes": by_part}

_BARE = 2  # steps to the column of an attribute: attributes.phase

_NO_NAMES: Mapping[str, str] = {}


@dataclass(slots=True)
class Book:
    """Reads the sheets of a file one after the other."""

    table: Table
    programme: Programme
    ignored: Container[str] = ()
    literal: Collection[str] = ()
    entries: dict[str, Entry] = field(default_factory=dict)
    stated: dict[str, Value] = field(default_factory=dict)
    _remarks: Remarks = field(default_factory=Remarks)
    _headed: set[int] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)  # of ids made of names
    _has_ids: bool = False
    _typed: Sequence[Cell] = ()  # the headings of the main sheet, in whatever language
    _own: dict[str, str] = field(default_factory=dict)  # what the sheets are called in the file

    def read(self, file: SheetFile, title: str) -> Table:
        """Fill the table from the sheets of a file; ``title`` is that of a list that states none.

        Raises:
            BadInput: The headings are not in the first row.
        """
        self._own = own_names(self.table, file)
        main = MAIN_SHEET if MAIN_SHEET in self._own else self._first(file)
        read = [main, *(name for name in self._own if name in {LIST_SHEET, *SHEETS} - {main})]
        rows = {name: file.rows(self._own[name], self.ignored) for name in read}
        unread = {self._own.get(name, name) for name in (ABOUT_SHEET, CHOICES_SHEET)}
        file.tell_unread(
            unread, worded(_("Sheets with facts are {names}", names=", ".join(SHEETS)))
        )
        self._refuse_width(rows[main], main)
        self._typed = head_of(rows[main])
        sheets = in_english(rows, self.ignored)
        self._refuse_titles(sheets[main], main)
        self._list_sheet(sheets.get(LIST_SHEET, ()))
        self._main(sheets[main], main)
        for name in read:
            if name in SHEETS and name != main:
                self._facts(SHEETS[name], sheets[name])
        self._finish(title)
        return self.table

    def _first(self, file: SheetFile) -> str:
        return next(name for name, own in self._own.items() if own == file.first)

    def _refuse_width(self, rows: Rows, sheet: str) -> None:
        for line, row in rows[:1]:
            width = sum(cell is not None and bool(str(cell).strip()) for cell in row)
            if width > _MOST_COLUMNS:
                told = _("it has {n} columns; {most} are read", n=width, most=_MOST_COLUMNS)
                hint = _("Is the separator another, or the table on its side?")
                self.table.note("K108", Mark(".", line, 1, sheet=self._own[sheet]), told, hint)
                raise BadInput(self.table.problems)

    def _refuse_titles(self, rows: Rows, sheet: str) -> None:
        line = headings_below(rows)
        if line is not None:
            mark = Mark(".", line, 1, sheet=self._own[sheet])
            told = _("the headings seem to be in row {row}", row=line)
            self.table.note("K708", mark, told, _("Take away the rows above it"))
            raise BadInput(self.table.problems)

    def _list_sheet(self, rows: Rows) -> None:
        for line, row in rows:
            if len(row) > 1 and row[0] in {TITLE, AS_OF} and row[1] is not None:
                self._state(
                    str(row[0]), row[1], Mark(".", line, 2, str(row[1]), self._own[LIST_SHEET])
                )

    def _state(self, heading: str, cell: str | float, mark: Mark) -> None:
        read = value_of(cell, "date" if heading == AS_OF else "text", _NO_NAMES)
        self.stated.setdefault(heading.rpartition(".")[2], Value(read.value, mark))

    def _main(self, rows: Rows, sheet: str) -> None:
        filled = filled_rows(rows)
        line, headings, _apart = next(filled, (1, (), False))
        at = Mark(".", line, 1, sheet=self._own[sheet])
        columns = columns_of(self.table, headings, self._typed, self.ignored, at)
        there = {path[0] for path in columns.values()}
        self.table.lacking = {key: at for key in _NEEDED if columns and key not in there}
        self._has_ids = ("id",) in columns.values()
        if columns and not self._has_ids:
            told = _("there is no column id; ids are made of the names")
            self.table.note("K954", at, told, _("Keep them"), "warning")
        tell_headings(self.table, headings, columns, at)
        self._headed = {place for place, cell in enumerate(headings) if cell and str(cell).strip()}
        for line, row, apart in filled:
            here = at._replace(line=line)
            if not (apart and is_note(self.table, row, columns, here)):
                self._row(row, columns, here)

    def _row(self, row: Sequence[Cell], columns: Mapping[int, Path], at: Mark) -> None:
        entry = Entry(at)
        for place, cell in enumerate(row):
            path = columns.get(place)
            mark = at._replace(column=place + 1, text="" if cell is None else str(cell))
            if cell is None or not str(cell).strip():
                continue
            if path is None:
                self._unheaded(mark, place)
            elif path[0] in {TITLE, AS_OF}:
                self._state(str(path[0]), cell, mark)
            else:
                self._value(entry, path, cell, mark)
        if entry.values:
            self._keep(entry)

    def _unheaded(self, mark: Mark, place: int) -> None:
        if place not in self._headed:
            told = _("{text} stands in a column without a heading", text=shown(mark.text))
            self.table.note(
                "K703", mark, told, _("Is there a separator within a text? Put it in quotes")
            )

    def _value(self, entry: Entry, path: Path, cell: str | float, mark: Mark) -> None:
        if (mark.sheet, mark.line, mark.column) in self.table.faulty:
            entry.values |= {path: Value(mark.text, mark)} if path != ABSENT_PATH else {}
            return
        kind = self._kind(path)
        self._refuse_twice(entry, path, mark)
        cell, term = without_term(entry, path, cell, mark)
        value, remark, code = value_of(cell, kind, self._names(path), _NEAR.get(_named(path)))
        if path == INTERNAL_PATH and path in entry.values:
            value = f"{entry.values[path].value}\n{value}"
        if value is not None or path[-1] == "own":
            entry.values[path] = Value(value, mark)
        for told, of_code in ((term, "K953"), (remark, code)):
            if told:
                self._remarks.add(of_code, mark, told)
        if kind == "list" and isinstance(value, list):
            self._ask(path, value, mark)

    def _kind(self, path: Path) -> Kind:
        """What a cell holds; that of an attribute as the programme says."""
        kind, attribute = kind_of(path), self._attribute(path)
        assert kind
        if attribute is None or (len(path) > _BARE and path[-1] not in {"value", "low", "high"}):
            return kind
        match attribute.kind:
            case "yes-no":
                return "yes-no"
            case "organisation":
                return "name"
            case "choice" if attribute.answer == "multiple" and len(path) == _BARE:
                return "words"
            case "choice" | "number" | "facts":
                return kind
            case _:
                assert_never(attribute.kind)

    def _attribute(self, path: Path) -> Attribute | None:
        return self.programme.attribute(str(path[1])) if path[0] == ATTRIBUTES else None

    def _refuse_twice(self, entry: Entry, path: Path, mark: Mark) -> None:
        """Note that an attribute is given both bare and as a list of values."""
        for other, value in entry.values.items():
            same = path[0] == ATTRIBUTES and other[:_BARE] == path[:_BARE]
            if same and (len(other) == _BARE) != (len(path) == _BARE):
                told = _("it is given twice, first in row {row}", row=value.mark.line)
                self.table.note("K205", mark, told, _("Keep one of the two"))
                return

    def _ask(self, path: Path, names: list[Plain], mark: Mark) -> None:
        """Ask whether the one name in a cell is several; who wrote a ``;`` parted them already."""
        name, commas_only = names[0] if len(names) == 1 else None, path[0] not in _PEOPLES_OWN
        if isinstance(name, str) and may_be_several(name, commas_only=commas_only):
            self._remarks.add("K958", mark, _("{names} is read as one name", names=shown(name)))

    def _names(self, path: Path) -> Mapping[str, str]:
        """What people call the codes of a column; the labels of provinces and themes."""
        top = _named(path)
        if (attribute := self._attribute(path)) and attribute.kind == "choice":
            return distinct_labels((each.id, each.label.values()) for each in attribute.categories)
        if top == "scope":
            return scope_words()
        if top not in _NEAR:
            return _NO_NAMES
        dimension = self.programme.dimensions["themes" if top == "themes" else "provinces"]
        return distinct_labels((each.id, each.label.values()) for each in dimension.categories)

    def _keep(self, entry: Entry) -> None:
        given = entry.values.get(("id",))
        if given is None:
            name = entry.values.get(("name",))
            made = id_of(str(name.value) if name else "", self.entries, self._numbers)
            entry.values = {("id",): Value(made, entry.mark), **entry.values}
            if self._has_ids:
                told = _("there is no id; '{id}' is made of the name", id=made)
                self.table.note("K954", entry.mark, told, _("Never change it later"), "warning")
            given = entry.values[("id",)]
        key = str(given.value)
        if key in self.entries:
            # Told as an id that is used twice, when the list is checked.
            key = f"{key}\n{len(self.entries)}"
        self.entries[key] = entry

    def _facts(self, sheet: Sheet, rows: Rows) -> None:
        (line, headings), *rest = rows or [(1, ())]
        known = ("id", *sheet.keys, *sheet.columns)
        at = Mark(".", line, 1, sheet=self._own[sheet.name])
        for place, cell in enumerate(headings):
            if cell is not None and str(cell) not in self.ignored and str(cell) not in known:
                told = _("the column {name} is not known", name=shown(cell))
                hint = _("This sheet has {names}", names=", ".join(known))
                self.table.note("K701", at._replace(column=place + 1), told, hint)
        places = {str(cell): place for place, cell in enumerate(headings) if str(cell) in known}
        for line, row in rest:
            cells = {name: row[place] for name, place in places.items() if place < len(row)}
            if any(cell is not None for cell in row):
                self._fact(sheet, cells, places, at._replace(line=line))

    def _fact(
        self, sheet: Sheet, cells: Mapping[str, Cell], places: Mapping[str, int], at: Mark
    ) -> None:
        asked = {name: str(cells.get(name) or "").strip() for name in ("id", *sheet.keys)}
        empty = [name for name, text in asked.items() if not text]
        entry = self.entries.get(asked["id"])
        if empty or entry is None:
            told = (
                _("there is no ecosystem {id}", id=shown(asked["id"]))
                if not empty
                else _("the cell {name} is empty", name=empty[0])
            )
            self.table.note(
                "K704",
                at,
                told,
                _(
                    "Each row needs {names}, as in {sheet}",
                    names=", ".join(asked),
                    sheet=self._own.get(MAIN_SHEET, MAIN_SHEET),
                ),
            )
            return
        base = sheet.path(tuple(asked[name] for name in sheet.keys), _ROWS_AFTER_COLUMNS + at.line)
        for name in sheet.columns:
            cell = cells.get(name)
            if cell is not None and str(cell).strip():
                mark = at._replace(column=places[name] + 1, text=str(cell))
                self._once(entry, (*base, *name.split(".")), cell, mark)

    def _once(self, entry: Entry, path: Path, cell: str | float, mark: Mark) -> None:
        if path in entry.values:
            first = entry.values[path].mark
            told = _("it is given twice, first in row {row}", row=first.line)
            self.table.note("K205", mark, told, _("Keep one of the two"))
            return
        self._value(entry, path, cell, mark)

    def _finish(self, title: str) -> None:
        data: dict[str, Plain] = {"title": title}
        for key, (value, mark) in self.stated.items():
            data[key] = value
            self.table.marks[(key,)] = mark
        ecosystems: list[Plain] = []
        unanswered = Unanswered(self.literal)
        for entry in self.entries.values():
            unanswered.take_out(entry)
            base = ("ecosystems", len(ecosystems))
            absent = list(self._absent(entry))
            said = put_in(self.table, base, entry)
            for path, mark in absent:
                put(said, path, [])
                self.table.keep((*base, *path), [], mark)
            ecosystems.append(said)
        unanswered.tell(self.table)
        self._remarks.tell(self.table)
        data["ecosystems"] = ecosystems
        self.table.data = data

    def _absent(self, entry: Entry) -> Iterator[tuple[Path, Mark]]:
        words, mark = entry.values.get(ABSENT_PATH, Value([], entry.mark))
        for word in cast("list[str]", words):
            path: Path = tuple(word.split("."))
            if any(each[: len(path)] == path for each in entry.values):
                told = _("{word} is said to be absent, and given as well", word=word)
                self.table.note("K705", mark, told, _("Take it out of the column absent"))
            else:
                yield path, mark


def _named(path: Path) -> str:
    """What the words of a column name, if they name anything."""
    return "themes" if path[-1] == "theme" else str(path[0])


def read_table(
    raw: bytes,
    place: PurePath | Traversable,
    programme: Programme,
    ignored: Container[str] = (),
    hidden: Hidden | None = None,
    literal: Collection[str] = (),
) -> Table:
    """Read a CSV file or a workbook as a document with title, reference date and ecosystems.

    Args:
        raw: What is in it.
        place: Its name; the ending says what it is.
        programme: Whose names of provinces and themes may stand for their codes.
        ignored: Headings of columns that are not read.
        hidden: What becomes of hidden and struck-through parts of a workbook; left out: they are
            errors.
        literal: Texts that are names after all, though they look like no answer.

    Raises:
        BadInput: It is no table, or there is nothing in it.
    """
    path = str(place)
    file = read_sheets(raw, path, hidden)
    syntax: Syntax = "csv" if "" in file.sheets else "workbook"
    table = Table(path, syntax, "", problems=file.problems, faulty=file.faulty)
    book = Book(table, programme, ignored, literal)
    book.read(file, PurePath(place.name).stem)
    if not book.entries and not any(each.severity == "error" for each in table.problems):
        none = refusal(
            "K105", path, _("there is no ecosystem in it"), _("Head the columns id and name")
        )
        # What was left out may be why.
        raise BadInput([*table.problems, *none.problems])
    return table
