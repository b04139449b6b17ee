"""The ids of ecosystems in documents: JSON, JSON Lines, YAML and CSV, by where kiamv puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.files import refusal
from kiamv_cli.base.language import N_, _
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.longlist.reading.tables.csv_file import read_csv

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.document import Document, Syntax
    from kiamv_cli.formats.plain import Cell, Path, Plain

    Row = tuple[int, Sequence[Cell]]

# Where documents say who is selected, or whom they are about; the first that is there counts.
_PLACES: tuple[Path, ...] = (
    ("final", "selected"),
    ("result", "selected"),
    ("selected",),
    ("ids",),
    ("invited",),
    ("ecosystems",),
    ("gaps",),
)
_COLUMNS = ("id", "ecosystem")
# A table in which these are headings is of something else, though it may have a column id.
_NOT_OF_ECOSYSTEMS = {"dimension", "stage", "step", "one", "by", "code"}
# In which column tables have sets of ids, and in which row the set is the shortlist.
_SETS = {"selected": ("asked_for", "true"), "ids": ("id", "shortlist")}
_SEVERAL = N_("it holds several sets of ecosystems, or none")
_HINT = N_("Give a shortlist, a score, a decision record, a long list, or ids")


class Entry(NamedTuple):
    """An id or a name as it stands in a file; ``line`` and ``column`` count from 1."""

    text: str
    line: int | None = None
    column: int | None = None


def entries_of(text: str, path: str, syntax: Syntax) -> list[Entry]:
    """Return the ids of a document that kiamv writes, or of a plain list.

    Raises:
        BadInput: Its syntax is broken, or it holds no one set of ecosystems (K802).
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if syntax == "json" and len(lines) > 1 and all(line.startswith("{") for line in lines[:2]):
        return [each for number, line in _numbered(text) for each in _in_line(line, path, number)]
    document = read_document(text.encode(), path, syntax)
    return _placed(document, _ids_in(document.data, path))


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    return ((at, line) for at, line in enumerate(text.split("\n"), start=1) if line.strip())


def _in_line(line: str, path: str, number: int) -> list[Entry]:
    """The ecosystem of a line of JSON Lines; the heading of a list has none."""
    document = read_document(line.encode(), path, "json", number)
    found = document.data.get("id") if isinstance(document.data, dict) else None
    return _placed(document, [(("id",), found)]) if isinstance(found, str) else []


def _placed(document: Document, found: Sequence[tuple[Path, str]]) -> list[Entry]:
    flaws = [Flaw(code="K713", path=where, message="") for where, _text in found]
    places = document.place(flaws)
    # Of what the reader complained about itself no place is given again.
    if len(places) != len(found):
        return [Entry(text) for _where, text in found]
    return [
        Entry(text, place.line, place.column)
        for (_where, text), place in zip(found, places, strict=True)
    ]


def _ids_in(data: Plain, path: str) -> list[tuple[Path, str]]:
    places = [("tradeoffs", at, "selected") for at in _asked_for(data)]
    places += [("steps", at, "ids") for at in _last_step(data)]
    for place in ((), *_PLACES, *places):
        found = _named(_at(data, place), place)
        if found is not None:
            return found
    raise refusal("K802", path, _(_SEVERAL), _(_HINT))


def _at(data: Plain, place: Path) -> Plain:
    for step in place:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _named(value: Plain, base: Path) -> list[tuple[Path, str]] | None:
    """The ids of a list of texts, or of things that each have an id or belong to an ecosystem."""
    if isinstance(value, dict) and base[-1:] == ("ecosystems",):
        return [((*base, key), key) for key in value]
    if not isinstance(value, list):
        return None
    found: dict[str, Path] = {}
    for at, each in enumerate(value):
        key = next((key for key in _COLUMNS if isinstance(each, dict) and key in each), None)
        text = each.get(key) if isinstance(each, dict) and key else each
        if not isinstance(text, str):
            return None
        found.setdefault(text, (*base, at, key) if key else (*base, at))
    return [(place, text) for text, place in found.items()]


def _asked_for(data: Plain) -> list[int]:
    """The trade-off that is the shortlist as asked for."""
    return [
        at
        for at, each in enumerate(_rows(data, "tradeoffs"))
        if isinstance(each, dict) and each.get("asked_for")
    ]


def _last_step(data: Plain) -> list[int]:
    """The last box of a flow."""
    steps = _rows(data, "steps")
    return [len(steps) - 1] if steps else []


def _rows(data: Plain, key: str) -> list[Plain]:
    rows = data.get(key) if isinstance(data, dict) else None
    return rows if isinstance(rows, list) else []


def rows_of(text: str, path: str) -> list[Entry] | None:
    """Return the ids of a table in CSV; ``None`` if it is none.

    Of a shortlist with its near misses only those that are selected count.

    Raises:
        BadInput: The CSV is broken, or is not about ecosystems (K802).
    """
    known = {*_COLUMNS, "selected", *_NOT_OF_ECOSYSTEMS}
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0].casefold()
    if not any(word.strip(' "\r') in {*_COLUMNS, "asked_for"} for word in _cut(first)):
        return None
    rows, _problems = read_csv(text.encode(), path, is_known=lambda each: each in known)
    (_line, head), *rest = rows
    columns = {str(cell or "").strip().casefold(): at for at, cell in enumerate(head)}
    if (found := _in_sets(rest, columns)) is not None:
        return found
    column = next((name for name in _COLUMNS if name in columns), None)
    if column is None or columns.keys() & _NOT_OF_ECOSYSTEMS:
        raise refusal("K802", path, _(_SEVERAL), _(_HINT))
    entries: dict[str, Entry] = {}
    for number, row in rest:
        if (name := _cell(row, columns, column)) and _is_in(row, columns):
            entries.setdefault(name, Entry(name, number, columns[column] + 1))
    return [*entries.values()]


def _in_sets(rows: Sequence[Row], columns: Mapping[str, int]) -> list[Entry] | None:
    """Of sets in a row each, with blanks between ids: the shortlist, if there is one."""
    marked = [
        (line, row, key)
        for line, row in rows
        for key, (column, value) in _SETS.items()
        if key in columns and column in columns and _cell(row, columns, column).casefold() == value
    ]
    if len(marked) != 1:
        return None
    line, row, key = marked[0]
    return [Entry(each, line, columns[key] + 1) for each in _cell(row, columns, key).split()]


def _cut(head: str) -> list[str]:
    for separator in (";", "\t"):
        head = head.replace(separator, ",")
    return head.split(",")


def _cell(row: Sequence[Cell], columns: Mapping[str, int], name: str) -> str:
    at = columns.get(name, len(row))
    return str(row[at]).strip() if at < len(row) and row[at] is not None else ""


def _is_in(row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    return _cell(row, columns, "selected").casefold() not in {"false", "no", "nee", "0", "onwaar"}
