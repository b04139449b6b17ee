"""What a result looks like to a person, before any format: headings, text, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import wraps
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar, runtime_checkable

from kiamv_cli.base.language import _
from kiamv_cli.display.text import UNICODE, decimal, first_of, number, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols

Style = Literal["plain", "strong", "faint", "met", "partly", "not-met", "unknown"]
Value = str | int | float | bool | None
Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in one style; styles never carry meaning that the text lacks.

    ``links`` are the names in the text, in their order, each with the id of what it names: a page
    leads from them to where that is told.
    """

    text: str
    style: Style = "plain"
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how it is aligned, and whether its text may take several lines.

    ``least`` is the width that it takes even where its text is shorter, so that tables below each
    other line up.
    """

    heading: str
    align: Align = "left"
    wraps: bool = False
    least: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def names_cell(ids: Sequence[str], names: Mapping[str, str], most: int | None = None) -> Cell:
    """Return the names of ids, with a dash for none; of those beyond ``most`` only how many."""
    links = tuple((names[each], each) for each in ids[:most])
    text = ", ".join(first_of([names[each] for each in ids], most or len(ids)))
    return Cell(text or UNICODE.dash, links=links)


Row = TypeVar("Row")
V = TypeVar("V")
Datum = Value | Fraction | tuple[str, ...]
Target = Literal["text", "page", "csv", "sheet"]
_PEOPLE: frozenset[Target] = frozenset({"text", "page"})
_DATA: frozenset[Target] = frozenset({"csv", "sheet"})


@dataclass(frozen=True, slots=True)
class Field(Generic[Row]):
    """A column of a table, declared once for every format.

    A row of fields is all that a table is made of: ``table`` makes a terminal's and Markdown's of
    it, ``records`` those of CSV, ``html.fields_table`` that of a page, ``workbook.sheet`` that of
    a workbook.

    Attributes:
        key: The name in data, the same in every language.
        heading: What stands above it, in the language in force.
        value: What data hold: exact numbers, codes, ids. Needed by CSV and workbooks.
        meaning: What a workbook says of it in a sentence.
        width: The width in a workbook, in letters.
        show: What people see; without it the value in words.
        without: The formats that leave it out; see ``data`` and ``people``.
        short: The heading where room is scarce, in text.
        align: How it is aligned.
        wraps: Whether its text may take several lines.
        exact: Whether a workbook has the number as a fraction beside it.
    """

    key: str
    heading: str
    value: Callable[[Row], Datum] | None = None
    meaning: str = ""
    width: int = 14
    show: Callable[[Row], Cell | str] | None = None
    without: frozenset[Target] = frozenset()
    short: str | None = None
    align: Align = "left"
    wraps: bool = False
    exact: bool = False

    def cell(self, row: Row) -> Cell:
        """Return what people see of it in a row."""
        content = self.show(row) if self.show else shown(self.datum(row))
        return content if isinstance(content, Cell) else Cell(content)

    def but(self, targets: Iterable[Target]) -> Field[Row]:
        """Return the same column, that these formats leave out as well."""
        return replace(self, without=self.without.union(targets))

    def datum(self, row: Row) -> Datum:
        """Return what data hold of it in a row."""
        assert self.value is not None, f"{self.key} is in data, so it has a value"
        return self.value(row)


def data(
    key: str,
    heading: str,
    value: Callable[[Row], Datum],
    meaning: str = "",
    width: int = 14,
    *,
    exact: bool = False,
) -> Field[Row]:
    """Return a column for data only: of CSV files and workbooks."""
    return Field(key, heading, value, meaning, width, without=_PEOPLE, exact=exact)


def exact_number(
    key: str,
    heading: str,
    value: Callable[[Row], Fraction | None],
    meaning: str,
    show: Callable[[Fraction], str] = decimal,
) -> Field[Row]:
    """Return a column of numbers that are exact, for everyone; empty where there is none."""

    def text(row: Row) -> str:
        number = value(row)
        return "" if number is None else show(number)

    return Field(key, heading, value, meaning, show=text, align="right", exact=True)


def people(
    key: str,
    heading: str,
    show: Callable[[Row], Cell | str],
    *,
    short: str | None = None,
    align: Align = "left",
    wraps: bool = False,
) -> Field[Row]:
    """Return a column for people only: of text and pages."""
    return Field(key, heading, show=show, without=_DATA, short=short, align=align, wraps=wraps)


def shown(datum: Datum) -> str:
    """Format a value for people: numbers in their style, a dash for nothing."""
    if datum is None or datum in ((), ""):
        return UNICODE.dash
    if isinstance(datum, bool):
        return _("yes") if datum else _("no")
    if isinstance(datum, int):
        return whole(datum)
    if isinstance(datum, Fraction | float):
        return decimal(Fraction(datum))
    return datum if isinstance(datum, str) else ", ".join(datum)


def table(fields: Sequence[Field[Row]], rows: Iterable[Row]) -> Table:
    """Return the table that a terminal and Markdown show of rows."""
    there = [each for each in fields if "text" not in each.without]
    columns = (
        Column(each.heading if each.short is None else each.short, each.align, each.wraps)
        for each in there
    )
    return Table(tuple(columns), tuple(tuple(each.cell(row) for each in there) for row in rows))


@dataclass(frozen=True, slots=True)
class Records(Generic[Row]):
    """The records of a CSV file: lists with blanks between, numbers to six decimals.

    Their names are known also where there are no rows.
    """

    fields: tuple[Field[Row], ...]
    rows: Iterable[Row]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(each.key for each in self.fields)

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        """Yield a record for each row."""
        return ({each.key: _plain(each.datum(row)) for each in self.fields} for row in self.rows)


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """Records that are made by hand, with the names that each of them has."""

    names: tuple[str, ...]
    rows: Iterable[Mapping[str, Value]]

    def __iter__(self) -> Iterator[Mapping[str, Value]]:
        """Yield the records."""
        return iter(self.rows)


def headed(
    *names: str,
) -> Callable[[Callable[[V], Iterable[Mapping[str, Value]]]], Callable[[V], NamedRecords]]:
    """Return what names the columns of records also where a view has none to show."""

    def decorate(
        method: Callable[[V], Iterable[Mapping[str, Value]]],
    ) -> Callable[[V], NamedRecords]:
        @wraps(method)
        def records_of(view: V) -> NamedRecords:
            return NamedRecords(names, method(view))

        return records_of

    return decorate


def records(fields: Sequence[Field[Row]], rows: Iterable[Row]) -> Records[Row]:
    """Return the records of a CSV file of rows."""
    return Records(tuple(each for each in fields if "csv" not in each.without), rows)


def _plain(datum: Datum) -> Value:
    if isinstance(datum, Fraction):
        return number(datum)
    if isinstance(datum, float):
        return round(datum, 6)
    return " ".join(datum) if isinstance(datum, tuple) else datum


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


@runtime_checkable
class Filed(Protocol):
    """What has formats of its own."""

    def written(self, suffix: str) -> bytes | None:
        """Return it as a file whose name ends so; ``None`` where that is no format of its own."""
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
