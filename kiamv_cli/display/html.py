"""HTML as values: every text is escaped in one place, and nothing else makes markup."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Union

from kiamv_cli.base.language import current_language
from kiamv_cli.display.figure import Figure, inline
from kiamv_cli.display.marks import escaped, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kiamv_cli.display.document import Cell, Field, Row

EMPTY = frozenset({"input", "meta", "br"})
_BREAK = "<br>"
_LINKABLE = ("https://", "http://")
Attribute = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Raw:
    """Markup of kiamv's own: a style sheet, a program."""

    markup: str


@dataclass(frozen=True, slots=True)
class Element:
    """An element with what is in it, of which iterators are read once."""

    tag: str
    attributes: Mapping[str, Attribute]
    inside: tuple[Node, ...]


Node = Union[Element, Raw, Figure, str, None, Iterable["Node"]]  # noqa: UP007 - it is within itself


def markup(node: Node) -> str:
    """Return nodes as HTML; plain text is escaped, a figure becomes ``<svg>``."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Node, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(
            escaped(node) if node.isprintable() else _BREAK.join(map(escaped, lines(node)))
        )
    elif isinstance(node, Element):
        _write_element(node, parts)
    elif isinstance(node, Raw):
        parts.append(node.markup)
    elif isinstance(node, Figure):
        parts.append(inline(node))
    elif node is not None:
        for each in node:
            _write(each, parts)


def _write_element(element: Element, parts: list[str]) -> None:
    parts.append(f"<{element.tag}{''.join(map(_attribute, element.attributes.items()))}>")
    if element.tag not in EMPTY:
        for each in element.inside:
            _write(each, parts)
        parts.append(f"</{element.tag}>")


def el(tag: str, *inside: Node, **attributes: Attribute) -> Element:
    """Return an element.

    Args:
        tag: Its name.
        inside: What is in it.
        attributes: By name, with ``_`` for ``-`` and none at the end (``class_``); ``None`` and
            ``False`` leave one out, ``True`` gives it no value.
    """
    # The page forbids these by its policy: they would not work, and data could get in.
    assert not any(name == "style" or name.startswith("on") for name in attributes)
    return Element(tag, attributes, inside)


def link(url: str, *inside: Node) -> Node:
    """Make a link to a web page, or only its text where the address is no such page.

    It opens in place of the report and, by the policy of the page, says nothing of where it was
    followed from.
    """
    if not url.lower().startswith(_LINKABLE):
        return inside
    return el("a", *inside, href=url)


def table(
    caption: str,
    fields: Sequence[Field[Row]],
    rows: Iterable[Row],
    *,
    kind: str = "",
    nodes: Mapping[str, Callable[[Row], Node]] | None = None,
) -> Element:
    """Return a table of fields, in a region that scrolls by itself where the screen is narrow.

    Args:
        caption: What the table shows.
        fields: The columns, of which the first heads its rows.
        rows: What they are of.
        kind: The class of the table.
        nodes: By the key of a field, what a page shows in its cells that is more than text.
    """
    there = [each for each in fields if "page" not in each.without]
    heads = (el("th", each.heading, scope="col", class_=_kind(each)) for each in there)
    made = el(
        "table",
        el("caption", caption),
        el("thead", el("tr", heads)),
        el("tbody", (el("tr", _cells(there, row, nodes or {})) for row in rows)),
        class_=kind or None,
    )
    return scrolling(caption, made)


def _cells(
    fields: Sequence[Field[Row]], row: Row, nodes: Mapping[str, Callable[[Row], Node]]
) -> Iterable[Element]:
    for place, each in enumerate(fields):
        inside = nodes[each.key](row) if each.key in nodes else cell_node(each.cell(row))
        if place:
            yield el("td", inside, class_=_kind(each))
        else:
            yield el("th", inside, scope="row", class_=_kind(each))


def _kind(field: Field[Row]) -> str | None:
    return "number" if field.align == "right" else None


def cell_node(cell: Cell) -> Node:
    """Return the text of a cell, its names as links to where the page tells of them."""
    nodes: list[Node] = []
    rest = cell.text
    for name, identifier in cell.links:
        before, _name, rest = rest.partition(name)
        nodes += [before, card_link(identifier, name)]
    return [*nodes, rest]


def card_link(identifier: str, name: str) -> Element:
    """Return the name of an ecosystem, as a link to its card."""
    return el("a", name, href=f"#eco-{identifier}")


def scrolling(label: str, inside: Node) -> Element:
    """Let something wide scroll by itself, also from the keyboard."""
    return el("div", inside, class_="scroll", role="group", aria_label=label, tabindex=0)


def listed(items: Iterable[Node], kind: str = "") -> Element:
    """Make a list."""
    return el("ul", (el("li", item) for item in items), class_=kind or None)


def terms(pairs: Iterable[tuple[str, Node]], kind: str = "") -> Element:
    """Make a list of terms, each with what it stands for."""
    return el(
        "dl",
        (el("div", el("dt", term), el("dd", told)) for term, told in pairs),
        class_=kind or None,
    )


def given(there: object, *inside: Node) -> Node:
    """Return what is inside only if something is there."""
    return inside if there else None


def whole_page(title: str, style: str, body: Element, program: str = "") -> str:
    """Return an HTML page that stands by itself, in the current language.

    Nothing of it comes from elsewhere or goes anywhere: its policy allows no more than its own
    style sheet and program, by their hashes.

    Args:
        title: What a browser calls it.
        style: Its style sheet.
        body: What is shown; the program, if there is one, stands in it.
        program: That program, in JavaScript.
    """
    runs = f"script-src '{_hash(program)}'; img-src data:; " if program else ""
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; {runs}base-uri 'none'; form-action 'none'"
    )
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="referrer", content="no-referrer"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", Raw(style)),
    )
    return f"<!DOCTYPE html>\n{markup(el('html', head, body, lang=current_language()))}\n"


def _hash(text: str) -> str:
    """Return the hash by which a policy knows an inline style sheet or program."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def small(*inside: Node) -> Element:
    """Make a remark, set small."""
    return el("small", *inside)


def hidden(text: str) -> Element:
    """Say something only to who listens to the page."""
    return el("span", text, class_="unseen")


def lines(text: str) -> list[str]:
    """Return the lines of a text as a page shows them, each without signs that would act."""
    return [*map(harmless, text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))]


def _attribute(pair: tuple[str, Attribute]) -> str:
    name, value = pair
    if value is None or value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escaped(str(value))}"'
