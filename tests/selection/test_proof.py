"""Proofs: they prove what looking at every shortlist shows, and let nothing else pass."""

import random
from base64 import b64decode, b64encode
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations, product
from json import dumps, loads
from typing import Any
from zlib import compress, decompress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import brute
from strategies.selection import wishing

from kiamv_cli.selection.model import prove as making
from kiamv_cli.selection.model.check_proof import Proof, Wrong
from kiamv_cli.selection.model.lots import lots
from kiamv_cli.selection.model.plain import constraints, plain_question
from kiamv_cli.selection.model.prove import Proven, prove, prove_none
from kiamv_cli.selection.model.question import Candidate, Question
from kiamv_cli.selection.model.refutation import Claim, Refuted
from kiamv_cli.selection.solving import refuting
from kiamv_cli.selection.solving.refuting import refute
from kiamv_cli.selection.solving.solver import HighsSolver


class Refuter:
    """Refutes claims in this process."""

    def refute(self, claim: Claim) -> Refuted:
        return refute(claim, lambda: True)


def highest(question: Question) -> frozenset[str]:
    found = brute.selected(replace(question, balance=(), give_up=None, keep=frozenset()))
    assert found is not None
    return found


def proven(question: Question, members: frozenset[str]) -> Proven:
    return prove(question, members, highest(question), Refuter())


@pytest.mark.slow
@given(wishing(most=8))
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
    assert Proof(dict(found.proof.document)).check()["equal"] == len(equal)


@pytest.mark.slow
@given(wishing(most=7))
@settings(max_examples=60, deadline=None)
def test_from_any_shortlist_the_best_is_found(question: Question) -> None:
    best = brute.selected(question)
    assume(best is not None)
    for chosen in brute.allowed(question)[:3]:
        other = frozenset(one.id for one in chosen)
        assert proven(question, other).members == best


@pytest.mark.slow
@given(wishing(most=7))
@settings(max_examples=60, deadline=None)
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


@pytest.mark.slow
@given(wishing(most=8))
@settings(max_examples=60, deadline=None)
def test_hard_claims_are_sharpened_case_by_case(question: Question) -> None:
    best = brute.selected(question)
    assume(best is not None)
    assert best is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refuting, "_HARD", 0)
        found = proven(question, best)
    assert found.members == best
    assert found.proof is not None


@pytest.mark.slow
@given(wishing(most=7, wild=True))
@settings(max_examples=100, deadline=None)
def test_that_nothing_meets_the_wishes_is_proven(question: Question) -> None:
    assume(not list(brute.shortlists(question)))
    assume(not question.include & (question.exclude | question.barred))
    assert prove_none(question, {}, HighsSolver()) is not None


