"""Results from Python: the documents of the command line, values that never change, short."""

from __future__ import annotations

import copy
import json
import pickle
from csv import DictReader
from dataclasses import fields, is_dataclass
from importlib import import_module
from io import StringIO
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any

import pytest

import kiamv_cli
from kiamv_cli import (
    Misfit,
    Request,
    Scores,
    Shortlist,
    explain,
    flow,
    load_criteria,
    load_longlist,
    rivals,
    score,
    shortlist,
    spread,
    tradeoff,
)
from kiamv_cli.base.value import FrozenDict, Result
from kiamv_cli.flows import sources
from kiamv_cli.scoring import classify
from kiamv_cli.selection.model import select as steps
from kiamv_cli.selection.model import shortlist as module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from running import Kiamv

SIZE = 4
REQUEST = Request(size=SIZE, balance="themes")


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


@pytest.fixture(scope="module")
def selected(scores: Scores) -> Shortlist:
    return shortlist(scores, REQUEST)


OPTIONS = ("--size", str(SIZE), "--balance", "themes")
RESULTS: dict[tuple[str, ...], Callable[[Scores], Result]] = {
    ("score",): lambda scores: scores,
    ("shortlist", *OPTIONS): lambda scores: shortlist(scores, REQUEST),
    ("shortlist", "--margins", *OPTIONS): lambda scores: rivals(shortlist(scores, REQUEST)),
    ("explain", "hannn", *OPTIONS): lambda scores: explain(scores, ["HANNN"], REQUEST),
    ("tradeoff", *OPTIONS): lambda scores: tradeoff(scores, REQUEST),
    ("spread", "--ids", "hannn,foodvalley"): lambda scores: spread(scores, ["hannn", "FoodValley"]),
    ("flow", *OPTIONS): lambda scores: flow(shortlist(scores, REQUEST)),
    ("sources", *OPTIONS): lambda scores: sources(shortlist(scores, REQUEST)),
    ("classify", "--by", "helix"): lambda scores: classify(scores, "Helix make-up"),
    ("classify", "--by", "scope", "--and", "area"): lambda s: classify(s, ["scope", "area"]),
}


