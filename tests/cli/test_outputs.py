"""What commands give to scripts: JSON by its schema, CSV that is tidy, problems as JSON."""

from __future__ import annotations

import csv
import io
import json
import keyword
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from running import script
from typer.main import get_command

from kiamv_cli.base import __version__
from kiamv_cli.cli.app import build
from kiamv_cli.cli.localised_help import commands_of
from kiamv_cli.cli.output_schema import documents, output_fields, output_schema

if TYPE_CHECKING:
    from click.testing import Result
    from running import Kiamv

ROOT = Path(__file__).parents[2]
SURVEY = ROOT / "examples" / "survey"
STUDY = ROOT / "examples" / "study-2020"
FLANDERS = ROOT / "tests" / "examples" / "flanders"
REVIEWERS = "reviewers: [{id: an, name: An}, {id: bo-2, name: Bo}]\n"
LIST = """id,name,provinces,themes,suggested_by
alfa,Alfa Lab Delft,NL-ZH,energy,topsector
beta,Beta,NL-GR;NL-FR,health,topsector
gamma,Gamma,NL-LI,agrifood,region
alpha,Alpha Lab Delft,NL-ZH,energy,region
"""
# Every command that gives JSON or CSV, with each option that changes what is in it. They are run
# in a folder in which the ones before them left what they made.
RUNS: tuple[str, ...] = (
    "score",
    "score --as-of 2015-06-30",
    "score --long",
    "classify",
    "classify --by helix",
    "classify --by scope --and area",
    "classify --by list",
    "classify --by area --answers answers.yaml",
    "check",
    "check list.csv --as-of 2020-11-30 --strict",
    "check broken.csv --as-of 2020-11-30",
    "check --explain K601",
    "same list.csv",
    "same list.csv --least weak",
    "import list.csv --output folder --as-of 2020-11-30 --account",
    "sources -n 4",
    "shortlist -n 4",
    "shortlist -n 4 --balance none --unknown possible",
    "shortlist -n 4 --margins --alternatives 2",
    "shortlist -n 1 --at-least NL-ZE=2,NL-GR=2",
    "shortlist -n 4 --at-least NL-ZE=1 --at-most energy=2 --give-up 5 --class eligible,borderline",
    "spread",
    "spread --ids hannn,steenbreek --target population",
    "flow -n 4",
    "explain hannn ferm-rotterdam -n 4",
    "tradeoff -n 4",
    "gaps -n 4",
    "robustness -n 4 --draws 3",
    "status",
    "verify record.json",
    "verify other.json",
    "diff record.json other.json",
    "record -n 4 --by Chair --on 2020-12-01 --reason Because",
    "survey merge export.csv -l surveyed.yaml --made-up --output merged.yaml",
    "survey characterise answers.yaml",
    "survey characterise answers.yaml --interval wilson",
    "survey characterise answers.yaml --by area",
    "survey compare answers.yaml surveyed.yaml",
    "survey aspects interviews",
    "audit figures.yaml",
    "audit flow.yaml",
    "review assign -l small --folder assigned --per 1",
    "review send -l small --folder rounds",
    "review close -l small --folder rounds",
    "review receive FORMS -l small --folder rounds",
    "review close -l small --folder rounds --force",
    "review dossier alfa -l small --folder rounds",
    "review form -l small --folder review",
    "review seal review/forms/an.yaml -l small --folder review",
    "review seal review/forms/bo-2.yaml -l small --folder review",
    "review open -l small --folder review",
    "review adjudicate -l small --folder review",
    "review agreement -l small --folder review --draws 5",
    "review spread -l small --folder review -n 2",
)
pytestmark = pytest.mark.slow
Ran = dict[str, "Result"]


def prepare(kiamv: Kiamv, folder: Path) -> None:
    """Put down what the commands read."""
    texts = {
        "list.csv": LIST,
        "broken.csv": LIST.replace("NL-GR;NL-FR", "nowhere"),
        "surveyed.yaml": (SURVEY / "longlist.yaml").read_text("utf-8"),
        "export.csv": (SURVEY / "round-1-made-up.csv").read_text("utf-8"),
        "figures.yaml": (STUDY / "figures.yaml").read_text("utf-8"),
        "flow.yaml": (STUDY / "flow.yaml").read_text("utf-8"),
        "assigned/reviewers.yaml": REVIEWERS,
        "rounds/reviewers.yaml": REVIEWERS,
        "review/reviewers.yaml": REVIEWERS,
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "interviews").symlink_to(ROOT / "tests" / "examples" / "interviews")
    why = ("--by", "Chair", "--on", "2020-12-01", "--reason", "Because")
    for line in (
        ("import", "list.csv", "--output", "small", "--as-of", "2020-11-30"),
        ("survey", "merge", "export.csv", "-l", "surveyed.yaml", "--output", "answers.yaml"),
        ("record", "-n", "4", *why, "-o", "record.json"),
        ("record", "-n", "5", "--unknown", "possible", *why, "-o", "other.json"),
    ):
        result = kiamv(*line)
        assert result.exit_code == 0, result.stderr


