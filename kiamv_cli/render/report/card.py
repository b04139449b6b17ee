"""The card of one ecosystem: where it stands and why, with all facts and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _, label_in, ngettext
from kiamv_cli.render.evidence import judgement_text, source_text
from kiamv_cli.render.missing import missing_text
from kiamv_cli.render.place import PlaceWords
from kiamv_cli.render.report.html import el, given, html, link, listed, small, terms
from kiamv_cli.render.report.told import BASES, mark, range_of
from kiamv_cli.render.rules import fact_text, years_text
from kiamv_cli.render.text import UNICODE, listing, percent
from kiamv_cli.render.words import end_text, facts_noun, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.core.evidence import CriterionEvidence, Evidence
    from kiamv_cli.core.explain import Explained
    from kiamv_cli.core.longlist import Ecosystem
    from kiamv_cli.core.programme import Criterion
    from kiamv_cli.core.score import CriterionScore, EcosystemScore
    from kiamv_cli.render.report.html import Html, Node
    from kiamv_cli.render.report.told import Told


def card(one: Explained, told: Told) -> Html:
    """All on one ecosystem, folded in until it is wanted."""
    scored = one.scored
    identifier = scored.ecosystem.id
    return el(
        "details",
        el(
            "summary",
            el("h4", scored.ecosystem.name),
            told.badge(scored),
            el("span", range_of(scored.proven, scored.possible), class_="number"),
            small(told.class_text(scored)),
        ),
        el(
            "div",
            terms(_profile(scored, told), kind="facts"),
            el("h5", _("Its place")),
            _standing(*_place(one, told)),
            (_criterion(*each, told) for each in _criteria(one, told)),
            _questions(identifier, told),
            _sources(one),
            id=f"eco-{identifier}",
            class_="inside",
        ),
        class_="card",
        id=f"card-{identifier}",
    )


def _profile(scored: EcosystemScore, told: Told) -> Iterator[tuple[str, Node]]:
    """What it is, then all that the long list says of it beside facts."""
    ecosystem = scored.ecosystem
    if ecosystem.aliases:
        yield _("Also called"), listing(ecosystem.aliases)
    yield _("Provinces"), told.places(scored, "provinces")
    yield _("Themes"), told.places(scored, "themes")
    if ecosystem.scope:
        yield _("Scope"), word(ecosystem.scope)
    if ecosystem.seat:
        yield _("Seat"), ecosystem.seat
    yield from _years(ecosystem, told)
    if lead := ecosystem.lead:
        yield _("Led by"), f"{lead.who} ({word(lead.kind)})"
    yield from _remarks(ecosystem)
    rank, total = scored.rank, len(told.report.scores.ecosystems)
    yield _("Rank by score"), _("{n} of {total}", n=rank, total=total)


def _years(ecosystem: Ecosystem, told: Told) -> Iterator[tuple[str, Node]]:
    if ecosystem.founded:
        yield _("Founded"), str(ecosystem.founded)
    if ecosystem.end_date:
        yield _("End date"), end_text(ecosystem.end_date, told.report.scores.as_of)


def _remarks(ecosystem: Ecosystem) -> Iterator[tuple[str, Node]]:
    if ecosystem.website:
        yield _("Website"), link(ecosystem.website, ecosystem.website)
    if ecosystem.suggested_by:
        yield _("Suggested by"), listing([each.by for each in ecosystem.suggested_by])
    if ecosystem.note:
        yield _("Note"), ecosystem.note


def _standing(first: str, *others: str) -> Html:
    """In or out in one sentence, then what would have to be different, point by point."""
    return html(el("p", el("b", first)), given(others, listed(others)))


def _place(one: Explained, told: Told) -> Iterator[str]:
    report, identifier = told.report, one.scored.ecosystem.id
    if one.place is None:
        yield _("In the shortlist.") if identifier in told.members else _("Not in the shortlist.")
        yield _("By how much was not worked out.")
    else:
        words = PlaceWords(report.scores, report.request, commands=False)
        yield from words.sentences(one.scored, one.place)
    standing = told.standings.get(identifier)
    if standing is not None:
        share = percent(standing.selected.value, 0)
        yield _(
            "With other weights and answers it was selected in {share} of the draws.", share=share
        )
    swap = told.stand_ins.get(identifier)
    if swap is not None:
        yield _("Should it drop out, {name} is the best single swap.", name=told.names[swap])


def _criteria(
    one: Explained, told: Told
) -> Iterator[tuple[Criterion, CriterionScore, CriterionEvidence]]:
    criteria = told.report.scores.programme.criteria
    return zip(criteria, one.scored.criteria, one.evidence, strict=True)


def _criterion(
    criterion: Criterion, scored: CriterionScore, known: CriterionEvidence, told: Told
) -> Html:
    score = range_of(scored.proven, scored.possible)
    judgement = known.judgement
    judged = "" if judgement is None else judgement_text(judgement, scored, known, UNICODE)
    return html(
        el(
            "h5",
            mark(scored.verdict),
            label_in(criterion.label),
            " ",
            small(f"{word(scored.verdict)}, {score}, {_(BASES[scored.basis])}"),
        ),
        given(judged, el("p", judged)),
        given(known.facts, listed((_fact(each, told) for each in known.facts), "evidence")),
        given(
            known.absent,
            _small(_("Looked, and there is none: {what}.", what=_nouns(known.absent))),
        ),
        given(known.unseen, _small(_("Nothing is known of: {what}.", what=_nouns(known.unseen)))),
    )


def _nouns(names: tuple[str, ...]) -> str:
    return listing([facts_noun(each) for each in names])


def _fact(one: Evidence, told: Told) -> Html:
    remarks = [years_text(one.fact, UNICODE.dash)]
    if one.holding == "later":
        remarks.append(_("later, does not count"))
    elif one.holding == "ended":
        remarks.append(_("ended, does not count"))
    said = "; ".join(filter(None, remarks))
    text = fact_text(one, told.report.scores.programme)
    beside = html(given(said, f" ({said})"), _references(one))
    return html(
        text if one.counts else el("span", text, class_="faded"),
        given(beside.markup, small(beside)),
    )


def _references(one: Evidence) -> Html:
    """Format the sources of a fact, each as a link where it is on the web."""
    return html(*(html(" [", link(source.url or "", name), "]") for name, source in one.cited))


def _small(text: str) -> Html:
    return el("p", text, class_="small")


def _questions(identifier: str, told: Told) -> Html | None:
    """What of its own is open and could change the shortlist."""
    found = told.gaps.get(identifier, ())
    if not found:
        return None
    programme = told.report.scores.programme
    asks = (
        html(
            el("b", label_in(gap.criterion.label)),
            ": ",
            missing_text(gap, programme),
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
    return html(el("h5", _("What could change the shortlist, if it were found")), listed(asks))


def _sources(one: Explained) -> Html | None:
    used = {name for known in one.evidence for each in known.facts for name in each.fact.cited}
    sources = one.scored.ecosystem.sources
    rows = [(name, source) for name, source in sources.items() if name in used]
    if not rows:
        return None
    items = (
        html(el("b", name), " ", link(source.url or "", source_text(source)))
        for name, source in rows
    )
    return html(el("h5", _("Sources")), listed(items, "sources"))
