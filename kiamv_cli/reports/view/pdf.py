"""The report as PDF for paper and for archives: what the page says, in the same order.

It is made of the page itself, so that nothing can differ, and is tagged (PDF/UA-1): who listens
to it gets the same headings, tables and descriptions of pictures. Only the cards come last: a
page folds them in, paper cannot.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict, Union
from xml.etree import ElementTree as ET

from kiamv_cli.base.language import _, current_language
from kiamv_cli.display.figure import printed
from kiamv_cli.display.marks import LIGHT
from kiamv_cli.display.text import date_text
from kiamv_cli.display.typesetting import all_shown, typeset
from kiamv_cli.reports.view.page import page
from kiamv_cli.reports.view.summary import title

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from kiamv_cli.display.typesetting import Told
    from kiamv_cli.reports.model import Report


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


_MOST_CARDS = 100  # a card takes about a page, and a page its time


def pdf(report: Report, told: Told | None = None) -> bytes:
    """Write a report as PDF on A4, in the current language; the same report is the same file.

    Of a list of more than a hundred only the members have a card.

    Args:
        report: What there is to tell.
        told: Gets the signs that no typeface shows, if there are any.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    scores = report.scores
    body = tree(page(report))
    if len(scores.ecosystems) > _MOST_CARDS:
        members = report.shortlist.selection.members
        body = _with_cards(body, {f"card-{each}" for each in members})
    body = _cards_last(body)
    said = {
        "body": body,
        "ids": sorted(set(ids(body))),
        "language": current_language(),
        "title": title(report),
        "subject": scores.longlist.title,
        "contents": _("In this report"),
        "page": _("page {number} of {total}", number="{number}", total="{total}"),
        "foot": f"{scores.longlist.title}, {date_text(scores.as_of)}",
        "colours": LIGHT,
    }
    template = files("kiamv_cli").joinpath("reports", "view", "page.typ").read_bytes()
    lacking: dict[str, None] = {}
    made = typeset(
        template,
        {"report": json.dumps(all_shown(said, lacking), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    if lacking and told:
        told([*lacking])
    return made


def _with_cards(element: Element, wanted: Container[str]) -> Element:
    """Leave out all cards but these; where some are gone, the paper says where they are."""
    inside = element.get("inside", [])
    kept = [
        _with_cards(each, wanted) if isinstance(each, dict) else each
        for each in inside
        if isinstance(each, str) or "card" not in each["kind"] or each["id"] in wanted
    ]
    if len(kept) < len(inside):
        text = _("The cards of those who were not selected are in the report as HTML.")
        kept.append({"tag": "p", "kind": ["note"], "inside": [text]})
    return {**element, "inside": kept}


def _cards_last(body: Element) -> Element:
    """Take the cards, and their heading, to a part of their own at the end."""
    taken: list[Element] = []
    rest = _without(body, {"cards", "deck"}, taken)
    heading, deck = taken
    last: Element = {"tag": "section", "kind": [], "inside": [_raised(heading), _raised(deck)]}
    return {**rest, "inside": [*rest["inside"], last]}


def _without(element: Element, names: Container[str], taken: list[Element]) -> Element:
    inside: list[Element | str] = []
    for each in element.get("inside", []):
        if isinstance(each, str):
            inside.append(each)
        elif each.get("id") in names:
            taken.append(each)
        else:
            inside.append(_without(each, names, taken))
    return {**element, "inside": inside}


def _raised(element: Element) -> Element:
    """Give an element with its headings one level higher."""
    tag = element["tag"]
    raised = {"h3": "h2", "h4": "h3", "h5": "h4"}.get(tag, tag)
    inside = (_raised(each) if isinstance(each, dict) else each for each in element["inside"])
    return {**element, "tag": raised, "inside": [*inside]}