def _asked_alike(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what only a command knows: where each part of its request came from."""
    request = document.get("request", {})
    if isinstance(request, dict):
        document["request"] = {key: each for key, each in request.items() if key != "from"}
    return document


@pytest.mark.slow
@pytest.mark.parametrize("command", RESULTS, ids=" ".join)
def test_a_result_is_the_document_and_the_rows_of_its_command(
    kiamv: Kiamv, scores: Scores, command: tuple[str, ...]
) -> None:
    result = RESULTS[command](scores)
    printed = _asked_alike(json.loads(kiamv(*command, "--format", "json").stdout))
    own = _asked_alike(result.to_dict())
    asked = printed.get("request", {})
    assert asked.items() >= own.get("request", {}).items()
    assert {**own, "request": asked} == {**printed, "request": asked}
    assert json.loads(result.to_json()) == result.to_dict()
    rows = [*DictReader(StringIO(kiamv(*command, "--format", "csv").stdout))]
    assert [[*row] for row in result.to_records()] == [[*row] for row in rows]


def _parts(value: object) -> Iterator[object]:
    yield value
    if is_dataclass(value):
        inside = [getattr(value, each.name) for each in fields(value) if each.compare]
    elif isinstance(value, dict):
        inside = [*value.values()]
    else:
        inside = [*value] if isinstance(value, tuple | frozenset) else []
    for part in inside:
        yield from _parts(part)


def test_values_are_unchangeable_all_the_way_down(scores: Scores, selected: Shortlist) -> None:
    for value in (scores, selected, explain(scores, "hannn", REQUEST), spread(scores, "hannn")):
        for part in _parts(value):
            assert not isinstance(part, list | set)
            assert not isinstance(part, dict) or isinstance(part, FrozenDict)
        assert hash(value) == hash(copy.deepcopy(value))
        again = pickle.loads(pickle.dumps(value))  # noqa: S301 - our own
        assert again == value
        assert hash(again) == hash(value)
    with pytest.raises(TypeError, match="cannot be changed"):
        selected.spread["themes"] = ()  # type: ignore[index]
    with pytest.raises(TypeError, match="cannot be changed"):
        scores.programme.dimensions.clear()  # type: ignore[attr-defined]


def test_a_shortlist_that_was_pickled_still_solves_what_is_read_of_it(selected: Shortlist) -> None:
    again: Shortlist = pickle.loads(pickle.dumps(selected))  # noqa: S301 - our own
    assert again.unbalanced == selected.unbalanced
    assert again.hanging == selected.hanging
    assert again.members == selected.members


def test_all_is_shown_in_one_line(scores: Scores, selected: Shortlist) -> None:
    assert repr(selected).startswith(f"<Shortlist: {SIZE} of 60, score ")
    assert repr(REQUEST) == "<Request: size 4, balance ('themes',)>"
    for each in (scores, scores.longlist, scores.programme, scores.ecosystems[0], selected):
        assert len(repr(each)) < 150
        assert "\n" not in repr(each)
    assert len(repr(selected.members)) < 500


def test_a_notebook_shows_a_table_of_which_no_text_acts(selected: Shortlist) -> None:
    shown = selected._repr_html_()
    assert shown.count("<table") >= 2
    assert "<script" not in shown
    assert len(shown) < 40_000


def test_a_result_is_saved_as_its_name_ends(
    scores: Scores, selected: Shortlist, tmp_path: Path
) -> None:
    for ending in ("json", "csv", "md", "txt", "svg"):
        selected.save(tmp_path / f"shortlist.{ending}")
    assert (tmp_path / "shortlist.json").read_text(encoding="utf-8") == selected.to_json()
    with pytest.raises(FileExistsError):
        selected.save(tmp_path / "shortlist.json")
    selected.save(tmp_path / "shortlist.json", force=True)
    for ending in ("docx", "html"):
        with pytest.raises(Misfit, match=r"End the name with one of \.json"):
            selected.save(tmp_path / f"shortlist.{ending}")
    for ending in ("yaml", "json", "jsonl", "csv"):
        place = tmp_path / f"list.{ending}"
        scores.longlist.save(place)
        assert load_longlist(place).longlist.sha256 == scores.longlist.sha256


def _subclasses(of: type) -> Iterator[type]:
    below: list[type] = of.__subclasses__()
    for kind in below:
        yield kind
        yield from _subclasses(kind)


def test_every_kind_of_result_has_a_view_and_says_what_it_is() -> None:
    for found in walk_packages(kiamv_cli.__path__, "kiamv_cli."):
        if ".model" in found.name:
            import_module(found.name)
    kinds = [kind for kind in _subclasses(Result) if kind.__module__.startswith("kiamv_cli.")]
    assert len(kinds) > 15
    for kind in kinds:
        room = kind.__module__.split(".")[1]
        views = import_module(f"kiamv_cli.{room}.view").VIEWS
        module_name, _colon, name = views[kind.__name__].partition(":")
        assert callable(getattr(import_module(f"kiamv_cli.{room}.view.{module_name}"), name))
        assert "figures" in kind.__dict__


@pytest.mark.slow
def test_nothing_is_solved_that_was_not_asked_for(
    scores: Scores, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = []

    def counted(*args: Any) -> Any:  # noqa: ANN401 - as it comes
        questions.append(args)
        return steps.select(*args)

    monkeypatch.setattr(module, "select", counted)
    found = shortlist(scores, REQUEST)
    assert (found.ids, len(questions)) == (found.selection.members, 0)
    assert (found.hanging is None, len(questions)) == (False, 1)
    assert (found.hanging is None, len(questions)) == (False, 1)
