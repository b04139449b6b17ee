"""How sure the shortlist is when weights and unknown answers vary."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.language import _, label_in
from kiamv_cli.render.report.figures import robustness_picture
from kiamv_cli.render.report.html import Head, el, html, table
from kiamv_cli.render.report.told import opening
from kiamv_cli.render.robustness import RobustnessView
from kiamv_cli.render.text import UNICODE, decimal, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.robustness import Robustness, Standing
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told

_SELDOM = Fraction(5, 100)


def sure(told: Told) -> Html:
    """How often each is selected, and how far a weight can move."""
    return el(
        "section",
        el("h2", _("How sure the shortlist is"), id="sure"),
        told.missing("robustness"),
        _drawn(told),
    )


def _drawn(told: Told) -> Html | None:
    found = told.report.robustness
    if found is None:
        return None
    return html(
        (el("p", text) for text in opening(RobustnessView(found))),
        el(
            "p",
            _(
                "This is a hard test: a criterion may weigh next to nothing or next to all, and "
                "any open question may turn out either way. Who is in nearly always stands firm; "
                "who is in today and seldom in the draws deserves a second look."
            ),
        ),
        robustness_picture(told.report),
        el("details", el("summary", _("The same in a table")), _table(found, told)),
        el("h3", _("How far a weight can move")),
        el(
            "p",
            _(
                "One weight at a time, the others in proportion: as long as it stays between "
                "these, the shortlist stays as it is."
            ),
        ),
        _weights(found),
    )


def _table(found: Robustness, told: Told) -> Html:
    heads = (
        Head(_("ecosystem")),
        Head(_("now")),
        Head(_("selected"), "number"),
        Head(_("by chance, give or take"), "number"),
        Head(_("ranked in the first {size}", size=found.request.size), "number"),
    )
    shown = (one for one in found.standings if one.member or one.selected.value >= _SELDOM)
    return table(
        _("How often each was selected in the draws"), heads, (_row(one, told) for one in shown)
    )


def _row(one: Standing, told: Told) -> tuple[Node, ...]:
    return (
        told.name(one.id),
        _("in") if one.member else UNICODE.dash,
        percent(one.selected.value, 0),
        decimal(Fraction(one.selected.error) * 100, 1),
        percent(one.ranking.within.value, 0),
    )


def _weights(found: Robustness) -> Html:
    heads = (
        Head(_("criterion")),
        Head(_("weight"), "number"),
        Head(_("from"), "number"),
        Head(_("to"), "number"),
    )
    return table(_("The weights between which the shortlist stays the best"), heads, _ranges(found))


def _ranges(found: Robustness) -> Iterator[tuple[Node, ...]]:
    criteria = found.scores.programme.criteria
    total = sum((one.weight for one in criteria), Fraction(0))
    for one, between in zip(criteria, found.ranges, strict=True):
        low, high = (between.low, between.high) if between else (None, None)
        yield (
            label_in(one.label),
            percent(one.weight / total),
            UNICODE.dash if low is None else percent(low),
            UNICODE.dash if high is None else percent(high),
        )
