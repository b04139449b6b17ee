"""What was asked, what balance cost, and how the places lie beside the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.html import el, given, listed, table, terms
from kiamv_cli.display.text import (
    count,
    date_text,
    difference,
    listing,
    percent,
    seats_text,
    whole,
)
from kiamv_cli.programme.rules import number_text
from kiamv_cli.programme.view import dimensions_text
from kiamv_cli.reports.view.context import (
    bars_figure,
    joined,
    opening,
    place_figures,
    tradeoff_picture,
)
from kiamv_cli.scoring.view import BASES
from kiamv_cli.selection.model.spread import rule_for
from kiamv_cli.selection.view.request import bound_words
from kiamv_cli.selection.view.shortlist import exchange_fields
from kiamv_cli.selection.view.spread import seat_fields, seat_rows
from kiamv_cli.selection.view.tradeoff import TradeOffView, tradeoff_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.display.html import Node
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.spread import TargetRule

_TARGETS: Mapping[TargetRule, str] = {
    "even": N_("the same for all"),
    "longlist": N_("as the long list itself lies"),
    "population": N_("by inhabitants"),
}


def asked(context: Context) -> Node:
    """What was asked, and on what it was decided."""
    report = context.report
    return el(
        "section",
        el("h2", _("What was asked, and what was decided"), id="asked"),
        terms((*_wishes(context), *_search(report.request), *_ground(report)), kind="facts"),
    )


def _wishes(context: Context) -> Iterator[tuple[str, Node]]:
    report, request = context.report, context.report.request
    total = len(report.scores.ecosystems)
    yield (
        _("To select"),
        ngettext("{size} of {n} ecosystem", "{size} of {n} ecosystems", total, size=request.size),
    )
    over = dimensions_text(request.balance, report.scores.dimensions)
    yield _("Spread over"), over or _("nothing")
    for name in request.balance:
        label = label_in(report.scores.dimensions[name].label)
        yield _("Target: {dimension}", dimension=label), _target(context, name)
    if request.include:
        yield _("Must be in"), context.named(sorted(request.include))
    if request.exclude:
        yield _("Must not be in"), context.named(sorted(request.exclude))
    if request.quotas:
        yield _("Quotas"), listed(_quotas(context))
    yield from _relations(context)
    if request.classes:
        classes = report.scores.programme.classes
        yield (
            _("Only of class"),
            joined(label_in(k.label) for k in classes if k.id in request.classes),
        )


def _relations(context: Context) -> Iterator[tuple[str, Node]]:
    request, programme = context.report.request, context.report.scores.programme
    names = context.report.scores.longlist.names
    for group in request.at_most_one:
        yield _("At most one of"), context.named(group)
    for group in request.together:
        yield _("All or none of"), context.named(group)
    for name, others in request.only_with.items():
        yield _("Only together"), context.named((name, *others))
    for attribute, amount in request.cost.items():
        declared = programme.attribute(attribute)
        assert declared is not None, "a request is checked before"
        text = f"{label_in(declared.label)}: {number_text(amount, declared)}"
        yield _("Together at most"), text
    if request.keep:
        listed_ids = [name for name in sorted(request.keep) if name in names]
        yield _("To keep, as many as can be"), context.named(listed_ids)
    if request.changes is not None:
        yield _("Of those to keep may leave"), _("at most {n}", n=request.changes)


def _target(context: Context, name: DimensionId) -> str:
    rule = rule_for(context.report.request.targets, name, context.report.scores.dimensions)
    return _(_TARGETS[rule]) if isinstance(rule, str) else _("shares of your own, see the spread")


def _quotas(context: Context) -> Iterator[str]:
    for one in context.report.request.quotas:
        label = context.label(one.dimension, one.category)
        if one.at_least is not None:
            yield _("at least {n} with {category}", n=one.at_least, category=label)
        if one.at_most is not None:
            yield _("at most {n} with {category}", n=one.at_most, category=label)


def _search(request: Request) -> Iterator[tuple[str, Node]]:
    yield _("Score that counts"), bound_words(request.unknown)
    if request.give_up is not None:
        share = percent(request.give_up)
        yield _("Balance may cost"), _("at most {share} of the best total score", share=share)
    yield _("Lottery among equals"), _("from the seed {seed}", seed=request.seed)


def _ground(report: Report) -> Iterator[tuple[str, Node]]:
    scores = report.scores
    yield _("Reference date"), _facts_left_out(report)
    verdicts = count(sum(scores.bases.values()), "verdict", "verdicts")
    parts = [
        f"{whole(scores.bases[each])} {_(label)}"
        for each, (_sign, label) in BASES.items()
        if scores.bases[each]
    ]
    decided = f"{verdicts}: {listing(parts)}"
    if len(parts) == 1:
        (how,) = (_(label) for each, (_sign, label) in BASES.items() if scores.bases[each])
        decided = _("{verdicts}, all {how}", verdicts=verdicts, how=how)
    yield _("Decided on"), decided


def _facts_left_out(report: Report) -> str:
    scores, date = report.scores, date_text(report.scores.as_of)
    if not scores.later and not scores.ended:
        return date
    later = ngettext("{n} later fact", "{n} later facts", scores.later)
    ended = ngettext("{n} fact that ended before", "{n} facts that ended before", scores.ended)
    facts = [*([later] if scores.later else []), *([ended] if scores.ended else [])]
    return _("{date}; not counted: {facts}", date=date, facts=listing(facts))


def balance(context: Context) -> Node:
    """The price of the spread."""
    return el(
        "section",
        el("h2", _("What balance cost"), id="balance"),
        el("p", _cost(context)),
        _exchanges(context),
        el("h3", _("Every trade-off")),
        context.missing("tradeoff"),
        _tradeoffs(context),
    )


def _cost(context: Context) -> str:
    found = context.report.shortlist
    if not found.request.balance:
        return _("As requested, spread did not count, so it cost nothing.")
    if found.unbalanced is None:
        return _("What balance cost is not known: the shortlist is not proven.")
    best = found.unbalanced.score
    cost = best - found.selection.score
    if not cost:
        return _("Nothing: the best balanced shortlist also has the highest total score.")
    total, score, lost = difference(best, found.selection.score)
    return _(
        "Without balance the highest total score is {best}; with it {score}. So balance cost "
        "{cost}, {share} of the best.",
        best=total,
        score=score,
        cost=lost,
        share=percent(cost / best),
    )


def _exchanges(context: Context) -> Node:
    exchanges = context.report.shortlist.exchanges
    if not exchanges:
        return None
    caption = _("Who gave way because of balance, and who came in")
    return table(caption, exchange_fields(context.report.shortlist), exchanges)


def _tradeoffs(context: Context) -> Node:
    found = context.report.tradeoffs
    if found is None:
        return None
    rows = [*enumerate(found.steps, start=1)]
    asked_for = found.asked_for
    steps = table(
        _("Every trade-off; who changes, compared with the row above"),
        tradeoff_fields(found),
        rows,
        nodes={
            "mark": lambda row: (
                str(row[0]),
                given(row[1] is asked_for, " ", el("b", _("this shortlist"))),
            )
        },
    )
    return (
        (el("p", text) for text in opening(TradeOffView(found))),
        tradeoff_picture(context.report),
        steps
        if len(rows) <= _FEW
        else el("details", el("summary", _("All steps in a table")), steps),
    )


_FEW = 6


def spread(context: Context) -> Node:
    """Both dimensions, in pictures and in tables."""
    return el(
        "section",
        el("h2", _("Spread"), id="spread"),
        el(
            "p",
            _(
                "Each member has one seat in all: one in three categories gives each a third "
                "of a seat. In balance means between the target rounded down and rounded up."
            ),
        ),
        (_dimension(context, name) for name in context.report.spread),
    )


def _dimension(context: Context, name: DimensionId) -> Node:
    report = context.report
    label = label_in(report.scores.dimensions[name].label)
    moved = report.out_of_place[name]
    rows = seat_rows(report.scores.dimensions, {name: report.spread[name]})
    said = (
        _("{dimension}: {seats} out of place", dimension=label, seats=seats_text(moved))
        if moved
        else _("{dimension}: in balance", dimension=label)
    )
    caption = _("Seats beside the target: {dimension}", dimension=label)
    return (
        el("h3", said),
        place_figures(report, name),
        bars_figure(report, name),
        el(
            "details",
            el("summary", _("The same in a table")),
            table(caption, seat_fields(rows), rows, kind="seats"),
        ),
    )
