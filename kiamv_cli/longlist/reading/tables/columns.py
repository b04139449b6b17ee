"""The row of headings: which column holds what, and which are left out."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import _
from kiamv_cli.base.text import worded
from kiamv_cli.formats.hints import near, shown
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    INTERNAL_PATH,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    NUMBERED,
    SHEETS,
    TITLE,
    kind_of,
    meant,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from kiamv_cli.base.text import Text
    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Cell, Path
    from kiamv_cli.longlist.reading.tables.document import Table

    Rows = Sequence[tuple[int, Sequence[Cell]]]


class Ignored:
    """Tells whether a heading is among them, and knows which of them matched none so far.

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

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Those that were no heading of any table read with this, as they were given."""
        return tuple(each for key, each in self._headings.items() if key not in self._matched)


_TABLE = "headings.yaml"

# Provincie(s), partner(en), Naam*.
_ENDINGS = re.compile(r"\((s|'s|n|en|es)\)")

_SCOPES: Mapping[str, str] = {
    "gemeentelijk": "municipal",
    "lokaal": "municipal",
    "provinciaal": "provincial",
    "bovenprovinciaal": "multi-provincial",
    "interprovinciaal": "multi-provincial",
    "landelijk": "national",
    "nationaal": "national",
}

# The fewest steps of a heading whose middle is a name of people's own, which may hold dots.
_NAMED = 3

# How far below titles people put their headings, and how many known ones make a row of headings.
_TITLES, _ENOUGH = 10, 2


def path_of(text: str) -> Path | None:
    """Read a heading: a path with dots, or another word for one; ``None`` if it is neither."""
    words = " ".join(text.casefold().split())
    bare = _ENDINGS.sub("", words).strip(" :*")
    tried = (text, _others().get(words, ""), words.replace(" ", "_"), _others().get(bare, ""), bare)
    return next((path for path in map(_steps, tried) if kind_of(path)), None)


def heading_of(path: Path) -> str:
    """Write the path of a column as a heading; places in lists count from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def scope_words() -> Mapping[str, str]:
    """Give other words for the values of scope, in lower case."""
    return _SCOPES


def suggestion_for(text: str) -> Text:
    """Say what a heading that is not known may have meant."""
    known = [*MAIN_COLUMNS, *(f"{name}.1.{key}" for name in SHEETS for key in SHEETS[name].columns)]
    return near(text.strip().casefold(), [*known, *_others()]) or worded(
        _("Rename it, or leave it out with --ignore-column")
    )


def sheet_names() -> Mapping[str, str]:
    """Give the names of sheets in the code by what they are called in any language."""
    return meant((MAIN_SHEET, LIST_SHEET, ABOUT_SHEET, CHOICES_SHEET, *SHEETS))


def in_english(sheets: Mapping[str, Rows], ignored: Container[str] = ()) -> dict[str, Rows]:
    """Give sheets with the names and headings of the code, whatever language wrote them.

    Args:
        sheets: Rows by the name of their sheet.
        ignored: Headings that stay as they are.
    """
    names = sheet_names()
    main = meant((*MAIN_COLUMNS, TITLE, AS_OF))
    found = {}
    for spelling, rows in sheets.items():
        name = names.get(spelling, spelling)
        if name in SHEETS:
            sheet = SHEETS[name]
            words = meant(("id", *sheet.keys, *sheet.columns))
        else:
            words = main
        keyed = name == LIST_SHEET
        found[name] = _keyed(rows, words) if keyed else _headed(rows, words, ignored)
    return found


def headings_below(rows: Rows) -> int | None:
    """Find the line of the headings where they seem to stand beneath a title.

    Args:
        rows: Those of the main sheet.

    Returns:
        ``None`` if the first row that holds anything has a heading that is known, or none of the
        next ten has two.
    """
    words = meant((*MAIN_COLUMNS, TITLE, AS_OF))
    filled = (each for each in rows if any(cell is not None for cell in each[1]))
    counted = [
        (line, sum(path_of(words.get(str(cell), str(cell))) is not None for cell in row))
        for line, row in islice(filled, 1 + _TITLES)
    ]
    if not counted or counted[0][1]:
        return None
    return next((line for line, known in counted if known >= _ENOUGH), None)


def _keyed(rows: Rows, words: Mapping[str, str]) -> Rows:
    """Rows that begin with what they tell of."""
    return [(line, [*(_as(cell, words) for cell in row[:1]), *row[1:]]) for line, row in rows]


def _headed(rows: Rows, words: Mapping[str, str], ignored: Container[str]) -> Rows:
    """Rows of which the first that holds anything is the head."""
    filled = (at for at, (_line, row) in enumerate(rows) if any(cell is not None for cell in row))
    head = next(filled, -1)
    return [
        (
            line,
            [cell if cell in ignored else _as(cell, words) for cell in row] if at == head else row,
        )
        for at, (line, row) in enumerate(rows)
    ]


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
def _others() -> Mapping[str, str]:
    raw = get_data(__package__, _TABLE)
    assert raw is not None
    table = cast("Mapping[str, list[str]]", read_yaml(raw.decode(), _TABLE).data)
    return {word: name for name, words in table.items() for word in words}


def columns_of(
    table: Table,
    headings: Sequence[Cell],
    typed: Sequence[Cell],
    ignored: Container[str],
    at: Mark,
) -> dict[int, Path]:
    """Tell which column holds what, and note in the table where that is not known.

    Args:
        table: That of the headings.
        headings: In English, or as people head their own lists.
        typed: The same, as they stand in the file.
        ignored: Those that are passed over.
        at: The place of the first.

    Returns:
        The path of what a column holds, by its place from 0.
    """
    found: dict[int, Path] = {}
    seen: dict[Path, str] = {}
    for place, cell in enumerate(headings):
        mark = at._replace(column=place + 1)
        text = "" if cell is None else str(cell)
        path = (text,) if text in {TITLE, AS_OF} else path_of(text)
        if not text.strip() or text in ignored:
            continue
        if path is None:
            told = _("the column {name} is not known", name=shown(text))
            table.note("K701", mark, told, str(suggestion_for(text)))
        elif path in seen and path != INTERNAL_PATH:
            _tell_twice(table, mark, (seen[path], str(typed[place])), path)
        else:
            seen.setdefault(path, str(typed[place]))
            found[place] = path
    return found


def _tell_twice(table: Table, mark: Mark, names: tuple[str, str], path: Path) -> None:
    first, name = map(shown, names)
    told = _(
        "the columns {first} and {name} are both read as {key}",
        first=first,
        name=name,
        key=heading_of(path),
    )
    hint = _("Keep one of them, or head the other by the key it is (docs/tables.md)")
    table.note("K702", mark, told, hint)


def tell_headings(
    table: Table, headings: Sequence[Cell], columns: Mapping[int, Path], at: Mark
) -> None:
    """Say what columns were taken for, where they are not headed by a key."""
    meant = (
        (" ".join(str(headings[place]).split()), heading_of(path))
        for place, path in columns.items()
    )
    taken = [
        _("{name} as {key}", name=text, key=key)
        for text, key in meant
        if "_".join(text.casefold().split()) != key
    ]
    if taken:
        told = _("columns are read by their names: {columns}", columns=", ".join(taken))
        hint = _("If one of them is something else, head it by the key it is (docs/tables.md)")
        table.note("K956", at, told, hint, "warning")
