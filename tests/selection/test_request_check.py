"""Requests from Python: what does not fit is refused, with what may have been meant."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from math import inf, nan
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import (
    Quota,
    Request,
    gaps,
    load_criteria,
    load_longlist,
    robustness,
    score,
    shortlist,
    spread,
    tradeoff,
)
from kiamv_cli.base.language import in_language
from kiamv_cli.base.problem import Misfit
from kiamv_cli.reports import Plan
from kiamv_cli.selection import Sampling, Wanted
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli import Scores


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


@pytest.mark.parametrize(
    ("wishes", "field", "value", "suggestions"),
    [
        ({"size": 0}, "size", 0, ()),
        ({"size": -3}, "size", -3, ()),
        ({"size": 61}, "size", 61, ()),
        ({"size": True}, "size", True, ()),
        ({"balance": ("theme",)}, "balance", "theme", ("themes",)),
        ({"balance": ("themes", "themes")}, "balance", ("themes", "themes"), ()),
        ({"targets": {"theme": "even"}}, "targets", "theme", ("themes",)),
        ({"targets": {"themes": "evn"}}, "targets", "evn", ("even",)),
        ({"targets": {"themes": {"energy": F(-1)}}}, "targets", F(-1), ()),
        ({"targets": {"themes": "population"}}, "targets", "population", ()),
        ({"give_up": 5}, "give_up", 5, ("0.05",)),
        ({"give_up": "5"}, "give_up", "5", ("0.05",)),
        ({"give_up": 2.5}, "give_up", 2.5, ("0.025",)),
        ({"give_up": 101}, "give_up", 101, ()),
        ({"give_up": inf}, "give_up", inf, ()),
        ({"give_up": "much"}, "give_up", "much", ()),
        ({"size": 20.5}, "size", 20.5, ()),
        ({"size": "many"}, "size", "many", ()),
        ({"balance": 3}, "balance", 3, ()),
        ({"balance": "themes,theme"}, "balance", "theme", ("themes",)),
        ({"targets": {"themes": {"Enrgy": F(1)}}}, "targets", "Enrgy", ("energy",)),
        ({"exclude": "HANN"}, "exclude", "HANN", ("hannn",)),
        ({"at_least": {"NL-ZX": 1}}, "at_least", "NL-ZX", ("NL-ZH",)),
        ({"at_least": {"NL-ZE": -1}}, "at_least", -1, ()),
        ({"at_most": {"NL-ZE": 1.5}}, "at_most", 1.5, ()),
        ({"classes": ["eligibel"]}, "classes", "eligibel", ("eligible",)),
        ({"give_up": F(-1, 100)}, "give_up", F(-1, 100), ()),
        ({"include": {"hannm"}}, "include", "hannm", ("hannn",)),
        ({"exclude": {"hannm"}}, "exclude", "hannm", ("hannn",)),
        ({"include": {"hannn"}, "exclude": {"hannn"}}, "include", "hannn", ()),
        ({"include": {"hannn", "foodvalley"}, "size": 1}, "include", 2, ()),
        ({"quotas": (Quota("theme", "energy", 1),)}, "at_least", "theme", ("themes",)),
        ({"quotas": (Quota("provinces", "energy", 1),)}, "at_least", "energy", ()),
        ({"quotas": (Quota("themes", "energy", -1),)}, "at_least", -1, ()),
        ({"quotas": (Quota("themes", "energy", at_most=-1),)}, "at_most", -1, ()),
        ({"quotas": (Quota("themes", "energy", 61),)}, "at_least", 61, ()),
        ({"quotas": (Quota("themes", "energy", 10**40),)}, "at_least", 10**40, ()),
        ({"classes": {"eligibl"}}, "classes", "eligibl", ("eligible",)),
        ({"unknown": "provn"}, "unknown", "provn", ("proven",)),
        ({"seed": 3}, "seed", 3, ()),
        ({"seed": " "}, "seed", " ", ()),
        ({"seed": "a\x1b[1m"}, "seed", "a\x1b[1m", ()),
        ({"seed": "a\u202eb"}, "seed", "a\u202eb", ()),
    ],
)
def test_what_does_not_fit_is_refused(
    scores: Scores,
    wishes: dict[str, Any],
    field: str,
    value: object,
    suggestions: tuple[str, ...],
) -> None:
    with pytest.raises(Misfit) as caught:
        shortlist(scores, Request(**wishes))
    found = caught.value
    assert isinstance(found, ValueError)
    assert (found.field, found.value, found.suggestions[:1]) == (field, value, suggestions)
    assert field in str(found)
    with in_language("nl"):
        assert str(found) != ""


@pytest.mark.parametrize("ask", [gaps, robustness, tradeoff])
def test_every_search_refuses_it(scores: Scores, ask: Callable[..., object]) -> None:
    with pytest.raises(Misfit, match=r"exclude .hannm.: unknown\. Did you mean hannn"):
        ask(scores, Request(exclude=frozenset({"hannm"})))


def test_a_limit_that_no_list_reaches_is_none(scores: Scores) -> None:
    unlimited = shortlist(scores, Request(balance=()))
    for limit in (60, 10**9, 10**40):
        quotas = (Quota("themes", "energy", at_most=limit),)
        assert shortlist(scores, Request(balance=(), quotas=quotas)).members == unlimited.members


def test_sets_and_lists_are_as_good_as_frozen_ones(scores: Scores) -> None:
    wishes: dict[str, Any] = {
        "include": ["hannn"],
        "exclude": {"foodvalley"},
        "balance": ["themes"],
    }
    found = shortlist(scores, Request(size=5, **wishes))
    members = {one.scored.ecosystem.id for one in found.members}
    assert "hannn" in members
    assert "foodvalley" not in members


@pytest.mark.parametrize("weight", [F(-1), -1, 0.5])
def test_weights_are_exact_and_not_negative(weight: Any) -> None:  # noqa: ANN401 - wrong types
    programme = load_criteria()
    first, *others = programme.criteria
    changed = replace(programme, criteria=(replace(first, weight=weight), *others))
    with pytest.raises(Misfit, match="weight of multi-mission") as caught:
        score(load_longlist(programme=programme).longlist, changed)
    assert (caught.value.field, caught.value.value) == ("weight", weight)


def test_targets_of_a_spread_are_checked_likewise(scores: Scores) -> None:
    with pytest.raises(Misfit, match="Did you mean themes"):
        spread(scores, targets={"theme": "even"})
    with pytest.raises(Misfit, match="the population of each of the themes is not known"):
        spread(scores, targets={"themes": "population"})


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Sampling(samples=0), "samples"),
        (lambda: Sampling(samples=10**12), "samples"),
        (lambda: Sampling(concentration=0), "concentration"),
        (lambda: Sampling(concentration=nan), "concentration"),
        (lambda: Plan(draws=0), "draws"),
        (lambda: Plan(draws=10**9), "draws"),
        (lambda: Plan(most_margins=-1), "most_margins"),
        (lambda: Plan(without=frozenset({"gap"})), "without"),  # type: ignore[arg-type]
        (lambda: Wanted(alternatives=-1), "alternatives"),
        (lambda: Wanted(alternatives=10**12), "alternatives"),
        (lambda: HighsSolver(time_limit=-1), "time_limit"),
        (lambda: HighsSolver(time_limit=nan), "time_limit"),
    ],
)
def test_numbers_have_limits(make: Callable[[], object], field: str) -> None:
    with pytest.raises(Misfit) as caught:
        make()
    assert caught.value.field == field


def test_threads_have_limits_too(scores: Scores) -> None:
    for threads in (0, 10**9):
        with pytest.raises(Misfit, match="threads"):
            robustness(scores, Request(size=3), Sampling(samples=1), threads=threads)
