"""Blocks as plain text for pipes and files: as wide as it takes, so nothing needs a layout."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from kiamv_cli.display.document import Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import NO_BREAK, PROSE_WIDTH, clean, indents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.display.document import Block, Column
    from kiamv_cli.display.text import Symbols


def render(blocks: Iterable[Block], symbols: Symbols) -> str:
    """Write blocks as text: tables in full, running text at a width people can read."""
    lines = (line.rstrip() for block in blocks for line in _lines(block, symbols))
    return "\n".join(lines).strip("\n") + "\n"


def _lines(block: Block, symbols: Symbols) -> list[str]:
    match block:
        case Heading():
            return ["", clean(block.text)]
        case Paragraph():
            return _prose(clean(block.text))
        case Picture():
            return ["".join(clean(cell.text) for cell in line) for line in block.lines]
        case Table():
            return _table(block, symbols)


def _prose(text: str) -> list[str]:
    first, others = indents(text)
    lines = fill(
        text[first:],
        PROSE_WIDTH,
        initial_indent=" " * first,
        subsequent_indent=" " * others,
        break_on_hyphens=False,
    )
    return lines.replace(NO_BREAK, " ").split("\n")


def _table(table: Table, symbols: Symbols) -> list[str]:
    rows = [[clean(cell.text) for cell in row] for row in table.rows]
    rows.insert(0, [clean(column.heading) for column in table.columns])
    widths = [
        max(column.least, *map(_width, texts))
        for column, texts in zip(table.columns, zip(*rows, strict=True), strict=True)
    ]
    lines = [" ".join(map(_padded, row, widths, table.columns)) for row in rows]
    lines.insert(1, symbols.rule * (sum(widths) + len(widths) - 1))
    return lines


def _padded(text: str, width: int, column: Column) -> str:
    blanks = width - _width(text)
    before = {"left": 0, "right": blanks, "center": blanks // 2}[column.align]
    return " " * before + text + " " * (blanks - before)


def _width(text: str) -> int:
    """Columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum((east_asian_width(sign) in "WF") + (not combining(sign)) for sign in text)
