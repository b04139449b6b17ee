"""Blocks as text for a terminal, within its width and in colour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from rich.box import ASCII2, SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kiamv_cli.display import text
from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, Table
from kiamv_cli.display.fitting import broken, fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

    from kiamv_cli.display.document import Block, Screen, Style

# Of the 256 colours, since the first 16 are the owner's to set, and yellow
# is not to be read on white: these have a contrast of at least 3.5 to white and to black.
STYLES: dict[Style, str] = {
    "plain": "",
    "strong": "bold",
    "faint": "dim",
    "met": "color(28)",
    "partly": "color(130)",
    "not-met": "color(160)",
    "unknown": "color(133)",
}
# Wide enough that no table is cut where the width is not known.
_UNKNOWN_WIDTH = 2000


def render(blocks: Iterable[Block], screen: Screen) -> str:
    """Write blocks as text; what comes from a long list is printed as it is, never acted on."""
    console = Console(
        width=screen.width or _UNKNOWN_WIDTH,
        color_system="256" if screen.colour else None,
        force_terminal=screen.colour,
        no_color=not screen.colour,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as capture:
        for block in blocks:
            for part in _renderables(block, screen):
                console.print(part, soft_wrap=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()).strip("\n") + "\n"


def _renderables(block: Block, screen: Screen) -> Iterator[RenderableType]:
    match block:
        case Heading():
            yield Text("\n" + text.clean(block.text), style="bold")
        case Paragraph():
            yield Text(_prose(text.clean(block.text), screen), style=STYLES[block.style])
        case Picture():
            yield Text("\n").join(Text.assemble(*map(_piece, line)) for line in block.lines)
        case Table():
            for place, (part, widths) in enumerate(fitted(_cleaned(block), screen.width)):
                if place:
                    yield Text("")
                yield _table(part, widths, screen)
        case _:
            assert_never(block)


def _prose(words: str, screen: Screen) -> str:
    first, others = text.indents(words)
    width = min(screen.width or text.PROSE_WIDTH, text.PROSE_WIDTH)
    lines = broken(words[first:], width - others)
    margins = (first, *(others for _line in lines[1:]))
    whole = (" " * margin + line for margin, line in zip(margins, lines, strict=True))
    return "\n".join(whole).replace(text.NO_BREAK, " ")


def _piece(cell: Cell) -> Text:
    return Text(text.clean(cell.text), style=STYLES[cell.style])


def _cleaned(table: Table) -> Table:
    columns = (replace(each, heading=text.clean(each.heading)) for each in table.columns)
    rows = (tuple(Cell(text.clean(cell.text), cell.style) for cell in row) for row in table.rows)
    return Table(tuple(columns), tuple(rows))


def _table(block: Table, widths: Sequence[int], screen: Screen) -> RichTable:
    table = RichTable(
        box=SIMPLE_HEAD if screen.unicode else ASCII2,
        padding=0,
        pad_edge=False,
        show_edge=False,
        header_style="bold",
    )
    for column, width in zip(block.columns, widths, strict=True):
        heading = "\n".join(broken(column.heading, width))
        table.add_column(heading, justify=column.align, width=width, no_wrap=True)
    for row in block.rows:
        cells = zip(row, widths, strict=True)
        table.add_row(*(_lines(cell, width) for cell, width in cells))
    return table


def _lines(cell: Cell, width: int) -> Text:
    return Text("\n".join(broken(cell.text, width)), style=STYLES[cell.style])
