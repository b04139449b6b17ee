"""What spreadsheets call cells, columns and rows, and what they would take for a formula."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Tables in forms that are not read.
OTHER_TABLE_SUFFIXES = (".xlsb", ".numbers")
# Tables that are read: by what is in them, whatever they are called.
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".xls")
SAVE_AS = Text("hints.save-as-xlsx")
MOST_COLUMNS = 1 << 14

_MOST_ROWS = 1 << 20

_LETTERS = 26

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def column_name(column: int) -> str:
    """Return the letters of a column that is counted from 1: 28 is AB."""
    name = ""
    while column > 0:
        column, letter = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + letter) + name
    return name


def cell_name(line: int, column: int) -> str:
    """Return the name of a cell: row 2 and column 10 are J2."""
    return f"{column_name(column)}{line}"


def place_of(name: str) -> tuple[int, int]:
    """Return the row and the column of a cell, from 1: J2 is 2 and 10.

    Raises:
        ValueError: It is not the name of a cell that a spreadsheet can have.
    """
    found = _CELL.fullmatch(name)
    if not found:
        raise ValueError(name)
    column = 0
    for letter in found[1]:
        column = _LETTERS * column + ord(letter) - ord("A") + 1
    line = int(found[2])
    if line > _MOST_ROWS or column > MOST_COLUMNS:
        raise ValueError(name)
    return line, column


def spans(numbers: Iterable[int], name: Callable[[int], str] = str) -> list[str]:
    """Write numbers as they follow each other: 4, 7–9."""
    ordered = sorted(set(numbers))
    runs = groupby(enumerate(ordered), key=lambda each: each[1] - each[0])
    found = []
    for _offset, run in runs:
        first, *rest = (name(number) for _place, number in run)
        found.append(f"{first}–{rest[-1]}" if rest else first)
    return found


# What a spreadsheet reads as the start of a formula (OWASP, CSV injection); Excel in Japanese and
# Chinese also where these are as wide as its other signs.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

_GUARD = "'"


def guarded(text: str) -> str:
    """Put a ``'`` before text that could act as a formula; ``unguarded`` takes it away again."""
    return _GUARD + text if text.lstrip(_GUARD).startswith(_STARTS) else text


def unguarded(text: str) -> str:
    """Take away the ``'`` that keeps a text from being a formula, if it has one."""
    is_guarded = text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_STARTS)
    return text[1:] if is_guarded else text
