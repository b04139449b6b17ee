"""Which ecosystems are meant: ids or names, files of them, and whatever kiamv prints or writes.

The one reader of ids, for every option and argument that takes them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.files import bad_file, decode, is_file, read_file, read_rest
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text, joined
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.plain import Flaw, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.formats.document import Document, Syntax
    from kiamv_cli.formats.plain import Cell, Plain
    from kiamv_cli.formats.plain import Path as Place
    from kiamv_cli.longlist.model.lookup import Names

    Row = tuple[int, Sequence[Cell]]

# Where documents say who is selected, or whom they are about; the first that is there counts.
_PLACES: tuple[Place, ...] = (
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
_NOT_OF_ECOSYSTEMS = {"dimension", "stage", "step", "one", "by", "source", "code", "relaxation"}

# In which column tables have sets of ids, and in which row the set is the shortlist.
# Beside these ``member`` says who is on the shortlist, in a table that also has others.
_BESIDE_MEMBERS = {"replacement", "proposed"}

# Older tables called the shortlist ``selected``.
_SETS = (
    ("ids", "asked_for", "true"),
    ("selected", "asked_for", "true"),
    ("ids", "id", "shortlist"),
)

_SEVERAL = Text("K802.several-sets-or-none")

_DOCUMENT_HINT = Text("hints.give-shortlist-score-decision")


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


def _placed(document: Document, entries: Sequence[tuple[Place, str]]) -> list[Entry]:
    flaws = [Flaw(path=where, text=Text("K802.title")) for where, _text in entries]
    places = document.place(flaws)
    # Of what the reader complained about itself no place is given again.
    if len(places) != len(entries):
        return [Entry(text) for _where, text in entries]
    return [
        Entry(text, place.line, place.column)
        for (_where, text), place in zip(entries, places, strict=True)
    ]


def _ids_in(data: Plain, path: str) -> list[tuple[Place, str]]:
    places = [("tradeoffs", at, key) for at in _asked_for(data) for key in ("ids", "selected")]
    places += [("steps", at, "ids") for at in _last_step(data)]
    for place in ((), *_PLACES, *places):
        found = _named(_at(data, place), place)
        if found is not None:
            return found
    raise bad_file(path, _SEVERAL, _DOCUMENT_HINT)


def _at(data: Plain, place: Place) -> Plain:
    for step in place:
        if isinstance(data, dict):
            data = data.get(str(step))
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _named(value: Plain, base: Place) -> list[tuple[Place, str]] | None:
    """The ids of a list of texts, or of things that each have an id or belong to an ecosystem."""
    if isinstance(value, dict) and base[-1:] == ("ecosystems",):
        return [((*base, key), key) for key in value]
    if not isinstance(value, list):
        return None
    found: dict[str, Place] = {}
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
    known = {*_COLUMNS, "member", "selected", *_NOT_OF_ECOSYSTEMS}
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0].casefold()
    if not any(word.strip(' "\r') in {*_COLUMNS, "asked_for"} for word in _cut(first)):
        return None
    from kiamv_cli.longlist.reading.tables.csv_file import read_csv

    rows, _problems = read_csv(text.encode(), path, is_known=lambda each: each in known)
    (_line, head), *rest = rows
    columns = {str(cell or "").strip().casefold(): at for at, cell in enumerate(head)}
    if (found := _in_sets(rest, columns)) is not None:
        return found
    column = next((name for name in _COLUMNS if name in columns), None)
    if column is None or columns.keys() & _NOT_OF_ECOSYSTEMS:
        raise bad_file(path, _SEVERAL, _DOCUMENT_HINT)
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
        for key, column, value in _SETS
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
    of_shortlist = "member" in columns and columns.keys() & _BESIDE_MEMBERS
    mark = "member" if of_shortlist else "selected"
    return _cell(row, columns, mark).casefold() not in {"false", "no", "nee", "0", "onwaar"}


_SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".txt", ".yaml", ".yml")

# How many commas a name may hold, less one; and for how many unknown names a near one is sought.
_MOST_PIECES, _MOST_SOUGHT = 8, 20

_HINT = Text("hints.give-ids-names-commas")


class _Given(NamedTuple):
    """A word that stands for ecosystems, and where it stands."""

    entry: Entry
    path: str
    splits: bool  # whether commas may part several ids in it


def read_ids(
    source: str | Path | Iterable[str], names: Names, option: str = "ids"
) -> tuple[str, ...]:
    """Return the ids that are meant, each once, in the order in which they were given.

    Args:
        source: Ids or names, one or several with commas in each text; ``@`` and the name of a file,
            or its name alone; ``-`` for standard input. A file holds one on each line (``#``
            starts a comment), a list of them in JSON or YAML, or what kiamv writes: a
            shortlist, a score, a decision record, a long list, answers to a survey and the like.
        names: Who can be meant.
        option: Where they were given, for problems.

    Raises:
        BadInput: A name means no ecosystem or several (K713), a file cannot be read, or holds no
            ids (K802); it holds all problems.
    """
    texts = [source] if isinstance(source, (str, Path)) else source
    ids, problems = dict[str, None](), list[Problem]()
    for text in texts:
        try:
            for each in _given(text, names, option):
                ids |= dict.fromkeys(_meant(each, names, problems))
        except BadInput as bad:
            problems += bad.problems
    if problems:
        raise BadInput(problems)
    return tuple(ids)


def ids_in_file(place: Path, names: Names) -> tuple[str, ...]:
    """Return the ids in a file, as ``read_ids`` does; what means nobody stands as it is.

    So a file of earlier may name who is no longer there.

    Raises:
        BadInput: A name means several ecosystems (K713), the file cannot be read, or holds no ids.
    """
    ids, problems = dict[str, None](), list[Problem]()
    for each in _in_file(place, names):
        text = each.entry.text
        for part in _parts(text, names) if each.splits else (text,):
            meant = names.meant(part) or (part,)
            if len(meant) > 1:
                problems.append(_problem(part, meant, each, ()))
            ids |= dict.fromkeys(meant)
    if problems:
        raise BadInput(problems)
    return tuple(ids)


def _given(text: str | Path, names: Names, option: str) -> Iterator[_Given]:
    if isinstance(text, Path):
        yield from _in_file(text, names)
        return
    for part in _parts(text, names):
        if part == "-":
            raw = read_rest(sys.stdin.buffer, "<stdin>")
            yield from _in_text(decode(raw, "<stdin>"), "<stdin>", names)
        elif part.startswith("@"):
            yield from _in_file(Path(part[1:]), names)
        elif not names.meant(part) and _is_file(part):
            yield from _in_file(Path(part), names)
        else:
            yield _Given(Entry(part), option, splits=False)


def _parts(text: str, names: Names) -> Iterator[str]:
    """Part ids at commas; a name, or the name of a file, may hold some itself."""
    whole = text.strip()
    if whole and (names.meant(whole) or "," not in whole or _is_file(whole)):
        yield whole
        return
    pieces, at = whole.split(","), 0
    while at < len(pieces):
        lengths = range(min(len(pieces) - at, _MOST_PIECES), 1, -1)
        named = (n for n in lengths if names.meant(",".join(pieces[at : at + n])))
        length = next(named, 1)
        if part := ",".join(pieces[at : at + length]).strip():
            yield part
        at += length


def _is_file(text: str) -> bool:
    """Return whether a text names a file: there is one, or it ends as the names of files do."""
    return text.lower().endswith(_SUFFIXES) or is_file(Path(text.removeprefix("@")))


def _in_file(place: Path, names: Names) -> Iterator[_Given]:
    path = str(place)
    text = decode(read_file(place), path)
    if place.suffix.lower() in {".yaml", ".yml"}:
        found = [_Given(each, path, splits=False) for each in entries_of(text, path, "yaml")]
        yield from _or_refuse(found, path)
    else:
        yield from _in_text(text, path, names)


def _in_text(text: str, path: str, names: Names) -> Iterator[_Given]:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in {"{", "["}:
        found = [_Given(each, path, splits=False) for each in entries_of(text, path, "json")]
    elif (rows := rows_of(text, path)) is not None:
        found = [_Given(each, path, splits=False) for each in rows]
    else:
        found = [_Given(each, path, splits=True) for each in _lines(text)]
        if found and _is_another_table(found[0].entry.text, names):
            found = []
    yield from _or_refuse(found, path)


def _or_refuse(entries: list[_Given], path: str) -> list[_Given]:
    if not entries:
        raise bad_file(path, Text("K802.holds-no-ids-ecosystems"), _HINT)
    return entries


def _is_another_table(first: str, names: Names) -> bool:
    """Return whether a first line is one of headings rather than of names."""
    return "," in first and not any(names.meant(part) for part in _parts(first, names))


def _lines(text: str) -> Iterator[Entry]:
    for line, words in enumerate(text.splitlines(), start=1):
        if name := words.partition("#")[0].strip():
            yield Entry(name, line, 1 + len(words) - len(words.lstrip()))


def _meant(each: _Given, names: Names, problems: list[Problem]) -> Iterator[str]:
    text = each.entry.text
    for part in _parts(text, names) if each.splits else (text,):
        meant = names.meant(part)
        if len(meant) == 1:
            yield meant[0]
        else:
            seek = len(problems) < _MOST_SOUGHT
            problems.append(_problem(part, meant, each, names.nearest(part) if seek else ()))


def _problem(part: str, meant: tuple[str, ...], each: _Given, near: tuple[str, ...]) -> Problem:
    message = Text("K713.no-ecosystem-called", name=shown(part))
    hint = Text("K713.write-id-long-list")
    if len(meant) > 1:
        message = Text("K713.can-mean", name=shown(part), ids=", ".join(meant))
        hint = Text("hints.write-id-one-meant")
    elif near:
        hint = Text("hints.did-you-mean", meant=joined(near, Text("parts.or")))
    return Problem(
        text=message, advice=hint, path=each.path, line=each.entry.line, column=each.entry.column
    )
