"""Charts of what balance costs and of how often each ecosystem is selected."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.figure import EDGE, Drawing, Scale, ticks
from kiamv_cli.display.marks import (
    SIZE,
    SMALL,
    STRONG,
    box,
    dot,
    element,
    fitted,
    stroke,
    width_of,
    words,
)
from kiamv_cli.display.text import UNICODE, count, decimal, listing, percent, seats, seats_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.selection.model.robustness import Robustness, Share, Standing
    from kiamv_cli.selection.model.sweep import Sweep
    from kiamv_cli.selection.model.tradeoff import TradeOff, TradeOffs

_WIDTH, _TALL = 680, 300


def tradeoff_figure(tradeoffs: TradeOffs, name: str = "tradeoff") -> Figure:
    """Draw every trade-off, and mark the shortlist that was asked for.

    Args:
        tradeoffs: The trade-offs; at least one.
        name: The id of the figure.
    """
    steps, asked = tradeoffs.steps, tradeoffs.asked_for
    sheet = Drawing(_WIDTH)
    sheet.title(title := _("What balance costs: total score by seats out of place"))
    scores = [step.selection.score for step in steps]
    low, high = min(scores), max(scores)
    room = (high - low) / 8 or Fraction(1, 2)
    up = Scale(low - room, high + room / 2, sheet.y + 22 + _TALL, sheet.y + 22)
    margin = max(width_of(_score(tick, up), 11) for tick in ticks(up.low, up.high))
    least, most = steps[0].seats, steps[-1].seats
    pad = (most - least) / 24 or Fraction(1, 2)
    across = Scale(least - pad, most + pad, EDGE + margin + 12, _WIDTH - EDGE - 8)
    _axes(sheet, across, up)
    sheet.add(element("path", d=_front(steps, across, up), kind="front"))
    for step in steps:
        sheet.add(dot(across(step.seats), up(step.selection.score), 4, "bar"))
    if asked:
        sheet.add(*_asked(asked, across, up))
    sheet.y = up.start + 44
    sheet.note(
        _("Each point is a proven shortlist: with as few seats out of place none scores higher.")
    )
    if not tradeoffs.complete:
        sheet.note(_("Not complete: there are more, to the right."), "small alarm")
    return sheet.figure(name, title, _told(tradeoffs))


def _axes(sheet: Drawing, across: Scale, up: Scale) -> None:
    sheet.add(words(EDGE, up.end - 8, _("total score"), "small faint"))
    for tick in ticks(up.low, up.high):
        y = up(tick)
        sheet.add(stroke(across.start, y, across.end, y, "grid"))
        sheet.add(words(across.start - 8, y + 4, _score(tick, up), "small faint end"))
    sheet.add(stroke(across.start, up.start, across.end, up.start, "axis"))
    for tick in ticks(across.low, across.high, 10):
        x = across(tick)
        sheet.add(stroke(x, up.start, x, up.start + 5, "axis"))
        sheet.add(words(x, up.start + 18, seats(tick), "small faint middle"))
    label = _("seats out of place")
    sheet.add(words(across.end, up.start + 34, label, "small faint end"))


def _score(tick: Fraction, up: Scale) -> str:
    """Write a tick with the decimals that tell it from the next."""
    return decimal(tick, 1 if up.high - up.low > 1 else 2)


def _front(steps: Sequence[TradeOff], across: Scale, up: Scale) -> str:
    """Go right, then up: between two points there is nothing better than the left one."""
    x, y = across(steps[0].seats), up(steps[0].selection.score)
    path = f"M{x:.1f} {y:.1f}"
    for step in steps[1:]:
        path += f"H{across(step.seats):.1f}V{up(step.selection.score):.1f}"
    return path


def _asked(step: TradeOff, across: Scale, up: Scale) -> Iterator[str]:
    x, y = across(step.seats), up(step.selection.score)
    diamond = f"M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8Z"
    yield element("path", d=diamond, kind="chosen")
    text = _("asked for: {score}, {seats} out of place", **_numbers(step))
    # The front climbs to the right: there is room below on the right, and above on the left.
    if x + 14 + width_of(text, STRONG) > across.end:
        yield words(x - 12, y - 8, text, "strong end")
    else:
        yield words(x + 12, y + 20, text, "strong")


def _numbers(step: TradeOff) -> dict[str, str]:
    return {"score": decimal(step.selection.score), "seats": seats_text(step.seats)}


def _told(tradeoffs: TradeOffs) -> Iterator[str]:
    steps = tradeoffs.steps
    yield ngettext("{n} trade-off.", "{n} trade-offs.", len(steps))
    yield _("The best balanced: {score}, {seats} out of place.", **_numbers(steps[0]))
    yield _("The highest total: {score}, {seats} out of place.", **_numbers(steps[-1]))
    if tradeoffs.asked_for:
        yield _("Asked for: {score}, {seats} out of place.", **_numbers(tradeoffs.asked_for))
    if not tradeoffs.complete:
        yield _("Not complete: there are more, to the right.")


_BARS_WIDTH, _ROW, _BAR = 760, 26, 12
_NAME, _NUMBERS = 310, 128
_MOST = 100


def robustness_figure(result: Robustness, name: str = "robustness") -> Figure:
    """Draw the shares of the draws in which ecosystems were selected, with their errors.

    Who is not in today and hardly ever was gets no bar; neither does who comes after the first
    hundred.

    Args:
        result: What the draws gave.
        name: The id of the figure.
    """
    sheet = Drawing(_BARS_WIDTH)
    draws = count(result.same.draws, "draw", "draws")
    sheet.title(title := _("How often each is selected, in {draws}", draws=draws))
    shown = [one for one in result.standings if one.notable][:_MOST]
    names = result.scores.longlist.names
    scale = _shares(sheet, len(shown))
    for number, one in enumerate(shown):
        sheet.add(*_row(one, names[one.id], sheet.y + _ROW * number, scale))
    sheet.y += _ROW * len(shown) + 10
    _legend(sheet)
    rest = len(result.standings) - len(shown)
    if rest:
        sheet.note(ngettext("{n} other is not shown.", "{n} others are not shown.", rest))
    return sheet.figure(name, title, _described(result, shown, names))


def _shares(sheet: Drawing, rows: int) -> Scale:
    """Draw the lines between which the bars of so many rows lie."""
    scale = Scale(0, 1, EDGE + _NAME, _BARS_WIDTH - EDGE - _NUMBERS)
    sheet.y += 12
    bottom = sheet.y + _ROW * rows
    for tick in ticks(0, 1, 5):
        x = scale(tick)
        sheet.add(stroke(x, sheet.y, x, bottom, "grid"))
        sheet.add(words(x, sheet.y - 6, percent(tick, 0), "small faint middle"))
    return scale


def sweep_figure(result: Sweep, name: str = "sweep") -> Figure:
    """Draw in which share of the shortlists of a sweep each ecosystem is, if in any.

    Args:
        result: The shortlists.
        name: The id of the figure.
    """
    sheet = Drawing(_BARS_WIDTH)
    shortlists = count(len(result.shortlists), "shortlist", "shortlists")
    sheet.title(title := _("How often each is selected, in {draws}", draws=shortlists))
    shown = {each: share for each, share in result.frequency().items() if share}
    names = result.scores.longlist.names
    scale = _shares(sheet, len(shown))
    for number, (each, share) in enumerate(shown.items()):
        middle = sheet.y + _ROW * number + _ROW / 2
        sheet.add(words(EDGE, middle + 5, fitted(names[each], _NAME - 16, SIZE), full=names[each]))
        wide = scale(share) - scale.start
        sheet.add(box(scale.start, middle - _BAR / 2, wide, _BAR, "bar", 2))
        sheet.add(words(_BARS_WIDTH - EDGE - _NUMBERS + 14, middle + 5, percent(share, 1)))
    sheet.y += _ROW * len(shown) + 10
    told = (f"{names[each]} {percent(share, 1)}" for each, share in shown.items())
    return sheet.figure(name, title, told)


def _row(standing: Standing, name: str, top: float, scale: Scale) -> Iterator[str]:
    middle, share = top + _ROW / 2, standing.selected
    kind = "strong" if standing.member else ""
    yield words(
        EDGE, middle + 5, fitted(name, _NAME - 16, STRONG if kind else SIZE), kind, full=name
    )
    if share.hits:
        wide = scale(share.value) - scale.start
        yield box(
            scale.start, middle - _BAR / 2, wide, _BAR, "bar" if standing.member else "pale", 2
        )
    error = Fraction(share.error).limit_denominator(10**6)
    low = scale(max(share.value - error, Fraction(0)))
    high = scale(min(share.value + error, Fraction(1)))
    yield stroke(low, middle, high, middle, "ring")
    for x in (low, high):
        yield stroke(x, middle - 4, x, middle + 4, "ring")
    yield words(_BARS_WIDTH - EDGE - _NUMBERS + 14, middle + 5, _with_error(share), kind)


def _with_error(share: Share) -> str:
    error = Fraction(share.error).limit_denominator(10**6)
    return f"{percent(share.value, 1)} {UNICODE.plus_minus} {decimal(error * 100, 1)}"


def _legend(sheet: Drawing) -> None:
    y, x = sheet.y, float(EDGE)
    for kind, text in (("bar", _("in today")), ("pale", _("not in today"))):
        sheet.add(box(x, y + 3, 26, _BAR, kind, 2), words(x + 34, y + 13, text, "small"))
        x += 62 + width_of(text, SMALL)
    sheet.add(stroke(x, y + 9, x + 26, y + 9, "ring"))
    sheet.add(*(stroke(each, y + 5, each, y + 13, "ring") for each in (x, x + 26)))
    sheet.add(words(x + 34, y + 13, _("standard error of the draws"), "small"))
    sheet.y += 28


def _described(result: Robustness, shown: list[Standing], names: dict[str, str]) -> Iterator[str]:
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
        share=percent(result.same.value, 1),
    )
