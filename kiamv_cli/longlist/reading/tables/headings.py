"""Headings: where they stand, what they mean in any language, and which are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from functools import cache
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.labels import folded
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    NUMBERED,
    SHEETS,
    TITLE,
    kind_of,
    meant,
    template_headings,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.formats.plain import Cell, Path

    Rows = Sequence[tuple[int, Sequence[Cell]]]


class Ignored(Collection[str]):
    """Knows whether a heading is among them, and which of them matched none so far.

    Capitals do not count, nor do blanks around and the number of those within.
    """

    def __init__(self, headings: Iterable[str] = ()) -> None:
        """Start with nothing matched."""
        self._headings = {folded(each): each for each in headings if each.strip()}
        self._matched = set[str]()

    def __contains__(self, heading: object) -> bool:
        """Whether a heading is left out; if so, it counts as matched."""
        found = folded(heading) if isinstance(heading, str) else ""
        if found in self._headings:
            self._matched.add(found)
        return found in self._headings

    def __iter__(self) -> Iterator[str]:
        """Yield them as they were given."""
        return iter(self._headings.values())

    def __len__(self) -> int:
        """Count them."""
        return len(self._headings)

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Those that were no heading of any table read with this, as they were given."""
        return tuple(each for key, each in self._headings.items() if key not in self._matched)


_TABLE = "headings.yaml"

# Provincie(s), partner(en), Naam*.
_ENDINGS = re.compile(r"\((s|'s|n|en|es)\)")

# The fewest steps of a heading whose middle is a name of people's own, which may hold dots.
_NAMED = 3

# How far below titles people put their headings, and how many known ones make a row of headings.
_TITLES, _ENOUGH = 10, 2
_LOOKED_AT = 60
_FEW = 0.6

# Between headings that stand above each other.
_ABOVE = " / "


def path_of(text: str) -> Path | None:
    """Read a heading: a path with dots, or another word for one; ``None`` if it is neither."""
    path = _path_of(text)
    if path is None and _ABOVE in text:
        return next(filter(None, map(_path_of, reversed(text.split(_ABOVE)))), None)
    return path


def _path_of(text: str) -> Path | None:
    words = " ".join(text.casefold().split())
    bare = _ENDINGS.sub("", words).strip(" :*")
    tried = (
        text,
        other_headings().get(words, ""),
        words.replace(" ", "_"),
        other_headings().get(bare, ""),
        bare,
    )
    return next((path for path in map(_steps, tried) if kind_of(path)), None)


def sheet_names() -> Mapping[str, str]:
    """Return the names of sheets in the code by what they are called in any language."""
    return meant((MAIN_SHEET, LIST_SHEET, ABOUT_SHEET, CHOICES_SHEET, *SHEETS))


def in_english(sheet: str, row: Sequence[Cell], ignored: Container[str] = ()) -> list[Cell]:
    """Return a row of headings in the words of the code, whatever language they are in.

    Args:
        sheet: The name of the sheet in the code.
        row: Its headings.
        ignored: Headings that stay as they are.
    """
    facts = SHEETS.get(sheet)
    known = ("id", *facts.keys, *facts.columns) if facts else (*MAIN_COLUMNS, TITLE, AS_OF)
    words = meant(known)
    return [cell if cell in ignored else _as(cell, words) for cell in row]


