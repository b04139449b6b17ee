"""What is asked must fit the long list: one check for the command line and for Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, cast

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.core.refusal import Misfit, is_exact, is_whole, unknown
from kiamv_cli.core.score import BOUNDS
from kiamv_cli.core.targets import TARGET_RULES
from kiamv_cli.language import N_

if TYPE_CHECKING:
    from kiamv_cli.core.programme import DimensionId, Programme
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.selection.question import Quota
    from kiamv_cli.core.shortlist import Request


def check_request(request: Request, scores: Scores) -> None:
    """Check what is asked of a shortlist against a scored long list.

    Raises:
        Misfit: Something does not fit it, or makes no sense at all.
    """
    _check_size(request.size, len(scores.ecosystems))
    _check_known("balance", request.balance, DIMENSIONS)
    if len({*request.balance}) < len(request.balance):
        raise Misfit("balance", request.balance, N_("{field}: name each dimension once."))
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
    if not isinstance(request.seed, str):
        raise Misfit("seed", request.seed, N_("{field} {value}: not a text."))


def check_targets(targets: Mapping[DimensionId, object], programme: Programme) -> None:
    """Check rules and shares by which targets are set.

    Raises:
        Misfit: A dimension, rule or category is unknown, or a share is no exact number from 0.
    """
    _check_known("targets", list(targets), DIMENSIONS)
    for dimension in DIMENSIONS:
        rule = targets.get(dimension, "even")
        categories = programme.dimensions[dimension].categories
        if isinstance(rule, Mapping):
            _check_known("targets", list(rule), [one.id for one in categories])
            for category, share in rule.items():
                if not is_exact(share) or share < 0:
                    text = N_("{field} {category}={value}: a share is an exact number from 0.")
                    raise Misfit("targets", share, text, category=category)
            continue
        _check_known("targets", [rule], TARGET_RULES)
        if rule == "population" and any(one.population is None for one in categories):
            text = N_("{field} {dimension}={value}: no population is known of the {dimension}.")
            raise Misfit("targets", rule, text, dimension=dimension)


def _check_known(field: str, values: object, known: Collection[str]) -> None:
    if isinstance(values, str) or not isinstance(values, Collection):
        raise Misfit(field, values, N_("{field} {value}: give several, as in a list."))
    for value in values:
        if value not in known:
            raise unknown(field, value, known)


def _check_size(size: object, total: int) -> None:
    if not is_whole(size) or size < 1:
        raise Misfit("size", size, N_("{field} {value}: not a whole number from 1."))
    if size > total:
        text = N_("{field} {value}: the long list has only {total}.")
        raise Misfit("size", size, text, total=total)


def _check_give_up(share: object) -> None:
    if share is not None and not (is_exact(share) and 0 <= share <= 1):
        text = N_("{field} {value}: not an exact share from 0 to 1, such as Fraction(5, 100).")
        raise Misfit("give_up", share, text)


def _check_pins(request: Request) -> None:
    if both := {*request.include} & {*request.exclude}:
        text = N_("{value} is both in {field} and in {other}.")
        raise Misfit("include", min(both), text, other="exclude")
    if len(request.include) > request.size:
        text = N_("{field} names {value}, more than {other} {size}.")
        named = len(request.include)
        raise Misfit("include", named, text, other="size", size=request.size)


def _check_quota(quota: Quota, scores: Scores) -> None:
    field = "at_most" if quota.at_least is None else "at_least"
    _check_known(field, [quota.dimension], DIMENSIONS)
    dimension = scores.programme.dimensions[cast("DimensionId", quota.dimension)]
    _check_known(field, [quota.category], [one.id for one in dimension.categories])
    for field, limit in (("at_least", quota.at_least), ("at_most", quota.at_most)):
        if limit is not None and (not is_whole(limit) or limit < 0):
            text = N_("{field} {category}={value}: not a whole number from 0.")
            raise Misfit(field, limit, text, category=quota.category)
    total = len(scores.ecosystems)
    if quota.at_least is not None and quota.at_least > total:
        text = N_("{field} {category}={value}: the long list has only {total}.")
        raise Misfit("at_least", quota.at_least, text, category=quota.category, total=total)
