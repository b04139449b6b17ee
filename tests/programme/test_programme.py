"""Programmes from their folders: exact numbers, defaults, and what may be left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.base.text import Text
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import Map
from kiamv_cli.programme.model.programme import ScreeningClass
from kiamv_cli.programme.reading.programme import load_programme
from kiamv_cli.programme.rules.best_line import BestLineRule, LineStep
from kiamv_cli.programme.rules.count import CountRule, Step
from kiamv_cli.programme.rules.sides import SidesRule

if TYPE_CHECKING:
    from pathlib import Path

    from kiamv_cli.programme.model.dimensions import Ring

FILES = {
    "programme": "id: test\nlabel: {en: Test}\ncriteria: [two, one]\n",
    "one": "label: {en: One, nl: Een}\nquestion: {en: One?}\n"
    "rule: {kind: sides, sides: [citizens]}\n",
    "two": "label: {en: Two}\nquestion: {en: Two?}\nweight: 0.1\nmet_at: 1/3\npartly_at: 1.0e-2\n"
    "rule: {kind: best-line, steps: [{own: true, years: 2, score: 1/3}]}\n",
    "classes": "classes: [{id: in, label: {en: in}, met: 1}, {id: out, label: {en: out}}]\n",
    "provinces": "label: {en: Regions}\ncategories: [{id: BE_1.a, label: {en: Brussels}}]\n",
    "themes": "label: {en: Themes}\ncategories: [{id: sea, label: {en: Sea, nl: Zee}}]\n",
}


def write(folder: Path, **changes: str) -> Path:
    for name, text in (FILES | changes).items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


def lines(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as error:
        load_programme(folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in error.value.problems]


def test_a_line_can_be_asked_for_of_which_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    two = FILES["two"].replace("own: true", "own: unknown")
    rule = load_programme(write(tmp_path, two=two)).criteria[0].rule
    step = LineStep(score=Fraction(1, 3), own="unknown", years=2)
    assert rule == BestLineRule(steps=(step,))


def test_the_bundled_criteria() -> None:
    programme = load_programme(bundled("criteria"))
    assert programme.id == "kiamv-2020"
    rules = {criterion.id: criterion.rule for criterion in programme.criteria}
    assert list(rules) == [
        "multi-mission",
        "regional",
        "cross-regional-problem",
        "multi-year-budget",
        "multi-helix",
        "scaling-question",
    ]
    assert rules["multi-mission"] == CountRule(
        facts="challenges",
        by="theme",
        steps=(
            Step(score=Fraction(1), distinct=2),
            Step(score=Fraction(1, 2), facts=2),
            Step(score=Fraction(1, 4), facts=1),
        ),
    )
    assert isinstance(rules["regional"], CountRule)
    assert rules["regional"].caps == {"national": Fraction(1, 2)}
    assert isinstance(rules["multi-year-budget"], BestLineRule)
    assert rules["multi-year-budget"].steps[2] == LineStep(
        score=Fraction(1, 4), own="unknown", years=2
    )
    assert rules["multi-helix"] == SidesRule(
        sides=("industry", "government", "research", "citizens"),
        needed=("industry", "government", "research"),
    )
    helix = programme.criteria[4]
    assert [helix.weight, helix.met_at, helix.partly_at] == [1, Fraction(3, 4), Fraction(1, 2)]
    assert programme.classes[0] == ScreeningClass(
        id="eligible", label={"en": "eligible", "nl": "geschikt"}, met=5, not_met=0
    )
    provinces = programme.dimensions["provinces"].categories
    assert sum(each.population or 0 for each in provinces) == 17_407_585
    assert provinces[0] == Category(
        id="NL-GR",
        label={"en": "Groningen", "nl": "Groningen"},
        population=585_866,
        tile=(3, 0),
        area="PV20",
    )


def test_the_bundled_map_is_that_of_the_provinces_as_large_as_they_are() -> None:
    """Land areas of 2020 in square kilometres (CBS, StatLine 70072ned), roughly."""
    borders = load_programme(bundled("criteria")).dimensions["provinces"].map
    assert borders is not None
    assert "CC BY 4.0" in borders.attribution
    sizes = {name: sum(map(square_kilometres, rings)) for name, rings in borders.areas.items()}
    assert sizes["NL-FL"] == pytest.approx(1_412, rel=0.05)
    assert sizes["NL-DR"] == pytest.approx(2_633, rel=0.05)
    assert sizes["NL-GE"] == pytest.approx(4_964, rel=0.05)
    assert sizes["NL-LI"] == pytest.approx(2_147, rel=0.05)
    assert sum(sizes.values()) == pytest.approx(33_671, rel=0.1)


def square_kilometres(ring: Ring) -> float:
    """The shoelace formula, on degrees of 111.2 km (east to west by the cosine of 52.2)."""
    turns = (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    return abs(sum(turns)) / 2 * 111.2**2 * cos(radians(52.2))


def test_a_map_without_transform_and_by_its_own_ids(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text(
        '{"type": "Topology", "arcs": [[[0, 0, 9], [1, 0]], [[0, 0], [0, 1], [1, 0]]], "objects":'
        '{"a": {"type": "Polygon", "id": 7, "arcs": [[0, -2]]}, "b": {"type": "Point"}}}'
    )
    area = "label: {en: Regions}\nmap: {file: map.json, code: id, attribution: x}\n"
    area += 'categories: [{id: A, label: {en: A}, area: "7"}]\n'
    borders = load_programme(write(tmp_path, provinces=area)).dimensions["provinces"].map
    assert borders == Map(
        file="map.json",
        code="id",
        attribution="x",
        areas={"A": (((0, 0), (1, 0), (0, 1), (0, 0)),)},
    )


def test_numbers_are_exact_and_texts_fall_back_to_english(tmp_path: Path) -> None:
    programme = load_programme(write(tmp_path))
    two, one = programme.criteria
    assert (two.weight, two.met_at, two.partly_at) == (
        Fraction(1, 10),
        Fraction(1, 3),
        Fraction(1, 100),
    )
    assert [one.weight, one.met_at, one.partly_at] == [1, 1, Fraction(1, 2)]
    assert isinstance(two.rule, BestLineRule)
    assert two.rule.steps[0].score == Fraction(1, 3)
    assert one.label == {"en": "One", "nl": "Een"}
    assert one.question == {"en": "One?", "nl": "One?"}


@pytest.mark.parametrize("weight", ["-1", "-0.5", "nan", ".inf", "1/0", "1,5", "true", "[]", "1_0"])
def test_weights_that_are_none(tmp_path: Path, weight: str) -> None:
    two = FILES["two"].replace("0.1", weight)
    (line,) = lines(write(tmp_path, two=two))
    assert line.startswith("two.yaml:3:9: K311 weight")


def test_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path, two="label: [", themes="", three="label: {en: Three}\n")
    (folder / "classes.yaml").unlink()
    found = lines(folder)
    assert [line.split(" ")[:2] for line in found] == [
        ["classes.yaml:", "K101"],
        ["programme.yaml:3:11:", "K501"],
        ["themes.yaml:", "K105"],
        ["three.yaml:1:1:", "K302"],
        ["three.yaml:1:1:", "K302"],
        ["two.yaml:2:1:", "K203"],
    ]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="K101"):
        load_programme(tmp_path / "none")
    with pytest.raises(BadInput, match=r"programme\.yaml: K101"):
        load_programme(tmp_path)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"one": FILES["one"] + "partly_at: 1\nmet_at: 0.5\n"}, "one.yaml:4:12: K503"),
        (
            {"one": FILES["one"].replace("[citizens]", "[citizens, citizens]")},
            "one.yaml:3:28: K503",
        ),
        ({"one": "3"}, "one.yaml:1:1: K303"),
        ({"one": FILES["one"] + "id: one\n"}, "one.yaml:4:1: K301"),
        (
            {"two": FILES["two"].replace("own: true", "own: maybe")},
            "two.yaml:6:39: K303 own must be true, false or unknown",
        ),
        ({"two": FILES["two"].replace("own: true", "own: 1")}, "two.yaml:6:39: K303"),
        ({"provinces": FILES["provinces"].replace("BE_1.a", "'a b'")}, "provinces.yaml:2:19: K307"),
        (
            {"provinces": FILES["provinces"].replace("}}", "}, tile: [1]}")},
            "provinces.yaml:2:56: K303",
        ),
        (
            {"provinces": FILES["provinces"].replace("}}", "}, tile: [1, 2, 3]}")},
            "provinces.yaml:2:56: K303",
        ),
        (
            {"provinces": FILES["provinces"].replace("}}", "}, population: 0}")},
            "provinces.yaml:2:62: K305",
        ),
    ],
)
def test_one_slip(tmp_path: Path, change: dict[str, str], line: str) -> None:
    (found,) = lines(write(tmp_path, **change))
    assert found.startswith(line)


def test_a_problem_is_one_line_and_safe_to_print() -> None:
    problem = Problem(
        text=Text("K205.key-given-twice-first", key="\x1b[31m\nb", line=1),
        advice=Text("hints.right-file"),
        path="a\u202eb",
        line=1,
        column=2,
    )
    assert str(problem) == (
        r"a\u202eb:1:2: K205 the key '\x1b[31m\nb' is given twice, first at line 1. "
        "Check that it is the right file."
    )
    assert str(Problem(text=Text("K102.folder"), path="f")) == "f: K102 it is a folder."


def test_problems_are_told_once_and_in_order() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 5), ("a", None, None), ("a", 9, 5)]
    problems = [
        Problem(text=Text("K209.take-out"), path=path, line=line, column=column)
        for path, line, column in places
    ]
    error = BadInput(problems)
    assert [str(each).split(" ", maxsplit=1)[0] for each in error.problems] == [
        "a:",
        "a:9:5:",
        "a:10:1:",
        "b:1:1:",
    ]
    assert str(error).count("\n") == 3
