"""How sure the shortlist is, and what is still unknown: whom to call, and what to ask."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.html import Head, el, given, html, listed, table
from kiamv_cli.display.text import UNICODE, decimal, percent
from kiamv_cli.reports.view.context import opening, range_of, robustness_picture
from kiamv_cli.selection.view.gaps import GapsView
from kiamv_cli.selection.view.robustness import RobustnessView
from kiamv_cli.selection.view.what_if import effects_text, gap_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.display.html import Html, Node
    from kiamv_cli.reports.view.context import Told
    from kiamv_cli.selection.model.gaps import Gap
    from kiamv_cli.selection.model.robustness import Robustness, Standing

_WAYS: tuple[Literal["met", "not_met"], ...] = ("met", "not_met")


def calls(told: Told) -> Html:
    """The call list: first those whose one answer is enough."""
    return el(
        "section",
        el("h2", _("What is still unknown"), id="unknown"),
        told.missing("gaps"),
        _list(told),
    )


def _list(told: Told) -> Html | None:
    found = told.report.gaps
    if found is None:
        return None
    alone = [gap for gap in found.gaps if gap.needed == 1]
    together = [gap for gap in found.gaps if gap.needed > 1]
    return html(
        (el("p", text) for text in opening(GapsView(found))),
        given(
            alone,
            el("h3", _("Whom to call first")),
            el("ol", _calls(alone, told), class_="calls"),
        ),
        given(
            together,
            el(
                "details",
                el("summary", _("Answers that only count together")),
                el("ol", _calls(together, told), class_="calls"),
            ),
        ),
    )


def _calls(gaps: Iterable[Gap], told: Told) -> Iterator[Html]:
    for _key, group in groupby(gaps, key=lambda gap: (gap.needed, gap.scored.ecosystem.id)):
        yield el("li", _call(list(group), told))


def _call(gaps: Sequence[Gap], told: Told) -> Html:
    """One call: whom, what to ask, and what would follow."""
    one = gaps[0].scored
    effects = (text for way in _WAYS for text in effects_text(gaps, way, told.report.scores))
    programme = told.report.scores.programme
    asks = (
        html(
            el("b", label_in(gap.criterion.label)),
            ": ",
            label_in(gap.criterion.question),
            " ",
            _missing(gap_text(gap, programme)),
        )
        for gap in gaps
    )
    return html(
        el(
            "p",
            el("b", told.name(one.ecosystem.id)),
            " ",
            told.badge(one),
            " ",
            el("span", range_of(one.proven, one.possible), class_="number"),
        ),
        listed(asks),
        (el("p", text, class_="small") for text in effects),
    )


def _missing(text: str) -> Html:
    return el("span", _("Missing: {what}.", what=text), class_="small")


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
    shown = (one for one in found.standings if one.notable)
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
