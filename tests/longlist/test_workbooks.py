"""Every command that reads a workbook asks what becomes of what is hidden in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.comments import Comment
from typer.main import get_command

from kiamv_cli.cli.app import build
from kiamv_cli.cli.localised_help import commands_of
from kiamv_cli.longlist.reading.identities import load_identities

if TYPE_CHECKING:
    from running import Kiamv

ROWS = (
    ("id", "name", "provinces", "themes"),
    ("alfa", "Alfa", "NL-GR", "energy"),
    ("beta", "Beta", "NL-FR", "health"),
    ("gamma", "Gamma", "NL-DR", "energy"),
)
ON = ("--as-of", "2020-11-30")
HIDDEN = "list.xlsx[lijst]A3: K716 row 3 is hidden, or filtered out."


@pytest.fixture(autouse=True)
def _with_a_hidden_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "lijst"
    for row in ROWS:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.save("list.xlsx")


WITH_A_LIST = [
    ("score", "list.xlsx", *ON),
    ("classify", "list.xlsx", *ON),
    ("shortlist", "list.xlsx", *ON, "--size", "1"),
    ("spread", "list.xlsx", *ON),
    ("check", "list.xlsx", *ON),
    ("explain", "alfa", "-l", "list.xlsx", *ON, "--size", "1"),
    ("export", "list.xlsx", *ON, "-f", "jsonl"),
    ("flow", "list.xlsx", *ON, "--size", "1"),
    ("sources", "list.xlsx", *ON, "--size", "1"),
    ("tradeoff", "list.xlsx", *ON, "--size", "1"),
    ("same", "list.xlsx"),
    ("import", "list.xlsx", *ON, "-o", "out"),
]


@pytest.mark.parametrize("words", WITH_A_LIST, ids=lambda words: words[0])
def test_a_hidden_row_is_an_error_until_it_is_kept_or_skipped(
    kiamv: Kiamv, words: tuple[str, ...]
) -> None:
    done = kiamv(*words)
    assert done.exit_code == (1 if words[0] == "check" else 2)
    assert HIDDEN in done.stdout + done.stderr
    for choice in ("keep", "skip"):
        done = kiamv(*words, "--hidden", choice, *(["--force"] if words[0] == "import" else []))
        assert done.exit_code == 0, done.stderr
    assert "Beta" not in done.stdout
    told = "left out, as --hidden skip says: row 3."
    if words[0] in {"check", "import"}:
        assert told in done.stdout
    else:
        assert f"list.xlsx[lijst]: K952 {told}" in done.stderr


def test_a_list_of_which_all_is_hidden_says_why_it_is_empty(kiamv: Kiamv) -> None:
    book = openpyxl.load_workbook("list.xlsx")
    for line in range(2, 5):
        book["lijst"].row_dimensions[line].hidden = True
    book.save("list.xlsx")
    told = kiamv("score", "list.xlsx", *ON, "--hidden", "skip").stderr
    assert "K105 there is no ecosystem in it" in told
    assert "K952 left out, as --hidden skip says: 3 rows (2–4)" in told


def test_every_command_with_a_long_list_has_the_option() -> None:
    for command in commands_of(get_command(build())):
        names = {each.name for each in command.params}
        if names & {"longlist", "lists", "files", "exports"}:
            assert "hidden" in names, command.name


def test_data_name_the_sheet_and_the_cell_by_numbers(kiamv: Kiamv) -> None:
    found = json.loads(kiamv("check", "list.xlsx", *ON, "-f", "json").stdout)
    (wrong,) = (each for each in found["problems"] if each["code"] == "K716")
    assert (wrong["path"], wrong["line"], wrong["column"]) == ("list.xlsx[lijst]", 3, 1)


def test_a_record_and_a_report_remember_what_became_of_it(kiamv: Kiamv) -> None:
    asked = ("list.xlsx", *ON, "--size", "1", "--hidden", "skip")
    by = ("--by", "C", "--on", "2020-12-15", "--reason", "R", "-o", "d.json")
    assert kiamv("record", *asked, *by).exit_code == 0
    assert json.loads(Path("d.json").read_text("utf-8"))["inputs"]["hidden"] == "skip"
    assert kiamv("verify", "d.json").exit_code == 0
    assert kiamv("diff", "d.json", "d.json").exit_code == 0
    kept = kiamv("verify", "d.json", "--hidden", "keep")
    assert kept.exit_code == 1, kept.output
    assert kiamv("report", *asked, "--draws", "1", "-o", "r.html").exit_code == 0
    assert "list.xlsx --hidden skip" in Path("r.html").read_text("utf-8")


def test_answers_on_duplicates_hold_where_they_are_shown(kiamv: Kiamv) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("one", "answer", "other", "by", "date"),
        ("Alfa", "different", "Beta", "J", "2020-11-01"),
        ("Alfa", None, "Gamma", None, None),
        ("Beta", "same", "Gamma", "J", "2020-11-01"),
    ):
        sheet.append(row)
    for letter in "BDE":
        sheet.merge_cells(f"{letter}2:{letter}3")
    sheet["B2"].comment = Comment("sure?", "K")
    sheet.row_dimensions[4].hidden = True
    book.save("answers.xlsx")
    words = ("same", "list.xlsx", "--answers", "answers.xlsx")
    shown = kiamv(*words, "--hidden", "skip")
    assert shown.exit_code == 0, shown.stderr
    assert "K952 not read: the comment at [Sheet]B2." in shown.stderr
    given = [(each.answer, each.other) for each in load_identities("identities.yaml").decisions]
    assert given == [("different", "Beta"), ("different", "Gamma")]
    for number in (2, 3, 4):
        sheet.row_dimensions[number].hidden = False
    sheet["B4"] = "#REF!"
    book.save("answers.xlsx")
    refused = kiamv(*words, "--hidden", "skip")
    assert refused.exit_code == 2
    assert "answers.xlsx[Sheet]B4: K714 the cell contains an error, '#REF!'" in refused.stderr
    assert "K304" not in refused.stderr


def test_a_form_holds_what_it_shows_and_its_comments_are_told(kiamv: Kiamv) -> None:
    Path("review").mkdir()
    Path("review/reviewers.yaml").write_text("reviewers: [{id: anna, name: Anna}]\n", "utf-8")
    source = ("-l", "list.xlsx", *ON, "--hidden", "skip")
    assert kiamv("review", "form", "--xlsx", "-r", "anna", *source).exit_code == 0
    form = Path("review/forms/anna.xlsx")
    book = openpyxl.load_workbook(form)
    sheet = book["Form"]
    (head,) = (cell.row for row in sheet for cell in row if cell.value == "verdict")
    top, second, third = range(head + 1, head + 4)
    sheet[f"D{top}"], sheet[f"E{top}"] = "met", "because"
    sheet[f"D{second}"], sheet[f"E{second}"] = "partly", "of this"
    sheet[f"E{second}"].comment = Comment("or of that?", "A")
    sheet.merge_cells(f"E{second}:E{third}")
    sheet[f"D{third}"] = "partly"
    book.save(form)
    seal = ("review", "seal", str(form))
    done = kiamv(*seal, *source)
    assert done.exit_code == 0, done.stderr
    assert f"anna.xlsx: K952 not read: the comment at [Form]E{second}." in done.stderr
    first = Path("review/first/anna.yaml").read_text("utf-8")
    assert first.count("of this") == 2
    for path in ("review/first/anna.yaml", "review/seals/anna.yaml"):
        Path(path).unlink()
    sheet.row_dimensions[top].hidden = True
    book.save(form)
    Path("list.yaml").write_text(kiamv("export", *source[1:]).stdout, "utf-8")
    plain = ("-l", "list.yaml")
    read = kiamv(*seal, *plain)
    assert read.exit_code == 0
    assert f"anna.xlsx[Form]A{top}: K952" in read.stderr


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["xlsb", "numbers"])
def test_other_spreadsheets_are_refused_wherever_one_is_read(kiamv: Kiamv, ending: str) -> None:
    Path(f"t.{ending}").write_bytes(Path("list.xlsx").read_bytes())
    Path("review/forms").mkdir(parents=True)
    Path("review/reviewers.yaml").write_text("reviewers: [{id: anna, name: Anna}]\n", "utf-8")
    for words in (
        ("import", f"t.{ending}", "-o", "out"),
        ("survey", "merge", f"t.{ending}", "-o", "a.yaml"),
        ("same", "--answers", f"t.{ending}"),
        ("review", "seal", f"t.{ending}"),
    ):
        done = kiamv(*words)
        assert done.exit_code == 2
        assert f"t.{ending}: K104 files ending in .{ending} are not read." in done.stderr
        assert "save it as an .xlsx workbook" in done.stderr
