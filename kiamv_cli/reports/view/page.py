"""The page as a whole: what a browser must know of it, and its parts in their order."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.figure import STYLE
from kiamv_cli.display.html import Raw, el, whole_page
from kiamv_cli.display.marks import DARK, LIGHT
from kiamv_cli.reports.model import Report
from kiamv_cli.reports.view.all_ecosystems import all_ecosystems
from kiamv_cli.reports.view.balance import asked, balance, spread
from kiamv_cli.reports.view.context import Context
from kiamv_cli.reports.view.decision import decision_section, record_body, record_title
from kiamv_cli.reports.view.members import members
from kiamv_cli.reports.view.method import flow_section, method, origin
from kiamv_cli.reports.view.summary import masthead, proof_section, summary, title
from kiamv_cli.reports.view.uncertainty import gaps_section, robustness_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.display.html import Element, Node


def page(report: Report | Recalled) -> str:
    """Write a report as one HTML page that stands by itself, in the current language.

    It can be read without its program, which only sorts, filters and opens cards.

    Args:
        report: What there is to tell; of a record whose inputs are others now, what it holds.
    """
    name = f"{titled(report)} – {list_title(report)}"
    return whole_page(name, _style(), body(report), _resource("page.js"))


def titled(report: Report | Recalled) -> str:
    """What a report is about."""
    return title(report) if isinstance(report, Report) else record_title(report.record)


def list_title(report: Report | Recalled) -> str:
    """Which long list a report is of."""
    if isinstance(report, Report):
        return report.scores.longlist.title
    return report.record.provenance.longlist.name


def body(report: Report | Recalled) -> Element:
    """Return all that can be seen of a report, part by part."""
    if not isinstance(report, Report):
        return record_body(report)
    context = Context(report)
    return el(
        "body",
        el("a", _("To the shortlist"), href="#glance", class_="skip"),
        masthead(report),
        _contents(report),
        el(
            "main",
            _warning(report),
            summary(context),
            decision_section(context),
            asked(context),
            members(context),
            proof_section(context),
            spread(context),
            all_ecosystems(context),
            balance(context),
            robustness_section(context),
            gaps_section(context),
            flow_section(context),
            method(context),
            origin(context),
        ),
        el("script", Raw(_resource("page.js"))),
    )


def _warning(report: Report) -> Node:
    if report.complete and report.shortlist.selection.status.proven:
        return None
    return el(
        "p", _("This report is NOT complete. Each part says what it lacks, and why."), class_="note"
    )


def _contents(report: Report) -> Node:
    parts = {
        "glance": _("At a glance"),
        **({"decision": _("The decision")} if report.decision else {}),
        "asked": _("What was asked"),
        "shortlist": _("The shortlist"),
        "proof": _("Lots and proof"),
        "spread": _("Spread"),
        "all": _("All ecosystems"),
        "balance": _("What balance cost"),
        "sure": _("How sure it is"),
        "unknown": _("What is unknown"),
        "way": _("The way to the shortlist"),
        "method": _("How it works"),
        "origin": _("Data"),
    }
    items = (el("li", el("a", text, href=f"#{name}")) for name, text in parts.items())
    return el("nav", el("h2", _("In this report")), el("ul", items), aria_label=_("In this report"))


def _style() -> str:
    """The style sheet: colours, the page, and the figures."""
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{_colours(DARK)}}}}}\n"
    return f":root{{{_colours(LIGHT)}}}\n{dark}{_resource('page.css')}{STYLE}"


def _colours(palette: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in palette.items())


def _resource(name: str) -> str:
    return files("kiamv_cli").joinpath("reports", "view", name).read_text("utf-8")
