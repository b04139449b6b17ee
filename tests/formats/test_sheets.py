"""What a sheet shows is what is read of it: merged, hidden, struck-through and broken cells."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, cast
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from strategies.longlist import programme

from kiamv_cli.base.problem import BadInput, alike
from kiamv_cli.base.spreadsheet import cell_name, place_of, spans
from kiamv_cli.formats.sheets.layout import is_error
from kiamv_cli.formats.workbook import read_workbook
from kiamv_cli.longlist.model.longlist import TableOptions
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.longlist.reading.tables.file import read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.longlist import Ecosystem

HEAD = ["id", "name", "provinces", "themes", "suggested_by", "founded"]
ROWS = [
    ["a", "Alfa", "NL-GR", "energy", "Province", 2001],
    ["b", "Beta", "NL-FR", "health", None, None],
    ["c", "Gamma", "NL-UT", "energy", "Ministry", 2003],
]
STRUCK = Font(strike=True)


def saved(change: Callable[[Worksheet], None], name: str = "lijst") -> bytes:
    book = openpyxl.Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = name
    for row in (HEAD, *ROWS):
        sheet.append(row)
    change(sheet)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def read(
    raw: bytes, tmp_path: Path, hidden: Hidden | None = None, name: str = "list.xlsx"
) -> tuple[dict[str, Ecosystem], list[str]]:
    place = tmp_path / name
    place.write_bytes(raw)
    found = load_longlist(
        str(place), programme(), as_of=date(2020, 1, 1), tables=TableOptions(hidden=hidden)
    )
    return {each.id: each for each in found.longlist.ecosystems}, told(found.warnings, tmp_path)


def told(problems: tuple[Problem, ...], tmp_path: Path) -> list[str]:
    lines = (str(each).removeprefix(f"{tmp_path}/") for each in problems)
    return [line.partition(". ")[0] for line in lines]


def errors(
    raw: bytes, tmp_path: Path, hidden: Hidden | None = None, name: str = "list.xlsx"
) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read(raw, tmp_path, hidden, name)
    wrong = tuple(each for each in bad.value.problems if each.severity == "error")
    return told(wrong, tmp_path)


def suggested(each: Ecosystem) -> list[str | None]:
    return [one.by for one in each.suggested_by]


def test_cells_have_the_names_that_spreadsheets_give_them() -> None:
    for column, name in ((1, "A1"), (26, "Z1"), (27, "AA1"), (703, "AAA1"), (16384, "XFD1")):
        assert cell_name(1, column) == name
        assert place_of(name) == (1, column)
    assert spans([9, 4, 7, 8, 8]) == ["4", "7–9"]
    for odd in ("", "A", "1", "a1", "XFE1", "A0", "A1048577", "A1B", "AAAA1", "A999999999999"):
        with pytest.raises(ValueError, match=f"^{odd}$"):
            place_of(odd)


def test_a_merged_value_holds_for_every_cell_it_covers(tmp_path: Path) -> None:
    found, remarks = read(saved(lambda sheet: sheet.merge_cells("E2:E3")), tmp_path)
    assert suggested(found["b"]) == suggested(found["a"]) == ["Province"]
    line = "list.xlsx[lijst]E2: K953 the value of the merged cells E2:E3 counts for each of them"
    assert remarks == [line]


def merge_two(sheet: Worksheet) -> None:
    for area in ("A2:B3", "D3:E4"):
        sheet.merge_cells(area)


def test_merged_cells_show_one_value_whatever_is_saved_beneath() -> None:
    raw = saved(lambda sheet: sheet.merge_cells("C2:C4"))
    sheet = read_workbook(raw, "x.xlsx")["lijst"]
    sheet.rows[2][1][2] = "beneath"
    shown = dict(sheet.shown(None))
    assert [shown[line][2] for line in (2, 3, 4)] == ["NL-GR"] * 3
    # Sideways, too, and over a corner.
    shown = dict(read_workbook(saved(merge_two), "x.xlsx")["lijst"].shown(None))
    assert shown[2][:2] == shown[3][:2] == ["a", "a"]
    assert shown[3][3:5] == shown[4][3:5] == ["health", "health"]


def test_merged_cells_below_and_beside_the_table_make_no_rows(tmp_path: Path) -> None:
    raw = saved(lambda sheet: sheet.merge_cells("F4:F5"))
    found, remarks = read(patched(raw, b"F4:F5", b"F4:XFD1048576"), tmp_path)
    assert (len(found), found["c"].founded, remarks) == (3, 2003, [])


def test_a_row_that_holds_nothing_but_merged_values_is_none(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(3)
        for letter in "ABCDEF":
            sheet.merge_cells(f"{letter}2:{letter}3")

    found, remarks = read(saved(change), tmp_path)
    assert {each: suggested(found[each]) for each in "ab"} == {"a": ["Province"], "b": []}
    assert "in 6 places the value of merged cells counts for each of them: A2:A3, " in remarks[0]
    assert remarks[0].endswith("E2:E3, …")


def test_facts_below_a_merged_id_belong_to_it(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        facts = sheet.parent.create_sheet("opgaven")
        for row in (["id", "wat", "thema"], ["a", "one", "energy"], [None, "two", None]):
            facts.append(row)
        facts.merge_cells("A2:A3")

    found, _remarks = read(saved(change), tmp_path)
    assert [(one.what, one.theme) for one in found["a"].challenges or ()] == [
        ("one", "energy"),
        ("two", None),
    ]


@pytest.mark.parametrize(
    "error",
    ["#REF!", "#N/A", "#DIV/0!", "#VERW!", "#N/B", "#WAARDE!", "#naam?", "Err:502", "#####"],
)
def test_an_error_is_told_at_its_cell_in_workbooks_and_csv(error: str, tmp_path: Path) -> None:
    assert is_error(error)
    # As a value of the kind that spreadsheets keep for it, or as text.
    for column, cell in (("F", "F2"), ("E", "E3")):
        raw = saved(lambda sheet, at=cell: sheet.__setitem__(at, error))  # type: ignore[misc]
        assert errors(raw, tmp_path) == [
            f"list.xlsx[lijst]{column}{cell[1]}: K714 the cell contains an error, '{error}'"
        ]
    text = f"id;name;provinces;themes;founded\na;Alfa;NL-GR;energy;{error}\n".encode()
    assert errors(text, tmp_path, name="list.csv") == [
        f"list.csv:2:5: K714 the cell contains an error, '{error}'"
    ]


@pytest.mark.parametrize("text", ["# 1", "Err", "#1", "fout", "Errors: 502", "Ref!", "", "#NA-lab"])
def test_a_text_that_begins_like_an_error_is_none(text: str) -> None:
    assert not is_error(text)


def test_equal_errors_of_a_column_are_one_line_with_their_cells(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["E2"] = sheet["E3"] = sheet["E4"] = "#REF!"

    (tmp_path / "list.xlsx").write_bytes(saved(change))
    with pytest.raises(BadInput) as bad:
        load_longlist(str(tmp_path / "list.xlsx"), programme(), as_of=date(2020, 1, 1))
    ((first, others),) = [each for each in alike(bad.value.problems) if each[0].code == "K714"]
    assert first.with_others(others).startswith(
        "the cell contains an error, '#REF!'; and 2 more like it: E3, E4. "
    )


def test_an_error_in_a_column_that_is_left_out_does_not_matter(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["G1"], sheet["G2"] = "check", "#REF!"
        sheet.column_dimensions["G"].hidden = True

    (tmp_path / "list.xlsx").write_bytes(saved(change))
    found = load_longlist(
        str(tmp_path / "list.xlsx"),
        programme(),
        as_of=date(2020, 1, 1),
        tables=TableOptions(ignored=["check"]),
    )
    assert len(found.longlist.ecosystems) == 3


def test_a_formula_that_nobody_worked_out_is_an_error_at_its_cell(tmp_path: Path) -> None:
    raw = saved(lambda sheet: sheet.__setitem__("F3", "=F2+1"))
    line = "list.xlsx[lijst]F3: K715 the cell contains a formula without a value"
    assert errors(raw, tmp_path) == [line]
    # XlsxWriter puts a 0 where the value should be, and has the spreadsheet work it out.
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("lijst")
    for number, row in enumerate((HEAD, *ROWS)):
        sheet.write_row(number, 0, row)
    sheet.write_formula("F3", "=F2+1")
    book.close()
    assert errors(file.getvalue(), tmp_path) == [line]


def test_a_formula_that_was_worked_out_is_its_value_an_empty_text_too(tmp_path: Path) -> None:
    def worked_out(value: bytes) -> bytes:
        raw = saved(lambda sheet: sheet.__setitem__("F3", "=F2+1"))
        cell = b"<f>F2+1</f><v />" if b"<v />" in part(raw) else b"<f>F2+1</f><v></v>"
        return patched(raw, cell, b"<f>F2+1</f>" + value)

    found, _remarks = read(worked_out(b"<v>2002</v>"), tmp_path)
    assert found["b"].founded == 2002
    raw = patched(worked_out(b"<v></v>"), b'<c r="F3">', b'<c r="F3" t="str">')
    found, _remarks = read(raw, tmp_path)
    assert found["b"].founded is None


def part(raw: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    with zipfile.ZipFile(BytesIO(raw)) as packed:
        return packed.read(name)


def patched(raw: bytes, old: bytes, new: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Write other bytes into a part of a workbook."""
    assert old in part(raw, name), part(raw, name)
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as packed, zipfile.ZipFile(file, "w") as fresh:
        for each in packed.namelist():
            text = packed.read(each)
            fresh.writestr(each, text.replace(old, new) if each == name else text)
    return file.getvalue()


