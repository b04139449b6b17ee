"""What a result looks like to a person, before any format: headings, text, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols

Style = Literal["plain", "strong", "faint", "met", "partly", "not-met", "unknown"]
Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in one style; styles never carry meaning that the text lacks."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how it is aligned, and whether its text may take several lines.

    ``least`` is the width that it takes even where its text is shorter, so that tables below each
    other line up.
    """

    heading: str
    align: Literal["left", "right", "center"] = "left"
    wraps: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; blanks before it, and a sign that starts an item, indent all of its lines.

    A no-break space keeps two words in one line, and is printed as a space.
    """

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Picture:
    """Lines of text that must stay as they are, each made of pieces."""

    lines: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a table goes: columns (``None``: as wide as it takes, for a pipe or a file), colour."""

    width: int | None = None
    colour: bool = False
    unicode: bool = True


@runtime_checkable
class Charted(Protocol):
    """What can be written as a diagram in text."""

    def mermaid(self) -> str:
        """A flowchart in Mermaid."""
        ...


@runtime_checkable
class Annotated(Protocol):
    """What can be told at lines of files."""

    def annotations(self) -> Iterable[Mapping[str, Value]]:
        """A row per problem, for ``render_annotations``."""
        ...


@runtime_checkable
class Drawing(Protocol):
    """What can be drawn."""

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """How to draw each of its pictures, by name; the first is the one that tells most."""
        ...


class View(Protocol):
    """A result made ready for every format."""

    def payload(self) -> Mapping[str, object]:
        """The JSON document: numbers as numbers, codes instead of words."""
        ...

    def records(self) -> Iterable[Mapping[str, Value]]:
        """The rows of the CSV file, all with the same keys."""
        ...

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """What a person sees."""
        ...
