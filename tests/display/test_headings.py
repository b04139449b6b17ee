"""The first fields of every JSON document: what was asked, of which criteria, by which kiamv."""

from __future__ import annotations

import json
import re
import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import Quota, Request, load_criteria, load_longlist, score
from kiamv_cli.base.version import __version__
from kiamv_cli.display.heading import exact_number
from kiamv_cli.selection.view.request import request_fields

if TYPE_CHECKING:
    from running import Kiamv

PACKAGE = Path(__file__).parents[2] / "kiamv_cli"
CRITERIA = Path(__file__).parents[2] / "criteria"


def document(kiamv: Kiamv, *arguments: str, status: int = 0) -> dict[str, Any]:
    result = kiamv(*arguments, "-f", "json")
    assert result.exit_code == status, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_document_says_all_that_was_asked(kiamv: Kiamv) -> None:
    asked = ("--include", "hannn", "--at-least", "NL-ZE=2", "--give-up", "5")
    found = document(kiamv, "shortlist", *asked, "--target", "provinces=population")
    assert (found["schema"], found["kiamv"]) == ("kiamv/shortlist/2", __version__)
    assert found["request"] == {
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


@pytest.mark.parametrize(
    "command",
    [
        ("shortlist",),
        ("explain", "hannn"),
        ("tradeoff",),
        ("gaps",),
        ("robustness", "--samples", "2"),
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
    assert found["request"] == {"as_of": "2020-01-31", "title": "My list"}


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
    assert steps[0]["request"] == {"seed": "s", "per": 1, "as_of": "2020-11-30"}
    for who in ("an", "bo"):
        kiamv("review", "form", "--reviewer", who, *asked)
        form = tmp_path / "forms" / f"{who}.yaml"
        empty = re.compile(r"verdict:\n( +)reason:\n")
        text = empty.sub(r"verdict: met\n\1reason: It says so on page 3\n", form.read_text("utf-8"))
        form.write_text(text, "utf-8")
        steps.append(step("seal", str(form)))
    steps += [step("open"), step("adjudicate"), step("agreement", "--resamples", "0")]
    assert steps[-1]["request"] == {"seed": "kiamv", "resamples": 0}
    for each in steps:
        assert {key: each[key] for key in judged} == judged


def test_a_clash_says_what_was_asked(kiamv: Kiamv) -> None:
    asked = ("-n", "1", "--at-least", "NL-ZE=2,NL-GR=2,NL-LI=2")
    found = document(kiamv, "shortlist", *asked, status=3)
    assert found["schema"] == "kiamv/clash/1"
    assert found["request"]["at_least"] == {"NL-GR": 2, "NL-LI": 2, "NL-ZE": 2}


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
    assert found["request"] == {
        "ids": ["hannn", "steenbreek"],
        "target": {"provinces": "longlist", "themes": "longlist"},
        "as_of": "2020-11-30",
    }


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
    assert [each.name for each in places] == ["heading.py"]


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
    found = request_fields(scores, request)
    assert (found["at_least"], found["at_most"]) == ({"energy": 3}, {"energy": 5})
    assert found["target"] == {"provinces": "even", "themes": {"energy": "1/3", "health": 2}}
    assert found["give_up"] == "1/3"


@pytest.mark.parametrize(
    ("value", "written"),
    [("5/2", 2.5), ("1/3", "1/3"), ("7", 7), ("1/1000000", 1e-6), ("1/10000000", "1/10000000")],
)
def test_a_number_that_decimals_cannot_write_is_a_fraction(value: str, written: object) -> None:
    assert exact_number(Fraction(value)) == written