def heading_lines(rows: Rows, is_known: Callable[[str], bool] | None = None) -> tuple[int, int]:
    """Return the first and the last row of the headings.

    Args:
        rows: Those of a sheet.
        is_known: Whether a text is a heading; left out: one that is read without a mapping.

    Returns:
        The first row that holds anything, if one of its headings is known; else the first of the
        ten below it with two that are, if there is one. Where ``is_known`` guesses, a row that
        holds far more of them comes before one that holds a few. A row beneath belongs to them
        if half of its cells are headings as well, and a row above if it names groups of columns.
    """
    known = is_known or _reader()
    filled = [(line, _texts(row)) for line, row in rows[:_LOOKED_AT]]
    counted = [(line, sum(map(known, texts)), len(texts)) for line, texts in filled if texts][
        : 1 + _TITLES
    ]
    if not counted:
        return 1, 1
    most = max(count for _line, count, _cells in counted)
    if counted[0][1] and (is_known is None or counted[0][1] >= _FEW * most):
        at = 0
    else:
        enough = max(_ENOUGH, _FEW * most if is_known else 0)
        at = next((at for at, (_line, count, _cells) in enumerate(counted) if count >= enough), 0)
    first = counted[at][0]
    if at and counted[at - 1][0] == first - 1 and counted[at - 1][2] > _ENOUGH:
        return first - 1, first
    if at + 1 < len(counted):
        line, count, cells = counted[at + 1]
        if line == first + 1 and count >= _ENOUGH and 2 * count >= cells:
            return (line if _heads_alone(rows, first, line, known) else first), line
    return first, first


def _heads_alone(rows: Rows, first: int, last: int, known: Callable[[str], bool]) -> bool:
    """Return whether the lower of two rows says all that is known of the columns by itself."""
    lower, both = (headings_at(rows, line, last) for line in (last, first))
    texts = [str(cell) for cell in lower if cell is not None]
    filled = sum(cell is not None for cell in both)
    joined = sum(known(str(cell)) for cell in both if cell is not None)
    return len(texts) == filled == len(set(map(folded, texts))) and sum(map(known, texts)) >= joined


def headings_at(rows: Rows, first: int, last: int) -> list[Cell]:
    """Return the heading of each column; of several rows the texts above each other."""
    heads = [row for line, row in rows if first <= line <= last]
    if len(heads) == 1:
        return [*heads[0]]
    wide = max(map(len, heads), default=0)
    parts = (
        dict.fromkeys(
            str(row[place]).strip()
            for row in heads
            if place < len(row) and row[place] is not None and str(row[place]).strip()
        )
        for place in range(wide)
    )
    return [_ABOVE.join(each) or None for each in parts]


def numbered(headings: Sequence[Cell]) -> list[str]:
    """Return headings by which columns can be told apart: a second one of a text is its ``(2)``."""
    counts: Counter[str] = Counter()
    names = []
    for cell in headings:
        text = " ".join(str(cell).split()) if cell is not None else ""
        counts[folded(text)] += bool(text)
        times = counts[folded(text)]
        names.append(f"{text} ({times})" if times > 1 else text)
    return names


def _reader() -> Callable[[str], bool]:
    """Return what tells whether a text is a heading that is read without a mapping."""
    words = meant((*MAIN_COLUMNS, TITLE, AS_OF))
    return lambda text: path_of(words.get(text, text)) is not None


def _texts(row: Sequence[Cell]) -> list[str]:
    """Return the different texts in a row: merged cells hold one."""
    return list(
        dict.fromkeys(str(cell).strip() for cell in row if cell is not None and str(cell).strip())
    )


def _as(cell: Cell, words: Mapping[str, str]) -> Cell:
    """A heading in English; of one with a number the word before it."""
    if not isinstance(cell, str):
        return cell
    top, dot, number = cell.rpartition(".")
    if words.get(top) in NUMBERED and _is_place(number):
        return f"{words[top]}{dot}{number}"
    return words.get(cell, cell)


def _steps(text: str) -> Path:
    top, *rest = text.split(".")
    if top == "sources" and len(rest) >= _NAMED - 1:
        rest = [".".join(rest[:-1]), rest[-1]]
        return (top, *rest)
    return (top, *(int(step) - 1 if _is_place(step) else step for step in rest))


def _is_place(step: str) -> bool:
    return step.isascii() and step.isdigit() and not step.startswith("0") and len(step) < 5  # noqa: PLR2004


@cache
def other_headings() -> Mapping[str, str]:
    """Return the keys of columns by other words for them, in lower case."""
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    table = cast("Mapping[str, list[str]]", read_yaml(raw.decode(), _TABLE).data)
    known = {word: name for name, words in table.items() for word in words}
    return {**template_headings(), **known}
