"""What is still unknown and could change the shortlist: whom to call, and what to ask."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from kiamv_cli.language import _, label_in
from kiamv_cli.render.effect import effects_text
from kiamv_cli.render.gaps import GapsView
from kiamv_cli.render.missing import missing_text
from kiamv_cli.render.report.html import el, given, html, listed
from kiamv_cli.render.report.told import opening, range_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.core.gaps import Gap
    from kiamv_cli.render.report.html import Html
    from kiamv_cli.render.report.told import Told

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
            _missing(missing_text(gap, programme)),
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
