"""The alternatives against all shortlists there are, sorted."""

from itertools import islice

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from oracles.ranking import allowed, ids, ranked
from strategies.decisive import seeds, tied
from strategies.selection import wishing

from kiamv_cli.selection.model.near_misses import alternatives
from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver

NUMBER = 6


@pytest.mark.slow
@given(wishing(most=8))
@settings(max_examples=60, deadline=None)
def test_the_next_best_come_in_the_exact_order(question: Question) -> None:
    expected = ranked(question, allowed(question))
    assume(expected)
    solver = HighsSolver()
    first = select(question, solver)
    found = list(islice(alternatives(question, first, solver), NUMBER))
    assert [ids(one) for one in expected[1 : NUMBER + 1]] == [
        frozenset(each.selection.members) for each in found
    ]
    for each, one in zip(found, expected[1:], strict=False):
        assert each.selection.score == brute.score(one)
        assert set(each.comes) == ids(one) - set(first.members)
        assert set(each.goes) == set(first.members) - ids(one)


@pytest.mark.slow
@given(seeds.map(tied))
@settings(max_examples=40, deadline=None)
def test_the_lottery_puts_those_that_are_equally_good_in_order(question: Question) -> None:
    expected = ranked(question, allowed(question))[1 : NUMBER + 1]
    solver = HighsSolver()
    found = islice(alternatives(question, select(question, solver), solver), NUMBER)
    assert [frozenset(each.selection.members) for each in found] == list(map(ids, expected))


@given(wishing(most=6))
@settings(max_examples=20, deadline=None)
def test_in_the_end_all_are_told_once(question: Question) -> None:
    expected = ranked(question, allowed(question))
    assume(expected)
    solver = HighsSolver()
    found = list(alternatives(question, select(question, solver), solver))
    assert [frozenset(each.selection.members) for each in found] == [
        ids(one) for one in expected[1:]
    ]
