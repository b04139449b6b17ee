"""The programmes in ``examples``: every command works on them, in every format, without options."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import load_criteria

if TYPE_CHECKING:
    from running import Kiamv

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("horizon", "interreg", "regio-deal", "sortition")
# What the fewest seats, the highest totals and the draw give, checked by hand on the small ones.
SELECTED = {
    "horizon": {"aqua", "marl", "silt", "tide"},
    "interreg": {"deich", "herz", "pflege", "solar"},
}
BARE = ("status", "check", "score", "classify", "shortlist", "spread", "gaps", "tradeoff", "same")


@pytest.fixture(params=NAMES)
def example(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Work in a copy of an example."""
    copytree(EXAMPLES / request.param, tmp_path / request.param)
    monkeypatch.chdir(tmp_path / request.param)
    return str(request.param)


def commands_of(page: Path) -> list[list[str]]:
    """Return the commands that a page shows, without ``kiamv``."""
    found = re.findall(r"^\$ kiamv (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(each) for each in found]


@pytest.mark.slow
def test_the_page_of_an_example_leads_to_a_verified_record(example: str, kiamv: Kiamv) -> None:
    commands = commands_of(Path("README.md"))
    assert commands[-1] == ["verify", "record.json"]
    for each in commands:
        result = kiamv(*each)
        assert result.exit_code == 0, (each, result.stderr)
    record = json.loads(Path("record.json").read_text(encoding="utf-8"))
    selected = set(record["result"]["selected"])
    assert selected == SELECTED.get(example, selected)


@pytest.mark.slow
def test_from_init_to_a_verified_record_by_bare_commands(
    example: str, kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = next(Path().glob("longlist.*"))
    assert kiamv("init", "mine", str(listed), "--criteria", "criteria").exit_code == 0
    monkeypatch.chdir("mine")
    for each in BARE:
        result = kiamv(each)
        assert result.exit_code == 0, (each, result.stderr)
    assert kiamv("record", "--output", "record.json").exit_code == 0
    assert kiamv("verify", "record.json").exit_code == 0
    refused = kiamv("new", "Lab", "--province", "NL-GR").stderr
    assert ("these criteria have none" in refused) is (example != "regio-deal")
    texts = "".join(kiamv(each, "-f", "md").stdout for each in ("shortlist", "spread", "score"))
    assert ("rovinces" in texts) is (example == "regio-deal")


@pytest.mark.slow
@pytest.mark.parametrize("example", ["interreg"], indirect=True)
@pytest.mark.parametrize("form", ["json", "csv", "md", "table"])
def test_a_programme_without_provinces_says_nowhere_provinces(
    example: str, form: str, kiamv: Kiamv
) -> None:
    del example
    for each in (*BARE, "explain deich", "shortlist --balance leader", "robustness --draws 20"):
        if form in {"csv", "json", "md"} and each in {"same", "status"}:
            continue
        result = kiamv(*each.split(), "-f", form)
        assert result.exit_code == 0, (each, result.stderr)
        said = re.sub(r'"version"|kiamv/.*', "", result.stdout)
        assert not re.search(r"provinc|themes", said, re.IGNORECASE), each
    assert kiamv("shortlist", "--lang", "nl").exit_code == 0
    for name in ("land", "leader"):
        drawn = kiamv("shortlist", "--balance", "leader", "--picture", name, "-o", f"{name}.svg")
        assert drawn.exit_code == 0
    assert "Nordrhein-Westfalen" in Path("land.svg").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("example", ["interreg"], indirect=True)
def test_a_report_is_in_the_words_of_its_programme(example: str, kiamv: Kiamv) -> None:
    del example
    for name in ("report.html", "results.xlsx", "list.xlsx", "list.csv"):
        command = ("export",) if name.startswith("list") else ("report", "--draws", "20")
        result = kiamv(*command, "--output", name)
        assert result.exit_code == 0, (name, result.stderr)
    page = Path("report.html").read_text(encoding="utf-8")
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert "Länder" in body
    assert "Missionen" in body
    assert not re.search(r"provinc|themes", body, re.IGNORECASE)
    for name in ("list.xlsx", "list.csv"):
        assert kiamv("check", name).exit_code == 0


@pytest.mark.slow
@pytest.mark.parametrize("example", ["regio-deal"], indirect=True)
def test_groups_and_leads_are_spread_and_limited(example: str, kiamv: Kiamv) -> None:
    del example
    found = json.loads(kiamv("shortlist", "-f", "json").stdout)
    groups = {each["id"]: each for each in found["spread"]["landsdelen"]}
    assert sum(each["seats"] for each in groups.values()) == 8
    provinces = load_criteria("criteria").dimensions["provinces"].categories
    living = {each.id: each.population or 0 for each in provinces}
    north = sum(living[each] for each in ("NL-GR", "NL-FR", "NL-DR"))
    assert groups["north"]["target"] == pytest.approx(8 * north / sum(living.values()), abs=1e-6)
    assert max(each["seats"] for each in found["spread"]["lead.who"]) <= 1
    assert found["costs"]["ask"] <= 120
    assert found["request"]["target"]["landsdelen"] == "population"
    both = kiamv("shortlist", "--at-least", "east=3", "--balance", "lead.who", "-f", "json")
    listed = [each["categories"]["landsdelen"] for each in json.loads(both.stdout)["selected"]]
    assert sum("east" in each for each in listed) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("example", ["sortition"], indirect=True)
def test_an_assembly_is_spread_over_four_features(example: str, kiamv: Kiamv) -> None:
    del example
    found = json.loads(kiamv("shortlist", "-f", "json").stdout)
    assert found["proven_optimal"] is True
    assert found["balance"] == ["gender", "age", "education", "district"]
    ages = [each["categories"]["age"] for each in found["selected"]]
    assert len(ages) == 20
    assert ages.count(["16-29"]) >= 4


@pytest.mark.slow
def test_every_command_of_the_page_on_programmes_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kiamv: Kiamv
) -> None:
    root = EXAMPLES.parent
    for name in ("examples", "tests"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.chdir(tmp_path)
    commands = commands_of(root / "docs" / "another-programme.md")
    assert len(commands) >= 7
    for each in commands:
        result = kiamv(*each)
        assert result.exit_code == 0, (each, result.stderr)


def test_every_programme_that_the_page_shows_as_text_is_one(tmp_path: Path) -> None:
    """What stands there in YAML is taken together with the bundled criteria."""
    copytree(EXAMPLES.parent / "criteria", tmp_path / "criteria")
    page = (EXAMPLES.parent / "docs" / "another-programme.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    wanted = ("attributes:\n  - id", "dimensions:", "default:")
    parts = [next(each for each in blocks if each.startswith(start)) for start in wanted]
    place = tmp_path / "criteria" / "programme.yaml"
    place.write_text(place.read_text(encoding="utf-8") + "".join(parts), encoding="utf-8")
    programme = load_criteria(tmp_path / "criteria")
    assert [each.kind for each in programme.attributes] == [
        *("choice", "yes-no", "number", "facts", "organisation"),
    ]
    assert programme.dimensions["landsdelen"].groups["east"] == ("NL-OV", "NL-FL", "NL-GE")
    assert (programme.default.size, programme.default.balance) == (8, ("landsdelen",))
