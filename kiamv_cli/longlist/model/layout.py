"""Which column of a table holds what of an ecosystem; an ecosystem as cells.

A path names a value of an ecosystem by keys and list indexes (from 0). As a heading, its steps
are joined by dots, and indexes count from 1: ``challenges.2.what``. In a workbook each list of
facts has a sheet of its own instead, with a row per fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from kiamv_cli.base.labels import LANGUAGES, folded
from kiamv_cli.base.text import Text, table
from kiamv_cli.longlist.model.longlist import as_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.base.labels import Language
    from kiamv_cli.base.value import Written
    from kiamv_cli.longlist.model.longlist import Ecosystem

Path: TypeAlias = "tuple[str | int, ...]"
Kind = Literal[
    "text",
    "name",
    "word",
    "address",
    "number",
    "year",
    "yes-no",
    "year-or-open",
    "date",
    "list",
    "words",
]
"""What a cell holds: free text, or a name; a word of a vocabulary; several names (``list``) or
words, separated by ``;`` or line breaks."""

MAIN_SHEET, LIST_SHEET = "ecosystems", "longlist"
ABOUT_SHEET, CHOICES_SHEET = "columns", "choices"
TITLE, AS_OF = "longlist.title", "longlist.as_of"
ATTRIBUTES = "attributes"
ABSENT = "absent"
"""The column that tells of which facts somebody looked and found none."""
ABSENT_PATH: Path = (ABSENT,)

INTERNAL_PATH: Path = ("internal",)
"""Several columns may hold remarks for the team; together they are one."""

SIDES = ("industry", "government", "research", "citizens")
_LITERAL: Mapping[str, Kind] = {"literal": "yes-no"}
_FACT: Mapping[str, Kind] = {
    "source": "word",
    "confirmed_by": "words",
    "since": "year",
    "until": "year",
    **_LITERAL,
}
# Several of these get a column each, so that every cell can have a drop-down list.
NUMBERED: Mapping[str, Kind] = {"provinces": "word", "themes": "word"}
_MAIN: Mapping[str, Kind] = {
    "id": "word",
    "name": "name",
    "aliases": "list",
    "named_in_study": "words",
    "seat": "name",
    "provinces": "words",
    "scope": "word",
    "themes": "words",
    **{f"partners.{side}": "list" for side in SIDES},
    "founded": "year",
    "end_date": "year-or-open",
    "website": "address",
    "lead.who": "name",
    "lead.kind": "word",
    "lead.source": "word",
    "lead.literal": "yes-no",
    "suggested_by": "list",
    ABSENT: "words",
    "note": "text",
    "internal": "text",
    **_LITERAL,
}
# Columns that stand in a workbook only where one of its ecosystems has them.
SELDOM = frozenset({"internal", "literal", "lead.literal", "grade"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """A sheet of a workbook with a row per fact.

    ``keys`` are columns that say where in the ecosystem the fact belongs (the side of a partner);
    ``listed`` tells whether several can be there, in order.
    """

    name: str
    keys: tuple[str, ...] = ()
    listed: bool = True
    columns: Mapping[str, Kind]

    def path(self, steps: tuple[str, ...], place: int) -> Path:
        """Where the fact of a row belongs; ``place`` orders those of a list."""
        return (self.name, *steps, *((place,) if self.listed else ()))

    @property
    def depth(self) -> int:
        """How many steps of a path lead to one of its facts."""
        return 1 + len(self.keys) + self.listed


_FINDING: Mapping[str, Kind] = {"what": "text", **_FACT}
SHEETS: Mapping[str, SheetLayout] = {
    each.name: each
    for each in (
        SheetLayout(name="challenges", columns={"what": "text", "theme": "word", **_FACT}),
        SheetLayout(name="life_domains", columns={"domain": "word", **_FACT}),
        SheetLayout(name="comparable_elsewhere", columns=_FINDING),
        SheetLayout(
            name="budget",
            columns={
                "own": "yes-no",
                "amount_eur": "number",
                "from": "year",
                "until": "year",
                "funders": "list",
                "note": "text",
                "source": "word",
                "confirmed_by": "words",
                "since": "year",
                **_LITERAL,
            },
        ),
        SheetLayout(name="partners", keys=("side",), columns={"name": "name", **_FACT}),
        SheetLayout(name="maturity", columns=_FINDING),
        # Bare values have a column of the main sheet each.
        SheetLayout(
            name=ATTRIBUTES,
            keys=("attribute",),
            columns={"value": "word", "low": "word", "high": "word", **_FINDING},
        ),
        SheetLayout(
            name="suggested_by",
            columns={"by": "name", "via": "name", "date": "date", "wording": "name", **_LITERAL},
        ),
        SheetLayout(
            name="verdicts",
            keys=("criterion",),
            listed=False,
            columns={
                "verdict": "word",
                "grade": "word",
                "by": "name",
                "date": "date",
                "reason": "text",
                **{f"parts.{side}": "word" for side in SIDES},
                **_LITERAL,
            },
        ),
        SheetLayout(
            name="sources",
            keys=("key",),
            listed=False,
            columns={
                "title": "name",
                "publisher": "name",
                "url": "address",
                "year": "year",
                "read": "word",
                **_LITERAL,
            },
        ),
    )
}
MAIN_COLUMNS = tuple(_MAIN)


def spelled(text: str) -> str:
    """Return a heading, or the name of a sheet, in the current language: ``opgaven.2.wat``."""
    known = table("headings")
    steps = (Text(f"headings.{step}") if step in known else step for step in text.split("."))
    return ".".join(map(str, steps))


def meant(headings: Iterable[str]) -> dict[str, str]:
    """Return the heading, or the sheet, that is meant by each way to spell it."""
    known, words = tuple(headings), table("headings")
    return {
        ".".join(words[step][language] if step in words else step for step in text.split(".")): text
        for language in reversed(LANGUAGES)
        for text in known
    }


def heading(path: Path) -> str:
    """Write a path as the heading of a column."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path)


