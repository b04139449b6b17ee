"""Branching gives the optimum, and proves it, however wrong what it hears of relaxations is."""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.programs import programs, solutions

from kiamv_cli.selection.model.branching import Branched, Relaxed, branch
from kiamv_cli.selection.model.integer_program import Program

Relax = Callable[[Sequence[int], Sequence[int]], Relaxed]


def babbling(program: Program, dice: random.Random) -> Relax:
    """Make a relaxation of which nothing is true."""

    def some(number: int) -> tuple[float, ...]:
        return tuple(dice.uniform(-3, 3) for _ in range(number))

    def relax(_lowers: Sequence[int], _uppers: Sequence[int]) -> Relaxed:
        rows, columns = len(program.rows), len(program.profits)
        return dice.choice(
            [Relaxed(), Relaxed(ray=some(rows)), Relaxed(prices=some(rows), values=some(columns))]
        )

    return relax


@pytest.mark.slow
@given(program=programs(), dice=st.randoms(use_true_random=False), told=st.booleans())
@settings(max_examples=150, deadline=None)
def test_the_optimum_is_found_and_proven(
    program: Program, dice: random.Random, *, told: bool
) -> None:
    every = solutions(program)
    known = every[0] if every and told else None
    found = branch(program, babbling(program, dice), known, 10_000, lambda: True)
    assert found.complete
    if not every:
        assert found.values is None
        return
    assert found.values in every
    assert program.value(found.values) == max(map(program.value, every))


def test_out_of_steps_or_time_is_no_proof() -> None:
    program = Program((1, 1), (0, 0), (5, 5), ())
    relax = babbling(program, random.Random(0))
    assert branch(program, relax, (1, 1), 0, lambda: True) == Branched((1, 1), complete=False)
    assert branch(program, relax, None, 9, lambda: False) == Branched(None, complete=False)
