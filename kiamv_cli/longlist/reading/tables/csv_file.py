"""CSV files as spreadsheets save them: several encodings, several separators."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from kiamv_cli.base.files import decode, of_windows
from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.spreadsheet import unguarded
from kiamv_cli.base.text import Text
from kiamv_cli.longlist.reading.tables.headings import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.formats.plain import Cell

_LOOKED_AT = 11
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SEPARATORS = (";", ",", "\t")
# What Excel writes in front of everything; it also knows the line ends of old Macintoshes.
_TOLD = re.compile(r"sep=(?P<separator>[^\r\n\x22]?)[^\r\n]*(\r\n|\r|\n|$)", re.IGNORECASE)


def is_column(heading: str) -> bool:
    """Whether a heading is that of a column of a long list."""
    return path_of(heading) is not None


def read_csv(
    raw: bytes, path: str, is_known: Callable[[str], bool] = is_column
) -> tuple[list[tuple[int, list[Cell]]], list[Problem]]:
    """Read the rows of a CSV file.

    Args:
        raw: Its bytes: UTF-8, UTF-16 with a byte order mark, or else Windows-1252.
        path: Its name, for problems.
        is_known: Whether a heading is one that such a file has; it tells the separator.

    Returns:
        Each row with the number of its first line, cells that are empty as ``None``; and what is
        odd about the file.

    Raises:
        BadInput: It is no text, or no CSV.
    """
    text, problems = _text(raw, path)
    # Git and editors change line ends, within cells too.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    told = _TOLD.match(text)
    separator = told["separator"] if told else ""
    text = text[told.end() :] if told else text
    rows = list(_rows(text, separator or _separator(text, is_known), path, 1 + bool(told)))
    return rows, problems


def _text(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    try:
        text, told = decode(raw, path), list[Problem]()
    except BadInput as error:
        not_utf8 = [each for each in error.problems if each.code == "K201"]
        if b"\x00" in raw:
            raise
        text, told = _of_windows(raw, path, not_utf8[0]) if not_utf8 else _mended(raw, path, error)
    return text.replace("\r\n", "\n").replace("\r", "\n"), told


def _of_windows(raw: bytes, path: str, first: Problem) -> tuple[str, list[Problem]]:
    """Read text that is not UTF-8 as what Windows writes."""
    try:
        text = decode(raw.decode("cp1252").encode(), path)
    except UnicodeDecodeError as error:
        raise BadInput([_in_neither(raw, error.start, path)]) from None
    told = Problem(
        text=Text("K951.read-as-windows-1252"),
        advice=Text("K951.look-at-names", why=first.text),
        path=path,
        line=first.line,
        column=first.column,
    )
    return text, [told]


def _mended(raw: bytes, path: str, error: BadInput) -> tuple[str, list[Problem]]:
    """Read text in which signs of Windows, such as quotation marks, came over as controls."""
    text = raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8")
    mended, number = of_windows(text)
    if not number:
        raise error
    first = error.problems[0]
    told = Problem(
        text=Text(
            "K968.garbled-signs",
            n=number,
            signs=" ".join(
                dict.fromkeys(new for old, new in zip(text, mended, strict=True) if old != new)
            ),
        ),
        advice=Text("K968.look-at-texts"),
        path=path,
        line=first.line,
        column=first.column,
    )
    return decode(mended.encode(), path), [told]


def _in_neither(raw: bytes, start: int, path: str) -> Problem:
    before = raw[:start].decode("cp1252")
    return Problem(
        text=Text("K201.byte-in-neither", byte=raw[start : start + 1].hex()),
        advice=Text("K201.save-file-utf-8"),
        path=path,
        line=1 + before.count("\n"),
        column=len(before) - before.rfind("\n"),
    )


def _separator(text: str, is_known: Callable[[str], bool]) -> str:
    """The separator under which the first row has the most headings that are known.

    If it has none under any, that goes for the rows below, which may stand under a title.
    """
    head = text.lstrip("\r\n")

    def known(separator: str) -> tuple[int, int, int]:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
        counted: list[int] = []
        cells = 0
        with suppress(csv.Error):
            for row in islice(reader, _LOOKED_AT):
                cells = cells or len(row)
                counted.append(sum(map(is_known, row)))
        return (*counted, 0)[0], max(counted, default=0), cells

    return max(_SEPARATORS, key=known)


def _rows(
    text: str, separator: str, path: str, first_line: int
) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = first_line
    try:
        for row in reader:
            yield line, [unguarded(cell) or None for cell in row]
            line = first_line + reader.line_num
    except csv.Error as error:
        broken = Problem(
            text=Text("K203.csv-broken", error=error),
            advice=Text("K203.quote-texts"),
            path=path,
            line=first_line - 1 + reader.line_num,
            column=1,
        )
        raise BadInput([broken]) from None
