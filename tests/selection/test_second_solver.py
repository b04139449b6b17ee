"""The engine against another solver, on lists of a real size."""

import os
import pickle
import random
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from oracles import brute
from strategies.random_questions import random_question

from kiamv_cli.selection.model.question import Question, Quota, Selection
from kiamv_cli.selection.model.search import NoneFeasibleError
from kiamv_cli.selection.model.select import best_with_proof, describe, select
from kiamv_cli.selection.solving.solver import HighsSolver

# A tenth of what a release is tried on: KIAMV_QUESTIONS=2500, which takes six minutes.
QUESTIONS_OF_EVERY_KIND = int(os.environ.get("KIAMV_QUESTIONS", "250"))
QUESTIONS = {
    "both": random_question(1, 60, 20),
    "fine scores": random_question(2, 60, 20, parts=997),
    "tight": random_question(3, 40, 24),
    "wishes": replace(
        random_question(4, 60, 20),
        include=frozenset({"e3", "e5"}),
        exclude=frozenset({"e7"}),
        quotas=(Quota("themes", "energy", at_least=9), Quota("provinces", "p01", at_most=1)),
    ),
    "themes only": replace(random_question(5, 120, 30), balance=("themes",)),
    "long": random_question(6, 120, 30),
}


@pytest.mark.slow
def test_another_solver_finds_no_better_shortlist() -> None:
    found = {name: select(question, HighsSolver()) for name, question in QUESTIONS.items()}
    for name, selection in found.items():
        assert selection.status.proven
        assert len(selection.members) == QUESTIONS[name].size
    assert better({name: (QUESTIONS[name], one) for name, one in found.items()}) == dict.fromkeys(
        QUESTIONS, "None"
    )


@pytest.mark.slow
def test_the_other_solver_sees_what_is_worse() -> None:
    question, ties = QUESTIONS["both"], tied()
    best, drawn = select(question, HighsSolver()), select(ties, HighsSolver())
    worse = {
        "balance": (question, select(replace(question, balance=()), HighsSolver())),
        "score": (question, replace(best, score=best.score - Fraction(1, 24))),
        "lottery": (ties, describe(ties, others(ties, drawn.members), drawn.status)),
    }
    assert better(worse) == {step: step for step in worse}


def wishful(seed: int) -> Question:
    """Make a small question of fine scores with pins, quotas and a floor."""
    dice = random.Random(seed)
    size = dice.randint(1, 5)
    parts = dice.choice([24, 997, 10**6 + 3, 10**8 + 7])
    asked = random_question(seed, dice.randint(size, 9), size, parts)
    ids = [one.id for one in asked.candidates]
    include = frozenset(dice.sample(ids, dice.choice([0, 0, 1])))
    kinds = [("themes", "energy"), ("themes", "food"), ("provinces", "p08"), ("provinces", "p03")]
    limits = [(dice.randint(0, 2), None), (None, dice.randint(0, 3))]
    return replace(
        asked,
        balance=dice.choice([("themes", "provinces"), ("themes",), ()]),
        include=include,
        exclude=frozenset(dice.sample(ids, 1)) - include,
        quotas=tuple(Quota(*kind, *dice.choice(limits)) for kind in dice.sample(kinds, 2)),
        give_up=dice.choice([None, Fraction(0), Fraction(dice.randint(1, 30), 100)]),
        seed=str(seed),
    )


@pytest.mark.slow
def test_two_solvers_and_looking_at_every_shortlist_agree() -> None:
    asked = {str(seed): wishful(seed) for seed in range(QUESTIONS_OF_EVERY_KIND)}
    solver, pairs = HighsSolver(), {}
    for name, question in asked.items():
        expected = brute.selected(question)
        if expected is None:
            with pytest.raises(NoneFeasibleError):
                best_with_proof(question, solver)
            continue
        found = best_with_proof(question, solver)
        assert frozenset(found.selection.members) == expected
        assert found.proven.proof is not None
        pairs[name] = question, found.selection
    assert len(pairs) > QUESTIONS_OF_EVERY_KIND / 2
    assert better(pairs) == dict.fromkeys(pairs, "None")


def better(pairs: dict[str, tuple[Question, Selection]]) -> dict[str, str]:
    """Ask the other solver, in a process of its own, in which step another shortlist wins."""
    done = subprocess.run(
        [sys.executable, "-m", "oracles.cpsat"],
        input=pickle.dumps(list(pairs.values())),
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[1],
        check=True,
    )
    return dict(zip(pairs, done.stdout.decode().split(), strict=True))


def tied() -> Question:
    """Make a question of which every shortlist is equally good."""
    question = replace(random_question(1, 12, 6), balance=())
    alike = (replace(one, score=Fraction(1, 2)) for one in question.candidates)
    return replace(question, candidates=tuple(alike))


def others(question: Question, members: tuple[str, ...]) -> frozenset[str]:
    return frozenset(one.id for one in question.candidates) - set(members)
