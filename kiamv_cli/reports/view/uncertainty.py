"""How sure the shortlist is, and what is still unknown: whom to call, and what to ask."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.html import el, given, listed, table
from kiamv_cli.reports.view.context import opening, range_of, robustness_picture
from kiamv_cli.selection.view.gaps import GapsView
from kiamv_cli.selection.view.robustness import (
    RobustnessView,
    standing_fields,
    weight_fields,
    weight_rows,
)
from kiamv_cli.selection.view.what_if import effects_text, gap_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.display.html import Node
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.selection.model.gaps import Gap
    from kiamv_cli.selection.model.robustness import Robustness

_WAYS: tuple[Literal["met", "not_met"], ...] = ("met", "not_met")


def gaps_section(context: Context) -> Node:
    """The call list: first those whose one answer is enough."""
    return el(
        "section",
        el("h2", _("What is still unknown"), id="unknown"),
        context.missing("gaps"),
        _list(context),
    )


def _list(context: Context) -> Node:
    found = context.report.gaps
    if found is None:
        return None
    alone = [gap for gap in found.gaps if gap.needed == 1]
    together = [gap for gap in found.gaps if gap.needed > 1]
    return (
        (el("p", text) for text in opening(GapsView(found))),
        given(
            alone,
            el("h3", _("Who to call first")),
            el("ol", _calls(alone, context), class_="calls"),
        ),
        given(
            together,
            el(
                "details",
                el("summary", _("Answers that only count together")),
                el("ol", _calls(together, context), class_="calls"),
            ),
        ),
    )


def _calls(gaps: Iterable[Gap], context: Context) -> Iterator[Node]:
    for _key, group in groupby(gaps, key=lambda gap: (gap.needed, gap.scored.ecosystem.id)):
        yield el("li", _call(list(group), context))


def _call(gaps: Sequence[Gap], context: Context) -> Node:
    """One call: whom, what to ask, and what would follow."""
    one = gaps[0].scored
    effects = (text for way in _WAYS for text in effects_text(gaps, way, context.report.scores))
    programme = context.report.scores.programme
    asks = (
        (
            el("b", label_in(gap.criterion.label)),
            ": ",
            el("span", label_in(gap.criterion.question), " ", class_="question"),
            _missing(gap_text(gap, programme)),
        )
        for gap in gaps
    )
    return (
        el(
            "p",
            el("b", context.name(one.ecosystem.id)),
            " ",
            context.badge(one),
            " ",
            el("span", range_of(one.proven, one.possible), class_="number"),
        ),
        listed(asks),
        (el("p", text, class_="small effects") for text in effects),
    )


def _missing(text: str) -> Node:
    return el("span", _("Missing: {what}.", what=text), class_="small")


def robustness_section(context: Context) -> Node:
    """How often each is selected, and how far a weight can move."""
    return el(
        "section",
        el("h2", _("How sure the shortlist is"), id="sure"),
        context.missing("robustness"),
        _drawn(context),
    )


def _drawn(context: Context) -> Node:
    found = context.report.robustness
    if found is None:
        return None
    return (
        (el("p", text) for text in opening(RobustnessView(found))),
        el(
            "p",
            _(
                "This is a hard test: a criterion may weigh next to nothing or next to all, and "
                "any open question may turn out either way. Those that are nearly always in stand "
                "firm; those that are in today but seldom in the draws deserve a second look."
            ),
        ),
        robustness_picture(context.report),
        el("details", el("summary", _("The same in a table")), _standings(found)),
        el("h3", _("How far a weight can move")),
        el(
            "p",
            _(
                "One weight at a time, the others in proportion: as long as it stays between "
                "these, the shortlist stays as it is."
            ),
        ),
        table(
            _("The weights between which the shortlist stays the best"),
            weight_fields(found),
            weight_rows(found),
        ),
    )


def _standings(robustness: Robustness) -> Node:
    rows = (one for one in robustness.standings if one.notable)
    return table(_("How often each was selected in the draws"), standing_fields(robustness), rows)
