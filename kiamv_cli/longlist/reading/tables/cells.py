"""What cells say, by the kind of their column, as people write it.

Spreadsheets hold numbers as people write them. Such a number is read where it can mean one thing
only, and that is remarked upon; what cannot be read is left as it is, and refused as a value later.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.files import composed, of_windows
from kiamv_cli.base.labels import loosely
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import parts_of
from kiamv_cli.formats.package_data import placeholder
from kiamv_cli.longlist.model.layout import UNKNOWN, parted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.formats.package_data import Meaning
    from kiamv_cli.formats.plain import Cell, Plain
    from kiamv_cli.longlist.model.layout import Kind

    Near = Callable[[str, Mapping[str, str]], str | None]


class Read(NamedTuple):
    """The value of a cell; ``remarks`` say what was made of it, where that is not plain.

    A number or an address that is ``None`` is not known, as if its cell were empty.
    """

    value: Plain
    remarks: tuple[Text, ...] = ()


def taken(text: str, value: Plain) -> Read:
    """Take a value for what was written, and say so."""
    return Read(value, (Text("K953.read-as", text=text, value=value),))


def shortened(text: str, value: Plain) -> Read:
    """Take a value for a part of what was written, and say so."""
    return Read(value, (Text("K967.read-as", text=text, value=value),))


def not_known(text: str) -> Read:
    """Take what was written for nothing that is known, and say so."""
    return Read(None, (Text("K953.read-as-not-known", text=text),))


_WHOLE = re.compile(r"-?(0|[1-9]\d{0,17})")

# 1.250.000 or 1 250 000, then perhaps ,00 or ,-; and the same with dot and comma changed round.
_DUTCH = re.compile(r"(\d{1,3}(?:[. ]\d{3}){1,5}|\d{1,18})(?:,(\d\d?|-+|=))?")

_ENGLISH = re.compile(r"(\d{1,3}(?:[, ]\d{3}){1,5}|\d{1,18})(?:\.(\d\d?))?")

_UNITS = {"k": 1_000, "duizend": 1_000, "thousand": 1_000}

_UNITS |= dict.fromkeys(("m", "mln", "mio", "miljoen", "million", "mn"), 1_000_000)

_UNITS |= dict.fromkeys(("mld", "mrd", "miljard", "billion", "bn"), 1_000_000_000)

_IN_UNITS = re.compile(r"(\d{1,6})([.,]\d{1,6})? ?([a-z]+)\.?")

_CURRENCY = re.compile(r"^(€|eur[ .]|euro )\s*|\s*(€|eur\.?|euro'?s?)$", re.IGNORECASE)

# Below this, 12,50 may as well be millions.
_SURE_OF_CENTS = 1_000

_MONTHS = (
    *("jan", "feb", "mar", "mrt", "maa", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt"),
    *("oct", "nov", "dec"),
)

_YEAR_FIRST = re.compile(r"([12]\d{3})[-/.]\d{1,2}([-/.]\d{1,2}([ T]\d{2}:\d{2}(:\d{2})?)?)?")

_YEAR_LAST = re.compile(r"(\d{1,2}[-/. ])?\d{1,2}[-/. ]([12]\d{3})( \d{1,2}:\d{2}(:\d{2})?)?")

_IN_WORDS = re.compile(r"(\d{1,2}\.?[- ])?([a-z]{3,9})\.?[- ]([12]\d{3})")


def amount(text: str) -> Read:
    """Read a whole number; 1,25 million is one as well, and p.m. is none."""
    if placeholder(text) == "unknown":
        return not_known(text)
    return Read(int(text)) if _WHOLE.fullmatch(text) else _as_people_write(text)


def amount_of(number: float) -> Read:
    """Read the number of a cell; the cents of an amount are left out."""
    if number.is_integer():
        return Read(int(number))
    return _rounded(str(number), Fraction(str(number))) or Read(number)


def year(text: str) -> Read:
    """Read a year, or that of a full date."""
    plain = " ".join(text.split())
    for pattern, group in ((_YEAR_FIRST, 1), (_YEAR_LAST, 2)):
        if found := pattern.fullmatch(plain):
            return shortened(text, int(found[group]))
    words = _IN_WORDS.fullmatch(plain.casefold())
    if words and words[2].startswith(_MONTHS):
        return shortened(text, int(words[3]))
    return amount(text)


def year_or_open(text: str) -> Read:
    """Read a year, or the word that there is no end."""
    if text.casefold() in {"open", "doorlopend", "ongoing", "onbepaald"}:
        return Read("open") if text.casefold() == "open" else taken(text, "open")
    return year(text)


def _as_people_write(text: str) -> Read:
    plain = _CURRENCY.sub("", " ".join(text.split())).strip()
    if _WHOLE.fullmatch(plain):
        return taken(text, int(plain))
    units = _IN_UNITS.fullmatch(plain.casefold())
    if units and units[3] in _UNITS:
        number = Fraction((units[1] + (units[2] or "")).replace(",", ".")) * _UNITS[units[3]]
        return taken(text, int(number)) if number.denominator == 1 else Read(text)
    for pattern in (_DUTCH, _ENGLISH):
        if found := pattern.fullmatch(plain):
            whole, cents = re.sub("[., ]", "", found[1]), re.sub(r"\D", "", found[2] or "")
            exact = Fraction(int(whole)) + Fraction(int(cents or 0), 10 ** len(cents))
            is_sure = len(cents) != 1 or exact.denominator == 1
            return (_rounded(text, exact) if is_sure else None) or Read(text)
    return Read(text)


def _rounded(text: str, exact: Fraction) -> Read | None:
    """Take a number; one with a part of a euro only where nothing else can be meant."""
    if exact.denominator == 1:
        return taken(text, int(exact))
    if exact < _SURE_OF_CENTS:
        return None
    euros = int(exact + Fraction(1, 2))
    return shortened(text, euros)


# The quotation marks of typewriters, of Word, and of French.
_QUOTES = "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a"


class _Codes(NamedTuple):
    value: list[Plain]
    remarks: tuple[Text, ...]


def words(text: str, names: Mapping[str, str], near: Near | None) -> Read:
    """Read several codes from one cell, whatever stands between them."""
    known = {*names, *map(loosely, names.values())}

    def is_known(word: str) -> bool:
        bare = _bare(word, names)
        return loosely(bare) in known or bool(near and near(bare, names))

    found = (word for part in parted(text) for word in parts_of(part, names, is_known))
    return Read(*_codes(found, names, near))


def word(text: str, names: Mapping[str, str], near: Near | None) -> Read:
    """Read the one code in a cell."""
    found = _codes([text.strip()], names, near)
    return Read(found.value[0], found.remarks)


def _codes(written: Iterable[str], names: Mapping[str, str], near: Near | None) -> _Codes:
    """Read words as the codes that they are, or are names of."""
    codes, remarks = list["Plain"](), list[Text]()
    for each in written:
        bare = _bare(each, names)
        known = names.get(loosely(bare), bare)
        found = near(bare, names) if near and known not in names.values() else None
        if found or bare != each:
            remarks += taken(each, found or known).remarks
        if found is None or found not in codes:
            codes.append(found or known)
    return _Codes(codes, tuple(remarks))


def _bare(word: str, names: Mapping[str, str]) -> str:
    """A word of a vocabulary without the quotation marks around it."""
    is_quoted = names and word[:1] in _QUOTES and word[-1:] in _QUOTES
    return word.strip(_QUOTES).strip() or word if is_quoted else word


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
        return _number(cell, kind, names, near)
    text, garbled = of_windows(composed(cell).replace("\r\n", "\n").replace("\r", "\n"))
    read = _read(text, kind, names, near)
    if not garbled:
        return read
    return read._replace(remarks=(Text("K953.garbled"), *read.remarks))


def _read(text: str, kind: Kind, names: Mapping[str, str], near: Near | None) -> Read:
    if kind in _TEXTS:
        return _TEXTS[kind](text)
    if kind in _READERS:
        return _READERS[kind](text.strip())
    return words(text, names, near) if kind == "words" else word(text, names, near)


def _number(cell: float, kind: Kind, names: Mapping[str, str], near: Near | None) -> Read:
    number = int(cell) if cell.is_integer() else cell
    if kind == "yes-no":
        return _yes_or_no(str(number))
    if names and kind in {"word", "words"}:
        return _read(str(number), kind, names, near)
    if kind == "number":
        return amount_of(cell)
    return Read(number) if kind in {"year", "year-or-open"} else _as_text(str(number), kind)


def _as_text(text: str, kind: Kind) -> Read:
    return Read([text] if kind in {"list", "words"} else text)


def _list(text: str) -> Read:
    return Read([*parted(text)])


def _text(text: str) -> Read:
    trimmed = text.strip()
    return Read(trimmed, () if text == trimmed else (Text("K953.blanks"),))


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


def cell_text(cell: Cell) -> str:
    """Return the text of a cell, as a mapping has it: whole numbers without decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell).strip()
