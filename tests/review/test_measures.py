"""Agreement and disagreements of small made-up reviews, and a list divided fairly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from kiamv_cli import load_criteria
from kiamv_cli.base.problem import Refusal
from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist, Suggestion
from kiamv_cli.review.model.agreement import Row, agreement
from kiamv_cli.review.model.assign import assign
from kiamv_cli.review.model.brief import Brief, Effect, Ruling, is_lapsed
from kiamv_cli.review.model.form import Answer, Form, FormVerdict, disagreements, wordings
from kiamv_cli.review.model.outcome import Review, ReviewOutcome, with_review
from kiamv_cli.review.model.people import Reviewer, interested, strangers

SIGNS: dict[str, FormVerdict | None] = {
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


@pytest.mark.parametrize(("undefined", "has_interval"), [(2, True), (3, False)])
def test_an_interval_is_lost_only_where_more_than_one_in_twenty_is_undefined(
    *, undefined: int, has_interval: bool
) -> None:
    # Of 40 resamples of two ecosystems so many draw only e0, on which all are alike.
    rest = [0.0, 0.9] * (40 - undefined)
    drawn = iter([0.0, 0.0] * undefined + rest)
    said = [form("a", "mp"), form("b", "mn")]
    found = agreement(said, load_criteria(), lambda: next(drawn), 40)
    row = next(
        each
        for each in found.rows
        if each.treatment == "missing" and each.question and each.question.key == "regional"
    )
    alpha = row.estimates["alpha"]
    assert alpha.undefined == undefined
    assert (alpha.low is not None, alpha.high is not None) == (has_interval, has_interval)


def test_agreement_is_the_one_that_is_corrected_for_chance_in_the_same_row() -> None:
    # e0 is judged by four who agree, e1 and e2 by two who do not: 6 of 8 pairs, but 1 of 3 units.
    said = [form("a", "mm."), form("b", "mp."), form("c", "m.m"), form("d", "m.n")]
    found = regional(*said, resamples=0)
    assert (found.units, found.pairs, found.agreed) == (3, 8, 6)
    observed = found.estimates["share"].value
    assert observed == Fraction(1, 3)
    common = [Fraction(2, 3), Fraction(1, 6), Fraction(1, 6)]  # met, partly, not met
    chance = sum(each * each for each in common)
    assert found.estimates["fleiss"].value == (observed - chance) / (1 - chance)


def test_what_one_person_alone_judged_is_counted_apart() -> None:
    found = regional(form("a", "mm?."), form("b", "m.p."), form("c", "...n"))
    assert (found.units, found.alone) == (1, 3)
    assert found.estimates["share"].value == 1
    alone = regional(form("a", "mpn"))
    assert (alone.units, alone.alone, alone.estimates["share"].why) == (0, 3, "no-pairs")


@pytest.mark.parametrize("per", [None, 1, 2, 3])
def test_short_are_those_that_fewer_may_judge_than_wanted(per: int | None) -> None:
    reviewers = [
        Reviewer(id="r0", name="R0", interests=("e0", "e1")),
        Reviewer(id="r1", name="R1", interests=("e0",)),
    ]
    found = assign(longlist(["energy"] * 3), reviewers, per)
    expected = {None: {"e0": 0}, 1: {"e0": 0}, 2: {"e0": 0, "e1": 1}}
    assert found.short == expected.get(per, {"e0": 0, "e1": 1, "e2": 2})


SUGGESTED = "Stichting Innovatie-Vallei Noord"


@pytest.mark.parametrize(
    "typed",
    [
        "stichting innovatie-vallei noord",
        "Stichting  Innovatie-Vallei\tNoord",
        "Stichting Innovatie\u2013Vallei Noord",
        "Stichting Innovatie \u2011 Vallei Noord",
        "\uff33tichting Innovatie-Vallei\u00a0Noord ",
        "Stichting Innovatie-Vallei No\u00adord",
    ],
)
def test_nobody_judges_what_they_suggested_however_the_name_was_typed(typed: str) -> None:
    for listed, declared in ((SUGGESTED, typed), (typed, SUGGESTED)):
        given = longlist(["energy"] * 2)
        first = replace(given.ecosystems[0], suggested_by=(Suggestion(by=listed),))
        given = replace(given, ecosystems=(first, given.ecosystems[1]))
        for reviewer in (
            Reviewer(id="r0", name="R0", suggested_as=(declared,)),
            Reviewer(id="r0", name=declared),
        ):
            assert assign(given, [reviewer]).barred == {"r0": ("e0",)}
            assert not strangers(given, [reviewer])


def test_a_name_under_which_nothing_was_suggested_is_found_with_the_nearest() -> None:
    given = longlist(["energy"])
    named = replace(given.ecosystems[0], suggested_by=(Suggestion(by=SUGGESTED),))
    given = replace(given, ecosystems=(named,))
    reviewer = Reviewer(id="r0", name="R0", suggested_as=("Innovatievallei Noord", "ROM Zuid"))
    found = strangers(given, [reviewer])
    assert [(each.name, each.near) for each in found] == [
        ("Innovatievallei Noord", SUGGESTED),
        ("ROM Zuid", None),
    ]


@pytest.mark.parametrize(
    ("by", "who"),
    [
        ("C. Chair", None),
        ("r1", "r1"),
        ("R1 Person", "R1 Person"),
        ("stichting innovatie-vallei  NOORD", "stichting innovatie-vallei  NOORD"),
        ("C. Chair and r1 person", "r1 person"),
        ("R0, C. Chair", None),
    ],
)
def test_who_has_an_interest_decides_nothing(by: str, who: str | None) -> None:
    given = longlist(["energy"]).ecosystems[0]
    given = replace(given, suggested_by=(Suggestion(by=SUGGESTED),))
    people = [
        Reviewer(id="r0", name="R0"),
        Reviewer(id="r1", name="R1 Person", interests=("e0",)),
    ]
    assert interested(by, given, people) == who


SIDES = ("industry", "government", "research", "citizens")


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ({"a": "mmmm", "b": "mmmm"}, "review"),
        ({"a": "mmmm", "b": "mmm."}, "person"),
        ({"a": "...m"}, "person"),
        ({"a": "mmmm", "b": "mmm.", "outcome": "citizens"}, "adjudicated"),
        ({"a": "mmmm", "b": "mmmx"}, "person"),
    ],
)
def test_a_criterion_of_sides_is_as_one_person_says_if_any_side_is(
    said: dict[str, str], basis: str
) -> None:
    outcomes: tuple[ReviewOutcome, ...] = ()
    if side := said.pop("outcome", None):
        decided = ReviewOutcome(
            ecosystem="e0",
            question=f"multi-helix.{side}",
            verdict="met",
            by="C",
            reason="R",
            as_of=DAY,
        )
        outcomes = (decided,)
    forms = tuple(
        Form(
            reviewer=who,
            as_of=DAY,
            longlist="0" * 64,
            answers={
                "e0": {
                    f"multi-helix.{side}": Answer(verdict=SIGNS[sign])
                    for side, sign in zip(SIDES, signs, strict=True)
                }
            },
        )
        for who, signs in said.items()
    )
    found = with_review(
        longlist(["energy"]), Review(forms=forms, outcomes=outcomes), load_criteria()
    )
    assert found.ecosystems[0].verdicts["multi-helix"].basis == basis
    assert found.unreviewed() == longlist(["energy"])
    assert found.sha256 == longlist(["energy"]).sha256


def test_forms_of_two_dates_are_never_taken_for_those_of_the_later() -> None:
    other = replace(form("b", "m"), as_of=date(2027, 1, 1))
    review = Review(forms=(form("a", "m"), other))
    told = "the form of b is as of 2027-01-01, that of a as of 2026-01-01"
    with pytest.raises(Refusal, match=told):
        with_review(longlist(["energy"]), review, load_criteria())


def asked(**versions: int) -> Brief:
    return {key: {"question": {"en": str(n)}, "rule": {}} for key, n in versions.items()}


@pytest.mark.parametrize(
    ("steps", "effects", "lapses"),
    [
        ([asked(x=1), asked(x=2)], ["stand"], False),
        ([asked(x=1), asked(x=2)], ["lapse"], True),
        ([asked(x=1, y=1), asked(x=1, y=2)], ["lapse"], False),
        ([asked(x=1, y=1), asked(x=2, y=1), asked(x=2, y=2)], ["stand", "lapse"], False),
        ([asked(x=1, y=1), asked(x=2, y=1), asked(x=2, y=2)], ["lapse", "stand"], True),
        ([asked(x=1), asked(x=2), asked(x=1)], ["lapse", "lapse"], False),
        ([asked(x=1), asked(x=2), asked(x=3)], ["stand", "lapse"], True),
    ],
)
def test_a_verdict_lapses_only_by_a_ruling_on_what_it_answers(
    *, steps: list[Brief], effects: list[Effect], lapses: bool
) -> None:
    chain = [(str(place), each) for place, each in enumerate(steps)]
    rulings = [
        Ruling(
            since=str(place),
            questions=str(place + 1),
            asked=steps[place + 1],
            verdicts=effect,
            by="C",
            on=DAY,
            reason="R",
            number=place + 1,
        )
        for place, effect in enumerate(effects)
    ]
    assert is_lapsed("0", "x.part", chain, rulings) is lapses
    assert not is_lapsed(str(len(steps) - 1), "x", chain, rulings)
    assert not is_lapsed(None, "x", chain, rulings)


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
