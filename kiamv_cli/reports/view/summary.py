"""Page one: what came out in one sentence, the names, and where they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.html import el, given, terms
from kiamv_cli.display.text import count, date_text, difference, listing, percent, seats
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.programme.view import dimensions_text
from kiamv_cli.reports.view.context import where_figure
from kiamv_cli.selection.view.proof import lots_texts, proven_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.display.html import Node
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Context


def masthead(report: Report) -> Node:
    """The top of the page: which long list, as of when, and what this is."""
    scores = report.scores
    return el(
        "header",
        el("p", label_in(scores.programme.label), class_="over"),
        el("h1", title(report)),
        el(
            "p",
            _(
                "{longlist}, as of {date}",
                longlist=scores.longlist.title,
                date=date_text(scores.as_of),
            ),
            class_="under",
        ),
        class_="masthead",
    )


def title(report: Report) -> str:
    """What the report is about."""
    return ngettext(
        "Shortlist of {n} innovation ecosystem",
        "Shortlist of {n} innovation ecosystems",
        len(report.shortlist.members),
    )


def summary(context: Context) -> Node:
    """The answer in one look."""
    where = where_figure(context.report, "where")
    return el(
        "section",
        el("h2", _("At a glance"), id="glance"),
        el("p", " ".join(_answer(context.report)), class_="lead"),
        terms(_numbers(context.report), kind="key"),
        el("div", _names(context), given(where, el("div", where, class_="where")), class_="who"),
        class_="glance",
    )


def _answer(report: Report) -> Iterator[str]:
    found, request = report.shortlist, report.request
    total = len(report.scores.ecosystems)
    yield ngettext(
        "Of {ecosystems} on the long list, {n} was selected.",
        "Of {ecosystems} on the long list, {n} were selected.",
        len(found.members),
        ecosystems=count(total, "ecosystem", "ecosystems"),
    )
    if request.balance:
        yield _(
            "They are spread over {dimensions} as evenly as the targets ask and the wishes allow, "
            "and within that they have the highest total score.",
            dimensions=dimensions_text(request.balance, report.scores.dimensions),
        )
    else:
        yield _("They have the highest total score; as requested, spread did not count.")
    yield from _classes(report)
    if found.selection.status.proven:
        yield proven_text(found)
        yield from lots_texts(found.lots, report.scores.longlist.names)
    else:
        why = why_incomplete(interrupted=found.selection.status.interrupted)
        yield _("It is NOT proven that no other selection does better: {why}.", why=why)


def _classes(report: Report) -> Iterator[str]:
    """The classes of the members at worst, unless all are in the best one."""
    classes = report.scores.programme.classes
    members = Counter(member.scored.worst.id for member in report.shortlist.members)
    counts = [(members[each.id], label_in(each.label)) for each in classes if members[each.id]]
    if set(members) - {classes[0].id}:
        yield _(
            "Their classes at worst, if all that is not known turned out badly: {classes}.",
            classes=listing([f"{n} {label}" for n, label in counts]),
        )


def _numbers(report: Report) -> Iterator[tuple[str, str]]:
    found, size = report.shortlist, len(report.shortlist.members)
    best = found.unbalanced.score if found.unbalanced else found.selection.score
    _best, score, lost = difference(best, found.selection.score)
    yield (
        _("Total score"),
        _("{score} of {size}", score=score, size=size),
    )
    for name in found.request.balance:
        label = label_in(report.scores.dimensions[name].label)
        yield (
            _("{dimension}: seats out of place", dimension=label),
            seats(found.out_of_place[name]),
        )
    if found.unbalanced is not None and found.request.balance:
        cost = best - found.selection.score
        share = f" ({percent(cost / best)})" if best and cost else ""
        yield _("Score that balance cost"), f"{lost}{share}"
    if found.hanging is not None:
        yield (
            _("Members whose place depends on what is unknown"),
            _("{n} of {total}", n=len(found.hanging), total=size),
        )


def _names(context: Context) -> Node:
    """The members, each with its place in the first dimension that is balanced, provinces first."""
    first = context.first_dimension
    items = (
        el(
            "li",
            context.name(member.scored.ecosystem.id),
            el("span", context.places(member.scored, first), class_="small") if first else None,
        )
        for member in context.report.shortlist.members
    )
    return el("ol", items, class_="names")
