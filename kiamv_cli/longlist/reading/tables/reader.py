"""Tables by the ending of their name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import refusal
from kiamv_cli.base.language import _
from kiamv_cli.base.problem import BadInput
from kiamv_cli.longlist.reading.tables.book import Book
from kiamv_cli.longlist.reading.tables.document import Table
from kiamv_cli.longlist.reading.tables.file import read_sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Container
    from importlib.resources.abc import Traversable

    from kiamv_cli.formats.document import Syntax
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.programme.model.programme import Programme


def read_table(
    raw: bytes,
    place: Path | Traversable,
    programme: Programme,
    ignored: Container[str] = (),
    hidden: Hidden | None = None,
    literal: Collection[str] = (),
) -> Table:
    """Read a CSV file or a workbook as a document with title, reference date and ecosystems.

    Args:
        raw: What is in it.
        place: Its name; the ending says what it is.
        programme: Whose names of provinces and themes may stand for their codes.
        ignored: Headings of columns that are not read.
        hidden: What becomes of hidden and struck-through parts of a workbook; left out: they are
            errors.
        literal: Texts that are names after all, though they look like no answer.

    Raises:
        BadInput: It is no table, or there is nothing in it.
    """
    path = str(place)
    file = read_sheets(raw, path, hidden)
    syntax: Syntax = "csv" if "" in file.sheets else "workbook"
    table = Table(path, syntax, "", problems=file.problems, faulty=file.faulty)
    book = Book(table, programme, ignored, literal)
    book.read(file, Path(place.name).stem)
    if not book.entries and not any(each.severity == "error" for each in table.problems):
        none = refusal(
            "K105", path, _("there is no ecosystem in it"), _("Head the columns id and name")
        )
        # What was left out may be why.
        raise BadInput([*table.problems, *none.problems])
    return table
