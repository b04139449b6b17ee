"""How it works, what the report was made from, and how to make it again."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
from kiamv_cli.decision.model.record import (
    CRITERIA_FOLDER,
    KEPT_FILE,
    LONGLIST_FILE,
    RECORD_FILE,
    SHARES_FILE,
)
from kiamv_cli.decision.view.record import origin_text
from kiamv_cli.display.document import Field, data, people
from kiamv_cli.display.html import el, given, listed, table
from kiamv_cli.display.text import UNICODE, count, percent, whole
from kiamv_cli.display.words import command_again
from kiamv_cli.programme.view import dimensions_text, rule_text
from kiamv_cli.reports.view.context import flow_picture
from kiamv_cli.scoring.view.classify import demand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.decision.model.record import Input, Provenance
    from kiamv_cli.display.html import Node
    from kiamv_cli.programme.model.programme import Criterion, Programme
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Context


def flow_section(context: Context) -> Node:
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
        flow_picture(context.report),
    )


def method(context: Context) -> Node:
    """How a score, a class and the shortlist come about."""
    programme = context.report.scores.programme
    exact = _(
        "All arithmetic is exact. What is called proven is shown case by case, in whole numbers "
        "that a second program adds up. So there is one answer, the same on every computer."
    )
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
        given(sources := _sources(context.report), el("p", sources)),
        table(
            _("The criteria and their rules"),
            criteria_columns(programme),
            programme.criteria,
            kind="wordy",
        ),
        el("h3", _("Classes")),
        listed(
            (el("b", label_in(one.label)), ": ", demand(one, programme))
            for one in programme.classes
        ),
        el("h3", _("Selection")),
        el("p", _("Of all possible shortlists the best one is taken, in this order:")),
        _steps(context.report),
        el("p", exact),
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
        "The only fact has a source.", "All {total} facts have a source.", total, total=whole(total)
    )


def criteria_columns(programme: Programme) -> tuple[Field[Criterion], ...]:
    """Return the columns of the criteria: what they ask, weigh and follow from."""
    total = sum((one.weight for one in programme.criteria), Fraction(0))
    called, asks = _("What the criterion is called."), _("What it asks.")
    weighs, share = (
        _("Its weight, as the criteria give it."),
        _("Its part of all weights together, from 0 to 1."),
    )
    met, partly = _("The score from which it is met."), _("The score from which it is partly met.")
    return (
        data("id", _("id"), lambda row: row.id, _("The id of the criterion."), 26),
        Field("name", _("criterion"), lambda row: label_in(row.label), called, 30),
        Field("question", _("question"), lambda row: label_in(row.question), asks, 60),
        data("weight", _("weight"), lambda row: row.weight, weighs),
        data("share", _("share"), lambda row: row.weight / total, share),
        data("met_at", _("met at"), lambda row: row.met_at, met),
        data("partly_at", _("partly at"), lambda row: row.partly_at, partly),
        Field("rule", _("rule"), rule_text, _("How the score follows from facts."), 90),
        people("percent", _("weight"), lambda row: percent(row.weight / total), align="right"),
    )


def _steps(report: Report) -> Node:
    balance, dimensions = report.request.balance, report.scores.dimensions
    over = dimensions_text(balance, dimensions) if balance else ""
    steps = (
        _("it keeps to what was asked: who must be in or out, quotas, classes;"),
        _("it has the fewest seats out of place over {dimensions};", dimensions=over)
        if over
        else _("it is not balanced over any dimension;"),
        _("of those, it has the highest total score;"),
        _("of those, a lottery that anyone can repeat decides."),
    )
    return el("ol", (el("li", step) for step in steps))


_STAND_INS = {
    SHARES_FILE: N_("{file} stands for the file of shares that was given."),
    KEPT_FILE: N_("{file} stands for the file of those to keep."),
    LONGLIST_FILE: N_("{file} stands for the long list, which came from no file."),
    RECORD_FILE: N_("{file} stands for the record that this report is of."),
    CRITERIA_FOLDER: N_("{file} stands for the criteria, which came from no file."),
}


def origin(context: Context) -> Node:
    """Inputs with their hashes, versions, and the command."""
    report = context.report
    made = report.provenance
    versions = ", ".join(f"{name} {version}" for name, version in made.versions.items())
    return el(
        "section",
        el("h2", _("Data, and how to make this report again"), id="origin"),
        inputs_table(_("What the report was made from"), made),
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


InputRow = tuple[str, "Input"]


def inputs_table(caption: str, made: Provenance) -> Node:
    """Return a table of inputs, each with where it came from and its hash."""
    return table(
        caption,
        _input_columns(),
        [*_inputs(made)],
        kind="wordy",
        nodes={"sha256": lambda row: el("code", row[1].sha256 or UNICODE.dash)},
    )


def _input_columns() -> tuple[Field[InputRow], ...]:
    return (
        people("input", _("input"), lambda row: row[0]),
        people("name", _("name"), lambda row: row[1].name),
        people("origin", _("read from"), lambda row: origin_text(row[1])),
        people("sha256", "SHA-256", lambda row: row[1].sha256),
    )


def _inputs(made: Provenance) -> Iterator[InputRow]:
    yield _("long list"), made.longlist
    yield _("criteria"), made.criteria
    if made.reviews is not None:
        yield _("review"), made.reviews
