"""A request in the heading of documents, its score in words, and what came of its wishes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.text import MOST_NAMES, exact_number, first_of, listing, number
from kiamv_cli.programme.model.attributes import number_as_written
from kiamv_cli.programme.rules import number_text
from kiamv_cli.scoring.view.score import heading_fields
from kiamv_cli.selection.model.spread import rule_for
from kiamv_cli.selection.model.sums import amounts
from kiamv_cli.selection.view.ways import ways_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from fractions import Fraction

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Bound, Scores
    from kiamv_cli.selection.model.question import Quota
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.model.spread import TargetRule

    Targets = Mapping[DimensionId, TargetRule | Mapping[str, Fraction]]


def asked_fields(scores: Scores, request: Request, command: str) -> dict[str, object]:
    """Return the first fields of documents on a shortlist: also what was asked of it."""
    return {
        **heading_fields(scores, command),
        "request": request_fields(scores.programme, request, scores.as_of),
        "size": request.size,
        "balance": list(request.balance),
        "seed": request.seed,
        "unknown": request.unknown,
    }


def request_fields(programme: Programme | None, request: Request, as_of: date) -> dict[str, object]:
    """Return all that was asked of a shortlist, defaults too, in the words of the options.

    ``give_up`` is in per cent, as the option is. Where the criteria are not known, quotas have the
    names of their dimensions, and only targets that were given are told.
    """
    least = {each: each.at_least for each in request.quotas if each.at_least is not None}
    most = {each: each.at_most for each in request.quotas if each.at_most is not None}
    return {
        "size": request.size,
        **({"sizes": list(request.sizes)} if request.sizes else {}),
        "balance": list(request.balance),
        "target": target_fields(programme, request.targets),
        "include": sorted(request.include),
        "exclude": sorted(request.exclude),
        "at_least": _quotas(programme, least, max),
        "at_most": _quotas(programme, most, min),
        "at_most_one": [list(group) for group in request.at_most_one],
        "together": [list(group) for group in request.together],
        "only_with": {name: list(others) for name, others in request.only_with.items()},
        "cost": {name: exact_number(amount) for name, amount in request.cost.items()},
        "keep": sorted(request.keep),
        "changes": request.changes,
        "classes": sorted(request.classes),
        "give_up": None if request.give_up is None else exact_number(request.give_up * 100),
        "unknown": request.unknown,
        "as_of": as_of.isoformat(),
        "seed": request.seed,
    }


def amount_text(amount: Fraction) -> str:
    """Return an amount as it is typed for an option."""
    return str(number_as_written(amount))


def target_fields(programme: Programme | None, targets: Targets) -> dict[str, object]:
    """Return how the seats of each dimension should lie: a rule, or a share for each category."""
    dimensions = programme.dimensions if programme else {}
    rules = {name: rule_for(targets, name, dimensions) for name in {**dimensions, **targets}}
    return {
        name: rule
        if isinstance(rule, str)
        else {category: exact_number(share) for category, share in rule.items()}
        for name, rule in rules.items()
    }


def _quotas(
    programme: Programme | None, limits: Mapping[Quota, int], strictest: Callable[[int, int], int]
) -> dict[str, int]:
    """The strictest of the limits on each category; two of one name are told apart by dimension."""
    dimensions = programme.dimensions if programme else {}
    ids = Counter(each.id for dimension in dimensions.values() for each in dimension.categories)
    found: dict[str, int] = {}
    for quota, limit in limits.items():
        own = ids[quota.category] == 1 and quota.dimension in dimensions
        name = quota.category if own else f"{quota.dimension}:{quota.category}"
        found[name] = strictest(found.get(name, limit), limit)
    return found


_BOUNDS: Mapping[Bound, str] = {
    "proven": N_("proven score"),
    "middle": N_("score halfway between proven and possible"),
    "possible": N_("possible score"),
    "known": N_("mean over the criteria about which anything is known"),
}


def bound_words(bound: Bound) -> str:
    """What a score is, of which every open criterion stands at a bound."""
    return _(_BOUNDS[bound])


def wish_fields(shortlist: Shortlist) -> Mapping[str, object]:
    """Return what came of a limited cost, of who was to be kept, and of ties; where asked for."""
    members = shortlist.selection.members
    kept: dict[str, object] = {
        "out": list(shortlist.left),
        "in": sorted({*members} - shortlist.request.keep),
        **(ways_fields(shortlist.ways) if shortlist.ways else {}),
    }
    ties = [
        {"criterion": name, "value": number(total), "exact": str(total)}
        for name, total in shortlist.ties.items()
    ]
    return {
        **(
            {"costs": {n: number(total) for n, total in shortlist.costs.items()}}
            if shortlist.costs
            else {}
        ),
        **({"keep": kept} if shortlist.request.keep else {}),
        **({"ties": ties} if ties else {}),
    }


def wish_texts(shortlist: Shortlist) -> Iterator[str]:
    """Yield what came of a limited cost, and of who was to be kept."""
    scores, names = shortlist.scores, shortlist.scores.longlist.names
    for attribute, total in shortlist.costs.items():
        declared = scores.programme.attribute(attribute)
        assert declared is not None, "a request is checked before"
        yield _(
            "{label}: {total} together, of at most {most}.",
            label=label_in(declared.label),
            total=number_text(total, declared),
            most=number_text(shortlist.request.cost[attribute], declared),
        )
        missing = [name for name, known in amounts(scores, attribute).items() if known is None]
        if missing:
            yield ngettext(
                "{n} ecosystem cannot be in, as this is not known of it: {names}.",
                "{n} ecosystems cannot be in, as this is not known of them: {names}.",
                len(missing),
                names=listing(first_of([names[name] for name in missing], MOST_NAMES)),
            )
    if shortlist.request.keep:
        left = [names.get(name, name) for name in shortlist.left]
        kept = len(shortlist.request.keep)
        if left:
            yield ngettext(
                "{n} of the {kept} to keep leaves: {names}.",
                "{n} of the {kept} to keep leave: {names}.",
                len(left),
                kept=kept,
                names=listing(first_of(left, MOST_NAMES)),
            )
        else:
            yield ngettext("The one to keep stays.", "All {n} to keep stay.", kept)
