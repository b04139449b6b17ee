"""Spreadsheets (XLSX) to sheets of plain cells: calamine reads the values, we see how they look."""

from __future__ import annotations

import zlib
from html import escape
from struct import error as StructError  # noqa: N812 - it names an exception
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.text import Text
from kiamv_cli.formats.sheets.layout import (
    MOST_CELLS,
    Layout,
    Look,
    TooManyCellsError,
    comments_in,
    drawings_in,
    layout_of,
)
from kiamv_cli.formats.sheets.parts import Parts, Reader, is_on, packed
from kiamv_cli.formats.sheets.sheet import Sheet
from kiamv_cli.formats.sheets.styles import struck_texts, styles_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import BytesIO

    from kiamv_cli.base.problem import BadInput
    from kiamv_cli.formats.plain import Cell


_HINT = Text("hints.save-once-more-excel")
_ZIP = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
# The part that holds what is packed with a password.
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    *(BadZipFile, EOFError, NotImplementedError, RuntimeError, zlib.error, StructError),
    *(LookupError, OSError, OverflowError, ValueError, ExpatError),
)
_FORMAT = "http://schemas.openxmlformats.org"
_OFFICE = f"{_FORMAT}/officeDocument/2006/relationships"


def is_workbook(raw: bytes) -> bool:
    """Return whether a file is one of Excel, by its first signs; it may have a password."""
    return raw.startswith((_ZIP, _OLD))


def read_workbook(raw: bytes, path: str) -> dict[str, Sheet]:
    """Read all sheets of a file with that content and name.

    Returns:
        The sheets by their names, in their order. An empty cell is ``None``; whatever is no text,
        number or yes or no is given as text. Of a formula it is the value that was saved with it.

    Raises:
        BadInput: It is no such file, unpacks to more than 100 MB, or reaches over too many cells.
    """
    try:
        parts = Parts(raw, path)
    except _BROKEN:
        raise _no_workbook(raw, path) from None
    try:
        return _read(parts, path)
    except TooManyCellsError:
        told = Text("K103.sheets-reach-over-more")
        hint = Text("K103.delete-stands-far-below")
        raise bad_file(path, told, hint) from None
    except (BadZipFile, EOFError, zlib.error):
        raise _no_workbook(raw, path) from None
    except _BROKEN:
        raise bad_file(path, Text("K203.spreadsheet-broken"), _HINT) from None


def _no_workbook(raw: bytes, path: str) -> BadInput:
    """Make the error for a file that is none; Excel packs what has a password in another form."""
    if raw.startswith(_OLD) and _PASSWORD in raw:
        return bad_file(path, Text("K203.password"), Text("K203.take-password-off-save"))
    if raw.startswith(_OLD):
        return bad_file(path, Text("K203.old-excel"), Text("hints.save-as-xlsx"))
    return bad_file(path, Text("K203.not-a-workbook"), _HINT)


def _read(parts: Parts, path: str) -> dict[str, Sheet]:
    book = _Book(parts)
    if not book.sheets:
        raise bad_file(path, Text("K203.spreadsheet-no-sheets"), _HINT)
    layouts = book.layouts()
    if sum(each.cells for each in layouts.values()) > MOST_CELLS:
        raise TooManyCellsError
    values = _values(book.repacked())
    return {name: Sheet.of(name, values[name], layout) for name, layout in layouts.items()}


