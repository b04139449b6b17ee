"""What holds of suspicions and answers, whatever the names."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from strategies.names import entries

from kiamv_cli.formats.vocabulary import vocabulary
from kiamv_cli.longlist.matching import suspects
from kiamv_cli.longlist.matching.names import allowed, near_pairs
from kiamv_cli.longlist.model.duplicates import (
    ContradictionError,
    Given,
    answer_on,
    decision,
    gathered,
    is_asked,
    with_answers,
    without_last,
)
from kiamv_cli.longlist.model.identity import Identities, conflicts
from kiamv_cli.longlist.reading.identities import identities_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.longlist.model.duplicates import Named, Suspicion

ANSWERS = st.builds(
    Given,
    answer=st.sampled_from(("same", "different", "part-of", "later")),
    turned=st.booleans(),
    reason=st.none() | st.just("two boards"),
)
# Few letters, so that texts are near each other; many lengths, so that all limits are met.
LETTERS = st.lists(st.text("ab", max_size=24), max_size=12)


def suspected(entries: Iterable[Named], least: int = 0) -> tuple[Suspicion, ...]:
    return suspects.suspected(entries, vocabulary(), least)


def _edits(base: str, edits: list[tuple[int, str]]) -> str:
    for at, sign in edits:
        place = at % (len(base) + 1)
        base = base[:place] + sign + base[place + (at % 3 > 0) :]
    return base


@st.composite
def near_texts(draw: st.DrawFn) -> list[str]:
    base = draw(st.text("abcde", min_size=4, max_size=26))
    edits = st.lists(st.tuples(st.integers(0, 99), st.sampled_from(("", "x", "ab"))), max_size=4)
    return [base, *(_edits(base, draw(edits)) for _ in range(6))]


@given(LETTERS | near_texts())
def test_near_texts_are_those_that_comparing_each_with_each_finds(texts: list[str]) -> None:
    expected = {
        (frozenset((one, other)), distance)
        for one, other in combinations(set(texts), 2)
        if 0 < (distance := Levenshtein.distance(one, other)) <= allowed(min(len(one), len(other)))
    }
    found = [(frozenset((one, other)), n) for one, other, n in near_pairs(texts, len(texts))]
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.slow
@given(entries(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(named: list[Named], random: object) -> None:
    found = suspected(gathered(named))
    shuffled = list(named)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = suspected(gathered(shuffled))

    def shown(suspicions: object) -> list[object]:
        return [
            (each.one.order, each.other.order, [(r.kind, r.strength) for r in each.reasons])
            for each in suspicions  # type: ignore[attr-defined]
        ]

    assert shown(again) == shown(found)


@pytest.mark.slow
@given(entries())
def test_a_pair_is_suspected_once_and_nobody_of_being_himself(named: list[Named]) -> None:
    found = suspected(gathered(named))
    pairs = [frozenset((each.one.order, each.other.order)) for each in found]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(pairs) == len(set(pairs))
    strengths = [each.strength for each in found]
    assert strengths == sorted(strengths, reverse=True)


@pytest.mark.slow
@given(entries(), st.data())
def test_nobody_is_asked_twice_and_every_answer_can_be_taken_back(
    named: list[Named], data: st.DataObject
) -> None:
    identities = Identities()
    for each in suspected(gathered(named)):
        if not is_asked(each, identities, later=False):
            continue
        before = identities_text(identities)
        said = decision(each, data.draw(ANSWERS), "A. de Vries", date(2020, 11, 2))
        try:
            identities = with_answers(identities, [said])
        except ContradictionError:
            assert said.answer in {"part-of", "same"}
            continue
        assert answer_on(each, identities).answer == said.answer
        assert not is_asked(each, identities, later=False)
        assert is_asked(each, identities, later=True) == (said.answer == "later")
        assert not list(conflicts(identities.decisions))
        assert identities_text(without_last(identities)[0]) == before


@pytest.mark.slow
@given(entries())
def test_same_carries_over(named: list[Named]) -> None:
    suspicions = suspected(gathered(named))
    identities = Identities()
    for each in suspicions:
        if is_asked(each, identities, later=False):
            said = decision(each, Given(answer="same"), "A", date(2020, 11, 2))
            identities = with_answers(identities, [said])
    assert all(answer_on(each, identities).answer == "same" for each in suspicions)
    entries_asked = {each.order for one in suspicions for each in (one.one, one.other)}
    assert len(identities.decisions) < len(entries_asked) or not suspicions
