"""A solver that errs at random: what comes of that is no bug of kiamv, and never for ever."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from random import Random

import pytest
from oracles import brute
from strategies.decisive import tense, tied
from strategies.stopping import Stopping
from strategies.undecided import undecided

from kiamv_cli.selection.model.conflict import NoClashError, clash
from kiamv_cli.selection.model.constrained import best
from kiamv_cli.selection.model.gaps import gaps
from kiamv_cli.selection.model.integer_program import Program, SolverError, SolverOutcome
from kiamv_cli.selection.model.near_misses import alternatives, margin, nearest
from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.refutation import Claim, Refuted
from kiamv_cli.selection.model.robustness import weight_ranges
from kiamv_cli.selection.model.search import NoneFeasibleError
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.model.shortlist import question
from kiamv_cli.selection.model.tradeoff import tradeoffs
from kiamv_cli.selection.solving.solver import HighsSolver


class Lying(Stopping):
    """Calls programs infeasible that are not, or optimal what is feasible only."""

    def refute(self, claim: Claim) -> Refuted:
        return HighsSolver().refute(claim)

    def __init__(self, dice: Random) -> None:
        super().__init__(0, "best")
        self.dice, self.left = dice, 2_000

    def solve(self, program: Program) -> SolverOutcome:
        self.left -= 1
        assert self.left, "it runs for ever"
        before, self.before, self.stopped = self.dice.random(), 1, False
        outcome = super().solve(program)
        if before < 1 / 8:
            return SolverOutcome(status="infeasible")
        if before < 1 / 3 and outcome.values is not None:
            values = self._worst(program)
            assert values is not None
            return SolverOutcome(status="optimal", values=values, bound=program.value(values))
        return outcome


def told(ask: Callable[..., object], *arguments: object) -> None:
    """Ask, and take for an answer that the solver failed, or that no shortlist meets the wishes."""
    with suppress(SolverError, NoneFeasibleError, NoClashError):
        found = ask(*arguments)
        if isinstance(found, Iterator):
            list(islice(found, 5))


def near(asked: Question, dice: Random) -> None:
    today = select(asked, Stopping(10_000, "best"))
    told(select, asked, Lying(dice))
    told(best, asked, Lying(dice))
    told(tradeoffs, asked, Lying(dice))
    told(alternatives, asked, today, Lying(dice))
    told(nearest, asked, today, Lying(dice))
    told(clash, asked, Lying(dice))
    for one in asked.candidates:
        told(margin, asked, today, one.id, Lying(dice))


@pytest.mark.slow
@pytest.mark.parametrize("make", [tense, tied])
def test_what_is_near_to_a_shortlist(make: Callable[[Random], Question]) -> None:
    for seed in range(60):
        asked = make(Random(seed))
        if brute.selected(asked) is not None:
            near(asked, Random(seed))


@pytest.mark.slow
def test_gaps_and_ranges_of_weights() -> None:
    for seed in range(60):
        scores, request = undecided(Random(seed))
        told(gaps, scores, request, Lying(Random(seed)))
        with suppress(NoneFeasibleError):
            today = select(question(scores, request), Stopping(10_000, "best"))
            told(weight_ranges, scores, request, today, Lying(Random(seed)))
