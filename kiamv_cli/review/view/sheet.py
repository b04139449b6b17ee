"""A sheet for people to fill in: one row a question, and what they need to know beside it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kiamv_cli.base.language import _
from kiamv_cli.display.text import clean
from kiamv_cli.display.workbook import new_workbook
from kiamv_cli.review.model.form import ABOUT_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = 15  # points
_MOST_LINES = 27  # a row is at most 409 points high
_LONGEST_LIST = 255  # signs that a drop-down list may have, with its commas
_LETTERS = 1.1  # letters of a text in the width of a digit
_WRAPPED = {"text_wrap": True, "valign": "top"}
_OPEN = {**_WRAPPED, "bg_color": "#FFF9DB", "border": 1, "border_color": "#D9D2B0"}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, its width in letters, whether it is filled in, or hardly looked at."""

    heading: str
    width: int
    is_open: bool = False
    is_faint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FillableSheet:
    """A table to fill in, with a title and lines above it.

    Attributes:
        code: A line that says which sheet it is, for whoever reads it back.
        rows: Texts; what is empty in an open column is filled in.
        chosen: The place of the column in which something is chosen.
        choices: What may be chosen in it, row by row.
    """

    name: str
    title: str
    lines: Sequence[str]
    code: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[str]]
    chosen: int
    choices: Sequence[Sequence[str]]


def fillable_workbook(sheet: FillableSheet, about: Sequence[tuple[str, str]]) -> bytes:
    """Format a sheet to fill in, and one that explains it, as XLSX; always the same bytes.

    Nothing is locked, so that rows can be sorted and columns added; only the headings stay in
    sight. It prints on pages of its own width, with the headings on each.
    """
    file = BytesIO()
    book = new_workbook(file)
    _write_table(book, sheet)
    made = book.add_worksheet(_(ABOUT_SHEET))
    wrapped = book.add_format(_WRAPPED)
    made.set_column(0, 0, 24)
    made.set_column(1, 1, 100)
    for number, (key, text) in enumerate(about):
        made.set_row(number, _LINE * _lines(text, 100))
        made.write_string(number, 0, key, wrapped)
        made.write_string(number, 1, clean(text), wrapped)
    _set_page(made, sheet.title)
    book.close()
    return file.getvalue()


def _write_table(book: Any, sheet: FillableSheet) -> None:  # noqa: ANN401 - no types
    made = book.add_worksheet(sheet.name)
    faint = book.add_format({"font_color": "#7F7F7F", "font_size": 8})
    made.write_string(0, 0, clean(sheet.title), book.add_format({"bold": True, "font_size": 14}))
    for number, line in enumerate(sheet.lines, start=1):
        made.write_string(number, 0, clean(line))
    head = len(sheet.lines) + 2
    made.write_string(head - 1, 0, sheet.code, faint)
    bold = book.add_format({"bold": True, "bottom": 1, **_WRAPPED})
    formats = [_format(book, column) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, column.width)
        made.write_string(head, place, column.heading, bold)
    for number, row in enumerate(sheet.rows, start=head + 1):
        heights = (_lines(t, c.width) for t, c in zip(row, sheet.columns, strict=True))
        made.set_row(number, _LINE * min(max(heights), _MOST_LINES))
        for place, text in enumerate(row):
            if text:
                made.write_string(number, place, _clean(text), formats[place])
            else:
                made.write_blank(number, place, None, formats[place])
    last = head + max(len(sheet.rows), 1)
    for first, until, words in _runs(sheet.choices):
        if sum(map(len, words)) + len(words) <= _LONGEST_LIST:
            place = sheet.chosen
            made.data_validation(head + 1 + first, place, head + until, place, _choices(words))
    made.freeze_panes(head + 1, 0)
    made.autofilter(head, 0, last, len(sheet.columns) - 1)
    made.repeat_rows(head)
    made.print_area(0, 0, last, len(sheet.columns) - 1)
    _set_page(made, sheet.title)


def _runs(choices: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Yield rows that follow each other and have the same choices: the first, and the next."""
    row = 0
    for words, rows in groupby(choices):
        first, row = row, row + len([*rows])
        yield first, row, words


def _format(book: Any, column: SheetColumn) -> Any:  # noqa: ANN401 - no types
    if column.is_faint:
        return book.add_format({**_WRAPPED, "font_color": "#7F7F7F", "font_size": 8})
    made = book.add_format(
        _OPEN if column.is_open else {**_WRAPPED, "border": 1, "border_color": "#E5E5E5"}
    )
    if column.is_open:
        made.set_num_format("@")
    return made


def _set_page(made: Any, title: str) -> None:  # noqa: ANN401 - no types
    made.set_landscape()
    made.set_paper(9)  # A4
    made.fit_to_pages(1, 0)
    made.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    plain = clean(title).replace("&", "&&")[:200]
    made.set_header(f"&L{plain}")
    made.set_footer("&R&P / &N")


def _choices(words: Sequence[str]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(words),
        "error_title": _("Not a verdict"),
        "error_message": _("Choose one from the list, or leave it empty if you did not judge."),
        "error_type": "warning",
    }


def _clean(text: str) -> str:
    return "\n".join(map(clean, text.split("\n")))


def _lines(text: str, width: int) -> int:
    """Estimate in how many lines a text stands in a column."""
    room = max(int((width - 1) * _LETTERS), 1)
    return sum(1 + max(len(line) - 1, 0) // room for line in text.split("\n"))
