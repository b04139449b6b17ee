"""Workbooks that were made to take all memory or time, or to say one thing and show another."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO
from time import process_time
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.formats.sheets.sheet import Sheet

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "<worksheet><sheetData>{}</sheetData></worksheet>"
TEXT = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
MB = 1024 * 1024


def relations(*parts: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, 1)
    )
    return f"<Relationships>{listed}</Relationships>"


def parts_of(*sheets: str, strings: str = "", styles: str = "") -> dict[str, str]:
    listed = "".join(
        f'<sheet name="s{number}" sheetId="{number}" r:id="r{number}"/>'
        for number in range(1, len(sheets) + 1)
    )
    numbered = list(enumerate(sheets, 1))
    related = [("worksheet", f"worksheets/s{number}.xml") for number, _sheet in numbered]
    return {
        "_rels/.rels": relations(("officeDocument", "xl/book.xml")),
        "xl/book.xml": f'<workbook xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/book.xml.rels": relations(
            *related, ("sharedStrings", "/xl/strings.xml"), ("styles", "styles.xml")
        ),
        "xl/strings.xml": strings or "<sst/>",
        "xl/styles.xml": styles or "<styleSheet/>",
        **{f"xl/worksheets/s{number}.xml": sheet for number, sheet in numbered},
    }


def packed(parts: Mapping[str, str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def read(parts: Mapping[str, str]) -> dict[str, Sheet]:
    return read_workbook(packed(parts), "x.xlsx")


def refused(raw: bytes) -> list[str]:
    with pytest.raises(BadInput) as bad:
        read_workbook(raw, "x.xlsx")
    return [f"{each.code} {each.message}" for each in bad.value.problems]


BROKEN = ["K203 the workbook is damaged"]
MANY = ["K103 its sheets span more than 5 million cells"]
LARGE = ["K103 it unpacks to more than 100 MB"]


def test_a_workbook_with_parts_by_other_names_is_read() -> None:
    (sheet,) = read(parts_of(SHEET.format(TEXT.format("x")))).values()
    assert sheet.rows == [(1, ["x"])]


def test_a_chart_that_is_a_sheet_has_no_cells() -> None:
    parts = parts_of(SHEET.format(TEXT.format("x")), "<chartsheet/>")
    name = "xl/_rels/book.xml.rels"
    parts[name] = parts[name].replace(
        'worksheet" Target="worksheets/s2', 'chartsheet" Target="worksheets/s2'
    )
    assert {name: sheet.rows for name, sheet in read(parts).items()} == {
        "s1": [(1, ["x"])],
        "s2": [],
    }


@pytest.mark.slow
def test_cells_are_counted_over_all_sheets() -> None:
    far = SHEET.format(
        '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="KN2000"><v>1</v></c></row>'
    )
    assert len(read(parts_of(*[far] * 8))) == 8
    assert refused(packed(parts_of(*[far] * 9))) == MANY
    # However few of them hold anything: each takes time.
    assert refused(packed(parts_of(SHEET.format("<c/>" * 5_000_001)))) == MANY


@pytest.mark.slow
def test_parts_are_counted_as_they_unpack_all_together() -> None:
    large = TEXT.format(" " * 40 * MB)
    tracemalloc.start()
    assert refused(packed(parts_of(*[SHEET.format(large)] * 3))) == LARGE
    assert tracemalloc.get_traced_memory()[1] < 260 * MB
    tracemalloc.stop()
    # Parts that nobody reads are not unpacked.
    assert read({**parts_of(SHEET.format("")), "xl/media/photo.png": "x" * 101 * MB})


def test_what_parts_say_of_their_size_is_not_believed() -> None:
    raw = bytearray(packed(parts_of(SHEET.format(TEXT.format("x" * MB)))))
    size = raw.rindex(b"PK\x01\x02") + 24
    raw[size : size + 4] = (1 << 31).to_bytes(4, "little")
    assert len(read_workbook(bytes(raw), "x.xlsx")["s1"].rows) == 1
    raw[size : size + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(raw)) == ["K203 not a valid workbook, or truncated"]


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_spreadsheet_packs_with_is_refused(how: int) -> None:
    assert refused(packed(parts_of(SHEET.format("")), how)) == BROKEN


@pytest.mark.parametrize(
    "sheet",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]>' + SHEET.format(TEXT.format("&b;")),
        SHEET.format(TEXT.format("&nbsp;")),
        SHEET.format('<row r="1"><c r="A0"><v>1</v></c></row>'),
        SHEET.format('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        SHEET.format('<row r="x"/>'),
        SHEET.format("<row"),
        "<worksheet><cols>" + '<col min="1" max="16384" hidden="1"/>' * 20 + "</cols></worksheet>",
        SHEET.format('<row r="9"><c r="I9"><v>1</v></c></row>')[:-12]
        + '<mergeCells><mergeCell ref="A1:I9"/><mergeCell ref="A1:I8"/></mergeCells></worksheet>',
        "",
    ],
)
def test_what_no_spreadsheet_writes_is_refused(sheet: str) -> None:
    assert refused(packed(parts_of(sheet))) == BROKEN


def test_more_shared_texts_than_there_is_room_for_are_refused() -> None:
    strings = '<sst uniqueCount="9999999999"><si><t>a</t></si></sst>'
    assert refused(packed(parts_of(SHEET.format(""), strings=strings))) == BROKEN


@pytest.mark.slow
@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.format("<c " + "a" * 2 * MB + '="1"/>'),
        SHEET.format("".join(f"<x{number}/>" for number in range(200_000))),
        SHEET.format('<c r="A1" ' * 1).replace('<c r="A1" ', '<c r="' + "A" * MB + '"/>'),
        SHEET.format(f'<row r="1"><c r="A1" s="{"9" * MB}"><v>1</v></c></row>'),
        SHEET.format("<a>" * 100_000 + "</a>" * 100_000),
    ],
)
def test_odd_xml_takes_no_more_time_than_there_is_of_it(sheet: str) -> None:
    start = process_time()
    with suppress(BadInput):
        read(parts_of(sheet))
    assert process_time() - start < 3


def test_of_two_parts_of_one_name_the_same_one_is_looked_at_and_read() -> None:
    file = BytesIO(packed(parts_of(SHEET.format(TEXT.format("first")))))
    hidden = '<row r="1" hidden="1"><c r="A1" t="inlineStr"><is><t>last</t></is></c></row>'
    with zipfile.ZipFile(file, "a") as archive:
        archive.NameToInfo.clear()
        archive.writestr("xl/worksheets/s1.xml", SHEET.format(hidden))
    (sheet,) = read_workbook(file.getvalue(), "x.xlsx").values()
    assert (sheet.rows, sheet.layout.hidden_rows) == ([(1, ["last"])], {1})


def test_a_file_with_a_password_or_of_an_old_excel_says_so() -> None:
    old = b"\xd0\xcf\x11\xe0" + bytes(600)
    assert refused(old + "EncryptedPackage".encode("utf-16-le")) == [
        "K203 it is protected with a password"
    ]
    (told,) = refused(old)
    assert told.startswith("K203 it is a workbook in the format of Excel 97 to 2003 (.xls)")
