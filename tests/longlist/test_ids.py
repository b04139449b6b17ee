"""Ids are read in one way wherever they are asked for: typed, from files, from kiamv itself."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.base.problem import BadInput
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist
from kiamv_cli.longlist.model.lookup import (
    Names,
    SeveralEcosystemsError,
    UnknownEcosystemError,
    find,
)
from kiamv_cli.longlist.reading.ids import read_ids

if TYPE_CHECKING:
    from running import Kiamv

ECOSYSTEMS = (
    Ecosystem(id="alfa", name="Alfa Lab", provinces=(), themes=(), aliases=("Lab",)),
    Ecosystem(id="beta", name="Beta, Gamma & co", provinces=(), themes=(), aliases=("Lab",)),
    Ecosystem(id="delta", name="Delta", provinces=(), themes=(), aliases=("BETA", "alfa 2")),
)
ALL = Names(ECOSYSTEMS)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ("alfa,beta", ("alfa", "beta")),
        ("delta , ALFA LAB,delta", ("delta", "alfa")),
        ("Beta, Gamma & co", ("beta",)),
        ("delta,beta, gamma & CO,alfa", ("delta", "beta", "alfa")),
        ("beta", ("beta",)),
        (" \t", ()),
        (("alfa", "delta,alfa"), ("alfa", "delta")),
    ],
)
def test_ids_as_typed(given: str | tuple[str, ...], ids: tuple[str, ...]) -> None:
    assert read_ids(given, ALL) == ids


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "# those of 2020\nalfa  # of course\n\nBeta, Gamma & co\n"),
        ("a.txt", "\ufeffalfa,beta\r\n"),
        ("a.lst", "alfa\nbeta"),
        ("a.json", '["alfa", "Beta, Gamma & co"]'),
        ("a.json", '{"selected": [{"id": "alfa"}, {"id": "beta"}], "ecosystems": ["delta"]}'),
        ("a.json", '{"result": {"selected": ["delta"]}, "final": {"selected": ["alfa", "beta"]}}'),
        ("a.json", '[{"id": "alfa", "x": 1}, {"id": "beta"}, {"id": "alfa"}]'),
        ("a.jsonl", '{"title": "T", "as_of": "2020-01-01"}\n{"id": "alfa"}\n{"id": "beta"}\n'),
        ("a.yaml", "- alfa\n- beta\n"),
        ("a.yml", "title: T\necosystems:\n  - {id: alfa}\n  - {id: beta}\n"),
        ("a.yaml", "ecosystems:\n  alfa: {regional: {}}\n  beta: {}\n"),
        ("a.csv", "id\nalfa\nbeta\n"),
        ("a.csv", "name;id;provinces\nx;alfa;\ny;beta;\ny;beta;z\n"),
        ("a.csv", "id,selected\nalfa,True\ndelta,False\nbeta,true\n"),
        ("a.csv", "reviewer,ecosystem\nanna,alfa\nbram,beta\n"),
        ("a.csv", "step,asked_for,selected\n1,False,delta\n2,True,alfa beta\n"),
        ("a.csv", "alfa\nbeta\n"),
    ],
)
def test_ids_from_files(name: str, content: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert read_ids(f"@{name}", ALL) == ("alfa", "beta")
    assert read_ids(Path(name), ALL) == ("alfa", "beta")
    assert read_ids(name, ALL) == ("alfa", "beta")
    assert read_ids(["delta", f"@{name},delta"], ALL) == ("delta", "alfa", "beta")


@pytest.mark.parametrize(
    ("given", "content", "told"),
    [
        (
            "alpha,Lab",
            "",
            ["x: K713 'Lab' can mean", "x: K713 no ecosystem is called 'alpha'. Did"],
        ),
        ("Lab", "", ["x: K713 'Lab' can mean alfa, beta. Write the id of the one"]),
        ("@a.txt", "alfa\n  betta # no\n", ["a.txt:2:3: K713 no ecosystem is called 'betta'."]),
        ("@a.txt", '{"selected": [{"id": "beta"},\n {"id": "dlta"}]}', ["a.txt:2:9: K713"]),
        ("@a.txt", "id,name\nalfa,x\nLab,y\n", ["a.txt:3:1: K713 'Lab' can mean"]),
        ("@a.txt", "dimension,id\nthemes,alfa\n", ["a.txt: K802"]),
        ("@a.txt", "by,brought\nx,alfa\n", ["a.txt: K802"]),
        ("@a.txt", '{"problems": []}', ["a.txt: K802"]),
        ("@a.txt", "\n", ["a.txt: K802"]),
        ("@a.txt", "[1, 2]", ["a.txt: K802"]),
        ("@a.txt", '{"a": ', ["a.txt:1:6: K203"]),
        ("@gone.csv", "", ["gone.csv: K101"]),
        ("gone.csv,alfa", "", ["gone.csv: K101"]),
        ("@.", "", [".: K102"]),
        (",".join(["alfa"] * 300), "", []),
    ],
)
def test_what_is_wrong_is_told_at_its_place(given: str, content: str, told: list[str]) -> None:
    Path("a.txt").write_text(content, encoding="utf-8")
    lines: list[str] = []
    try:
        read_ids(given, ALL, "x")
    except BadInput as bad:
        lines = str(bad).splitlines()
    assert len(lines) == len(told)
    for line, start in zip(lines, told, strict=True):
        assert line.startswith(start)


@pytest.mark.slow
def test_whatever_kiamv_writes_says_whom_it_is_about(kiamv: Kiamv) -> None:
    wishes = ("-n", "4", "--balance", "none")
    ran = kiamv("shortlist", *wishes, "-f", "json")
    ids = [each["id"] for each in json.loads(ran.stdout)["selected"]]
    Path("shortlist.json").write_text(ran.stdout)
    said = ("--by", "A", "--on", "2020-12-15", "--reason", "spread", *wishes)
    written = {
        "margins.csv": ("shortlist", *wishes, "--margins", "-f", "csv"),
        "flow.json": ("flow", *wishes, "-f", "json"),
        "flow.csv": ("flow", *wishes, "-f", "csv"),
        "record.json": ("record", *said, "-f", "json"),
        "explain.csv": ("explain", "@shortlist.json", *wishes, "-f", "csv"),
        "explain.json": ("explain", "shortlist.json", *wishes, "-f", "json"),
        "again.json": ("shortlist", "-n", "4", "--include", "@shortlist.json", "-f", "json"),
    }
    for name, command in written.items():
        ran = kiamv(*command)
        assert ran.exit_code == 0, (command, ran.stderr)
        Path(name).write_text(ran.stdout)
        spread = kiamv("spread", "--ids", name, "-f", "json")
        assert spread.exit_code == 0, (name, spread.stderr)
        assert json.loads(spread.stdout)["size"] == 4, name
    out = json.loads(kiamv("shortlist", *wishes, "--exclude", "@flow.csv", "-f", "json").stdout)
    assert not {each["id"] for each in out["selected"]} & set(ids)


@pytest.mark.slow
def test_a_survey_takes_its_own_answers_for_whom_it_invited(kiamv: Kiamv) -> None:
    Path("export.csv").write_text("ecosystem;area\nhannn;within-province\n")
    Path("shortlist.json").write_text(kiamv("shortlist", "-n", "5", "-f", "json").stdout)
    merge = ("survey", "merge", "export.csv", "--force", "-f", "json", "-o", "a.yaml")
    ran = kiamv(*merge, "--invited", "shortlist.json")
    assert ran.exit_code == 0, ran.stderr
    assert json.loads(ran.stdout)["invited"] == 5
    ran = kiamv(*merge, "--invited", "@a.yaml")
    assert ran.exit_code == 0, ran.stderr
    assert json.loads(ran.stdout)["invited"] == 5
    Path("few.txt").write_text("hannn\nFERM Rotterdam, foodvalley\n")
    assert json.loads(kiamv(*merge, "--invited", "few.txt").stdout)["invited"] == 3


def test_one_ecosystem_is_one(kiamv: Kiamv) -> None:
    said = ("--by", "A", "--on", "2020-12-15", "--reason", "spread")
    ran = kiamv("record", *said, "--swap", "hannn,foodvalley=entrance: two")
    assert ran.exit_code == 2
    assert "write one ecosystem" in ran.stderr


def test_a_name_that_two_have_is_not_that_of_the_first() -> None:
    longlist = Longlist(title="T", as_of=date(2020, 1, 1), ecosystems=ECOSYSTEMS)
    assert find(longlist, "alfa  LAB").id == "alfa"
    assert find(longlist, "beta").id == "beta"
    for name in ("Lab", "lab ", "BETA"):
        with pytest.raises(SeveralEcosystemsError, match="can mean"):
            find(longlist, name)
    with pytest.raises(UnknownEcosystemError, match="Did you mean alfa"):
        find(longlist, "alfi lab")


@pytest.mark.slow
def test_many_ids_take_no_more_time_than_they_must() -> None:
    Path("many.txt").write_text(",".join(["alfa", "nobody at all"] * 20_000))
    begun = time.perf_counter()
    with pytest.raises(BadInput) as bad:
        read_ids("@many.txt", ALL)
    assert len(bad.value.problems) == 1  # the same is told once
    assert time.perf_counter() - begun < 20
