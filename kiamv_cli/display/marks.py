"""What figures are drawn with: SVG elements as text, every word in them escaped, and their colours.

Text has a contrast of at least 4.5 to what it stands on, and marks of at least 3 to what is around
them (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from html import escape
from math import fsum
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from kiamv_cli.display.text import UNICODE, clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# step0 is nothing, step6 the most; onN is the text on stepN.
LIGHT = {
    "paper": "#ffffff",
    "ink": "#17202b",
    "faint": "#52606f",
    "line": "#5b6b7c",
    "edge": "#ffffff",
    "track": "#e3e8ee",
    "tint": "#e6eef8",
    "bar": "#2f6cb0",
    "pale": "#a9c6e6",
    "alarm": "#b3261e",
    "step0": "#eef0f3",
    "step1": "#dbe8f5",
    "step2": "#bad3ec",
    "step3": "#93b8e0",
    "step4": "#6f9fd2",
    "step5": "#2b66a8",
    "step6": "#174377",
    **{f"on{step}": "#17202b" for step in range(5)},
    **{f"on{step}": "#ffffff" for step in (5, 6)},
}
DARK = {
    "paper": "#12171e",
    "ink": "#eef2f6",
    "faint": "#aab6c3",
    "line": "#8a9bad",
    "edge": "#12171e",
    "track": "#2a333e",
    "tint": "#1d2a3a",
    "bar": "#4f8bd0",
    "pale": "#2a4568",
    "alarm": "#ff9a8f",
    "step0": "#1f262f",
    "step1": "#1d3350",
    "step2": "#21446f",
    "step3": "#275690",
    "step4": "#5f9bdd",
    "step5": "#92bdea",
    "step6": "#c8def6",
    **{f"on{step}": "#eef2f6" for step in range(4)},
    **{f"on{step}": "#0d1117" for step in (4, 5, 6)},
}
STEPS = 7


def step(share: float) -> int:
    """The step of the ramp for a share from 0 to 1: 0 only for nothing at all."""
    return 0 if share <= 0 else min(1 + int(share * (STEPS - 1)), STEPS - 1)


SIZE, SMALL = 13, 11
STRONG = 1.13 * SIZE  # what bold text of the usual size takes
# The share of the size of the type that a letter takes, in the typefaces of STYLE.
_NARROW, _USUAL, _BROAD, _SQUARE = 0.36, 0.62, 0.9, 1.0
_NARROW_SIGNS, _BROAD_SIGNS = frozenset("iIjlt.,:;'|!()[]fr -·"), frozenset("mwMW@%—OQGD")
# What XML cannot hold, beside the control characters that `clean` shows.
_NO_XML = {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}


def escaped(text: str) -> str:
    """Make text from files harmless in XML and HTML, in elements and in attributes."""
    return escape(harmless(text))


def harmless(text: str) -> str:
    """Return a text on one line, without signs that XML cannot hold."""
    # Most texts have nothing to replace: this saves a third of the time of a large page.
    return text if text.isprintable() else clean(one_line(text)).translate(_NO_XML)


def element(name: str, inside: str = "", /, **attributes: str | float) -> str:
    """Write an element; ``inside`` is markup, the attributes are escaped. ``kind`` is its class."""
    said = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def words(x: float, y: float, text: str, kind: str = "", *, full: str = "") -> str:
    """Write text with its baseline at ``y``; ``full`` is shown on pointing at it."""
    hint = element("title", escaped(full)) if full else ""
    styled = {"kind": kind} if kind else {}
    return element("text", hint + escaped(text), x=x, y=y, **styled)


def lines(x: float, y: float, texts: Iterable[str], kind: str = "", gap: float = 16) -> str:
    """Write lines of text below each other."""
    return "\n".join(words(x, y + gap * place, text, kind) for place, text in enumerate(texts))


def box(x: float, y: float, width: float, height: float, kind: str, radius: float = 0) -> str:
    """Draw a rectangle, with its corners rounded."""
    rounded: dict[str, float] = {"rx": radius} if radius else {}
    return element("rect", x=x, y=y, width=width, height=height, **rounded, kind=kind)


def stroke(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    """Draw a straight line."""
    return element("path", d=f"M{_value(x1)} {_value(y1)}L{_value(x2)} {_value(y2)}", kind=kind)


def dot(x: float, y: float, radius: float, kind: str) -> str:
    """Draw a circle."""
    return element("circle", cx=x, cy=y, r=radius, kind=kind)


def sign(x: float, y: float, verdict: str, on: str = "") -> str:
    """Draw the sign of a verdict around a point: full, half, empty, a question mark.

    They are drawn, not written: few typefaces have them all.
    """
    match verdict:
        case "met":
            return dot(x, y, 5, f"mark {on}".strip())
        case "partly":
            half = f"M{_value(x)} {_value(y - 5)}A5 5 0 0 0 {_value(x)} {_value(y + 5)}Z"
            return dot(x, y, 4.25, f"ring {on}".strip()) + element(
                "path", d=half, kind=f"mark {on}".strip()
            )
        case "not-met":
            return dot(x, y, 4.25, f"ring {on}".strip())
        case _:
            return words(x, y + 4.5, "?", f"strong middle {on}".strip())


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate the width of a text in pixels, rather too wide than too narrow."""
    return size * fsum(map(_share, clean(text)))


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """Shorten a text to the room there is."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + UNICODE.ellipsis, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + UNICODE.ellipsis


def wrapped(text: str, room: float, size: float = SIZE) -> Iterator[str]:
    """Break a text into lines that fit; a word too long for a line is shortened."""
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if line and width_of(longer, size) > room:
            yield line
            longer = word
        line = fitted(longer, room, size)
    if line:
        yield line


def _share(letter: str) -> float:
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return _SQUARE
    if letter in _NARROW_SIGNS:
        return _NARROW
    return _BROAD if letter in _BROAD_SIGNS else _USUAL + 0.1 * letter.isupper()


def _attribute(key: str) -> str:
    return {"kind": "class"}.get(key, key.replace("_", "-"))


def _value(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else f"{round(value, 2):g}"
