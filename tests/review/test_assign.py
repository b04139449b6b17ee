"""Who judges what: fair and spread, against every other way of dividing a short list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction as F
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist, Suggestion
from kiamv_cli.review.model.assign import assign
from kiamv_cli.review.model.people import Reviewer

PROVINCES, THEMES = ("NL-GR", "NL-FR", "NL-DR"), ("energy", "health")


@st.composite
def reviews(draw: st.DrawFn, most: int = 5) -> tuple[Longlist, list[Reviewer]]:
    ids = [f"e{number}" for number in range(draw(st.integers(1, most)))]
    some = st.sets(st.sampled_from(PROVINCES), min_size=1).map(sorted).map(tuple)
    topics = st.sets(st.sampled_from(THEMES), min_size=1).map(sorted).map(tuple)
    ecosystems = tuple(
        Ecosystem(
            id=each,
            name=each,
            provinces=draw(some),
            themes=draw(topics),
            suggested_by=tuple(
                Suggestion(by=by) for by in draw(st.sets(st.sampled_from(["R0", "x"])))
            ),
        )
        for each in ids
    )
    reviewers = [
        Reviewer(id=f"r{n}", name=f"R{n}", interests=tuple(draw(st.sets(st.sampled_from(ids)))))
        for n in range(draw(st.integers(1, 3)))
    ]
    longlist = Longlist(title="t", as_of=date(2026, 1, 1), ecosystems=ecosystems)
    return longlist, reviewers


@settings(max_examples=50)
@given(review=reviews(), per=st.none() | st.integers(1, 3), seed=st.text(max_size=3))
def test_each_goes_to_as_many_as_wanted_of_those_who_may(
    review: tuple[Longlist, list[Reviewer]], per: int | None, seed: str
) -> None:
    longlist, reviewers = review
    found = assign(longlist, reviewers, per, seed)
    given_to = Counter(each for turns in found.turns.values() for each in turns)
    for each in longlist.ecosystems:
        able = [r for r in reviewers if each.id not in found.barred[r.id]]
        assert given_to[each.id] == min(len(reviewers) if per is None else per, len(able))
        assert found.short.get(each.id) == (len(able) if len(able) < (per or 1) else None)
    for reviewer in reviewers:
        assert not set(found.turns[reviewer.id]) & set(reviewer.interests)
        suggested = {e.id for e in longlist.ecosystems if Suggestion(by="R0") in e.suggested_by}
        if reviewer.name == "R0":
            assert suggested <= set(found.barred[reviewer.id])
    assert found == assign(longlist, reviewers, per, seed)


@pytest.mark.slow
@given(review=reviews(), per=st.integers(1, 2))
def test_no_other_division_is_more_equal(review: tuple[Longlist, list[Reviewer]], per: int) -> None:
    longlist, reviewers = review
    found = assign(longlist, reviewers, per)
    choices = []
    for each in longlist.ecosystems:
        able = [r.id for r in reviewers if each.id not in found.barred[r.id]]
        choices.append(list(combinations(able, min(per, len(able)))))
    best = min(
        sum(n * n for n in Counter(r for group in division for r in group).values())
        for division in product(*choices)
    )
    assert sum(len(turns) ** 2 for turns in found.turns.values()) == best


def squares(longlist: Longlist, turns: dict[str, set[str]]) -> F:
    """The sum over reviewers and categories of the squared seats."""
    listed = {each.id: each for each in longlist.ecosystems}
    total = F(0)
    for ids in turns.values():
        seats: dict[str, F] = {}
        for each in ids:
            for categories in (listed[each].provinces, listed[each].themes):
                for category in categories:
                    seats[category] = seats.get(category, F(0)) + F(1, len(categories))
        total += sum((n * n for n in seats.values()), F(0))
    return total


@pytest.mark.slow
@given(review=reviews(most=9), per=st.integers(1, 2))
def test_no_exchange_between_two_spreads_themes_and_provinces_better(
    review: tuple[Longlist, list[Reviewer]], per: int
) -> None:
    longlist, reviewers = review
    found = assign(longlist, reviewers, per)
    turns = {who: set(ids) for who, ids in found.turns.items()}
    now = squares(longlist, turns)
    for one, other in combinations(turns, 2):
        for mine, yours in product(turns[one] - turns[other], turns[other] - turns[one]):
            if mine not in found.barred[other] and yours not in found.barred[one]:
                after = turns | {
                    one: turns[one] - {mine} | {yours},
                    other: turns[other] - {yours} | {mine},
                }
                assert squares(longlist, after) >= now
