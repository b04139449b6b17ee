"""From a result to text in the format asked for."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar, assert_never

from kiamv_cli.base.language import in_language
from kiamv_cli.display import terminal
from kiamv_cli.display.document import Annotated, Cell, Charted, Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import ASCII, NO_BREAK, UNICODE, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.display.data import Dialect
    from kiamv_cli.display.document import Block, Screen, View
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.typesetting import Told

Made = TypeVar("Made")
Format = Literal["table", "json", "csv", "md", "github", "mermaid"]
PictureFormat = Literal["svg", "png"]
SUFFIXES: Mapping[str, Format | PictureFormat] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "md",
    ".txt": "table",
    ".mmd": "mermaid",
    ".svg": "svg",
    ".png": "png",
}
# What acts in Markdown.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
# What GitHub makes a link of by itself, and what HTML takes for another sign.
_ADDRESS = re.compile(r"(?i)(\bhttps?|\bftp|\bwww|)(:(?=//)|(?<=www)\.|&(?=#?\w+;))")
# Stands between @ and a name, so that nobody is called and no mail is written.
_NOTHING = "&#8203;"
_ALIGN = {"left": ":--", "right": "--:", "center": ":-:"}


def render(view: View, how: Format, screen: Screen, dialect: Dialect | None = None) -> str:
    """Write a result as text.

    Args:
        view: The result.
        how: ``table`` for people; ``json`` and ``csv`` for scripts; ``md`` for documents;
            ``github`` for problems, as annotations of a workflow; ``mermaid`` for what is
            ``Charted``.
        screen: Where a table goes; the other formats are the same everywhere.
        dialect: What CSV looks like.
    """
    if how == "csv":
        return _csv(view, dialect)
    if how in _DATA:
        return in_data(partial(_DATA[how], view))
    if how == "mermaid":
        return _mermaid(view)
    if how == "md":
        return markdown(view.blocks(UNICODE))
    return terminal.render(view.blocks(UNICODE if screen.unicode else ASCII), screen)


def in_data(made: Callable[[], Made]) -> Made:
    """Return what is made in the language of data: scripts read it, so it is English always."""
    with in_language("en"):
        return made()


def _json(view: View) -> str:
    from kiamv_cli.display.data import render_json

    return render_json(view.payload())


def _csv(view: View, dialect: Dialect | None) -> str:
    from kiamv_cli.display.data import render_csv

    with in_language("en"):
        return render_csv(view.records(), dialect)


def _github(view: View) -> str:
    from kiamv_cli.display.data import render_annotations

    assert isinstance(view, Annotated)
    return render_annotations(view.annotations())


def _mermaid(view: View) -> str:
    assert isinstance(view, Charted)
    return view.mermaid()


# Scripts read these, so they are English always.
_DATA: Mapping[Format, Callable[[View], str]] = {"json": _json, "github": _github}


def draw(figure: Figure, how: PictureFormat, report_missing: Told | None = None) -> bytes:
    """Write a figure as a file.

    Args:
        figure: The figure.
        how: ``svg``, which is light or dark as its reader wants; ``png``, which is light.
        report_missing: Gets the signs that PNG cannot show, if there are any.

    Raises:
        NotInstalledError: For a PNG file kiamv needs more than is installed.
    """
    if how == "png":
        from kiamv_cli.display.typesetting import png

        return png(figure, report_missing)
    from kiamv_cli.display.figure import standalone

    return standalone(figure).encode()


def markdown(blocks: Iterable[Block]) -> str:
    """Write blocks as Markdown (GitHub's tables); no text of theirs is read as markup."""
    return "\n\n".join(map(_markdown_block, blocks)) + "\n"


def escape(text: str) -> str:
    """Format a text for Markdown, in which nothing of it acts."""
    escaped = _SPECIAL.sub(r"\\\1", clean(text))
    return _ADDRESS.sub(r"\1\\\2", escaped).replace("@", f"@{_NOTHING}")


def _markdown_block(block: Block) -> str:
    match block:
        case Heading():
            return f"## {escape(block.text)}"
        case Paragraph():
            return escape(block.text.replace(NO_BREAK, " "))
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
    return "| " + " | ".join(escape(cell.text) for cell in cells) + " |"
