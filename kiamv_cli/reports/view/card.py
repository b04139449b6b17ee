"""The card and the row of each ecosystem: where it stands on every criterion, and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.decision.view.record import swap_text
from kiamv_cli.display.document import people
from kiamv_cli.display.html import (
    cell_node,
    el,
    given,
    hidden,
    link,
    listed,
    scrolling,
    small,
    terms,
)
from kiamv_cli.display.text import UNICODE, listing, percent, seats
from kiamv_cli.display.words import end_text, word
from kiamv_cli.programme.view import attribute_texts, fact_text, list_text, years_text
from kiamv_cli.reports.view.context import filter_name, mark, range_of, verdict_mark
from kiamv_cli.scoring.view import BASES
from kiamv_cli.scoring.view.evidence import judgement_text, source_text
from kiamv_cli.scoring.view.score import score_fields
from kiamv_cli.selection.view.place import PlaceWords
from kiamv_cli.selection.view.what_if import gap_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from kiamv_cli.display.document import Field
    from kiamv_cli.display.html import Node
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.dimensions import DimensionId
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


_FIRST = {key: n for n, key in enumerate(("rank", "name", "selected", "class", "range"))}
_SHADES = 4  # of the ramp of colours those on which text reads dark
# To lay out a table a browser must look at every cell of it. Of more rows than these it lays out
# only those in view (`many` in the style sheet), as a grid: the roles keep it a table for all.
_MOST_LAID_OUT = 200


def heat(context: Context) -> Node:
    """The table, to sort and to filter."""
    scores = context.report.scores
    rows = _Rows(context, many=len(scores.ecosystems) > _MOST_LAID_OUT)
    caption = _("All ecosystems on all criteria, highest proven score first")
    made = rows.el(
        "table",
        el("caption", caption),
        rows.el("thead", rows.el("tr", rows.heads())),
        rows.el("tbody", map(rows.row, scores.ecosystems)),
        class_="all many" if rows.many else "all",
        id="heat",
        data_up=_("sorted from low to high by {column}", column="{column}"),
        data_down=_("sorted from high to low by {column}", column="{column}"),
    )
    return scrolling(caption, made)


@dataclass(frozen=True)
class _Rows:
    """Makes the rows, each cell with the number by which it sorts."""

    context: Context
    many: bool

    def el(self, tag: str, *inside: Node, **attributes: str | int | None) -> Node:
        """Make a part of the table."""
        role = _ROLES.get((tag, attributes.get("scope"))) if self.many else None
        return el(tag, *inside, **attributes, role=role)

    def heads(self) -> Iterator[Node]:
        """The headings of the columns; those of scores sort downwards first."""
        for field in self._fields:
            yield self.el(
                "th",
                field.heading,
                scope="col",
                class_=self._kind(field),
                data_sort="down" if field.key in ("range", *self._places) else "up",
            )

    def row(self, scored: EcosystemScore) -> Node:
        """One ecosystem."""
        ecosystem = scored.ecosystem
        of = partial(self.context.report.scores.dimensions.categories, ecosystem)
        texts = (ecosystem.name, ecosystem.id, *ecosystem.aliases, ecosystem.seat or "")
        return self.el(
            "tr",
            (self._cell(field, scored) for field in self._fields),
            id=f"row-{ecosystem.id}",
            data_text=" ".join(texts),
            **{f"data_{filter_name(name)}": " ".join(of(name)) for name in self._dimensions},
            data_class=scored.worst.id,
            data_in=int(ecosystem.id in self.context.members),
        )

    @cached_property
    def _fields(self) -> Sequence[Field[EcosystemScore]]:
        """The columns of the ranking, and who is in; what sums up comes first."""
        badge: Field[EcosystemScore] = people("selected", _("shortlist"), lambda _row: "")
        fields = (badge, *score_fields(self.context.report.scores))
        shown = (each for each in fields if "page" not in each.without)
        return sorted(shown, key=lambda each: (each.key not in _FIRST, _FIRST.get(each.key, 0)))

    def _kind(self, field: Field[EcosystemScore]) -> str | None:
        if field.key in self._places:
            return "heat"
        return "number" if field.align == "right" or field.key == "range" else None

    def _cell(self, field: Field[EcosystemScore], scored: EcosystemScore) -> Node:
        """A cell, with the number by which it sorts; one that has none sorts by its text."""
        context, kind = self.context, self._kind(field)
        if kind == "heat":
            return self._score(scored.criteria[self._places[field.key]])
        if field.key == "name":
            return self.el("th", cell_node(field.cell(scored)), scope="row")
        if field.key == "selected":
            return self.el(
                "td",
                context.badge(scored),
                data_key=int(scored.ecosystem.id not in context.members),
            )
        keys = {
            "rank": scored.rank,
            "class": self._classes[scored.worst.id],
            "range": self._order[_pair(scored)],
        }
        inside = (
            context.class_text(scored) if field.key == "class" else cell_node(field.cell(scored))
        )
        return self.el("td", inside, class_=kind, data_key=keys.get(field.key))

    def _score(self, scored: CriterionScore) -> Node:
        """A cell of the heat: sign, score and shade say the same."""
        basis = None
        if scored.basis != "rule":
            basis = (el("sup", "*", aria_hidden="true"), hidden(f", {_(BASES[scored.basis][1])}"))
        dash = f"{UNICODE.dash}{seats(scored.possible)}" if scored.open else ""
        return self.el(
            "td",
            verdict_mark(scored),
            f"{seats(scored.proven)}{dash}",
            basis,
            class_=f"heat shade{round(scored.proven * _SHADES)}",
            data_key=self._order[_pair(scored)],
        )

    @cached_property
    def _dimensions(self) -> tuple[DimensionId, ...]:
        """Those by which the rows can be filtered."""
        return tuple(self.context.report.scores.programme.dimensions)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of each criterion."""
        criteria = self.context.report.scores.programme.criteria
        return {each.id: place for place, each in enumerate(criteria)}

    @cached_property
    def _classes(self) -> Mapping[str, int]:
        """The place of each class, best first."""
        classes = self.context.report.scores.programme.classes
        return {each.id: place for place, each in enumerate(classes)}

    @cached_property
    def _order(self) -> Mapping[tuple[Fraction, Fraction], int]:
        """The place of each score there is: by what is proven, then by what is possible."""
        pairs = {
            pair
            for one in self.context.report.scores.ecosystems
            for pair in (_pair(one), *map(_pair, one.criteria))
        }
        return {pair: place for place, pair in enumerate(sorted(pairs))}


def _pair(scored: CriterionScore | EcosystemScore) -> tuple[Fraction, Fraction]:
    return scored.proven, scored.possible


_ROLES: Mapping[tuple[str, str | int | None], str] = {
    ("table", None): "table",
    ("thead", None): "rowgroup",
    ("tbody", None): "rowgroup",
    ("tr", None): "row",
    ("th", "col"): "columnheader",
    ("th", "row"): "rowheader",
    ("td", None): "cell",
}
