"""A long list from a file, a folder or standard input."""

from __future__ import annotations

import codecs
import gc
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.files import (
    bad_file,
    files_in,
    is_folder,
    open_file,
    read_file,
    read_lines,
    read_rest,
)
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Brief, Value
from kiamv_cli.formats.document import Piece, read_document
from kiamv_cli.longlist.model.longlist import HEADER_FILE, USUAL, ListOrigin, Longlist
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.shape import header_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from importlib.resources.abc import Traversable

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Path as Path_
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.account import Account
    from kiamv_cli.longlist.model.longlist import Ecosystem, TableOptions
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
        return loaded_from(header, gathering, str(source), tables)


def loaded_from(
    header: Header, gathering: Gathering, source: str, tables: TableOptions = USUAL
) -> Loaded:
    """Return the list that was gathered.

    Raises:
        BadInput: Something is wrong; it holds all problems that were found.
    """
    warnings = gathering.warnings()
    return Loaded(
        longlist_of(header, gathering, source, tables),
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


def longlist_of(
    header: Header, gathering: Gathering, source: str, tables: TableOptions
) -> Longlist:
    """Return the list of all ecosystems that were gathered, in none of which anything is wrong."""
    assert header.as_of
    assert len(gathering.ecosystems) == gathering.seen
    read = Longlist(
        title=header.title,
        as_of=header.as_of,
        ecosystems=tuple(sorted(gathering.ecosystems, key=lambda each: each.id)),
    )
    title, as_of = header.stated
    mapping = tables.mapping.path if tables.mapping and header.account else None
    origin = ListOrigin(source=source, title=title, as_of=as_of, as_read=read, mapping=mapping)
    return replace(read, origin=origin)


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
    return _read_other(file, place, suffix, reader)


def _read_other(file: IO[bytes], place: Place, suffix: str, reader: ListReader) -> Header:
    """Read a table; other files are refused."""
    from kiamv_cli.base.spreadsheet import OTHER_TABLE_SUFFIXES, SAVE_AS, TABLE_SUFFIXES

    path = str(place)
    if suffix in TABLE_SUFFIXES:
        from kiamv_cli.longlist.reading.tables.book import read_table

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
    """Return the format by the first line that is not blank."""
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


IDENTITIES_FILE = "identities.yaml"
_IDENTITIES = b"kiamv/identities/"
_HEAD = 4096
_HEADER_HINT = Text("hints.give-first-line")


@dataclass(frozen=True, slots=True)
class Header:
    """What a list says of itself: as checked (or as the caller says), and as it is stated.

    ``account`` tells what became of each cell, if it is a table.
    """

    title: str
    as_of: date | None
    stated: tuple[str | None, date | None]
    account: Account = ()


_NOTHING_SAID = Header("", None, (None, None))


class ListReader:
    """Reads a list into a gathering.

    ``as_of`` is the reference date if not that of the list; ``tables`` says how a table is read.
    """

    def __init__(
        self, gathering: Gathering, as_of: date | None, tables: TableOptions = USUAL
    ) -> None:
        self.programme = gathering.programme
        self.tables = tables
        self._gathering = gathering
        self._as_of = gathering.as_of = as_of

    def whole(self, document: Document) -> Header:
        """Read one document with title, reference date and ecosystems."""
        self._gathering.note(document.problems)
        header = self._header(document, {"title", "as_of", "ecosystems"})
        data = document.data
        ecosystems = data.get("ecosystems") if isinstance(data, dict) else None
        for index, entry in enumerate(ecosystems if isinstance(ecosystems, list) else ()):
            self._gathering.add(document, ("ecosystems", index), entry)
        return header

    def folder(self, folder: Place) -> Header:
        """Read ``longlist.yaml`` and the file of each ecosystem beside it.

        Answers on who is the same, as ``kiamv same`` keeps them, may lie there too.
        """
        files = {each.name: each for each in files_in(folder) if _is_yaml(each.name)}
        if IDENTITIES_FILE in files and _holds_answers(files[IDENTITIES_FILE]):
            del files[IDENTITIES_FILE]
        header_file = files.pop(HEADER_FILE, None) or folder / HEADER_FILE
        if not files:
            raise bad_file(
                str(folder), Text("K105.no-ecosystem-folder"), Text("K105.add-id-yaml-each")
            )
        header = _NOTHING_SAID
        for piece in self._files([header_file]):
            document = self._gathering.read(piece)
            header = self._header(document, {"title", "as_of"}) if document else header
        self._gathering.gather(self._files(files.values()))
        return header

    def lines(self, lines: Iterable[bytes], path: str, title: str) -> Header:
        """Read one ecosystem per line, after a line with title and reference date if there is.

        ``title`` is the title of a list that states none.
        """
        header = Header(title, self._as_of, (None, None))
        pieces = _pieces(lines, path)
        first = next(pieces, None)
        document = self._gathering.read(first) if first else None
        if document and _is_header(document.data):
            header = self._header(document, set(), title)
        elif document:
            self._gathering.take(document)
        self._gathering.gather(pieces)
        if not self._gathering.seen and not self._gathering.has_problems:
            self._note(path, Text("K105.no-ecosystem"), Text("K105.add-line-each"))
        elif not header.as_of:
            self._note(path, Text("K302.list-no-reference-date"), _HEADER_HINT)
        return header

    def _files(self, places: Iterable[Place]) -> Iterator[Piece]:
        for place in places:
            try:
                yield Piece(read_file(place), str(place), "yaml")
            except BadInput as error:
                self._gathering.note(error.problems)

    def _header(self, document: Document, keys: set[str], title: str = "") -> Header:
        """Check what the list says of itself; ``keys`` are those that must be there."""
        with_list = "ecosystems" in keys
        shape = header_shape(keys - {"as_of"} if self._as_of else keys, with_list=with_list)
        said: dict[str, Any] = {}
        try:
            said = SchemaValidator(shape).validate_python(document.data)
        except ValidationError as error:
            from kiamv_cli.formats.faults import flaws_of

            self._gathering.refuse(document, flaws_of(error, shape))
        self._gathering.as_of = self._as_of or said.get("as_of")
        return Header(
            title=said.get("title", title),
            as_of=self._gathering.as_of,
            stated=(said.get("title"), said.get("as_of")),
        )

    def _note(self, path: str, message: Text, hint: Text) -> None:
        self._gathering.note(bad_file(path, message, hint).problems)


def _pieces(lines: Iterable[bytes], path: str) -> Iterator[Piece]:
    """Yield the lines that are not blank."""
    for number, line in enumerate(lines, start=1):
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise bad_file(path, Text("K201.text-utf-16"), Text("K201.save-json-lines-utf"))
        if line.strip():
            yield Piece(line.rstrip(b"\r\n"), path, "json", number)


def _is_yaml(name: str) -> bool:
    return Path(name).suffix.lower() in {".yaml", ".yml"} and not name.startswith(".")


def _holds_answers(place: Place) -> bool:
    """Return whether a file says of itself that it holds answers; what cannot be read does not."""
    try:
        with open_file(place) as file:
            return _IDENTITIES in file.read(_HEAD)
    except (BadInput, OSError):
        return False


def _is_header(data: Plain) -> bool:
    return isinstance(data, dict) and "id" not in data and ("title" in data or "as_of" in data)
