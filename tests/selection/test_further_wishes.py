"""Relations, costs, who is kept and ties, as a user meets them: options, kiamv.yaml, records."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist
from kiamv_cli.base.problem import Misfit

if TYPE_CHECKING:
    from running import Kiamv

GRANTS = Path(__file__).parents[1] / "examples" / "grants"
LIST = [str(GRANTS / "longlist.yaml"), "--criteria", str(GRANTS / "criteria"), "--balance", "phase"]


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv("shortlist", *LIST, *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def ids(said: Any) -> set[str]:  # noqa: ANN401 - JSON
    return {each["id"] for each in said["selected"]}


def test_relations_hold(kiamv: Kiamv) -> None:
    free = ids(document(kiamv, "--size", "2"))
    assert free == {"canal-garden", "care-square"}
    one = document(kiamv, "--size", "2", "--at-most-one", "canal-garden,care-square")
    assert len(ids(one) & free) == 1
    assert one["request"]["at_most_one"] == [["canal-garden", "care-square"]]
    assert one["proven_optimal"]
    together = ids(document(kiamv, "--size", "2", "--together", "canal-garden,tree-watch"))
    assert together in ({"canal-garden", "tree-watch"}, together - {"canal-garden", "tree-watch"})
    only = document(kiamv, "--size", "2", "--only-with", "canal-garden=tree-watch")
    assert "canal-garden" not in ids(only) or "tree-watch" in ids(only)


def test_a_cost_counts_the_high_end_and_names_who_has_none(kiamv: Kiamv) -> None:
    wishes = ["--size", "2", "--cost", "residents=180", "--exclude", "tool-shed"]
    said = document(kiamv, *wishes)
    assert said["costs"] == {"residents": 180}
    assert ids(said) == {"canal-garden", "open-kitchen"}
    shown = kiamv("shortlist", *LIST, *wishes).stdout
    assert "Number of residents: 180 residents together, of at most 180 residents." in shown
    assert "1 ecosystem cannot be in, as this is not known of it: Tree Watch." in shown


def test_a_cost_that_is_too_low_says_what_it_would_have_to_be(kiamv: Kiamv) -> None:
    result = kiamv("shortlist", *LIST, "--size", "2", "--cost", "residents=30")
    assert result.exit_code == 3
    assert "--cost residents=72 instead of --cost residents=30" in result.stdout + result.stderr
    assert "Number of residents is known of every member" in result.stdout + result.stderr


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GRANTS, tmp_path / "grants")
    (tmp_path / "before.txt").write_text("open-kitchen\ntool-shed\nlong-gone\n")
    (tmp_path / "kiamv.yaml").write_text(
        """longlist: grants/longlist.yaml
criteria: grants/criteria
request:
  size: 2
  balance: [phase]
  at_most_one: [[canal-garden, tree-watch]]
  only_with: {tool-shed: canal-garden, care-square: [canal-garden, tool-shed]}
  cost: {residents: 700.5}
  keep: before.txt
  changes: 2
decision: {by: [A. Chair], on: 2024-07-01, reason: As discussed.}
"""
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_of_them_go_from_the_project_to_a_record_that_holds(
    kiamv: Kiamv, project: Path
) -> None:
    said = json.loads(kiamv("shortlist", "-f", "json").stdout)
    assert ids(said) == {"canal-garden", "tool-shed"}
    assert said["keep"]["out"] == ["long-gone", "open-kitchen"]
    assert said["keep"]["in"] == ["canal-garden"]
    assert said["request"]["only_with"]["care-square"] == ["canal-garden", "tool-shed"]
    assert kiamv("record", "-o", "record.json").exit_code == 0
    options = json.loads((project / "record.json").read_text())["options"]
    assert options["cost"] == {"residents": "1401/2"}
    assert options["keep"] == ["long-gone", "open-kitchen", "tool-shed"]
    verified = kiamv("verify", "record.json")
    assert verified.exit_code == 0, verified.stdout
    assert "The proof holds" in verified.stdout
    for command in ("tradeoff", "gaps", "explain canal-garden", "robustness --draws 5"):
        assert kiamv(*command.split()).exit_code == 0


def test_too_few_changes_clash(kiamv: Kiamv, project: Path) -> None:
    assert project.is_dir()
    result = kiamv("shortlist", "--changes", "0")
    assert result.exit_code == 3
    assert "at most 0 of the 3 to keep leave (--changes 0)" in result.stdout + result.stderr


def test_ties_decide_before_the_lottery(tmp_path: Path) -> None:
    folder = shutil.copytree(GRANTS / "criteria", tmp_path / "criteria")
    plain = load_criteria(str(folder))
    text = (folder / "programme.yaml").read_text()
    (folder / "programme.yaml").write_text(f"{text}ties: [how-far, quality]\n")
    tied = load_criteria(str(folder))
    assert tied.ties == ("how-far", "quality")
    assert tied.sha256 != plain.sha256
    # Open Kitchen and Tool Shed have the same total; only the first is a pilot.
    asked = Request(size=1, balance=(), include=(), exclude=["canal-garden", "care-square"])
    for seed in "abcdef":
        longlist = load_longlist(str(GRANTS / "longlist.yaml"), tied).longlist
        found = shortlist(
            score(longlist, tied), Request(size=1, balance=(), exclude=asked.exclude, seed=seed)
        )
        assert found.ids == ("open-kitchen",)
        assert found.proof is not None
        assert found.to_dict()["ties"][0] == {"criterion": "how-far", "value": 0.5, "exact": "1/2"}


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"at_most_one": [["a"]]}, "at_most_one"),
        ({"together": [["a", "a"]]}, "together"),
        ({"cost": {"ask": "much"}}, "cost"),
        ({"changes": 1}, "changes"),
        ({"keep": ["a"], "changes": -1}, "changes"),
    ],
)
def test_what_makes_no_sense_is_refused_when_it_is_asked(
    wishes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Misfit) as refused:
        Request(**wishes)
    assert refused.value.field == field


def test_numbers_of_any_kind_are_exact() -> None:
    assert Request(cost={"ask": 0.1}).cost == {"ask": Fraction(1, 10)}
