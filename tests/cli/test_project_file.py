"""kiamv.yaml: found upwards, told with its places, overridden aloud; kiamv status; no options."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli.cli.project import project_shape

if TYPE_CHECKING:
    from running import Kiamv

LIST = """\
title: Ours
as_of: 2020-11-30
ecosystems:
  - {id: alpha, name: Alpha, provinces: [NL-ZE], themes: [energy], suggested_by: [A]}
  - {id: beta, name: Beta, provinces: [NL-GR], themes: [health], suggested_by: [A]}
  - {id: gamma, name: Gamma, provinces: [NL-GR], themes: [energy], suggested_by: [A]}
"""
PROJECT = """\
longlist: list.yaml
request:
  size: 2
  seed: ours
  include: [Beta]
  at_least: {zeeland: 1}
decision: {by: [Us], on: 2026-01-01, reason: So}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "list.yaml").write_text(LIST, "utf-8")
    (tmp_path / "kiamv.yaml").write_text(PROJECT, "utf-8")
    (tmp_path / "below" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(kiamv: Kiamv, *arguments: str) -> dict[str, object]:
    done = kiamv(*arguments, "-f", "json")
    assert done.exit_code == 0, done.stderr
    request: dict[str, object] = json.loads(done.stdout)["request"]
    return request


def test_what_is_not_typed_is_what_the_project_says(kiamv: Kiamv) -> None:
    request = asked(kiamv, "shortlist")
    assert {key: request[key] for key in ("size", "seed", "include", "at_least")} == {
        "size": 2,
        "seed": "ours",
        "include": ["beta"],
        "at_least": {"NL-ZE": 1},
    }
    origins = request["from"]
    assert isinstance(origins, dict)
    assert {name for name, origin in origins.items() if origin == "project"} == {
        "longlist",
        "size",
        "seed",
        "include",
        "at_least",
    }
    assert origins["criteria"] == origins["give_up"] == "default"


def test_an_option_overrides_and_that_is_said(kiamv: Kiamv) -> None:
    done = kiamv("shortlist", "--size", "3", "--seed", "ours", "-f", "json")
    request = json.loads(done.stdout)["request"]
    assert (request["size"], request["from"]["size"]) == (3, "option")
    assert done.stderr == "kiamv: unlike kiamv.yaml: --size (there: 2)\n"
    assert kiamv("shortlist", "-f", "json").stderr == ""


def test_it_is_found_from_below_and_its_paths_are_its_own(
    kiamv: Kiamv, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "below" / "deeper")
    assert asked(kiamv, "shortlist")["size"] == 2
    (project / "kiamv.yaml").write_text("longlist: lits.yaml\n", "utf-8")
    done = kiamv("score")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(
        "../../kiamv.yaml:1:11: K130 there is no ../../lits.yaml. Did you mean list.yaml?"
    )
    assert kiamv("score", str(project / "list.yaml")).exit_code == 0


def test_without_a_project_the_bundled_list_is_used_and_that_is_said_first(
    kiamv_aloud: Kiamv, project: Path
) -> None:
    (project / "kiamv.yaml").unlink()
    for command in (("score",), ("check",), ("same",), ("shortlist", "-f", "csv")):
        done = kiamv_aloud(*command)
        assert done.exit_code == 0
        assert done.stderr.startswith("kiamv: no kiamv.yaml here or above, so this is about the")
        assert "kiamv.yaml" not in done.stdout
    (project / "kiamv.yaml").write_text("request: {size: 3}\n", "utf-8")
    assert "kiamv.yaml names no long list" in kiamv_aloud("score").stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("lognlist: list.yaml\n", "kiamv.yaml:1:1: K301 unknown key 'lognlist'"),
        ("request:\n  sise: 2\n", "kiamv.yaml:2:3: K301 unknown key 'sise'. Did you mean size?"),
        ("request:\n  size: two\n", "kiamv.yaml:2:9: K303"),
        ("request: {unknown: likely}\n", "kiamv.yaml:1:20: K304"),
        ("language: Frysk\n", "kiamv.yaml:1:11: K307"),
        ("longlist: a\nlonglist: b\n", "kiamv.yaml:2:1: K"),
        ("request: {at_least: {Zeelnd: 1}}\n", 'kiamv.yaml:1:21: at_least "Zeelnd": unknown.'),
        ("request: {give_up: 200}\n", "kiamv.yaml:1:20: K"),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_place(
    kiamv: Kiamv, project: Path, text: str, told: str
) -> None:
    (project / "kiamv.yaml").write_text(text, "utf-8")
    done = kiamv("shortlist", "list.yaml", "-n", "1")
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert kiamv("--help").exit_code == 0


def test_its_language_is_that_of_texts_unless_another_is_asked_for(
    kiamv: Kiamv, project: Path
) -> None:
    (project / "kiamv.yaml").write_text("longlist: list.yaml\nlanguage: nl\n", "utf-8")
    assert "ecosystemen" in kiamv("score").stdout
    assert "ecosystems" in kiamv("score", "--lang", "en").stdout
    assert "ecosystems" in kiamv("score", env={"KIAMV_LANG": "en"}).stdout
    assert json.loads(kiamv("score", "-f", "json").stdout)["schema"] == "kiamv/score/2"


def test_a_record_holds_what_was_asked_and_by_whom(kiamv: Kiamv, project: Path) -> None:
    assert kiamv("record", "--seed", "mine", "-o", "one.json").exit_code == 0
    options = json.loads((project / "one.json").read_text("utf-8"))["options"]
    assert (options["seed"], options["from"]["seed"]) == ("mine", "option")
    assert (options["size"], options["from"]["size"]) == (2, "project")
    assert options["from"]["give_up"] == "default"
    assert kiamv("verify").exit_code == 0
    (project / "kiamv.yaml").write_text(PROJECT.replace("list.yaml", "other.yaml"), "utf-8")
    (project / "other.yaml").write_text(LIST.replace("Ours", "Others"), "utf-8")
    verified = kiamv("verify", "one.json")  # of its own inputs, not of what the project says now
    assert verified.exit_code == 0, verified.output


def test_a_review_counts_once_it_is_opened(kiamv: Kiamv, project: Path) -> None:
    (project / "review").mkdir()
    with (project / "kiamv.yaml").open("a", encoding="utf-8") as file:
        file.write("reviews: review\n")
    assert asked(kiamv, "score")["reviews"] is None
    (project / "review" / "opened.yaml").write_text("schema: kiamv/review/opened/2\n", "utf-8")
    assert kiamv("score").exit_code == 2


def status(kiamv: Kiamv) -> dict[str, Any]:
    done = kiamv("status", "-f", "json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_status_says_where_the_work_stands_and_what_is_next(kiamv: Kiamv, project: Path) -> None:
    found = status(kiamv)
    assert (found["longlist"]["count"], found["longlist"]["errors"]) == (3, 0)
    assert (found["record"], found["duplicates"]) == (None, 0)
    assert found["next"]["command"] == "kiamv record -o decision.json"
    assert kiamv("record", "-o", "decision.json").exit_code == 0
    assert status(kiamv)["record"] == {
        "file": "decision.json",
        "on": "2026-01-01",
        "holds": True,
        "changed": [],
    }
    (project / "kiamv.yaml").write_text(PROJECT.replace("size: 2", "size: 3"), "utf-8")
    found = status(kiamv)
    assert (found["record"]["holds"], found["record"]["changed"]) == (False, ["request"])
    (project / "list.yaml").write_text(LIST.replace("NL-GR", "NL-FR"), "utf-8")
    found = status(kiamv)
    assert found["record"]["changed"] == ["longlist", "request"]
    assert found["next"]["command"] == "kiamv diff decision.json list.yaml"
    (project / "list.yaml").write_text(LIST.replace("name: Beta", "name: Alpha (ZE)"), "utf-8")
    found = status(kiamv)
    assert (found["duplicates"], found["next"]["command"].split()[:2]) == (1, ["kiamv", "same"])
    (project / "list.yaml").write_text(LIST.replace("energy", "enrgy"), "utf-8")
    found = status(kiamv)
    assert (found["longlist"]["errors"], found["next"]["command"]) == (2, "kiamv check")
    assert kiamv("status").stdout.startswith("kiamv.yaml\n")
    assert "K304" in kiamv("status").stdout


def test_status_says_who_has_judged_and_who_not(
    kiamv: Kiamv, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kiamv("init", "ours", "list.yaml").exit_code == 0
    monkeypatch.chdir(project / "ours")
    assert status(kiamv)["review"]["assigned"] is False
    assert kiamv("review", "assign").exit_code == 0
    assert status(kiamv)["next"]["command"] == "kiamv review send"
    assert kiamv("review", "form").exit_code == 0
    found = status(kiamv)
    assert found["review"]["judging"] == {"anna": "form", "bram": "form"}
    assert found["next"]["command"] == "kiamv review receive FILE"
    form = project / "ours" / "review" / "forms" / "anna.yaml"
    text = form.read_text("utf-8")
    for key, value in (("verdict", "met"), ("reason", "seen with my own eyes")):
        text = re.sub(rf"^( +{key}:) *$", rf"\1 {value}", text, count=1, flags=re.MULTILINE)
    form.write_text(text, "utf-8")
    assert kiamv("review", "seal", str(form)).exit_code == 0
    assert status(kiamv)["review"]["judging"] == {"anna": "sealed", "bram": "form"}
    assert "verzegeld: anna; nog niet: bram" in kiamv("status", "--lang", "nl").stdout


def test_what_the_project_names_and_is_not_there_is_told_by_status_too(
    kiamv: Kiamv, project: Path
) -> None:
    (project / "kiamv.yaml").write_text("longlist: list.yaml\nreviews: reveiw\n", "utf-8")
    done = kiamv("status")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("kiamv.yaml:2:10: K130 there is no reveiw.")
    (project / "kiamv.yaml").write_text("longlist: list.yaml\nanswers: antwoorden.yaml\n", "utf-8")
    assert kiamv("status").exit_code == 0
    assert kiamv("classify", "--by", "scope").exit_code == 0
    missing = kiamv("survey", "characterise")
    assert (missing.exit_code, "Run kiamv survey merge, which writes it" in missing.stderr) == (
        2,
        True,
    )


def test_an_id_is_completed_from_the_list_of_the_project(kiamv: Kiamv) -> None:
    words = {
        "_KIAMV_COMPLETE": "complete_bash",
        "COMP_WORDS": "kiamv explain al",
        "COMP_CWORD": "2",
    }
    assert kiamv(env=words).stdout.split() == ["alpha"]


def test_status_without_a_project_says_how_to_begin(kiamv: Kiamv, project: Path) -> None:
    (project / "kiamv.yaml").unlink()
    assert status(kiamv)["next"]["command"] == "kiamv init my-programme"
    assert "Nu: kiamv init" in kiamv("status", "--lang", "nl").stdout


def test_from_a_spreadsheet_to_a_verified_record_with_no_option_but_file_names(
    kiamv_aloud: Kiamv, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "kiamv.yaml").unlink()
    assert kiamv_aloud("export", "list.yaml", "-o", "sheet.xlsx").exit_code == 0
    assert kiamv_aloud("init", "ours", "sheet.xlsx").exit_code == 0
    monkeypatch.chdir(project / "ours")
    way = ["status", "check", "same", "score", "shortlist", "gaps", "report -o report.html"]
    for command in (*way, "record -o decision.json", "verify", "verify decision.json", "status"):
        done = kiamv_aloud(*command.split())
        assert done.exit_code == 0, (command, done.stderr)
        assert "bundled" not in done.stderr
    assert "Ours" in kiamv_aloud("score").stdout
    assert status(kiamv_aloud)["record"]["holds"] is True


def test_every_key_of_the_request_is_of_an_option_and_each_is_explained(kiamv: Kiamv) -> None:
    schema = json.loads(kiamv("schema", "project").stdout)
    request, survey = (schema["properties"][key]["properties"] for key in ("request", "survey"))
    assert all(each.get("description") for each in (*schema["properties"].values(),))
    assert all(each.get("description") for each in (*request.values(), *survey.values()))
    origins = asked(kiamv, "shortlist")["from"]
    assert isinstance(origins, dict)
    assert {*request} <= {*origins}
    assert project_shape()["type"] == "typed-dict"
    made = kiamv("init", "new")
    assert made.exit_code == 0
    keys = re.findall(
        r"^(?:  )?(?:# )?(\w+): ", Path("new/kiamv.yaml").read_text("utf-8"), re.MULTILINE
    )
    assert {*keys} - {"by", "on", "reason"} <= {*schema["properties"], *request, *survey}


def test_what_a_survey_is_merged_from_stands_in_the_project(kiamv: Kiamv, project: Path) -> None:
    (project / "export.csv").write_text("ecosystem,initiator\nalpha,Other\n", "utf-8")
    text = "longlist: list.yaml\nanswers: answers.yaml\nsurvey:\n  exports: [export.csv{more}]\n"
    (project / "kiamv.yaml").write_text(text.format(more=", round-2.xlsx"), "utf-8")
    gone = kiamv("survey", "merge")
    assert gone.exit_code == 2
    assert gone.stderr.startswith("kiamv.yaml:4:25: K130 there is no round-2.xlsx. Put the export")
    one = text.format(more="")
    (project / "kiamv.yaml").write_text(f"{one}  interviews: interviews\n", "utf-8")
    assert "kiamv.yaml:5:15: K130 there is no interviews" in kiamv("survey", "merge").stderr
    (project / "kiamv.yaml").write_text(f"{one}  invited: invited.txt\n", "utf-8")
    (project / "invited.txt").write_text("alpha\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project / "below")
        merged = kiamv("survey", "merge", "-f", "json")
    assert merged.exit_code == 0, merged.stderr
    document = json.loads(merged.stdout)
    assert document["request"]["from"]["exports"] == "project"
    assert document["request"]["from"]["invited"] == "project"
    assert (document["invited"], document["took_part"]["survey"]) == (1, 1)
    assert (project / "answers.yaml").exists()


EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/kiamv.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=[each.parent.name for each in EXAMPLES])
def test_each_example_is_a_project(
    kiamv: Kiamv, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(EXAMPLES) >= 3
    monkeypatch.chdir(example.parent)
    done = kiamv("classify", "-f", "json")
    assert done.exit_code == 0, done.stderr
    origins = json.loads(done.stdout)["request"]["from"]
    assert origins["longlist"] == "project"
    assert status(kiamv)["project"] == "kiamv.yaml"


def test_the_example_of_a_survey_needs_no_options(
    kiamv: Kiamv, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = (each.parent for each in EXAMPLES if each.parent.name == "survey")
    monkeypatch.chdir(example)
    answers = str(project / "answers.yaml")
    merged = kiamv("survey", "merge", "-o", answers)
    assert merged.exit_code == 0, merged.stderr
    assert "29 took part" in " ".join(merged.stdout.split())
    assert kiamv("survey", "aspects").exit_code == 0
