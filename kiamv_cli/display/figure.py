"""Figures: what is drawn, what it says in words, sheets and scales to draw on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from kiamv_cli.base.language import current_language
from kiamv_cli.display.marks import DARK, LIGHT, SMALL, escaped, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.base.labels import Language

# Only classes below .figure: a page may have its own .bar. The typeface is whatever reads well on
# the machine; Inter comes first because the files made without a browser have it.
_RULES = """\
.figure{font-family:Inter,system-ui,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
.figure text{font-size:13px;fill:var(--ink)}
.figure .title{font-size:16px;font-weight:600}
.figure .strong{font-weight:600}
.figure .small{font-size:11px}
.figure .faint{fill:var(--faint)}
.figure .middle{text-anchor:middle}
.figure .end{text-anchor:end}
.figure .paper{fill:var(--paper)}
.figure .box{fill:var(--paper);stroke:var(--line)}
.figure .tint{fill:var(--tint);stroke:var(--line)}
.figure .track{fill:var(--track)}
.figure .grid{stroke:var(--track);fill:none}
.figure .axis{stroke:var(--line);fill:none}
.figure .way{stroke:var(--line);fill:none}
.figure .solid{fill:var(--line)}
.figure .bar{fill:var(--bar)}
.figure .pale{fill:var(--pale)}
.figure .mark{fill:var(--ink)}
.figure .ring{fill:none;stroke:var(--ink);stroke-width:1.5}
.figure .range{fill:none;stroke:var(--ink);stroke-width:1.5}
.figure .edge{stroke:var(--edge);stroke-width:1;stroke-linejoin:round}
.figure .halo{fill:none;stroke:var(--alarm);stroke-width:2.5;stroke-linejoin:round}
.figure .alarm{fill:var(--alarm)}
.figure .chosen{fill:var(--alarm);stroke:var(--paper);stroke-width:1.5}
.figure .front{fill:none;stroke:var(--bar);stroke-width:2}
"""
_STEPS = "".join(
    f".figure .step{step}{{fill:var(--step{step})}}\n"
    f".figure .on{step}{{fill:var(--on{step})}}\n"
    f".figure .ring.on{step},.figure .range.on{step}{{fill:none;stroke:var(--on{step})}}\n"
    for step in range(7)
)


def _properties(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


STYLE = (
    f".figure{{{_properties(LIGHT)}max-width:100%;height:auto}}\n"
    f"@media screen and (prefers-color-scheme:dark){{.figure{{{_properties(DARK)}}}}}\n"
    f"{_RULES}{_STEPS}"
)
_PRINTED = re.sub(r"var\(--(\w+)\)", lambda match: LIGHT[match[1]], _RULES + _STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of a result.

    ``title`` says what it is and ``description`` what is to be seen, both as plain text: together
    they are its text alternative. ``width`` and ``height`` are in CSS pixels at full size. ``body``
    holds SVG elements made with ``marks``: escaped, in classes of ``STYLE`` only. ``id`` tells
    the figures of a page apart, ``language`` is that of its texts.
    """

    id: str
    title: str
    description: str
    width: int
    height: int
    body: str
    language: Language = "en"


def inline(figure: Figure) -> str:
    """Return the ``<svg>`` element for an HTML page that has ``STYLE`` in its own style sheet."""
    return _svg(figure, "", "")


def standalone(figure: Figure) -> str:
    """Return a whole SVG file, light or dark as its reader wants."""
    return _svg(figure, STYLE, _paper(figure)) + "\n"


def printable(figure: Figure) -> str:
    """Return a whole SVG file in fixed light colours, for what knows no more than SVG 1.1."""
    return printed(_svg(figure, "", _paper(figure))) + "\n"


def printed(svg: str) -> str:
    """Return an element made by ``inline`` the fixed light colours of paper."""
    opened = svg.index(">") + 1
    return f"{svg[:opened]}\n<style>\n{_PRINTED}</style>{svg[opened:]}"


def _paper(figure: Figure) -> str:
    return f'<rect class="paper" width="{figure.width}" height="{figure.height}"/>\n'


def _svg(figure: Figure, style: str, paper: str) -> str:
    name, size = figure.id, f'width="{figure.width}" height="{figure.height}"'
    sheet = f"<style>\n{style}</style>\n" if style else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" {size} '
        f'viewBox="0 0 {figure.width} {figure.height}" lang="{figure.language}" '
        f'aria-labelledby="{name}-title {name}-description">\n'
        f'<title id="{name}-title">{escaped(figure.title)}</title>\n'
        f'<desc id="{name}-description">{escaped(figure.description)}</desc>\n'
        f"{sheet}{paper}{figure.body}\n</svg>"
    )


_MOST_TICKS = 6
Number = Fraction | int


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale of values from ``low`` to ``high`` over pixels from ``start`` to ``end``."""

    low: Number
    high: Number
    start: float
    end: float

    def __call__(self, value: Number) -> float:
        """Return the pixel of a value."""
        width = self.high - self.low
        share = float(Fraction(value - self.low) / width) if width else 0.5
        return self.start + share * (self.end - self.start)


def ticks(low: Number, high: Number, most: int = _MOST_TICKS) -> Iterator[Fraction]:
    """Yield at most so many round values from ``low`` to ``high``, by steps of 1, 2 or 5."""
    step = _round_step(Fraction(high - low) / most)
    for number in range(ceil(Fraction(low) / step), floor(Fraction(high) / step) + 1):
        yield number * step


def _round_step(least: Fraction) -> Fraction:
    if not least:
        return Fraction(1)
    power = Fraction(10) ** floor(log10(least))
    return next(size * power for size in (1, 2, 5, 10, 20) if size * power >= least)


EDGE = 16
_TITLE, _TITLE_LINE = 16, 21
_LINE, _SMALL_LINE = 18, 16


@dataclass(slots=True)
class Drawing:
    """Collects elements; ``y`` is where the next thing may begin, in pixels from the top."""

    width: int
    y: float = EDGE
    parts: list[str] = field(default_factory=list)

    @property
    def room(self) -> int:
        """The width between the edges."""
        return self.width - 2 * EDGE

    def add(self, *parts: str) -> None:
        """Draw elements."""
        self.parts += parts

    def title(self, text: str) -> None:
        """Write the title, and leave room below it."""
        self._write(text, "title", _TITLE * 1.04, _TITLE_LINE)
        self.y += 10

    def note(self, text: str, kind: str = "small faint") -> None:
        """Write small running text."""
        self._write(text, kind, SMALL, _SMALL_LINE)

    def figure(self, name: str, title: str, sentences: Iterable[str]) -> Figure:
        """Finish: what is told, sentence by sentence, is the text alternative."""
        return Figure(
            id=name,
            title=title,
            description=" ".join(sentences),
            width=self.width,
            height=round(self.y + EDGE),
            body="\n".join(self.parts),
            language=current_language(),
        )

    def _write(self, text: str, kind: str, size: float, step: float) -> None:
        for line in wrapped(text, self.room, size):
            self.y += step
            self.parts.append(words(EDGE, self.y - step + size, line, kind))
