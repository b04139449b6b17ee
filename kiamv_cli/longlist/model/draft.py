"""A mapping as far as it can be guessed from a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal["heading", "words", "values", "beside", "needed", "unclear", "taken"]
"""Why a column is taken for something: its heading says so, words in its heading, its values, the
verdict beside it, or that something is needed; or it is not: nothing tells, or another column is
it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftValue:
    """What a value is taken for; ``None`` is not known. ``sure`` tells whether it may stay."""

    text: str
    count: int
    meant: str | tuple[str, ...] | None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftColumn:
    """What a column is taken for, and why; ``target`` is empty for one that is not used.

    ``letters`` is what the spreadsheet calls it, ``filled`` and ``different`` count its cells and
    their values; ``split`` is what else seems to part its values, ``example`` a cell with it.
    """

    heading: str
    letters: str
    target: str
    why: Why
    sure: bool
    filled: int
    different: int
    values: tuple[DraftValue, ...] = ()
    split: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A mapping as it was guessed.

    Attributes:
        file: The table.
        sheet: The sheet that was looked at; empty for CSV.
        other_sheets: Those that were not.
        headings: The first and the last row of headings.
        rows: How many rows there are below.
        hides: Whether anything is hidden or struck through.
        columns: What the columns are taken for.
        verdicts: What values in columns of criteria are taken for.
        gone: A column by which rows seem to be gone, and its values that say so.
        missing: What every ecosystem needs and no column seems to hold.
    """

    file: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    headings: tuple[int, int] = (1, 1)
    rows: int = 0
    hides: bool = False
    columns: tuple[DraftColumn, ...] = ()
    verdicts: tuple[DraftValue, ...] = ()
    gone: tuple[str, tuple[str, ...]] | None = None
    missing: tuple[str, ...] = ()
