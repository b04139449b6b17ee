"""Proofs: what they prove is what looking at every shortlist shows."""

from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from strategies.selection import questions

from kiamv_cli.selection.model import prove as making
from kiamv_cli.selection.model.check_proof import Proof
from kiamv_cli.selection.model.prove import Proven, prove, prove_none
from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.refutation import Claim, Refuted
from kiamv_cli.selection.solving.refuting import refute


class Refuter:
    """Refutes claims in this process."""

    def refute(self, claim: Claim) -> Refuted:
        return refute(claim, lambda: True)


def highest(question: Question) -> frozenset[str]:
    found = brute.selected(replace(question, balance=(), give_up=None))
    assert found is not None
    return found


def proven(question: Question, members: frozenset[str]) -> Proven:
    return prove(question, members, highest(question), Refuter())


@given(questions(most=8))
@settings(max_examples=150, deadline=None)
def test_the_best_shortlist_is_proven_with_all_that_are_as_good(question: Question) -> None:
    best = brute.selected(question)
    assume(best is not None)
    assert best is not None
    found = proven(question, best)
    assert found.members == best
    assert found.proof is not None
    assert found.equal is not None
    equal = {frozenset(one.id for one in each) for each in brute.equally_good(question)}
    assert {each for counts in found.equal for each in expanded(found, counts)} == equal


@given(questions(most=7))
@settings(max_examples=80, deadline=None)
def test_from_any_shortlist_the_best_is_found(question: Question) -> None:
    best = brute.selected(question)
    assume(best is not None)
    assert best is not None
    for chosen in list(brute.allowed(question))[:3]:
        other = frozenset(one.id for one in chosen)
        assert proven(question, other).members == best


@given(questions(most=7))
@settings(max_examples=80, deadline=None)
def test_where_too_many_are_as_good_the_draw_is_proven(question: Question) -> None:
    best = brute.selected(question)
    assume(best is not None)
    assert best is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "MOST_EQUAL", -1)
        found = proven(question, best)
    assert found.members == best
    assert found.equal is None
    assert found.proof is not None
    assert Proof(dict(found.proof.document)).check()["equal"] is None


@given(questions(most=7, wild=True))
@settings(max_examples=150, deadline=None)
def test_that_nothing_meets_the_wishes_is_proven(question: Question) -> None:
    assume(not list(brute.shortlists(question)))
    assume(not question.include & (question.exclude | question.barred))
    assert prove_none(question, {}, Refuter(), 1000) is not None


def expanded(found: Proven, counts: tuple[int, ...]) -> list[frozenset[str]]:
    ways = [combinations(cell, n) for cell, n in zip(found.cells, counts, strict=True)]
    return [frozenset(name for part in each for name in part) for each in product(*ways)]
