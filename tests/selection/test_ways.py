"""The nearest shortlists and the ways in, against all shortlists there are."""

import json
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from running import Kiamv
from strategies.selection import questions

from kiamv_cli.selection.model.constrained import total_out_of_place
from kiamv_cli.selection.model.question import Question, Status
from kiamv_cli.selection.model.select import describe, select
from kiamv_cli.selection.model.ways import steps, ways_in
from kiamv_cli.selection.solving.solver import HighsSolver


def _free(question: Question) -> Question:
    """Leave a question without wishes, of one seat or more."""
    return replace(
        question,
        size=max(question.size, 1),
        quotas=(),
        give_up=None,
        include=frozenset(),
        exclude=frozenset(),
    )


def _every(question: Question) -> Iterator[tuple[frozenset[str], Fraction, Fraction]]:
    """Yield all shortlists: their members, seats out of place, and total."""
    for chosen in combinations([one.id for one in question.candidates], question.size):
        found = describe(question, frozenset(chosen), Status(proven=True, step="lottery"))
        if question.include <= {*chosen}:
            yield frozenset(chosen), total_out_of_place(question, found), found.score


@settings(max_examples=20, deadline=None)
@given(questions(7))
def test_each_step_is_the_best_with_so_many_changes(question: Question) -> None:
    free = _free(question)
    ids = sorted(one.id for one in free.candidates)
    free = replace(free, include=frozenset(ids[-1:]))
    members = frozenset(ids[: free.size])
    ways = [*steps(free, members, 0, HighsSolver(time_limit=None))]
    before = None
    expected = []
    for changes in range(free.size + 1):
        ranks = [(out, -score) for who, out, score in _every(free) if len(members - who) <= changes]
        if ranks and (before is None or min(ranks) < before):
            before = min(ranks)
            expected.append((changes, *before))
    assert [(one.changes, one.seats, -one.selection.score) for one in ways] == expected


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(questions(7))
def test_the_ways_in_of_every_outsider(question: Question) -> None:
    free = _free(question)
    solver = HighsSolver(time_limit=None)
    today = select(free, solver)
    members = frozenset(today.members)
    for one in free.candidates:
        if one.id in members:
            continue
        found = ways_in(free, today, one.id, solver)
        with_it = [each for each in _every(free) if one.id in each[0]]
        swaps = [(out, -score) for who, out, score in with_it if len(members - who) == 1]
        assert found.swap
        assert (found.swap.seats, -found.swap.selection.score) == min(swaps)
        least = min(out for _who, out, _score in with_it)
        fewest = min(len(members - who) for who, out, _score in with_it if out == least)
        assert found.balanced
        assert found.balanced.seats == least
        assert found.balanced.changes == fewest


@pytest.mark.slow
def test_a_committee_sees_what_each_change_buys(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kiamv("shortlist", "-n", "10", "-f", "json", "-o", "now.json")
    with_it = ("shortlist", "-n", "10", "--keep", "now.json", "--include", "medical-delta")
    found = json.loads(kiamv(*with_it, "-f", "json").stdout)
    front = found["keep"]["ways"]
    assert found["keep"]["complete"]
    assert [each["changes"] for each in front] == sorted({each["changes"] for each in front})
    assert front[0]["ids"] == [each["id"] for each in found["selected"]]
    assert "Medical Delta for " in kiamv(*with_it).stdout
    most = front[-1]
    chosen = json.loads(kiamv(*with_it, "--changes", str(most["changes"]), "-f", "json").stdout)
    assert [each["id"] for each in chosen["selected"]] == most["ids"]
    assert "The ways in" in kiamv("explain", "medical-delta", "-n", "10").stdout
