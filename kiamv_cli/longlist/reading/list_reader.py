"""The ways in which a long list is laid out: in one document, in lines, in a folder."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic_core import SchemaValidator, ValidationError

from kiamv_cli.base.files import bad_file, files_in, open_file, read_file
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import Piece
from kiamv_cli.longlist.model.longlist import HEADER_FILE
from kiamv_cli.longlist.model.mapping import USUAL, TableOptions
from kiamv_cli.longlist.reading.shape import header_shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.document import Document
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.longlist.model.account import Account
    from kiamv_cli.longlist.reading.gathering import Gathering

    Place: TypeAlias = Path | Traversable

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
            from kiamv_cli.formats.faults import flaws_of  # noqa: PLC0415 - only for errors

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
    """Give the lines that are not blank."""
    for number, line in enumerate(lines, start=1):
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise bad_file(path, Text("K201.text-utf-16"), Text("K201.save-json-lines-utf"))
        if line.strip():
            yield Piece(line.rstrip(b"\r\n"), path, "json", number)


def _is_yaml(name: str) -> bool:
    return Path(name).suffix.lower() in {".yaml", ".yml"} and not name.startswith(".")


def _holds_answers(place: Place) -> bool:
    """Tell whether a file says of itself that it holds answers; what cannot be read does not."""
    try:
        with open_file(place) as file:
            return _IDENTITIES in file.read(_HEAD)
    except (BadInput, OSError):
        return False


def _is_header(data: Plain) -> bool:
    return isinstance(data, dict) and "id" not in data and ("title" in data or "as_of" in data)
