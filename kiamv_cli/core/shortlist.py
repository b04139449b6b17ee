"""The shortlist: the question put to the engine, and the answer with all that explains it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.core.request_check import check_request, check_targets
from kiamv_cli.core.score import score_at
from kiamv_cli.core.selection.question import Candidate, Question
from kiamv_cli.core.selection.search import InfeasibleError, NoShortlistError
from kiamv_cli.core.selection.select import select
from kiamv_cli.core.selection.swaps import best_swaps, exchanges
from kiamv_cli.core.spread import out_of_place, spread
from kiamv_cli.core.targets import places, targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.programme import DimensionId
    from kiamv_cli.core.score import Bound, EcosystemScore, Scores
    from kiamv_cli.core.selection.question import Quota, Selection
    from kiamv_cli.core.selection.swaps import Exchange
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.core.targets import TargetRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a shortlist.

    ``targets`` says for a dimension how its seats should lie (``even`` where nothing is said):
    a rule, or shares by category. ``give_up`` is the share of the best total score, 0 to 1,
    by which any shortlist may fall short of it. ``classes`` holds the classes that may be in, by
    id, at worst (at best with ``unknown="possible"``); empty is all. ``unknown`` says which score
    counts.
    """

    size: int = 20
    balance: tuple[DimensionId, ...] = ("themes", "provinces")
    targets: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]] = field(default_factory=dict)
    give_up: Fraction | None = None
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    quotas: tuple[Quota, ...] = ()
    classes: frozenset[str] = frozenset()
    unknown: Bound = "proven"
    seed: str = "kiamv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One ecosystem of a shortlist.

    ``score`` is in [0, 1], at the bound asked for. ``replacement`` is the id of the best single
    swap, ``None`` where no other may take its place.
    """

    scored: EcosystemScore
    score: Fraction
    replacement: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """A shortlist: its members by score, then id, and what there is to know of it.

    ``spread`` and ``out_of_place`` (seats) hold both dimensions, balanced or not.
    ``unbalanced`` is the best shortlist under the same wishes without balance, and
    ``exchanges`` who gave way to whom because of balance. ``hanging`` holds the members that
    would not be in if every open criterion turned out at its possible score (with
    ``unknown="possible"``: at its proven score); ``None`` where time ran out before.
    """

    scores: Scores
    request: Request
    members: tuple[Member, ...]
    selection: Selection
    spread: Mapping[DimensionId, tuple[CategorySpread, ...]]
    out_of_place: Mapping[DimensionId, Fraction]
    unbalanced: Selection | None
    exchanges: tuple[Exchange, ...]
    hanging: frozenset[str] | None


def shortlist(scores: Scores, request: Request, solver: Solver) -> Shortlist:
    """Pick the shortlist asked for, proven best in every step.

    Args:
        scores: The scored long list.
        request: Size, balance, wishes.
        solver: Solves integer programs; it keeps the time limit.

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: Time ran out, or the user interrupted, before there was any shortlist.
        Misfit: The request does not fit the long list: a size larger than it, an unknown id,
            category or class, a target that cannot be computed.
    """
    asked = question(scores, request)
    selection = select(asked, solver)
    unbalanced = hanging = None
    if selection.status.proven:
        unbalanced = select(replace(asked, balance=(), give_up=None), solver)
        hanging = _hanging(scores, request, selection, solver)
    spreads = spread_of(scores, selection.members, request.targets)
    return Shortlist(
        scores=scores,
        request=request,
        members=_members(scores, request, asked, selection, unbalanced),
        selection=selection,
        spread=spreads,
        out_of_place={dimension: out_of_place(seats) for dimension, seats in spreads.items()},
        unbalanced=unbalanced,
        exchanges=_exchanges(asked, unbalanced, selection),
        hanging=hanging,
    )


def question(scores: Scores, request: Request) -> Question:
    """Put a request to the engine's words: candidates with exact scores, targets in seats.

    Raises:
        Misfit: The request does not fit the long list.
    """
    check_request(request, scores)
    ecosystems = scores.longlist.ecosystems
    return Question(
        candidates=tuple(_candidate(one, scores, request) for one in scores.ecosystems),
        size=request.size,
        targets={
            name: targets(request.targets.get(name, "even"), dimension, ecosystems, request.size)
            for name, dimension in scores.programme.dimensions.items()
        },
        balance=request.balance,
        include=frozenset(request.include),
        exclude=frozenset(request.exclude),
        barred=frozenset(one.ecosystem.id for one in scores.ecosystems if barred(one, request)),
        quotas=tuple(_capped(quota, len(ecosystems)) for quota in request.quotas),
        give_up=request.give_up,
        seed=request.seed,
    )


def _capped(quota: Quota, total: int) -> Quota:
    """Take a limit that no long list of so many reaches down to it: then numbers stay small."""
    if quota.at_most is None:
        return quota
    return replace(quota, at_most=min(quota.at_most, total))


def barred(one: EcosystemScore, request: Request) -> bool:
    """Tell whether the classes asked for leave an ecosystem out."""
    bound = one.best if request.unknown == "possible" else one.worst
    return bool(request.classes) and bound.id not in request.classes


def spread_of(
    scores: Scores,
    members: Iterable[str],
    wanted: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]],
) -> dict[DimensionId, tuple[CategorySpread, ...]]:
    """Count the seats of any set of ecosystems, by id, in both dimensions.

    Raises:
        KeyError: There is no such ecosystem.
        Misfit: A target is none.
    """
    check_targets(wanted, scores.programme)
    by_id = {one.id: one for one in scores.longlist.ecosystems}
    chosen = [by_id[member] for member in members]
    found = {}
    for name in DIMENSIONS:
        dimension = scores.programme.dimensions[name]
        goal = targets(wanted.get(name, "even"), dimension, scores.longlist.ecosystems, len(chosen))
        found[name] = spread((places(one, name) for one in chosen), goal)
    return found


def _candidate(one: EcosystemScore, scores: Scores, request: Request) -> Candidate:
    return Candidate(
        id=one.ecosystem.id,
        score=score_at(one, scores.programme, request.unknown),
        places={name: places(one.ecosystem, name) for name in DIMENSIONS},
    )


def _exchanges(
    asked: Question, unbalanced: Selection | None, selection: Selection
) -> tuple[Exchange, ...]:
    if unbalanced is None:
        return ()
    return exchanges(asked.candidates, unbalanced.members, selection.members)


def _members(
    scores: Scores,
    request: Request,
    asked: Question,
    selection: Selection,
    unbalanced: Selection | None,
) -> tuple[Member, ...]:
    by_id = {one.ecosystem.id: one for one in scores.ecosystems}
    floor = None
    if unbalanced is not None and request.give_up is not None:
        floor = (1 - request.give_up) * unbalanced.score
    swaps = best_swaps(asked, selection.members, floor)
    return tuple(
        Member(
            scored=by_id[member],
            score=score_at(by_id[member], scores.programme, request.unknown),
            replacement=swaps[member],
        )
        for member in selection.members
    )


def _hanging(
    scores: Scores, request: Request, selection: Selection, solver: Solver
) -> frozenset[str] | None:
    other = replace(request, unknown="proven" if request.unknown == "possible" else "possible")
    try:
        elsewhere = select(question(scores, other), solver)
    except InfeasibleError:
        # Only a class filter can differ between the bounds: then everyone's place hangs on it.
        return frozenset(selection.members)
    except NoShortlistError:
        return None
    if not elsewhere.status.proven:
        return None
    return frozenset(selection.members) - frozenset(elsewhere.members)
