"""A list looked through in several processes: the same comes of it as in one."""

from __future__ import annotations

import copy
import json
import multiprocessing
import operator
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kiamv_cli import check, load_criteria
from kiamv_cli.base.language import in_language
from kiamv_cli.base.problem import BadInput
from kiamv_cli.longlist.checks import checking as processes
from kiamv_cli.longlist.checks.checking import shared
from kiamv_cli.longlist.reading.gathering import Gathering

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

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


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have processes start for short lists, and chunks be small."""
    monkeypatch.setattr(processes, "FEW", 5)
    monkeypatch.setattr(processes, "_CHUNK", 7)


def one_by_one(source: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Look through a list as if it were read as one document: no pieces, nothing put together."""
    with monkeypatch.context() as patch:
        patch.setattr("kiamv_cli.longlist.checks.checking._Gathering.gather", Gathering.gather)
        return check(source)


def told(found: Checked) -> list[Problem]:
    """The problems but for suspected duplicates, which are placed once all is read."""
    return [each for each in found.problems if each.code != "K942"]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("kind", ["jsonl", "folder"])
def test_the_same_comes_of_it_in_any_number_of_processes(
    kind: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    source: Path = request.getfixturevalue(kind)
    alone = check(source)
    found = set(alone.by_code())
    assert {"K203", "K201", "K304", "K401", "K402", "K902", "K904", "K941", "K942"} <= found
    assert check(source, processes=3) == alone
    assert told(one_by_one(source, monkeypatch)) == told(alone)


def test_suspected_duplicates_in_files_stand_at_their_names(folder: Path) -> None:
    suspected = [each for each in check(folder).problems if each.code == "K942"]
    assert suspected
    assert {(each.line, each.column) for each in suspected} == {(2, 7)}


@pytest.mark.usefixtures("soon")
def test_what_is_told_is_in_the_language_of_who_asks(jsonl: Path) -> None:
    with in_language("nl"):
        alone, among = check(jsonl), check(jsonl, processes=2)
    assert among == alone
    english = {each.message for each in check(jsonl).problems if each.code == "K904"}
    assert english
    assert not english & {each.message for each in among.problems}


@pytest.mark.usefixtures("soon")
def test_the_criteria_of_who_asks_count(jsonl: Path) -> None:
    programme = load_criteria(Path(__file__).parents[1] / "examples" / "flanders" / "criteria")
    assert check(jsonl, programme, processes=2) == check(jsonl, programme)


@pytest.mark.usefixtures("soon")
def test_a_list_that_cannot_be_read_on_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programme = load_criteria()
    monkeypatch.setattr("kiamv_cli.base.files.MOST_BYTES", 2000)
    place = tmp_path / "list.jsonl"
    place.write_bytes(b"\n".join([*lines(60), b" " * 3000]))
    with pytest.raises(BadInput, match="K103"):
        check(place, programme, processes=2)
    assert not multiprocessing.active_children()


def test_few_ecosystems_start_no_process(jsonl: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(processes, "_pool", refuse)
    assert NUMBER < processes.FEW
    assert check(jsonl, processes=8).ecosystems


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("__init__", NotImplementedError),
        ("__init__", PermissionError),
        ("__init__", ImportError),
        ("submit", RuntimeError),
        ("submit", PermissionError),
    ],
)
@pytest.mark.usefixtures("soon")
def test_where_no_process_can_be_started_the_work_is_done_all_the_same(
    step: str, error: type[Exception], jsonl: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    alone = check(jsonl)
    with monkeypatch.context() as patch:
        patch.setattr(ProcessPoolExecutor, step, fail)
        assert check(jsonl, processes=2) == alone


@pytest.mark.usefixtures("soon")
def test_where_processes_break_down_the_rest_is_done_here() -> None:
    results = shared(partial(partial, operator.add, 1), range(1000), 2)
    found = list(islice(results, 20))
    started = multiprocessing.active_children()
    assert started
    for each in started:
        each.kill()
    assert [*found, *results] == [(each, each + 1) for each in range(1000)]


@pytest.mark.usefixtures("soon")
def test_the_work_is_done_elsewhere_and_no_more_is_taken_than_needed() -> None:
    taken = count()
    items = (each for each in taken if each < 10_000)
    results: Generator[tuple[object, int], None, None]
    results = shared(partial(partial, eval, "__import__('os').getpid()"), ({} for _ in items), 2)
    done_by = {process for _, process in islice(results, 100)}
    assert done_by
    assert os.getpid() not in done_by
    assert next(taken) < 300
    results.close()
    assert not multiprocessing.active_children()


def test_a_problem_is_copied_by_its_values(jsonl: Path) -> None:
    problems = check(jsonl).problems
    assert [copy.copy(each) for each in problems] == [*problems]


def test_a_bug_in_another_process_is_told() -> None:
    with pytest.raises(TypeError):
        list(shared(partial(partial, operator.add, "text"), range(processes.FEW), 2))
