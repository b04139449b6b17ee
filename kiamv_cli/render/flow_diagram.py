"""A flow diagram in the manner of PRISMA 2020: boxes downwards, those who leave to the right."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS, _SMALL_LETTERS = 40, 46  # in a line of a box, bold and not
_LETTER = 8  # how much of a bar a letter needs
_NUMBER = "(n\u00a0=\u00a0"  # stays on one line
_LINE, _PAD, _GAP = 17, 10, 34
_BAR, _BOX, _BETWEEN = 30, 350, 56
_MAIN, _SIDE = _BAR + 12, _BAR + 12 + _BOX + _BETWEEN
_WIDE = _SIDE + _BOX + 12
_STYLE = (
    "text{font:13px system-ui,'Segoe UI',Arial,sans-serif;fill:#1b1b1b}"
    ".n{font-weight:600}.d{fill:#4a4a4a}.box{fill:#fff;stroke:#3b4a5a}"
    ".bar{fill:#dce6f2;stroke:#3b4a5a}.way{stroke:#3b4a5a;fill:none}.tip{fill:#3b4a5a}"
    "@media(prefers-color-scheme:dark){text{fill:#f0f0f0}.d{fill:#c4c4c4}"
    ".box{fill:#1d2530;stroke:#9db2c8}.bar{fill:#2c3a4b;stroke:#9db2c8}"
    ".way{stroke:#9db2c8}.tip{fill:#9db2c8}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A box, what is told within it, and the boxes of those who leave it, each with its number."""

    stage: str
    text: str
    count: int
    details: tuple[str, ...] = ()
    leave: tuple[tuple[str, int], ...] = ()


def mermaid(boxes: Sequence[Drawn]) -> str:
    """Write a flow as a Mermaid flowchart, for Markdown that draws it."""
    lines = ["flowchart TD"]
    for place, box in enumerate(boxes):
        told = "".join(f"<br>{_quoted(detail)}" for detail in box.details)
        lines.append(f'    s{place}["{_quoted(box.text)} (n = {box.count}){told}"]')
        for index, (text, number) in enumerate(box.leave):
            lines.append(f'    s{place} --> s{place}x{index}["{_quoted(text)} (n = {number})"]')
    lines += [f"    s{place} --> s{place + 1}" for place in range(len(boxes) - 1)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write any sign that Mermaid or HTML could act on by its number."""
    harmless = " .,:;()-/'"
    return "".join(
        sign if sign.isalnum() or sign in harmless else f"#{ord(sign)};" for sign in text
    )


def svg(title: str, boxes: Sequence[Drawn]) -> str:
    """Write a flow as an SVG picture that stands by itself, in light and dark.

    Args:
        title: What the picture shows; with the boxes it is also its text alternative.
        boxes: From the first to the last.
    """
    drawn: list[str] = []
    top = 12
    for place, box in enumerate(boxes):
        lines = list(_told(box))
        sides = [wrap(_numbered(text, number), _LETTERS) for text, number in box.leave]
        height = max(
            _height(lines),
            sum(_height(side) + _PAD for side in sides) - _PAD,
            len(box.stage) * _LETTER + _PAD,
        )
        drawn += _stage(box.stage, top, height)
        drawn += _box(_MAIN, top, height, lines)
        below = top
        for side in sides:
            drawn += _box(_SIDE, below, _height(side), side)
            middle = below + _height(side) / 2
            drawn += _arrow(_MAIN + _BOX, middle, _SIDE, middle)
            below += _height(side) + _PAD
        bottom = top + height
        if place + 1 < len(boxes):
            drawn += _arrow(_MAIN + _BOX / 2, bottom, _MAIN + _BOX / 2, bottom + _GAP)
        top = bottom + _GAP
    told = ". ".join(_sentence(box) for box in boxes)
    tall = top - _GAP + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {tall}" '
        f'width="{_WIDE}" height="{tall}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(told)}</desc>\n'
        f"<style>{_STYLE}</style>\n" + "\n".join(drawn) + "\n</svg>\n"
    )


def _told(box: Drawn) -> Iterator[str]:
    yield from wrap(_numbered(box.text, box.count), _LETTERS)
    for detail in box.details:
        yield from wrap(detail, _SMALL_LETTERS, break_on_hyphens=False)


def _numbered(text: str, number: int) -> str:
    return f"{text} {_NUMBER}{number})"


def _sentence(box: Drawn) -> str:
    leave = "".join(f"; {text}: {number}" for text, number in box.leave)
    return f"{box.text}: {box.count}{leave}"


def _height(lines: Sequence[str]) -> int:
    return len(lines) * _LINE + 2 * _PAD


def _box(left: int, top: int, height: int, lines: Sequence[str]) -> Iterator[str]:
    yield f'<rect class="box" x="{left}" y="{top}" width="{_BOX}" height="{height}" rx="4"/>'
    strong = True
    for number, line in enumerate(lines):
        x, y = left + _PAD, top + _PAD + (number + 1) * _LINE - 4
        yield f'<text class="{"n" if strong else "d"}" x="{x}" y="{y}">{escape(line)}</text>'
        strong = strong and _NUMBER not in line


def _stage(text: str, top: int, height: int) -> Iterator[str]:
    x, y = 12 + _BAR / 2 - 4, top + height / 2
    yield f'<rect class="bar" x="8" y="{top}" width="{_BAR - 8}" height="{height}" rx="4"/>'
    yield (
        f'<text class="n" text-anchor="middle" x="{x:g}" y="{y:g}" '
        f'transform="rotate(-90 {x:g} {y:g})">{escape(text)}</text>'
    )


def _arrow(x1: float, y1: float, x2: float, y2: float) -> Iterator[str]:
    yield f'<path class="way" d="M{x1:g} {y1:g}L{x2:g} {y2:g}"/>'
    if x1 == x2:
        tip = f"M{x2 - 5:g} {y2 - 8:g}L{x2 + 5:g} {y2 - 8:g}L{x2:g} {y2:g}Z"
    else:
        tip = f"M{x2 - 8:g} {y2 - 5:g}L{x2 - 8:g} {y2 + 5:g}L{x2:g} {y2:g}Z"
    yield f'<path class="tip" d="{tip}"/>'
