"""What was asked, what balance cost, and how the places lie beside the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.display.html import Head, el, html, listed, table, terms
from kiamv_cli.display.text import (
    UNICODE,
    count,
    date_text,
    decimal,
    listing,
    percent,
    seats,
    seats_text,
    whole,
)
from kiamv_cli.display.words import word
from kiamv_cli.reports.view.context import (
    BASES,
    bars_figure,
    joined,
    opening,
    place_figures,
    tradeoff_picture,
)
from kiamv_cli.selection.view.request import bound_words
from kiamv_cli.selection.view.tradeoff import TradeOffView

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.display.html import Html, Node
    from kiamv_cli.programme.model.programme import DimensionId
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Told
    from kiamv_cli.selection.model.shortlist import Request
    from kiamv_cli.selection.model.spread import CategorySpread, TargetRule
    from kiamv_cli.selection.model.tradeoff import TradeOff

_TARGETS: Mapping[TargetRule, str] = {
    "even": N_("the same for all"),
    "longlist": N_("as the long list itself lies"),
    "population": N_("by inhabitants"),
}


def asked(told: Told) -> Html:
    """What was asked, and on what it was decided."""
    report = told.report
    return el(
        "section",
        el("h2", _("What was asked, and what was decided"), id="asked"),
        terms(
            (*_wishes(told), *_search(report.request), *_ground(report)),
            kind="facts",
        ),
    )


def _wishes(told: Told) -> Iterator[tuple[str, Node]]:
    report, request = told.report, told.report.request
    total = len(report.scores.ecosystems)
    yield (
        _("To select"),
        ngettext("{size} of {n} ecosystem", "{size} of {n} ecosystems", total, size=request.size),
    )
    yield _("Spread over"), listing([word(each) for each in request.balance]) or _("nothing")
    for name, dimension in report.scores.programme.dimensions.items():
        if name in request.balance:
            label = label_in(dimension.label)
            yield _("Target: {dimension}", dimension=label), _target(request, name)
    if request.include:
        yield _("Must be in"), told.named(sorted(request.include))
    if request.exclude:
        yield _("Must not be in"), told.named(sorted(request.exclude))
    if request.quotas:
        yield _("Quotas"), listed(_quotas(told))
    if request.classes:
        classes = report.scores.programme.classes
        yield (
            _("Only of class"),
            joined(label_in(k.label) for k in classes if k.id in request.classes),
        )


def _target(request: Request, dimension: str) -> str:
    rule = {str(name): rule for name, rule in request.targets.items()}.get(dimension, "even")
    return _(_TARGETS[rule]) if isinstance(rule, str) else _("shares of one's own, see the spread")


def _quotas(told: Told) -> Iterator[str]:
    for one in told.report.request.quotas:
        label = told.labels[one.category]
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
        for each, label in BASES.items()
        if scores.bases[each]
    ]
    decided = f"{verdicts}: {listing(parts)}"
    if len(parts) == 1:
        (how,) = (_(label) for each, label in BASES.items() if scores.bases[each])
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


def balance(told: Told) -> Html:
    """The price of the spread."""
    return el(
        "section",
        el("h2", _("What balance cost"), id="balance"),
        el("p", _cost(told)),
        _exchanges(told),
        el("h3", _("Every trade-off")),
        told.missing("tradeoff"),
        _tradeoffs(told),
    )


def _cost(told: Told) -> str:
    found = told.report.shortlist
    if not found.request.balance:
        return _("Spread did not count, as was asked, so it cost nothing.")
    if found.unbalanced is None:
        return _("What balance cost is not known: the shortlist is not proven.")
    best = found.unbalanced.score
    cost = best - found.selection.score
    if not cost:
        return _("Nothing: the best balanced shortlist also has the highest total score.")
    return _(
        "Without balance the highest total score is {best}; with it {score}. So balance cost "
        "{cost}, {share} of the best.",
        best=decimal(best),
        score=decimal(found.selection.score),
        cost=decimal(cost),
        share=percent(cost / best),
    )


def _exchanges(told: Told) -> Html | None:
    exchanges = told.report.shortlist.exchanges
    if not exchanges:
        return None
    heads = (
        Head(_("gave way")),
        Head(_("score"), "number"),
        Head(_("came in")),
        Head(_("score"), "number"),
    )
    rows = (
        (
            told.name(each.out),
            decimal(each.out_score),
            told.name(each.into),
            decimal(each.into_score),
        )
        for each in exchanges
    )
    return table(_("Who gave way because of balance, and who came in"), heads, rows)


def _tradeoffs(told: Told) -> Html | None:
    found = told.report.tradeoffs
    if found is None:
        return None
    heads = (
        Head(_("out of place"), "number"),
        Head(_("total"), "number"),
        Head(_("which")),
        Head(_("comes in")),
        Head(_("goes out")),
    )
    rows = [_row(step, told, asked=step is found.asked_for) for step in found.steps]
    steps = table(_("Every trade-off; who changes, compared with the row above"), heads, rows)
    return html(
        (el("p", text) for text in opening(TradeOffView(found))),
        tradeoff_picture(told.report),
        steps
        if len(rows) <= _FEW
        else el("details", el("summary", _("All steps in a table")), steps),
    )


_FEW = 6


def _row(step: TradeOff, told: Told, *, asked: bool) -> tuple[Node, ...]:
    return (
        seats(step.seats),
        decimal(step.selection.score),
        el("b", _("this shortlist")) if asked else "",
        told.named(step.comes),
        told.named(step.goes),
    )


def spread(told: Told) -> Html:
    """Both dimensions, in pictures and in tables."""
    return el(
        "section",
        el("h2", _("Spread over provinces and themes"), id="spread"),
        el(
            "p",
            _(
                "Each member has one seat in all: who is in three provinces gives a third of a "
                "seat to each. In balance is what lies between the target rounded down and up."
            ),
        ),
        (_dimension(told, name) for name in told.report.scores.programme.dimensions),
    )


def _dimension(told: Told, name: DimensionId) -> Html:
    report = told.report
    dimension, found = report.scores.programme.dimensions[name], report.shortlist.spread[name]
    label = label_in(dimension.label)
    moved = report.shortlist.out_of_place[name]
    heads = (
        Head(label),
        Head(_("seats"), "number"),
        Head(_("target"), "number"),
        Head(_("in balance"), "number"),
        Head(_("verdict")),
    )
    pairs = zip(dimension.categories, found, strict=True)
    rows = ((label_in(category.label), *_seats_row(one)) for category, one in pairs)
    said = (
        _("{dimension}: {seats} out of place", dimension=label, seats=seats_text(moved))
        if moved
        else _("{dimension}: in balance", dimension=label)
    )
    caption = _("Seats beside the target: {dimension}", dimension=label)
    return html(
        el("h3", said),
        place_figures(report, name),
        bars_figure(report, name),
        el(
            "details",
            el("summary", _("The same in a table")),
            table(caption, heads, rows, kind="seats"),
        ),
    )


def _seats_row(one: CategorySpread) -> Iterator[Node]:
    yield seats(one.seats)
    yield seats(one.target)
    yield f"{seats(one.low)}{UNICODE.dash}{seats(one.high)}"
    if not one.out_of_place:
        yield _("in balance")
    elif one.seats < one.low:
        yield _("{seats} too few", seats=seats(one.out_of_place))
    else:
        yield _("{seats} too many", seats=seats(one.out_of_place))
