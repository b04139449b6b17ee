"""Workbooks to fill in: what they offer, and that what is filled in is read as it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from kiamv_cli.base.labels import LANGUAGES, Language
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from running import Kiamv

ON = ("--as-of", "2026-11-30")


@pytest.fixture(autouse=True)
def _within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def template(kiamv: Kiamv, language: Language, *more: str) -> openpyxl.Workbook:
    done = kiamv("--lang", language, "export", "--template", "-o", "fill-in.xlsx", *more)
    assert done.exit_code == 0, done.stderr
    return openpyxl.load_workbook("fill-in.xlsx")


def offered(sheet: Worksheet, book: openpyxl.Workbook) -> dict[str, list[str]]:
    """Return what the drop-down list of each column offers, by its letters."""
    found = {}
    for each in sheet.data_validations.dataValidation:
        if each.type == "list":
            name, _sign, area = each.formula1.partition("!")
            cells = book[name.strip("'")][area.replace("$", "")]
            found[str(each.sqref)[0:2].rstrip("0123456789")] = [
                str(cell.value) for (cell,) in cells
            ]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_workbook_offers_is_read_without_a_mapping(
    kiamv: Kiamv, language: Language
) -> None:
    book = template(kiamv, language)
    sheet = book.worksheets[0]
    choices = offered(sheet, book)
    assert len(choices) == 12
    longest = max(map(len, choices.values()))
    example = [cell.value for cell in sheet[2]]
    for number in range(longest):
        row: list[Any] = list(example)
        row[0] = f"Initiatief {number}"
        for place, cell in enumerate(sheet[1]):
            several = choices.get(cell.column_letter)
            if several:
                row[place] = several[number % len(several)]
        row[3] = row[4] = row[6] = None
        row[15] = "Opgave twee"
        for place, text in enumerate(row, 1):
            sheet.cell(3 + number, place).value = text
    book.save("fill-in.xlsx")
    done = kiamv("import", "fill-in.xlsx", *ON, "-o", "out")
    assert done.exit_code == 0, done.stderr
    assert (
        "A2: K979 row 2 is left out: it is the example from the workbook to fill in" in done.stdout
    )
    ids = {f"initiatief-{number}" for number in range(longest)}
    files = {place.stem: place for place in Path("out").glob("*.yaml")}
    assert set(files) == {*ids, "longlist"}
    first = read_yaml(files["initiatief-0"].read_text("utf-8"), "").data
    assert isinstance(first, dict)
    assert set(first) >= {
        *("provinces", "themes", "scope", "seat", "founded", "website", "lead", "suggested_by"),
        *("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget", "partners"),
    }


def test_the_second_sheet_explains_each_column_in_a_sentence(kiamv: Kiamv) -> None:
    book = template(kiamv, "nl")
    headings = [cell.value for cell in book.worksheets[0][1]]
    explained = {row[0].value: row[1].value for row in book.worksheets[1].iter_rows(min_row=2)}
    assert book.sheetnames[1] == "kolommen"
    assert all(str(explained[heading]).endswith((".", ";")) for heading in headings)
    assert str(explained["Multihelix"]).endswith(
        "bedrijven, overheid, kennisinstellingen en burgers mee?"
    )


def test_a_programme_gets_the_columns_of_its_own(kiamv: Kiamv) -> None:
    assert kiamv("init", "own", "--workbook").exit_code == 0
    assert Path("own/fill-in.xlsx").exists()
    place = Path("own/criteria/programme.yaml")
    place.write_text(
        place.read_text("utf-8")
        + "attributes:\n"
        + "  - {id: phase, label: {en: Phase, nl: Fase}, kind: choice, categories:\n"
        + "      [{id: a, label: {en: Start, nl: Begin}}, {id: b, label: {en: On, nl: Gaande}}]}\n"
        + "  - {id: open, label: {en: Open to all, nl: Open voor ieder}, kind: yes-no}\n",
        "utf-8",
    )
    book = template(kiamv, "nl", "--criteria", "own/criteria")
    sheet = book.worksheets[0]
    headings = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, 1).value = "Alfa"
    values = {"Provincie 1": "Utrecht", "Thema 1": "Veiligheid", "Fase": "Gaande"}
    for heading, text in {**values, "Open voor ieder": "nee"}.items():
        sheet.cell(3, headings[heading]).value = text
    book.save("fill-in.xlsx")
    words = ("import", "fill-in.xlsx", *ON, "--criteria", "own/criteria", "-o", "out")
    done = kiamv(*words)
    assert done.exit_code == 0, done.stderr
    alfa = read_yaml(Path("out/alfa.yaml").read_text("utf-8"), "").data
    assert isinstance(alfa, dict)
    assert alfa["attributes"] == {"phase": "b", "open": False}
