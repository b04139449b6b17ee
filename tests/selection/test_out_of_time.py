"""A solver that stops early: what is told until then is right, and then it is said."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction as F
from functools import cache
from itertools import count, islice

import pytest

from kiamv_cli.selection.model.integer_program import Program, SolverOutcome
from kiamv_cli.selection.model.near_misses import alternatives, margin
from kiamv_cli.selection.model.question import Candidate, Question, Quota
from kiamv_cli.selection.model.search import NoShortlistError
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.model.tradeoff import tradeoffs
from kiamv_cli.selection.solving.solver import HighsSolver


@dataclass
class Tired:
    """Solves so many programs, then stops."""

    left: int

    def solve(self, program: Program) -> SolverOutcome:
        self.left -= 1
        return SolverOutcome(status="stopped") if self.left < 0 else solved(program)

    def relax(self, program: Program) -> tuple[float, ...] | None:
        return HighsSolver().relax(program)


@cache
def solved(program: Program) -> SolverOutcome:
    return HighsSolver().solve(program)


QUESTION = Question(
    candidates=tuple(
        Candidate(f"e{number}", F(score, 10), {"themes": themes})
        for number, (score, themes) in enumerate(
            [
                (10, ("food",)),
                (9, ("food",)),
                (9, ("food", "sun")),
                (7, ("food", "health")),
                (6, ("health",)),
                (5, ("sun",)),
                (5, ("sun",)),
            ]
        )
    ),
    size=3,
    targets={"themes": {"food": F(1), "health": F(1), "sun": F(1)}},
    balance=("themes",),
    quotas=(Quota("themes", "sun", at_least=1),),
    give_up=F(1, 8),
)


def tell_margins(solver: Tired) -> Iterator[object]:
    selection = select(QUESTION, HighsSolver())
    for one in QUESTION.candidates[1:5]:
        yield margin(QUESTION, selection, one.id, solver)


def tell_alternatives(solver: Tired) -> Iterator[object]:
    yield from islice(alternatives(QUESTION, select(QUESTION, HighsSolver()), solver), 5)


def tell_tradeoffs(solver: Tired) -> Iterator[object]:
    yield from tradeoffs(replace(QUESTION, give_up=None), solver)


@pytest.mark.slow
@pytest.mark.parametrize("tell", [tell_margins, tell_alternatives, tell_tradeoffs])
def test_what_is_told_before_time_runs_out_is_right(
    tell: Callable[[Tired], Iterator[object]],
) -> None:
    everything = list(tell(Tired(10_000)))
    assert len(everything) > 2
    for solves in count():
        told = tell(Tired(solves))
        heard: list[object] = []
        try:
            for one in told:
                heard.append(one)  # noqa: PERF402 - what was heard before it stops counts
        except NoShortlistError:
            assert heard == everything[: len(heard)]
            continue
        assert heard == everything
        return
