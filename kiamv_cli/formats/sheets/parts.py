"""The parts of a workbook: an XLSX file is a ZIP of XML, unpacked as far as there is room."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.parsers.expat import ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zipfile import ZipInfo

    Handler = Callable[[Mapping[str, str]], None]

MOST_UNPACKED = 100 * 1024 * 1024

_CHUNK = 1 << 20


class Relation(NamedTuple):
    """What a part refers to: the last word of the kind, and the name of the other part."""

    kind: str
    target: str


class Parts:
    """Unpacks parts by their names; what they say of their own size is not believed."""

    def __init__(self, raw: bytes, path: str) -> None:
        """Look into a file; raises ``BadZipFile`` and the like if it is no ZIP."""
        self._path = path
        self._packed = ZipFile(BytesIO(raw))
        self._parts: Mapping[str, ZipInfo] = {
            _folded(each.filename): each for each in self._packed.infolist()
        }
        self._unpacked = 0

    def read(self, name: str) -> bytes:
        """Unpack a part; one that is not there is empty.

        Raises:
            BadInput: All that was read so far is more than 100 MB.
            ValueError: It is packed in a way that no workbook is.
        """
        part = self._parts.get(_folded(name))
        if part is None:
            return b""
        if part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise ValueError(name)
        chunks = []
        with self._packed.open(part) as file:
            while chunk := file.read(_CHUNK):
                self._count(len(chunk))
                chunks.append(chunk)
        return b"".join(chunks)

    def relations(self, name: str) -> dict[str, Relation]:
        """Return what a part refers to within the file, by the ids that it uses for it."""
        folder, _slash, file = name.rpartition("/")
        found: dict[str, Relation] = {}

        def relation(attributes: Mapping[str, str]) -> None:
            if attributes.get("TargetMode") != "External":
                kind = attributes.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(
                    posixpath.join("/", folder, attributes.get("Target", ""))
                )
                found[attributes.get("Id", "")] = Relation(kind, target.lstrip("/"))

        raw = self.read(posixpath.join(folder, "_rels", f"{file}.rels"))
        if raw:
            Reader({"Relationship": relation}).read(raw)
        return found

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > MOST_UNPACKED:
            told = Text("K103.unpacks-more-than-100")
            raise bad_file(self._path, told, Text("hints.right-file"))


def packed(parts: Mapping[str, bytes]) -> BytesIO:
    """Pack parts into a file as they are."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def _folded(name: str) -> str:
    return name.replace("\\", "/").lower()


class Reader:
    """Reads a document, and tells handlers of the elements that begin.

    They are found by the name of the element without its prefix, and given its attributes.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        """Make a reader for one document."""
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        by_name = _ByName(handlers)

        def start(name: str, attributes: dict[str, str]) -> None:
            handler = by_name[name]
            if handler:
                handler(attributes)

        self._parser.StartElementHandler = start

    def collect(self, texts: list[str] | None) -> None:
        """Put the text that follows into a list, or let it go."""
        self._parser.CharacterDataHandler = texts.append if texts is not None else None

    def collect_within(self) -> None:
        """Let text go where any element ends, from now on."""
        self._parser.EndElementHandler = lambda _name: self.collect(None)

    def read(self, raw: bytes) -> None:
        """Read it whole; raises ``ExpatError`` or ``ValueError`` if it is broken."""
        # In one piece: of a tag in many pieces, each new one would have it looked through again.
        self._parser.Parse(raw, True)  # noqa: FBT003 - expat's own


def is_on(attributes: Mapping[str, str], name: str) -> bool:
    """Return whether an attribute says yes; one that is not there says no."""
    return attributes.get(name) in {"1", "true", "on"}


class _ByName(dict[str, "Handler | None"]):
    """Handlers by the names as they are written, with their prefixes."""

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        super().__init__(handlers)
        self._handlers = handlers

    def __missing__(self, name: str) -> Handler | None:
        found = self[name] = self._handlers.get(name.rpartition(":")[2])
        return found


def _refuse(name: str, *_declared: object) -> None:
    """Refuse a document type, which no workbook declares: it may define what grows."""
    raise ValueError(name)
