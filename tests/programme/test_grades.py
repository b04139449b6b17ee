"""Criteria that people grade on a scale, after the evaluation of a call for proposals."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli import load_criteria, load_longlist, score
from kiamv_cli.base.problem import BadInput
from kiamv_cli.programme.model.programme import Scale, programme_as_written

if TYPE_CHECKING:
    from running import Kiamv


CALL = Path(__file__).parents[2] / "examples" / "horizon"
PROGRAMME = load_criteria(CALL / "criteria")
OPTIONS = (str(CALL / "longlist.yaml"), "--criteria", str(CALL / "criteria"))
# Worked out by hand: grades of excellence, impact (which weighs 3/2) and implementation.
GRADES: dict[str, list[F | None]] = {
    "aqua": [F(9, 2), F(4), F(7, 2)],
    "clay": [F(5), F(5), F(5, 2)],
    "dune": [F(3), F(3), F(7, 2)],
    "fen": [F(7, 2), F(3), None],
    "marl": [F(7, 2), F(9, 2), F(7, 2)],
    "peat": [F(7, 2), F(9, 2), F(3)],
    "reed": [F(4), F(4), F(7, 2)],
    "silt": [F(9, 2), F(4), F(3)],
    "tide": [F(3), F(9, 2), F(9, 2)],
}


def test_thresholds_are_on_grades_and_weights_only_rank() -> None:
    longlist = load_longlist(CALL / "longlist.yaml", PROGRAMME).longlist
    for one in score(longlist, PROGRAMME).ecosystems:
        grades = GRADES[one.ecosystem.id]
        for bound, total, unknown in (
            (one.worst, one.proven, F(0)),
            (one.best, one.possible, F(5)),
        ):
            first, second, third = (unknown if each is None else each for each in grades)
            funded = min(first, second, third) >= 3 and first + second + third >= 10
            assert bound.id == ("above" if funded else "below")
            assert total == (first + second * F(3, 2) + third) / F(7, 2) / 5


@given(st.integers(0, 4), st.integers(1, 20), st.sampled_from([F(1), F(1, 2), F(1, 4)]))
def test_a_scale_allows_its_steps_and_nothing_between(least: int, steps: int, step: F) -> None:
    scale = Scale(least=F(least), most=least + steps * step, step=step)
    grades = [least + at * step for at in range(steps + 1)]
    assert all(scale.allows(grade) for grade in grades)
    assert not any(scale.allows(grade + step / 3) for grade in grades)
    assert not scale.allows(grades[-1] + step)
    assert [scale.grade(scale.score(grade)) for grade in grades] == grades
    assert [scale.score(grades[0]), scale.score(grades[-1])] == [0, 1]


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml"])
def test_grades_are_kept_in_any_form(form: str, tmp_path: Path, kiamv: Kiamv) -> None:
    file = tmp_path / f"list.{form}"
    assert kiamv("export", *OPTIONS, "-f", form, "-o", str(file)).exit_code == 0
    first = load_longlist(CALL / "longlist.yaml", PROGRAMME).longlist
    assert load_longlist(file, PROGRAMME).longlist.sha256 == first.sha256


def test_grades_are_shown_with_who_gave_them(kiamv: Kiamv) -> None:
    told = kiamv("explain", "fen", "--longlist", *OPTIONS, "--size", "2").stdout
    assert 'Judged by Panel on 2024-06-01: grade 3.5, "consensus of three".' in told
    assert "from 0 to 5 in steps of 0.5" in told.replace("\n", " ")
    assert "The rule alone" not in told
    assert programme_as_written(PROGRAMME)["impact"] == {
        "label": {"en": "Impact", "nl": "Impact"},
        "question": {"en": "Will it matter?", "nl": "Doet het ertoe?"},
        "weight": "3/2",
        "met_at": "3/5",
        "partly_at": "1/5",
        "rule": {"kind": "judged", "scale": {"least": 0, "most": 5, "step": "0.5"}},
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("grade: 4.5", "grade: 4.3", "K513 the grade 4.3 is not on the scale"),
        ("grade: 4.5", "grade: 5.5", "K513"),
        ("grade: 4.5", "grade: 4.5, verdict: unknown", "K513 there is both"),
        ("grade: 4.5", "verdict: met", "K304"),
        ("grade: 4.5, ", "", "K405 the judgement has no grade"),
    ],
)
def test_one_slip_in_a_grade(tmp_path: Path, old: str, new: str, problem: str) -> None:
    file = tmp_path / "list.yaml"
    file.write_text((CALL / "longlist.yaml").read_text().replace(old, new, 1))
    with pytest.raises(BadInput) as error:
        load_longlist(file, PROGRAMME)
    assert problem in str(error.value.problems[0])


@pytest.mark.parametrize(
    ("scale", "problem"),
    [
        ("{most: 5, step: 2}", "K503 the steps do not lead from least to most"),
        ("{least: 5, most: 5}", "K503 the scale has no steps"),
        ("{most: 5, step: 0}", "K503 the scale has no steps"),
    ],
)
def test_one_slip_in_a_scale(tmp_path: Path, scale: str, problem: str) -> None:
    copytree(CALL / "criteria", tmp_path / "c")
    file = tmp_path / "c" / "impact.yaml"
    file.write_text(file.read_text().replace("{most: 5, step: 1/2}", scale))
    with pytest.raises(BadInput) as error:
        load_criteria(tmp_path / "c")
    assert problem in str(error.value.problems[0])


def test_a_grade_and_a_number_of_0_are_values_in_a_table(tmp_path: Path) -> None:
    """A 0 in a column of names would be no answer."""
    table = tmp_path / "list.csv"
    head = "id,name,attributes.ask,longlist.title,longlist.as_of"
    verdict = "verdicts.impact"
    columns = ",".join(f"{verdict}.{each}" for each in ("grade", "by", "date", "reason"))
    row = "a,A thing,0,Some proposals,2024-06-30,0,Panel,2024-06-01,consensus of three"
    table.write_text(f"{head},{columns}\n{row}\n", encoding="utf-8")
    read = load_longlist(table, PROGRAMME).longlist.ecosystems[0]
    assert read.verdicts["impact"].grade == 0
    assert [each.value for each in read.attributes["ask"]] == [0]  # type: ignore[attr-defined]
