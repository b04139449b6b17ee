"""Page one: what was decided, what each of those selected does, and who is not in, and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.decision.view.record import decided_texts
from kiamv_cli.display.document import Field, people
from kiamv_cli.display.html import el, given, small, table, terms
from kiamv_cli.display.text import count, date_text, decimal, difference, listing, percent, seats
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.programme.view import dimensions_text
from kiamv_cli.reports.view.context import where_figure
from kiamv_cli.reports.view.outside import why_outside
from kiamv_cli.selection.view.lowest_class import lowest_class_texts
from kiamv_cli.selection.view.proof import lot_mark, lots_texts, proven_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.display.html import Node
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.reports.model import Report
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.scoring.model.score import EcosystemScore

_MOST_OUTSIDE = 8
_LONGEST = 88  # signs: about half a sentence


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
    if report.decision is not None:
        return _(
            "Decision of {date}: {ecosystems}",
            date=date_text(report.decision.record.decided.on),
            ecosystems=count(len(report.ids), "ecosystem", "ecosystems"),
        )
    return ngettext(
        "Shortlist of {n} innovation ecosystem",
        "Shortlist of {n} innovation ecosystems",
        len(report.ids),
    )


def summary(context: Context, *, outsiders: bool = True) -> Node:
    """The answer in one look, with or without who is not in."""
    where = where_figure(context.report, "where")
    return el(
        "section",
        el("h2", _("At a glance"), id="glance"),
        _decided(context.report),
        el("p", " ".join(_answer(context.report)), class_="lead"),
        (el("p", text) for text in lowest_class_texts(context.report.shortlist, commands=False)),
        terms(_numbers(context.report), kind="key"),
        el("p", " ".join(_meanings(context.report)), class_="small"),
        el("div", _names(context), given(where, el("div", where, class_="where")), class_="who"),
        given(
            outsiders, el("h3", _("The highest scores that are not in, and why")), outside(context)
        ),
        class_="glance",
    )


def _decided(report: Report) -> Node:
    if report.decision is None:
        return None
    first, *swaps = decided_texts(report.decision.record, report.scores.longlist.names)
    return (el("p", first, class_="lead"), (el("p", swap) for swap in swaps))


def _answer(report: Report) -> Iterator[str]:
    found, request = report.shortlist, report.request
    yield ngettext(
        "Of {ecosystems} on the long list, {n} was selected.",
        "Of {ecosystems} on the long list, {n} were selected.",
        len(report.ids),
        ecosystems=count(len(report.scores.ecosystems), "ecosystem", "ecosystems"),
    )
    if report.swaps:
        yield ngettext(
            "People brought in {n} of them; the others were selected by rule.",
            "People brought in {n} of them; the others were selected by rule.",
            len(set(report.ids).difference(found.ids)),
        )
    if request.balance:
        yield _(
            "They were chosen to be spread over {dimensions} as evenly as can be, and within that "
            "for the highest total score.",
            dimensions=dimensions_text(request.balance, report.scores.dimensions),
        )
    else:
        yield _("They have the highest total score; as requested, spread did not count.")
    if not found.selection.status.proven:
        why = why_incomplete(interrupted=found.selection.status.interrupted)
        yield _("It is NOT proven that no other selection does better: {why}.", why=why)
    elif found.proof is not None and report.swaps:
        yield _("It is proven that no other selection does better than the one proposed.")
    elif found.proof is not None:
        yield _("It is proven that no other selection does better.")


def _meanings(report: Report) -> Iterator[str]:
    """What the words of the figures mean."""
    yield _("A score runs from 0, nothing shown, to 1, all criteria met.")
    if report.request.balance:
        yield _(
            "Among {dimensions} each ecosystem has one seat, shared where it lists several; out of "
            "place are seats that one has too many and another too few.",
            dimensions=dimensions_text(report.request.balance, report.scores.dimensions),
        )


def _numbers(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the figures of the first page: five with two balanced dimensions."""
    found, size = report.shortlist, len(report.ids)
    best = found.unbalanced.score if found.unbalanced else report.total
    _best, score, lost = difference(best, report.total)
    yield _("Total score"), _("{score} of {size}", score=score, size=size)
    for name in found.request.balance:
        label = label_in(report.scores.programme.dimensions[name].label)
        moved = report.out_of_place[name]
        yield _("{dimension}: seats out of place", dimension=label), seats(moved)
    if report.swaps:
        yield _("Swaps by people"), str(len(report.swaps))
    elif found.unbalanced is not None and found.request.balance:
        cost = best - found.selection.score
        share = f" ({percent(cost / best)})" if best and cost else ""
        yield _("Score that balance cost"), f"{lost}{share}"
    if found.hanging is not None:
        yield (
            _("Members whose place depends on what is unknown"),
            _("{n} of {total}", n=len(found.hanging.intersection(report.ids)), total=size),
        )


