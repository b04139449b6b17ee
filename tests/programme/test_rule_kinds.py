"""Every kind of rule is one module and one registration, also one that another package brings."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import load_criteria, load_longlist, score
from kiamv_cli.formats.yaml_writer import yaml_text
from kiamv_cli.programme.model.programme import Rule, programme_as_written
from kiamv_cli.programme.reading.programme import load_programme
from kiamv_cli.programme.rules import BROUGHT, KINDS, all_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

EXAMPLES = Path(__file__).parent.parent / "examples"
FLANDERS = EXAMPLES / "flanders"
MONEY = """label: {en: Money}
question: {en: Is there money?}
rule: {kind: total, euro: 1000000}
"""


@pytest.fixture
def criteria(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Criteria with a rule of a kind that an installed package brings."""
    site = tmp_path / "site"
    (site / "own-1.dist-info").mkdir(parents=True)
    (site / "total_rule.py").write_text((EXAMPLES / "total_rule.py").read_text())
    (site / "own-1.dist-info" / "METADATA").write_text("Name: own\nVersion: 1\n")
    points = "[kiamv.rules]\ntotal = total_rule:TotalRule\n"
    (site / "own-1.dist-info" / "entry_points.txt").write_text(points)
    monkeypatch.syspath_prepend(str(site))
    folder = tmp_path / "criteria"
    copytree(FLANDERS / "criteria", folder)
    (folder / "lasting-money.yaml").write_text(MONEY)
    yield folder
    BROUGHT.pop("total", None)


def test_a_kind_that_another_package_brings_is_scored_explained_and_hashed(
    criteria: Path, kiamv: Kiamv
) -> None:
    programme = load_criteria(criteria)
    place = [each.id for each in programme.criteria].index("lasting-money")
    scores = score(load_longlist(FLANDERS / "longlist.yaml", programme).longlist, programme)
    for each in scores.ecosystems:
        total = sum(line.amount_eur or 0 for line in each.ecosystem.budget or ())
        assert each.criteria[place].proven <= Fraction(total, 1_000_000)
    one = scores.ecosystems[0].ecosystem.id
    options = (str(FLANDERS / "longlist.yaml"), "--criteria", str(criteria), "--size", "2")
    told = kiamv("explain", one, "--longlist", *options)
    assert "Score 1 for 1000000 euro in all, a share for less." in told.stdout.replace("\n", " ")
    found = json.loads(kiamv("gaps", *options, "-f", "json").stdout)
    texts = [each["missing"] for each in found["gaps"] if each["criterion"] == "lasting-money"]
    assert all(text.endswith(f"euro more for {programme.id}") for text in texts)
    schema = json.loads(kiamv("schema", "criterion", "--criteria", str(criteria)).stdout)
    assert '"euro"' in json.dumps(schema)
    assert programme_as_written(programme)["lasting-money"]["rule"] == {  # type: ignore[index, call-overload]
        "kind": "total",
        "euro": 1_000_000,
    }


def test_without_that_package_the_kind_is_refused(tmp_path: Path, kiamv: Kiamv) -> None:
    copytree(FLANDERS / "criteria", tmp_path / "criteria")
    (tmp_path / "criteria" / "lasting-money.yaml").write_text(MONEY)
    done = kiamv("score", str(FLANDERS / "longlist.yaml"), "--criteria", str(tmp_path / "criteria"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "lasting-money.yaml:3:" in done.stderr
    assert "Choose from count, best-line, sides" in done.stderr


def test_a_kind_that_lacks_a_part_cannot_be_made() -> None:
    class Half(Rule):
        kind = "half"

    with pytest.raises(TypeError, match="abstract"):
        Half()  # type: ignore[abstract]


def test_each_kind_is_registered_by_its_name_and_whole() -> None:
    for name, kind in all_kinds().items():
        assert (kind.kind, issubclass(kind, Rule)) == (name, True)
        assert not kind.__abstractmethods__
    assert [*all_kinds()][: len(KINDS)] == [*KINDS]


@pytest.mark.parametrize("folder", [None, FLANDERS / "criteria"])
def test_what_is_written_of_a_programme_reads_back_as_it_was(
    folder: Path | None, tmp_path: Path
) -> None:
    programme = load_criteria(folder)
    for stem, said in programme_as_written(programme).items():
        (tmp_path / f"{stem}.yaml").write_text(yaml_text(said))  # type: ignore[arg-type]
    for each in programme.dimensions.values():
        if each.map is not None:
            source = Path(__file__).parents[2] / "criteria" / each.map.file
            (tmp_path / each.map.file).write_text(source.read_text())
    assert load_programme(tmp_path) == programme
    assert {each.rule.kind for each in programme.criteria} <= KINDS.keys()
