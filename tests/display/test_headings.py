"""The first fields of every JSON document: what was asked, of which criteria, by which kiamv."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.main import get_command

from kiamv_cli import Quota, Request, load_criteria, load_longlist, score
from kiamv_cli.base import __version__
from kiamv_cli.cli.app import build
from kiamv_cli.cli.localised_help import commands_of
from kiamv_cli.display.text import exact_number
from kiamv_cli.review.reading.files import review_sha256
from kiamv_cli.selection.view.request import request_fields

if TYPE_CHECKING:
    from running import Kiamv

PACKAGE = Path(__file__).parents[2] / "kiamv_cli"
CRITERIA = Path(__file__).parents[2] / "criteria"
EXAMPLES = Path(__file__).parents[2] / "examples"


def document(kiamv: Kiamv, *arguments: str, status: int = 0) -> dict[str, Any]:
    result = kiamv(*arguments, "-f", "json")
    assert result.exit_code == status, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_document_says_all_that_was_asked(kiamv: Kiamv) -> None:
    asked = ("--include", "hannn", "--at-least", "NL-ZE=2", "--give-up", "5")
    found = document(kiamv, "shortlist", *asked, "--target", "provinces=population")
    assert (found["schema"], found["kiamv"]) == ("kiamv/shortlist/2", __version__)
    wishes = {
        "size": 20,
        "balance": ["themes", "provinces"],
        "target": {"provinces": "population", "themes": "even"},
        "include": ["hannn"],
        "exclude": [],
        "at_least": {"NL-ZE": 2},
        "at_most": {},
        "classes": [],
        "give_up": 5,
        "unknown": "proven",
        "as_of": "2020-11-30",
        "seed": "kiamv",
    }
    request = found["request"]
    assert {name: request[name] for name in wishes} == wishes
    assert not {"file", "force", "lang", "threads", "time_limit"} & {*request}
    given = {name for name, origin in request["from"].items() if origin == "option"}
    assert given == {"include", "at_least", "give_up", "target"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("shortlist",),
        ("explain", "hannn"),
        ("tradeoff",),
        ("gaps",),
        ("robustness", "--draws", "2"),
        ("flow",),
        ("sources",),
    ],
    ids=" ".join,
)
def test_every_command_that_selects_says_what_was_asked(
    kiamv: Kiamv, command: tuple[str, ...]
) -> None:
    asked = ("-n", "3", "--exclude", "Steenbreek", "--at-most", "health=1", "--unknown", "middle")
    more = ("--class", "eligible,borderline", "--seed", "s", "--balance", "themes")
    found = document(kiamv, *command, *asked, *more)
    request = found["request"]
    assert (request["size"], request["balance"], request["seed"]) == (3, ["themes"], "s")
    assert (request["exclude"], request["at_most"]) == (["steenbreek"], {"health": 1})
    assert (request["classes"], request["unknown"]) == (["borderline", "eligible"], "middle")
    assert found["kiamv"] == __version__


@pytest.mark.slow
def test_a_document_on_scores_says_as_of_when(kiamv: Kiamv) -> None:
    for command in (("score",), ("classify",), ("classify", "--by", "scope"), ("check",)):
        request = document(kiamv, *command, "--as-of", "2019-06-30")["request"]
        assert request["as_of"] == "2019-06-30"
    assert document(kiamv, "check", "--strict", status=1)["request"]["strict"] is True


def test_an_imported_list_has_the_hash_that_its_folder_has(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    place.write_text("id,name,provinces,themes\na,Alpha,NL-GR,energy\n", "utf-8")
    asked = ("--as-of", "2020-01-31", "--title", "My list", "-o", str(tmp_path / "list"))
    found = document(kiamv, "import", str(place), *asked)
    scored = document(kiamv, "score", str(tmp_path / "list"))
    assert (found["longlist"], found["criteria"]) == (scored["longlist"], scored["criteria"])
    assert {key: found["request"][key] for key in ("as_of", "title")} == {
        "as_of": "2020-01-31",
        "title": "My list",
    }


@pytest.mark.slow
def test_every_step_of_a_review_says_what_was_judged_by_which_criteria(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    (tmp_path / "reviewers.yaml").write_text(
        "reviewers: [{id: an, name: An}, {id: bo, name: Bo}]\n", "utf-8"
    )
    asked = ("--folder", str(tmp_path))
    judged = {key: document(kiamv, "score")[key] for key in ("criteria", "longlist")}

    def step(*arguments: str) -> dict[str, Any]:
        return document(kiamv, "review", *arguments, *asked)

    steps = [step("assign", "--per", "1", "--seed", "s")]
    first = {"seed": "s", "per": 1, "as_of": "2020-11-30"}
    assert {key: steps[0]["request"][key] for key in first} == first
    for who in ("an", "bo"):
        kiamv("review", "form", "--reviewer", who, *asked)
        form = tmp_path / "forms" / f"{who}.yaml"
        empty = re.compile(r"verdict:\n( +)reason:\n")
        text = empty.sub(r"verdict: met\n\1reason: It says so on page 3\n", form.read_text("utf-8"))
        form.write_text(text, "utf-8")
        steps.append(step("seal", str(form)))
    steps += [
        step("send"),
        step("receive", str(tmp_path / "forms" / "bo.yaml")),
        step("open"),
        step("close"),
    ]
    steps += [step("dossier", step("send")["reviewers"][0]["ecosystems"][0]), step("adjudicate")]
    steps.append(step("agreement", "--draws", "0"))
    last = {"seed": "kiamv", "draws": 0}
    assert {key: steps[-1]["request"][key] for key in last} == last
    for each in steps:
        assert each["request"]["from"]["folder"] == "option"
        assert "salt" not in each["request"]
        assert {key: each[key] for key in judged} == judged
    scored = document(kiamv, "score", "--reviews", str(tmp_path), "--reviewer", "an")
    request = scored["request"]
    assert (request["reviews"], request["reviewer"]) == (str(tmp_path), "an")
    assert (request["from"]["reviewer"], request["from"]["hidden"]) == ("option", "default")
    assert scored["reviews"] == {"sha256": review_sha256(tmp_path)}
    assert "reviews" not in document(kiamv, "score")


def test_a_clash_says_what_was_asked(kiamv: Kiamv) -> None:
    asked = ("-n", "1", "--at-least", "NL-ZE=2,NL-GR=2,NL-LI=2")
    found = document(kiamv, "shortlist", *asked, status=3)
    assert found["schema"] == "kiamv/clash/2"
    assert found["request"]["at_least"] == {"NL-GR": 2, "NL-LI": 2, "NL-ZE": 2}


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [("score",), ("classify",), ("classify", "--by", "scope"), ("spread",), ("check",)]
)
def test_other_weights_are_other_criteria(
    kiamv: Kiamv, tmp_path: Path, command: tuple[str, ...]
) -> None:
    folder = shutil.copytree(CRITERIA, tmp_path / "criteria")
    place = folder / "regional.yaml"
    place.write_text(f"weight: 1/3\n{place.read_text('utf-8')}", "utf-8")
    before = document(kiamv, *command)["criteria"]
    after = document(kiamv, *command, "--criteria", str(folder))["criteria"]
    assert (before["id"], before["sha256"]) == (after["id"], load_criteria().sha256)
    assert after["sha256"] == load_criteria(folder).sha256 != before["sha256"]
    assert before["weights"] == dict.fromkeys(before["weights"], 1)
    assert after["weights"] == {**before["weights"], "regional": "1/3"}


def test_a_spread_says_of_whom_and_against_what(kiamv: Kiamv) -> None:
    found = document(kiamv, "spread", "--ids", "hannn,steenbreek", "--target", "longlist")
    wishes = {
        "ids": ["hannn", "steenbreek"],
        "target": {"provinces": "longlist", "themes": "longlist"},
        "as_of": "2020-11-30",
    }
    assert {name: found["request"][name] for name in wishes} == wishes


@pytest.mark.parametrize(
    "command",
    [("same",), ("check", "--explain", "K601"), ("classify", "--by", "list"), ("check",)],
)
def test_documents_on_no_shortlist_say_who_made_them(
    kiamv: Kiamv, command: tuple[str, ...]
) -> None:
    assert document(kiamv, *command)["kiamv"] == __version__


def test_no_view_writes_a_heading_of_its_own() -> None:
    """All kinds of documents come from one function; files that kiamv reads again are no such."""
    own = re.compile(r'"schema": f?"kiamv/(?!review/form)')
    views = [each for each in PACKAGE.rglob("*.py") if {"view", "display"} & {*each.parts}]
    places = [each for each in views if own.search(each.read_text("utf-8"))]
    assert [each.name for each in places] == ["text.py"]


def test_shares_and_quotas_are_given_as_they_count() -> None:
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    quotas = (
        Quota("themes", "energy", at_least=1),
        Quota("themes", "energy", at_least=3, at_most=9),
        Quota("themes", "energy", at_most=5),
    )
    shares = {"energy": Fraction(1, 3), "health": Fraction(2)}
    request = Request(quotas=quotas, targets={"themes": shares}, give_up=Fraction(1, 300))
    found = request_fields(programme, request, scores.as_of)
    assert (found["at_least"], found["at_most"]) == ({"energy": 3}, {"energy": 5})
    assert found["target"] == {"provinces": "even", "themes": {"energy": "1/3", "health": 2}}
    assert found["give_up"] == "1/3"


@pytest.mark.parametrize(
    ("value", "written"),
    [("5/2", 2.5), ("1/3", "1/3"), ("7", 7), ("1/1000000", 1e-6), ("1/10000000", "1/10000000")],
)
def test_a_number_that_decimals_cannot_write_is_a_fraction(value: str, written: object) -> None:
    assert exact_number(Fraction(value)) == written


def test_a_list_without_errors_has_its_hash_in_a_check_too(kiamv: Kiamv, tmp_path: Path) -> None:
    lists = document(kiamv, "score")["longlist"], document(kiamv, "check")["longlist"]
    assert lists[0] == lists[1]
    place = tmp_path / "list.csv"
    place.write_text("id,name,provinces,themes\na,Alpha,nowhere,energy\n", "utf-8")
    assert document(kiamv, "check", str(place), status=1)["longlist"]["sha256"] is None


# The commands that write JSON of their own, with one option each, or without any; those of a
# review are tried above. A record is a file to be kept: it has what was asked in its own form.
_SURVEY = ("--questionnaire", str(CRITERIA / "survey" / "questionnaire.yaml"))
COMMANDS: dict[str, tuple[str, ...]] = {
    "status": (),
    "score": ("--as-of", "2020-11-30"),
    "classify": (),
    "check": (),
    "same": ("--least", "strong"),
    "import": ("{csv}", "-o", "{folder}/list", "--as-of", "2020-01-31"),
    "sources": (),
    "shortlist": ("--seed", "s"),
    "spread": ("--ids", "hannn"),
    "flow": (),
    "explain": ("hannn",),
    "tradeoff": ("-n", "3"),
    "gaps": ("-n", "3"),
    "robustness": ("--draws", "2"),
    "verify": ("{record}",),
    "diff": ("{record}", "{list}"),
    "survey merge": (*("{export}", "-l", "{surveyed}", "-o", "{folder}/merged.yaml"), *_SURVEY),
    "survey characterise": ("{answers}", "--min-base", "5"),
    "survey compare": ("{answers}", "{surveyed}"),
    "survey aspects": ("{interviews}",),
    "audit": ("{figures}", "--rounding", "down"),
}
_STEPS = ("assign", "send", "seal", "receive", "open", "close", "adjudicate", "agreement")
ABOVE = {f"review {each}" for each in (*_STEPS, "dossier")}
NO_DOCUMENT = {"record", "export"}
# What others published follows no criteria; each side of a difference has its own.
WITHOUT_CRITERIA = {"audit", "diff"}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Something of each kind that a command reads."""
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "list.csv").write_text("id,name,provinces,themes\na,Alpha,NL-GR,energy\n", "utf-8")
    survey = EXAMPLES / "survey"
    places = {
        "folder": folder,
        "csv": folder / "list.csv",
        "list": CRITERIA.parent / "longlist",
        "record": folder / "record.json",
        "export": survey / "round-1-made-up.csv",
        "surveyed": survey / "longlist.yaml",
        "answers": folder / "answers.yaml",
        "interviews": Path(__file__).parents[1] / "examples" / "interviews",
        "figures": EXAMPLES / "study-2020" / "figures.yaml",
    }
    return {name: str(place) for name, place in places.items()}


