"""Forms as spreadsheets: what a reviewer gets, fills in, and may get wrong."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from kiamv_cli.review.model.form import FORM_COLUMNS

if TYPE_CHECKING:
    from running import Kiamv

LONGLIST = """\
title: Two
as_of: 2026-01-01
ecosystems:
  - {id: alfa, name: =1+1, provinces: [NL-GR], themes: [energy],
     maturity: [{what: '=HYPERLINK("http://x")', source: s1}], sources: {s1: {title: Report, url: "https://example.org/r"}}}
  - {id: beta, name: Beta, provinces: [NL-FR], themes: [health]}
"""
COLUMN = {name: place for place, name in enumerate(FORM_COLUMNS, start=1)}
FORM = Path("review/forms/anna.xlsx")
HEAD = 4


@pytest.fixture
def form(kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text(LONGLIST, encoding="utf-8")
    Path("review").mkdir()
    reviewers = "reviewers: [{id: anna, name: Anna}, {id: bram, name: Bram}]\n"
    Path("review/reviewers.yaml").write_text(reviewers, encoding="utf-8")
    made = kiamv("review", "form", "-r", "anna", "--xlsx", "-l", "list.yaml")
    assert made.exit_code == 0, made.output
    return FORM


def fill(form: Path, **cells: Any) -> None:  # noqa: ANN401 - whatever a person types
    """Answer every question with met, then type into cells, as in ``verdict6="partly"``."""
    book = openpyxl.load_workbook(form)
    sheet = book["Form"]
    for row in range(HEAD + 1, sheet.max_row + 1):
        sheet.cell(row, COLUMN["verdict"], "met ")
        sheet.cell(row, COLUMN["reason"], "because")
    for where, typed in cells.items():
        name = where.rstrip("0123456789")
        sheet.cell(int(where.removeprefix(name)), COLUMN[name]).value = typed
    book.save(form)


def seal(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - a result
    return kiamv("review", "seal", str(FORM), "-l", "list.yaml", *arguments)


def test_a_row_per_question_with_drop_downs_and_nothing_locked_or_frozen_but_the_headings(
    form: Path,
) -> None:
    sheet = openpyxl.load_workbook(form)["Form"]
    assert [cell.value for cell in sheet[HEAD]] == list(FORM_COLUMNS)
    assert sheet.max_row == HEAD + 2 * 9
    (choices,) = sheet.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == (
        '"met,partly,not met,unknown,not mine"',
        "D5:D22",
    )
    assert not sheet.protection.sheet
    assert sheet.freeze_panes == "A5"
    assert sheet["A1"].value == "Review form of Anna"
    assert sheet["B13"].value == '• =HYPERLINK("http://x")\n   s1: Report, https://example.org/r'
    assert sheet.row_dimensions[13].height >= 30
    assert sheet["C9"].value.endswith("Here: industry.")
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$4:$4")


def test_no_text_of_a_list_acts_as_a_formula(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)["Form"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert any(str(cell.value).startswith("=1+1") for cell in cells)


def test_the_same_form_gives_the_same_bytes(kiamv: Kiamv, form: Path) -> None:
    before = form.read_bytes()
    form.unlink()
    kiamv("review", "form", "-r", "anna", "--xlsx", "-l", "list.yaml")
    assert form.read_bytes() == before


def test_it_says_the_same_as_a_yaml_form_to_the_last_bit(kiamv: Kiamv, form: Path) -> None:
    fill(form, evidence13="s1: p. 12; s1", verdict6=None, reason6=None, verdict7="not-mine")
    sealed = seal(kiamv, "--salt", "x")
    assert sealed.exit_code == 0, sealed.output
    first = Path("review/first/anna.yaml").read_text(encoding="utf-8")
    cited = 'evidence: [{source: s1, place: "p. 12"}, {source: s1}]'
    assert f"scaling-question: {{verdict: met, reason: because, {cited}}}" in first
    assert "cross-regional-problem: {verdict: not-mine" in first
    form.unlink()
    kiamv("review", "form", "-l", "list.yaml")
    text = Path("review/forms/anna.yaml").read_text(encoding="utf-8")
    text = text.replace("verdict:\n", "verdict: met\n").replace("reason:\n", "reason: because\n")
    head, alfa = text.split("  alfa:\n")
    alfa = alfa.replace("regional:\n      verdict: met\n      reason: because", "regional:\n", 1)
    alfa = alfa.replace(
        "cross-regional-problem:\n      verdict: met",
        "cross-regional-problem:\n      verdict: not-mine",
        1,
    )
    start, end = alfa.split("    scaling-question:", 1)
    end = end.replace("[]", "[{source: s1, place: p. 12}, {source: s1}]", 1)
    both = f"{head}  alfa:\n{start}    scaling-question:{end}"
    Path("review/forms/anna.yaml").write_text(both, encoding="utf-8")
    Path("review/first/anna.yaml").unlink()
    Path("review/seals/anna.yaml").unlink()
    again = kiamv("review", "seal", "review/forms/anna.yaml", "-l", "list.yaml", "--salt", "x")
    assert again.stdout == sealed.stdout


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"verdict6": "ja"}, "anna.xlsx[Form]D6: K830 'ja' can mean more than one verdict. Write"),
        ({"verdict6": "mett"}, "anna.xlsx[Form]D6: K304 'mett' is not allowed in verdict"),
        ({"reason6": None}, "anna.xlsx[Form]E6: K603 'regional' has a verdict without a reason"),
        ({"verdict7": ""}, "anna.xlsx[Form]D7: K603 'cross-regional-problem' has a reason"),
        ({"evidence6": "s7: p. 1"}, "anna.xlsx[Form]F6: K403 alfa has no source 's7'"),
        ({"reason6": 5}, "anna.xlsx[Form]E6: K303 reason must be text, not the number 5"),
        ({"reason6": "a\u202eb"}, "anna.xlsx[Form]E6: K202 U+202E"),
        ({"code6": "alfa regionol", "question6": "?"}, "[Form]G6: K831 this row does not say"),
        ({"code6": "alfa multi-mission"}, "K205 alfa multi-mission is there twice, first in row 5"),
        ({"code6": "delta regional"}, "K301 unknown key 'delta'"),
        ({"verdict4": "Urteil"}, "K602 it has no row with the headings of a form"),
    ],
)
def test_a_mistake_is_told_with_its_cell(
    kiamv: Kiamv, form: Path, cells: dict[str, Any], told: str
) -> None:
    fill(form, **cells)
    result = seal(kiamv)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
    assert not Path("review/seals").exists()


def test_a_spreadsheet_that_was_cut_off_is_refused(kiamv: Kiamv, form: Path) -> None:
    fill(form)
    whole = form.read_bytes()
    for kept in (0, 100, len(whole) // 2, len(whole) - 30):
        form.write_bytes(whole[:kept])
        result = seal(kiamv)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "K203 not a valid workbook, or truncated" in result.stderr


@pytest.mark.slow
def test_another_spreadsheet_or_archive_is_refused(kiamv: Kiamv, form: Path) -> None:
    book = openpyxl.Workbook()
    book.save(form)
    assert "K602 it has no row with the headings of a form" in seal(kiamv).stderr
    with zipfile.ZipFile(form, "w") as packed:
        packed.writestr("readme.txt", "no workbook")
    assert "K203 the workbook is damaged" in seal(kiamv).stderr
    with zipfile.ZipFile(form, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_rels/.rels", bytes(101 * 1024 * 1024))
    assert "K103 it unpacks to more than 100 MB" in seal(kiamv).stderr
