"""The trade-offs against every shortlist there is: none is dominated, and none is left out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from oracles import brute
from oracles.ranking import ids, ranked
from strategies.decisive import seeds, tense
from strategies.selection import wishing

from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.tradeoff import tradeoffs
from kiamv_cli.selection.solving.solver import HighsSolver


def front(question: Question) -> list[brute.Shortlist]:
    """Give, in order, each that has a higher total than all that go before it."""
    kept: list[brute.Shortlist] = []
    every = ranked(question, brute.shortlists(question))
    for one in every:
        if brute.left(question, one) > brute.left(question, every[0]):
            break
        if not kept or brute.score(one) > brute.score(kept[-1]):
            kept.append(one)
    return kept


@pytest.mark.slow
@given(wishing(most=9) | seeds.map(tense))
@settings(max_examples=120, deadline=None)
def test_the_front_is_complete_and_nothing_on_it_is_dominated(question: Question) -> None:
    expected = front(replace(question, give_up=None))
    found = list(tradeoffs(question, HighsSolver()))
    assert [set(each.selection.members) for each in found] == [ids(one) for one in expected]
    assert [each.seats for each in found] == [brute.out(question, one) for one in expected]
    assert [each.selection.score for each in found] == [brute.score(one) for one in expected]
    assert all(each.selection.status.proven for each in found)


@pytest.mark.slow
@given(wishing(most=9))
@settings(max_examples=20, deadline=None)
def test_each_step_says_who_changes(question: Question) -> None:
    before: set[str] = set()
    for number, step in enumerate(tradeoffs(question, HighsSolver())):
        if number:
            assert before - set(step.goes) | set(step.comes) == set(step.selection.members)
        else:
            assert step.comes == step.goes == ()
        before = set(step.selection.members)