def fill_in(folder: Path) -> None:
    """Judge all that is asked on the forms that are there."""
    empty = re.compile(r"verdict:\n( +)reason:\n")
    verdicts = {"an": "met", "bo-2": "partly"}
    for who, verdict in verdicts.items():
        form = folder / "review" / "forms" / f"{who}.yaml"
        if form.exists():
            text = form.read_text("utf-8")
            filled = empty.sub(rf"verdict: {verdict}\n\1reason: It says so\n", text)
            form.write_text(filled, "utf-8")
        book = folder / "rounds" / "forms" / f"{who}.xlsx"
        if book.exists():
            opened = load_workbook(book)
            sheet = opened.worksheets[0]
            for row in range(5, sheet.max_row + 1):
                sheet.cell(row, 4).value, sheet.cell(row, 5).value = verdict, "It says so"
            opened.save(book)


def run_all(kiamv: Kiamv, folder: Path, form: str) -> Ran:
    """Run every command in its order, with what one gives a format."""
    ran: Ran = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        prepare(kiamv, folder)
        for line in RUNS:
            words = line.split()
            if "FORMS" in words:
                at = words.index("FORMS")
                words[at : at + 1] = [f"rounds/forms/{who}.xlsx" for who in ("an", "bo-2")]
            if line in {"check --explain K601", "score --long"} or words[:2] != ["review", "form"]:
                words += ["-f", form]
            if line == "score --long" and form == "json":
                continue
            ran[line] = kiamv(*words)
            fill_in(folder)
    return ran


