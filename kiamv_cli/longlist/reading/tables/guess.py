"""Guessing what the columns of a table are: by their headings, and by what stands in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.labels import folded, similar
from kiamv_cli.base.spreadsheet import column_name
from kiamv_cli.formats.hints import may_be_several
from kiamv_cli.formats.placeholders import is_placeholder
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.draft import Draft, DraftColumn, DraftValue
from kiamv_cli.longlist.model.layout import AS_OF, ATTRIBUTES, TITLE, heading, kind_of, parted
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.longlist.model.mapping import PARTNERS, SOURCE, UNUSED, WHOLE
from kiamv_cli.longlist.reading.entry import is_total
from kiamv_cli.longlist.reading.tables.cells import value_of
from kiamv_cli.longlist.reading.tables.columns import (
    criterion_of_reason,
    is_reason,
    labels_of_attributes,
    labels_of_criteria,
    target_path,
)
from kiamv_cli.longlist.reading.tables.file import filled_rows, main_sheet, own_names, read_sheets
from kiamv_cli.longlist.reading.tables.headings import (
    heading_lines,
    headings_at,
    in_english,
    numbered,
    path_of,
)
from kiamv_cli.longlist.reading.tables.main_rows import cell_text
from kiamv_cli.longlist.reading.tables.rows import term_in
from kiamv_cli.longlist.reading.tables.vocabularies import (
    NEAR,
    codes_at,
    kind_at,
    verdict_words,
    vocabulary_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell, Plain
    from kiamv_cli.longlist.model.draft import Why
    from kiamv_cli.longlist.model.layout import Kind, Path
    from kiamv_cli.longlist.model.mapping import TableOptions
    from kiamv_cli.longlist.reading.tables.document import Table
    from kiamv_cli.longlist.reading.tables.file import SheetFile
    from kiamv_cli.programme.model.programme import Programme

_TABLE = "guesses.yaml"
_NOTHING_KNOWN = Ecosystem(id="", name="", provinces=(), themes=())
# What an ecosystem has once, so that a second column cannot be it as well.
_ONCE = {"id", "name", "scope", "seat", "founded", "end_date", "website", "budget.amount_eur",
         "budget", "budget.from", "budget.until", "budget.own", "lead.who", "lead.kind",
         PARTNERS, SOURCE, TITLE, AS_OF}  # fmt: skip
_NEEDED = ("name", "provinces", "themes")
# Guessed by values alone, in this order.
_BY_VALUES = ("provinces", "themes", "life_domains", "scope", "website", "budget", "budget.from")
_ENOUGH, _MOST = 0.5, 0.8
_LISTED = 40
_LONG = 60
_IN_MONEY = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(ton|k|m|mln|mio|miljoen|million|millionen|mrd|miljard)\b"
)
_MONEY = {"ton": 100_000, "k": 1_000, "mrd": 10**9, "miljard": 10**9}
_CURRENCY = re.compile(r"€|\beur|£|mln|miljoen|million|mio\b", re.IGNORECASE)
_GRADE = re.compile(r"\d{1,3}([.,]\d{1,2})?")
_MET_FROM, _PARTLY_FROM = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class _Guess:
    target: str
    why: Why
    sure: bool


@dataclass(frozen=True, slots=True)
class _Cells:
    """A column: its heading, and what stands in it below that."""

    place: int
    heading: str
    english: str
    cells: tuple[str | float | bool, ...]
    empty: int

    @property
    def texts(self) -> Counter[str]:
        """Return the texts in it with their counts, as a mapping has them."""
        return Counter(map(cell_text, self.cells))

    @property
    def answers(self) -> list[str | float | bool]:
        """Return the cells that hold an answer."""
        return [each for each in self.cells if not is_placeholder(cell_text(each))]


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
    own = names[key]
    rows = file.shown(own)
    criteria = labels_of_criteria(programme)
    first, last = heading_lines(rows, lambda text: _may_be_heading(text, criteria))
    typed = headings_at(rows, first, last)
    below = [
        row
        for _line, row, _apart in filled_rows([each for each in rows if each[0] > last])
        if not any(is_total(cell_text(cell)) for cell in row)
    ]
    columns = tuple(_columns(typed, in_english(key, typed), below))
    guessing = _Guessing(programme, columns)
    found = guessing.guesses()
    return Draft(
        file=file.name,
        sheet=own,
        other_sheets=tuple(name for name in file.names if name != own),
        headings=(first, last),
        rows=len(below),
        hides=options.hidden is None and _hides(file, own),
        columns=tuple(guessing.column(each, found[each.place]) for each in columns),
        verdicts=guessing.verdicts(found),
        gone=_gone(columns),
        missing=tuple(
            name for name in _NEEDED if not any(each.target == name for each in found.values())
        ),
    )


def _may_be_heading(text: str, criteria: Mapping[str, str]) -> bool:
    words = folded(text)
    if path_of(text) is not None or words in criteria:
        return True
    phrases = cast("Mapping[str, list[str]]", _table()["phrases"]).values()
    return len(words) <= _LONG and any(
        _begins_word(each, words) for texts in phrases for each in texts
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
) -> Iterator[_Cells]:
    for place, name in enumerate(numbered(typed)):
        cells = [row[place] if place < len(row) else None for row in rows]
        filled = tuple(cell for cell in cells if cell is not None and cell_text(cell))
        if name:
            yield _Cells(place, name, str(english[place]), filled, len(cells) - len(filled))


def _gone(columns: Sequence[_Cells]) -> tuple[str, tuple[str, ...]] | None:
    words = {*cast("list[str]", _table()["gone"])}
    for each in columns:
        texts = tuple(text for text in each.texts if folded(text) in words)
        if texts and len(each.texts) <= _LISTED:
            return each.heading, texts
    return None


class _Guessing:
    """Guesses one column after the other, and then which of two that seem the same it is."""

    def __init__(self, programme: Programme, columns: Sequence[_Cells]) -> None:
        self._programme = programme
        self._columns = columns
        self._criteria = labels_of_criteria(programme)
        self._attributes = labels_of_attributes(programme)

    def guesses(self) -> dict[int, _Guess]:
        """Return what each column is taken for, by its place."""
        found: dict[int, _Guess] = {}
        for column in self._columns:
            found[column.place] = self._guess(column, found)
        found = _each_once(found)
        for name in _NEEDED:
            if not any(each.target == name for each in found.values()):
                found |= self._needed(name, found)
        return found

    def _guess(self, column: _Cells, before: Mapping[int, _Guess]) -> _Guess:
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

    def _criterion(self, column: _Cells) -> _Guess | None:
        criterion = self._criteria.get(folded(column.heading))
        if criterion is None:
            return None
        known = verdict_words({*map(folded, column.texts)})
        judged = [
            text for text in column.texts
            if folded(text) in known or _GRADE.fullmatch(text) or is_placeholder(text)
        ]  # fmt: skip
        if sum(column.texts[text] for text in judged) >= _ENOUGH * len(column.cells):
            return _Guess(f"verdicts.{criterion}", "heading", sure=True)
        rule = next(each.rule for each in self._programme.criteria if each.id == criterion)
        lists = [name for name, _facts in rule.lists(_NOTHING_KNOWN) if name in WHOLE]
        return _Guess(lists[0], "heading", sure=False) if len(lists) == 1 else None

    def _reason(self, column: _Cells, before: Mapping[int, _Guess]) -> _Guess | None:
        verdicts = {each.target for each in before.values()}
        named = criterion_of_reason(column.heading, self._criteria)
        if named and f"verdicts.{named}" in verdicts:
            return _Guess(f"verdicts.{named}.reason", "heading", sure=True)
        beside = before.get(column.place - 1)
        if beside and re.fullmatch(r"verdicts\.[^.]+", beside.target) and is_reason(column.heading):
            return _Guess(f"{beside.target}.reason", "beside", sure=True)
        return None

    def _by_heading(self, column: _Cells) -> _Guess | None:
        if column.english in {TITLE, AS_OF}:
            return _Guess(column.english, "heading", sure=True)
        if name := self._attributes.get(folded(column.heading)):
            target = f"{ATTRIBUTES}.{name}"
            return _Guess(target, "heading", sure=self._share(target, column) >= _ENOUGH)
        path = path_of(column.english)
        if path is None:
            return None
        target = _target(path)
        share = self._share(target, column)
        if column.cells and share < _ENOUGH and target != "id":
            return self._by_values(column) or _Guess(target, "heading", sure=False)
        return (
            _Guess(target, "heading", sure=True) if share >= _ENOUGH or not column.cells else None
        )

    def _by_words(self, column: _Cells) -> _Guess | None:
        words = folded(column.heading)
        phrases = cast("Mapping[str, list[str]]", _table()["phrases"])
        for target, texts in phrases.items():
            if not any(_begins_word(text, words) for text in texts):
                continue
            if target in {UNUSED, "internal"}:
                return _Guess(target, "words", sure=True)
            if self._share(target, column) >= _ENOUGH and self._fits(target, column):
                return _Guess(target, "words", sure=self._is_borne_out(target, column))
        return None

    def _is_borne_out(self, target: str, column: _Cells) -> bool:
        """Tell whether the values bear out what words in the heading tell."""
        if target.startswith("partners."):
            names = (name for cell in column.answers for name in parted(cell_text(cell)))
            sides = Counter(filter(None, map(side_of, names)))
            return sides[target.partition(".")[2]] > sum(sides.values()) / 2
        return target in {*_BY_VALUES, "budget.own"} and self._share(target, column) >= _MOST

    def _fits(self, target: str, column: _Cells) -> bool:
        """Tell whether a column of texts may hold a target that takes any text."""
        texts = [cell_text(each) for each in column.answers]
        numbers = sum(isinstance(each, float) or text.isdecimal()
                      for each, text in zip(column.answers, texts, strict=True))  # fmt: skip
        takes_any = kind_of(_path(target)) in {"text", "name", "list"} or target in {
            PARTNERS,
            SOURCE,
        }
        return not takes_any or numbers < _ENOUGH * max(1, len(texts))

    def _by_values(self, column: _Cells) -> _Guess | None:
        answers = column.answers
        if not answers:
            return None
        for target in _BY_VALUES:
            if target == "budget" and not any(map(_CURRENCY.search, map(cell_text, answers))):
                continue
            if target == "budget.from" and not all(re.search(r"\d{4}\D+\d{4}", cell_text(each))
                                                   for each in answers):  # fmt: skip
                continue
            if self._share(target, column) >= _MOST:
                return _Guess(target, "values", sure=target in {"provinces", "themes", "website"})
        return None

    def _needed(self, name: str, found: Mapping[int, _Guess]) -> dict[int, _Guess]:
        """Take the likeliest column for what every ecosystem needs."""
        free = [each for each in self._columns if found[each.place].target == UNUSED and each.cells]
        phrases = cast("Mapping[str, list[str]]", _table()["phrases"])[name]
        for column in free:
            if name == "name" and self._may_be_name(column):
                return {column.place: _Guess(name, "needed", sure=False)}
            words = folded(column.heading)
            few = name != "name" and len(column.texts) <= _LISTED
            if few and any(_begins_word(each, words) for each in phrases):
                return {column.place: _Guess(name, "words", sure=False)}
        return {}

    def _may_be_name(self, column: _Cells) -> bool:
        texts = [cell_text(each) for each in column.answers]
        short = all(len(text) <= 2 * _LONG for text in texts)
        different = len({*texts}) >= _MOST * len(column.cells)
        return short and different and self._fits("name", column)

    def _share(self, target: str, column: _Cells) -> float:
        """Return which share of the answers in a column a target can be read from."""
        answers = column.answers
        path = _path(target)
        if not answers or path[0] in {PARTNERS, SOURCE, TITLE, AS_OF}:
            return 1.0
        texts = Counter(map(cell_text, answers))
        by_text = {cell_text(each): each for each in answers}
        read = sum(
            count for text, count in texts.items() if self._reading(path, by_text[text]) is not None
        )
        return read / len(answers)

    def _reading(self, path: Path, cell: str | float) -> Plain:
        """Return the value that a cell is read as; ``None`` if it cannot be read."""
        kind = kind_at(path, self._programme)
        assert kind
        names = codes_at(path, self._programme)
        read = value_of(_without_term(path, cell), kind, names, NEAR.get(vocabulary_of(path)))
        return read.value if _is_valid(read.value, kind, {*names.values()}) else None

    def column(self, column: _Cells, guess: _Guess) -> DraftColumn:
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
        if guess.target in {UNUSED, SOURCE, TITLE, AS_OF} or guess.target.startswith("verdicts."):
            return made
        if guess.target == PARTNERS:
            split, example = _split(column)
            return replace(made, values=tuple(_sides(column, split)), split=split, example=example)
        path = _path(guess.target)
        if kind_of(path) == "list":
            split, example = _split(column)
            return replace(made, split=split, example=example)
        return replace(made, values=tuple(self._values(path, column)))

    def _values(self, path: Path, column: _Cells) -> Iterator[DraftValue]:
        vocabulary = bool(codes_at(path, self._programme))
        by_text = {cell_text(each): each for each in column.cells}
        listed = vocabulary and len(by_text) <= _LISTED
        needed = heading(path) in _NEEDED
        if needed and column.empty:
            yield DraftValue(text="", count=column.empty, meant=None, sure=False)
        for text, count in column.texts.most_common():
            value = self._reading(path, by_text[text])
            if value is None and is_placeholder(text):
                if vocabulary or kind_of(path) == "year":
                    yield DraftValue(text=text, count=count, meant=None, sure=not needed)
            elif value is None:
                meant = self._likely(path, text)
                yield DraftValue(text=text, count=count, meant=meant, sure=False)
            elif listed:
                meant = tuple(map(str, value)) if isinstance(value, list) else str(value)
                yield DraftValue(text=text, count=count, meant=meant)

    def _likely(self, path: Path, text: str) -> str | tuple[str, ...] | None:
        """Return what a value may mean that cannot be read."""
        regions = cast("Mapping[str, list[str]]", _table()["regions"])
        names = codes_at(path, self._programme)
        if vocabulary_of(path) == "provinces" and (codes := regions.get(folded(text))):
            return tuple(code for code in codes if code in names.values()) or None
        if names:
            near = similar(folded(text), names)
            return names[near[0]] if near else None
        found = _IN_MONEY.search(folded(text)) if path[-1] == "amount_eur" else None
        if found:
            number = float(found[1].replace(",", "."))
            return str(round(number * _MONEY.get(found[2], 1_000_000)))
        years = re.findall(r"\b(?:19|20)\d\d\b", text) if kind_of(path) == "year" else []
        return str(years[0]) if len({*years}) == 1 else None

    def verdicts(self, guesses: Mapping[int, _Guess]) -> tuple[DraftValue, ...]:
        """Return what the values in columns of criteria are taken for, all together."""
        places = {
            place
            for place, each in guesses.items()
            if re.fullmatch(r"verdicts\.[^.]+", each.target)
        }
        columns = [each for each in self._columns if each.place in places]
        texts = sum((each.texts for each in columns), Counter[str]())
        known = verdict_words({*map(folded, texts)})
        grades = [_number(text) for text in texts if _GRADE.fullmatch(text)]
        best = max(grades, default=0.0)
        values = [_verdict(text, count, known, best) for text, count in texts.most_common()]
        empty = sum(each.empty for each in columns)
        if texts and empty and {known.get(folded(text)) for text in texts} == {"met"}:
            values.append(DraftValue(text="", count=empty, meant="not-met", sure=False))
        return tuple(values)


def _verdict(text: str, count: int, known: Mapping[str, str], best: float) -> DraftValue:
    meant = known.get(folded(text))
    if meant:
        return DraftValue(text=text, count=count, meant=meant)
    if _GRADE.fullmatch(text) and best:
        share = _number(text) / best
        guess = "met" if share >= _MET_FROM else "partly" if share >= _PARTLY_FROM else "not-met"
        return DraftValue(text=text, count=count, meant=guess, sure=False)
    return DraftValue(text=text, count=count, meant=None, sure=is_placeholder(text))


def _each_once(found: Mapping[int, _Guess]) -> dict[int, _Guess]:
    """Keep what an ecosystem has once for the column that is most surely it."""
    kept = dict(found)
    for target in {each.target for each in found.values()} & _ONCE:
        places = [place for place, each in found.items() if each.target == target]
        first = max(
            places, key=lambda place: (found[place].sure, found[place].why == "heading", -place)
        )
        for place in places:
            if place != first:
                kept[place] = _Guess(UNUSED, "taken", sure=found[place].why != "heading")
    return kept


def _sides(column: _Cells, split: str) -> Iterator[DraftValue]:
    """Yield the partners in a column, with the side that words in their names tell."""
    names: Counter[str] = Counter()
    for cell in column.answers:
        names.update(parted(cell_text(cell).replace(split, ";") if split else cell_text(cell)))
    for name, count in names.most_common():
        side = side_of(name)
        yield DraftValue(
            text=name, count=count, meant=side, sure=bool(side) and not may_be_several(name)
        )


def side_of(name: str) -> str | None:
    """Return the side of the helix that words in the name of an organisation tell."""
    words = folded(name)
    sides = cast("Mapping[str, list[str]]", _table()["sides"])
    return next(
        (
            side
            for side, signs in sides.items()
            if any(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", words) for sign in signs)
        ),
        None,
    )


def _split(column: _Cells) -> tuple[str, str]:
    """Return what seems to part the names in a column beside ``;``, and a cell in which it does."""
    texts = [text for text in column.texts if ";" not in text and "\n" not in text]
    example = next((text for text in texts if may_be_several(text, commas_only=True)), "")
    return (",", example) if example else ("", "")


def _target(path: Path) -> str:
    """Return a path as a mapping names it: the first budget line is the one of the row."""
    if path[0] == "budget" and path[1] == 0:
        return "budget" if path[-1] == "amount_eur" else f"budget.{heading(path[2:])}"
    return heading(path)


def _path(target: str) -> Path:
    return target_path(target, 0, {}) if target != UNUSED else (UNUSED,)


def _without_term(path: Path, cell: str | float) -> str | float:
    """Return a cell of money or years without the term beside it."""
    if path[0] != "budget" or not isinstance(cell, str):
        return cell
    term = term_in(cell)
    if term is None:
        return cell
    if path[-1] in {"from", "until"}:
        return cell if term.rest else str(term.first)
    return term.rest


def _is_valid(value: Plain, kind: Kind, codes: set[str]) -> bool:
    if kind in {"words", "word"}:
        several = value if isinstance(value, list) else [value]
        return not codes or all(each in codes for each in several)
    if kind in {"year", "year-or-open"}:
        return value == "open" or (isinstance(value, int) and 1000 <= value <= 2999)  # noqa: PLR2004
    if kind == "yes-no":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int)
    pattern = _PATTERNS.get(kind)
    return value is not None and (pattern is None or bool(pattern.match(str(value))))


_PATTERNS: Mapping[Kind, re.Pattern[str]] = {
    "address": re.compile("https?:"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}$"),
}


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _begins_word(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(text)}", words))


@cache
def _table() -> Mapping[str, object]:
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    return cast("Mapping[str, object]", read_yaml(raw.decode(), _TABLE).data)
