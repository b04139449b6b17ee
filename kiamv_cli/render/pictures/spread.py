"""Bars: the seats of each category, and the range within which they are in balance."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.render.pictures.marks import box, fitted, stroke, width_of, words
from kiamv_cli.render.pictures.scale import Scale, ticks
from kiamv_cli.render.pictures.seats import heading, placed, summary, told
from kiamv_cli.render.pictures.sheet import EDGE, Sheet
from kiamv_cli.render.text import seats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.programme import Dimension
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.render.pictures.figure import Figure
    from kiamv_cli.render.pictures.seats import Place

_WIDTH, _ROW, _BAR = 680, 30, 14
_WIDEST_NAME, _NUMBERS = 250, 150


def spread_figure(dimension: Dimension, found: Sequence[CategorySpread], name: str = "") -> Figure:
    """Draw the seats of a dimension as bars beside what would be in balance.

    Args:
        dimension: The categories.
        found: The seats of each, in their order.
        name: The id of the figure; left out: ``spread-`` and the dimension.
    """
    places = placed(dimension, found)
    sheet = Sheet(_WIDTH)
    sheet.title(title := heading(dimension, found))
    names = 12 + min(_WIDEST_NAME, max(width_of(each.name) for each in places))
    most = ceil(max(max(one.seats, one.high) for one in found)) or 1
    scale = Scale(0, most, EDGE + names, _WIDTH - EDGE - _NUMBERS)
    sheet.y += 12
    bottom = sheet.y + _ROW * len(places)
    for value in ticks(0, most):
        x = scale(value)
        sheet.add(stroke(x, sheet.y, x, bottom, "grid"))
        sheet.add(words(x, sheet.y - 6, seats(value), "small faint middle"))
    for number, each in enumerate(places):
        sheet.add(*_row(each, sheet.y + _ROW * number, scale, names))
    sheet.y = bottom + 10
    _legend(sheet)
    for text in summary(places):
        sheet.note(text)
    return sheet.figure(name or f"spread-{dimension.id}", title, told(places))


def _row(place: Place, top: float, scale: Scale, names: float) -> Iterator[str]:
    middle, one = top + _ROW / 2, place.spread
    yield words(EDGE, middle + 5, fitted(place.name, names - 8), full=place.name)
    if one.seats:
        yield box(scale(0), middle - _BAR / 2, scale(one.seats) - scale(0), _BAR, "bar", 2)
    low, high = scale(one.low), scale(one.high)
    yield box(low, middle - 10, high - low, 20, "range", 3)
    x = _WIDTH - EDGE - _NUMBERS + 12
    yield words(x, middle + 5, place.seats, "strong")
    if place.moved:
        yield words(x + 44, middle + 5, place.moved, "alarm")
    else:
        yield words(x + 44, middle + 5, place.range, "faint")


def _legend(sheet: Sheet) -> None:
    y, x = sheet.y, float(EDGE)
    for kind, text in (("bar", _("seats")), ("range", _("in balance within"))):
        height = _BAR if kind == "bar" else 18
        sheet.add(box(x, y + 9 - height / 2, 26, height, kind, 2))
        sheet.add(words(x + 34, y + 13, text, "small"))
        x += 60 + width_of(text, 11)
    sheet.y += 26
