"""Classes that ask for certain criteria, for a total, or for a score on each."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiamv_cli import load_criteria, load_longlist, score
from kiamv_cli.base.problem import BadInput
from kiamv_cli.programme.model.programme import (
    ScoreDemand,
    ScreeningClass,
    programme_as_written,
)
from kiamv_cli.scoring.model.score import class_bound
from kiamv_cli.scoring.view.classify import demand

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.programme.model.facts import Verdict

GRANTS = Path(__file__).parent.parent / "examples" / "grants"
PROGRAMME = load_criteria(GRANTS / "criteria")
IDS = [each.id for each in PROGRAMME.criteria]
REST = ScreeningClass(id="rest", label={"en": "rest", "nl": "rest"})
SCORES = st.sampled_from([F(0), F(1, 2), F(1)])
VERDICTS: dict[F, Verdict] = {F(0): "not-met", F(1, 2): "partly", F(1): "met"}


@given(
    st.lists(SCORES, min_size=4, max_size=4),
    st.lists(st.sampled_from(IDS), max_size=2, unique=True),
    st.none() | st.fractions(0, 4, max_denominator=8),
    st.booleans(),
    st.dictionaries(st.sampled_from(IDS), SCORES, max_size=2),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
)
def test_a_class_takes_those_that_meet_all_that_it_asks(
    scores: list[F],
    must: list[str],
    least: F | None,
    weighted: bool,  # noqa: FBT001 - drawn
    each: dict[str, F],
    weights: list[int],
) -> None:
    demands = None if least is None else ScoreDemand(at_least=least, weighted=weighted)
    top = replace(REST, id="top", must=tuple(must), score=demands, each=each)
    criteria = tuple(
        replace(one, weight=F(weight))
        for one, weight in zip(PROGRAMME.criteria, weights, strict=True)
    )
    programme = replace(PROGRAMME, criteria=criteria, classes=(top, REST))
    by_id = dict(zip(IDS, scores, strict=True))
    whole = sum(weights)
    mean = sum((w * s for w, s in zip(weights, scores, strict=True)), F(0)) / whole if whole else 0
    total = mean if weighted else sum(scores)
    takes = (
        all(by_id[name] == 1 for name in must)
        and (least is None or total >= least)
        and all(by_id[name] >= score for name, score in each.items())
    )
    found = class_bound(programme, [VERDICTS[one] for one in scores], scores)
    assert (found.id == "top") == takes


CLASSES = """classes:
  - id: in
    label: {en: eligible}
    must: [how-far]
    score: {at_least: 0.7}
    each: {quality: 1/2}
  - {id: sum, label: {en: in reserve}, score: {at_least: 2, weighted: false}}
  - {id: out, label: {en: not eligible}}
"""


def test_classes_from_a_file_hold_at_both_bounds(tmp_path: Path, kiamv: Kiamv) -> None:
    copytree(GRANTS / "criteria", tmp_path / "c")
    (tmp_path / "c" / "classes.yaml").write_text(CLASSES)
    programme = load_criteria(tmp_path / "c")
    first = programme.classes[0]
    assert demand(first, programme) == (
        "met: Phase, a score of at least 0.7 and Quality at least 0.5"
    )
    assert demand(programme.classes[1], programme) == "scores that add up to at least 2"
    written = programme_as_written(programme)["classes"]
    assert isinstance(written, dict)
    assert isinstance(written["classes"], list)
    assert written["classes"][0] == {
        "id": "in",
        "label": {"en": "eligible", "nl": "eligible"},
        "must": ["how-far"],
        "score": {"at_least": "0.7"},
        "each": {"quality": "1/2"},
    }
    longlist = load_longlist(GRANTS / "longlist.yaml", programme).longlist
    found = {
        one.ecosystem.id: (one.worst.id, one.best.id)
        for one in score(longlist, programme).ecosystems
    }
    assert found == {
        "canal-garden": ("in", "in"),
        "care-square": ("out", "sum"),
        "open-kitchen": ("out", "sum"),
        "tool-shed": ("out", "sum"),
        "tree-watch": ("out", "in"),
    }
    done = kiamv("classify", str(GRANTS / "longlist.yaml"), "--criteria", str(tmp_path / "c"))
    assert "met: Phase" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("must: [how-far]", "must: [howfar]", "classes.yaml:4:11: K512 there is no criterion"),
        ("each: {quality: 1/2}", "each: {x: 1/2}", "K512"),
        (
            "{id: out, label: {en: not eligible}}",
            "{id: out, label: {en: x}, must: [quality]}",
            "K506",
        ),
    ],
)
def test_one_slip_in_classes(tmp_path: Path, old: str, new: str, problem: str) -> None:
    copytree(GRANTS / "criteria", tmp_path / "c")
    (tmp_path / "c" / "classes.yaml").write_text(CLASSES.replace(old, new))
    with pytest.raises(BadInput) as error:
        load_criteria(tmp_path / "c")
    assert problem in str(error.value.problems[0])
