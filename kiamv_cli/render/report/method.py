"""How it works, in plain words: criteria, classes, selection, and the way to the shortlist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _, label_in, ngettext
from kiamv_cli.render.classify import demand
from kiamv_cli.render.report.figures import flow_picture
from kiamv_cli.render.report.html import Head, el, given, html, listed, table
from kiamv_cli.render.rules import rule_text
from kiamv_cli.render.text import count, percent, whole

if TYPE_CHECKING:
    from kiamv_cli.core.programme import Programme
    from kiamv_cli.core.report import Report
    from kiamv_cli.render.report.html import Html
    from kiamv_cli.render.report.told import Told


def way(told: Told) -> Html:
    """From suggestions to the shortlist, in numbers."""
    return el(
        "section",
        el("h2", _("From suggestions to the shortlist"), id="way"),
        el(
            "p",
            _(
                "Every number is counted from the long list; each is the one before it less those "
                "who left."
            ),
        ),
        flow_picture(told.report),
    )


def method(told: Told) -> Html:
    """How a score, a class and the shortlist come about."""
    programme = told.report.scores.programme
    return el(
        "section",
        el("h2", _("How it works"), id="method"),
        el("h3", _("Scores")),
        el(
            "p",
            _(
                "Each criterion gives a score from 0 to 1 by a rule over facts. What is "
                "not known counts as not known, never as no: the proven score is what the facts "
                "show, the possible score what further facts could still bring. The total score "
                "is the weighted mean of the criteria. Where a person judged, with a reason, that "
                "counts instead of the rule, and both are shown."
            ),
        ),
        given(sources := _sources(told.report), el("p", sources)),
        _criteria(programme),
        el("h3", _("Classes")),
        listed(html(el("b", label_in(one.label)), ": ", demand(one)) for one in programme.classes),
        el("h3", _("Selection")),
        el("p", _("Of all possible shortlists the best one is taken, in this order:")),
        _steps(),
        el(
            "p",
            _(
                "All arithmetic is exact, and that there is no better shortlist is proven, not "
                "assumed. So there is one answer, the same on every computer."
            ),
        ),
    )


def _sources(report: Report) -> str:
    """Of how many facts it is known where they were read; nothing of none."""
    ecosystems = report.explanation.ecosystems
    # Two criteria may look at the same fact.
    facts = {
        id(each.fact): each.fact
        for one in ecosystems
        for known in one.evidence
        for each in known.facts
    }
    total = len(facts)
    if not total:
        return ""
    if untraced := sum(fact.source is None for fact in facts.values()):
        return ngettext(
            "Of {facts}, {number} has no source.",
            "Of {facts}, {number} have no source.",
            untraced,
            facts=count(total, "fact", "facts"),
            number=whole(untraced),
        )
    return ngettext(
        "The only fact has a source.",
        "All {total} facts have a source.",
        total,
        total=whole(total),
    )


def _criteria(programme: Programme) -> Html:
    total = sum(one.weight for one in programme.criteria)
    heads = (
        Head(_("criterion")),
        Head(_("question")),
        Head(_("rule")),
        Head(_("weight"), "number"),
    )
    rows = (
        (label_in(one.label), label_in(one.question), rule_text(one), percent(one.weight / total))
        for one in programme.criteria
    )
    return table(_("The criteria and their rules"), heads, rows, kind="wordy")


def _steps() -> Html:
    steps = (
        _("it keeps to what was asked: who must be in or out, quotas, classes;"),
        _(
            "it has the fewest seats out of place over provinces and themes, as far as these are "
            "balanced;"
        ),
        _("of those, it has the highest total score;"),
        _("of those, a lottery that anyone can repeat decides."),
    )
    return el("ol", (el("li", step) for step in steps))
