"""Which ecosystems are meant: ids or names, files of them, and whatever kiamv prints or writes.

The one reader of ids, for every option and argument that takes them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.files import decode, is_file, read_file, read_rest, refusal
from kiamv_cli.base.language import N_, _
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.hints import shown
from kiamv_cli.longlist.reading.id_documents import Entry, entries_of, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.longlist.model.names import Names

_SUFFIXES = (".json", ".jsonl", ".ndjson", ".csv", ".txt", ".yaml", ".yml")
# How many commas a name may hold, less one; and for how many unknown names a near one is sought.
_MOST_PIECES, _MOST_SOUGHT = 8, 20
_HINT = N_("Give ids or names with commas, @FILE, or what kiamv prints as json or csv")


class _Given(NamedTuple):
    """A word that stands for ecosystems, and where it stands."""

    entry: Entry
    path: str
    splits: bool  # whether commas may part several ids in it


def read_ids(
    given: str | Path | Iterable[str], names: Names, option: str = "ids"
) -> tuple[str, ...]:
    """Return the ids that are meant, each once, in the order in which they were given.

    Args:
        given: Ids or names, one or several with commas in each text; ``@`` and the name of a file,
            or its name alone; ``-`` for standard input. A file holds one on each line (``#``
            starts a comment), a list of them in JSON or YAML, or what kiamv writes: a
            shortlist, a score, a decision record, a long list, answers to a survey and the like.
        names: Who can be meant.
        option: Where they were given, for problems.

    Raises:
        BadInput: A name means no ecosystem or several (K713), a file cannot be read, or holds no
            ids (K802); it holds all problems.
    """
    texts = [given] if isinstance(given, (str, Path)) else given
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


def _or_refuse(found: list[_Given], path: str) -> list[_Given]:
    if not found:
        raise refusal("K802", path, _("it holds no ids of ecosystems"), _(_HINT))
    return found


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
    message = _("no ecosystem is called {name}", name=shown(part))
    hint = _("Write an id of the long list; kiamv score -f csv shows them")
    if len(meant) > 1:
        message = _("{name} can mean {ids}", name=shown(part), ids=", ".join(meant))
        hint = _("Write the id of the one that is meant")
    elif near:
        hint = _("Did you mean {meant}?", meant=_(" or ").join(near))
    return Problem(
        code="K713",
        message=message,
        hint=hint,
        path=each.path,
        line=each.entry.line,
        column=each.entry.column,
    )
