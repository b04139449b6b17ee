"""The gaps against every shortlist there is: settle, score again, select again, compare."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, groupby

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from oracles.ranking import ids, lowest
from strategies.decisive import seeds
from strategies.undecided import criterion_score, scored, undecided

from kiamv_cli.scoring.model.score import Bound, EcosystemScore, Scores
from kiamv_cli.selection.model.gaps import Answer, Gap, Gaps, gaps
from kiamv_cli.selection.model.question import Question
from kiamv_cli.selection.model.request import Request
from kiamv_cli.selection.model.shortlist import question
from kiamv_cli.selection.solving.solver import HighsSolver

Ids = frozenset[str]
SOLVER = HighsSolver()


def asked(scores: Scores, request: Request) -> Question:
    found = question(scores, request)
    return replace(found, exclude=found.exclude | found.barred, barred=frozenset())


def settled(scores: Scores, name: str, chosen: tuple[str, ...], *, well: bool) -> Scores:
    """Score again, as if these criteria had turned out well or badly and were closed."""

    def after(one: EcosystemScore) -> EcosystemScore:
        if one.ecosystem.id != name:
            return one
        criteria = []
        for criterion, each in zip("abc", one.criteria, strict=True):
            end = each.possible if well else each.proven
            closed = criterion_score(end, end, known=True)
            criteria.append(closed if criterion in chosen else each)
        return scored(one.ecosystem, tuple(criteria))

    return replace(scores, ecosystems=tuple(map(after, scores.ecosystems)))


class Oracle:
    """Knows of every set of answers which shortlist there would be."""

    def __init__(
        self, scores: Scores, request: Request, one: EcosystemScore, *, well: bool
    ) -> None:
        self.scores, self.request, self.well, self.name = scores, request, well, one.ecosystem.id
        self.today = brute.selected(asked(scores, request))
        self.criteria = [k for k, c in zip("abc", one.criteria, strict=True) if c.open]
        self.select = cache(self._select)

    def _select(self, chosen: tuple[str, ...]) -> Ids | None:
        return brute.selected(self.asked(chosen))

    def asked(self, chosen: tuple[str, ...]) -> Question:
        return asked(settled(self.scores, self.name, chosen, well=self.well), self.request)

    def smallest(self, criterion: str) -> list[tuple[str, ...]]:
        """Give the smallest sets with the criterion that change what no part of them changes."""
        sets = [chosen for chosen in subsets(self.criteria) if self.turns(chosen)]
        least = [
            chosen
            for chosen in sets
            if criterion in chosen and not any({*part} < {*chosen} for part in sets)
        ]
        return [chosen for chosen in least if len(chosen) == len(least[0])]

    def turns(self, chosen: tuple[str, ...]) -> bool:
        return self.select(chosen) != self.today


def subsets(criteria: list[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(criteria) + 1):
        yield from combinations(criteria, size)


def check(oracle: Oracle, criterion: str, answer: Answer) -> None:
    assert sorted(answer.sets) == sorted(oracle.smallest(criterion))
    if answer.effect is None:
        assert not answer.sets
        return
    effect, today = answer.effect, oracle.today
    assert today is not None
    after, then = oracle.asked(answer.sets[0]), oracle.select(answer.sets[0])
    assert (None if effect.then is None else frozenset(effect.then.members)) == then
    assert set(effect.comes) == (then or set()) - today
    assert set(effect.goes) == today - (then or set())
    meeting = list(brute.shortlists(after))
    (still,) = [c for c in combinations(after.candidates, after.size) if ids(c) == today]
    floor = lowest(after, meeting)
    allowed = still in meeting and (floor is None or brute.score(still) >= floor)
    assert effect.allowed == allowed
    if allowed:
        assert effect.then is not None
        (best,) = [one for one in meeting if ids(one) == then]
        assert effect.then.score == brute.score(best)
        seats = brute.out(after, still) - brute.out(after, best)
        assert effect.seats == seats >= 0
        assert effect.points == (0 if seats else brute.score(best) - brute.score(still)) >= 0


def check_order(found: Gaps) -> None:
    needed = [gap.needed for gap in found.gaps]
    assert needed == sorted(needed)
    calls = [list(each) for _, each in groupby(found.gaps, key=call)]
    assert len(calls) == len({call(gap) for gap in found.gaps})
    for _, group in groupby(calls, key=lambda each: each[0].needed):
        tops = [each[0].weight for each in group]
        assert tops == sorted(tops, reverse=True)
    for each in calls:
        weights = [gap.weight for gap in each]
        assert weights == sorted(weights, reverse=True)


def call(gap: Gap) -> tuple[int, str]:
    return gap.needed, gap.scored.ecosystem.id


@pytest.mark.slow
@given(seeds.map(undecided))
@settings(max_examples=80, deadline=None)
def test_settling_what_is_open_and_selecting_again_gives_the_same(
    made: tuple[Scores, Request],
) -> None:
    scores, request = made
    assume(brute.selected(asked(scores, request)) is not None)
    found = gaps(scores, request, SOLVER)
    assert found.complete
    assert frozenset(found.today.members) == brute.selected(asked(scores, request))
    known = {(gap.scored.ecosystem.id, gap.criterion.id): gap for gap in found.gaps}
    for one in scores.ecosystems:
        met, not_met = (Oracle(scores, request, one, well=well) for well in (True, False))
        for criterion in met.criteria:
            gap = known.pop((one.ecosystem.id, criterion), None)
            check(met, criterion, gap.met if gap else Answer())
            check(not_met, criterion, gap.not_met if gap else Answer())
    assert not known
    check_order(found)


@pytest.mark.slow
@given(seeds.map(undecided))
@settings(max_examples=20, deadline=None)
def test_what_does_not_count_changes_nothing(made: tuple[Scores, Request]) -> None:
    scores, request = made
    bounds: tuple[Bound, ...] = ("proven", "possible")
    for bound in bounds:
        put = replace(request, unknown=bound)
        if brute.selected(asked(scores, put)) is None:
            continue
        for gap in gaps(scores, put, SOLVER).gaps:
            assert (gap.not_met if bound == "proven" else gap.met) == Answer()
