"""Which open criteria could change the shortlist, and what facts they take.

An open criterion lies between its proven and its possible score, and a shortlist changes with the
score of an ecosystem at one place only: it is in from there on, and out below (see ``what_if``). So
it is enough to try both ends. If neither changes the shortlist, no answer to that question does.
Where one criterion is not enough, those of the same ecosystem are added until it changes; questions
on different ecosystems together are left to sampling, as there are too many of them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Result
from kiamv_cli.scoring.model.resolve_open import open_criteria, resolve_open
from kiamv_cli.scoring.model.score import score_at
from kiamv_cli.selection.model.constrained import best
from kiamv_cli.selection.model.search import NoneFeasibleError, until_stopped
from kiamv_cli.selection.model.shortlist import barred, question, settled
from kiamv_cli.selection.model.what_if import WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.programme.model.facts import CriterionEvidence
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Selection
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.what_if import Effect


Chosen = tuple[str, ...]
Weight = tuple[int, int, Fraction, Fraction, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What follows if an open criterion turns out one way.

    ``sets`` are the smallest sets of its ecosystem's open criteria, by id and with this one among
    them, that change the shortlist if all of them turn out that way, where no part of the set
    does; most decisive first. If there is one of size 1, this criterion does it alone; if there is
    none, the shortlist stays as it is. ``effect`` is that of the first set.
    """

    sets: tuple[Chosen, ...] = ()
    effect: Effect | None = None

    @property
    def needed(self) -> int | None:
        """How many answers it takes, this one included; ``None`` where no number is enough."""
        return len(self.sets[0]) if self.sets else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """An open criterion of one ecosystem that could change the shortlist.

    ``score`` is the score of the ecosystem that counts today. ``known`` is all that is known on the
    criterion, ``possible`` its possible score.
    ``met`` is what follows if it turns out at its possible score, ``not_met`` if nothing more is
    found than is proven, and it is closed.
    """

    scored: EcosystemScore
    score: Fraction
    criterion: Criterion
    known: CriterionEvidence
    possible: Fraction
    met: Answer
    not_met: Answer

    @property
    def needed(self) -> int:
        """How many answers to questions on this ecosystem it takes at least."""
        return min(each.needed for each in (self.met, self.not_met) if each.needed)

    @property
    def weight(self) -> Weight:
        """How much the answer decides: see ``_in_order``; the greater goes first."""
        answers = [each for each in (self.met, self.not_met) if each.needed == self.needed]
        effects = [_weight(each.effect) for each in answers if each.effect]
        invalid, leaving, seats, points, places = zip(*effects, strict=True)
        return sum(invalid), sum(leaving), sum(seats, _NONE), sum(points, _NONE), sum(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps(Result):
    """The gaps as to one shortlist, most decisive first.

    ``today`` is that shortlist. ``tried`` counts the open criteria that were looked at, of
    ``undecided`` in all; where they differ, time ran out or the user interrupted.
    """

    scores: Scores
    request: Request
    today: Selection
    gaps: tuple[Gap, ...]
    tried: int
    undecided: int
    interrupted: bool = False

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.gaps)} gaps"
        yield f"{self.tried} tried"
        yield "complete" if self.complete else "not complete"

    @property
    def complete(self) -> bool:
        """Whether there was time for all."""
        return self.tried == self.undecided

    @property
    def at_stake(self) -> Mapping[str, int]:
        """The members that one answer could put out, with how many such questions there are."""
        return Counter(
            name
            for gap in self.gaps
            for name in {
                name
                for answer in (gap.met, gap.not_met)
                if answer.needed == 1 and answer.effect
                for name in answer.effect.goes
            }
        )


