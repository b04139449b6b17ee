"""kiamv flow: numbers that add up, each box with its ids, in words and as a diagram."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from kiamv_cli import Request, flow, load_criteria, load_longlist, score, shortlist
from kiamv_cli.flows import sources
from kiamv_cli.formats.package_data import bundled

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv

HOSTILE = """\
title: 'A "title" <script>alert(1)</script> & more'
as_of: 2020-11-30
ecosystems:
  - {id: a, name: A, provinces: [NL-GR], themes: [energy], suggested_by: ['x"]; click s0 <b>', rom]}
  - {id: b, name: B, provinces: [NL-FR], themes: [health]}
"""
CASES: list[tuple[str, ...]] = [
    (),
    ("--size", "5", "--balance", "none"),
    ("--class", "eligible,borderline", "--exclude", "ferm-rotterdam,hannn"),
    ("--class", "eligible", "--size", "8", "--unknown", "possible"),
]


def told(kiamv: Kiamv, *arguments: str) -> dict[str, Any]:
    done = kiamv("flow", "-f", "json", *arguments)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("options", CASES)
def test_every_number_is_the_one_before_less_those_who_leave(
    kiamv: Kiamv, options: tuple[str, ...]
) -> None:
    found = told(kiamv, *options)
    steps = found["steps"]
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        assert step["count"] == len(step["ids"])
        for split in step["splits"]:
            parts = [name for part in split["parts"] for name in part["ids"]]
            assert sorted(parts) == sorted(step["ids"])
        left = [name for box in step["leave"] for name in box["ids"]]
        if following:
            assert sorted([*left, *following["ids"]]) == sorted(step["ids"])
    shortlisted = json.loads(kiamv("shortlist", "-f", "json", *options).stdout)["selected"]
    assert sorted(each["id"] for each in shortlisted) == steps[-1]["ids"]


@pytest.mark.slow
def test_first_and_all_failed_criteria_are_those_that_score_says(kiamv: Kiamv) -> None:
    screening = told(kiamv)["steps"][1]
    scores = json.loads(kiamv("score", "-f", "json").stdout)["ecosystems"]
    failed = {
        each["id"]: [name for name, one in each["criteria"].items() if one["proven"] < 0.5]
        for each in scores
    }
    first = next(split for split in screening["splits"] if split["by"] == "first-failed")
    for part in first["parts"]:
        expected = [name for name, all_of in failed.items() if [*all_of, "none"][0] == part["id"]]
        assert sorted(part["ids"]) == sorted(expected)
    for box in told(kiamv)["failed"]:
        expected = [name for name, all_of in failed.items() if box["id"] in all_of]
        assert sorted(box["ids"]) == sorted(expected)


@pytest.mark.slow
def test_who_is_left_out_by_wish_leaves_with_the_reason(kiamv: Kiamv) -> None:
    leave = told(kiamv, "--class", "eligible,borderline", "--exclude", "hannn")["steps"][1]["leave"]
    assert [box["id"] for box in leave] == ["excluded", "not-in-class"]
    assert leave[0]["ids"] == ["hannn"]
    worst = json.loads(kiamv("score", "-f", "json").stdout)["ecosystems"]
    below = [each["id"] for each in worst if each["class"]["worst"] == "ineligible"]
    assert sorted(leave[1]["ids"]) == sorted(below)


def test_text_and_rows_have_the_same_numbers(kiamv: Kiamv) -> None:
    text = kiamv("flow").stdout
    assert "Suggestions: 65" in text
    assert "Shortlist: 20" in text
    rows = list(csv.DictReader(io.StringIO(kiamv("flow", "-f", "csv").stdout)))
    boxes = {row["id"]: int(row["count"]) for row in rows if row["kind"] in {"box", "leave"}}
    assert boxes["suggestions"] - boxes["suggested-again"] == boxes["longlist"] == 60
    assert boxes["considered"] - boxes["not-selected"] == boxes["shortlist"] == 20


def test_diagrams_are_well_formed_the_same_each_time_and_harmless(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    (tmp_path / "list.yaml").write_text(HOSTILE, encoding="utf-8")
    asked = ("flow", str(tmp_path / "list.yaml"), "--size", "1")
    drawn = kiamv(*asked, "-f", "svg").stdout
    assert drawn == kiamv(*asked, "-f", "svg").stdout
    root = ET.fromstring(drawn)  # noqa: S314 - of our own making
    kinds = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert kinds == {"svg", "title", "desc", "style", "g", "rect", "text", "path"}
    texts = "".join(root.itertext())
    assert "<script>" in texts
    assert "<script>" not in drawn
    graph = kiamv(*asked, "-f", "mermaid").stdout
    lines = graph.splitlines()
    assert lines[0] == "flowchart TD"
    assert "<b>" not in graph
    assert all(line.count('"') in {0, 2} for line in lines)
    assert kiamv(*asked, "-o", str(tmp_path / "flow.svg")).exit_code == 0
    assert (tmp_path / "flow.svg").read_text(encoding="utf-8") == drawn


def test_boxes_of_a_picture_do_not_overlap_and_hold_their_text(kiamv: Kiamv) -> None:
    root = ET.fromstring(kiamv("flow", "-f", "svg").stdout)  # noqa: S314
    boxes = [
        tuple(float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        for each in root.iter()
        if each.tag.endswith("rect") and each.attrib["class"] != "paper"
    ]
    for one in boxes:
        for other in boxes:
            apart = (
                one is other
                or one[0] + one[2] <= other[0]
                or other[0] + other[2] <= one[0]
                or one[1] + one[3] <= other[1]
                or other[1] + other[3] <= one[1]
            )
            assert apart
    for text in root.iter():
        title = text.attrib.get("class") == "title"
        if text.tag.endswith("text") and "transform" not in text.attrib and not title:
            x, y = float(text.attrib["x"]), float(text.attrib["y"])
            assert any(b[0] <= x <= b[0] + b[2] and b[1] <= y <= b[1] + b[3] for b in boxes)


def boxes_of(kiamv: Kiamv) -> list[list[str]]:
    """The ids of every box, its parts, and those who leave, as the diagrams name them."""
    found = told(kiamv)
    boxes = []
    for step in found["steps"]:
        boxes += [step, *(part for split in step["splits"] for part in split["parts"])]
        boxes += found["failed"] if step["stage"] == "screening" else []
        boxes += step["leave"]
    return [box["ids"] for box in boxes if box["ids"]]


@pytest.mark.slow
def test_the_text_names_who_is_in_each_box_if_asked(kiamv: Kiamv) -> None:
    named = kiamv("flow", "--ids", "-f", "md").stdout
    for ids in boxes_of(kiamv):
        assert f"({len(ids)}): {', '.join(ids)}." in named
    brief = kiamv("flow", "-f", "md").stdout
    leave_and_stay = [each["ids"] for step in told(kiamv)["steps"][1:] for each in step["leave"]]
    leave_and_stay.append(told(kiamv)["steps"][-1]["ids"])
    assert all(", ".join(ids) in brief for ids in leave_and_stay)
    assert len(re.findall(r"\(\d+\): ", brief)) == len(leave_and_stay)


@pytest.mark.slow
def test_a_picture_and_a_chart_say_who_is_in_each_box(kiamv: Kiamv) -> None:
    root = ET.fromstring(kiamv("flow", "-f", "svg").stdout)  # noqa: S314
    groups = [each for each in root.iter() if each.tag.endswith("}g")]
    titles = [each.text or "" for group in groups for each in group if each.tag.endswith("title")]
    drawn = [line.rpartition(": ")[2].split(", ") for each in titles for line in each.split(" | ")]
    assert drawn == boxes_of(kiamv)
    chart = kiamv("flow", "-f", "mermaid").stdout.splitlines()
    remarks = [line for line in chart if line.strip().startswith("%% ")]
    assert [line.rpartition(": ")[2].split(", ") for line in remarks] == boxes_of(kiamv)


def test_a_source_is_called_by_its_own_name(kiamv: Kiamv, tmp_path: Path) -> None:
    listed = HOSTILE.replace("""['x"]; click s0 <b>', rom]""", "[regional, survey]")
    (tmp_path / "list.yaml").write_text(listed, encoding="utf-8")
    text = kiamv("flow", str(tmp_path / "list.yaml"), "--size", "1").stdout
    assert "By source: regional 1, survey 1 and nobody on record 1" in text


def test_criteria_have_their_names_in_the_text(kiamv: Kiamv) -> None:
    text = " ".join(kiamv("flow").stdout.split())
    assert "First criterion failed: Regional urgency 3, Problem shared elsewhere 14" in text
    assert "Failed, every criterion counted: Regional urgency 3" in text


@pytest.mark.slow
def test_a_class_may_be_called_as_a_criterion_is(kiamv: Kiamv, tmp_path: Path) -> None:
    criteria = tmp_path / "criteria"
    shutil.copytree(str(bundled("criteria")), criteria)
    classes = criteria / "classes.yaml"
    text = classes.read_text("utf-8").replace("id: borderline", "id: regional")
    classes.write_text(text, "utf-8")
    said = kiamv("flow", "--criteria", str(criteria)).stdout
    assert "First criterion failed: Regional urgency 3" in " ".join(said.split())
    assert "--ids" in said
    assert "--ids" not in kiamv("flow", "--ids").stdout


def test_flow_and_sources_in_python() -> None:
    found = shortlist(score(load_longlist().longlist, load_criteria()), Request(balance=()))
    assert flow(found).steps[-1].box.ids == tuple(sorted(found.selection.members))
    assert {each.by for each in sources(found).brought.sources} >= {"rom", "katapult"}
