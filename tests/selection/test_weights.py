"""The range of a weight against the best shortlist at weights inside it and just past its ends."""

from dataclasses import replace
from fractions import Fraction as F
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles.ranking import allowed, ids, ranked
from strategies.decisive import seeds, tense
from strategies.selection import wishing

from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.robustness import Line, weight_range
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver

# Less than two weights at which totals of such small scores can cross are apart.
NEAR = F(1, 10**7)


def lines(question: Question, dice: Random) -> dict[str, Line]:
    part = dice.choice([1, 2, 4, 12])
    return {
        one.id: Line(F(dice.randint(0, part), part), F(dice.randint(0, part), part))
        for one in question.candidates
    }


def weighed(question: Question, scores: dict[str, Line], weight: F) -> Question:
    candidates = (replace(one, score=scores[one.id].at(weight)) for one in question.candidates)
    return replace(question, candidates=tuple(candidates))


def best(question: Question, scores: dict[str, Line], weight: F) -> frozenset[str]:
    asked = weighed(question, scores, weight)
    return ids(ranked(asked, allowed(asked))[0])


@pytest.mark.slow
@given(wishing(most=7) | seeds.map(tense), seeds, st.integers(0, 12))
@settings(max_examples=80, deadline=None)
def test_a_shortlist_is_the_best_in_the_range_of_a_weight_and_not_past_it(
    question: Question, dice: Random, twelfth: int
) -> None:
    scores, weight = lines(question, dice), F(twelfth, 12)
    asked = weighed(question, scores, weight)
    assume(allowed(asked))
    solver = HighsSolver()
    today = select(asked, solver)
    found = weight_range(asked, today, scores, weight, solver)
    assert 0 <= found.low <= weight <= found.high <= 1
    same = frozenset(today.members)
    for part in (F(1, 1000), F(1, 7), F(1, 2), F(6, 7), F(999, 1000)):
        assert best(question, scores, found.low + part * (found.high - found.low)) == same
    if found.low > 0:
        assert best(question, scores, max(found.low - NEAR, F(0))) != same
    if found.high < 1:
        assert best(question, scores, min(found.high + NEAR, F(1))) != same
