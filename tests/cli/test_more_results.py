"""Imports, surveys, reviews, types, sources, sweeps and reports as data, by their schemas."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from reviewing import LONGLIST, REVIEWERS, answer, run

from kiamv_cli import (
    Request,
    Scores,
    load_criteria,
    load_longlist,
    load_review,
    report,
    score,
    shortlist,
    sweep,
)
from kiamv_cli.base.problem import Misfit
from kiamv_cli.cli.output_schema import output_schema
from kiamv_cli.flows import sources
from kiamv_cli.longlist import import_longlists
from kiamv_cli.reports import Plan
from kiamv_cli.review import agreement, dependence
from kiamv_cli.scoring import classify
from kiamv_cli.survey import SurveySources, merge_survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from running import Kiamv

    from kiamv_cli import Result

SURVEY = Path(__file__).parents[2] / "examples" / "survey"
TABLE = "id,name,provinces,themes\nalfa,Alfa,NL-ZH,energy\nbeta,Beta,NL-GR,health\n"
REQUEST = Request(size=2, balance="themes")
pytestmark = pytest.mark.slow


@pytest.fixture
def scores(kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scores:
    """Three ecosystems, beside a review of them that was opened and a table of two others."""
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text(LONGLIST, encoding="utf-8")
    Path("table.csv").write_text(TABLE, encoding="utf-8")
    Path("review").mkdir()
    Path("review/reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
    run(kiamv, "form")
    for name in ("anna", "bram", "chris"):
        answer(Path(f"review/forms/{name}.yaml"), beta="unknown")
        run(kiamv, "seal", f"review/forms/{name}.yaml", "--salt", name)
    run(kiamv, "open")
    programme = load_criteria()
    return score(load_longlist("list.yaml", programme).longlist, programme)


def _imported(scores: Scores) -> Result:
    return import_longlists(["table.csv"], scores.programme, as_of=scores.as_of)


def _merged(scores: Scores) -> Result:
    listed = load_longlist(SURVEY / "longlist.yaml", scores.programme).longlist
    export = SurveySources(exports=[str(SURVEY / "round-1-made-up.csv")])
    return merge_survey(export, longlist=listed, programme=scores.programme)


def _agreement(scores: Scores) -> Result:
    review = load_review("review", scores.longlist, scores.programme)
    return agreement(scores.longlist, review, scores.programme, resamples=3)


def _dependence(scores: Scores) -> Result:
    review = load_review("review", scores.longlist, scores.programme)
    return dependence(scores.longlist, review, scores.programme, REQUEST)


RESULTS: dict[str, Callable[[Scores], Result]] = {
    "import": _imported,
    "survey-merge": _merged,
    "review-agreement": _agreement,
    "review-spread": _dependence,
    "sources": lambda scores: sources(shortlist(scores, REQUEST)),
    "sweep": lambda scores: sweep(scores, sizes=[2, 3], balance=["themes"]),
    "report": lambda scores: report(scores, REQUEST, plan=Plan(draws=2)),
}


def test_each_is_data_in_every_way(scores: Scores) -> None:
    made = {name: result(scores) for name, result in RESULTS.items()}
    made |= {"classify": classify(scores, "Scope"), "": classify(scores, ["scope", "helix"])}
    for name, result in made.items():
        document, schema = result.to_dict(), output_schema(name or "classify", closed=True)
        own = {**document, "request": {"from": {}, **document.get("request", {})}}
        faults = Draft202012Validator(schema).iter_errors(own)
        assert [f"{each.json_path}: {each.message}" for each in faults] == [], name
        rows = result.to_records()
        assert len({tuple(row) for row in rows}) == 1, name
        assert len(repr(result)) < 150
        assert result._repr_html_().startswith("<"), name
        result.save(f"{name or 'cross'}.json")
        assert hash(result) == hash(pickle.loads(pickle.dumps(result)))  # noqa: S301 - our own


def test_a_report_is_saved_as_a_page_and_as_a_workbook(scores: Scores) -> None:
    made = RESULTS["report"](scores)
    made.save("report.html")
    made.save("report.xlsx")
    made.save("report.csv")
    assert Path("report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert Path("report.xlsx").read_bytes().startswith(b"PK")
    assert Path("report.csv").read_text(encoding="utf-8").startswith("place,id,")


def test_the_report_of_the_command_is_that_of_python(kiamv: Kiamv, scores: Scores) -> None:
    options = ("list.yaml", "-n", "2", "--balance", "themes", "--draws", "2")
    result = kiamv("report", *options, "-o", "report.json")
    assert result.exit_code == 0, result.stderr
    del scores
    text = Path("report.json").read_text(encoding="utf-8")
    assert '"schema": "kiamv/report/1"' in text


def test_types_are_asked_for_by_name_one_or_two(scores: Scores) -> None:
    assert classify(scores, "Helix make-up").by[0].dimension.id == "helix"
    for names in ([], ["scope", "helix", "area"]):
        with pytest.raises(Misfit, match="give one or two"):
            classify(scores, names)
    with pytest.raises(Misfit, match="helx"):
        classify(scores, "helx")
