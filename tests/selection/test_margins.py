"""The margins against every shortlist there is: past the threshold the place turns."""

from dataclasses import replace
from fractions import Fraction as F

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from oracles.ranking import allowed, ids, lowest, ranked
from oracles.thresholds import threshold
from strategies.decisive import seeds, tense
from strategies.selection import wishing

from kiamv_cli.selection.model.near_misses import Margin, margin
from kiamv_cli.selection.model.question import Candidate, Question, Quota
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.solving.solver import HighsSolver

HAIR = F(1, 10**9)


def at(question: Question, identifier: str, score: F) -> frozenset[str]:
    """Give the shortlist that there would be if one candidate had this score."""
    found = brute.selected(with_score(question, identifier, score))
    assert found is not None
    return found


def with_score(question: Question, identifier: str, score: F) -> Question:
    candidates = tuple(
        replace(one, score=score) if one.id == identifier else one for one in question.candidates
    )
    return replace(question, candidates=candidates)


def check(question: Question, found: Margin, today: frozenset[str]) -> None:
    name, turn = found.id, found.threshold
    assert found.member == (name in today)
    if found.then:
        assert set(found.comes) == set(found.then) - today
        assert set(found.goes) == today - set(found.then)
    if turn is None:
        assert (name in at(question, name, F(0))) == found.member
        assert (name in at(question, name, F(1))) == found.member
        check_bar(question, found)
        return
    assert found.bar is None
    assert 0 <= turn <= 1
    below, above = at(question, name, turn - HAIR), at(question, name, turn + HAIR)
    assert name not in below
    assert name in above
    assert (name in at(question, name, turn)) == found.in_at_threshold
    assert set(found.then) == (below if found.member else above)


def check_bar(question: Question, found: Margin) -> None:
    """Compare the best shortlists on both sides at the score that is worst for its place."""
    extreme = F(0 if found.member else 1)
    asked = with_score(question, found.id, extreme)
    meeting = list(brute.shortlists(asked))
    there = [one for one in meeting if (found.id in ids(one)) != found.member]
    if found.bar == "wishes":
        assert not there
        assert not found.then
        return
    least = lowest(asked, meeting)
    reaching = ranked(asked, [one for one in allowed(asked) if one in there])
    if not reaching:
        assert found.bar == "score"
        assert least is not None
        assert found.points == least - max(map(brute.score, there)) > 0
        assert not found.then
        return
    mine, other = ranked(asked, allowed(asked))[0], reaching[0]
    assert set(found.then) == ids(other)
    leaving = brute.left(asked, other) - brute.left(asked, mine)
    assert found.leaving == leaving >= 0
    if leaving:
        assert found.bar == "keep"
        return
    seats = brute.out(asked, other) - brute.out(asked, mine)
    assert found.seats == seats >= 0
    assert found.bar == ("balance" if seats else "score")
    points = F(0) if seats else brute.score(mine) - brute.score(other)
    assert found.points == points >= 0


def check_all(question: Question) -> None:
    today = brute.selected(question)
    assert today is not None
    solver = HighsSolver()
    selection = select(question, solver)
    for one in question.candidates:
        check(question, margin(question, selection, one.id, solver), today)


@pytest.mark.slow
@given(wishing(most=8))
@settings(max_examples=50, deadline=None)
def test_the_place_turns_at_the_threshold_and_nowhere_else(question: Question) -> None:
    assume(brute.selected(question) is not None)
    check_all(question)


@pytest.mark.slow
@given(seeds.map(tense))
@settings(max_examples=50, deadline=None)
def test_the_threshold_heeds_what_may_be_given_up(question: Question) -> None:
    assume(brute.selected(question) is not None)
    check_all(question)


def plain(name: str, score: F, *themes: str) -> Candidate:
    return Candidate(name, score, {"themes": themes})


def test_where_what_may_be_given_up_is_out_of_reach_it_says_by_how_much() -> None:
    # Where "all" is in, neither "food" nor "health" can be; without "sun", "all" must be in.
    question = Question(
        candidates=(
            plain("food", F(1), "food"),
            plain("health", F(1), "health"),
            plain("sun", F(1, 2), "sun"),
            plain("all", F(0), "food", "health", "sun"),
            plain("rain", F(0), "rain"),
            plain("snow", F(0), "rain"),
        ),
        size=3,
        targets={"themes": {"food": F(1), "health": F(1), "sun": F(1), "rain": F(0)}},
        balance=("themes",),
        quotas=(
            Quota("themes", "food", at_most=1),
            Quota("themes", "health", at_most=1),
            Quota("themes", "sun", at_least=1),
        ),
        give_up=F(1, 5),
    )
    check_all(question)
    solver = HighsSolver()
    selection = select(question, solver)
    kept = margin(question, selection, "sun", solver)
    assert (kept.member, kept.bar, kept.points, kept.then) == (True, "score", F(8, 5), ())
    barred = margin(question, selection, "all", solver)
    assert (barred.member, barred.bar, barred.points, barred.then) == (False, "score", F(1, 2), ())


def test_the_floor_bars_without_balance_too() -> None:
    # Where "both" is in, neither "food" nor "sun" can be.
    question = Question(
        candidates=(
            plain("food", F(1), "food"),
            plain("sun", F(1), "sun"),
            plain("both", F(1, 2), "food", "sun"),
            plain("rain", F(0), "rain"),
        ),
        size=2,
        targets={"themes": {"food": F(1), "sun": F(1), "rain": F(0)}},
        balance=(),
        quotas=(Quota("themes", "food", at_most=1), Quota("themes", "sun", at_most=1)),
        give_up=F(1, 4),
    )
    check_all(question)
    solver = HighsSolver()
    barred = margin(question, select(question, solver), "both", solver)
    assert (barred.bar, barred.points, barred.then) == ("score", F(1, 2), ())


def test_an_unknown_candidate_is_refused() -> None:
    question = Question(
        candidates=(plain("a", F(1), "food"),),
        size=1,
        targets={"themes": {"food": F(1)}},
        balance=(),
    )
    solver = HighsSolver()
    with pytest.raises(KeyError):
        margin(question, select(question, solver), "b", solver)


@pytest.mark.slow
@given(wishing(most=7) | seeds.map(tense))
@settings(max_examples=40, deadline=None)
def test_thresholds_are_those_of_the_letter_of_the_rule(question: Question) -> None:
    assume(brute.selected(question) is not None)
    solver = HighsSolver()
    selection = select(question, solver)
    for one in question.candidates:
        found = margin(question, selection, one.id, solver)
        assert found.threshold == threshold(question, one.id)
