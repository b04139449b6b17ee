"""Blocks as text for a terminal, within its width and in colour."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from rich.box import ASCII2, SIMPLE_HEAD
from rich.cells import cell_len as any_len
from rich.cells import chop_cells
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kiamv_cli.display import text
from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, Table

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


# Behind these a word may go on in the next line, as ids and addresses do.
_SEAM = re.compile(r"(?<=[-/.,;=&?_(])(?=\w)")
# What is parted with a hyphen; ids, addresses and hashes are not, since nobody could copy them.
_LETTERS = re.compile(r"\W*\d*[^\W\d_]+\W*")
_END = 3  # letters at least behind a hyphen
# A word of so many letters stays whole if it can; if that takes too much room, of fewer.
_WHOLE = (24, 18, 12, 8)


def cell_len(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return len(text) if text.isascii() else any_len(text)


def fitted(table: Table, width: int | None) -> Iterator[tuple[Table, list[int]]]:
    """Fit a table into a width: as it is, with narrower columns, or in parts below each other.

    Args:
        table: The table.
        width: How many columns the terminal has; ``None`` for as many as it takes.

    Yields:
        The table with the width of each of its columns, or parts of it that all start with its
        first column. A column that does not wrap keeps the width of its longest cell.
    """
    places = range(len(table.columns))
    natural = [
        max(table.columns[place].least, *map(cell_len, _texts(table, place))) for place in places
    ]
    if width is None or sum(natural) + len(natural) - 1 <= width:
        yield table, natural
        return
    room = width - len(natural) + 1
    least = natural
    for longest in _WHOLE:
        least = [_least(table, place, longest) for place in places]
        if sum(least) <= room:
            yield table, _shrunk(natural, least, room)
            return
    for part in _parts(least, width):
        if len(part) == len(natural):  # then cells that should not wrap must
            yield table, _shrunk(least, [1] * len(least), max(room, len(least)))
        else:
            yield from fitted(_only(table, part), width)


def broken(text: str, width: int) -> list[str]:
    """Break a text into lines: at blanks, and within words that are longer than a line."""
    width = max(width, 1)
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(joined) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width)
    return [line for line in lines if line] or [""]


def _pieces(word: str, width: int) -> list[str]:
    lines = [""]
    if _LETTERS.fullmatch(word) and width > _END:
        lines = []
        while cell_len(word) > width:
            head = chop_cells(word, width - 1)[0][: max(1, len(word) - _END)]
            lines.append(f"{head}-")
            word = word[len(head) :]
        return [*lines, word]
    for piece in (part for seam in _SEAM.split(word) for part in chop_cells(seam, width)):
        if cell_len(lines[-1] + piece) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _texts(table: Table, place: int) -> Iterator[str]:
    yield table.columns[place].heading
    for row in table.rows:
        yield row[place].text


def _least(table: Table, place: int, longest: int) -> int:
    """Give the width in which no word of a column of up to ``longest`` signs is broken."""
    heading, *cells = _texts(table, place)
    wraps = table.columns[place].wraps
    words = {word for text in (heading, *cells * wraps) for word in text.split(" ")}
    parts = (cell_len(part) for word in words for part in _SEAM.split(word))
    fixed = 0 if wraps else max(table.columns[place].least, *map(cell_len, cells), 0)
    return max(fixed, min(longest, max(parts)))


def _parts(least: Sequence[int], width: int) -> Iterator[list[int]]:
    """Group the columns so that each group fits, with the first column before it."""
    part = [0]
    for place in range(1, len(least)):
        taken = sum(least[one] + 1 for one in part)
        if len(part) > 1 and taken + least[place] > width:
            yield part
            part = [0]
        part.append(place)
    yield part


def _only(table: Table, places: Sequence[int]) -> Table:
    columns = tuple(table.columns[place] for place in places)
    return Table(columns, tuple(tuple(row[place] for place in places) for row in table.rows))


def _shrunk(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Take from the widest column, one by one, until all fit."""
    widths = list(natural)
    while sum(widths) > room:
        loose = (place for place, width in enumerate(widths) if width > least[place])
        widths[max(loose, key=lambda place: widths[place])] -= 1
    return widths
