"""The plot of what balance costs: seats out of place across, total score up, each step proven."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.language import _, ngettext
from kiamv_cli.render.pictures.marks import STRONG, dot, element, stroke, width_of, words
from kiamv_cli.render.pictures.scale import Scale, ticks
from kiamv_cli.render.pictures.sheet import EDGE, Sheet
from kiamv_cli.render.text import decimal, seats, seats_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.selection.tradeoff import TradeOff
    from kiamv_cli.core.tradeoff import TradeOffs
    from kiamv_cli.render.pictures.figure import Figure

_WIDTH, _TALL = 680, 300


def tradeoff_figure(found: TradeOffs, name: str = "tradeoff") -> Figure:
    """Draw every trade-off, and mark the shortlist that was asked for.

    Args:
        found: The trade-offs; at least one.
        name: The id of the figure.
    """
    steps, asked = found.steps, found.asked_for
    sheet = Sheet(_WIDTH)
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
    if not found.complete:
        sheet.note(_("Not complete: there are more, to the right."), "small alarm")
    return sheet.figure(name, title, _told(found))


def _axes(sheet: Sheet, across: Scale, up: Scale) -> None:
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


def _asked(asked: TradeOff, across: Scale, up: Scale) -> Iterator[str]:
    x, y = across(asked.seats), up(asked.selection.score)
    diamond = f"M{x:.1f} {y - 8:.1f}l8 8l-8 8l-8 -8Z"
    yield element("path", d=diamond, kind="chosen")
    text = _("asked for: {score}, {seats} out of place", **_numbers(asked))
    # The front climbs to the right: there is room below on the right, and above on the left.
    if x + 14 + width_of(text, STRONG) > across.end:
        yield words(x - 12, y - 8, text, "strong end")
    else:
        yield words(x + 12, y + 20, text, "strong")


def _numbers(step: TradeOff) -> dict[str, str]:
    return {"score": decimal(step.selection.score), "seats": seats_text(step.seats)}


def _told(found: TradeOffs) -> Iterator[str]:
    steps = found.steps
    yield ngettext("{n} trade-off.", "{n} trade-offs.", len(steps))
    yield _("The best balanced: {score}, {seats} out of place.", **_numbers(steps[0]))
    yield _("The highest total: {score}, {seats} out of place.", **_numbers(steps[-1]))
    if found.asked_for:
        yield _("Asked for: {score}, {seats} out of place.", **_numbers(found.asked_for))
    if not found.complete:
        yield _("Not complete: there are more, to the right.")
