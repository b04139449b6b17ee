"""The report as PDF for paper and for archives: what the page says, in the same order.

It is made of the page itself, so that nothing can differ, and is tagged (PDF/UA-1): who listens
to it gets the same headings, tables and descriptions of pictures. Only the cards come last: a
page folds them in, paper cannot.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from kiamv_cli.language import _, current_language
from kiamv_cli.render.pictures.colours import LIGHT
from kiamv_cli.render.report.glance import title
from kiamv_cli.render.report.page import page
from kiamv_cli.render.report.tree import Element, ids, tree
from kiamv_cli.render.shown import all_shown
from kiamv_cli.render.text import date_text
from kiamv_cli.render.typesetting import typeset

if TYPE_CHECKING:
    from collections.abc import Container

    from kiamv_cli.core.report import Report
    from kiamv_cli.render.shown import Told

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
    template = files("kiamv_cli").joinpath("render", "report", "page.typ").read_bytes()
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
