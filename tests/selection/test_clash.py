"""Wishes that clash, against every set of ecosystems there is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from oracles import brute
from strategies.selection import wishing

from kiamv_cli.selection.model.conflict import clash
from kiamv_cli.selection.model.question import (
    Candidate,
    Question,
    Quota,
    Wish,
    WishChange,
    relaxed,
    wishes_of,
)
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Chosen = tuple[Candidate, ...]


@st.composite
def clashing(draw: st.DrawFn) -> Question:
    """Questions without an answer, some of them because of classes."""
    question = draw(wishing(6, wild=True))
    ids = [one.id for one in question.candidates]
    barred = draw(st.frozensets(st.sampled_from(ids), max_size=3))
    question = replace(question, barred=barred)
    assume(not any(True for _ in meeting(question, list(wishes_of(question)))))
    return question


def meeting(question: Question, wishes: Sequence[Wish]) -> Iterator[Chosen]:
    """Give every set of ecosystems, of any size from 1 on, that meets these wishes."""
    for chosen in sets(question):
        if not any(short(wish, chosen, question) for wish in wishes):
            yield chosen


def sets(question: Question) -> Iterator[Chosen]:
    free = question.candidates
    return chain.from_iterable(combinations(free, n) for n in range(1, len(free) + 1))


def short(wish: Wish, chosen: Chosen, question: Question) -> int | Fraction:
    """By how much a set misses a wish; a pin or relation counts a million, the classes two."""
    if wish.number is not None:
        return too_much(wish, wish.number, chosen, question)
    ids = {one.id for one in chosen}
    if wish.kind == "class":
        return 2_000_000 if ids & question.barred else 0
    if wish.kind in {"include", "exclude"}:
        return 0 if (wish.subject in ids) == (wish.kind == "include") else 1_000_000
    sums = [each for each in question.sums if each.wish == wish]
    return 0 if all(brute.adds_up(each, ids) for each in sums) else 1_000_000


def too_much(
    wish: Wish, number: int | Fraction, chosen: Chosen, question: Question
) -> int | Fraction:
    """By how much a set misses a number, too much or too little."""
    match wish.kind:
        case "size":
            return abs(Fraction(number - len(chosen)))
        case "at-least":
            return max(0, number - listing(wish, chosen))
        case "at-most":
            return max(0, listing(wish, chosen) - number)
        case _:
            return max(Fraction(0), spent(wish, chosen, question) - number)


def spent(wish: Wish, chosen: Chosen, question: Question) -> Fraction:
    """What a set costs, or how many leave: what the number of a wish would have to be."""
    (each,) = (one for one in question.sums if one.wish == wish)
    return Fraction(sum(each.of.get(one.id, 0) for one in chosen) - each.base) / each.unit


def all_short(question: Question, wishes: Sequence[Wish], chosen: Chosen) -> list[int | Fraction]:
    """By how much a set misses each wish; a cost that lets in who has no number is none."""
    by = {wish: short(wish, chosen, question) for wish in wishes}
    free = {wish.subject for wish in by if wish.kind == "cost-known" and by[wish]}
    return [0 if wish.kind == "cost" and wish.subject in free else by[wish] for wish in wishes]


def price(wishes: Sequence[Wish], missed: Sequence[int | Fraction]) -> int | Fraction:
    """What counts of what is missed: all but money."""
    pairs = zip(wishes, missed, strict=True)
    return sum(by for wish, by in pairs if wish.kind != "cost")


def listing(wish: Wish, chosen: Chosen) -> int:
    return sum(wish.subject in one.places[wish.dimension] for one in chosen)


def cost(changes: Sequence[WishChange]) -> int | Fraction:
    dropped = {"class": 2_000_000}
    return sum(
        dropped.get(each.wish.kind, 1_000_000)
        if each.to is None
        else abs(Fraction(each.to - (each.wish.number or 0)))
        for each in changes
        if each.wish.kind != "cost"
    )


def needed(
    wish: Wish, missed: int | Fraction, chosen: Chosen, question: Question
) -> int | Fraction | str:
    """What a wish would have to be to be met: its number, or whether it is kept."""
    if wish.number is None:
        return "dropped" if missed else "kept"
    if wish.kind == "size":
        return len(chosen)
    if wish.kind in {"cost", "changes"}:
        return spent(wish, chosen, question) if missed else wish.number
    found = listing(wish, chosen)
    return min(found, wish.number) if wish.kind == "at-least" else max(found, wish.number)


def smallest(question: Question, wishes: Sequence[Wish]) -> set[frozenset[WishChange]]:
    """Give the changes for every set there is, without those of which a part is enough."""
    every: dict[tuple[int | Fraction, ...], frozenset[WishChange]] = {}
    for chosen in sets(question):
        missed = all_short(question, wishes, chosen)
        pairs = zip(wishes, missed, strict=True)
        instead = [needed(wish, by, chosen, question) for wish, by in pairs]
        # A size may go up or down: these are two ways to give.
        up = max(len(chosen) - question.size, 0)
        key = (up, *missed)
        every[key] = frozenset(
            WishChange(wish, None if isinstance(to, str) else to)
            for wish, to in zip(wishes, instead, strict=True)
            if to not in {"kept", wish.number}
        )
    return {
        changes for key, changes in every.items() if not any(less(other, key) for other in every)
    }


def less(one: tuple[int | Fraction, ...], other: tuple[int | Fraction, ...]) -> bool:
    """Tell whether one change is part of the other; the first item says how much size went up."""
    down = [key[1] - key[0] for key in (one, other)]
    pairs = [(one[0], other[0]), tuple(down), *zip(one[2:], other[2:], strict=True)]
    return one != other and all(a <= b for a, b in pairs)


@pytest.mark.slow
@given(clashing())
@settings(max_examples=40, deadline=None)
def test_none_can_be_left_out_of_the_clash_and_the_nearest_is_nearest(question: Question) -> None:
    found = clash(question, HighsSolver(), most=1000)
    wishes = list(wishes_of(question))
    assert set(found.wishes) <= set(wishes)
    assert not any(True for _ in meeting(question, found.wishes))
    for wish in found.wishes:
        others = [each for each in found.wishes if each != wish]
        assert any(True for _ in meeting(question, others))
    least = min(price(wishes, all_short(question, wishes, one)) for one in sets(question))
    assert cost(found.nearest) == least


@pytest.mark.slow
@given(clashing())
@settings(max_examples=40, deadline=None)
def test_every_smallest_change_is_found_and_no_other(question: Question) -> None:
    found = clash(question, HighsSolver(), most=1000)
    changes = [frozenset(one.changes) for one in found.relaxations]
    assert len(set(changes)) == len(changes)
    assert set(changes) == smallest(question, list(wishes_of(question)))
    assert found.complete
    assert found.nearest in [one.changes for one in found.relaxations]


def nearness(wishes: Sequence[Wish], changes: Sequence[WishChange]) -> tuple[object, ...]:
    """Sort by the letter of rule W3: pins and classes, numbers, then wish after wish."""
    dropped = {"class": 2}
    to = {each.wish: each.to for each in changes}
    moved = {
        wish: abs(Fraction(number - wish.number))
        for wish, number in to.items()
        if number is not None and wish.number is not None
    }
    return (
        sum(dropped.get(wish.kind, 1) for wish, number in to.items() if number is None),
        sum(by for wish, by in moved.items() if wish.kind != "cost"),
        [moved.get(wish, int(wish in to)) for wish in wishes],
    )


@pytest.mark.slow
@given(clashing())
@settings(max_examples=40, deadline=None)
def test_of_equal_changes_the_nearest_changes_the_earlier_wishes_least(question: Question) -> None:
    found, wishes = clash(question, HighsSolver(), most=1000), list(wishes_of(question))
    every = [one.changes for one in found.relaxations]
    assert nearness(wishes, found.nearest) == min(nearness(wishes, each) for each in every)


def crowded(dice: Random) -> Question:
    """Make a question in which one number can change by much, or several by less."""
    themes = ("food", "health", "sun")
    size = dice.randint(2, 6)
    few = Quota("themes", dice.choice(themes), at_most=dice.randint(0, 2))
    return Question(
        candidates=tuple(
            Candidate(f"e{number}", Fraction(number % 3, 3), {"themes": (theme,)})
            for number, theme in enumerate(dice.choices(themes, k=8))
        ),
        size=size,
        targets={"themes": dict.fromkeys(themes, Fraction(size, 3))},
        balance=(),
        quotas=(*(Quota("themes", each, at_least=dice.randint(1, 5)) for each in themes), few),
    )


@pytest.mark.slow
def test_numbers_count_by_how_much_they_change_and_not_by_how_many_do() -> None:
    for seed in range(25):
        question = crowded(Random(seed))
        wishes = list(wishes_of(question))
        if any(True for _ in meeting(question, wishes)):
            continue
        found = clash(question, HighsSolver(), most=1000)
        every = [one.changes for one in found.relaxations]
        assert nearness(wishes, found.nearest) == min(nearness(wishes, each) for each in every)


@pytest.mark.slow
@given(clashing())
@settings(max_examples=25, deadline=None)
def test_a_relaxation_costs_what_its_best_shortlist_lacks(question: Question) -> None:
    found = clash(question, HighsSolver(), most=1000)
    wishes = list(wishes_of(question))
    for one in found.relaxations:
        to = {each.wish: each.to for each in one.changes}
        kept = [w for w in wishes if w not in to or to[w] is not None]
        asked = relaxed(question, one.changes)
        dropped = {w.subject for w in to if w.kind == "cost-known"}
        now = [
            replace(wish, number=to.get(wish, wish.number))
            for wish in kept
            if wish.kind != "cost" or wish.subject not in dropped
        ]
        meet = list(meeting(asked, now))
        size = len(one.selection.members)
        assert all(len(chosen) == size for chosen in meet)
        ids = {frozenset(each.id for each in chosen) for chosen in meet}
        assert frozenset(one.selection.members) in ids
        if not question.balance and not question.keep:
            assert one.selection.score == max(
                sum((each.score for each in chosen), Fraction(0)) for chosen in meet
            )
        scores = sorted((each.score for each in question.candidates), reverse=True)
        assert one.cost == sum(scores[:size], Fraction(0)) - one.selection.score
    ranked = [
        (len(one.selection.members) != question.size, one.cost, one.seats)
        for one in found.relaxations
    ]
    assert ranked == sorted(ranked)


@pytest.mark.slow
@given(clashing())
@settings(max_examples=30, deadline=None)
def test_fewer_are_the_nearest_and_that_is_said(question: Question) -> None:
    whole = clash(question, HighsSolver(), most=1000)
    part = clash(question, HighsSolver(), most=1)
    assert part.complete == (len(whole.relaxations) == 1)
    assert cost(part.nearest) == min(cost(one.changes) for one in whole.relaxations)


CANDIDATES = tuple(
    Candidate(name, Fraction(1), {"provinces": (place,), "themes": ("sun",)})
    for name, place in [("a", "east"), ("b", "east"), ("c", "west"), ("d", "west")]
)
TARGETS = {"provinces": {"east": Fraction(1), "west": Fraction(1)}, "themes": {"sun": Fraction(2)}}


def test_a_clash_in_full() -> None:
    question = Question(
        candidates=CANDIDATES,
        size=2,
        targets=TARGETS,
        balance=(),
        include=frozenset({"a"}),
        quotas=(Quota("provinces", "west", at_least=2), Quota("themes", "sun", at_most=4)),
    )
    found = clash(question, HighsSolver())
    west = Wish("at-least", "west", 2, "provinces")
    assert found.wishes == (Wish("size", number=2), west, Wish("include", "a"))
    assert found.nearest == (WishChange(west, 1),)
    assert {one.changes for one in found.relaxations} == {
        (WishChange(west, 1),),
        (WishChange(Wish("size", number=2), 3),),
        (WishChange(Wish("include", "a"), None),),
    }


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
    assert found.nearest == (WishChange(Wish("include", "a"), None),)
    assert {one.changes for one in found.relaxations} == {
        (WishChange(Wish("include", "a"), None),),
        (WishChange(Wish("class"), None),),
    }


def test_a_size_gives_way_to_1_but_not_to_nobody() -> None:
    def asked(size: int) -> Question:
        return Question(
            candidates=CANDIDATES,
            size=size,
            targets=TARGETS,
            balance=(),
            quotas=(Quota("themes", "sun", at_most=size - 2),),
        )

    sun = Wish("at-most", "sun", 1, "themes")
    found = clash(asked(3), HighsSolver())
    assert {one.changes for one in found.relaxations} >= {(WishChange(Wish("size", number=3), 1),)}
    none = replace(asked(3), quotas=(Quota("themes", "sun", at_most=0),))
    sun = replace(sun, number=0)
    assert {one.changes for one in clash(none, HighsSolver()).relaxations} == {
        (WishChange(Wish("size", number=3), 3 - by), WishChange(sun, 3 - by))
        if by
        else (WishChange(sun, 3),)
        for by in range(3)
    }


def test_wishes_that_can_be_met_do_not_clash() -> None:
    question = Question(candidates=CANDIDATES, size=2, targets=TARGETS, balance=())
    with pytest.raises(ValueError, match="do not clash"):
        clash(question, HighsSolver())
