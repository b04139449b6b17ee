"""What is asked of a shortlist, checked, and the answer with all that explains it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.files import check_text
from kiamv_cli.base.problem import Misfit, is_exact, is_whole, unknown
from kiamv_cli.base.text import Text
from kiamv_cli.scoring.model.score import BOUNDS, score_at
from kiamv_cli.selection.model.lots import lots
from kiamv_cli.selection.model.prove import MOST_EQUAL, best_with_proof
from kiamv_cli.selection.model.question import Candidate, Question
from kiamv_cli.selection.model.search import InfeasibleError, NoShortlistError
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.model.spread import TARGET_RULES, out_of_place, spread, targets
from kiamv_cli.selection.model.swaps import best_swaps, exchanges

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

    from kiamv_cli.programme.model.programme import DimensionId, Programme
    from kiamv_cli.scoring.model.score import Bound, EcosystemScore, Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.lots import Lots
    from kiamv_cli.selection.model.prove import Proof, ProvingSolver
    from kiamv_cli.selection.model.question import Quota, Selection
    from kiamv_cli.selection.model.spread import CategorySpread, TargetRule
    from kiamv_cli.selection.model.swaps import Exchange


def check_request(request: Request, scores: Scores) -> None:
    """Check what is asked of a shortlist against a scored long list.

    Raises:
        Misfit: Something does not fit it, or makes no sense at all.
    """
    _check_size(request.size, len(scores.ecosystems))
    _check_known("balance", request.balance, scores.programme.dimensions)
    if len({*request.balance}) < len(request.balance):
        raise Misfit("balance", request.balance, Text("requests.dimension-twice"))
    check_targets(request.targets, scores.programme)
    _check_give_up(request.give_up)
    ids = dict.fromkeys(one.ecosystem.id for one in scores.ecosystems)
    _check_known("include", request.include, ids)
    _check_known("exclude", request.exclude, ids)
    _check_pins(request)
    for quota in request.quotas:
        _check_quota(quota, scores)
    _check_known("classes", request.classes, [one.id for one in scores.programme.classes])
    _check_known("unknown", [request.unknown], BOUNDS)
    check_text("seed", request.seed)


def check_targets(targets: Mapping[DimensionId, object], programme: Programme) -> None:
    """Check rules and shares by which targets are set.

    Raises:
        Misfit: A dimension, rule or category is unknown, or a share is no exact number from 0.
    """
    _check_known("targets", list(targets), programme.dimensions)
    for dimension, rule in targets.items():
        categories = programme.dimensions[dimension].categories
        if isinstance(rule, Mapping):
            _check_known("targets", list(rule), [one.id for one in categories])
            for category, share in rule.items():
                if not is_exact(share) or share < 0:
                    text = Text("requests.share-not-exact", category=category)
                    raise Misfit("targets", share, text)
            continue
        _check_known("targets", [rule], TARGET_RULES)
        if rule == "population" and any(one.population is None for one in categories):
            text = Text("requests.rule-without-population", dimension=dimension)
            raise Misfit("targets", rule, text)


def _check_known(field: str, values: object, known: Collection[str]) -> None:
    if isinstance(values, str) or not isinstance(values, Collection):
        raise Misfit(field, values, Text("requests.not-several"))
    for value in values:
        if value not in known:
            raise unknown(field, value, known)


def _check_size(size: object, total: int) -> None:
    if not is_whole(size) or size < 1:
        raise Misfit("size", size, Text("requests.not-from-1"))
    if size > total:
        text = Text("requests.size-over-total", total=total)
        raise Misfit("size", size, text)


def _check_give_up(share: object) -> None:
    if share is not None and not (is_exact(share) and 0 <= share <= 1):
        text = Text("requests.not-a-share")
        raise Misfit("give_up", share, text)


def _check_pins(request: Request) -> None:
    if both := {*request.include} & {*request.exclude}:
        text = Text("requests.both")
        raise Misfit("include", min(both), text, other="exclude")
    if len(request.include) > request.size:
        text = Text("requests.more-than-size", size=request.size)
        named = len(request.include)
        raise Misfit("include", named, text, other="size")


def _check_quota(quota: Quota, scores: Scores) -> None:
    field = "at_most" if quota.at_least is None else "at_least"
    _check_known(field, [quota.dimension], scores.programme.dimensions)
    dimension = scores.programme.dimensions[quota.dimension]
    _check_known(field, [quota.category], [one.id for one in dimension.categories])
    for field, limit in (("at_least", quota.at_least), ("at_most", quota.at_most)):
        if limit is not None and (not is_whole(limit) or limit < 0):
            text = Text("requests.quota-not-from-0", category=quota.category)
            raise Misfit(field, limit, text)
    total = len(scores.ecosystems)
    if quota.at_least is not None and quota.at_least > total:
        text = Text("requests.quota-over-total", category=quota.category, total=total)
        raise Misfit("at_least", quota.at_least, text)


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

    ``spread`` and ``out_of_place`` (seats) hold all dimensions, balanced or not.
    ``unbalanced`` is the best shortlist under the same wishes without balance, and
    ``exchanges`` who gave way to whom because of balance. ``hanging`` holds the members that
    would not be in if every open criterion turned out at its possible score (with
    ``unknown="possible"``: at its proven score); ``None`` where time ran out before. ``proof`` is
    ``None`` where only the ``solver``, of this version, says that it is the best; then nothing is
    known of ``lots``, whose places only the lottery decided.
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
    proof: Proof | None
    lots: Lots | None
    solver: str


def shortlist(
    scores: Scores, request: Request, solver: ProvingSolver, *, steps: int | None = None
) -> Shortlist:
    """Pick the shortlist asked for, and prove it, as ``results.shortlist`` does."""
    asked = question(scores, request)
    best = best_with_proof(asked, solver, steps)
    selection, unbalanced, hanging = best.selection, best.unbalanced, None
    if selection.status.proven:
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
        proof=best.proven.proof,
        lots=lots(best.proven, MOST_EQUAL),
        solver=solver.version,
    )


def question(scores: Scores, request: Request) -> Question:
    """Put a request to the engine's words: candidates with exact scores, targets in seats.

    Raises:
        Misfit: The request does not fit the long list.
    """
    check_request(request, scores)
    ecosystems, year = scores.longlist.ecosystems, scores.as_of.year
    return Question(
        candidates=tuple(_candidate(one, scores, request) for one in scores.ecosystems),
        size=request.size,
        targets={
            name: targets(
                request.targets.get(name, "even"), dimension, ecosystems, request.size, year
            )
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


def barred(scored: EcosystemScore, request: Request) -> bool:
    """Tell whether the classes asked for leave an ecosystem out."""
    bound = scored.best if request.unknown == "possible" else scored.worst
    return bool(request.classes) and bound.id not in request.classes


def spread_of(
    scores: Scores,
    members: Iterable[str],
    wanted: Mapping[DimensionId, TargetRule | Mapping[str, Fraction]],
) -> dict[DimensionId, tuple[CategorySpread, ...]]:
    """Count the seats of any set of ecosystems, by id, in every dimension.

    Raises:
        KeyError: There is no such ecosystem.
        Misfit: A target is none.
    """
    check_targets(wanted, scores.programme)
    by_id = {one.id: one for one in scores.longlist.ecosystems}
    chosen = [by_id[member] for member in members]
    year = scores.as_of.year
    found = {}
    for name, dimension in scores.programme.dimensions.items():
        rule, listed = wanted.get(name, "even"), scores.longlist.ecosystems
        goal = targets(rule, dimension, listed, len(chosen), year)
        found[name] = spread((one.categories(name, year) for one in chosen), goal)
    return found


def _candidate(scored: EcosystemScore, scores: Scores, request: Request) -> Candidate:
    return Candidate(
        id=scored.ecosystem.id,
        score=score_at(scored, scores.programme, request.unknown),
        places={
            name: scored.ecosystem.categories(name, scores.as_of.year)
            for name in scores.programme.dimensions
        },
    )


def _exchanges(
    question: Question, unbalanced: Selection | None, selection: Selection
) -> tuple[Exchange, ...]:
    if unbalanced is None:
        return ()
    return exchanges(question.candidates, unbalanced.members, selection.members)


def _members(
    scores: Scores,
    request: Request,
    question: Question,
    selection: Selection,
    unbalanced: Selection | None,
) -> tuple[Member, ...]:
    by_id = {one.ecosystem.id: one for one in scores.ecosystems}
    floor = None
    if unbalanced is not None and request.give_up is not None:
        floor = (1 - request.give_up) * unbalanced.score
    swaps = best_swaps(question, selection.members, floor)
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