def hide_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[9].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions.group("E", "E", hidden=True)
    sheet.column_dimensions["XA"].hidden = True


def strike_row(sheet: Worksheet) -> None:
    sheet["A3"].font = sheet["B3"].font = STRUCK


def strike_cells(sheet: Worksheet) -> None:
    sheet["E2"].font = STRUCK
    line = TextBlock(InlineFont(strike=True), "Ministry; ")
    sheet["E4"] = CellRichText(line, TextBlock(InlineFont(b=True), "Region"))


@pytest.mark.parametrize(
    ("change", "problem", "kept", "skipped"),
    [
        (
            hide_rows,
            "A3: K716 2 rows are hidden, or filtered out: 3–4",
            {"a": ["Province"], "b": [], "c": ["Ministry"]},
            {"a": ["Province"]},
        ),
        (
            hide_column,
            "E1: K716 column E ('suggested_by') is hidden",
            {"a": ["Province"], "b": [], "c": ["Ministry"]},
            {"a": [], "b": [], "c": []},
        ),
        (
            strike_row,
            "A3: K717 row 3 is struck through",
            {"a": ["Province"], "b": [], "c": ["Ministry"]},
            {"a": ["Province"], "c": ["Ministry"]},
        ),
        (
            strike_cells,
            "E2: K717 2 cells are struck through, or a part of them: E2, E4",
            {"a": ["Province"], "b": [], "c": ["Ministry", "Region"]},
            {"a": [], "b": [], "c": ["Region"]},
        ),
    ],
)
def test_what_is_hidden_is_an_error_until_somebody_says_what_becomes_of_it(
    change: Callable[[Worksheet], None],
    problem: str,
    kept: dict[str, list[str]],
    skipped: dict[str, list[str]],
    tmp_path: Path,
) -> None:
    raw = saved(change)
    assert errors(raw, tmp_path) == [f"list.xlsx[lijst]{problem}"]
    found, remarks = read(raw, tmp_path, "keep")
    assert ({each: suggested(one) for each, one in found.items()}, remarks) == (kept, [])
    found, remarks = read(raw, tmp_path, "skip")
    assert {each: suggested(one) for each, one in found.items()} == skipped
    assert [line[:53] for line in remarks] == [
        'list.xlsx[lijst]: K952 left out, as hidden="skip" say'
    ]


