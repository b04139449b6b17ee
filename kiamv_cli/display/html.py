"""HTML as values: every text is escaped in one place, and nothing else makes markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from kiamv_cli.display.marks import escaped

if TYPE_CHECKING:
    from collections.abc import Sequence

_EMPTY = frozenset({"input", "meta", "br"})
_BREAK = "<br>"
_LINKABLE = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Html:
    """Markup that is safe to put into a page: made here, or of kiamv's own."""

    markup: str


Node = Union[Html, str, None, Iterable["Node"]]  # noqa: UP007 - it is within itself
Attribute = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column; ``kind`` is the class of all its cells."""

    text: str
    kind: str = ""


def html(*nodes: Node) -> Html:
    """Put nodes behind each other; plain text is escaped."""
    return Html("".join(map(_markup, nodes)))


def el(tag: str, *inside: Node, **attributes: Attribute) -> Html:
    """Make an element.

    Args:
        tag: Its name.
        inside: What is in it.
        attributes: By name, with ``_`` for ``-`` and none at the end (``class_``); ``None`` and
            ``False`` leave one out, ``True`` gives it no value.
    """
    # The page forbids these by its policy: they would not work, and data could get in.
    assert not any(name == "style" or name.startswith("on") for name in attributes)
    opened = f"<{tag}{''.join(_attribute(*each) for each in attributes.items())}>"
    if tag in _EMPTY:
        return Html(opened)
    return Html(f"{opened}{html(*inside).markup}</{tag}>")


def link(url: str, *inside: Node) -> Html:
    """Make a link to a web page, or only its text where the address is no such page.

    It opens in place of the report and, by the policy of the page, says nothing of where it was
    followed from.
    """
    if not url.lower().startswith(_LINKABLE):
        return html(*inside)
    return el("a", *inside, href=url)


def table(
    caption: str,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Node]],
    *,
    kind: str = "",
    header: int = 0,
) -> Html:
    """Make a table in a region that scrolls by itself where the screen is narrow.

    Args:
        caption: What the table shows.
        heads: The columns.
        rows: The cells of each row, as many as there are columns.
        kind: The class of the table.
        header: The column whose cells are the headings of their rows.
    """
    top = el("tr", (el("th", head.text, scope="col", class_=head.kind or None) for head in heads))
    body = (
        el("tr", (_cell(cell, heads[n], header=n == header) for n, cell in enumerate(row)))
        for row in rows
    )
    made = el(
        "table",
        el("caption", caption),
        el("thead", top),
        el("tbody", body),
        class_=kind or None,
    )
    return scrolling(caption, made)


def scrolling(label: str, inside: Html) -> Html:
    """Let something wide scroll by itself, also from the keyboard."""
    return el("div", inside, class_="scroll", role="group", aria_label=label, tabindex=0)


def listed(items: Iterable[Node], kind: str = "") -> Html:
    """Make a list."""
    return el("ul", (el("li", item) for item in items), class_=kind or None)


def terms(pairs: Iterable[tuple[str, Node]], kind: str = "") -> Html:
    """Make a list of terms, each with what it stands for."""
    return el(
        "dl",
        (el("div", el("dt", term), el("dd", told)) for term, told in pairs),
        class_=kind or None,
    )


def given(there: object, *inside: Node) -> Html | None:
    """Give what is inside only if something is there."""
    return html(*inside) if there else None


def small(*inside: Node) -> Html:
    """Make a remark, set small."""
    return el("small", *inside)


def hidden(text: str) -> Html:
    """Say something only to who listens to the page."""
    return el("span", text, class_="unseen")


def _cell(cell: Node, head: Head, *, header: bool) -> Html:
    kind = head.kind or None
    return el("th", cell, scope="row", class_=kind) if header else el("td", cell, class_=kind)


def _broken(text: str) -> str:
    """Break lines where a text does."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _BREAK.join(map(escaped, lines))


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    shown = name.rstrip("_").replace("_", "-")
    return f" {shown}" if value is True else f' {shown}="{escaped(str(value))}"'


def _markup(node: Node) -> str:
    if isinstance(node, Html):
        return node.markup
    if isinstance(node, str):
        return escaped(node) if node.isprintable() else _broken(node)
    return "" if node is None else "".join(map(_markup, node))
