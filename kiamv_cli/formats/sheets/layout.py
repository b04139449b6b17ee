"""How a sheet looks, from its part of a workbook: what its values alone do not tell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.spreadsheet import MOST_COLUMNS, place_of
from kiamv_cli.formats.sheets.parts import Reader, is_on
from kiamv_cli.formats.sheets.styles import Runs, may_be_struck

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiamv_cli.formats.sheets.parts import Handler
    from kiamv_cli.formats.sheets.styles import Style

    Place = tuple[int, int]

MOST_CELLS = 5_000_000

# Columns are described once; this is room for programs that do so again.
_MOST_WIDE = 16 * MOST_COLUMNS

_NO_VALUE = ""


class Fault(str):
    """A cell with an error in the place of its value; empty where a formula has no value."""

    __slots__ = ()


class Area(NamedTuple):
    """Cells from a row and a column up to others, from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Layout:
    """What stands out in a sheet; rows and columns count from 1.

    Attributes:
        hidden: Whether the sheet itself is hidden.
        hidden_rows: The rows that are, by hand or by a filter.
        hidden_columns: The columns that are.
        struck: What is left of cells that are struck through, wholly or in part.
        filled: Cells with a colour behind their value.
        merged: Cells that are one.
        faults: Errors, and formulas without a value.
        comments: The names of cells with a comment.
        drawings: How many pictures, charts or boxes of text there are.
        last: The last row and column that hold anything.
    """

    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: dict[Place, str] = field(default_factory=dict)
    filled: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    faults: dict[Place, Fault] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    drawings: int = 0
    last: Place = (0, 0)

    @property
    def cells(self) -> int:
        """How many cells it reaches over."""
        return self.last[0] * self.last[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the sheets of a workbook share.

    Attributes:
        styles: Those in which something stands out, by their number.
        texts: What is left of shared texts that are struck through in part, by their number.
        uncounted: Whether no program has worked out the formulas since they were written.
    """

    styles: Mapping[str, Style]
    texts: Mapping[int, str]
    uncounted: bool


def layout_of(raw: bytes, look: Look) -> Layout:
    """Read how a sheet looks; raises ``ExpatError`` or ``ValueError`` if it is broken."""
    walk = _Walk(look, may_be_struck(raw))
    walk.reader.read(raw)
    walk.close()
    walk.layout.last = (walk.bottom, walk.right)
    return walk.layout


class _Walk:
    """Goes over the elements of a sheet in their order."""

    def __init__(self, look: Look, runs: bool) -> None:  # noqa: FBT001 - whether texts have any
        self.layout = Layout()
        self.bottom = self.right = 0
        self._look = look
        self._row_line = self._line = self._column = self._cells = self._wide = 0
        self._style: Style | None = None
        self._kind: str | None = None
        self._row_name, self._known = "", dict[str, int]()
        self._formula = self._open = False
        self._text: list[str] = []
        self._runs = Runs()
        handlers: dict[str, Handler] = {
            "col": self._columns,
            "row": self._row,
            "c": self._cell,
            "f": self._has_formula,
            "v": self._value,
            "is": self._own_text,
            "mergeCell": self._merge,
        }
        self._has_runs = runs
        self.reader = self._runs.reader = Reader(
            {**handlers, **(self._runs.handlers if runs else {})}
        )
        if runs:
            self.reader.collect_within()

    def _columns(self, attributes: Mapping[str, str]) -> None:
        first, last = int(attributes["min"]), min(int(attributes["max"]), MOST_COLUMNS)
        self._wide += last - first + 1
        if self._wide > _MOST_WIDE:
            raise ValueError(last)
        if is_on(attributes, "hidden") or _is_nothing(attributes.get("width")):
            self.layout.hidden_columns.update(range(first, last + 1))

    def _row(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            self.close()
        self._row_name = attributes.get("r") or str(self._line + 1)
        self._row_line = self._line = int(self._row_name)
        self._column = 0
        if is_on(attributes, "hidden") or _is_nothing(attributes.get("ht")):
            self.layout.hidden_rows.add(self._line)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            self.close()
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise TooManyCellsError
        name = attributes.get("r")
        if name:
            self._place(name)
        else:
            self._column += 1
        self._style = self._look.styles.get(attributes.get("s", ""))
        self._kind = attributes.get("t")
        self._formula = False

    def _place(self, name: str) -> None:
        """Take the row and column from the name of a cell, most of which are in the row before."""
        letters = name.removesuffix(self._row_name)
        column = self._known.get(letters)
        if column:
            self._line, self._column = self._row_line, column
            return
        self._line, self._column = place_of(name)
        if str(self._line) == self._row_name:
            self._known[letters] = self._column

    def _has_formula(self, _said: Mapping[str, str]) -> None:
        self._formula = self._open = True
        self._text = []
        self._hold()

    def _value(self, _said: Mapping[str, str]) -> None:
        self._hold()
        if self._formula or self._kind == "e" or (self._kind == "s" and self._look.texts):
            self._open, self._text = True, []
            self.reader.collect(self._text)

    def _own_text(self, _said: Mapping[str, str]) -> None:
        self._hold()
        self._open = self._has_runs
        self._runs.begin()

    def _hold(self) -> None:
        """Note that the cell holds something, and what stands out in it then."""
        self.bottom = max(self.bottom, self._line)
        self.right = max(self.right, self._column)
        if self._style:
            self._stand_out(self._style)

    def _stand_out(self, style: Style) -> None:
        if style.struck:
            self.layout.struck[self._line, self._column] = ""
        if style.filled:
            self.layout.filled.add((self._line, self._column))

    def close(self) -> None:
        """Look at what the cell turned out to hold."""
        if not self._open:
            return
        self.reader.collect(None)
        self._open = False
        text, at = "".join(self._text).strip(), (self._line, self._column)
        if self._kind == "e":
            self.layout.faults[at] = Fault(text or "#")
        elif self._formula and self._is_missing(text):
            self.layout.faults[at] = Fault(_NO_VALUE)
        elif self._kind == "s" and int(text or -1) in self._look.texts:
            self.layout.struck.setdefault(at, self._look.texts[int(text)])
        elif self._kind == "inlineStr" and self._runs.struck:
            self.layout.struck.setdefault(at, self._runs.left)

    def _is_missing(self, value: str) -> bool:
        """Whether a formula has no value; programs that do not count write none, or a 0."""
        if self._kind not in {None, "n"}:
            return False
        return not value or (self._look.uncounted and value == "0")

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _colon, last = attributes["ref"].partition(":")
        top, left = place_of(first)
        bottom, right = place_of(last or first)
        self.layout.merged.append(Area(top, left, bottom, right))


class TooManyCellsError(Exception):
    """A sheet has more cells than are read."""


def comments_in(parts: Iterable[bytes]) -> tuple[str, ...]:
    """Return the names of the cells that comments in these parts belong to."""
    found: dict[str, None] = {}

    def comment(attributes: Mapping[str, str]) -> None:
        found[attributes.get("ref", "")] = None

    for raw in filter(None, parts):
        Reader({"comment": comment, "threadedComment": comment}).read(raw)
    return tuple(found)


def drawings_in(parts: Iterable[bytes]) -> int:
    """Count the pictures, charts and boxes that these parts put on a sheet."""
    found = 0

    def drawn(_said: Mapping[str, str]) -> None:
        nonlocal found
        found += 1

    anchors = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
    for raw in filter(None, parts):
        Reader(dict.fromkeys(anchors, drawn)).read(raw)
    return found


def _is_nothing(size: str | None) -> bool:
    return size is not None and float(size) == 0


# By Excel and LibreOffice, in English and Dutch; a table that was saved as CSV has them as text.
# LibreOffice numbers some, and what a column is too narrow for is saved as it is shown: ###.
_ERROR = re.compile(
    r"#(?:null!|div/0!|value!|ref!|name\?|num!|n/a|getting_data|spill!|calc!|field!|blocked!"
    r"|connect!|unknown!|busy!|external!|python!|timeout!|error!"
    r"|leeg!|deel/0!|waarde!|verw!|naam\?|getal!|n/b|geg_ophalen|gegevens_ophalen|overloop!"
    r"|overlopen!|bereken!|berekening!|veld!|geblokkeerd!|verbinden!|onbekend!|bezet!|extern!|fout!)"
    r"|(?:err|fout):\d{3}|#{3,255}"
)

_FIRST = {"#", "E", "e", "F", "f"}


def is_error(text: str) -> bool:
    """Return whether a text is an error of a spreadsheet, or all that a narrow column shows."""
    text = text.strip()
    return text[:1] in _FIRST and bool(_ERROR.fullmatch(text.casefold()))