def kind_of(path: Path) -> Kind | None:
    """What a cell at a path holds; ``None`` if there is no such path."""
    main = _MAIN.get(heading(path))
    if main or not path:
        return main
    top, *rest = path
    if top == ATTRIBUTES and len(rest) == 1:
        return "word"
    if top in NUMBERED and len(rest) == 1 and isinstance(rest[0], int):
        return NUMBERED[str(top)]
    sheet = SHEETS.get(str(top))
    if not sheet or len(path) <= sheet.depth:
        return None
    if isinstance(path[sheet.depth - 1], int) != sheet.listed:
        return None
    return sheet.columns.get(heading(path[sheet.depth :]))


Cell: TypeAlias = "str | int | bool"

SEPARATOR = ";"
_SPECIAL = {"\\", SEPARATOR, "\n"}
UNKNOWN = "unknown"


def cells_of(ecosystem: Ecosystem, *, internal: bool = False) -> dict[Path, Cell]:
    """Return the cells of an ecosystem by their paths, in the order of its keys.

    What is not there has no cell; the lists that are empty are named in the cell ``absent``.
    ``internal`` is as for ``as_written``.
    """
    found: dict[Path, Cell] = {}
    absent: list[Written] = []
    written = as_written(ecosystem, internal=internal)
    attributes = written.get(ATTRIBUTES)
    if isinstance(attributes, dict):
        written[ATTRIBUTES] = {name: _in_rows(value) for name, value in attributes.items()}
    for path, value in _leaves((), written):
        if value == {}:
            # A budget line of which nothing is known.
            found[*path, "own"] = UNKNOWN
        elif value == []:
            absent.append(heading(path))
        elif isinstance(value, list):
            found[path] = joined(value)
        elif isinstance(value, (str, int)):
            found[path] = value
    return {**found, ABSENT_PATH: joined(absent)} if absent else found


