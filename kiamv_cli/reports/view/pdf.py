"""The report as PDF for paper and for archives: what the page says, in the same order.

It is made of the page itself, so that nothing can differ, and is tagged (PDF/UA-1): who listens
to it gets the same headings, tables and descriptions of pictures. What a page folds in is not on
paper, but for the cards: these come last, each in running text, with an index.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict, Union

from kiamv_cli.base.language import _, current_language
from kiamv_cli.display.figure import Figure, inline, printed
from kiamv_cli.display.html import EMPTY, Element, Raw, el, lines
from kiamv_cli.display.marks import LIGHT
from kiamv_cli.display.text import date_text
from kiamv_cli.display.typesetting import all_shown, typeset
from kiamv_cli.reports.model import Report
from kiamv_cli.reports.view.all_ecosystems import paper_cards
from kiamv_cli.reports.view.context import Context
from kiamv_cli.reports.view.page import body, list_title, titled
from kiamv_cli.reports.view.short import short_body

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.display.html import Node
    from kiamv_cli.display.typesetting import Told


class Printed(TypedDict, total=False):
    """An element on paper; of a picture, ``svg`` in colours for paper, and what it says."""

    tag: str
    kind: list[str]
    id: str
    href: str
    inside: list[Union[Printed, str]]  # noqa: UP007 - it is within itself
    svg: str
    alt: str
    width: float
    height: float


# What only works on a screen, or is folded in there.
_LEFT_OUT = frozenset({"nav", "form", "button", "script", "style", "details"})
_UNSEEN = frozenset({"skip", "unseen", "tools", "effects", "question"})


def tree(element: Element) -> Printed:
    """Return what paper shows of an element of the page, without what only serves a screen.

    Nothing in it is markup: text stays text.
    """
    made: Printed = {
        "tag": element.tag,
        "kind": _classes(element),
        "inside": [*filter(None, _printed(element.inside))],
    }
    if place := element.attributes.get("id"):
        made["id"] = str(place)
    if address := element.attributes.get("href"):
        made["href"] = str(address)
    return made


def _printed(node: Node) -> Iterator[Printed | str]:
    if isinstance(node, str):
        yield "\n".join(lines(node))
    elif isinstance(node, Element):
        yield from _element(node)
    elif isinstance(node, Figure):
        yield _picture(node)
    elif node is not None and not isinstance(node, Raw):
        for each in node:
            yield from _printed(each)


def _element(element: Element) -> Iterator[Printed | str]:
    if element.tag == "br":
        yield "\n"
    elif not (element.tag in EMPTY | _LEFT_OUT or _UNSEEN & {*_classes(element)}):
        yield tree(element)


def _classes(element: Element) -> list[str]:
    return str(element.attributes.get("class_") or "").split()


def _picture(figure: Figure) -> Printed:
    return {
        "tag": "picture",
        "kind": [],
        "inside": [],
        "svg": printed(inline(figure)),
        "alt": f"{figure.title}. {figure.description}",
        "width": figure.width,
        "height": figure.height,
    }


def ids(element: Printed) -> Iterator[str]:
    """Yield all places that a link can lead to."""
    if "id" in element:
        yield element["id"]
    for each in element.get("inside", []):
        if isinstance(each, dict):
            yield from ids(each)


_MOST_CARDS = 100  # each takes its time


def pdf(
    report: Report | Recalled, report_missing: Told | None = None, *, short: bool = False
) -> bytes:
    """Write a report as PDF on A4, in the current language; the same report is the same file.

    Of a list of more than a hundred only the members have a card.

    Args:
        report: What there is to tell; of a record whose inputs are others now, what it holds.
        report_missing: Gets the signs that no typeface shows, if there are any.
        short: Two pages for the table, not all of it.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    whole = _whole(report, short=short)
    as_of = report.scores.as_of if isinstance(report, Report) else report.record.as_of
    said = {
        "body": whole,
        "ids": sorted(set(ids(whole))),
        "language": current_language(),
        "title": titled(report),
        "subject": list_title(report),
        "contents": _("In this report"),
        "page": _("page {number} of {total}", number="{number}", total="{total}"),
        "foot": f"{list_title(report)}, {date_text(as_of)}",
        "colours": LIGHT,
        "short": short,
    }
    return on_paper("page.typ", said, report_missing)


def on_paper(template: str, values: Mapping[str, object], report_missing: Told | None) -> bytes:
    """Set values by a template of this folder as tagged PDF.

    Args:
        template: The name of its file.
        values: What is set, which it calls ``told``.
        report_missing: Gets the signs that no typeface shows, if there are any.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    source = files("kiamv_cli").joinpath("reports", "view", template).read_bytes()
    lacking: dict[str, None] = {}
    told = json.dumps(all_shown(values, lacking), ensure_ascii=False)
    made = typeset(source, {"told": told}, format="pdf", pdf_standards=["ua-1"])
    if lacking and report_missing:
        report_missing([*lacking])
    return made


def _whole(report: Report | Recalled, *, short: bool) -> Printed:
    if not isinstance(report, Report):
        return tree(body(report))
    if short:
        return tree(short_body(report))
    shown = tree(body(report))
    cards = tree(el("main", paper_cards(Context(report), _MOST_CARDS)))
    return {**shown, "inside": [*_without(shown, {"cards", "deck"})["inside"], *cards["inside"]]}


def _without(element: Printed, names: Container[str]) -> Printed:
    """Leave out the elements with these ids."""
    inside = [
        each if isinstance(each, str) else _without(each, names)
        for each in element["inside"]
        if isinstance(each, str) or each.get("id") not in names
    ]
    return {**element, "inside": inside}
