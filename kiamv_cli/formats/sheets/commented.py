"""A copy of a workbook with comments in its cells; all else stays as it is, to the byte.

Programs that read a whole workbook and write it anew lose what they do not know: drawings, charts,
macros. So parts of it are changed in place, and the others are copied.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from kiamv_cli.base.spreadsheet import place_of
from kiamv_cli.formats.sheets.parts import Parts, Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    Comments = Mapping[str, str]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_ENDINGS = {"comments": "xml", "vmlDrawing": "vml"}
_CONTENT = {
    "comments": "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    "vmlDrawing": "application/vnd.openxmlformats-officedocument.vmlDrawing",
}
_EMPTY = {
    "comments": (
        f'<?xml version="1.0" encoding="UTF-8"?><comments xmlns="{_MAIN}">'
        "<authors/><commentList/></comments>"
    ).encode(),
    "vmlDrawing": (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        b'xmlns:o="urn:schemas-microsoft-com:office:office" '
        b'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
    ),
}
_TYPES = "[Content_Types].xml"
# What follows the reference to comments in a sheet, in the order that its schema wants.
_AFTER = re.compile(
    rb"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts"
    rb"|extLst)\b|</(?:\w+:)?worksheet>"
)
_AUTHOR = "kiamv"


def commented(raw: bytes, comments: Mapping[str, Comments]) -> bytes:
    """Return a workbook with further comments.

    Args:
        raw: The workbook, one that can be read.
        comments: By sheet, the text for each cell by its name; a cell that has a comment gets the
            text below it.
    """
    parts = _Changed(raw)
    for number, (sheet, texts) in enumerate(comments.items(), 1):
        parts.comment(sheet, texts, number)
    return parts.packed()


class _Changed:
    """The parts of a workbook that were changed or added, by their names."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._parts = Parts(raw, "")
        self._changed: dict[str, bytes] = {}
        top = self._parts.relations("").values()
        self._book = next(each.target for each in top if each.kind == "officeDocument")
        self._sheets: dict[str, str] = {}
        related = self._parts.relations(self._book)

        def sheet(attributes: Mapping[str, str]) -> None:
            key = next(value for name, value in attributes.items() if name.endswith(":id"))
            self._sheets[attributes["name"]] = related[key].target

        Reader({"sheet": sheet}).read(self._parts.read(self._book))

    def _read(self, name: str) -> bytes:
        return self._changed.get(name) or self._parts.read(name)

    def comment(self, sheet: str, texts: Comments, number: int) -> None:
        """Add comments to a sheet."""
        place = self._sheets[sheet]
        related = {each.kind: each.target for each in self._parts.relations(place).values()}
        there = related.get("comments") or self._new(place, number, "comments")
        shapes = related.get("vmlDrawing") or self._new(place, number, "vmlDrawing")
        self._changed[there] = _with_comments(self._read(there), texts)
        self._changed[shapes] = _with_shapes(self._read(shapes), texts)

    def _new(self, sheet: str, number: int, kind: str) -> str:
        """Add an empty part for comments or their boxes, and have the sheet refer to it."""
        name = f"xl/kiamv-{kind}{number}.{_ENDINGS[kind]}"
        self._changed[name] = _EMPTY[kind]
        self._refer(sheet, kind, name)
        types = self._read(_TYPES)
        added = f'<Override PartName="/{name}" ContentType="{_CONTENT[kind]}"/>'
        self._changed[_TYPES] = _before_end(types, "Types", added.encode())
        if kind == "vmlDrawing":
            raw = self._read(sheet)
            at = _AFTER.search(raw)
            assert at
            drawing = f'<legacyDrawing xmlns:k="{_OFFICE}" xmlns="{_MAIN}" k:id="kiamv-{kind}"/>'
            self._changed[sheet] = raw[: at.start()] + drawing.encode() + raw[at.start() :]
        return name

    def _refer(self, sheet: str, kind: str, target: str) -> None:
        folder, _slash, file = sheet.rpartition("/")
        name = f"{folder}/_rels/{file}.rels"
        empty = f'<Relationships xmlns="{_RELATED}"></Relationships>'.encode()
        added = f'<Relationship Id="kiamv-{kind}" Type="{_OFFICE}/{kind}" Target="/{target}"/>'
        related = self._read(name) or empty
        self._changed[name] = _before_end(related, "Relationships", added.encode())

    def packed(self) -> bytes:
        """Pack the workbook with what was changed and added."""
        file = BytesIO()
        with ZipFile(BytesIO(self._raw)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
            for each in old.infolist():
                content = self._changed.pop(each.filename, None)
                new.writestr(each, old.read(each) if content is None else content)
            for name, content in self._changed.items():
                new.writestr(name, content)
        return file.getvalue()


def _before_end(raw: bytes, element: str, added: bytes) -> bytes:
    """Put something before the end of an element, which may be an empty one."""
    text = re.sub(rb"<(\w+:)?%b([^<>]*)/>" % element.encode(), rb"<\1%b\2></\1%b>"
                  % (element.encode(), element.encode()), raw)  # fmt: skip
    end = list(re.finditer(rb"</(?:\w+:)?%b>" % element.encode(), text))[-1].start()
    return text[:end] + added + text[end:]


def _with_comments(raw: bytes, texts: Comments) -> bytes:
    authors = len(re.findall(rb"<(?:\w+:)?author>|<(?:\w+:)?author/>", raw))
    raw = _before_end(raw, "authors", f"<author>{_AUTHOR}</author>".encode())
    new = []
    for cell, text in texts.items():
        run = f'<r><t xml:space="preserve">{escape(text)}</t></r>'
        there = re.search(
            rb'<comment\b[^>]*\bref="%b".*?(?=</text>)' % cell.encode(), raw, re.DOTALL
        )
        if there:
            below = run.replace('preserve">', 'preserve">\n', 1).encode()
            raw = raw[: there.end()] + below + raw[there.end() :]
        else:
            head = f'<comment ref={quoteattr(cell)} authorId="{authors}">'
            new.append(f"{head}<text>{run}</text></comment>")
    return _before_end(raw, "commentList", "".join(new).encode())


def _with_shapes(raw: bytes, texts: Comments) -> bytes:
    known = {
        (int(line), int(column))
        for line, column in re.findall(rb"<x:Row>(\d+)</x:Row>\s*<x:Column>(\d+)</x:Column>", raw)
    }
    places = ((line - 1, column - 1) for line, column in map(place_of, texts))
    shapes = "".join(_shape(*place) for place in places if place not in known)
    return _before_end(raw, "xml", shapes.encode())


def _shape(line: int, column: int) -> str:
    """Return the box of a comment, hidden until somebody points at its cell."""
    return (
        f'<v:shape id="kiamv_{line}_{column}" style="position:absolute;visibility:hidden" '
        'fillcolor="#ffffe1"><v:fill color2="#ffffe1"/><v:textbox/>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{column + 1}, 15, {line}, 2, {column + 5}, 15, {line + 6}, 2</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{line}</x:Row><x:Column>{column}</x:Column>"
        "</x:ClientData></v:shape>"
    )
