"""Tables by the ending of their name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.files import refusal
from kiamv_cli.loading.tables.book import Book
from kiamv_cli.loading.tables.csv_file import read_csv
from kiamv_cli.loading.tables.document import Table
from kiamv_cli.loading.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Collection, Container
    from importlib.resources.abc import Traversable

    from kiamv_cli.core.programme import Programme


def read_table(
    raw: bytes,
    place: Path | Traversable,
    programme: Programme,
    ignored: Container[str] = (),
    literal: Collection[str] = (),
) -> Table:
    """Read a CSV file or a workbook as a document with title, reference date and ecosystems.

    Args:
        raw: What is in it.
        place: Its name; the ending says what it is.
        programme: Whose names of provinces and themes may stand for their codes.
        ignored: Headings of columns that are not read.
        literal: Texts that are names after all, though they look like no answer.

    Raises:
        BadInput: It is no table, or there is nothing in it.
    """
    path, name = str(place), Path(place.name)
    if name.suffix.lower() == ".xlsx":
        book = Book(Table(path, "workbook", ""), programme, ignored, literal)
        sheets = read_workbook(raw, path)
        table = book.read(
            {each: list(enumerate(rows, start=1)) for each, rows in sheets.items()}, name.stem
        )
    else:
        rows, problems = read_csv(raw, path)
        book = Book(Table(path, "csv", "", problems=problems), programme, ignored, literal)
        table = book.read({"": rows}, name.stem)
    if not book.entries and not any(each.severity == "error" for each in table.problems):
        raise refusal(
            "K105", path, _("there is no ecosystem in it"), _("Head the columns id and name")
        )
    return table
