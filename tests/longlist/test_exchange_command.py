"""kiamv import, export and sources, as people run them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from kiamv_cli.base import writing as files
from kiamv_cli.base.writing import write_folder

if TYPE_CHECKING:
    from running import Kiamv

OWN = """\
Naam;Provincie;Thema;Bedrag;Wat
Alfa;Groningen;energy;1.250.000,00;x
Bèta;Utrecht;health;;y
"""
LONGLIST = Path("longlist").resolve()


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
def test_the_bundled_list_comes_back_from_a_workbook_byte_for_byte(kiamv: Kiamv) -> None:
    assert kiamv("export", "-o", "list.xlsx").exit_code == 0
    done = kiamv("import", "list.xlsx", "-o", "again")
    assert done.exit_code == 0, done.output
    assert "60 ecosystems as of 2020-11-30. No remarks." in done.stdout
    for file in LONGLIST.glob("*.yaml"):
        if file.name not in {"longlist.yaml", "identities.yaml"}:
            assert Path("again", file.name).read_bytes() == file.read_bytes()


def test_a_workbook_has_a_head_that_stays_filters_drop_downs_and_an_explanation(
    kiamv: Kiamv,
) -> None:
    kiamv("export", "-o", "list.xlsx")
    book = openpyxl.load_workbook("list.xlsx")
    sheet = book["ecosystems"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref
    heads = [cell.value for cell in sheet[1]]
    offered = {
        heads[min(each.min_col for each in validation.sqref.ranges) - 1]: validation.formula1
        for validation in sheet.data_validations.dataValidation
    }
    assert {"provinces.1", "themes.1", "scope", "lead.kind"} <= set(offered)
    assert [row[0].value for row in book["choices"]["A1:A3"]] == ["provinces", "NL-GR", "NL-FR"]
    verdicts = book["verdicts"].data_validations.dataValidation
    assert len(verdicts) >= 2
    explained = {(row[0], row[1]): row[2] for row in book["columns"].iter_rows(values_only=True)}
    assert all(explained.values())
    for name in book.sheetnames[:10]:
        for cell in book[name][1]:
            assert any(
                of in {name, "ecosystems"} and str(cell.value).split(".")[0] in str(column)
                for of, column in explained
            ), (name, cell.value)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["yaml", "json", "jsonl", "csv"])
def test_text_formats_go_to_standard_output_as_well(kiamv: Kiamv, form: str) -> None:
    shown = kiamv("export", "-f", form)
    assert shown.exit_code == 0
    Path(f"list.{form}").write_text(shown.stdout, encoding="utf-8", newline="")
    assert kiamv("score", f"list.{form}", "-f", "csv").stdout == kiamv("score", "-f", "csv").stdout


def test_a_workbook_needs_a_file_and_a_file_a_format(kiamv: Kiamv) -> None:
    assert "Give a file" in kiamv("export", "-f", "xlsx").stderr
    assert "format is not clear" in kiamv("export", "-o", "list.doc").stderr
    Path("list.csv").write_text("mine", encoding="utf-8")
    done = kiamv("export", "-o", "list.csv")
    assert (done.exit_code, "exists already" in done.stderr) == (2, True)
    assert Path("list.csv").read_text(encoding="utf-8") == "mine"
    assert kiamv("export", "-o", "list.csv", "--force", "--separator", ";").exit_code == 0
    assert Path("list.csv").read_bytes().startswith(b"\xef\xbb\xbfid;name;")


def test_every_problem_is_named_and_nothing_is_written(kiamv: Kiamv) -> None:
    Path("own.csv").write_bytes(OWN.encode("cp1252"))
    done = kiamv("import", "own.csv", "-o", "mine", "--as-of", "2020-11-30")
    assert (done.exit_code, done.stdout, Path("mine").exists()) == (2, "", False)
    assert "own.csv:1:5: K701 the column 'Wat' is not known" in done.stderr
    done = kiamv(
        *("import", "own.csv", "-o", "mine", "--as-of", "2020-11-30"),
        *("--ignore-column", "Wat", "--title", "Mine", "-f", "json"),
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["longlist"]["title"], told["longlist"]["count"]) == ("Mine", 2)
    assert [each["code"] for each in told["remarks"]] == ["K954", "K956", "K953", "K951"]
    assert "amount_eur: 1250000" in Path("mine/alfa.yaml").read_text(encoding="utf-8")
    assert "Bèta" in Path("mine/beta.yaml").read_text(encoding="utf-8")


def test_decided_identities_become_one_and_contradictions_are_told(kiamv: Kiamv) -> None:
    head = "id,name,provinces,themes,seat\n"
    Path("a.csv").write_text(head + "alfa,Alfa,NL-GR,energy,Assen\n", encoding="utf-8")
    Path("b.csv").write_text(
        head + "project-alfa,Project Alfa,NL-GR,energy,Emmen\n", encoding="utf-8"
    )
    Path("same.yaml").write_text(
        "schema: kiamv/identities/1\nanswers:\n"
        "  - {one: alfa, answer: same, other: project-alfa, by: anna, date: 2020-11-30}\n",
        encoding="utf-8",
    )
    done = kiamv(
        *("import", "a.csv", "b.csv", "-o", "mine", "--as-of", "2020-11-30"),
        *("--identities", "same.yaml"),
    )
    assert done.exit_code == 0, done.output
    assert "1 ecosystem as of 2020-11-30, 1 entry merged" in done.stdout
    told = "b.csv:2:5: K955 alfa: seat is 'Emmen' ('Project Alfa') here, and 'Assen' ('Alfa') at "
    assert f"{told}a.csv:2:5. 'Assen' stays: it was given first." in done.stdout
    written = Path("mine/alfa.yaml").read_text(encoding="utf-8")
    assert "seat: Assen" in written
    assert "wording: Project Alfa" in written


@pytest.mark.slow
def test_of_rows_decided_to_be_the_same_the_first_stays_and_no_suggestion_is_lost(
    kiamv: Kiamv,
) -> None:
    Path("own.csv").write_text(
        "naam;provincie;thema;opgericht;bedrag\n"
        "Zeta;Groningen;health;2001;5 mln\n"
        "Alfa;Groningen;health;2002;4,5 mln\n"
        "Gamma;Utrecht;health;;\n",
        encoding="utf-8",
    )
    Path("same.yaml").write_text(
        "schema: kiamv/identities/1\nanswers:\n"
        "  - {one: zeta, answer: same, other: alfa, by: anna, date: 2020-11-30}\n",
        encoding="utf-8",
    )
    done = kiamv(
        *("import", "own.csv", "-o", "mine", "--as-of", "2020-11-30", "--identities", "same.yaml"),
    )
    assert done.exit_code == 0, done.output
    told = "own.csv:3:4: K955 zeta: founded is '2002' ('Alfa') here, and '2001' ('Zeta') at "
    assert f"{told}own.csv:2:4" in done.stdout
    told = (
        "own.csv:3:5: K957 zeta: there are budget lines here ('Alfa'), and at own.csv:2:5 ('Zeta')"
    )
    assert told in done.stdout
    assert "founded: 2001" in Path("mine/zeta.yaml").read_text(encoding="utf-8")
    flow = json.loads(kiamv("flow", "mine", "--size", "1", "-f", "json").stdout)
    suggestions = flow["steps"][0]
    assert (suggestions["count"], suggestions["leave"][0]["count"]) == (3, 1)
    assert kiamv("check", "mine").exit_code == 0


def test_columns_are_left_out_whatever_their_capitals_and_one_that_is_not_there_is_told(
    kiamv: Kiamv,
) -> None:
    Path("own.csv").write_text(OWN, encoding="utf-8")
    Path("more.csv").write_text("naam;provincie;thema\nGamma;Utrecht;health\n", encoding="utf-8")
    done = kiamv(
        *("import", "own.csv", "more.csv", "-o", "mine", "--as-of", "2020-11-30"),
        *("--ignore-column", " wat ", "--ignore-column", "opmerkingen", "-f", "json"),
    )
    assert done.exit_code == 0, done.output
    told = [each for each in json.loads(done.stdout)["remarks"] if each["code"] == "K959"]
    assert [each["message"] for each in told] == ["no column has the heading 'opmerkingen'"]
    failing = ("import", "own.csv", "-o", "no", "--ignore-column", "Waat")
    assert "own.csv: K959 no column has the heading 'Waat'" in kiamv(*failing).stderr
    missing = kiamv("import", "none.csv", "-o", "no", "--ignore-column", "Wat")
    assert (missing.exit_code, "K959" in missing.stderr) == (2, False)


@pytest.mark.slow
def test_the_next_step_repeats_the_criteria_that_were_given(kiamv: Kiamv) -> None:
    Path("own.csv").write_text("naam;provincie;thema\nGamma;Utrecht;health\n", encoding="utf-8")
    kiamv("init", "project")
    given = ("import", "own.csv", "--as-of", "2020-11-30", "--criteria", "project/criteria")
    done = kiamv(*given, "-o", "my list")
    told = " ".join(done.stdout.split())
    assert "kiamv check 'my list' --criteria project/criteria." in told
    done = kiamv(*given[:-2], "-o", "mine")
    assert "Written to mine. Check it with kiamv check mine." in done.stdout


def test_lists_of_different_dates_are_refused(kiamv: Kiamv) -> None:
    for name, day in (("a", "2020-01-01"), ("b", "2021-01-01")):
        entry = f"{{id: {name}, name: {name}, provinces: [NL-GR], themes: [energy]}}"
        text = f"title: T\nas_of: {day}\necosystems: [{entry}]\n"
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")
    done = kiamv("import", "a.yaml", "b.yaml", "-o", "mine")
    assert (done.exit_code, "b.yaml: K706" in done.stderr) == (2, True)


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "list"
    write_folder(str(folder), {"a.yaml": b"1"}, force=False)
    with pytest.raises(FileExistsError):
        write_folder(str(folder), {"a.yaml": b"2"}, force=False)
    write_folder(str(folder), {"b.yaml": b"2"}, force=True)
    assert [each.name for each in folder.iterdir()] == ["b.yaml"]
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FileExistsError, match="notes"):
        write_folder(str(folder), {"c.yaml": b"3"}, force=True)
    assert sorted(each.name for each in folder.iterdir()) == ["b.yaml", "notes.txt"]
    assert [each.name for each in tmp_path.iterdir()] == ["list"]


def test_a_folder_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "list"
    write_folder(str(folder), {"a.yaml": b"1"}, force=False)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        write_folder(str(folder), {"a.yaml": b"2"}, force=True)
    assert (folder / "a.yaml").read_bytes() == b"1"
    assert [each.name for each in tmp_path.iterdir()] == ["list"]


@pytest.mark.slow
def test_sources_tell_what_each_brought(kiamv: Kiamv) -> None:
    shown = kiamv("sources")
    assert shown.exit_code == 0
    assert "regio-deal" in shown.stdout
    told = json.loads(kiamv("sources", "-f", "json").stdout)
    brought = {each["id"]: each for each in told["sources"]}
    everyone = {name for each in told["sources"] for name in each["ids"]}
    assert len(everyone) + len(told["unnamed"]["ids"]) == 60
    chosen = {name for each in told["sources"] for name in each["members"]}
    assert len(chosen) + len(told["unnamed"]["members"]) == 20
    assert "mineral-valley-twente" not in brought["rom"]["alone"]
    rows = kiamv("sources", "-f", "csv").stdout.splitlines()
    assert rows[0] == "source,brought,alone,members,ids"
    assert len(rows) == 1 + len(brought) + 1


def test_where_the_value_stands_that_does_not_stay_is_told_in_every_format(kiamv: Kiamv) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = "lijst"
    for row in (["id", "name", "provinces", "themes"], ["alfa", "Alfa", "NL-GR", "energy"]):
        book.active.append(row)
    partners = book.create_sheet("partners")
    for row in (["id", "side", "name"], ["alfa", "industry", "VDL"]):
        partners.append(row)
    book.save("a.xlsx")
    Path("list").mkdir()
    Path("list/longlist.yaml").write_text("title: L\nas_of: 2020-01-01\n", encoding="utf-8")
    Path("list/alfa.yaml").write_text(
        "id: alfa\nname: Alfa\nprovinces: [NL-FR]\nthemes: [energy]\nseat: Assen\n"
        "partners:\n  citizens: []\n  industry: []\n",
        encoding="utf-8",
    )
    Path("c.jsonl").write_text(
        '{"id": "alfa", "name": "Alfa", "provinces": ["NL-FR"], "themes": ["energy"], '
        '"seat": "Emmen"}\n',
        encoding="utf-8",
    )
    given = ("a.xlsx", "list", "c.jsonl", "--as-of", "2020-01-01", "-o", "mine", "-f", "json")
    told = json.loads(kiamv("import", *given).stdout)["remarks"]
    assert [
        (each["path"], each["line"], each["message"].partition(" at ")[2], each["hint"])
        for each in told
        if each["code"] == "K955"
    ] == [
        ("list/alfa.yaml", 3, "a.xlsx[lijst]C2", "'NL-GR' stays: it was given first"),
        (
            "list/alfa.yaml",
            8,
            "a.xlsx[partners]C2",
            "'VDL' stays: finding some outweighs finding none",
        ),
        ("c.jsonl", 1, "list/alfa.yaml:5:7", "'Assen' stays: it was given first"),
        ("c.jsonl", 1, "a.xlsx[lijst]C2", "'NL-GR' stays: it was given first"),
    ]
