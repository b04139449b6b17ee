"""The first fields of every JSON document: its kind, who made it, of what, and what was asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.core.version import __version__
from kiamv_cli.render.text import number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.programme import DimensionId, Programme
    from kiamv_cli.core.score import Basis, Scores
    from kiamv_cli.core.selection.question import Quota
    from kiamv_cli.core.shortlist import Request
    from kiamv_cli.core.targets import TargetRule

    Targets = Mapping[DimensionId, TargetRule | Mapping[str, Fraction]]

_BASES: tuple[Basis, ...] = ("rule", "person", "review", "adjudicated")
# The documents that promise something else than they did at first; all others are of version 1.
_VERSIONS: Mapping[str, int] = dict.fromkeys(
    (
        "check",
        "classify",
        "explain",
        "flow",
        "gaps",
        "review-agreement",
        "review-spread",
        "robustness",
        "score",
        "shortlist",
        "sources",
        "spread",
        "survey-compare",
        "tradeoff",
        "verify",
    ),
    2,
)


def heading(command: str) -> dict[str, object]:
    """Return what every document says of itself: its kind, and the version of kiamv."""
    return {"schema": f"kiamv/{command}/{_VERSIONS.get(command, 1)}", "kiamv": __version__}


def criteria_fields(programme: Programme) -> dict[str, object]:
    """Return which criteria were applied: their id, their hash, and what each of them weighs."""
    weights = {name: exact_number(weight) for name, weight in programme.weights.items()}
    return {"id": programme.id, "sha256": programme.sha256, "weights": weights}


def longlist_fields(longlist: Longlist) -> dict[str, object]:
    """Return which list it was: its title, its hash, and how many ecosystems it has."""
    return {
        "title": longlist.title,
        "sha256": longlist.sha256,
        "count": len(longlist.ecosystems),
    }


def heading_fields(scores: Scores, command: str) -> dict[str, object]:
    """Return the first fields of documents on a scored list."""
    return {
        **heading(command),
        "as_of": scores.as_of.isoformat(),
        "criteria": criteria_fields(scores.programme),
        "longlist": longlist_fields(scores.longlist),
        "basis": {basis: scores.bases[basis] for basis in _BASES},
    }


def asked_fields(scores: Scores, request: Request, command: str) -> dict[str, object]:
    """Return the first fields of documents on a shortlist: also what was asked of it."""
    return {
        **heading_fields(scores, command),
        "request": request_fields(scores, request),
        "size": request.size,
        "balance": list(request.balance),
        "seed": request.seed,
        "unknown": request.unknown,
    }


def request_fields(scores: Scores, request: Request) -> dict[str, object]:
    """Return all that was asked of a shortlist, defaults too, in the words of the options.

    ``give_up`` is in per cent, as the option is.
    """
    least = {each: each.at_least for each in request.quotas if each.at_least is not None}
    most = {each: each.at_most for each in request.quotas if each.at_most is not None}
    return {
        "size": request.size,
        "balance": list(request.balance),
        "target": target_fields(scores.programme, request.targets),
        "include": sorted(request.include),
        "exclude": sorted(request.exclude),
        "at_least": _quotas(scores.programme, least, max),
        "at_most": _quotas(scores.programme, most, min),
        "classes": sorted(request.classes),
        "give_up": None if request.give_up is None else exact_number(request.give_up * 100),
        "unknown": request.unknown,
        "as_of": scores.as_of.isoformat(),
        "seed": request.seed,
    }


def target_fields(programme: Programme, targets: Targets) -> dict[str, object]:
    """Return how the seats of each dimension should lie: a rule, or a share for each category."""
    rules = {name: targets.get(name, "even") for name in programme.dimensions}
    return {
        name: rule
        if isinstance(rule, str)
        else {category: exact_number(share) for category, share in rule.items()}
        for name, rule in rules.items()
    }


def exact_number(value: Fraction) -> float | str:
    """Return a number as it is where six decimals can write it, else as a text such as ``1/3``."""
    short = number(value)
    return short if value * 10**6 == int(value * 10**6) else str(value)


def _quotas(
    programme: Programme, limits: Mapping[Quota, int], strictest: Callable[[int, int], int]
) -> dict[str, int]:
    """The strictest of the limits on each category; two of one name are told apart by dimension."""
    ids = Counter(each.id for one in programme.dimensions.values() for each in one.categories)
    found: dict[str, int] = {}
    for quota, limit in limits.items():
        own = ids[quota.category] == 1
        name = quota.category if own else f"{quota.dimension}:{quota.category}"
        found[name] = strictest(found.get(name, limit), limit)
    return found
