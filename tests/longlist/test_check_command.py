"""``kiamv check`` as people and workflows see it."""

from __future__ import annotations

import csv
import io
import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xlsxwriter import Workbook

from kiamv_cli.display.data import render_annotations

if TYPE_CHECKING:
    from running import Kiamv

GOOD = """\
title: Mine
as_of: 2020-11-30
ecosystems:
  - id: alpha
    name: Alpha
    provinces: [NL-GR]
    themes: [energy]
    challenges: [{what: clean ships, theme: energy, source: s1}]
    sources: {s1: {title: Report, publisher: Alpha, year: 2019}}
"""
DOUBTFUL = GOOD.replace(", source: s1}]", "}]")
WRONG = DOUBTFUL.replace("[NL-GR]", "[NL-XX]")


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in {"good": GOOD, "doubtful": DOUBTFUL, "wrong": WRONG}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "plain", "strict"), [("good", 0, 0), ("doubtful", 0, 1), ("wrong", 1, 1)]
)
def test_the_exit_status_is_the_answer(kiamv: Kiamv, name: str, plain: int, strict: int) -> None:
    assert kiamv("check", f"{name}.yaml").exit_code == plain
    assert kiamv("check", f"{name}.yaml", "--strict").exit_code == strict


def test_each_problem_has_a_line_and_the_result_is_on_standard_output(kiamv: Kiamv) -> None:
    result = kiamv("check", "wrong.yaml")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("wrong.yaml:6:17: K304 'NL-XX' is not allowed in provinces.")
    assert lines[1].startswith("wrong.yaml:8:18: K903 this fact has no source.")
    assert "Mine: 1 ecosystem checked, as of 2020-11-30. 1 error and 2 warnings." in result.stdout
    assert result.stderr == ""


def test_a_list_in_order_says_so(kiamv: Kiamv) -> None:
    result = kiamv("check", "-", stdin=GOOD)
    assert "Nothing is wrong, and nothing is doubtful." in result.stdout


