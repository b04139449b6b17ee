"""What balance cost: who gave way to whom, and every trade-off there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.render.report.figures import tradeoff_picture
from kiamv_cli.render.report.html import Head, el, html, table
from kiamv_cli.render.report.told import opening
from kiamv_cli.render.text import decimal, percent, seats
from kiamv_cli.render.tradeoff import TradeOffView

if TYPE_CHECKING:
    from kiamv_cli.core.selection.tradeoff import TradeOff
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told


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