class _Book:
    """The parts of a workbook that matter, by what they are for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        top = parts.relations("").values()
        place = next((each.target for each in top if each.kind == "officeDocument"), "")
        self._relations = parts.relations(place)
        self.sheets: dict[str, tuple[str, bool]] = {}
        self._dates = self._uncounted = False
        handlers = {"sheet": self._sheet, "workbookPr": self._settings, "calcPr": self._counting}
        Reader(handlers).read(parts.read(place))
        self._styles = self._shared("styles")
        self._texts = self._shared("sharedStrings")
        self._raw = {name: self._cells(target) for name, (target, _hidden) in self.sheets.items()}

    def _sheet(self, attributes: Mapping[str, str]) -> None:
        keys = (value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
        if attributes["name"] in self.sheets:
            raise ValueError(attributes["name"])
        hidden = attributes.get("state", "visible") != "visible"
        self.sheets[attributes["name"]] = (next(keys, ""), hidden)

    def _settings(self, attributes: Mapping[str, str]) -> None:
        self._dates = is_on(attributes, "date1904")

    def _counting(self, attributes: Mapping[str, str]) -> None:
        self._uncounted = is_on(attributes, "fullCalcOnLoad")

    def _shared(self, kind: str) -> bytes:
        targets = (each.target for each in self._relations.values() if each.kind == kind)
        return self._parts.read(next(targets, ""))

    def _cells(self, key: str) -> bytes:
        """Return the part of a sheet; one of a chart alone has no cells."""
        relation = self._relations[key]
        found = self._parts.read(relation.target) if relation.kind == "worksheet" else b""
        if relation.kind == "worksheet" and not found:
            raise ValueError(relation.target)
        return found or b"<worksheet/>"

    def layouts(self) -> dict[str, Layout]:
        """Return how each sheet looks."""
        texts = struck_texts(self._texts) if self._texts else {}
        look = Look(styles=styles_in(self._styles), texts=texts, uncounted=self._uncounted)
        found = {}
        for name, (key, hidden) in self.sheets.items():
            layout = found[name] = layout_of(self._raw[name], look)
            layout.hidden = hidden
            target = self._relations[key].target
            layout.comments = comments_in(self._beside(target, "comments", "threadedComment"))
            layout.drawings = drawings_in(self._beside(target, "drawing"))
        return found

    def _beside(self, sheet: str, *kinds: str) -> list[bytes]:
        """Return the parts of certain kinds that belong to a sheet."""
        relations = self._parts.relations(sheet).values()
        return [self._parts.read(each.target) for each in relations if each.kind in kinds]

    def repacked(self) -> BytesIO:
        """Return a workbook with what was unpacked and looked at, and nothing else."""
        sheets = [
            (f'"{escape(name)}"', f"sheet{number}", raw)
            for number, (name, raw) in enumerate(self._raw.items(), start=1)
        ]
        listed = "".join(
            f'<sheet name={name} sheetId="{file[5:]}" r:id="{file}"/>'
            for name, file, _raw in sheets
        )
        others = {"styles": self._styles, "sharedStrings": self._texts}
        kept = {name: raw for name, raw in others.items() if raw}
        related = [(file, "worksheet", f"worksheets/{file}.xml") for _name, file, _raw in sheets]
        return packed(
            {
                "_rels/.rels": _relations([("book", "officeDocument", "xl/workbook.xml")]),
                "xl/workbook.xml": (
                    f'<workbook xmlns="{_FORMAT}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">'
                    f'<workbookPr date1904="{int(self._dates)}"/>'
                    f"<sheets>{listed}</sheets></workbook>"
                ).encode(),
                "xl/_rels/workbook.xml.rels": _relations(
                    [*related, *((name, name, f"{name}.xml") for name in kept)]
                ),
                **{f"xl/{name}.xml": raw for name, raw in kept.items()},
                **{f"xl/worksheets/{file}.xml": raw for _name, file, raw in sheets},
            }
        )


def _relations(parts: list[tuple[str, str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in parts
    )
    space = f"{_FORMAT}/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{listed}</Relationships>'.encode()


def _values(file: BytesIO) -> dict[str, list[list[Cell]]]:
    """Read the values of all sheets."""
    from python_calamine import (  # noqa: PLC0415 - only for spreadsheets
        CalamineError,
        CalamineWorkbook,
    )

    try:
        book = CalamineWorkbook.from_filelike(file)
        sheets = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
        return {
            name: [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            for name, sheet in sheets
        }
    except (CalamineError, OSError) as error:
        raise ValueError(str(error)) from None


def _plain(cell: object) -> Cell:
    if cell == "":
        return None
    return cell if isinstance(cell, (str, float, bool)) else str(cell)
