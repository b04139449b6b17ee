"""Bars: how often each ecosystem is selected when weights and open criteria vary."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.language import _, ngettext
from kiamv_cli.render.pictures.marks import (
    SIZE,
    SMALL,
    STRONG,
    box,
    fitted,
    stroke,
    width_of,
    words,
)
from kiamv_cli.render.pictures.scale import Scale, ticks
from kiamv_cli.render.pictures.sheet import EDGE, Sheet
from kiamv_cli.render.text import UNICODE, count, decimal, listing, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.robustness import Robustness, Share, Standing
    from kiamv_cli.render.pictures.figure import Figure

_WIDTH, _ROW, _BAR = 760, 26, 12
_NAME, _NUMBERS = 310, 128
_SELDOM = Fraction(5, 100)
_MOST = 100


def robustness_figure(found: Robustness, name: str = "robustness") -> Figure:
    """Draw the shares of the draws in which ecosystems were selected, with their errors.

    Who is not in today and hardly ever was gets no bar; neither does who comes after the first
    hundred.

    Args:
        found: What the draws gave.
        name: The id of the figure.
    """
    sheet = Sheet(_WIDTH)
    draws = count(found.same.draws, "draw", "draws")
    sheet.title(title := _("How often each is selected, in {draws}", draws=draws))
    shown = [one for one in found.standings if one.member or one.selected.value >= _SELDOM][:_MOST]
    names = {one.id: one.name for one in found.scores.longlist.ecosystems}
    scale = Scale(0, 1, EDGE + _NAME, _WIDTH - EDGE - _NUMBERS)
    sheet.y += 12
    bottom = sheet.y + _ROW * len(shown)
    for tick in ticks(0, 1, 5):
        x = scale(tick)
        sheet.add(stroke(x, sheet.y, x, bottom, "grid"))
        sheet.add(words(x, sheet.y - 6, percent(tick, 0), "small faint middle"))
    for number, one in enumerate(shown):
        sheet.add(*_row(one, names[one.id], sheet.y + _ROW * number, scale))
    sheet.y = bottom + 10
    _legend(sheet)
    rest = len(found.standings) - len(shown)
    if rest:
        sheet.note(ngettext("{n} other is not shown.", "{n} others are not shown.", rest))
    return sheet.figure(name, title, _told(found, shown, names))


def _row(one: Standing, name: str, top: float, scale: Scale) -> Iterator[str]:
    middle, share = top + _ROW / 2, one.selected
    kind = "strong" if one.member else ""
    yield words(
        EDGE, middle + 5, fitted(name, _NAME - 16, STRONG if kind else SIZE), kind, full=name
    )
    if share.hits:
        wide = scale(share.value) - scale.start
        yield box(scale.start, middle - _BAR / 2, wide, _BAR, "bar" if one.member else "pale", 2)
    error = Fraction(share.error).limit_denominator(10**6)
    low = scale(max(share.value - error, Fraction(0)))
    high = scale(min(share.value + error, Fraction(1)))
    yield stroke(low, middle, high, middle, "ring")
    for x in (low, high):
        yield stroke(x, middle - 4, x, middle + 4, "ring")
    yield words(_WIDTH - EDGE - _NUMBERS + 14, middle + 5, _with_error(share), kind)


def _with_error(share: Share) -> str:
    error = Fraction(share.error).limit_denominator(10**6)
    return f"{percent(share.value, 1)} {UNICODE.plus_minus} {decimal(error * 100, 1)}"


def _legend(sheet: Sheet) -> None:
    y, x = sheet.y, float(EDGE)
    for kind, text in (("bar", _("in today")), ("pale", _("not in today"))):
        sheet.add(box(x, y + 3, 26, _BAR, kind, 2), words(x + 34, y + 13, text, "small"))
        x += 62 + width_of(text, SMALL)
    sheet.add(stroke(x, y + 9, x + 26, y + 9, "ring"))
    sheet.add(*(stroke(each, y + 5, each, y + 13, "ring") for each in (x, x + 26)))
    sheet.add(words(x + 34, y + 13, _("standard error of the draws"), "small"))
    sheet.y += 28


def _told(found: Robustness, shown: list[Standing], names: dict[str, str]) -> Iterator[str]:
    for is_member, text in (
        (True, _("On the shortlist: {ecosystems}.")),
        (False, _("Not on it: {ecosystems}.")),
    ):
        parts = [
            f"{names[one.id]} {percent(one.selected.value, 1)}"
            for one in shown
            if one.member is is_member
        ]
        if parts:
            yield text.format(ecosystems=listing(parts))
    yield _(
        "The shortlist itself came out in {share} of the draws.",
        share=percent(found.same.value, 1),
    )