def gaps(
    scores: Scores,
    request: Request,
    solver: Solver,
    *,
    only: Iterable[str] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Gaps:
    """Find which open criteria could change the shortlist, as ``results.gaps`` does.

    ``only`` are the ids of the ecosystems to look at; ``None`` is all.
    """
    request = settled(scores, request, solver)
    search = _Search(scores, request, solver)
    looked = list(_undecided(scores, only))
    changing: list[Gap] = []
    tried = 0
    with until_stopped() as reached:
        for number, (one, criteria) in enumerate(looked, start=1):
            changing += search.of(one, criteria)
            tried += len(criteria)
            progress(number, len(looked))
    return Gaps(
        scores=scores,
        request=request,
        today=search.today,
        gaps=_in_order(changing),
        tried=tried,
        undecided=sum(len(criteria) for _, criteria in looked),
        interrupted=reached.interrupted,
    )


_NONE = Fraction(0)


def _undecided(
    scores: Scores, texts: Iterable[str] | None
) -> Iterator[tuple[EcosystemScore, Chosen]]:
    asked = None if texts is None else set(texts)
    for one in scores.ecosystems:
        criteria = open_criteria(one, scores.programme)
        if criteria and (asked is None or one.ecosystem.id in asked):
            yield one, criteria


class _Search:
    """The shortlist of today, and what answers would make of it."""

    def __init__(self, scores: Scores, request: Request, solver: Solver) -> None:
        self._scores, self._request, self._solver = scores, request, solver
        self._question = question(scores, request)
        self._candidates = {one.id: one for one in self._question.candidates}
        today = best(self._question, solver)
        if today is None:
            raise NoneFeasibleError
        self.today = today

    def of(self, candidate: EcosystemScore, criteria: Chosen) -> list[Gap]:
        """Find the gaps of one ecosystem."""
        what_if = WhatIf(
            question=self._question,
            today=self.today,
            candidate=self._candidates[candidate.ecosystem.id],
            solver=self._solver,
        )
        met, not_met = (
            self._changing(what_if, candidate, criteria, well=well) for well in (True, False)
        )
        return [
            self._gap(candidate, criterion, scored, met, not_met)
            for criterion, scored in zip(
                self._scores.programme.criteria, candidate.criteria, strict=True
            )
            if any(criterion.id in chosen for chosen in (*met, *not_met))
        ]

    def _gap(
        self,
        ecosystem: EcosystemScore,
        criterion: Criterion,
        scored: CriterionScore,
        met: Mapping[Chosen, Effect],
        not_met: Mapping[Chosen, Effect],
    ) -> Gap:
        known = criterion.evidence(ecosystem.ecosystem, self._scores.as_of)
        return Gap(
            scored=ecosystem,
            score=self._candidates[ecosystem.ecosystem.id].score,
            criterion=criterion,
            known=known,
            possible=scored.possible,
            met=_answer(criterion.id, met),
            not_met=_answer(criterion.id, not_met),
        )

    def _changing(
        self, what_if: WhatIf, scored: EcosystemScore, criteria: Chosen, *, well: bool
    ) -> dict[Chosen, Effect]:
        """Find all sets that change the shortlist together while no part of them does."""
        found: dict[Chosen, Effect] = {}
        if self._request.unknown == ("possible" if well else "proven"):
            return found  # the score that counts stays as it is, and so does the class

        def effect(chosen: Chosen) -> Effect | None:
            after = resolve_open(scored, self._scores.programme, chosen, well=well)
            score = score_at(after, self._scores.programme, self._request.unknown)
            return what_if.effect(score, barred=barred(after, self._request))

        # All together first: what does not even then change its place needs no solving for less.
        effect(criteria)
        for size in range(1, len(criteria) + 1):
            for chosen in combinations(criteria, size):
                if any(set(part) < set(chosen) for part in found):
                    continue
                if (changed := effect(chosen)) is not None:
                    found[chosen] = changed
        return found


def _answer(criterion: str, changing: Mapping[Chosen, Effect]) -> Answer:
    bearing = [chosen for chosen in changing if criterion in chosen]
    if not bearing:
        return Answer()
    smallest = [chosen for chosen in bearing if len(chosen) == len(bearing[0])]
    smallest.sort(key=lambda chosen: _weight(changing[chosen]), reverse=True)
    return Answer(sets=tuple(smallest), effect=changing[smallest[0]])


def _weight(effect: Effect) -> Weight:
    places = max(len(effect.comes), len(effect.goes))
    return int(not effect.allowed), effect.leaving, effect.seats, effect.points, places


def _in_order(unordered: Iterable[Gap]) -> tuple[Gap, ...]:
    """Sort, most decisive first; the order of the long list and the criteria breaks ties.

    First come the fewest answers needed; then those after which today's shortlist is no longer
    allowed; then by how much it falls short of the best, in who leaves, then in seats out of place,
    then in total score; then how many places change. Where both answers change the shortlist they
    are added up, as is done for the value of information (Howard, Information Value Theory, 1966)
    when both are as likely. Criteria of one ecosystem that need equally many answers stand
    together.
    """
    ordered = sorted(unordered, key=lambda gap: gap.weight, reverse=True)
    first: dict[tuple[int, str], int] = {}
    for place, gap in enumerate(ordered):
        first.setdefault((gap.needed, gap.scored.ecosystem.id), place)
    return tuple(
        sorted(ordered, key=lambda gap: (gap.needed, first[gap.needed, gap.scored.ecosystem.id]))
    )
