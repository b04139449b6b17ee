"""Single swaps and exchanges, against trying all of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import brute
from oracles.ranking import lowest
from strategies.random_questions import random_question
from strategies.selection import wishing

from kiamv_cli.selection.model.question import Candidate, Question, draw
from kiamv_cli.selection.model.swaps import Exchange, best_swaps, exchanges


@pytest.mark.slow
@given(wishing(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_the_best_swap_is_the_best_of_all(question: Question, floored: bool) -> None:  # noqa: FBT001
    chosen = brute.selected(question)
    assume(chosen is not None)
    assert chosen is not None
    floor = lowest(question, brute.shortlists(question)) if floored else None
    assert list(best_swaps(question, sorted(chosen), floor)) == sorted(chosen)
    swaps_are_best(question, chosen, floor)


@pytest.mark.parametrize("seed", range(3))
def test_the_best_swap_is_the_best_of_all_on_a_long_list(seed: int) -> None:
    question = random_question(seed, 60, 20)
    ranked = sorted(question.candidates, key=lambda one: one.score)
    swaps_are_best(question, frozenset(one.id for one in ranked[-20:]))


def swaps_are_best(
    question: Question, chosen: frozenset[str], floor: Fraction | None = None
) -> None:
    for member, found in best_swaps(question, sorted(chosen), floor).items():
        tried = []
        for one in question.candidates:
            if one.id in chosen or one.id in question.exclude or member in question.include:
                continue
            ids = chosen - {member} | {one.id}
            swapped = tuple(each for each in question.candidates if each.id in ids)
            if floor is not None and brute.score(swapped) < floor:
                continue
            obeyed = all(brute.obeyed(quota, swapped) for quota in question.quotas)
            if obeyed and all(brute.adds_up(each, {*ids}) for each in question.sums):
                worth = brute.worth(question, swapped)
                tried.append((worth, draw(question.seed, one.id), one.id))
        assert found == (min(tried)[2] if tried else None)


def test_who_is_barred_stands_in_for_nobody() -> None:
    places = {"provinces": ("east",), "themes": ("sun",)}
    candidates = tuple(Candidate(name, Fraction(1), places) for name in "abc")
    targets = {"provinces": {"east": Fraction(1)}, "themes": {"sun": Fraction(1)}}
    question = Question(candidates=candidates, size=1, targets=targets, balance=("themes",))
    assert best_swaps(replace(question, barred=frozenset("b")), ["a"]) == {"a": "c"}
    assert best_swaps(replace(question, barred=frozenset("bc")), ["a"]) == {"a": None}


def test_who_just_reaches_the_floor_can_stand_in() -> None:
    listed = [candidate(name, score, "east") for name, score in [("a", 9), ("b", 8), ("c", 5)]]
    targets = {"provinces": {"east": Fraction(2)}, "themes": {"sun": Fraction(2)}}
    question = Question(candidates=tuple(listed), size=2, targets=targets, balance=())
    floors = [Fraction(13, 10), Fraction(13, 10) + Fraction(1, 10**9), Fraction(14, 10) + 1]
    assert [best_swaps(question, ["a", "b"], floor) for floor in floors] == [
        {"a": "c", "b": "c"},
        {"a": None, "b": "c"},
        {"a": None, "b": None},
    ]


def candidate(name: str, score: int, province: str, theme: str = "sun") -> Candidate:
    return Candidate(name, Fraction(score, 10), {"provinces": (province,), "themes": (theme,)})


def test_exchanges_pair_the_most_alike_and_then_the_nearest_in_score() -> None:
    listed = [
        candidate("stays", 9, "east"),
        candidate("out-east", 8, "east"),
        candidate("out-west", 9, "west"),
        candidate("in-east", 3, "east"),
        candidate("in-west", 7, "west", "food"),
    ]
    before, after = ["stays", "out-east", "out-west"], ["stays", "in-east", "in-west"]
    assert exchanges(listed, before, after) == (
        Exchange("out-west", Fraction(9, 10), "in-west", Fraction(7, 10)),
        Exchange("out-east", Fraction(8, 10), "in-east", Fraction(3, 10)),
    )
    assert exchanges(listed, before, before) == ()
