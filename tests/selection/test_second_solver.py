"""The engine against another solver, on lists of a real size."""

import pickle
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from strategies.random_questions import random_question

from kiamv_cli.selection.model.question import Question, Quota, Selection
from kiamv_cli.selection.model.select import describe, select
from kiamv_cli.selection.solving.solver import HighsSolver

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