def test_rows_of_no_height_and_columns_of_no_width_are_hidden(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[4].height = 7
        sheet.column_dimensions["F"].width = 7

    raw = patched(patched(saved(change), b'width="7"', b'width="0"'), b'ht="7"', b'ht="0"')
    assert errors(raw, tmp_path) == [
        "list.xlsx[lijst]F1: K716 column F ('founded') is hidden",
        "list.xlsx[lijst]A4: K716 row 4 is hidden, or filtered out",
    ]


def test_a_hidden_first_sheet_is_read_or_left_out_as_somebody_says(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        old = sheet.parent.create_sheet("oud", 0)
        for row in (HEAD, ["x", "Xi", "NL-GR", "energy", None, None]):
            old.append(row)
        old.sheet_state = "hidden"

    raw = saved(change)
    assert errors(raw, tmp_path) == ["list.xlsx[oud]: K716 the sheet is hidden"]
    found, remarks = read(raw, tmp_path, "keep")
    assert ([*found], remarks) == (["x"], ["list.xlsx: K952 not read: the sheet 'lijst'"])
    found, remarks = read(raw, tmp_path, "skip")
    assert ([*found], remarks) == (["a", "b", "c"], ["list.xlsx: K952 not read: the sheet 'oud'"])


def test_further_hidden_sheets_are_told_but_for_those_of_kiamv_itself(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for name in ("choices", "kolommen", "geheim", "blank"):
            other = sheet.parent.create_sheet(name)
            other.sheet_state = "veryHidden"
            if name != "blank":
                other["A1"] = "x"

    assert errors(saved(change), tmp_path) == ["list.xlsx[geheim]: K716 the sheet is hidden"]


def test_comments_colours_pictures_and_sheets_are_one_remark_with_their_count(
    tmp_path: Path,
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment("is it?", "J")
        sheet["A1"].fill = sheet["C3"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet["D3"].fill = PatternFill("solid", fgColor="FFFFFF")
        sheet["H9"].fill = PatternFill("solid", fgColor="FFFF00")
        sheet.add_chart(openpyxl.chart.BarChart(), "H2")
        for name in ("Notes", "Old", "Empty"):
            sheet.parent.create_sheet(name)
        sheet.parent["Notes"]["A1"] = sheet.parent["Old"]["A1"] = 1

    _found, remarks = read(saved(change), tmp_path)
    (line,) = remarks
    assert line == (
        "list.xlsx: K952 not read: the comment at [lijst]B2; the colour of [lijst]C3; "
        "a drawing or picture; 2 sheets: 'Notes', 'Old'"
    )


def test_a_note_below_the_table_is_told_in_one_line(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A6"], sheet["A7"], sheet["C9"] = "Source: ours", "Checked", "NL-??"

    below = "is below the table, with nothing beside it, and is not read"
    found, remarks = read(saved(change), tmp_path)
    assert list(found) == list(read(saved(lambda _sheet: None), tmp_path)[0])
    assert remarks == [
        f"list.xlsx[lijst]A6: K985 'Source: ours' {below}",
        f"list.xlsx[lijst]A7: K985 'Checked' {below}",
        f"list.xlsx[lijst]C9: K985 'NL-??' {below}",
    ]
    text = "id;name;provinces;themes\na;Alfa;NL-GR;energy\n\nSource: x;;;\n"
    found, remarks = read(text.encode(), tmp_path, name="list.csv")
    assert (list(found), remarks) == (["a"], [f"list.csv:4:1: K985 'Source: x' {below}"])


def test_names_and_dates_below_an_empty_row_are_what_they_were(tmp_path: Path) -> None:
    text = "name;longlist.as_of;provinces;themes\n\nAlfa;;NL-GR;energy\n\n;2020-11-30;;\nBeta;;;\n"
    assert errors(text.encode(), tmp_path, name="list.csv") == [
        "list.csv:6:1: K302 the key 'provinces' is missing",
        "list.csv:6:1: K302 the key 'themes' is missing",
    ]


def test_two_sheets_that_are_read_as_one_are_told(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for name in ("opgaven", "challenges"):
            sheet.parent.create_sheet(name).append(["id", "what"])

    (line,) = errors(saved(change), tmp_path)
    assert line == (
        "list.xlsx[challenges]A1: K702 the sheets 'opgaven' and 'challenges' are both read as "
        "challenges"
    )


def test_problems_of_a_workbook_are_at_the_cell_in_the_sheet_by_its_own_name(
    tmp_path: Path,
) -> None:
    def change(sheet: Worksheet) -> None:
        facts = sheet.parent.create_sheet("opgaven")
        facts.append([None, "id", "wat", "thema"])
        facts.append([None, "a", "one", "enrgy"])
        sheet["A4"] = "a"

    assert errors(saved(change), tmp_path) == [
        "list.xlsx[lijst]A4: K401 the id 'a' is used twice, first at A2",
        "list.xlsx[opgaven]D2: K304 'enrgy' is not allowed in theme",
    ]


@pytest.mark.parametrize("ending", [".xlsb", ".numbers"])
def test_other_forms_of_workbooks_are_refused_by_name(ending: str) -> None:
    with pytest.raises(BadInput) as bad:
        read_sheets(b"PK", f"list{ending}")
    assert [each.code for each in bad.value.problems] == ["K104"]
    assert "save it as an .xlsx workbook" in bad.value.problems[0].hint


STYLES = "".join(
    f'<style:style style:name="{name}"><style:{kind}/></style:style>'
    for name, kind in (
        ("struck", 'text-properties style:text-line-through-style="solid"'),
        ("fill", 'table-cell-properties fo:background-color="#ffff00"'),
        ("away", 'table-properties table:display="false"'),
    )
)


def ods(*rows: str) -> bytes:
    """Make a file of LibreOffice with a sheet of these rows, and a hidden one."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style", "fo")
    )
    sheet = "".join(f"<table:table-row{row}</table:table-row>" for row in rows)
    away = f"<table:table-row>{ods_cell('x')}</table:table-row>"
    raw = BytesIO()
    with ZipFile(raw, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr(
            "content.xml",
            f"<office:document-content{names}><office:automatic-styles>{STYLES}"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f'<table:table table:name="lijst">{sheet}</table:table>'
            f'<table:table table:name="weg" table:style-name="away">{away}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return raw.getvalue()


def ods_cell(text: str, attributes: str = "") -> str:
    inner = text if text.startswith("<") else f"<text:p>{text}</text:p>"
    return f'<table:table-cell office:value-type="string"{attributes}>{inner}</table:table-cell>'


def test_a_sheet_of_libreoffice_shows_what_it_hides_merges_strikes_and_remarks() -> None:
    part = '<text:p><text:span text:style-name="struck">ASML</text:span>; KPN</text:p>'
    remark = "<office:annotation><text:p>sure?</text:p></office:annotation><text:p>Beta</text:p>"
    struck, two = ' table:style-name="struck"', "<text:p>two<text:line-break/>lines</text:p>"
    raw = ods(
        ">" + ods_cell("name") + ods_cell("partners"),
        ">" + ods_cell("Alfa", struck) + ods_cell(f"{part}<text:p>VDL</text:p>"),
        ">" + ods_cell(remark, ' table:number-rows-spanned="2"') + ods_cell("x"),
        ' table:visibility="filter"><table:covered-table-cell/>' + ods_cell("y"),
        ">" + ods_cell("Delta", struck.replace("struck", "fill")) + ods_cell(two),
    )
    shown, away = read_sheets(raw, "list.ods").sheets.values()
    layout = shown.layout
    assert [row for _line, row in shown.rows][3:] == [[None, "y"], ["Delta", "two\nlines"]]
    assert layout.struck == {(2, 1): "", (2, 2): "; KPN\nVDL"}
    assert (layout.hidden_rows, away.layout.hidden, layout.hidden) == ({4}, True, False)
    assert shown.merged() == [(3, 1, 4, 1)]
    assert (layout.comments, layout.filled) == (("A3",), {(5, 1)})


def test_a_workbook_with_macros_is_read_as_the_workbook_that_it_is() -> None:
    (sheet,) = read_sheets(saved(lambda _sheet: None), "list.xlsm").sheets.values()
    assert len(sheet.rows) == 1 + len(ROWS)


def test_values_dates_and_names_survive_as_calamine_reads_them() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.title = "<a & 'b'>"
        sheet["G2"] = datetime(2020, 11, 30, tzinfo=UTC).replace(tzinfo=None)
        sheet["G3"], sheet["G4"] = True, 1.5

    (sheet,) = read_workbook(saved(change), "x.xlsx").values()
    assert sheet.name == "<a & 'b'>"
    assert [row[6] for _line, row in sheet.rows] == [None, "2020-11-30", True, 1.5]
