"""Two pages for the table: who is in, who is not and why, what is unsure, how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.decision.view.record import check_commands
from kiamv_cli.display.html import el, listed
from kiamv_cli.display.text import first_of, listing, percent
from kiamv_cli.display.words import command_again
from kiamv_cli.reports.view.context import Context
from kiamv_cli.reports.view.summary import masthead, outside, proven_texts, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.display.html import Element, Node
    from kiamv_cli.reports.model import Report

_MOST_CALLS, _MOST_NAMES = 5, 8
_SELDOM = 50  # percent of the draws


def short_body(report: Report) -> Element:
    """Return what two pages show of a report."""
    context = Context(report)
    return el(
        "body",
        masthead(report),
        summary(context, outsiders=False),
        el(
            "section",
            el("h2", _("Who is not in, and why"), class_="turn"),
            outside(context),
            el("h2", _("What is unsure")),
            listed(_unsure(context)),
            el("h2", _("How to check this")),
            listed(_checks(report)),
        ),
    )


def _unsure(context: Context) -> Iterator[Node]:
    report = context.report
    yield from proven_texts(report)
    found = report.shortlist
    hanging = [each for each in report.ids if each in (found.hanging or ())]
    if hanging:
        names = [report.scores.longlist.names[each] for each in hanging]
        yield ngettext(
            "The place of {n} member depends on what nobody has looked up yet: {names}.",
            "The places of {n} members depend on what nobody has looked up yet: {names}.",
            len(names),
            names=listing(first_of(names, _MOST_NAMES)),
        )
    yield from _seldom(context)
    yield from _calls(context)
    for omission in report.omissions:
        if omission.part != "tradeoff":
            yield context.missing(omission.part)


def _seldom(context: Context) -> Iterator[Node]:
    """Members that other weights and answers mostly put out."""
    names = context.report.scores.longlist.names
    seldom = [
        f"{names[each]} ({percent(standing.selected.value, 0)})"
        for each in context.report.ids
        if (standing := context.standings.get(each)) and standing.selected.value * 100 < _SELDOM
    ]
    if seldom:
        yield _(
            "With other weights and answers these were selected in fewer than half of the draws: "
            "{names}.",
            names=listing(first_of(seldom, _MOST_NAMES)),
        )


def _calls(context: Context) -> Iterator[Node]:
    """Of whom one answer alone could change the shortlist, and on which criteria."""
    found = context.report.gaps
    asks: dict[str, list[str]] = {}
    for gap in found.gaps if found else ():
        if gap.needed == 1:
            name = context.report.scores.longlist.names[gap.scored.ecosystem.id]
            asks.setdefault(name, []).append(label_in(gap.criterion.label))
    if asks:
        calls = [f"{name} ({', '.join(labels)})" for name, labels in asks.items()]
        yield ngettext(
            "A call to {n} ecosystem could change the shortlist by one answer: {calls}.",
            "Calls to {n} ecosystems could each change the shortlist by one answer: {calls}.",
            len(calls),
            calls="; ".join(first_of(calls, _MOST_CALLS)),
        )


def _checks(report: Report) -> Iterator[Node]:
    if report.decision is not None:
        for words, typed in check_commands(report.decision.record, "RECORD.json"):
            yield (words, " ", el("code", typed))
        yield (_("Published beforehand, if anything was:"), " ", el("code", report.decision.line))
    else:
        yield (
            _("Made again from the same inputs, to the byte:"),
            " ",
            el("code", command_again((*report.command, "--short"), "table.pdf")),
        )
        yield _("Once it is decided, kiamv record keeps it with its proof, for anyone to check.")
    made = report.provenance
    for what, one in ((_("long list"), made.longlist), (_("criteria"), made.criteria)):
        yield (f"{what}: {one.name}, SHA-256 ", el("code", one.sha256))
    yield _("The full report has all facts with their sources, margins and the proof.")
