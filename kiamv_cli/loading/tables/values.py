"""What a cell of a table says, by the kind of its column.

Spreadsheets hold numbers as people write them. Such a number is read where it can mean one thing
only, and that is remarked upon; what cannot be read is left as it is, and refused as a value later.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.core.tables.cells import UNKNOWN, parted
from kiamv_cli.language import _
from kiamv_cli.loading.placeholders import placeholder
from kiamv_cli.loading.text import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.core.tables.layout import Kind
    from kiamv_cli.loading.placeholders import Meaning
    from kiamv_cli.loading.plain import Plain

    Near = Callable[[str, Mapping[str, str]], str | None]

_SAID = {UNKNOWN, "onbekend"}
# In a column of yes and no a letter says enough.
_LETTERS: Mapping[str, Meaning] = {"y": "yes", "j": "yes", "v": "yes", "n": "none"}
_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")
# 1.250.000 or 1 250 000, then perhaps ,00 or ,-; and the same with dot and comma changed round.
_DUTCH = re.compile(r"\d{1,3}([. ]\d{3})*(,(0+|-))?|\d+,(0+|-)")
_ENGLISH = re.compile(r"\d{1,3}(,\d{3})+(\.0+)?|\d+\.0+")
_MILLIONS = re.compile(r"(\d{1,6})([.,]\d{1,6})?( mln\.?| miljoen| million)")
_CURRENCY = re.compile(r"^(€|eur)\s*|\s*(€|euro?)$", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
# What a browser takes for an address: www.example.org/page.
_HOST = re.compile(r"([^\W_]([\w-]*[^\W_])?\.)+[^\W\d_]{2,}(/\S*)?")
_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00:00")


class Read(NamedTuple):
    """The value of a cell; ``remark`` says what was made of it, where that is not plain.

    A number or an address that is ``None`` is not known, as if its cell were empty.
    """

    value: Plain
    remark: str = ""


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
        return Read(cell) if kind == "yes-no" else Read(str(cell).lower())
    if isinstance(cell, float):
        number = _number(cell, kind)
        return _yes_or_no(str(number.value)) if kind == "yes-no" else number
    text = composed(cell)
    if kind == "text":
        return Read(text.strip(), _trimmed(text))
    if kind in _READERS:
        return _READERS[kind](text.strip())
    if kind == "words":
        found = _codes([word for part in parted(text) for word in _words(part, names)], names, near)
        return Read(*found)
    word = _codes([text.strip()], names, near)
    return Read(word.value[0], word.remark)


class _Codes(NamedTuple):
    value: list[Plain]
    remark: str


def _codes(words: Iterable[str], names: Mapping[str, str], near: Near | None) -> _Codes:
    """Read words as the codes that they are, or are names of."""
    codes, remarks = list["Plain"](), list[str]()
    for word in words:
        known = names.get(word.casefold(), word)
        found = near(word, names) if near and known not in names.values() else None
        if found:
            remarks.append(_taken(word, found).remark)
        if found is None or found not in codes:
            codes.append(found or known)
    return _Codes(codes, "; ".join(remarks))


def _number(cell: float, kind: Kind) -> Read:
    number = int(cell) if cell.is_integer() else cell
    return Read(number if kind in {"number", "year-or-open"} else str(number))


def _words(text: str, names: Mapping[str, str]) -> list[str]:
    """Words that may also be separated by commas, which a name may hold itself."""
    words, left = [], text.split(",")
    while left:
        joined = (",".join(left[:length]).strip() for length in range(len(left), 0, -1))
        found = next((each for each in joined if each.casefold() in names), left[0].strip())
        words += [found] if found else []
        left = left[found.count(",") + 1 :]
    return words


def _list(text: str) -> Read:
    return Read([*parted(text)])


def _year_or_open(text: str) -> Read:
    return Read("open") if text.casefold() == "open" else _amount(text)


def _trimmed(text: str) -> str:
    return "" if text == text.strip() else _("the blanks around it are left out")


def _amount(text: str) -> Read:
    """Read a whole number; 1,25 million is one as well, and p.m. is none."""
    if placeholder(text) == "unknown":
        return _not_known(text)
    return Read(int(text)) if _WHOLE.fullmatch(text) else _as_people_write(text)


def _as_people_write(text: str) -> Read:
    plain = _CURRENCY.sub("", " ".join(text.split())).strip()
    if _WHOLE.fullmatch(plain):
        return _taken(text, int(plain))
    millions = _MILLIONS.fullmatch(plain.casefold())
    if millions:
        number = Fraction((millions[1] + (millions[2] or "")).replace(",", ".")) * 1_000_000
        return _taken(text, int(number)) if number.denominator == 1 else Read(text)
    if _DUTCH.fullmatch(plain):
        return _taken(text, int(re.sub("[. ]", "", plain.split(",")[0])))
    if _ENGLISH.fullmatch(plain):
        return _taken(text, int(plain.split(".")[0].replace(",", "")))
    return Read(text)


def _taken(text: str, value: Plain) -> Read:
    return Read(value, _("'{text}' is read as {value}", text=text, value=value))


def _yes_or_no(text: str) -> Read:
    meaning = placeholder(text) or _LETTERS.get(text.casefold())
    if meaning == "unknown":
        return Read(None) if text.casefold() in _SAID else _not_known(text)
    return Read(text if meaning is None else meaning == "yes")


def _date(text: str) -> Read:
    if midnight := _MIDNIGHT.fullmatch(text):
        return Read(midnight[1])
    if written := _DATE.fullmatch(text):
        day, month, year = written.groups()
        return _taken(text, f"{year}-{month:0>2}-{day:0>2}")
    return Read(text)


def _not_known(text: str) -> Read:
    return Read(None, _("'{text}' is read as not known", text=text))


def _address(text: str) -> Read:
    if placeholder(text):
        return _not_known(text)
    return _taken(text, f"https://{text}") if _HOST.fullmatch(text) else Read(text)


_READERS: Mapping[Kind, Callable[[str], Read]] = {
    "number": _amount,
    "year-or-open": _year_or_open,
    "yes-no": _yes_or_no,
    "date": _date,
    "address": _address,
    "list": _list,
}