@pytest.mark.slow
@given(wishing(most=7), st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_what_was_tampered_with_is_refused_or_true_all_the_same(
    question: Question, seed: int
) -> None:
    best = brute.selected(question)
    assume(best is not None)
    assert best is not None
    proof = proven(question, best).proof
    assert proof is not None
    dice = random.Random(seed)
    for _ in range(60):
        other = tampered(proof.document, dice)
        try:
            Proof(other).check()
        except (Wrong, LookupError, TypeError, ValueError, ArithmeticError, AttributeError):
            continue
        assert frozenset(other["selected"]) == best
        assert frozenset(other["highest"]) <= frozenset(one.id for one in question.candidates)


def tampered(document: Mapping[str, Any], dice: random.Random) -> dict[str, Any]:
    """Change one number, name, limit, case or member of a proof, but not what is asked."""
    other = deepcopy(dict(document))
    steps = loads(decompress(b64decode(other["steps"])))
    kind = dice.randrange(6)
    ids = [each["id"] for each in other["question"]["candidates"]]
    if kind == 0 and other["selected"]:
        other["selected"][dice.randrange(len(other["selected"]))] = dice.choice(ids)
    elif kind == 1 and other["highest"]:
        other["highest"][dice.randrange(len(other["highest"]))] = dice.choice(ids)
    elif kind == 2:
        names = dice.choice([steps["columns"], steps["constraints"]])
        names[dice.randrange(len(names))] = dice.choice(names)
    elif kind == 3:
        tree = dice.choice([*steps["trees"].values()])
        del tree[dice.randrange(len(tree))]
    else:
        changed(dice.choice([*steps["trees"].values()]), dice)
    return {**other, "steps": b64encode(compress(dumps(steps).encode())).decode()}


def changed(tree: list[Any], dice: random.Random) -> None:
    """Change a number somewhere in a tree, or drop a step or a division."""
    case = dice.choice(tree)
    step = dice.choice(case[0]) if case[0] else None
    if step is None or dice.random() < 0.1:
        case[1:] = []
    elif dice.random() < 0.2:
        case[0].remove(step)
    else:
        place = dice.randrange(len(step))
        step[place] = dice.choice([0, 1, -1, 7, 10**9, 1.5, "themes:sun", None])


def expanded(found: Proven, counts: tuple[int, ...]) -> list[frozenset[str]]:
    ways = [combinations(cell, n) for cell, n in zip(found.cells, counts, strict=True)]
    return [frozenset(name for part in each for name in part) for each in product(*ways)]


def alike(scores: list[int]) -> Question:
    """Make a question over themes of which several shortlists are equally good."""
    themes = ("food", "sun")
    return Question(
        candidates=tuple(
            Candidate(f"e{n}", Fraction(score, 4), {"themes": (themes[n % 2],)})
            for n, score in enumerate(scores)
        ),
        size=3,
        targets={"themes": dict.fromkeys(themes, Fraction(3, 2))},
        balance=("themes",),
    )


@pytest.mark.parametrize("scores", [[2, 2, 2, 2, 2], [4, 3, 3, 3, 3, 1], [4, 4, 3, 2, 1, 1]])
def test_lots_are_those_of_all_orders(scores: list[int]) -> None:
    question = alike(scores)
    equal = [frozenset(one.id for one in each) for each in brute.equally_good(question)]
    best = brute.selected(question)
    assert best is not None
    drawn = lots(proven(question, best), 1000)
    assert drawn is not None
    assert drawn.count == len(equal)
    union, shared = frozenset.union(*equal), frozenset.intersection(*equal)
    assert drawn.ecosystems.keys() == union - shared
    ids = [one.id for one in question.candidates]
    orders = [*permutations(ids)]
    won = [min(equal, key=lambda each: sorted(map(order.index, each))) for order in orders]
    for name, lot in drawn.ecosystems.items():
        assert lot.member == (name in best)
        assert lot.chance == Fraction(sum(name in each for each in won), len(orders))


def test_many_that_differ_are_estimated() -> None:
    question = alike([2] * 12)
    best = brute.selected(question)
    assert best is not None
    drawn = lots(proven(question, best), 1000)
    assert drawn is not None
    assert not drawn.exact
    assert all(
        abs(lot.chance - Fraction(1, 4)) < Fraction(1, 20) for lot in drawn.ecosystems.values()
    )


def test_too_many_to_name_are_said_to_be_more() -> None:
    question = alike([2] * 40)
    members = frozenset(f"e{n}" for n in range(3))
    found = prove(question, members, members, Refuter())
    assert found.proof is not None
    drawn = lots(found, 1000)
    assert drawn is not None
    assert drawn.more
    assert not drawn.ecosystems


def test_sums_kept_members_and_ties_are_rows_and_goals() -> None:
    # A plain question says more than can be asked for so far: the checker knows it all.
    plain = plain_question(alike([2, 2, 2, 2, 2]))
    for number, each in enumerate(plain["candidates"]):
        each["ties"] = [str(Fraction(number % 3, 2))]
    plain["keep"] = ["e0", "e1"]
    plain["sums"] = [{"of": {"e0": 1, "e2": 1}, "at_least": None, "at_most": 1}]
    asked = constraints(plain)
    assert [*asked.goals] == ["kept", "out of place", "score", "tie 0"]
    maker = making._Maker(plain, Refuter(), None)  # noqa: SLF001 - no question asks for it yet
    found = maker.proven(frozenset({"e1", "e2", "e3"}), frozenset({"e1", "e2", "e3"}), None)
    assert found.proof is not None
    # Both are kept, so e2 is out; of e3 (tie 0) and e4 (tie 1/2), e4 is better.
    assert found.members == {"e0", "e1", "e4"}
    assert Proof(dict(found.proof.document)).check()["equal"] == 1
