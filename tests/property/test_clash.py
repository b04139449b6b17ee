"""Wishes that clash, against every set of ecosystems there is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies.selection import questions

from kiamv_cli.core.selection.clash import Change, Clash, Wish, clash, wishes_of
from kiamv_cli.core.selection.question import Candidate, Question, Quota
from kiamv_cli.solvers.highs import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Chosen = tuple[Candidate, ...]


@st.composite
def clashing(draw: st.DrawFn) -> Question:
    """Questions without an answer, some of them because of classes."""
    question = draw(questions(6, wild=True))
    ids = [one.id for one in question.candidates]
    barred = draw(st.frozensets(st.sampled_from(ids), max_size=3))
    question = replace(question, barred=barred)
    assume(not any(True for _ in meeting(question, list(wishes_of(question)))))
    return question


def meeting(question: Question, wishes: Sequence[Wish]) -> Iterator[Chosen]:
    """Give every set of ecosystems, of any size, that meets these wishes."""
    for chosen in sets(question, wishes):
        if not any(short(wish, chosen) for wish in wishes):
            yield chosen


def sets(question: Question, wishes: Sequence[Wish]) -> Iterator[Chosen]:
    barred = question.barred if Wish("class") in wishes else frozenset()
    free = [one for one in question.candidates if one.id not in barred]
    return chain.from_iterable(combinations(free, n) for n in range(len(free) + 1))


def short(wish: Wish, chosen: Chosen) -> int:
    """By how much a set misses a wish; a pin counts a million."""
    number = wish.number or 0
    match wish.kind:
        case "size":
            return abs(number - len(chosen))
        case "at-least":
            return max(0, number - listing(wish, chosen))
        case "at-most":
            return max(0, listing(wish, chosen) - number)
        case "include":
            return 0 if wish.subject in {one.id for one in chosen} else 1_000_000
        case "exclude":
            return 1_000_000 if wish.subject in {one.id for one in chosen} else 0
        case "class":
            return 0


def listing(wish: Wish, chosen: Chosen) -> int:
    return sum(wish.subject in one.places[wish.dimension] for one in chosen)


def cost(changes: Sequence[Change]) -> int:
    return sum(
        1_000_000 if each.to is None else abs(each.to - (each.wish.number or 0)) for each in changes
    )


def changed(wishes: Sequence[Wish], found: Clash) -> list[Wish]:
    to = {each.wish: each.to for each in found.nearest}
    kept = [wish for wish in wishes if to.get(wish, wish.number) is not None or wish not in to]
    return [replace(wish, number=to[wish]) if wish in to else wish for wish in kept]


@given(clashing())
@settings(max_examples=100, deadline=None)
def test_none_can_be_left_out_of_the_clash_and_the_nearest_is_nearest(question: Question) -> None:
    found = clash(question, HighsSolver())
    wishes = list(wishes_of(question))
    assert set(found.wishes) <= set(wishes)
    assert not any(True for _ in meeting(question, found.wishes))
    for wish in found.wishes:
        others = [each for each in found.wishes if each != wish]
        assert any(True for _ in meeting(question, others))
    least = min(sum(short(wish, one) for wish in wishes) for one in sets(question, wishes))
    assert cost(found.nearest) == least
    assert any(True for _ in meeting(question, changed(wishes, found)))


CANDIDATES = tuple(
    Candidate(name, Fraction(1), {"provinces": (place,), "themes": ("sun",)})
    for name, place in [("a", "east"), ("b", "east"), ("c", "west"), ("d", "west")]
)
TARGETS = {"provinces": {"east": Fraction(1), "west": Fraction(1)}, "themes": {}}


def test_a_clash_in_full() -> None:
    question = Question(
        candidates=CANDIDATES,
        size=2,
        targets=TARGETS,
        balance=(),
        include=frozenset({"a"}),
        quotas=(Quota("provinces", "west", at_least=2), Quota("themes", "sun", at_most=4)),
    )
    assert clash(question, HighsSolver()) == Clash(
        wishes=(
            Wish("size", number=2),
            Wish("at-least", "west", 2, "provinces"),
            Wish("include", "a"),
        ),
        nearest=(Change(Wish("at-least", "west", 2, "provinces"), 1),),
    )


def test_classes_are_a_wish_too() -> None:
    question = Question(
        candidates=CANDIDATES,
        size=2,
        targets=TARGETS,
        balance=(),
        include=frozenset({"a"}),
        barred=frozenset({"a", "b"}),
    )
    found = clash(question, HighsSolver())
    assert found.wishes == (Wish("include", "a"), Wish("class"))
    assert found.nearest == (Change(Wish("include", "a"), None),)


def test_wishes_that_can_be_met_do_not_clash() -> None:
    question = Question(candidates=CANDIDATES, size=2, targets=TARGETS, balance=())
    with pytest.raises(ValueError, match="do not clash"):
        clash(question, HighsSolver())
