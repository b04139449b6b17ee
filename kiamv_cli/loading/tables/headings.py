"""The heading of a column: which value of an ecosystem stands beneath it."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from pkgutil import get_data
from typing import TYPE_CHECKING, cast

from kiamv_cli.core.tables.layout import (
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
)
from kiamv_cli.language import _
from kiamv_cli.loading.hints import near
from kiamv_cli.loading.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from kiamv_cli.core.tables.layout import Path
    from kiamv_cli.loading.workbook import Cell

    Rows = Sequence[tuple[int, Sequence[Cell]]]

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


def suggestion_for(text: str) -> str:
    """Say what a heading that is not known may have meant."""
    known = [*MAIN_COLUMNS, *(f"{name}.1.{key}" for name in SHEETS for key in SHEETS[name].columns)]
    return near(text.strip().casefold(), [*known, *_others()]) or (
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