@pytest.fixture
def made(kiamv: Kiamv, inputs: dict[str, str]) -> dict[str, str]:
    """The inputs, with those that kiamv makes."""
    if not Path(inputs["record"]).exists():
        by = ("--by", "A. Chair", "--on", "2020-12-01", "--reason", "So it is")
        assert kiamv("record", "-n", "3", *by, "-o", inputs["record"]).exit_code == 0
        merged = (inputs["export"], "-l", inputs["surveyed"], "-o", inputs["answers"])
        assert kiamv("survey", "merge", *merged).exit_code == 0
    return inputs


def test_every_command_that_writes_json_is_tried_here() -> None:
    there = {
        each.name if each.name in COMMANDS | dict.fromkeys(NO_DOCUMENT) else _path(each.name)
        for each in commands_of(get_command(build()))
        if any("json" in getattr(one.type, "choices", ()) for one in each.params)
    }
    assert there - NO_DOCUMENT == {*COMMANDS} | ABOVE


def _path(name: str | None) -> str:
    return next(each for each in {*COMMANDS} | ABOVE if each.endswith(f" {name}"))


INPUTS = {"longlist", "criteria", "identities", "answers", "folder", "reviews"}


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
def test_every_document_says_what_was_asked(
    kiamv: Kiamv, made: dict[str, str], command: str
) -> None:
    arguments = [each.format_map(made) for each in COMMANDS[command]]
    result = kiamv(*command.split(), *arguments, "-f", "json")
    assert result.exit_code in {0, 1}, result.stderr
    found = json.loads(result.stdout)
    assert found["kiamv"] == __version__
    origins = found["request"].pop("from")
    assert {*origins} - INPUTS == {*found["request"]} - INPUTS
    assert {*origins.values()} <= {"option", "default"}
    said = {"as_of", "least", "seed", "ids", "size", "draws", "min_base", "rounding"}
    options = {each.strip("-").replace("-", "_") for each in arguments if each.startswith("--")}
    assert {name for name in options & said if origins[name] != "option"} == set()
    if command in WITHOUT_CRITERIA:
        assert "criteria" not in found
    else:
        assert {*found["criteria"]} == {"id", "sha256", "weights"}


