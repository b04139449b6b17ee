"""A request against a scored long list: ids for names and labels, and what does not fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from kiamv_cli.base import plugin
from kiamv_cli.base.problem import Misfit, unknown
from kiamv_cli.base.text import Text
from kiamv_cli.base.value import exact
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.programme.model.labels import (
    categories_meant,
    dimension_meant,
    id_meant,
    split_labels,
)
from kiamv_cli.selection.model.request import UsualBalance, UsualSize, checked_groups, one_of_known
from kiamv_cli.selection.model.spread import TARGET_RULES, has_population

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.dimensions import Dimensions
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.question import Quota
    from kiamv_cli.selection.model.request import Request, Targets
    from kiamv_cli.selection.model.spread import TargetRule

# The entry points of targets of one's own.
_TARGETS = "kiamv.targets"


def resolved(request: Request, scores: Scores) -> Request:
    """Return a request in ids, checked against a scored long list.

    Raises:
        Misfit: Something does not fit the list, or can mean several things.
    """
    programme, total = scores.programme, len(scores.ecosystems)
    request = with_usual(request, programme)
    _least, most = request.sizes or (request.size, request.size)
    if most > total:
        raise Misfit("size", most, Text("requests.size-over-total", total=total))
    dimensions = scores.dimensions
    named = split_labels(request.balance, dimensions.declared.values())
    balance = tuple(dimension_meant("balance", each, dimensions) for each in named)
    if len({*balance}) < len(balance):
        raise Misfit("balance", request.balance, Text("requests.dimension-twice"))
    include = _members("include", request.include, scores)
    exclude = _members("exclude", request.exclude, scores)
    _check_pins(include, exclude, most)
    quotas = tuple(each for one in request.quotas for each in _quotas(one, dimensions, balance))
    for quota in quotas:
        if quota.at_least is not None and quota.at_least > total:
            text = Text("requests.quota-over-total", category=quota.category, total=total)
            raise Misfit("at_least", quota.at_least, text)
    return replace(
        request,
        balance=balance,
        targets=resolved_targets(request.targets, dimensions),
        include=include,
        exclude=exclude,
        quotas=quotas,
        at_most_one=_grouped("at_most_one", request.at_most_one, scores),
        together=_grouped("together", request.together, scores),
        only_with=_only_with(request.only_with, scores),
        cost=_costs(request.cost, programme),
        classes=frozenset(
            id_meant("classes", each, programme.classes)
            for each in split_labels(request.classes, programme.classes)
        ),
    )


def with_usual(request: Request, programme: Programme) -> Request:
    """Return a request with what the programme asks for where nobody asked for anything."""
    size, balance = programme.default.size, programme.default.balance
    if isinstance(request.size, UsualSize) and size is not None:
        request = replace(request, size=size)
    if isinstance(request.balance, UsualBalance):
        there = tuple(each for each in request.balance if each in programme.dimensions)
        request = replace(request, balance=there if balance is None else balance)
    return request


def resolved_targets(targets: Mapping[str, object], dimensions: Dimensions) -> Targets:
    """Return rules and shares by which targets are set, in ids, checked.

    Raises:
        Misfit: A dimension, rule or category is unknown, or a share is no number from 0.
    """
    found: dict[DimensionId, TargetRule | Mapping[str, Fraction]] = {}
    for name, rule in targets.items():
        dimension = dimension_meant("targets", name, dimensions)
        categories = dimensions[dimension].categories
        if isinstance(rule, Mapping):
            ids = ((id_meant("targets", each, categories), share) for each, share in rule.items())
            found[dimension] = {category: _part(category, share) for category, share in ids}
            continue
        if rule == "population" and not has_population(dimensions, dimension):
            text = Text("requests.rule-without-population", dimension=dimension)
            raise Misfit("targets", rule, text)
        if rule not in TARGET_RULES and (shares := plugin(_TARGETS, str(rule))) is not None:
            goals = shares(dimensions[dimension])
            found[dimension] = {name: _part(name, share) for name, share in goals.items()}
            continue
        found[dimension] = cast("TargetRule", one_of_known("targets", rule, TARGET_RULES))
    return found


def _part(category: str, value: object) -> Fraction:
    share = exact(value)
    if share is None or share < 0:
        raise Misfit("targets", value, Text("requests.share-not-exact", category=category))
    return share


def _members(field: str, names: frozenset[str], scores: Scores) -> frozenset[str]:
    """Find ecosystems by id, name or alias."""
    if not names:
        return names
    ids = {each.ecosystem.id for each in scores.ecosystems}
    if names <= ids:
        return names
    known = Names(scores.longlist.ecosystems)
    return frozenset(_member(field, name, known) for name in names)


def _member(field: str, name: str, known: Names) -> str:
    ids = known.meant(name)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise Misfit(field, name, Text("requests.several-meanings", known=", ".join(ids)), ids)
    near = known.nearest(name)
    raise (
        Misfit(field, name, Text("requests.unknown-near"), near)
        if near
        else unknown(field, name, known.ids)
    )


def _grouped(
    field: str, groups: tuple[tuple[str, ...], ...], scores: Scores
) -> tuple[tuple[str, ...], ...]:
    """Find the ecosystems of groups, in the order given."""
    known = Names(scores.longlist.ecosystems) if groups else None
    return checked_groups(
        field, tuple(tuple(_member(field, each, known) for each in one) for one in groups if known)
    )


def _only_with(
    pairs: Mapping[str, tuple[str, ...]], scores: Scores
) -> Mapping[str, tuple[str, ...]]:
    groups = tuple((name, *others) for name, others in pairs.items())
    return {name: tuple(others) for name, *others in _grouped("only_with", groups, scores)}


def _costs(cost: Mapping[str, Fraction], programme: Programme) -> Mapping[str, Fraction]:
    numbers = [each for each in programme.attributes if each.kind == "number"]
    if cost and not numbers:
        raise Misfit("cost", next(iter(cost)), Text("requests.no-number-attributes"))
    return {id_meant("cost", name, numbers): amount for name, amount in cost.items()}


def _check_pins(include: frozenset[str], exclude: frozenset[str], size: int) -> None:
    if both := include & exclude:
        raise Misfit("include", min(both), Text("requests.both"), other="exclude")
    if len(include) > size:
        text = Text("requests.more-than-size", size=size)
        raise Misfit("include", len(include), text, other="size")


def _quotas(
    quota: Quota, dimensions: Dimensions, balance: tuple[DimensionId, ...]
) -> Iterator[Quota]:
    """Yield a quota in ids; one that does not say of which dimension may be on several."""
    field = "at_most" if quota.at_least is None else "at_least"
    if not quota.dimension:
        for dimension, category in categories_meant(field, quota.category, dimensions, balance):
            yield replace(quota, dimension=dimension, category=category)
        return
    dimension = dimension_meant(field, quota.dimension, dimensions)
    categories = dimensions[dimension].categories
    yield replace(quota, dimension=dimension, category=id_meant(field, quota.category, categories))
