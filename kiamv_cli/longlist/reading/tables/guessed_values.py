"""Guessing what the values in a column mean, and how far they fit what it is taken for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.labels import folded, similar
from kiamv_cli.formats.hints import may_be_several
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.shapes import LONGEST_NAME, LONGEST_TEXT
from kiamv_cli.formats.sheets.layout import is_error
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.draft import DraftValue
from kiamv_cli.longlist.model.layout import AS_OF, TITLE, heading, kind_of, parted
from kiamv_cli.longlist.model.mapping import PARTNERS, SOURCE, UNUSED
from kiamv_cli.longlist.reading.tables.cells import cell_text, value_of
from kiamv_cli.longlist.reading.tables.columns import target_path
from kiamv_cli.longlist.reading.tables.rows import term_in
from kiamv_cli.longlist.reading.tables.vocabularies import NEAR, codes_at, kind_at, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.layout import Kind, Path
    from kiamv_cli.programme.model.programme import Programme

LISTED = 40
"""So many different values of a column are listed."""

_TABLE = "guesses.yaml"
_ENOUGH = 0.5
_IN_MONEY = re.compile(
    r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(ton|k|m|mln|mio|miljoen|million|millionen|mrd|miljard)\b"
)
_MONEY = {"ton": 100_000, "k": 1_000, "mrd": 10**9, "miljard": 10**9}
GRADE = re.compile(r"\d{1,3}([.,]\d{1,2})?")
_MET_FROM, _PARTLY_FROM = 0.75, 0.5


@dataclass(frozen=True, slots=True)
class ColumnCells:
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
        texts = ((each, cell_text(each)) for each in self.cells)
        return [each for each, text in texts if not is_placeholder(text) and not is_error(text)]


class Values:
    """Reads values as a programme would, and guesses what others mean."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme

    def share(self, target: str, column: ColumnCells) -> float:
        """Return which share of the answers in a column a target can be read from."""
        answers = column.answers
        path = path_to(target)
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

    def side(self, column: ColumnCells) -> str | None:
        """Return the side of the helix on which most names in a column are that tell theirs."""
        names = (name for cell in column.answers for name in parted(cell_text(cell)))
        sides = Counter(filter(None, map(side_of, names)))
        side, count = max(sides.items(), key=lambda each: each[1], default=(None, 0))
        return side if 2 * count > sides.total() else None

    def fit(self, target: str, column: ColumnCells) -> bool:
        """Return whether a column of texts may hold a target that takes any text."""
        texts = [cell_text(each) for each in column.answers]
        numbers = sum(isinstance(each, float) or text.isdecimal()
                      for each, text in zip(column.answers, texts, strict=True))  # fmt: skip
        takes_any = kind_of(path_to(target)) in {"text", "name", "list"} or target in {
            PARTNERS,
            SOURCE,
        }
        return not takes_any or numbers < _ENOUGH * max(1, len(texts))

    def listed(self, path: Path, column: ColumnCells) -> Iterator[DraftValue]:
        """Yield the values of a column that somebody may want to look at, with what they mean."""
        vocabulary = bool(codes_at(path, self._programme))
        by_text = {cell_text(each): each for each in column.cells}
        listed = vocabulary and len(by_text) <= LISTED
        needed = heading(path) in {"name", *self._programme.plain_dimensions}
        if needed and column.empty:
            yield DraftValue(text="", count=column.empty, meant=None, sure=False)
        for text, count in column.texts.most_common():
            if is_error(text):
                continue
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
        regions = cast("Mapping[str, list[str]]", words()["regions"])
        names = codes_at(path, self._programme)
        if vocabulary_of(path) == "provinces" and (codes := regions.get(folded(text))):
            return tuple(code for code in codes if code in names.values()) or None
        if names:
            near = similar(folded(text), names)
            return names[near[0]] if near else None
        if kind_of(path) == "name":
            return f"{text[: LONGEST_NAME - 1].rpartition(' ')[0] or text[: LONGEST_NAME - 1]}…"
        found = _IN_MONEY.search(folded(text)) if path[-1] == "amount_eur" else None
        if found:
            number = float(found[1].replace(",", "."))
            return str(round(number * _MONEY.get(found[2], 1_000_000)))
        years = re.findall(r"\b(?:19|20)\d\d\b", text) if kind_of(path) == "year" else []
        return str(years[0]) if len({*years}) == 1 else None


def errors_in(column: ColumnCells) -> Iterator[DraftValue]:
    """Yield the errors of a spreadsheet in a column, which mean nothing until somebody says so."""
    for text, count in column.texts.items():
        if is_error(text):
            yield DraftValue(text=text, count=count, meant=None, sure=False)


def verdict_value(text: str, count: int, known: Mapping[str, str], best: float) -> DraftValue:
    """Return what a value in columns of criteria seems to mean.

    Args:
        text: The value.
        count: How often it occurs.
        known: What words mean.
        best: The highest grade that occurs.
    """
    meant = known.get(folded(text))
    if meant:
        return DraftValue(text=text, count=count, meant=meant)
    if GRADE.fullmatch(text) and best:
        share = number_of(text) / best
        guess = "met" if share >= _MET_FROM else "partly" if share >= _PARTLY_FROM else "not-met"
        return DraftValue(text=text, count=count, meant=guess, sure=False)
    return DraftValue(text=text, count=count, meant=None, sure=is_placeholder(text))


def sides_of(column: ColumnCells, split: str) -> Iterator[DraftValue]:
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
    folded_name = folded(name)
    sides = cast("Mapping[str, list[str]]", words()["sides"])
    return next(
        (
            side
            for side, signs in sides.items()
            if any(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", folded_name) for sign in signs)
        ),
        None,
    )


def split_of(column: ColumnCells) -> tuple[str, str]:
    """Return what seems to part the names in a column beside ``;``, and a cell in which it does."""
    texts = [text for text in column.texts if ";" not in text and "\n" not in text]
    example = next((text for text in texts if may_be_several(text, commas_only=True)), "")
    return (",", example) if example else ("", "")


def path_to(target: str) -> Path:
    """Return where the values of a target belong, in the first column of its kind."""
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
        return isinstance(value, int) and value >= 0
    if kind in {"name", "text"}:
        longest = LONGEST_NAME if kind == "name" else LONGEST_TEXT
        return isinstance(value, str) and len(value) <= longest
    pattern = _PATTERNS.get(kind)
    return value is not None and (pattern is None or bool(pattern.match(str(value))))


_PATTERNS: Mapping[Kind, re.Pattern[str]] = {
    "address": re.compile("https?:"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}$"),
}


def number_of(text: str) -> float:
    """Return a grade as a number."""
    return float(text.replace(",", "."))


@cache
def words() -> Mapping[str, object]:
    """Return the words by which columns, sides and regions are told."""
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    return cast("Mapping[str, object]", read_yaml(raw.decode(), _TABLE).data)