@pytest.fixture(scope="module")
def documents_of(kiamv: Kiamv, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What every command writes as JSON."""
    ran = run_all(kiamv, tmp_path_factory.mktemp("json"), "json")
    for line, result in ran.items():
        assert result.exit_code in {0, 1, 3}, (line, result.stderr)
    return {
        line: json.loads(result.stdout)
        for line, result in ran.items()
        if not line.startswith("review form")
    }


@pytest.fixture(scope="module")
def tables_of(kiamv: Kiamv, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """The rows of what every command writes as CSV, the header first."""
    ran = run_all(kiamv, tmp_path_factory.mktemp("csv"), "csv")
    for line, result in ran.items():
        assert result.exit_code in {0, 1, 3}, (line, result.stderr)
    return {
        line: list(csv.reader(io.StringIO(result.stdout, newline="")))
        for line, result in ran.items()
        if not line.startswith("review form")
    }


def kind_of(document: dict[str, Any]) -> str:
    return str(document["schema"]).split("/", 1)[1].rpartition("/")[0]


def test_every_document_keeps_to_its_schema(documents_of: dict[str, Any]) -> None:
    for line, document in documents_of.items():
        name = kind_of(document)
        Draft202012Validator.check_schema(output_schema(name))
        faults = Draft202012Validator(output_schema(name, closed=True)).iter_errors(document)
        assert [f"{each.json_path}: {each.message}" for each in faults] == [], line


def test_every_command_and_every_document_is_tried(documents_of: dict[str, Any]) -> None:
    # A report is a file always, and a sweep is made in Python: tests/cli/test_more_results.py.
    elsewhere = {"problems", "report", "sweep"}
    assert {kind_of(each) for each in documents_of.values()} | elsewhere == {*documents()}
    there = {
        each.name
        for each in commands_of(get_command(build()))
        if any("json" in getattr(one.type, "choices", ()) for one in each.params)
    }
    tried = {word for line in RUNS for word in line.split()[:2]}
    assert there - tried == {"export"}


def test_every_field_is_told_in_a_sentence() -> None:
    for name in documents():
        for field in output_fields(name):
            assert re.fullmatch(r"[A-Z1].*\.", field.meaning), (name, field)


def test_every_document_says_which_kiamv_made_it_and_what_was_asked(
    documents_of: dict[str, Any],
) -> None:
    for line, document in documents_of.items():
        if kind_of(document) != "record":
            assert document["kiamv"] == __version__, line
            assert {*document["request"]["from"].values()} <= {"option", "default"}, line


def test_what_is_exact_has_its_value_beside_it(documents_of: dict[str, Any]) -> None:
    def walk(value: Any) -> None:  # noqa: ANN401 - JSON
        for each in value if isinstance(value, list) else ():
            walk(each)
        if isinstance(value, dict):
            if isinstance(value.get("exact"), str):
                assert {*value} == {"value", "exact"}
            for each in value.values():
                walk(each)

    walk([*documents_of.values()])


def test_columns_can_be_named_in_programs_and_databases(
    tables_of: dict[str, list[list[str]]],
) -> None:
    assert [line for line, rows in tables_of.items() if not rows] == []
    for line, (names, *rows) in tables_of.items():
        assert len({*names}) == len(names), line
        assert {len(row) for row in rows} <= {len(names)}, line
        for name in names:
            assert re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII), (line, name)
            assert not keyword.iskeyword(name), (line, name)
        with sqlite3.connect(":memory:") as database:
            database.execute(f"create table t ({', '.join(names)})")
            database.execute(f"select {', '.join(names)} from t")  # noqa: S608 - names of ours


def test_the_page_is_current_and_tells_every_column(
    tables_of: dict[str, list[list[str]]], documents_of: dict[str, Any]
) -> None:
    page = (ROOT / "docs" / "outputs.md").read_text("utf-8")
    assert script("make_outputs").outputs_text() == page
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE))
    for line, (names, *_rows) in tables_of.items():
        kind = kind_of(documents_of.get(line) or documents_of["score"])
        if documents_of.get(line, {}).get("closed"):
            kind = "review-agreement"
        told = re.findall(r"^\| `([^`]+)` \| [^|]+ \|$", sections[kind], re.MULTILINE)
        patterns = [re.sub(r"\\\{\w+\\\}", r"\\w+", re.escape(each)) for each in told]
        for name in names:
            assert any(re.fullmatch(each, name) for each in patterns), (line, name)


def test_the_schema_of_a_command(kiamv: Kiamv) -> None:
    shown = json.loads(kiamv("schema", "output", "review", "agreement").stdout)
    assert shown["properties"]["schema"]["const"] == "kiamv/review-agreement/2"
    assert "additionalProperties" not in shown
    assert len(json.loads(kiamv("schema", "output", "audit").stdout)["oneOf"]) == 2
    unknown = kiamv("schema", "output", "scor")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "score" in unknown.stderr
    assert kiamv("schema", "ecosystem", "score").exit_code == 2


@pytest.mark.parametrize(
    ("line", "code", "part"),
    [
        ("score nowhere.yaml -f json", "K101", "there is no such file"),
        ("score --format=json --sizee", "K670", "No such option"),
        ("scoer -fjson", "K670", "No such command"),
        ("shortlist -n 99 -f json", "K670", "the long list has only 60"),
        ("shortlist -n many --format json", "K670", "many"),
        ("score --as-of yesterday -f json", "K670", "not a date"),
        ("schema output nothing -f json", "K670", "No such option"),
    ],
)
def test_what_is_wrong_is_data_where_data_is_asked_for(
    kiamv: Kiamv, line: str, code: str, part: str
) -> None:
    result = kiamv(*line.split())
    assert (result.exit_code, result.stdout) == (2, "")
    document = json.loads(result.stderr)
    Draft202012Validator(output_schema("problems", closed=True)).validate(document)
    (problem,) = document["problems"]
    assert (problem["code"], part in problem["message"]) == (code, True)


def test_all_problems_of_a_list_are_data_with_their_places(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "list.yaml"
    place.write_text("title: T\nas_of: 2020-01-01\necosystems:\n  - {id: a, nmae: A}\n", "utf-8")
    problems = json.loads(kiamv("score", str(place), "-f", "json").stderr)["problems"]
    assert len(problems) > 1
    assert {(each["path"], each["line"]) for each in problems} == {(str(place), 4)}
    assert any(each["hint"] for each in problems)


def test_a_clash_is_data_where_the_result_would_go_to_a_file(kiamv: Kiamv, tmp_path: Path) -> None:
    asked = ("shortlist", "-n", "1", "--at-least", "NL-ZE=2", "-f", "json")
    printed = kiamv(*asked)
    assert (printed.exit_code, printed.stderr) == (3, "")
    kept = kiamv(*asked, "-o", str(tmp_path / "shortlist.json"))
    assert (kept.exit_code, kept.stdout) == (3, "")
    assert json.loads(kept.stderr) == json.loads(printed.stdout)


def test_quiet_leaves_out_remarks_and_keeps_errors(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    place.write_text(LIST.replace("region", "n.v.t.", 1), "utf-8")
    asked = ("score", str(place), "--as-of", "2020-11-30")
    assert "K966" in kiamv(*asked).stderr
    assert kiamv(*asked, "-q").stderr == ""
    assert kiamv(*asked, "-q").stdout == kiamv(*asked).stdout
    assert "K101" in kiamv("score", "nowhere.yaml", "--quiet").stderr


def test_force_is_said_once(kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("spread", "-o", "spread.json")
    assert [kiamv(*asked).exit_code for _ in range(2)] == [0, 2]
    assert kiamv(*asked, env={"KIAMV_FORCE": "1"}).exit_code == 0
    Path("kiamv.yaml").write_text("force: true\n", "utf-8")
    assert kiamv(*asked).exit_code == 0
    assert kiamv(*asked, "--no-force").exit_code == 2
    assert kiamv(*asked, env={"KIAMV_FORCE": "0"}).exit_code == 2
    assert "force" not in json.loads(Path("spread.json").read_text("utf-8"))["request"]["from"]


@pytest.mark.parametrize("how", [("--excel",), ("--separator", ";"), ("--separator", "tab")])
def test_what_kiamv_writes_it_reads(kiamv: Kiamv, tmp_path: Path, how: tuple[str, ...]) -> None:
    place = tmp_path / "shortlist.csv"
    plain = kiamv("shortlist", "-n", "4", "--margins", "-f", "csv").stdout
    done = kiamv("shortlist", "-n", "4", "--margins", *how, "-o", str(place))
    assert done.exit_code == 0, done.stderr
    raw = place.read_bytes()
    excel = "--excel" in how
    assert raw.startswith(b"\xef\xbb\xbf") is excel
    separator = "\t" if "tab" in how else ";"
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator))
    wanted = list(csv.reader(io.StringIO(plain, newline="")))
    numbers = re.compile(r"(?<=^\d),(?=\d+$)")
    assert [[numbers.sub(".", each) for each in row] for row in rows] == wanted
    assert ("0,916667" in raw.decode()) is excel
    spread = json.loads(kiamv("spread", "--ids", str(place), "-f", "json").stdout)
    assert spread["request"]["ids"] == [row[1] for row in wanted[1:] if row[0]]


def test_a_long_list_in_csv_for_excel_is_read_again(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    assert kiamv("export", "--excel", "-o", str(place)).exit_code == 0
    assert place.read_bytes().count(b";") > 1000
    first, again = (
        json.loads(kiamv("score", *each, "-f", "json").stdout) for each in ((), (str(place),))
    )
    assert first["longlist"] == again["longlist"]


def test_scores_with_criteria_as_rows(kiamv: Kiamv) -> None:
    rows = list(csv.DictReader(io.StringIO(kiamv("score", "--long", "-f", "csv").stdout)))
    wide = list(csv.DictReader(io.StringIO(kiamv("score", "-f", "csv").stdout)))
    assert len(rows) == 6 * len(wide)
    by_id = {each["id"]: each for each in wide}
    for row in rows:
        key = row["criterion"].replace("-", "_")
        for name in ("verdict", "proven", "possible", "basis"):
            assert row[name] == by_id[row["id"]][f"{key}_{name}"]
    assert kiamv("score", "--long").exit_code == 2
    assert kiamv("score", "--excel", "-f", "json").exit_code == 2


def test_older_tables_and_documents_of_a_shortlist_are_read(kiamv: Kiamv, tmp_path: Path) -> None:
    older = {
        "tradeoff.json": '{"tradeoffs": [{"asked_for": true, "selected": ["hannn", "ditss"]}]}',
        "tradeoff.csv": "step,asked_for,selected\r\n1,True,hannn ditss\r\n2,False,hannn\r\n",
        "shortlist.csv": "place,id,selected\r\n1,hannn,True\r\n2,ditss,True\r\n,kiemt,False\r\n",
    }
    for name, text in older.items():
        (tmp_path / name).write_text(text, "utf-8")
        done = kiamv("spread", "--ids", str(tmp_path / name), "-f", "json")
        assert json.loads(done.stdout)["request"]["ids"] == ["hannn", "ditss"], name
