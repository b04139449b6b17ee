"""Guessing what the columns of a table are: by their headings, and by what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.labels import folded
from kiamv_cli.base.spreadsheet import column_name
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.sheets.layout import is_error
from kiamv_cli.longlist.model.draft import Draft, DraftColumn, DraftValue
from kiamv_cli.longlist.model.layout import AS_OF, ATTRIBUTES, TITLE, heading, kind_of
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.longlist.model.mapping import PARTNERS, SOURCE, UNUSED, WHOLE
from kiamv_cli.longlist.reading.entry import is_total
from kiamv_cli.longlist.reading.tables.cells import cell_text
from kiamv_cli.longlist.reading.tables.columns import (
    criterion_of_reason,
    is_reason,
    labels_of_attributes,
    labels_of_criteria,
)
from kiamv_cli.longlist.reading.tables.file import filled_rows, main_sheet, own_names, read_sheets
from kiamv_cli.longlist.reading.tables.guessed_values import (
    GRADE,
    LISTED,
    ColumnCells,
    Values,
    errors_in,
    number_of,
    path_to,
    sides_of,
    split_of,
    verdict_value,
    words,
)
from kiamv_cli.longlist.reading.tables.headings import (
    heading_lines,
    headings_at,
    in_english,
    numbered,
    path_of,
)
from kiamv_cli.longlist.reading.tables.vocabularies import (
    verdict_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell, Rows
    from kiamv_cli.longlist.model.draft import Why
    from kiamv_cli.longlist.model.layout import Path
    from kiamv_cli.longlist.model.longlist import TableOptions
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.longlist.reading.tables.file import SheetFile
    from kiamv_cli.programme.model.programme import Programme

_TABLE = "guesses.yaml"
_NOTHING_KNOWN = Ecosystem(id="", name="", provinces=(), themes=())
# What an ecosystem has once, so that a second column cannot be it as well.
_ONCE = {"id", "name", "scope", "seat", "founded", "end_date", "website", "budget.amount_eur",
         "budget", "budget.from", "budget.until", "budget.own", "lead.who", "lead.kind",
         PARTNERS, SOURCE, TITLE, AS_OF}  # fmt: skip
# Guessed by values alone, in this order.
_BY_VALUES = ("provinces", "themes", "life_domains", "scope", "website", "budget", "budget.from")
_ENOUGH, _MOST = 0.5, 0.8
_LONG = 60
_CURRENCY = re.compile(r"€|\beur|£|mln|miljoen|million|mio\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Guess:
    target: str
    why: Why
    sure: bool


def guess_mapping(
    raw: bytes, path: str, table: Table, programme: Programme, options: TableOptions
) -> Draft:
    """Return a mapping as far as it can be guessed.

    Args:
        raw: What is in the file.
        path: Its name; the ending says what it is.
        table: Where problems with its sheets are noted.
        programme: Whose criteria, codes and labels count.
        options: How the file is read.

    Raises:
        BadInput: It is no table.
    """
    file = read_sheets(raw, path, options.hidden or "keep")
    names = own_names(table, file)
    key = main_sheet(file, names, options.sheet)
    rows = file.shown(names[key])
    criteria = labels_of_criteria(programme)
    lines = heading_lines(rows, lambda text: _may_be_heading(text, criteria))
    typed, below = headings_at(rows, *lines), _rows_below(rows, lines[1])
    guessing = _Guessing(programme, tuple(_columns(typed, in_english(key, typed), below)))
    return replace(
        guessing.draft(),
        file=file.name,
        sheet=names[key],
        other_sheets=tuple(name for name in file.names if name != names[key]),
        headings=lines,
        rows=len(below),
        hides=options.hidden is None and _hides(file, names[key]),
    )


def _rows_below(rows: Rows, last: int) -> list[Sequence[Cell]]:
    """Return the rows below the headings, without notes and those that add up the others."""
    below = filled_rows([each for each in rows if each[0] > last])
    return [
        row
        for _line, row, apart in below
        if not any(is_total(cell_text(cell)) for cell in row) and not (apart and len(row) > 1)
    ]


def _may_be_heading(text: str, criteria: Mapping[str, str]) -> bool:
    name = folded(text)
    if path_of(text) is not None or name in criteria:
        return True
    phrases = cast("Mapping[str, list[str]]", words()["phrases"]).values()
    return len(name) <= _LONG and any(
        _begins_word(each, _worded(text)) for texts in phrases for each in texts
    )


def _hides(file: SheetFile, own: str) -> bool:
    sheet = file.sheets[own]
    layout = sheet.layout
    return bool(
        layout.hidden or sheet.hidden_rows() or sheet.hidden_columns()
        or sheet.struck_rows() or sheet.struck_cells()
    )  # fmt: skip


def _columns(
    typed: Sequence[Cell], english: Sequence[Cell], rows: Sequence[Sequence[Cell]]
) -> Iterator[ColumnCells]:
    for place, name in enumerate(numbered(typed)):
        cells = [row[place] if place < len(row) else None for row in rows]
        filled = tuple(cell for cell in cells if cell is not None and cell_text(cell))
        if name:
            yield ColumnCells(place, name, str(english[place]), filled, len(cells) - len(filled))


def _gone(columns: Sequence[ColumnCells]) -> tuple[str, tuple[str, ...]] | None:
    gone = {*cast("list[str]", words()["gone"])}
    for each in columns:
        texts = tuple(text for text in each.texts if folded(text) in gone)
        if texts and len(each.texts) <= LISTED:
            return each.heading, texts
    return None


class _Guessing:
    """Guesses one column after the other, and then which of two that seem the same it is."""

    def __init__(self, programme: Programme, columns: Sequence[ColumnCells]) -> None:
        self._programme = programme
        self._values = Values(programme)
        self._needed_columns = ("name", *programme.plain_dimensions)
        self._columns = columns
        self._criteria = labels_of_criteria(programme)
        self._attributes = labels_of_attributes(programme)

    def draft(self) -> Draft:
        """Return a mapping of the columns; of the file it says nothing."""
        found = self.guesses()
        targets = {each.target for each in found.values()}
        return Draft(
            columns=tuple(self.column(each, found[each.place]) for each in self._columns),
            verdicts=self.verdicts(found),
            gone=_gone(self._columns),
            missing=tuple(name for name in self._needed_columns if name not in targets),
        )

    def guesses(self) -> dict[int, _Guess]:
        """Return what each column is taken for, by its place."""
        found: dict[int, _Guess] = {}
        for column in self._columns:
            found[column.place] = self._guess(column, found)
        found = _each_once(found)
        for name in self._needed_columns:
            if not any(each.target == name for each in found.values()):
                found |= self._needed(name, found)
        return found

    def _guess(self, column: ColumnCells, before: Mapping[int, _Guess]) -> _Guess:
        guesses = (
            self._criterion(column),
            self._reason(column, before),
            self._by_heading(column),
            self._by_words(column),
        )
        guess = next(filter(None, guesses), None)
        by_values = self._by_values(column) if guess is None or not guess.sure else None
        # Labels of a vocabulary tell more than a word in a heading.
        if by_values and (guess is None or by_values.sure):
            return by_values
        return guess or _Guess(UNUSED, "unclear", sure=True)

    def _criterion(self, column: ColumnCells) -> _Guess | None:
        criterion = self._criteria.get(folded(column.heading))
        if criterion is None:
            return None
        known = verdict_words({*map(folded, column.texts)})
        judged = [
            text for text in column.texts
            if folded(text) in known or GRADE.fullmatch(text) or is_placeholder(text)
        ]  # fmt: skip
        if sum(column.texts[text] for text in judged) >= _ENOUGH * len(column.cells):
            return _Guess(f"verdicts.{criterion}", "heading", sure=True)
        rule = next(each.rule for each in self._programme.criteria if each.id == criterion)
        lists = [name for name, _facts in rule.lists(_NOTHING_KNOWN) if name in WHOLE]
        return _Guess(lists[0], "heading", sure=False) if len(lists) == 1 else None

    def _reason(self, column: ColumnCells, before: Mapping[int, _Guess]) -> _Guess | None:
        verdicts = {each.target for each in before.values()}
        named = criterion_of_reason(column.heading, self._criteria)
        if named and f"verdicts.{named}" in verdicts:
            return _Guess(f"verdicts.{named}.reason", "heading", sure=True)
        beside = before.get(column.place - 1)
        if beside and re.fullmatch(r"verdicts\.[^.]+", beside.target) and is_reason(column.heading):
            return _Guess(f"{beside.target}.reason", "beside", sure=True)
        return None

    def _by_heading(self, column: ColumnCells) -> _Guess | None:
        if column.english in {TITLE, AS_OF}:
            return _Guess(column.english, "heading", sure=True)
        if name := self._attributes.get(folded(column.heading)):
            target = f"{ATTRIBUTES}.{name}"
            return _Guess(target, "heading", sure=self._values.share(target, column) >= _ENOUGH)
        path = path_of(column.english)
        if path is None:
            return None
        target = _target(path)
        share = self._values.share(target, column)
        if column.cells and share < _ENOUGH and target != "id":
            return self._by_values(column) or _Guess(target, "heading", sure=False)
        return (
            _Guess(target, "heading", sure=True) if share >= _ENOUGH or not column.cells else None
        )

    def _by_words(self, column: ColumnCells) -> _Guess | None:
        name = _worded(column.heading)
        phrases = cast("Mapping[str, list[str]]", words()["phrases"])
        for target, texts in phrases.items():
            if not any(_begins_word(text, name) for text in texts):
                continue
            if target in {UNUSED, "internal"}:
                return _Guess(target, "words", sure=True)
            if self._values.share(target, column) >= _ENOUGH and self._values.fit(target, column):
                return _Guess(target, "words", sure=self._is_borne_out(target, column))
        return None

    def _is_borne_out(self, target: str, column: ColumnCells) -> bool:
        """Return whether the values bear out what words in the heading tell."""
        if target.startswith("partners."):
            return self._values.side(column) == target.partition(".")[2]
        known = target in {*_BY_VALUES, "budget.own"}
        return known and self._values.share(target, column) >= _MOST

    def _by_values(self, column: ColumnCells) -> _Guess | None:
        answers = column.answers
        if not answers:
            return None
        for target in _BY_VALUES:
            if target == "budget" and not any(map(_CURRENCY.search, map(cell_text, answers))):
                continue
            if target == "budget.from" and not all(re.search(r"\d{4}\D+\d{4}", cell_text(each))
                                                   for each in answers):  # fmt: skip
                continue
            if self._values.share(target, column) >= _MOST:
                return _Guess(target, "values", sure=target in {"provinces", "themes", "website"})
        return None

    def _needed(self, name: str, guesses: Mapping[int, _Guess]) -> dict[int, _Guess]:
        """Take the likeliest column for what every ecosystem needs."""
        free = [
            each for each in self._columns if guesses[each.place].target == UNUSED and each.cells
        ]
        phrases = cast("Mapping[str, list[str]]", words()["phrases"])[name]
        for column in free:
            if name == "name" and self._may_be_name(column):
                return {column.place: _Guess(name, "needed", sure=False)}
            heading_words = _worded(column.heading)
            few = name != "name" and len(column.texts) <= LISTED
            if few and any(_begins_word(each, heading_words) for each in phrases):
                return {column.place: _Guess(name, "words", sure=False)}
        return {}

    def _may_be_name(self, column: ColumnCells) -> bool:
        texts = [cell_text(each) for each in column.answers]
        short = all(len(text) <= 2 * _LONG for text in texts)
        different = len({*texts}) >= _MOST * len(column.cells)
        return short and different and self._values.fit("name", column)

    def column(self, column: ColumnCells, guess: _Guess) -> DraftColumn:
        """Return a column of a draft with the values that somebody may have to decide on."""
        texts = column.texts
        made = DraftColumn(
            heading=column.heading,
            letters=column_name(column.place + 1),
            target="" if guess.target == UNUSED else guess.target,
            why=guess.why,
            sure=guess.sure,
            filled=len(column.cells),
            different=len(texts),
        )
        if guess.target == UNUSED:
            return made
        errors = tuple(errors_in(column))
        if guess.target in {SOURCE, TITLE, AS_OF} or guess.target.startswith("verdicts."):
            return replace(made, values=errors)
        if guess.target == PARTNERS:
            split, example = split_of(column)
            sides = tuple(sides_of(column, split))
            return replace(made, values=(*errors, *sides), split=split, example=example)
        path = path_to(guess.target)
        if kind_of(path) == "list":
            split, example = split_of(column)
            return replace(made, values=errors, split=split, example=example)
        return replace(made, values=(*errors, *self._values.listed(path, column)))

    def verdicts(self, guesses: Mapping[int, _Guess]) -> tuple[DraftValue, ...]:
        """Return what the values in columns of criteria are taken for, all together."""
        places = {
            place
            for place, each in guesses.items()
            if re.fullmatch(r"verdicts\.[^.]+", each.target)
        }
        columns = [each for each in self._columns if each.place in places]
        texts = sum((each.texts for each in columns), Counter[str]())
        texts = Counter({text: times for text, times in texts.items() if not is_error(text)})
        known = verdict_words({*map(folded, texts)})
        grades = [number_of(text) for text in texts if GRADE.fullmatch(text)]
        best = max(grades, default=0.0)
        values = [verdict_value(text, count, known, best) for text, count in texts.most_common()]
        empty = sum(each.empty for each in columns)
        if texts and empty and {known.get(folded(text)) for text in texts} == {"met"}:
            values.append(DraftValue(text="", count=empty, meant="not-met", sure=False))
        return tuple(values)


def _each_once(guesses: Mapping[int, _Guess]) -> dict[int, _Guess]:
    """Keep what an ecosystem has once for the column that is most surely it."""
    kept = dict(guesses)
    for target in {each.target for each in guesses.values()} & _ONCE:
        places = [place for place, each in guesses.items() if each.target == target]
        first = max(
            places, key=lambda place: (guesses[place].sure, guesses[place].why == "heading", -place)
        )
        for place in places:
            if place != first:
                kept[place] = _Guess(UNUSED, "taken", sure=guesses[place].why != "heading")
    return kept


def _target(path: Path) -> str:
    """Return a path as a mapping names it: the first budget line is the one of the row."""
    if path[0] == "budget" and path[1] == 0:
        return "budget" if path[-1] == "amount_eur" else f"budget.{heading(path[2:])}"
    return heading(path)


def _worded(heading: str) -> str:
    """Return the words of a heading, folded; programs write ``start_date`` and ``startDate``."""
    return folded(re.sub(r"_|(?<=[a-z])(?=[A-Z])", " ", heading))


def _begins_word(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(text)}", words))
