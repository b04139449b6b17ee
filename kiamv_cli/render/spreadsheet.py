"""Workbooks in which nothing takes effect."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from io import BytesIO

# Formulas, links and numbers are only what is written as such.
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def new_workbook(file: BytesIO) -> Any:  # noqa: ANN401 - the library has no types
    """Start an XLSX file, always of the same date so that the same content is the same file."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only for spreadsheets

    book = Workbook(file, _PLAIN)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
    return book
