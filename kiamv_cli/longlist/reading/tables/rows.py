"""Rows of cells to ecosystems: what each cell says, by the kind of its column.

Spreadsheets hold numbers as people write them. Such a number is read where it can mean one thing
only, and that is remarked upon; what cannot be read is left as it is, and refused as a value later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast
from unicodedata import combining, normalize

from kiamv_cli.base.files import composed, of_windows
from kiamv_cli.base.language import _
from kiamv_cli.formats.placeholders import placeholder
from kiamv_cli.longlist.model.layout import ABSENT_PATH, SIDES, UNKNOWN, parted
from kiamv_cli.longlist.reading.tables.cells import (
    Read,
    amount,
    amount_of,
    not_known,
    taken,
    word,
    words,
    year,
    year_or_open,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.placeholders import Meaning
    from kiamv_cli.formats.plain import Path, Plain
    from kiamv_cli.longlist.model.layout import Kind
    from kiamv_cli.longlist.reading.tables.cells import Near
    from kiamv_cli.longlist.reading.tables.document import Table

# Earlier and shorter ways to write a province, without blanks and hyphens.
_SPELLINGS: Mapping[str, str] = {
    "drente": "drenthe",
    "overijsel": "overijssel",
    "brabant": "noordbrabant",
    "nbrabant": "noordbrabant",
    "nholland": "noordholland",
    "zholland": "zuidholland",
}

_BEFORE = re.compile(r"(provincie|prov\.?|province of) ", re.IGNORECASE)

# Shorter words (and, the) tell no theme from another.
_WORD = re.compile(r"[^\W\d_]{4,}")


def by_spelling(text: str, names: Mapping[str, str]) -> str | None:
    """Find a code by its name without hyphens and accents, in an earlier spelling, or by its end.

    Args:
        text: What was written.
        names: Codes by their names, in lower case.
    """
    plain = _plain(_BEFORE.sub("", text, count=1))
    found = {code for name, code in names.items() if _plain(name) == _SPELLINGS.get(plain, plain)}
    # What follows the country in a code of ISO 3166-2: ZH for NL-ZH.
    found |= {code for code in names.values() if plain and _plain(code.partition("-")[2]) == plain}
    return found.pop() if len(found) == 1 else None


def by_part(text: str, names: Mapping[str, str]) -> str | None:
    """Find the one code in whose name each longer word of a text stands, or begins a word.

    Args:
        text: What was written; ``None`` if it has no such word.
        names: Codes by their names, in lower case.
    """
    asked = _WORD.findall(text.casefold())
    found = {
        code
        for name, code in names.items()
        if asked and all(any(own.startswith(word) for own in _WORD.findall(name)) for word in asked)
    }
    return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    signs = normalize("NFKD", name.casefold())
    return "".join(sign for sign in signs if sign.isalnum() and not combining(sign))


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

_SIDES = {("partners", side) for side in SIDES}


class Value(NamedTuple):
    """The value of a cell, and where the cell is."""

    value: Plain
    mark: Mark


@dataclass(slots=True)
class Entry:
    """What the rows say of one ecosystem, by paths in which list indexes may leave gaps."""

    mark: Mark
    values: dict[Path, Value] = field(default_factory=dict)


def put_in(table: Table, base: Path, entry: Entry) -> dict[str, Plain]:
    """Make the ecosystem of an entry, and keep in the table where its values stand."""
    table.marks[base] = entry.mark
    said: dict[str, Plain] = {}
    places = _places(entry)
    for path, (value, mark) in _ordered(entry):
        closed = tuple(
            places[path[:at]].index(step) if isinstance(step, int) else step
            for at, step in enumerate(path)
        )
        meant = _partners(value) if path in _SIDES else value
        if meant is None:
            put(said, closed[:-1], {})
        else:
            put(said, closed, meant)
        table.keep((*base, *closed), meant, mark)
    for challenge in _listed(said.get("challenges")):
        if isinstance(challenge, dict):
            challenge.setdefault("theme", None)
    if "suggested_by" in said:
        said["suggested_by"] = [_suggestion(each) for each in _listed(said["suggested_by"])]
    return said


def _suggestion(suggestion: Plain) -> Plain:
    """Who suggested it is a word if nothing more is said."""
    return (
        suggestion["by"]
        if isinstance(suggestion, dict) and list(suggestion) == ["by"]
        else suggestion
    )


def _partners(names: Plain) -> Plain:
    return [name if isinstance(name, dict) else {"name": name} for name in _listed(names)]


def _listed(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _places(entry: Entry) -> dict[Path, list[int]]:
    """The list indexes that are used under each path, in order."""
    used: dict[Path, set[int]] = defaultdict(set)
    for path in entry.values:
        for at, step in enumerate(path):
            if isinstance(step, int):
                used[path[:at]].add(step)
    return {path: sorted(steps) for path, steps in used.items()}


def _ordered(entry: Entry) -> Iterator[tuple[Path, Value]]:
    """The values, items of lists in the order of their indexes."""
    return iter(
        sorted(
            ((path, value) for path, value in entry.values.items() if path != ABSENT_PATH),
            key=lambda each: [step for step in each[0] if isinstance(step, int)],
        )
    )


def put(values: dict[str, Plain], path: Path, value: Plain) -> None:
    """Set a value, making the lists and mappings that lead to it."""
    here: Plain = values
    for step, following in zip(path, (*path[1:], None), strict=True):
        fresh: Plain = value if following is None else [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if step == len(here):
                here.append(fresh)
            here = here[cast("int", step)]
        elif isinstance(here, dict):
            here = here.setdefault(str(step), fresh)


_LONGEST = 100

_TERM = re.compile(
    r"(?P<rest>.*?)[\s(,;:]*\b(?P<first>(19|20)\d\d)\s*"
    r"(-|\u2013|t/m|tot en met|tot|until|through|to)\s*(?P<last>(19|20)\d\d)\s*\)?",
    re.IGNORECASE,
)


def without_term(
    entry: Entry, path: Path, cell: str | float, mark: Mark
) -> tuple[str | float, str]:
    """Take the term out of a cell of a budget line, and keep it where nothing else is said.

    Returns:
        What is left of the cell, and what is to be said of it.
    """
    is_short = isinstance(cell, str) and len(cell) <= _LONGEST
    found = _TERM.fullmatch(str(cell).strip()) if is_short else None
    is_amount = path[-1] == "amount_eur"
    if path[0] != "budget" or not found or bool(found["rest"]) != is_amount:
        return cell, ""
    if path[-1] not in {"amount_eur", "from"}:
        return cell, ""
    for key, digits in (("from", found["first"]), ("until", found["last"])):
        entry.values.setdefault((*path[:-1], key), Value(int(digits), mark))
    told = _(
        "'{text}' gives the term as well: {first} up to and including {last}",
        text=cell,
        first=found["first"],
        last=found["last"],
    )
    return found["rest"] if is_amount else found["first"], told
