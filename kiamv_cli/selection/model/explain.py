"""Why an ecosystem stands where it stands: evidence, scores, and its place in a shortlist."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Result
from kiamv_cli.longlist.model.lookup import find
from kiamv_cli.scoring.model.resolve_open import decisive_sets, open_criteria, resolved_score
from kiamv_cli.selection.model.lots import lots
from kiamv_cli.selection.model.near_misses import margin
from kiamv_cli.selection.model.prove import MOST_EQUAL
from kiamv_cli.selection.model.search import NoShortlistError, until_stopped
from kiamv_cli.selection.model.select import best_with_proof
from kiamv_cli.selection.model.shortlist import question, settled
from kiamv_cli.selection.model.ways import ways_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from fractions import Fraction

    from kiamv_cli.programme.model.facts import CriterionEvidence
    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.lots import Lots
    from kiamv_cli.selection.model.near_misses import Margin
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.question import Question
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.ways import WaysIn


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an ecosystem is as to one shortlist, and what would have to be different.

    ``decisive`` holds the smallest sets of its own open criteria, by id, that would bring it in if
    they turned out at their possible scores (of a member: that would put it out, at their proven
    ones); empty where no set would. ``reach`` is the score that counts if all of them did.
    ``without_balance`` says whether it would be in if balance did not count. ``barred`` is true
    where the classes asked for leave it out. ``lots`` are whose places only the lottery decided,
    ``None`` where that is not proven. ``ways`` are the ways in of an outsider, ``None`` of a
    member, and where they were not asked for.
    """

    margin: Margin
    decisive: tuple[tuple[str, ...], ...]
    reach: Fraction
    without_balance: bool
    barred: bool
    lots: Lots | None = None
    ways: WaysIn | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One ecosystem: ``evidence`` in the order of the criteria; ``place`` where there was time."""

    scored: EcosystemScore
    evidence: tuple[CriterionEvidence, ...]
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Result):
    """Some ecosystems explained, in the order asked for, as to one shortlist."""

    scores: Scores
    request: Request
    ecosystems: tuple[Explained, ...]
    interrupted: bool = False

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield from (each.scored.ecosystem.id for each in self.ecosystems)

    @property
    def complete(self) -> bool:
        """Whether there was time for the place of each."""
        return all(one.place is not None for one in self.ecosystems)


def explain(
    scores: Scores,
    names: Iterable[str],
    request: Request,
    solver: ProvingSolver,
    *,
    placed: int | None = None,
    with_ways: bool = True,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Explanation:
    """Explain ecosystems, as ``results.explain`` does; the place of the first ``placed`` alone.

    ``with_ways`` asks for the ways in of outsiders, each of which takes searches of its own.
    ``progress`` gets of how many the place is found, and of how many it will be.
    """
    ids = dict.fromkeys(find(scores.longlist, name).id for name in names)
    by_id = {one.ecosystem.id: one for one in scores.ecosystems}
    looked = [by_id[name] for name in ids][:placed]
    request = settled(scores, request, solver) if looked else request
    places: list[Place] = []
    with until_stopped() as reached:
        every = _places(scores, request, looked, solver, with_ways=with_ways) if looked else ()
        for place in every:
            places.append(place)
            progress(len(places), len(looked))
    return Explanation(
        scores=scores,
        request=request,
        ecosystems=tuple(
            _explained(scores, by_id[name], place) for name, place in zip_longest(ids, places)
        ),
        interrupted=reached.interrupted,
    )


def _explained(scores: Scores, scored: EcosystemScore, place: Place | None) -> Explained:
    criteria = scores.programme.criteria
    return Explained(
        scored=scored,
        evidence=tuple(each.evidence(scored.ecosystem, scores.as_of) for each in criteria),
        place=place,
    )


def _places(
    scores: Scores,
    request: Request,
    ecosystems: Iterable[EcosystemScore],
    solver: ProvingSolver,
    *,
    with_ways: bool,
) -> Iterator[Place]:
    asked = question(scores, request)
    best = best_with_proof(asked, solver)
    if best.unbalanced is None:
        raise NoShortlistError(interrupted=best.selection.status.interrupted)
    drawn, free = lots(best.proven, MOST_EQUAL), best.unbalanced
    for one in ecosystems:
        name = one.ecosystem.id
        found = margin(asked, best.selection, name, solver)
        place = _place(scores, request, one, found, asked, drawn, in_free=name in free.members)
        if with_ways and not found.member:
            place = replace(place, ways=ways_in(asked, best.selection, name, solver))
        yield place


def _place(
    scores: Scores,
    request: Request,
    scored: EcosystemScore,
    margin: Margin,
    question: Question,
    lots: Lots | None,
    *,
    in_free: bool,
) -> Place:
    programme, bound, well = scores.programme, request.unknown, not margin.member
    undecided = open_criteria(scored, programme)
    return Place(
        margin=margin,
        decisive=decisive_sets(
            scored, programme, bound, lambda score: _turns(margin, score), well=well
        ),
        reach=resolved_score(scored, programme, bound, undecided, well=well),
        without_balance=in_free,
        barred=scored.ecosystem.id in question.barred,
        lots=lots,
    )


def _turns(margin: Margin, score: Fraction) -> bool:
    """Return whether this score of its own would put it on the other side of the line."""
    if margin.threshold is None:
        return False
    if score == margin.threshold:
        return margin.in_at_threshold != margin.member
    return (score > margin.threshold) != margin.member
