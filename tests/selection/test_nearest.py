"""The nearest outsiders against the best shortlists with each of them."""

from hashlib import sha256

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from oracles.ranking import allowed, ids, lowest, ranked
from strategies.decisive import seeds, tense, tied
from strategies.selection import wishing

from kiamv_cli.selection.model.near_misses import margin, nearest
from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver


def expected(question: Question) -> list[str]:
    """Sort the outsiders by the best of all shortlists with each."""
    every = ranked(question, allowed(question))
    found = []
    for one in question.candidates:
        holding = [chosen for chosen in every if one.id in ids(chosen)]
        if holding and one.id not in ids(every[0]):
            best = holding[0]
            lot = sha256(f"{question.seed}\n{one.id}".encode()).hexdigest()
            key = (brute.worth(question, best)[:3], -one.score, lot)
            found.append((key, one.id))
    return [identifier for _, identifier in sorted(found)]


@pytest.mark.slow
@given(wishing(most=8) | seeds.map(tense))
@settings(max_examples=60, deadline=None)
def test_the_nearest_come_first(question: Question) -> None:
    assume(allowed(question))
    solver = HighsSolver()
    assert list(nearest(question, select(question, solver), solver)) == expected(question)


@given(seeds.map(tied))
@settings(max_examples=20, deadline=None)
def test_among_the_tied_the_first_drawn_is_nearer(question: Question) -> None:
    solver = HighsSolver()
    assert list(nearest(question, select(question, solver), solver)) == expected(question)


@pytest.mark.slow
@given(wishing(most=8))
@settings(max_examples=40, deadline=None)
def test_who_comes_in_by_score_is_in_the_order_of_what_it_lacks(question: Question) -> None:
    assume(lowest(question, []) is None and allowed(question))
    solver = HighsSolver()
    today = select(question, solver)
    margins = [margin(question, today, one, solver) for one in nearest(question, today, solver)]
    turning = [m.threshold - m.score for m in margins if m.threshold is not None]
    assert turning == sorted(turning)
    barred = [one.threshold is None for one in margins if one.bar != "score"]
    assert barred == sorted(barred)
