"""kiamv audit of a flow: what the study of 2020 states, and what would repair it."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jsonschema

from kiamv_cli.audits import AddingUp, audit
from kiamv_cli.audits.model.adding_up import Range, adding_up
from kiamv_cli.audits.model.published import Arrow, Division, PublishedBox, PublishedFlow
from kiamv_cli.audits.model.whole import Effort
from kiamv_cli.cli import json_schema
from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    import pytest
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
STUDY = str(ROOT / "examples" / "study-2020" / "flow.yaml")
CALL = """\
schema: kiamv/published-flow/1
title: A call
boxes:
  - {id: came-in, label: Came in, count: 120, where: page 2}
  - {id: doubles, label: Double, count: 20}
  - {id: screened, label: Screened, count: 100}
  - {id: dropped, label: Dropped}
  - {id: chosen, label: Chosen, count: 40}
  - {id: prizes, label: Prizes, count: 3}
arrows:
  - {from: came-in, to: doubles}
  - {from: came-in, to: screened}
  - {from: screened, to: dropped}
  - {from: screened, to: chosen}
"""


def told(kiamv: Kiamv, file: str, status: int = 1) -> dict[str, Any]:
    done = kiamv("audit", file, "-f", "json")
    assert (done.exit_code, done.stderr) == (status, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_what_the_study_states_and_what_would_repair_it(kiamv: Kiamv) -> None:
    found = told(kiamv, STUDY)
    assert not found["adds_up"]
    ((*changes,),) = found["repairs"]
    assert [(each["count"], each["least"], each["most"]) for each in changes] == [
        (32, 31, 31),
        (21, 20, 20),
    ]
    assert [each["where"] for each in changes] == ["table, line 145", "table, line 146"]
    follows = {each["box"]: (each["least"], each["most"]) for each in found["unknown"]}
    assert follows == {
        "not-filled-in": (34, 34),
        "filled-in-and-interviewed": (9, 9),
        "filled-in-only": (12, 12),
        "interviewed-only": (1, 1),
    }
    failed = [sorted(number["count"] for number in each["numbers"]) for each in found["violations"]]
    assert {(31, 32), (20, 21), (10, 21, 32)} <= {tuple(each) for each in failed}


def test_with_the_survey_alone_one_number_repairs_it(kiamv: Kiamv, tmp_path: Path) -> None:
    text = Path(STUDY).read_text(encoding="utf-8").replace("{count: 21,", "{count: 20,")
    (tmp_path / "flow.yaml").write_text(text, encoding="utf-8")
    done = kiamv("audit", str(tmp_path / "flow.yaml"))
    assert done.exit_code == 1
    assert "One number repairs it" in done.stdout
    ((change,),) = told(kiamv, str(tmp_path / "flow.yaml"))["repairs"]
    assert (change["box"], change["count"], change["least"], change["most"]) == (
        "survey",
        32,
        31,
        31,
    )


def test_a_flow_that_adds_up_and_one_that_does_not(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "call.yaml"
    file.write_text(CALL, encoding="utf-8")
    found = told(kiamv, str(file), status=0)
    assert found["unknown"] == [{"box": "dropped", "least": 60, "most": 60}]
    assert found["not_checked"] == ["prizes"]
    shown = kiamv("audit", str(file)).stdout
    assert "It adds up: all 5 numbers can be right at once." in shown
    assert "Not checked, as no arrow, split or overlap has it: Prizes." in shown
    file.write_text(CALL.replace("count: 100", "count: 30"), encoding="utf-8")
    ((change,),) = told(kiamv, str(file))["repairs"]
    assert (change["box"], change["least"], change["most"]) == ("screened", 100, 100)


def test_a_conflict_of_several_balances_is_found_and_named() -> None:
    def box(name: str, count: int | Literal["unknown"] = "unknown") -> PublishedBox:
        return PublishedBox(id=name, label=name, count=count)

    flow = PublishedFlow(
        title="T",
        boxes=(box("a", 5), box("b"), box("c", 7), box("d")),
        arrows=(Arrow(start="a", end="b"), Arrow(start="a", end="d")),
        splits=(Division(of="b", parts=("c",)),),
    )
    found = adding_up(flow)
    (violation,) = found.violations
    assert [each.box for each in violation.numbers] == ["a", "c"]
    assert [each.reason for each in violation.balances] == ["arrows", "split"]
    ranges = [(change.number.box, change.instead) for (change,) in found.repairs]
    assert ranges == [("a", Range(least=7, most=None)), ("c", Range(least=0, most=5))]
    assert (found.unknown["d"].least, found.unknown["d"].most) == (0, None)


def test_rows_and_formats(kiamv: Kiamv) -> None:
    rows = list(csv.DictReader(io.StringIO(kiamv("audit", STUDY, "-f", "csv").stdout)))
    repairs = [(row["box"], row["count"], row["least"]) for row in rows if row["kind"] == "repair"]
    assert repairs == [("survey", "32", "31"), ("interviews", "21", "20")]
    assert "| Ecosystems interviewed | table, line 146 | 21 | 20 |" in (
        kiamv("audit", STUDY, "-f", "md").stdout
    )


def test_the_schema_knows_such_files() -> None:
    said: Any = read_yaml(Path(STUDY).read_text(encoding="utf-8"), STUDY).data
    validator = jsonschema.Draft202012Validator(json_schema("published-flow"))
    assert list(validator.iter_errors(said)) == []
    assert list(validator.iter_errors({**said, "arrow": []}))
    result = audit(STUDY)
    assert isinstance(result, AddingUp)
    assert result.flow.title == said["title"]


def test_the_page_on_published_flows_shows_what_kiamv_prints(kiamv: Kiamv, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "published-flow.md").read_text(encoding="utf-8")
    command, _, shown = (
        page.partition("```console\n$ kiamv ")[2].partition("```")[0].partition("\n")
    )
    *asked, file = command.split()
    assert kiamv(*asked, str(ROOT / file)).stdout == shown
    example = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "flow.yaml").write_text(example, encoding="utf-8")
    assert "One number repairs it" not in kiamv("audit", str(tmp_path / "flow.yaml")).stdout


GRID = str(ROOT / "tests" / "examples" / "attack" / "flow-grid.json")


def cross(size: int) -> str:
    """Rows and columns of which only the sums are stated, so that nothing follows of the cells."""
    boxes = [
        f"  - {{id: {side}{n}, label: {side}{n}, count: {10 * n + 50}}}"
        for side in "rc"
        for n in range(size)
    ]
    cells = [f"x{row}-{column}" for row in range(size) for column in range(size)]
    boxes += [f"  - {{id: {each}, label: {each}}}" for each in cells]
    splits = [
        f"  - {{of: r{n}, parts: [{', '.join(f'x{n}-{m}' for m in range(size))}]}}"
        for n in range(size)
    ]
    splits += [
        f"  - {{of: c{n}, parts: [{', '.join(f'x{m}-{n}' for m in range(size))}]}}"
        for n in range(size)
    ]
    return "\n".join(
        ["schema: kiamv/published-flow/1", "title: Cross", "boxes:", *boxes, "splits:", *splits, ""]
    )


def test_a_time_limit_holds_and_leaves_what_is_there(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "cross.yaml"
    place.write_text(cross(9), encoding="utf-8")
    for file in (GRID, str(place)):
        start = time.monotonic()
        done = kiamv("audit", file, "--time-limit", "0.5", "-f", "json")
        assert time.monotonic() - start < 5  # on a busy machine
        found = json.loads(done.stdout)
        assert (done.exit_code, found["ended_by"]) == (4, "time-limit")
        assert found["adds_up"] is True
        assert (
            len(found["unknown"]) + len(found["not_found"]) == len(found["not_found"])
            or found["unknown"]
        )
        shown = kiamv("audit", file, "--time-limit", "0.2")
        assert "NOT complete: the time limit was reached first" in shown.stdout


def test_no_time_at_all_is_no_answer(kiamv: Kiamv) -> None:
    done = kiamv("audit", GRID, "--time-limit", "0", "-f", "json")
    assert (done.exit_code, json.loads(done.stdout)["adds_up"]) == (4, None)
    assert "not known yet" in kiamv("audit", GRID, "--time-limit", "0").stdout
    wrong = kiamv("audit", STUDY, "--time-limit", "0", "-f", "json")
    assert (wrong.exit_code, json.loads(wrong.stdout)["adds_up"]) == (4, False)  # seen at once


def test_without_a_time_limit_the_effort_has_one(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Effort.__init__, "__defaults__", (500, lambda: False, 0))
    done = kiamv("audit", GRID, "-f", "json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["ended_by"], found["adds_up"]) == (0, "steps", True)
    assert len(found["not_found"]) > 50


def test_ctrl_c_leaves_what_is_there(monkeypatch: pytest.MonkeyPatch, kiamv: Kiamv) -> None:
    asked = iter(range(10_000))
    spend = Effort.spend

    def interrupted(self: Effort) -> None:
        if next(asked) == 3_000:
            raise KeyboardInterrupt
        spend(self)

    monkeypatch.setattr(Effort, "spend", interrupted)
    done = kiamv("audit", GRID, "-f", "json")
    assert (done.exit_code, json.loads(done.stdout)["ended_by"]) == (130, "interrupted")
    assert json.loads(done.stdout)["adds_up"] is True


def test_what_no_whole_numbers_satisfy_is_found_however_large_they_may_be() -> None:
    """Of two wholes that differ by one, both fall into equal halves: no bound says so."""
    boxes = [
        PublishedBox(id=name, label=name, count=1 if name == "one" else "unknown")
        for name in ("a", "b", "x", "y", "one", "p", "q")
    ]
    found = adding_up(
        PublishedFlow(
            title="T",
            boxes=tuple(boxes),
            arrows=(Arrow(start="a", end="b"), Arrow(start="p", end="q")),
            splits=(
                Division(of="x", parts=("a", "b")),
                Division(of="y", parts=("x", "one")),
                Division(of="y", parts=("p", "q")),
            ),
        )
    )
    assert (found.settled, found.adds_up, len(found.violations)) == (True, False, 1)
    ((change,),) = found.repairs
    assert (change.number.box, change.instead) == ("one", Range(least=0, most=None))