def _names(context: Context) -> Node:
    """The members, each with what it does and where."""
    added = {each.into for each in context.report.swaps}
    lots = context.report.shortlist.lots
    items = (
        el(
            "li",
            context.name(member.scored.ecosystem.id),
            given(member.scored.ecosystem.id in added, " ", small(_("by decision"))),
            given(mark := lot_mark(lots, member.scored.ecosystem.id), " ", small(mark)),
            el("span", _line(member.scored, context), class_="small"),
        )
        for member in context.report.members
    )
    return el("ol", items, class_="names")


def _line(scored: EcosystemScore, context: Context) -> str:
    """What an ecosystem does, and where."""
    first = context.first_dimension
    places = context.places(scored, first) if first else ""
    does = what_it_does(scored.ecosystem, context.report.scores.as_of.year)
    return f"{does} ({places})" if does and places else does or places


def what_it_does(ecosystem: Ecosystem, year: int) -> str:
    """Return the first challenges of an ecosystem that hold, as many as make half a sentence."""
    held = [str(each.what) for each in ecosystem.challenges or () if each.holding(year) == "holds"]
    chosen = held[:1]
    for each in held[1:]:
        if len("; ".join([*chosen, each])) > _LONGEST:
            break
        chosen.append(each)
    return "; ".join(chosen)


def outside(context: Context) -> Node:
    """The highest scores that are not in, and why."""
    highest = context.report.highest_outside[:_MOST_OUTSIDE]
    if not highest:
        return el("p", _("Nobody who scores as high as any member is left out."))
    fields: tuple[Field[EcosystemScore], ...] = (
        people("name", _("ecosystem"), lambda row: row.ecosystem.name),
        people("score", _("score"), lambda row: decimal(context.score(row)), align="right"),
        people("why", _("why it is not in"), lambda row: why_outside(row, context)),
    )
    caption = _("Highest score first")
    return table(
        caption,
        fields,
        highest,
        kind="outside",
        nodes={"name": lambda row: context.name(row.ecosystem.id)},
    )


def proof_section(context: Context) -> Node:
    """How the shortlist is known to be the best, and what only a lottery decided."""
    report = context.report
    return el(
        "section",
        el("h2", _("Lots and proof"), id="proof"),
        (el("p", text) for text in (*proven_texts(report), *_classes(report))),
    )


def proven_texts(report: Report) -> Iterator[str]:
    """Yield how it is known that nothing is better, and what only a lottery decided."""
    found = report.shortlist
    if found.selection.status.proven:
        yield proven_text(found)
        yield from lots_texts(found.lots, report.scores.longlist.names)
    else:
        why = why_incomplete(interrupted=found.selection.status.interrupted)
        yield _("It is NOT proven that no other selection does better: {why}.", why=why)


def _classes(report: Report) -> Iterator[str]:
    """The classes of the members at worst, unless all are in the best one."""
    classes = report.scores.programme.classes
    members = Counter(member.scored.worst.id for member in report.members)
    counts = [(members[each.id], label_in(each.label)) for each in classes if members[each.id]]
    if set(members) - {classes[0].id}:
        yield _(
            "Their classes at worst, if all that is not known turned out badly: {classes}.",
            classes=listing([f"{n} {label}" for n, label in counts]),
        )
