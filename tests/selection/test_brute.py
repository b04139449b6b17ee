"""The engine against every shortlist there is, on small questions."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import brute
from strategies.decisive import seeds, tied
from strategies.selection import CATEGORIES, questions, wishing

from kiamv_cli.selection.model import select as lottery
from kiamv_cli.selection.model.question import Candidate, Question
from kiamv_cli.selection.model.search import NoneFeasibleError
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver


@pytest.mark.slow
@given(questions() | wishing())
@settings(max_examples=150, deadline=None)
def test_finds_the_one_shortlist_of_the_definition(question: Question) -> None:
    expected = brute.selected(question)
    if expected is None:
        with pytest.raises(NoneFeasibleError):
            select(question, HighsSolver())
        return
    chosen = [one for one in question.candidates if one.id in expected]
    found = select(question, HighsSolver())
    assert set(found.members) == expected
    assert found.score == brute.score(tuple(chosen))
    assert found.out_of_place == {
        name: brute.out_of(question, tuple(chosen), name) for name in question.targets
    }
    assert found.status.proven
    assert found.status.step == "lottery"


@pytest.mark.slow
@given(wishing(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_long_list_changes_nothing(
    question: Question, order: random.Random
) -> None:
    assume(brute.selected(question) is not None)
    shuffled = list(question.candidates)
    order.shuffle(shuffled)
    other = replace(question, candidates=tuple(shuffled), balance=question.balance[::-1])
    assert select(other, HighsSolver()) == select(question, HighsSolver())


@pytest.mark.slow
@given(seeds.map(tied) | wishing(most=8))
@settings(max_examples=60, deadline=None)
def test_ties_of_fine_scores_are_seen_too(question: Question) -> None:
    # Totals of a hundred thousand levels: whether there are two of the best is asked first.
    part = Fraction(99_991, 100_003)
    fine = tuple(replace(one, score=one.score * part) for one in question.candidates)
    asked = replace(question, candidates=fine)
    expected = brute.selected(asked)
    assume(expected is not None)
    assert frozenset(select(asked, HighsSolver()).members) == expected


def evenly(dice: random.Random) -> Question:
    """Make a question with many equally good shortlists over several cells."""
    themes = CATEGORIES["themes"]
    return Question(
        candidates=tuple(
            Candidate(f"e{number}", Fraction(dice.randint(3, 4), 4), {"themes": (theme,)})
            for number, theme in enumerate(dice.choices(themes, k=dice.randint(7, 9)))
        ),
        size=4,
        targets={"themes": dict.fromkeys(themes, Fraction(4, 3))},
        balance=("themes",),
        seed=str(dice.random()),
    )


@pytest.mark.slow
@pytest.mark.parametrize("largest", [1 << 22, 0])
@pytest.mark.parametrize("block", [1, 2, 3])
def test_lots_are_decided_block_by_block(
    monkeypatch: pytest.MonkeyPatch, block: int, largest: int
) -> None:
    # On long lists more lots are open than are decided at once.
    monkeypatch.setattr(lottery, "_BLOCK", block)
    monkeypatch.setattr(lottery, "_LARGEST_OBJECTIVE", largest)
    for seed in range(25):
        question = evenly(random.Random(seed))
        assert frozenset(select(question, HighsSolver()).members) == brute.selected(question)
