"""The term of a budget line, where people write it beside the amount or as one range."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.longlist.reading.tables.rows import Value

if TYPE_CHECKING:
    from kiamv_cli.formats.marks import Mark
    from kiamv_cli.formats.plain import Path
    from kiamv_cli.longlist.reading.tables.rows import Entry

_LONGEST = 100
_TERM = re.compile(
    r"(?P<rest>.*?)[\s(,;:]*\b(?P<first>(19|20)\d\d)\s*"
    r"(-|\u2013|t/m|tot en met|tot|until|through|to)\s*(?P<last>(19|20)\d\d)\s*\)?",
    re.IGNORECASE,
)


def without_term(
    entry: Entry, path: Path, cell: str | float, mark: Mark
) -> tuple[str | float, str]:
    """Take the term out of a cell of a budget line, and keep it where nothing else is said.

    Returns:
        What is left of the cell, and what is to be said of it.
    """
    is_short = isinstance(cell, str) and len(cell) <= _LONGEST
    found = _TERM.fullmatch(str(cell).strip()) if is_short else None
    is_amount = path[-1] == "amount_eur"
    if path[0] != "budget" or not found or bool(found["rest"]) != is_amount:
        return cell, ""
    if path[-1] not in {"amount_eur", "from"}:
        return cell, ""
    for key, year in (("from", found["first"]), ("until", found["last"])):
        entry.values.setdefault((*path[:-1], key), Value(int(year), mark))
    told = _(
        "'{text}' gives the term as well: {first} up to and including {last}",
        text=cell,
        first=found["first"],
        last=found["last"],
    )
    return found["rest"] if is_amount else found["first"], told
