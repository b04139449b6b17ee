"""Searches that are cut short at each of their programs: what is said then holds, to the last part.

Scores are fine, so that bounds and values differ by small parts and ties are asked about first.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count
from random import Random

import pytest
from oracles import brute
from oracles.ranking import allowed, ids
from strategies.decisive import tense, tied
from strategies.stopping import Found, Stopping

from kiamv_cli.selection.model.question import Candidate, Question, Selection
from kiamv_cli.selection.model.search import NoShortlistError
from kiamv_cli.selection.model.select import select

PART = Fraction(99_991, 100_003)


def fine(question: Question) -> Question:
    candidates = tuple(replace(one, score=one.score * PART) for one in question.candidates)
    return replace(question, candidates=candidates)


def cut_short(question: Question, found: Found) -> Iterator[Selection]:
    """Give what is selected when each program in turn is the one that is stopped at."""
    for before in count():
        solver = Stopping(before, found)
        try:
            selection = select(question, solver)
        except NoShortlistError:
            assert solver.stopped
            continue
        if not solver.stopped:
            return
        yield selection


def check(question: Question, found: Found, selection: Selection) -> None:
    chosen = next(
        one for one in brute.shortlists(question) if ids(one) == frozenset(selection.members)
    )
    every, status = allowed(question), selection.status
    fewest = min(brute.out(question, one) for one in every)
    assert selection.score == brute.score(chosen)
    if status.proven:  # by other means than what was stopped
        assert ids(chosen) == brute.selected(question)
        return
    match status.step:
        case "wishes":
            reference = max(map(brute.score, brute.shortlists(question)))
        case "balance":
            beyond = brute.out(question, chosen) - fewest
            assert beyond <= status.gap
            return
        case _:
            out = brute.out(question, chosen)
            assert out == fewest
            reference = max(brute.score(one) for one in every if brute.out(question, one) == out)
    # What may be missing is told exactly where the bound is, and else not too low.
    if not selection.score:
        assert status.gap == (1 if reference or found == "nothing" else 0)
        return
    told = selection.score * (1 + status.gap)
    assert told >= reference
    if found != "nothing":
        assert told == reference


@pytest.mark.slow
@pytest.mark.parametrize("found", ["best", "worst", "nothing"])
def test_what_is_said_of_a_search_cut_short_holds(found: Found) -> None:
    steps = set()
    for seed in range(40):
        dice = Random(seed)
        question = fine((tense if seed % 4 else tied)(dice))
        if brute.selected(question) is None:
            continue
        for selection in cut_short(question, found):
            check(question, found, selection)
            steps.add(selection.status.step)
    assert steps >= {"balance", "lottery"} | ({"score"} if found != "nothing" else set())


def test_nothing_found_so_far_may_be_all_that_is_missing() -> None:
    question = Question(
        candidates=(
            Candidate("none", Fraction(0), {"themes": ("sun",)}),
            Candidate("some", Fraction(1), {"themes": ("rain",)}),
        ),
        size=1,
        targets={"themes": {"sun": Fraction(1, 2), "rain": Fraction(1, 2)}},
        balance=("themes",),
    )
    found = select(question, Stopping(0, "worst"))
    assert found.members == ("none",)
    assert found.status.step == "score"
    assert found.status.gap == 1
