"""From a result to text in the format asked for.

Plain text, for pipes and files, is as wide as it takes, so nothing in it needs a layout.
"""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING, Literal, assert_never
from unicodedata import combining, east_asian_width

from kiamv_cli.base.language import in_language
from kiamv_cli.display.document import Annotated, Cell, Charted, Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import ASCII, NO_BREAK, PROSE_WIDTH, UNICODE, clean, indents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.display.document import Block, Column, Screen, View
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.display.typesetting import Told

Format = Literal["table", "json", "csv", "md", "github", "mermaid"]
PictureFormat = Literal["svg", "png"]
# What acts in Markdown.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
# What GitHub makes a link of by itself, and what HTML takes for another sign.
_ADDRESS = re.compile(r"(?i)(\bhttps?|\bftp|\bwww|)(:(?=//)|(?<=www)\.|&(?=#?\w+;))")
# Stands between @ and a name, so that nobody is called and no mail is written.
_NOTHING = "&#8203;"
_ALIGN = {"left": ":--", "right": "--:", "center": ":-:"}


def render(view: View, how: Format, screen: Screen) -> str:
    """Write a result as text.

    Args:
        view: The result.
        how: ``table`` for people; ``json`` and ``csv`` for scripts; ``md`` for documents;
            ``github`` for problems, as annotations of a workflow; ``mermaid`` for what is
            ``Charted``.
        screen: Where a table goes; the other formats are the same everywhere.
    """
    if how in _DATA:
        with in_language("en"):
            return _DATA[how](view)
    if how == "mermaid":
        return _mermaid(view)
    if how == "md":
        return markdown(view.blocks(UNICODE))
    symbols = UNICODE if screen.unicode else ASCII
    if screen.width is None and not screen.colour:
        return plain_text(view.blocks(symbols), symbols)
    from kiamv_cli.display import terminal

    return terminal.render(view.blocks(symbols), screen)


def _json(view: View) -> str:
    from kiamv_cli.display.data import render_json

    return render_json(view.payload())


def _csv(view: View) -> str:
    from kiamv_cli.display.data import render_csv

    return render_csv(view.records())


def _github(view: View) -> str:
    from kiamv_cli.display.data import render_annotations

    assert isinstance(view, Annotated)
    return render_annotations(view.annotations())


def _mermaid(view: View) -> str:
    assert isinstance(view, Charted)
    return view.mermaid()


# Scripts read these, so they are English always.
_DATA: Mapping[Format, Callable[[View], str]] = {"json": _json, "csv": _csv, "github": _github}


def draw(figure: Figure, how: PictureFormat, told: Told | None = None) -> bytes:
    """Write a figure as a file.

    Args:
        figure: The figure.
        how: ``svg``, which is light or dark as its reader wants; ``png``, which is light.
        told: Gets the signs that PNG cannot show, if there are any.

    Raises:
        NotInstalledError: For a PNG file kiamv needs more than is installed.
    """
    if how == "png":
        from kiamv_cli.display.typesetting import png

        return png(figure, told)
    from kiamv_cli.display.figure import standalone

    return standalone(figure).encode()


def plain_text(blocks: Iterable[Block], symbols: Symbols) -> str:
    """Write blocks as text: tables in full, running text at a width people can read."""
    lines = (line.rstrip() for block in blocks for line in _plain_lines(block, symbols))
    return "\n".join(lines).strip("\n") + "\n"


def _plain_lines(block: Block, symbols: Symbols) -> list[str]:
    match block:
        case Heading():
            return ["", clean(block.text)]
        case Paragraph():
            return _prose(clean(block.text))
        case Picture():
            return ["".join(clean(cell.text) for cell in line) for line in block.lines]
        case Table():
            return _plain_table(block, symbols)
        case _:
            assert_never(block)


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


def _plain_table(table: Table, symbols: Symbols) -> list[str]:
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


def markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown (GitHub's tables); no text of theirs is read as markup."""
    return "\n\n".join(map(_markdown_block, blocks)) + "\n"


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", clean(text))
    return _ADDRESS.sub(r"\1\\\2", escaped).replace("@", f"@{_NOTHING}")


def _markdown_block(block: Block) -> str:
    match block:
        case Heading():
            return f"## {_escape(block.text)}"
        case Paragraph():
            return _escape(block.text.replace(NO_BREAK, " "))
        case Picture():
            lines = ("".join(clean(cell.text) for cell in line).rstrip() for line in block.lines)
            return "\n".join(["```text", *lines, "```"])
        case Table():
            return _markdown_table(block)
        case _:
            assert_never(block)


def _markdown_table(table: Table) -> str:
    headings = tuple(Cell(column.heading) for column in table.columns)
    rule = "| " + " | ".join(_ALIGN[column.align] for column in table.columns) + " |"
    return "\n".join([_row(headings), rule, *map(_row, table.rows)])


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_escape(cell.text) for cell in cells) + " |"