def test_a_survey_by_groups_and_a_published_flow_say_what_was_asked(
    kiamv: Kiamv, made: dict[str, str]
) -> None:
    tabs = document(kiamv, "survey", "characterise", made["answers"], "--by", "area")
    assert tabs["request"]["by"] == "area"
    assert (tabs["request"]["base"], tabs["request"]["min_cell"]) == ("answered", 3)
    assert tabs["criteria"]["sha256"] == load_criteria().sha256
    file = str(EXAMPLES / "study-2020" / "flow.yaml")
    flow = document(kiamv, "audit", file, status=1)
    assert (flow["request"]["report"], flow["request"]["from"]["report"]) == (file, "option")
    assert "criteria" not in flow


def test_each_side_of_a_difference_says_what_was_asked_of_it(
    kiamv: Kiamv, made: dict[str, str]
) -> None:
    one, other = document(kiamv, "diff", made["record"], made["list"])["sides"]
    assert one["request"] == other["request"]
    assert one["request"]["size"] == 3
    assert one["criteria"] == other["criteria"] == document(kiamv, "score")["criteria"]
    assert (one["file"], other["file"]) == (made["record"], made["list"])


def test_wishes_of_unknown_criteria_have_the_names_of_their_dimensions() -> None:
    request = Request(quotas=(Quota("themes", "energy", at_least=1),), targets={"themes": "even"})
    found = request_fields(None, request, load_longlist().longlist.as_of)
    assert (found["at_least"], found["target"]) == ({"themes:energy": 1}, {"themes": "even"})
