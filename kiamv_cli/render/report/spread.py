"""How the places lie over provinces and themes, beside the targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.language import _, label_in
from kiamv_cli.render.report.figures import bars_figure, place_figures
from kiamv_cli.render.report.html import Head, el, html, table
from kiamv_cli.render.text import UNICODE, seats, seats_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.programme import DimensionId
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told


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
        (_dimension(told, name) for name in DIMENSIONS),
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
    rows = ((label_in(category.label), *_row(one)) for category, one in pairs)
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


def _row(one: CategorySpread) -> Iterator[Node]:
    yield seats(one.seats)
    yield seats(one.target)
    yield f"{seats(one.low)}{UNICODE.dash}{seats(one.high)}"
    if not one.out_of_place:
        yield _("in balance")
    elif one.seats < one.low:
        yield _("{seats} too few", seats=seats(one.out_of_place))
    else:
        yield _("{seats} too many", seats=seats(one.out_of_place))
