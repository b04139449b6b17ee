"""Agreement and disagreements of small made-up reviews, and a list divided fairly."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from kiamv_cli import load_criteria
from kiamv_cli.core.longlist import Ecosystem, Longlist
from kiamv_cli.core.review.agreement import Row, agreement
from kiamv_cli.core.review.assign import Reviewer, assign
from kiamv_cli.core.review.disagreements import disagreements, wordings
from kiamv_cli.core.review.form import Answer, Form, Said

SIGNS: dict[str, Said | None] = {
    "m": "met",
    "p": "partly",
    "n": "not-met",
    "?": "unknown",
    "x": "not-mine",
    ".": None,
}
DAY = date(2026, 1, 1)


def form(reviewer: str, regional: str, scaling: str = "") -> Form:
    """A sign per ecosystem, for two of the questions."""
    answers = {
        f"e{place}": {
            "regional": Answer(verdict=SIGNS[sign]),
            "scaling-question": Answer(verdict=SIGNS[scaling[place]] if scaling else None),
        }
        for place, sign in enumerate(regional)
    }
    return Form(reviewer=reviewer, as_of=DAY, longlist="0" * 64, answers=answers)


def regional(*forms: Form, treatment: str = "missing", resamples: int = 200) -> Row:
    found = agreement(forms, load_criteria(), Random("x").random, resamples)
    return next(
        row
        for row in found.rows
        if row.treatment == treatment and row.question and row.question.key == "regional"
    )


def test_disagreements_come_by_distance_then_by_the_share_of_pairs() -> None:
    said = [form("a", "mmpmm?"), form("b", "pnpmmm"), form("c", "ppmmmm"), form("d", "pmpmnm")]
    found = disagreements(said, load_criteria())
    assert [(each.ecosystem, str(each.distance), str(each.share)) for each in found] == [
        ("e1", "1", "5/6"),
        ("e4", "1", "1/2"),
        ("e0", "1/2", "1/2"),
        ("e2", "1/2", "1/2"),
        ("e5", "0", "1/2"),
    ]


def test_the_question_that_divides_most_comes_first_with_the_two_verdicts_it_is_between() -> None:
    said = [form("a", "mmmm", "mm.m"), form("b", "mmmp", "ppxm")]
    first, second = wordings(said, load_criteria())[:2]
    assert (first.question.key, first.pairs, first.differ) == ("scaling-question", 3, 2)
    assert first.clashes == ((("met", "partly"), 2),)
    assert (second.question.key, second.pairs, second.differ) == ("regional", 4, 1)


def test_unknown_counts_or_not_but_not_mine_and_not_judged_never_do() -> None:
    said = [form("a", "mm?x."), form("b", "mp?mm")]
    missing, category = regional(*said), regional(*said, treatment="category")
    assert (missing.units, missing.pairs, missing.agreed) == (2, 2, 1)
    assert (category.units, category.pairs, category.agreed) == (3, 3, 2)
    assert dict(missing.verdicts) == {"not-met": 0, "partly": 1, "met": 5}
    assert category.verdicts["unknown"] == 2


def test_an_interval_holds_the_value_and_narrows_with_more_ecosystems() -> None:
    few = regional(form("a", "mmpn" * 3), form("b", "mppn" * 3)).estimates["alpha"]
    many = regional(form("a", "mmpn" * 20), form("b", "mppn" * 20)).estimates["alpha"]
    for each in (few, many):
        assert each.value is not None
        assert each.low is not None
        assert each.high is not None
        assert each.low <= each.value <= each.high
    assert few.high is not None
    assert few.low is not None
    assert many.high is not None
    assert many.low is not None
    assert many.high - many.low < few.high - few.low


def test_no_interval_where_too_many_resamples_are_undefined() -> None:
    found = regional(form("a", "m" * 20), form("b", "m" * 19 + "p")).estimates
    assert found["alpha"].value is not None
    assert found["alpha"].undefined > 10
    assert (found["alpha"].low, found["alpha"].high) == (None, None)
    assert found["ac1"].undefined == 0
    assert found["ac1"].low is not None


def test_cohens_kappa_is_for_two() -> None:
    two = [form("a", "mpn"), form("b", "mpp")]
    assert regional(*two).estimates["cohen"].value is not None
    three = agreement([*two, form("c", "mpn")], load_criteria(), Random(0).random, 0)
    assert {row.estimates["cohen"].why for row in three.rows} == {"not-two"}
    assert [row.reviewers for row in three.couples[:3]] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert three.couples[0].estimates["cohen"].value == two_alone(*two)


def two_alone(*forms: Form) -> object:
    found = agreement(forms, load_criteria(), Random(0).random, 0)
    return next(row for row in found.rows if row.question is None).estimates["cohen"].value


def longlist(themes: list[str]) -> Longlist:
    ecosystems = tuple(
        Ecosystem(id=f"e{n}", name=f"E{n}", provinces=("NL-GR",), themes=(theme,))
        for n, theme in enumerate(themes)
    )
    return Longlist(title="t", as_of=DAY, ecosystems=ecosystems)


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_who_has_more_hands_over_along_a_chain(seed: str) -> None:
    # e0 may go to all, e1 to r1 and r0, the rest to r0 only: r0 must hand over what others may do.
    reviewers = [
        Reviewer(id="r0", name="R0"),
        Reviewer(id="r1", name="R1", interests=("e2", "e3", "e4")),
        Reviewer(id="r2", name="R2", interests=("e1", "e2", "e3", "e4")),
    ]
    found = assign(longlist(["energy"] * 5), reviewers, 1, seed)
    assert found.turns == {"r0": ("e2", "e3", "e4"), "r1": ("e1",), "r2": ("e0",)}


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_themes_are_spread_evenly_over_the_reviewers(seed: str) -> None:
    themes = ["energy"] * 6 + ["health"] * 6 + ["agrifood"] * 3
    given = longlist(themes)
    found = assign(given, [Reviewer(id=f"r{n}", name=f"R{n}") for n in range(3)], 1, seed)
    for turns in found.turns.values():
        kinds = [themes[int(each.removeprefix("e"))] for each in turns]
        assert [kinds.count(each) for each in ("energy", "health", "agrifood")] == [2, 2, 1]
