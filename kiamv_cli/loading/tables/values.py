"""What a cell of a table says, by the kind of its column.

Spreadsheets hold numbers as people write them. Such a number is read where it can mean one thing
only, and that is remarked upon; what cannot be read is left as it is, and refused as a value later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.core.tables.cells import UNKNOWN, parted
from kiamv_cli.language import _
from kiamv_cli.loading.placeholders import placeholder
from kiamv_cli.loading.tables.cell import Read, not_known, taken
from kiamv_cli.loading.tables.codes import word, words
from kiamv_cli.loading.tables.numbers import amount, amount_of, year, year_or_open
from kiamv_cli.loading.text import composed, of_windows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiamv_cli.core.tables.layout import Kind
    from kiamv_cli.loading.placeholders import Meaning
    from kiamv_cli.loading.tables.codes import Near

_SAID = {UNKNOWN, "onbekend"}
# In a column of yes and no a letter says enough.
_LETTERS: Mapping[str, Meaning] = {"y": "yes", "j": "yes", "v": "yes", "n": "none"}
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
# What a browser takes for an address: www.example.org/page.
_HOST = re.compile(r"([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}(/\S*)?")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00")


def value_of(
    cell: str | float, kind: Kind, names: Mapping[str, str], near: Near | None = None
) -> Read:
    """Read a cell that is not empty.

    Args:
        cell: Its content.
        kind: What its column holds.
        names: Words that people use for the codes of the column, in lower case.
        near: Finds the code for a word that is none of these, if one only can be meant.
    """
    if isinstance(cell, bool):
        return Read(cell) if kind == "yes-no" else _as_text(str(cell).lower(), kind)
    if isinstance(cell, float):
        return _number(cell, kind)
    text, garbled = of_windows(composed(cell).replace("\r\n", "\n").replace("\r", "\n"))
    read = _read(text, kind, names, near)
    if not garbled:
        return read
    told = _("signs that were garbled on their way from Windows are read as they were meant")
    return read._replace(remark="; ".join(filter(None, (told, read.remark))))


def _read(text: str, kind: Kind, names: Mapping[str, str], near: Near | None) -> Read:
    if kind in _TEXTS:
        return _TEXTS[kind](text)
    if kind in _READERS:
        return _READERS[kind](text.strip())
    return words(text, names, near) if kind == "words" else word(text, names, near)


def _number(cell: float, kind: Kind) -> Read:
    number = int(cell) if cell.is_integer() else cell
    if kind == "yes-no":
        return _yes_or_no(str(number))
    if kind == "number":
        return amount_of(cell)
    return Read(number) if kind in {"year", "year-or-open"} else _as_text(str(number), kind)


def _as_text(text: str, kind: Kind) -> Read:
    return Read([text] if kind in {"list", "words"} else text)


def _list(text: str) -> Read:
    return Read([*parted(text)])


def _text(text: str) -> Read:
    trimmed = text.strip()
    return Read(trimmed, "" if text == trimmed else _("the blanks around it are left out"))


def _line(text: str) -> Read:
    """Read a name, which stands on one line."""
    if "\n" not in text.strip():
        return _text(text)
    return taken(text, " ".join(text.split()))


def _yes_or_no(text: str) -> Read:
    meaning = placeholder(text) or _LETTERS.get(text.casefold())
    if meaning == "unknown":
        return Read(None) if text.casefold() in _SAID else not_known(text)
    return Read(text if meaning is None else meaning == "yes")


def _date(text: str) -> Read:
    if midnight := _MIDNIGHT.fullmatch(text):
        return Read(midnight[1])
    if written := _DATE.fullmatch(text):
        day, month, of_year = written.groups()
        return taken(text, f"{of_year}-{month:0>2}-{day:0>2}")
    return Read(text)


def _address(text: str) -> Read:
    if placeholder(text):
        return not_known(text)
    return taken(text, f"https://{text}") if _HOST.fullmatch(text) else Read(text)


_TEXTS: Mapping[Kind, Callable[[str], Read]] = {"text": _text, "name": _line}
_READERS: Mapping[Kind, Callable[[str], Read]] = {
    "number": amount,
    "year": year,
    "year-or-open": year_or_open,
    "yes-no": _yes_or_no,
    "date": _date,
    "address": _address,
    "list": _list,
}