def test_nothing_to_read_is_bad_usage(kiamv: Kiamv) -> None:
    result = kiamv("check", "gone.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "K101" in result.stderr


def test_data_formats_hold_the_same(kiamv: Kiamv) -> None:
    said = json.loads(kiamv("check", "wrong.yaml", "-f", "json").stdout)
    assert said["schema"] == "kiamv/check/2"
    assert (said["passes"], said["errors"], said["warnings"]) == (False, 1, 2)
    rows = list(csv.DictReader(io.StringIO(kiamv("check", "wrong.yaml", "-f", "csv").stdout)))
    assert [row["code"] for row in rows] == [each["code"] for each in said["problems"]]
    assert said["codes"] == {"K304": 1, "K903": 1, "K904": 1}
    assert "| K304 | error |" in kiamv("check", "wrong.yaml", "-f", "md").stdout


def test_annotations_stand_on_their_lines(kiamv: Kiamv) -> None:
    lines = kiamv("check", "wrong.yaml", "-f", "github").stdout.splitlines()
    assert lines[0].startswith("::error file=wrong.yaml,line=6,col=17,title=K304::'NL-XX' is not")
    assert lines[1].startswith("::warning file=wrong.yaml,line=8,col=18,title=K903::")


def test_an_annotation_of_a_workbook_names_the_file_and_the_cell(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Workbook("list.xlsx") as book:
        sheet = book.add_worksheet("My list")
        sheet.write_row(0, 0, ["id", "name", "provinces", "themes"])
        sheet.write_row(1, 0, ["a", "Alpha", "NL-XX", "energy"])
    lines = kiamv("check", "list.xlsx", "--as-of", "2020-11-30", "-f", "github").stdout.splitlines()
    assert lines[1].startswith("::error file=list.xlsx,title=K304::[My list]C2: 'NL-XX' is not")
    said = json.loads(kiamv("check", "list.xlsx", "--as-of", "2020-11-30", "-f", "json").stdout)
    assert said["problems"][0]["path"] == "list.xlsx[My list]"


def test_what_a_code_means_is_no_annotation(kiamv: Kiamv) -> None:
    run = kiamv("check", "--explain", "K304", "-f", "github")
    assert (run.exit_code, run.stdout) == (2, "")
    assert "--explain has none" in run.stderr


def test_no_text_ends_an_annotation_or_starts_another() -> None:
    record = {
        "path": "a,b:c%\n.yaml",
        "line": None,
        "column": None,
        "code": "K101",
        "severity": "error",
        "message": "50%\r\n::error::x",
        "hint": "",
    }
    assert render_annotations([record]) == (
        "::error file=a%2Cb%3Ac%25%0A.yaml,title=K101::50%25%0D%0A::error::x.\n"
    )


def test_a_code_is_explained(kiamv: Kiamv) -> None:
    shown = kiamv("check", "--explain", "k930")
    assert shown.exit_code == 0
    assert "K930 (warning): a theme without a challenge" in shown.stdout
    said = json.loads(kiamv("check", "--explain", "all", "-f", "json").stdout)
    assert said["schema"] == "kiamv/check-explain/1"
    unknown = kiamv("check", "--explain", "K93O")
    assert unknown.exit_code == 2
    assert "Did you mean K9" in unknown.stderr


def test_the_list_of_codes_is_current() -> None:
    place = Path(__file__).parents[2] / "docs" / "make_codes.py"
    spec = spec_from_file_location("make_codes", place)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    assert made.CODES.read_text(encoding="utf-8") == made.codes_text()


TWICE = """\
title: Twice
as_of: 2020-11-30
ecosystems:
  - {id: b, name: Harbour Lab, provinces: [NL-ZH], themes: [energy]}
  - {id: a, name: Lab Harbour, provinces: [NL-ZH], themes: [energy]}
  - {id: c, name: Harbour, provinces: [NL-ZH], themes: [energy]}
"""


def test_a_strong_suspicion_is_told_at_the_later_one_until_somebody_answers(kiamv: Kiamv) -> None:
    Path("twice.yaml").write_text(TWICE, encoding="utf-8")
    shown = kiamv("check", "twice.yaml")
    assert shown.exit_code == 0
    assert shown.stdout.count(": K942 ") == 1
    assert (
        "twice.yaml:5:19: K942 'Lab Harbour' may be the same as 'Harbour Lab' at line 4: the same "
        "words, but for their order and small words. Answer with kiamv same" in shown.stdout
    )
    answer = "{one: a, answer: different, other: Harbour Lab, by: A, date: 2020-11-02}"
    Path("known.yaml").write_text(
        f"schema: kiamv/identities/1\nanswers:\n  - {answer}\n", encoding="utf-8"
    )
    assert "K942" not in kiamv("check", "twice.yaml", "--identities", "known.yaml").stdout
    later = Path("known.yaml").read_text(encoding="utf-8").replace("different", "later")
    Path("known.yaml").write_text(later, encoding="utf-8")
    assert "K942" in kiamv("check", "twice.yaml", "--identities", "known.yaml").stdout
    assert kiamv("check", "twice.yaml", "--identities", "none.yaml").exit_code == 2


def test_suspicions_in_json_lines_and_folders_are_placed_too(kiamv: Kiamv) -> None:
    rest = '"provinces": ["NL-ZH"], "themes": ["energy"]}'
    names = {"a": "Harbour Lab", "b": "Lab Harbour", "c": "harbour lab"}
    head = '{"title": "T", "as_of": "2020-11-30"}'
    lines = [head, *(f'{{"id": "{one}", "name": "{name}", {rest}' for one, name in names.items())]
    Path("list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    shown = kiamv("check", "list.jsonl", "-f", "json").stdout
    found = [(each["line"], each["code"]) for each in json.loads(shown)["problems"]]
    # A name that is used twice has a code of its own.
    assert [each for each in found if each[1] in {"K942", "K902"}] == [
        (3, "K942"),
        (4, "K942"),
        (4, "K902"),
    ]
    Path("folder").mkdir()
    Path("folder/longlist.yaml").write_text("title: T\nas_of: 2020-11-30\n", encoding="utf-8")
    for one, name in names.items():
        text = f"id: {one}\nname: {name}\nprovinces: [NL-ZH]\nthemes: [energy]\n"
        Path(f"folder/{one}.yaml").write_text(text, encoding="utf-8")
    shown = kiamv("check", "folder").stdout
    assert "folder/b.yaml:2:7: K942 'Lab Harbour' may be the same as 'Harbour Lab'" in shown
    assert ", first in folder/a.yaml" in shown


def test_long_output_is_written_whole(kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kiamv("check", "wrong.yaml").stdout
    for at_once in (1, 7, len(whole), len(whole) + 1):
        monkeypatch.setattr("kiamv_cli.cli.output._AT_ONCE", at_once)
        assert kiamv("check", "wrong.yaml").stdout == whole


def test_a_document_has_the_counts_before_the_lines_and_a_terminal_after(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("naam;provincie;thema\nLab;Atlantis;energy\n", "utf-8")
    words = ("check", str(file), "--as-of", "2026-01-01")
    document, terminal = kiamv(*words, "-f", "md").stdout, kiamv(*words).stdout
    assert document.index("| K304 |") < document.index("K304 'Atlantis'")
    assert terminal.index("K304 'Atlantis'") < terminal.index("K304 error")


def test_a_part_and_its_whole_are_offered_as_at_most_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kiamv: Kiamv
) -> None:
    """What ``kiamv same`` was told is a wish that check and status offer, until it is one."""
    monkeypatch.chdir(tmp_path)
    head = "title: Two\nas_of: 2024-01-01\necosystems:\n"
    rows = [
        f"  - {{id: {id_}, name: {name}, provinces: [NL-GR], themes: [energy]}}\n"
        for id_, name in (("harbour", "The harbour"), ("crane", "Crane field lab"))
    ]
    Path("list.yaml").write_text(head + "".join(rows), encoding="utf-8")
    said = "{one: Crane Field Lab, answer: part-of, other: harbour, by: We, date: 2024-01-01}"
    Path("identities.yaml").write_text(f"schema: kiamv/identities/1\nanswers: [{said}]\n")
    project = "longlist: list.yaml\nidentities: identities.yaml\n"
    Path("kiamv.yaml").write_text(project, encoding="utf-8")
    told = kiamv("check").stdout
    assert "K944 'Crane field lab' is part of 'The harbour', and both can be" in told
    assert "--at-most-one crane,harbour" in told
    assert "K944" in kiamv("status").stdout
    Path("kiamv.yaml").write_text(project + "request: {at_most_one: [[harbour, crane]]}\n")
    for command in ("check", "status"):
        assert "K944" not in kiamv(command).stdout
    assert kiamv("shortlist", "--size", "2").exit_code == 3
