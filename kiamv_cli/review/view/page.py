"""A result as a page of its own, to send to people: read on a screen, in a mail or on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiamv_cli.display.document import Heading, Paragraph, Picture, Table
from kiamv_cli.display.html import el, whole_page
from kiamv_cli.display.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiamv_cli.display.document import Block, Cell
    from kiamv_cli.display.html import Element, Node

_STYLE = """\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#1b1b1b;background:#fff}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:1.8rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d5d5d5}
th{background:#f3f3f1}.strong{font-weight:600}.faint{color:#666}.not-met{color:#a02020}
td{overflow-wrap:anywhere}p{overflow-wrap:anywhere}
@media print{body{margin:0;font-size:11pt}tr{break-inside:avoid}thead{display:table-header-group}}
"""


def page(title: str, blocks: Iterable[Block]) -> str:
    """Format blocks as one HTML page that stands by itself, in the current language."""
    body = el("body", el("h1", clean(title)), [_element(each) for each in blocks])
    return whole_page(clean(title), _STYLE, body)


def _element(block: Block) -> Node:
    match block:
        case Heading():
            return el("h2", clean(block.text))
        case Paragraph():
            return el("p", clean(block.text), class_=_class(block.style)) if block.text else None
        case Table():
            heads = (el("th", clean(each.heading), scope="col") for each in block.columns)
            rows = (el("tr", map(_cell, row)) for row in block.rows)
            return el("table", el("thead", el("tr", heads)), el("tbody", rows))
        case Picture():
            lines = ("".join(clean(each.text) for each in line) for line in block.lines)
            return el("pre", "\n".join(lines))
        case _:
            assert_never(block)


def _cell(cell: Cell) -> Element:
    lines = "\n".join(map(clean, cell.text.split("\n")))
    return el("td", lines, class_=_class(cell.style))


def _class(style: str) -> str | None:
    return style if style in {"strong", "faint", "not-met"} else None
