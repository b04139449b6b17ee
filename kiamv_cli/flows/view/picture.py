"""A flow diagram in the manner of PRISMA 2020: boxes downwards, those who leave to the right."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TYPE_CHECKING

from kiamv_cli.display.figure import EDGE, Drawing
from kiamv_cli.display.marks import STRONG, box, element, escaped, stroke, width_of, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.display.figure import Figure

_LINE, _PAD, _GAP = 18, 12, 36
_BAR, _BOX, _BETWEEN = 26, 356, 52
_MAIN = EDGE + _BAR + 12
_SIDE = _MAIN + _BOX + _BETWEEN
_WIDTH = _SIDE + _BOX + EDGE


def flow_figure(title: str, boxes: Sequence[Drawn], name: str = "flow") -> Figure:
    """Draw a flow.

    Args:
        title: What the picture shows.
        boxes: From the first to the last.
        name: The id of the figure.
    """
    sheet = Drawing(_WIDTH)
    sheet.title(title)
    for place, each in enumerate(boxes):
        if place:
            sheet.add(_down(_MAIN + _BOX / 2, sheet.y - _GAP, sheet.y))
        sheet.y += _drawn(sheet, each) + _GAP
    sheet.y -= _GAP
    return sheet.figure(name, title, map(_sentence, boxes))


def _drawn(sheet: Drawing, node: Drawn) -> float:
    """Draw a box with those who leave it, and give the height that this takes."""
    height = max(
        _height(node),
        fsum(_height(each) + _PAD for each in node.leave) - _PAD,
        width_of(node.stage, STRONG) + 2 * _PAD,
    )
    sheet.add(*_stage(node.stage, sheet.y, height))
    sheet.add(_box(_MAIN, sheet.y, height, node))
    below = sheet.y
    for each in node.leave:
        sheet.add(_right(_MAIN + _BOX, _SIDE, below + _height(each) / 2))
        sheet.add(_box(_SIDE, below, _height(each), each))
        below += _height(each) + _PAD
    return height


def _lines(node: Drawn) -> Iterator[tuple[str, str]]:
    """Yield what stands in a box, line by line, each with its kind."""
    room, text = _BOX - 2 * _PAD, f"{node.text} (n\u00a0=\u00a0{node.count})"
    yield from ((line, "strong") for line in wrapped(text, room, STRONG))
    yield from ((line, "faint") for detail in node.details for line in wrapped(detail, room))


def _height(node: Drawn) -> float:
    return len([*_lines(node)]) * _LINE + 2 * _PAD


def _box(x: float, y: float, height: float, node: Drawn) -> str:
    """Draw a box; who is in it and in its parts is shown on pointing at it."""
    hint = element("title", escaped(" | ".join(node.named()))) if node.ids else ""
    inside = (
        words(x + _PAD, y + _PAD + _LINE * number + 13, line, kind)
        for number, (line, kind) in enumerate(_lines(node))
    )
    return element("g", "".join((hint, box(x, y, _BOX, height, "box", 5), *inside)))


def _stage(text: str, y: float, height: float) -> Iterator[str]:
    yield box(EDGE, y, _BAR, height, "tint", 5)
    at = f"rotate(-90 {EDGE + _BAR / 2 + 4.5:g} {y + height / 2:g})"
    placed = {"x": EDGE + _BAR / 2 + 4.5, "y": y + height / 2}
    yield element("text", escaped(text), **placed, transform=at, kind="strong middle")


def _down(x: float, top: float, bottom: float) -> str:
    tip = f"M{x - 5:g} {bottom - 8:g}h10l-5 8Z"
    return stroke(x, top, x, bottom - 6, "way") + element("path", d=tip, kind="solid")


def _right(left: float, right: float, y: float) -> str:
    tip = f"M{right - 8:g} {y - 5:g}v10l8 -5Z"
    return stroke(left, y, right - 6, y, "way") + element("path", d=tip, kind="solid")


def _sentence(node: Drawn) -> str:
    leave = "".join(f"; {each.text}: {each.count}" for each in node.leave)
    return f"{node.text}: {node.count}{leave}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A box: what it is called, and the ids of those in it.

    ``details`` is what is told within it, ``parts`` who is in each part of it, ``leave`` the boxes
    of those who leave it.
    """

    text: str
    ids: tuple[str, ...]
    stage: str = ""
    details: tuple[str, ...] = ()
    parts: tuple[Drawn, ...] = ()
    leave: tuple[Drawn, ...] = ()

    @property
    def count(self) -> int:
        """How many are in it."""
        return len(self.ids)

    def named(self) -> Iterator[str]:
        """Yield who is in it and in each of its parts, a line for each; none for what is empty."""
        for each in (self, *self.parts):
            if each.ids:
                yield f"{each.text} ({each.count}): {', '.join(each.ids)}"


def mermaid(boxes: Sequence[Drawn]) -> str:
    """Write a flow as a Mermaid flowchart, for Markdown that draws it.

    Who is in each box stands in remarks, which are not drawn.
    """
    lines = ["flowchart TD"]
    for place, each in enumerate(boxes):
        details = "".join(f"<br>{_quoted(detail)}" for detail in each.details)
        lines.append(f'    s{place}["{_quoted(each.text)} (n = {each.count}){details}"]')
        lines += _remarks(each)
        for index, left in enumerate(each.leave):
            text = f"{_quoted(left.text)} (n = {left.count})"
            lines.append(f'    s{place} --> s{place}x{index}["{text}"]')
            lines += _remarks(left)
    lines += [f"    s{place} --> s{place + 1}" for place in range(len(boxes) - 1)]
    return "\n".join(lines) + "\n"


def _remarks(box: Drawn) -> Iterator[str]:
    return (f"    %% {_quoted(line)}" for line in box.named())


def _quoted(text: str) -> str:
    """Write any sign that Mermaid or HTML could act on by its number."""
    harmless = " .,:;()-/'"
    return "".join(
        sign if sign.isalnum() or sign in harmless else f"#{ord(sign)};"
        for sign in text.replace("\u00a0", " ")
    )
