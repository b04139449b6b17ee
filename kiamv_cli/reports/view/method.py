"""How it works, what the report was made from, and how to make it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.decision.model.record import CRITERIA_FOLDER, LONGLIST_FILE, SHARES_FILE
from kiamv_cli.decision.view.record import origin_text
from kiamv_cli.display.html import Head, el, given, html, listed, table
from kiamv_cli.display.text import UNICODE, count, percent, whole
from kiamv_cli.display.words import command_again
from kiamv_cli.programme.view import rule_text
from kiamv_cli.reports.view.context import flow_picture
from kiamv_cli.scoring.view.classify import demand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.decision.model.record import Input, Provenance
    from kiamv_cli.display.html import Html, Node
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Told


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
        listed(
            html(el("b", label_in(one.label)), ": ", demand(one, programme))
            for one in programme.classes
        ),
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


_STAND_INS = {
    SHARES_FILE: N_("{file} stands for the file of shares that was given."),
    LONGLIST_FILE: N_("{file} stands for the long list, which came from no file."),
    CRITERIA_FOLDER: N_("{file} stands for the criteria, which came from no file."),
}


def origin(told: Told) -> Html:
    """Inputs with their hashes, versions, and the command."""
    report = told.report
    made = report.provenance
    heads = (Head(_("input")), Head(_("name")), Head(_("read from")), Head("SHA-256", "hash"))
    versions = ", ".join(f"{name} {version}" for name, version in made.versions.items())
    return el(
        "section",
        el("h2", _("Data, and how to make this report again"), id="origin"),
        table(_("What the report was made from"), heads, _inputs(made), kind="wordy"),
        el(
            "p",
            _(
                "Made with {versions}. The same inputs give the same report, byte for byte.",
                versions=versions,
            ),
        ),
        el("p", _("The command:")),
        el("pre", el("code", command_again(report.command, "report.html")), tabindex=0),
        *(
            el("p", _(meaning, file=file))
            for file, meaning in _STAND_INS.items()
            if file in report.command
        ),
    )


def _inputs(made: Provenance) -> Iterator[tuple[Node, ...]]:
    yield _input(_("long list"), made.longlist)
    yield _input(_("criteria"), made.criteria)
    if made.reviews is not None:
        yield _input(_("review"), made.reviews)


def _input(what: str, one: Input) -> tuple[Node, ...]:
    return (
        what,
        one.name,
        origin_text(one),
        el("code", one.sha256 or UNICODE.dash),
    )
