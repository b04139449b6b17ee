"""Blocks as text: for a terminal, within its width and in colour; for a pipe, as wide as it takes.

A pipe and a file get tables in full, and running text at a width that people can read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, assert_never
from unicodedata import category, east_asian_width

from kiamv_cli.display.document import Cell, Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import ASCII, NO_BREAK, PROSE_WIDTH, UNICODE, clean, indents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.display.document import Block, Column, Screen, Style

# How a terminal is told. Of the 256 colours, since the first 16 are the owner's to set, and yellow
# is not to be read on white: these have a contrast of at least 3.5 to white and to black.
STYLES: dict[Style, str] = {
    "plain": "",
    "strong": "1",
    "faint": "2",
    "met": "38;5;28",
    "partly": "38;5;130",
    "not-met": "38;5;160",
    "unknown": "38;5;133",
}


def render(blocks: Iterable[Block], screen: Screen) -> str:
    """Return blocks as text; what comes from a long list is printed as it is, never acted on."""
    lines = (line.rstrip() for block in blocks for line in _lines(block, screen))
    return "\n".join(lines).strip("\n") + "\n"


def _lines(block: Block, screen: Screen) -> Iterable[str]:
    match block:
        case Heading():
            title = _prose(clean(block.text), screen)
            return ["", *(_styled(line, "strong", screen) for line in title)]
        case Paragraph():
            text = _prose(clean(block.text), screen)
            return (_styled(line, block.style, screen) for line in text)
        case Picture():
            return (text for line in block.lines for text in _drawn(line, screen))
        case Table():
            return _tables(_cleaned(block), screen)
        case _:
            assert_never(block)


def _styled(text: str, style: Style, screen: Screen) -> str:
    code = STYLES[style] if screen.colour and text else ""
    return f"\x1b[{code}m{text}\x1b[0m" if code else text


def _drawn(line: tuple[Cell, ...], screen: Screen) -> list[str]:
    """Return a line of a picture as it is; what is too long goes on below, at a blank."""
    lines, room = [""], screen.width or sum(cell_len(clean(cell.text)) for cell in line)
    left = room
    for cell in line:
        for token in _TOKEN.findall(clean(cell.text)):
            for part in _chopped(token, room) if cell_len(token) > left else [token]:
                if cell_len(part) > left and lines[-1]:
                    lines.append("")
                    left = room
                if len(lines) == 1 or lines[-1] or not part.isspace():
                    lines[-1] += _styled(part, cell.style, screen)
                    left -= cell_len(part)
    return lines


def _prose(text: str, screen: Screen) -> Iterator[str]:
    first, others = indents(text)
    width = min(screen.width or PROSE_WIDTH, PROSE_WIDTH)
    for place, line in enumerate(broken(text[first:], width - others)):
        yield (" " * (others if place else first) + line).replace(NO_BREAK, " ")


def _cleaned(table: Table) -> Table:
    columns = (replace(each, heading=clean(each.heading)) for each in table.columns)
    rows = (tuple(Cell(clean(cell.text), cell.style) for cell in row) for row in table.rows)
    return Table(tuple(columns), tuple(rows))


def _tables(table: Table, screen: Screen) -> Iterator[str]:
    rule = (UNICODE if screen.unicode else ASCII).rule
    for place, (part, widths) in enumerate(fitted(table, screen.width)):
        if place:
            yield ""
        heads = tuple(Cell(column.heading, "strong") for column in part.columns)
        yield from _row(heads, widths, part.columns, screen, bottom=True)
        yield rule * (sum(widths) + len(widths) - 1)
        for row in part.rows:
            yield from _row(row, widths, part.columns, screen)


def _row(
    row: Sequence[Cell],
    widths: Sequence[int],
    columns: Sequence[Column],
    screen: Screen,
    *,
    bottom: bool = False,
) -> Iterator[str]:
    cells = [broken(cell.text, width) for cell, width in zip(row, widths, strict=True)]
    if bottom:  # headings stand right above what they head
        high = max(map(len, cells))
        cells = [[""] * (high - len(lines)) + lines for lines in cells]
    for line in zip_longest(*cells, fillvalue=""):
        yield " ".join(
            _padded(text, cell.style, width, column, screen)
            for text, cell, width, column in zip(line, row, widths, columns, strict=True)
        )


def _padded(text: str, style: Style, width: int, column: Column, screen: Screen) -> str:
    blanks = width - cell_len(text)
    before = {"left": 0, "right": blanks, "center": blanks // 2}[column.align]
    return " " * before + _styled(text, style, screen) + " " * (blanks - before)


# Behind these a word may go on in the next line, as ids and addresses do.
_SEAM = re.compile(r"(?<=[-/.,;=&?_(])(?=\w)")
# What is parted with a hyphen; ids, addresses and hashes are not, since nobody could copy them.
_LETTERS = re.compile(r"\W*\d*[^\W\d_]+\W*")
_END = 3  # letters at least behind a hyphen
# A word of so many letters stays whole if it can; if that takes too much room, of fewer.
_WHOLE = (24, 18, 12, 8)
_TOKEN = re.compile(" +|[^ ]+")
_SHAPELESS = frozenset({"Mn", "Me", "Cf"})


def cell_len(text: str) -> int:
    """Return how many columns a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_sign_len, text))


def _sign_len(sign: str) -> int:
    return 0 if category(sign) in _SHAPELESS else 1 + (east_asian_width(sign) in "WF")


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
            head = _chopped(word, width - 1)[0][: max(1, len(word) - _END)]
            lines.append(f"{head}-")
            word = word[len(head) :]
        return [*lines, word]
    for piece in (part for seam in _SEAM.split(word) for part in _chopped(seam, width)):
        if cell_len(lines[-1] + piece) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return lines


def _chopped(text: str, width: int) -> list[str]:
    """Break a text wherever the next sign does not fit; a line has at least one."""
    lines = [""]
    room = width
    for sign in text:
        room -= _sign_len(sign)
        if room < 0 and lines[-1]:
            lines.append("")
            room = width - _sign_len(sign)
        lines[-1] += sign
    return lines


def _texts(table: Table, place: int) -> Iterator[str]:
    yield table.columns[place].heading
    for row in table.rows:
        yield row[place].text


def _least(table: Table, place: int, longest: int) -> int:
    """Return the width in which no word of a column of up to ``longest`` signs is broken."""
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
