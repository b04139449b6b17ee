"""A long list from a file, a folder or standard input."""

from __future__ import annotations

import codecs
import gc
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from kiamv_cli.base.files import bad_file, is_folder, open_file, read_lines, read_rest
from kiamv_cli.base.spreadsheet import OTHER_TABLE_SUFFIXES, SAVE_AS, TABLE_SUFFIXES
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Brief, Value
from kiamv_cli.formats.document import read_document
from kiamv_cli.longlist.model.longlist import ListOrigin, Longlist
from kiamv_cli.longlist.model.mapping import USUAL
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.list_reader import Header, ListReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path as Path_
    from kiamv_cli.longlist.model.account import Account
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.longlist.model.mapping import TableOptions
    from kiamv_cli.programme.model.programme import Programme

    Place: TypeAlias = Path | Traversable


STANDARD_INPUT = "-"
YAML_SUFFIXES = (".yaml", ".yml")
JSON_LINES_SUFFIXES = (".jsonl", ".ndjson")
_FORMATS = Text("hints.give-yaml-yaml-json")


@dataclass(frozen=True, slots=True)
class Loaded(Brief, Value):
    """A long list, and what is odd about its files but no error.

    ``as_read`` are its ecosystems in the order in which they stand in its files, and ``places``
    the document and the path of each by its id, if they were asked for. ``account`` tells what
    became of each cell of a table.
    """

    longlist: Longlist
    warnings: tuple[Problem, ...]
    as_read: tuple[Ecosystem, ...]
    places: Mapping[str, tuple[Document, Path_]] = field(default_factory=dict)
    account: Account = ()

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.longlist.ecosystems)} ecosystems"
        yield f"{len(self.warnings)} warnings"


def load_longlist(
    source: str | Place,
    programme: Programme,
    *,
    as_of: date | None = None,
    tables: TableOptions = USUAL,
    placed: bool = False,
) -> Loaded:
    """Read and check a long list.

    A file is read by its suffix: ``.yaml`` or ``.yml`` and ``.json`` hold one document with
    ``title``, ``as_of`` and ``ecosystems``; ``.jsonl`` or ``.ndjson`` one ecosystem per line,
    read line by line, with a first line of ``title`` and ``as_of`` if wished; ``.csv`` and
    ``.xlsx`` a row per ecosystem (see docs/tables.md). A folder holds
    ``longlist.yaml`` with title and reference date, and ``<id>.yaml`` for each ecosystem;
    files of other kinds in it are not read. Standard input is JSON if its first sign is ``{``
    (JSON Lines if the first line is a whole object without ``ecosystems``), else YAML.

    Args:
        source: The path of a file or folder, or ``-`` for standard input.
        programme: The criteria and vocabularies that the list must use.
        as_of: The reference date; JSON Lines without a first line that holds it need it.
        tables: How a table is read.
        placed: Remember where each ecosystem stands.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found.
    """
    gathering = Gathering(programme)
    gathering.places = {} if placed else None
    with collector_paused():
        header = read_into(gathering, source, as_of, tables)
        loaded = loaded_from(header, gathering, str(source))
    if tables.mapping is None or not loaded.account:
        return loaded
    listed = loaded.longlist
    assert listed.origin
    origin = replace(listed.origin, mapping=tables.mapping.path)
    return replace(loaded, longlist=replace(listed, origin=origin))


def loaded_from(header: Header, gathering: Gathering, source: str) -> Loaded:
    """Return the list that was gathered.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found.
    """
    warnings = gathering.warnings()
    return Loaded(
        _longlist(header, gathering, source),
        warnings,
        tuple(gathering.ecosystems),
        gathering.places or {},
        header.account,
    )


def read_into(
    gathering: Gathering,
    source: str | Place,
    as_of: date | None,
    tables: TableOptions = USUAL,
) -> Header:
    """Read a long list into a gathering, which notes what is wrong with it.

    Raises:
        BadInput: It cannot be read at all.
    """
    return _read(source, ListReader(gathering, as_of, tables))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector from going over the growing list again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _longlist(header: Header, gathering: Gathering, source: str) -> Longlist:
    assert header.as_of
    assert len(gathering.ecosystems) == gathering.seen
    read = Longlist(
        title=header.title,
        as_of=header.as_of,
        ecosystems=tuple(sorted(gathering.ecosystems, key=lambda each: each.id)),
    )
    title, as_of = header.stated
    return replace(read, origin=ListOrigin(source=source, title=title, as_of=as_of, as_read=read))


def _read(source: str | Place, reader: ListReader) -> Header:
    if source == STANDARD_INPUT:
        return _read_stream(sys.stdin.buffer, "<stdin>", reader)
    if source == "":
        raise bad_file("''", Text("K101.file-cannot-empty-name"), Text("K101.give-name"))
    place = Path(source) if isinstance(source, str) else source
    if is_folder(place):
        return reader.folder(place)
    with open_file(place) as file:
        return _read_file(file, place, reader)


def _read_file(file: IO[bytes], place: Place, reader: ListReader) -> Header:
    path, suffix = str(place), Path(place.name).suffix.lower()
    if suffix in JSON_LINES_SUFFIXES:
        return reader.lines(read_lines(file, path), path, Path(place.name).stem)
    if suffix == ".json":
        return reader.whole(read_document(read_rest(file, path), path, "json"))
    if suffix in YAML_SUFFIXES:
        return reader.whole(read_document(read_rest(file, path), path, "yaml"))
    if suffix in TABLE_SUFFIXES:
        from kiamv_cli.longlist.reading.tables.book import read_table  # noqa: PLC0415 - only for tables

        raw = read_rest(file, path)
        table = read_table(raw, place, reader.programme, reader.tables)
        return replace(reader.whole(table), account=table.account)
    if suffix:
        message = Text("K104.files-ending-not-read", suffix=suffix)
    else:
        message = Text("K104.files-without-suffix-not")
    hint = SAVE_AS if suffix in OTHER_TABLE_SUFFIXES else _FORMATS
    raise bad_file(path, message, hint)


def _read_stream(file: IO[bytes], path: str, reader: ListReader) -> Header:
    """Tell the format by the first line that is not blank."""
    lines = read_lines(file, path)
    before = list(_up_to_text(lines))
    first = before[-1].removeprefix(codecs.BOM_UTF8).strip() if before else b""
    if not first.startswith(b"{"):
        return reader.whole(read_document(read_rest(file, path, b"".join(before)), path, "yaml"))
    if first.endswith(b"}") and b'"ecosystems"' not in first:
        return reader.lines(chain(before, lines), path, "standard input")
    return reader.whole(read_document(read_rest(file, path, b"".join(before)), path, "json"))


def _up_to_text(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        yield line
        if line.removeprefix(codecs.BOM_UTF8).strip():
            return