def _in_rows(value: Written) -> Written:
    """A bare value as it is; all that says more as a list of values."""
    if isinstance(value, dict):
        return [value]
    if not isinstance(value, list):
        return value
    return [each if isinstance(each, dict) else {"value": each} for each in value]


def joined(words: list[Written]) -> str:
    r"""Write several texts in one cell: ``a; b``.

    A ``;``, a line break or a ``\`` within one gets a ``\``.
    """
    escaped = (re.sub(r"([\\;\n])", r"\\\1", str(word)) for word in words)
    return f"{SEPARATOR} ".join(escaped)


def parted(text: str) -> list[str]:
    """Read several texts from one cell, as ``joined`` wrote them; blanks around them are let go.

    Line breaks part them as ``;`` does.
    """
    parts, escaped = [""], False
    for sign in text:
        if escaped or sign not in _SPECIAL:
            parts[-1] += sign if sign in _SPECIAL or not escaped else f"\\{sign}"
            escaped = False
        elif sign == "\\":
            escaped = True
        else:
            parts.append("")
    parts[-1] += "\\" if escaped else ""
    return [part.strip() for part in parts if part.strip()]


def _leaves(path: Path, value: Written) -> Iterator[tuple[Path, Written]]:
    if isinstance(value, dict) and value:
        for key, each in value.items():
            yield from _leaves((*path, key), each)
    elif isinstance(value, list) and value and _by_number(path):
        for index, each in enumerate(value):
            yield from _leaves(_where((*path, index), each), each)
    else:
        yield path, value


def _by_number(path: Path) -> bool:
    """Whether the list at a path has a column or a row for each item."""
    return path[0] in NUMBERED or (
        str(path[0]) in SHEETS and len(path) == SHEETS[str(path[0])].depth - 1
    )


def _where(path: Path, value: Written) -> Path:
    """A suggestion that is a word stands where the longer form says who."""
    return (*path, "by") if path[0] == "suggested_by" and isinstance(value, str) else path


# How many columns a workbook to fill in has of what can be several.
_TIMES = {"provinces": 3, "themes": 2, "challenges": 2, "life_domains": 2}
_TIMES |= {"comparable_elsewhere": 2, "maturity": 2, "budget": 1}


def template_columns() -> dict[str, str]:
    """Return the columns of a workbook to fill in, in their order: keys, and those of their texts.

    ``provinces.1`` has the texts of ``provinces``, ``challenges.2.what`` those of
    ``challenges.what``.
    """
    found: dict[str, str] = {}
    tops = dict.fromkeys(key.partition(".")[0] for key in table("template"))
    for top in tops:
        keys = [key for key in table("template") if key.partition(".")[0] == top]
        for number in range(_TIMES.get(top, 0)) if top in _TIMES else (None,):
            for key in keys:
                rest = key.partition(".")[2]
                steps = [
                    top,
                    *([] if number is None else [str(number + 1)]),
                    *([rest] if rest else []),
                ]
                found[".".join(steps)] = key
    return found


def template_heading(column: str, language: Language) -> str:
    """Return what a column of a workbook to fill in is headed, ``Provincie 2``."""
    name = str(table("template")[template_columns()[column]]["heading"][language])
    number = next((step for step in column.split(".") if step.isdecimal()), "")
    several = _TIMES.get(column.partition(".")[0], 1) > 1
    return f"{name} {number}" if several else name


def template_headings() -> dict[str, str]:
    """Return the columns of a workbook to fill in by their headings in each language, folded."""
    return {
        folded(template_heading(column, language)): column
        for language in LANGUAGES
        for column in template_columns()
    }


def template_examples() -> set[str]:
    """Return the names of the example in a workbook to fill in, folded."""
    return {folded(table("template")["name"]["example"][language]) for language in LANGUAGES}
