"""The card of each ecosystem: where it stands on every criterion, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.decision.view.record import swap_text
from kiamv_cli.display.html import (
    el,
    given,
    link,
    listed,
    small,
    terms,
)
from kiamv_cli.display.text import UNICODE, listing, percent
from kiamv_cli.display.words import end_text, word
from kiamv_cli.programme.view import attribute_texts, fact_text, list_text, years_text
from kiamv_cli.reports.view.context import mark, range_of
from kiamv_cli.scoring.view import BASES
from kiamv_cli.scoring.view.evidence import judgement_text, source_text
from kiamv_cli.selection.view.place import PlaceWords
from kiamv_cli.selection.view.what_if import gap_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiamv_cli.display.html import Node
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import CriterionEvidence, Evidence
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.reports.view.context import Context
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore
    from kiamv_cli.selection.model.explain import Explained


def card(explained: Explained, context: Context) -> Node:
    """All on one ecosystem, folded in until it is wanted."""
    scored = explained.scored
    identifier = scored.ecosystem.id
    return el(
        "details",
        el(
            "summary",
            el("h4", scored.ecosystem.name),
            context.badge(scored),
            el("span", range_of(scored.proven, scored.possible), class_="number"),
            small(context.class_text(scored)),
        ),
        el(
            "div",
            terms(_profile(scored, context), kind="facts"),
            el("h5", _("Its place")),
            _standing(*_place(explained, context)),
            (_criterion(*each, context) for each in _criteria(explained, context)),
            _questions(identifier, context),
            _sources(explained),
            id=f"eco-{identifier}",
            class_="inside",
        ),
        class_="card",
        id=f"card-{identifier}",
    )


def paper_card(explained: Explained, context: Context) -> Node:
    """All on one ecosystem in little room: running text, in which each source is a link."""
    scored = explained.scored
    standing, *others = _sentences(explained, context, others=False)
    return el(
        "div",
        el("h3", scored.ecosystem.name),
        el("p", el("b", standing), " ", " ".join(others)),
        (el("p", _running(*each, context)) for each in _criteria(explained, context)),
        el("p", _joined(_on_paper(scored, context), "; "), class_="small"),
        class_="card",
        id=f"eco-{scored.ecosystem.id}",
    )


def _on_paper(scored: EcosystemScore, context: Context) -> Iterator[tuple[str, Node]]:
    """The profile without its web page, to which paper does not lead."""
    return (pair for pair in _profile(scored, context) if pair[0] != _("Website"))


def _joined(pairs: Iterable[tuple[str, Node]], between: str) -> Iterator[Node]:
    for place, (term, told) in enumerate(pairs):
        yield (between if place else "", term, ": ", told)


def _running(
    criterion: Criterion, scored: CriterionScore, known: CriterionEvidence, context: Context
) -> Iterator[Node]:
    """A criterion with the facts that count as one paragraph."""
    judgement = known.judgement
    score = range_of(scored.proven, scored.possible)
    yield (mark(scored.verdict), el("b", label_in(criterion.label)), f" {score}")
    if judgement is not None:
        yield (". ", judgement_text(judgement, scored, known, UNICODE))
    for place, each in enumerate(each for each in known.facts if each.counts):
        yield ("; " if place else ": ", _fact(each, context))
    if known.absent:
        yield ("; ", _("none: {what}", what=_nouns(known.absent, context)))
    if known.unseen:
        yield ("; ", _("unknown: {what}", what=_nouns(known.unseen, context)))
    yield "."


def _profile(scored: EcosystemScore, context: Context) -> Iterator[tuple[str, Node]]:
    """What it is, then all that the long list says of it beside facts."""
    ecosystem = scored.ecosystem
    if ecosystem.aliases:
        yield _("Also called"), listing(ecosystem.aliases)
    programme = context.report.scores.programme
    for name, dimension in programme.dimensions.items():
        if programme.attribute(name) is None:
            yield label_in(dimension.label), context.places(scored, name)
    yield from attribute_texts(scored.ecosystem, programme)
    if ecosystem.scope:
        yield _("Scope"), word(ecosystem.scope)
    if ecosystem.seat:
        yield _("Seat"), ecosystem.seat
    yield from _years(ecosystem, context)
    if lead := ecosystem.lead:
        yield _("Led by"), f"{lead.who} ({word(lead.kind)})" if lead.kind else lead.who
    yield from _remarks(ecosystem)
    rank, total = scored.rank, len(context.report.scores.ecosystems)
    yield _("Rank by score"), _("{n} of {total}", n=rank, total=total)


def _years(ecosystem: Ecosystem, context: Context) -> Iterator[tuple[str, Node]]:
    if ecosystem.founded:
        yield _("Founded"), str(ecosystem.founded)
    if ecosystem.end_date:
        yield _("End date"), end_text(ecosystem.end_date, context.report.scores.as_of)


def _remarks(ecosystem: Ecosystem) -> Iterator[tuple[str, Node]]:
    if ecosystem.website:
        yield _("Website"), link(ecosystem.website, ecosystem.website)
    if ecosystem.suggested_by:
        yield _("Suggested by"), listing([each.by for each in ecosystem.suggested_by])
    if ecosystem.note:
        yield _("Note"), ecosystem.note


def _standing(first: str, *others: str) -> Node:
    """In or out in one sentence, then what would have to be different, point by point."""
    return (el("p", el("b", first)), given(others, listed(others)))


def _place(explained: Explained, context: Context) -> Iterator[str]:
    """In or out, by decision and as proposed, and how far from the line."""
    report, identifier = context.report, explained.scored.ecosystem.id
    yield from _sentences(explained, context, others=True)
    standing = context.standings.get(identifier)
    if standing is not None:
        share = percent(standing.selected.value, 0)
        yield _(
            "With other weights and answers it was selected in {share} of the draws.", share=share
        )
    stand_in = context.stand_ins.get(identifier)
    if stand_in is not None:
        name = report.scores.longlist.names[stand_in]
        yield _("Should it drop out, {name} is the best single swap.", name=name)


def _sentences(explained: Explained, context: Context, *, others: bool) -> Iterator[str]:
    report, identifier = context.report, explained.scored.ecosystem.id
    for swap in report.swaps:
        if identifier in {swap.into, swap.out} and report.decision is not None:
            yield swap_text(report.decision.record, swap, report.scores.longlist.names)
    if explained.place is None:
        yield (
            _("In the shortlist.") if identifier in context.members else _("Not in the shortlist.")
        )
        yield _("By how much was not computed.")
    else:
        words = PlaceWords(report.scores, report.request, commands=False, others=others)
        yield from words.sentences(explained.scored, explained.place)


def _criteria(
    explained: Explained, context: Context
) -> Iterator[tuple[Criterion, CriterionScore, CriterionEvidence]]:
    criteria = context.report.scores.programme.criteria
    return zip(criteria, explained.scored.criteria, explained.evidence, strict=True)


def _criterion(
    criterion: Criterion, scored: CriterionScore, known: CriterionEvidence, context: Context
) -> Node:
    score = range_of(scored.proven, scored.possible)
    judgement = known.judgement
    judged = "" if judgement is None else judgement_text(judgement, scored, known, UNICODE)
    return (
        el(
            "h5",
            mark(scored.verdict),
            label_in(criterion.label),
            " ",
            small(f"{word(scored.verdict)}, {score}, {_(BASES[scored.basis][1])}"),
        ),
        given(judged, el("p", judged)),
        given(known.facts, listed((_fact(each, context) for each in known.facts), "evidence")),
        given(
            known.absent,
            _small(_("Looked for, and not found: {what}.", what=_nouns(known.absent, context))),
        ),
        given(
            known.unseen,
            _small(_("Nothing is known about: {what}.", what=_nouns(known.unseen, context))),
        ),
    )


def _nouns(names: tuple[str, ...], context: Context) -> str:
    return listing([list_text(each, context.report.scores.programme) for each in names])


def _fact(evidence: Evidence, context: Context) -> Node:
    remarks = [years_text(evidence.fact, UNICODE.dash)]
    if evidence.holding == "later":
        remarks.append(_("later, does not count"))
    elif evidence.holding == "ended":
        remarks.append(_("ended, does not count"))
    said = "; ".join(filter(None, remarks))
    text = fact_text(evidence, context.report.scores.programme)
    beside = [*([f" ({said})"] if said else []), *_references(evidence)]
    return (
        text if evidence.counts else el("span", text, class_="faded"),
        given(beside, small(beside)),
    )


def _references(evidence: Evidence) -> list[Node]:
    """Return the sources of a fact, each as a link where it is on the web."""
    return [(" [", link(source.url or "", name), "]") for name, source in evidence.cited]


def _small(text: str) -> Node:
    return el("p", text, class_="small")


def _questions(identifier: str, context: Context) -> Node:
    """What of its own is open and could change the shortlist."""
    found = context.gaps.get(identifier, ())
    if not found:
        return None
    programme = context.report.scores.programme
    asks = (
        (
            el("b", label_in(gap.criterion.label)),
            ": ",
            gap_text(gap, programme),
            None
            if gap.needed == 1
            else small(
                " ",
                ngettext(
                    "(only together with {n} other answer)",
                    "(only together with {n} other answers)",
                    gap.needed - 1,
                ),
            ),
        )
        for gap in found
    )
    return (el("h5", _("What could change the shortlist, if it were found")), listed(asks))


def _sources(explained: Explained) -> Node:
    used = {
        name for known in explained.evidence for each in known.facts for name in each.fact.cited
    }
    sources = explained.scored.ecosystem.sources
    rows = [(name, source) for name, source in sources.items() if name in used]
    if not rows:
        return None
    items = (
        (el("b", name), " ", link(source.url or "", source_text(source))) for name, source in rows
    )
    return (el("h5", _("Sources")), listed(items, "sources"))
