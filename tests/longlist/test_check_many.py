"""Longer lists looked through line by line and file by file."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kiamv_cli import check, load_criteria
from kiamv_cli.base.problem import BadInput
from kiamv_cli.longlist.reading.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.longlist.model.duplicates import Checked

NUMBER = 150
HEADER = {"title": "Many", "as_of": "2020-11-30"}


def entries(number: int = NUMBER) -> Iterator[dict[str, Any]]:
    """Ecosystems with something wrong or doubtful in most, and much that is said twice."""
    random = Random(4)
    for at in range(number):
        again = random.randrange(at + 1) if random.random() < 0.2 else at
        made: dict[str, Any] = {
            "id": f"eco-{random.choice((at, at, again))}",
            "name": random.choice(
                (f"Hydrogen Hub {'abcdefghij'[at % 10] * 6} {at}", f"Twin {again}")
            ),
            "provinces": random.choice((["NL-GR"], ["NL-GR", "NL-GR"], ["NL-XX"], [])),
            "themes": ["energy"],
            "challenges": [{"what": "clean ships", "theme": "energy", "source": "s1"}],
            "sources": {"s1": {"title": "é", "year": 2022}, "s2": {"title": "Two"}},
        }
        if again == at and at % 7 == 0:
            made["name"] = ("Fieldlab Watermolen Zwaluw", "Zwaluw: Fieldlab Watermolen")[at % 2]
        if at % 50 == 49:
            made["suggested_by"] = ["open call"]
        yield made


def lines(number: int = NUMBER) -> list[bytes]:
    """The same as lines, some of which cannot be read, or not wholly."""
    made = [json.dumps(each, ensure_ascii=False).encode() for each in (HEADER, *entries(number))]
    made[10] = made[10].replace(b'"name"', b'"name": "Else", "name"')
    made[20] = made[20][:-5]
    made[30] = "é".encode("cp1252")
    made[40] = b"[1, 2]"
    made[45] = b'"text"'
    made[50:50] = [b"", b"  "]
    return made


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    place = tmp_path / "list.jsonl"
    place.write_bytes(b"\n".join(lines()))
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for at, each in enumerate(entries()):
        text = yaml.safe_dump(each, allow_unicode=True, sort_keys=False)
        (tmp_path / f"eco-{at}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "longlist.yaml").write_text(yaml.safe_dump(HEADER), encoding="utf-8")
    (tmp_path / "eco-20.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "eco-30.yaml").write_bytes("id: é".encode("cp1252"))
    (tmp_path / "eco-40.yaml").unlink()
    (tmp_path / "eco-40.yaml").mkdir()
    return tmp_path


def placed_at_once(result: Checked) -> list[Problem]:
    """The problems but for suspected duplicates, which are placed once all is read."""
    return [each for each in result.problems if each.code != "K942"]


@pytest.mark.parametrize("kind", ["jsonl", "folder"])
def test_all_kinds_of_problems_are_told_as_of_one_document(
    kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    source: Path = request.getfixturevalue(kind)
    result = check(source)
    codes = set(result.by_code())
    assert {"K203", "K201", "K304", "K401", "K402", "K902", "K904", "K941", "K942"} <= codes
    monkeypatch.setattr("kiamv_cli.longlist.checks.checking._Checking.gather", Gathering.gather)
    assert placed_at_once(check(source)) == placed_at_once(result)


def test_suspected_duplicates_in_files_stand_at_their_names(folder: Path) -> None:
    suspected = [each for each in check(folder).problems if each.code == "K942"]
    assert suspected
    assert {(each.line, each.column) for each in suspected} == {(2, 7)}


def test_a_list_that_cannot_be_read_on_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = load_criteria()
    monkeypatch.setattr("kiamv_cli.base.files.MOST_BYTES", 2000)
    place = tmp_path / "list.jsonl"
    place.write_bytes(b"\n".join([*lines(60), b" " * 3000]))
    with pytest.raises(BadInput, match="K103"):
        check(place, programme)
