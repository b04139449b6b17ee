"""Blocks as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import NO_BREAK, clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.display.document import Block

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
# What GitHub makes a link of by itself, and what HTML takes for another sign.
_ADDRESS = re.compile(r"(?i)(\bhttps?|\bftp|\bwww|)(:(?=//)|(?<=www)\.|&(?=#?\w+;))")
# Stands between @ and a name, so that nobody is called and no mail is written.
_NOTHING = "&#8203;"
_ALIGN = {"left": ":--", "right": "--:", "center": ":-:"}


def render(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown (GitHub's tables); no text of theirs is read as markup."""
    return "\n\n".join(map(_block, blocks)) + "\n"


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", clean(text))
    return _ADDRESS.sub(r"\1\\\2", escaped).replace("@", f"@{_NOTHING}")


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"## {_escape(block.text)}"
        case Paragraph():
            return _escape(block.text.replace(NO_BREAK, " "))
        case Picture():
            lines = ("".join(clean(cell.text) for cell in line).rstrip() for line in block.lines)
            return "\n".join(["```text", *lines, "```"])
        case Table():
            return _table(block)


def _table(table: Table) -> str:
    headings = tuple(Cell(column.heading) for column in table.columns)
    rule = "| " + " | ".join(_ALIGN[column.align] for column in table.columns) + " |"
    return "\n".join([_row(headings), rule, *map(_row, table.rows)])


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_escape(cell.text) for cell in cells) + " |"
