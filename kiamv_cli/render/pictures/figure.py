"""A figure: what is drawn, what it says in words, and the ways to put it down as SVG."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.pictures.colours import DARK, LIGHT
from kiamv_cli.render.pictures.marks import escaped

if TYPE_CHECKING:
    from kiamv_cli.language import Language

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
_PRINTED = re.sub(r"var\(--(\w+)\)", lambda found: LIGHT[found[1]], _RULES + _STEPS)


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
    """Give the ``<svg>`` element for an HTML page that has ``STYLE`` in its own style sheet."""
    return _svg(figure, "", "")


def standalone(figure: Figure) -> str:
    """Give a whole SVG file, light or dark as its reader wants."""
    return _svg(figure, STYLE, _paper(figure)) + "\n"


def printable(figure: Figure) -> str:
    """Give a whole SVG file in fixed light colours, for what knows no more than SVG 1.1."""
    return printed(_svg(figure, "", _paper(figure))) + "\n"


def printed(svg: str) -> str:
    """Give an element made by ``inline`` the fixed light colours of paper."""
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
