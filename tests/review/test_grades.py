"""Grades of a scale in a review: in forms, of several people together, decided and shown."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kiamv_cli.programme.model.programme import Scale
from kiamv_cli.programme.rules.judged import JudgedRule

if TYPE_CHECKING:
    from running import Kiamv

CALL = Path(__file__).parents[2] / "examples" / "horizon"
BY = ("--criteria", "criteria", "-l", "list.yaml")
REVIEWERS = (
    "reviewers: [{id: anna, name: Anna}, {id: bram, name: Bram}, {id: chris, name: Chris}]\n"
)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    copytree(CALL / "criteria", "criteria")
    Path("list.yaml").write_text((CALL / "longlist.yaml").read_text("utf-8"), "utf-8")
    Path("review").mkdir()
    Path("review/reviewers.yaml").write_text(REVIEWERS, "utf-8")
    return tmp_path


def fill(form: Path, **grades: object) -> None:
    """Fill in the grades of impact, by ecosystem, and 2 for all else."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "ecosystem")
    at = {cell.value: cell.column for cell in head}
    for row in range(head[0].row + 1, sheet.max_row + 1):
        ecosystem, question = str(sheet.cell(row, at["code"]).value).split()
        grade = grades.get(ecosystem, 2) if question == "impact" else 2
        sheet.cell(row, at["verdict"]).value = grade
        sheet.cell(row, at["reason"]).value = "because"
    book.save(form)


def reviewed(kiamv: Kiamv, **by_reviewer: dict[str, object]) -> None:
    assert kiamv("review", "send", *BY).exit_code == 0
    for who, grades in by_reviewer.items():
        fill(Path(f"review/forms/{who}.xlsx"), **grades)
    forms = [f"review/forms/{who}.xlsx" for who in by_reviewer]
    done = kiamv("review", "receive", *forms, "--on", "2024-06-02", *BY)
    assert done.exit_code == 0, done.stderr
    done = kiamv("review", "close", *BY)
    assert done.exit_code == 0, done.stderr


def scored(kiamv: Kiamv, ecosystem: str) -> dict[str, object]:
    done = kiamv("score", "list.yaml", *BY[:2], "--reviews", "review", "-f", "json")
    assert done.exit_code == 0, done.stderr
    rows = json.loads(done.stdout)["ecosystems"]
    found: dict[str, object] = next(each for each in rows if each["id"] == ecosystem)["criteria"]
    return found["impact"]  # type: ignore[return-value]


@pytest.mark.slow
@pytest.mark.usefixtures("call")
def test_grades_of_several_people_make_one(kiamv: Kiamv) -> None:
    reviewed(kiamv, anna={"fen": "4,5"}, bram={"fen": 3}, chris={"fen": "2.5"})
    impact = scored(kiamv, "fen")
    assert impact["proven"] == impact["possible"] == round(10 / 3 / 5, 6)
    assert impact["basis"] == "review"
    told = kiamv("explain", "fen", *BY, "--reviews", "review", "--size", "2")
    assert "grade 3.33" in told.stdout


@pytest.mark.slow
@pytest.mark.usefixtures("call")
def test_what_is_decided_replaces_all_grades(kiamv: Kiamv) -> None:
    reviewed(kiamv, anna={"fen": 5}, bram={"fen": 1}, chris={"fen": "onbekend"})
    assert scored(kiamv, "fen")["proven"] == 0.6
    words = ("review", "adjudicate", "fen", "impact", "--by", "C", "--reason", "r", *BY)
    on = ("--on", "2024-06-03")
    for wrong, told in (("met", "met is no grade"), ("4.2", "4.2 is no grade on the scale")):
        done = kiamv(*words, *on, "--verdict", wrong)
        assert (done.exit_code, told in done.stderr) == (2, True)
    assert kiamv(*words, *on, "--verdict", "4.5").exit_code == 0
    impact = scored(kiamv, "fen")
    assert (impact["proven"], impact["basis"]) == (0.9, "adjudicated")
    dossier = kiamv("review", "dossier", "fen", "-o", "fen.html", *BY)
    assert dossier.exit_code == 0
    assert "4.5" in Path("fen.html").read_text("utf-8")
    assert kiamv("review", "agreement", *BY).exit_code == 0


@pytest.mark.usefixtures("call")
@pytest.mark.parametrize("wrong", [5.5, "met", "4,3"])
def test_a_grade_that_the_scale_does_not_have_is_told_with_its_cell(
    kiamv: Kiamv, wrong: object
) -> None:
    assert kiamv("review", "send", *BY).exit_code == 0
    fill(Path("review/forms/anna.xlsx"), fen=wrong)
    done = kiamv("review", "receive", "review/forms/anna.xlsx", "--on", "2024-06-02", *BY)
    assert done.exit_code == 2
    assert "anna.xlsx[Form]D" in done.stderr
    assert "K835" in done.stderr
    assert "from 0 to 5, in steps of 0.5" in done.stderr


@pytest.mark.usefixtures("call")
def test_a_form_offers_the_grades_of_the_scale(kiamv: Kiamv) -> None:
    assert kiamv("review", "send", *BY).exit_code == 0
    sheet = openpyxl.load_workbook("review/forms/anna.xlsx").worksheets[0]
    lists = {each.formula1 for each in sheet.data_validations.dataValidation}
    grades = ",".join(f"{n / 2:g}" for n in range(11))
    assert f'"{grades},unknown,not mine"' in lists


@pytest.mark.parametrize(
    ("combine", "one"), [("mean", Fraction(5, 2)), ("median", Fraction(2)), ("lowest", Fraction(1))]
)
def test_grades_combine_as_the_criterion_says(combine: str, one: Fraction) -> None:
    rule = JudgedRule(grades=Scale(most=Fraction(5)), combine=combine)  # type: ignore[arg-type]
    assert rule.together([Fraction(n) for n in (1, 5, 2, 2)]) == one
