"""Why an ecosystem with a high score is not in, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.decision.view.record import sentence
from kiamv_cli.display.text import difference, first_of, one_or_many, points_text, seats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.decision.model.record import Override
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.scoring.model.score import EcosystemScore
    from kiamv_cli.selection.model.near_misses import Margin


_MOST_FULL = 3


def why_outside(scored: EcosystemScore, context: Context) -> str:
    """Return why an ecosystem is not in, and what it would take, in one or two sentences."""
    swap = _swap(scored.ecosystem.id, context)
    if swap is not None:
        into = context.report.scores.longlist.names[swap.into]
        reason = sentence(swap.reason)
        return _("By decision {into} came in for it: {reason}", into=into, reason=reason)
    return " ".join([*_cause(scored, context), *_remedy(scored, context)])


def _swap(name: str, context: Context) -> Override | None:
    """The last swap that took an ecosystem out."""
    swaps = [each for each in context.report.swaps if each.out == name]
    return swaps[-1] if swaps else None


def _cause(scored: EcosystemScore, context: Context) -> Iterator[str]:
    report, name = context.report, scored.ecosystem.id
    found = report.shortlist
    place = report.explained(name).place
    if name in report.request.exclude:
        yield _("It was asked to be left out.")
    elif place is not None and place.barred:
        yield _("It is not in a class that was asked for.")
    elif found.lots is not None and name in found.lots.ecosystems:
        yield _("A lottery between equals decided.")
    elif found.unbalanced is not None and name in found.unbalanced.members:
        full = "; ".join(first_of(_full(scored, context), _MOST_FULL))
        if full:
            yield _(
                "Out because of the spread; all seats are taken of: {categories}.", categories=full
            )
        else:
            yield _("Out because of the spread: without balance it would be in.")
    elif report.request.balance:
        yield _("Without balance it would be out as well: others score higher.")
    else:
        yield _("Others with as high a score fit the wishes better.")


def _full(scored: EcosystemScore, context: Context) -> list[str]:
    """The balanced categories of an ecosystem that its own seats would bring above the target."""
    report = context.report
    names = []
    for dimension in report.request.balance:
        listed = report.scores.dimensions.categories(scored.ecosystem, dimension)
        names += [
            context.label(dimension, each.id)
            for each in report.spread[dimension]
            if each.id in listed
            and each.seats + Fraction(listed.count(each.id), len(listed)) > each.high
        ]
    return names


def _remedy(scored: EcosystemScore, context: Context) -> Iterator[str]:
    """What it would take, where that is known."""
    place = context.report.explained(scored.ecosystem.id).place
    if place is None or place.barred or place.margin.bar == "wishes":
        return
    margin = place.margin
    if margin.threshold is not None:
        yield _threshold(margin)
    elif margin.bar == "balance":
        yield ngettext(
            "With it, {seats} more seat would be out of place.",
            "With it, {seats} more seats would be out of place.",
            one_or_many(margin.seats),
            seats=seats(margin.seats),
        )
    elif margin.points:
        yield _price(margin)


def _threshold(margin: Margin) -> str:
    assert margin.threshold is not None, "asked for"
    line, _score, more = difference(margin.threshold, margin.score)
    if margin.threshold == margin.score:
        return _("Any higher score would bring it in.")
    if margin.in_at_threshold:
        return _("It would need a score of {line}, {more} more than it has.", line=line, more=more)
    return _("It would need a score above {line}, {more} more than it has.", line=line, more=more)


def _price(margin: Margin) -> str:
    goes = len([each for each in margin.goes if each != margin.id])
    return ngettext(
        "With it, {n} member would have to go and the total score would be {points} lower.",
        "With it, {n} members would have to go and the total score would be {points} lower.",
        goes,
        points=points_text(margin.points),
    )
