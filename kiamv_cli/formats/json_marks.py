"""The marks of the tokens of a JSON document."""

from __future__ import annotations

import re
from json import loads
from typing import TYPE_CHECKING

from kiamv_cli.formats.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\]":,]+')


def json_marks(text: str, first_line: int = 1) -> Iterator[Mark]:
    """Give the marks of a document that could be read; lines count from ``first_line``."""
    line, line_start = first_line, 0
    counted = 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        breaks = text.count("\n", counted, start)
        if breaks:
            line += breaks
            line_start = text.rindex("\n", counted, start) + 1
        counted = start
        yield _mark(token[0], line, start - line_start + 1)


def _mark(written: str, line: int, column: int) -> Mark:
    if written in "{}[]":
        return Mark(written, line, column)
    if written.startswith('"'):
        return Mark(".", line, column, loads(written))
    return Mark(".", line, column, written)
