"""The members, each with why it is in and by how much, and who is just outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.decision.view.record import sentence
from kiamv_cli.display.html import el, table
from kiamv_cli.display.text import decimal, difference, listing
from kiamv_cli.selection.view.near_misses import margin_columns
from kiamv_cli.selection.view.place import PlaceWords

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.decision.model.record import Override
    from kiamv_cli.display.html import Node
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.selection.model.explain import Explained
    from kiamv_cli.selection.model.shortlist import Member

_MOST_NEAR = 10


def members(context: Context) -> Node:
    """The shortlist with reasons."""
    return el(
        "section",
        el("h2", _("The shortlist, and why"), id="shortlist"),
        el(
            "p",
            _(
                "In order of score. The margin holds if all else stays as it is, and only the "
                "score of that one ecosystem moves."
            ),
        ),
        context.missing("margins"),
        el("ol", (_member(member, context) for member in context.report.members), class_="members"),
        *_near(context),
    )


def _member(member: Member, context: Context) -> Node:
    ecosystem = member.scored.ecosystem
    explained = context.report.explained(ecosystem.id)
    listed = (context.places(member.scored, each) for each in reversed([*context.report.spread]))
    places = "\u00a0· ".join(filter(None, listed))
    swap = next((one for one in context.report.swaps if one.into == ecosystem.id), None)
    why = (
        f"{_reason(explained, context)} {_margin(explained, context)}"
        if swap is None
        else _by_decision(swap, context)
    )
    return el(
        "li",
        el(
            "div",
            el("h3", context.name(ecosystem.id)),
            el("p", places, class_="small"),
            el("p", why),
            class_="why",
        ),
        el(
            "p",
            el("b", decimal(member.score)),
            el("span", _("score"), class_="small"),
            class_="score",
        ),
    )


def _by_decision(swap: Override, context: Context) -> str:
    names = context.report.scores.longlist.names
    reason = sentence(swap.reason)
    return _("In by decision, for {out}: {reason}", out=names[swap.out], reason=reason)


def _reason(explained: Explained, context: Context) -> str:
    """Why a member is in, in one sentence."""
    report, name = context.report, explained.scored.ecosystem.id
    if name in report.request.include:
        return _("In because it was asked for by name.")
    if explained.place is None or not report.request.balance:
        return _("In on its score.")
    if explained.place.without_balance:
        return _("In because of its score: it would be in without balance too.")
    held = listing([context.label(*each) for each in report.held_up(name)])
    if held:
        return _(
            "In because of the spread: without it, {categories} would have too few seats.",
            categories=held,
        )
    return _("In because of the spread: of all sets that are as well balanced, the best has it.")


def _margin(explained: Explained, context: Context) -> str:
    """By how much it is in."""
    if explained.place is None:
        return ""
    found = explained.place.margin
    if found.threshold is None:
        words = PlaceWords(context.report.scores, context.report.request, commands=False)
        return _("No score of its own would put it out: {why}.", why=words.bar(found))
    if found.score == found.threshold:
        return _("It is on the line: any lower score puts it out.")
    _score, line, margin = difference(found.score, found.threshold)
    if found.in_at_threshold:
        return _("It drops out below {line}: a margin of {margin}.", line=line, margin=margin)
    return _("It drops out at {line} or less: a margin of {margin}.", line=line, margin=margin)


def _near(context: Context) -> Iterator[Node]:
    nearest = context.report.nearest[:_MOST_NEAR]
    if not nearest:
        return
    yield el("h3", _("Just outside"))
    yield el(
        "p",
        _(
            "These need the least extra score to get in. Any other ecosystem can be looked up "
            "below."
        ),
    )
    margins = [one.place.margin for one in nearest if one.place]
    words = PlaceWords(context.report.scores, context.report.request, commands=False)
    caption = _("The nearest outsiders, and what they need")
    yield table(caption, margin_columns(words, _("comes in")), margins)
    never = [
        one
        for one in context.report.explanation.ecosystems
        if one.place and not one.place.margin.member and one.place.margin.threshold is None
    ]
    if never:
        yield el(
            "p",
            ngettext(
                "{n} ecosystem would not be in with any score of its own, because of the spread or "
                "the wishes.",
                "{n} ecosystems would not be in with any score of their own, because of the spread "
                "or the wishes.",
                len(never),
            ),
            class_="small",
        )
