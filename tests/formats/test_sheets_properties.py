"""Any workbook is read as openpyxl sees it, and a damaged one is refused and nothing worse."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import range_boundaries

from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.workbook import read_workbook
from kiamv_cli.longlist.reading.tables.file import read_sheets

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from kiamv_cli.formats.plain import Cell, Rows

LAST = 5
places = st.tuples(st.integers(1, LAST), st.integers(1, LAST))
some = st.sets(places, max_size=4)
EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "survey"


@st.composite
def areas(draw: st.DrawFn) -> list[str]:
    """Merged areas that do not touch each other: one in each band of rows."""
    found = []
    for top in draw(st.sets(st.sampled_from([1, 3]))):
        left, right = sorted(draw(st.tuples(st.integers(1, LAST), st.integers(1, LAST))))
        bottom = top + draw(st.integers(0, 1))
        found.append(f"{chr(64 + left)}{top}:{chr(64 + right)}{bottom}")
    return found


@pytest.mark.slow
@settings(max_examples=60)
@given(
    texts=st.dictionaries(places, st.text("abc", min_size=1, max_size=3), min_size=1),
    merged=areas(),
    struck=some,
    filled=some,
    commented=some,
    rows=st.sets(st.integers(1, LAST), max_size=2),
    columns=st.sets(st.integers(1, LAST), max_size=2),
)
def test_a_sheet_looks_as_another_reader_sees_it(
    texts: dict[tuple[int, int], str],
    merged: list[str],
    struck: set[tuple[int, int]],
    filled: set[tuple[int, int]],
    commented: set[tuple[int, int]],
    rows: set[int],
    columns: set[int],
) -> None:
    book = openpyxl.Workbook()
    sheet = cast("Worksheet", book.active)
    for place, text in texts.items():
        sheet.cell(*place, text)
    for place in struck:
        sheet.cell(*place).font = Font(strike=True)
    for place in filled:
        sheet.cell(*place).fill = PatternFill("solid", fgColor="FFFF00")
    for area in merged:
        sheet.merge_cells(area)
    covered = {each for area in merged for each in cells_of(area)[1:]}
    hide(sheet, rows, columns)
    for place in commented - covered:
        sheet.cell(*place).comment = Comment("why?", "me")
    file = BytesIO()
    book.save(file)
    (found,) = read_workbook(file.getvalue(), "x.xlsx").values()
    shown = {place for place in texts if place not in covered}
    layout = found.layout
    assert {*values_in(found.rows)} == shown
    assert (set(layout.struck), layout.filled) == (struck & shown, filled & shown)
    assert len(layout.comments) == len(commented - covered)
    assert (layout.hidden_rows, layout.hidden_columns) == (rows, columns)
    assert values_in(found.shown(None)) == spread(texts, merged, shown)


def cells_of(area: str) -> list[tuple[int, int]]:
    left, top, right, bottom = (cast("int", each) for each in range_boundaries(area))
    return [(line, column) for line in range(top, bottom + 1) for column in range(left, right + 1)]


def hide(sheet: Worksheet, rows: set[int], columns: set[int]) -> None:
    for line in rows:
        sheet.row_dimensions[line].hidden = True
    for column in columns:
        sheet.column_dimensions[chr(64 + column)].hidden = True


def values_in(rows: Rows) -> dict[tuple[int, int], Cell]:
    return {
        (line, column): cell
        for line, row in rows
        for column, cell in enumerate(row, 1)
        if cell is not None
    }


def spread(
    texts: dict[tuple[int, int], str], merged: list[str], shown: set[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Say what should stand where: nothing beside or below all that holds anything."""
    found = {place: texts[place] for place in shown}
    lines = {line for line, _column in shown}
    last = max((column for _line, column in shown), default=0)
    for area in merged:
        first, *others = cells_of(area)
        if first in texts:
            found |= {
                place: texts[first] for place in others if place[0] in lines and place[1] <= last
            }
    return found


@cache
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(EXAMPLES / "round-2-made-up.xlsx") as packed:
        names = (name for name in packed.namelist() if "theme" not in name and "doc" not in name)
        return {name: packed.read(name) for name in names}


@pytest.mark.slow
@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_worse(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(parts())))
    part = parts()[name]
    start = data.draw(st.integers(0, len(part)))
    gone = data.draw(st.integers(0, 30))
    fresh = data.draw(st.sampled_from([b"", b'"', b"<", b"9", b"/>", b"A", b"-", b" ", b"\xff"]))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for each, text in parts().items():
            damaged = text[:start] + fresh + text[start + gone :]
            packed.writestr(each, damaged if each == name else text)
    try:
        found = read_sheets(file.getvalue(), "x.xlsx", data.draw(st.sampled_from([None, "skip"])))
        for each in found.names:
            found.rows(each)
        found.tell_unread()
    except BadInput as bad:
        codes = {each.code for each in bad.problems}
    else:
        codes = {"K103"}
    assert codes <= {"K103", "K203"}
