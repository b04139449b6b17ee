"""The page as plain values: its elements, with the pictures apart, for what is no browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, TypedDict, Union
from xml.etree import ElementTree as ET

from kiamv_cli.render.pictures.figure import printed

if TYPE_CHECKING:
    from collections.abc import Iterator


class Element(TypedDict, total=False):
    """An element of the page; of a picture, ``svg`` in colours for paper, and what it says."""

    tag: str
    kind: list[str]
    id: str
    href: str
    inside: list[Union[Element, str]]  # noqa: UP007 - it is within itself
    svg: str
    alt: str
    width: float
    height: float


_PICTURE = re.compile(r"<svg .*?</svg>", re.DOTALL)
# What only works on a screen, or says in words what is shown beside it.
_LEFT_OUT = frozenset({"nav", "form", "button", "script", "style"})
_UNSEEN = frozenset({"skip", "unseen", "tools"})
_EMPTY = frozenset({"meta", "input", "br"})


def tree(page: str) -> Element:
    """Give the body of a page.

    Args:
        page: HTML as ``report.html`` makes it: all elements closed, all text escaped.

    Returns:
        Its elements without what only serves a screen. Nothing in it is markup: text stays text.
    """
    pictures = _PICTURE.findall(page)
    reader = _Reader(iter(map(_picture, pictures)))
    reader.feed(_PICTURE.sub("<picture></picture>", page[page.index("<body>") :]))
    reader.close()
    body = reader.top["inside"][0]
    assert isinstance(body, dict)
    return body


def ids(element: Element) -> Iterator[str]:
    """All places that a link can lead to."""
    if "id" in element:
        yield element["id"]
    for each in element.get("inside", []):
        if isinstance(each, dict):
            yield from ids(each)


def _picture(svg: str) -> Element:
    root = ET.fromstring(svg)  # noqa: S314 - kiamv made it
    told = [each.text or "" for each in root if each.tag.endswith(("}title", "}desc"))]
    return {
        "tag": "picture",
        "kind": [],
        "svg": printed(svg),
        "alt": ". ".join(told),
        "width": float(root.attrib["width"]),
        "height": float(root.attrib["height"]),
    }


class _Reader(HTMLParser):
    """Builds the tree; of what is left out, also nothing that is in it."""

    def __init__(self, pictures: Iterator[Element]) -> None:
        super().__init__(convert_charrefs=True)
        self.top: Element = {"tag": "top", "inside": []}
        self._open = [self.top]
        self._pictures = pictures
        self._left_out = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        kind = (said.get("class") or "").split()
        if tag == "br" and not self._left_out:
            self._open[-1]["inside"].append("\n")
        if tag in _EMPTY:
            return
        if self._left_out or tag in _LEFT_OUT or _UNSEEN & set(kind):
            self._left_out += 1
            return
        made: Element = {"tag": tag, "kind": kind, "inside": []}
        if tag == "picture":
            made = {**next(self._pictures), "inside": []}
        for name in ("id", "href"):
            if value := said.get(name):
                made[name] = value
        self._open[-1]["inside"].append(made)
        self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= 1
        elif tag not in _EMPTY and tag == self._open[-1]["tag"]:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self._open[-1]["inside"].append(data)
