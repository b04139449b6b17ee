"""Why an ecosystem stands where it stands: evidence with sources, scores, and its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table, data, records
from kiamv_cli.display.text import date_text, listing, number
from kiamv_cli.display.words import end_text, why_incomplete, word
from kiamv_cli.longlist.model.longlist import attributes_as_written
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.view import attribute_texts, dimension_text
from kiamv_cli.scoring.view import class_cell, range_text
from kiamv_cli.scoring.view.evidence import (
    evidence_blocks,
    evidence_fields,
    fact_fields,
    source_blocks,
    verdict_cell,
)
from kiamv_cli.scoring.view.score import bound_fields, ecosystem_fields
from kiamv_cli.selection.view.place import PlaceWords, place_fields
from kiamv_cli.selection.view.request import asked_fields
from kiamv_cli.selection.view.ways import ways_in_fields, ways_in_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.display.document import Block, Field, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import CriterionEvidence, Evidence
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.scoring.model.score import CriterionScore, EcosystemScore, Scores
    from kiamv_cli.selection.model.explain import Explained, Explanation, Place


class Decision(NamedTuple):
    """What a record says beside: who is in, for data, in words, and of each ecosystem by id."""

    ids: frozenset[str]
    fields: Mapping[str, object]
    texts: tuple[str, ...]
    swaps: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExplainView:
    """``kiamv explain``; with ``decision``, of what is on record."""

    found: Explanation
    decision: Decision | None = None

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/explain``."""
        found = self.found
        return {
            **asked_fields(found.scores, found.request, "explain"),
            **(self.decision.fields if self.decision else {}),
            "complete": found.complete,
            "ecosystems": [self._fields(one) for one in found.ecosystems],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per fact, and one for each criterion without facts."""
        return records(explain_fields(self.found.scores), explain_rows(self.found))

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """All side by side, then each with its place and its evidence."""
        found = self.found
        names = listing([one.scored.ecosystem.name for one in found.ecosystems])
        yield Heading(_("{names}, as of {date}", names=names, date=date_text(found.scores.as_of)))
        yield from map(Paragraph, self.decision.texts if self.decision else ())
        yield self._side_by_side(symbols)
        for one in found.ecosystems:
            yield Heading(one.scored.ecosystem.name)
            yield Paragraph(self._what_it_is(one))
            if note := one.scored.ecosystem.note:
                yield Paragraph(_("Note: {note}", note=note))
            yield Paragraph("")
            yield from self._place(one)
            programme = found.scores.programme
            for criterion, scored, known in self._criteria(one):
                yield from evidence_blocks(criterion, scored, known, programme, symbols)
            yield from source_blocks(one.scored.ecosystem, one.evidence)
            yield from self._ways_in(one)

    def _criteria(
        self, explained: Explained
    ) -> Iterator[tuple[Criterion, CriterionScore, CriterionEvidence]]:
        criteria = self.found.scores.programme.criteria
        return zip(criteria, explained.scored.criteria, explained.evidence, strict=True)

    def _side_by_side(self, symbols: Symbols) -> Table:
        programme = self.found.scores.programme
        each = self.found.ecosystems
        rows = [
            (
                Cell(label_in(criterion.label)),
                *(verdict_cell(one.scored.criteria[n], symbols) for one in each),
            )
            for n, criterion in enumerate(programme.criteria)
        ]
        rows += [
            (Cell(_("score")), *(Cell(range_text(one.scored, symbols)) for one in each)),
            (Cell(_("class")), *(class_cell(one.scored, programme, symbols) for one in each)),
            (Cell(_("rank")), *(Cell(self._rank(one)) for one in each)),
            (Cell(_("shortlist")), *(_member_cell(one, self.decision) for one in each)),
        ]
        heads = (Column(one.scored.ecosystem.id, wraps=True) for one in each)
        return Table((Column("", wraps=True), *heads), tuple(rows))

    def _rank(self, explained: Explained) -> str:
        total = len(self.found.scores.ecosystems)
        return _("{n} of {total}", n=explained.scored.rank, total=total)

    def _what_it_is(self, explained: Explained) -> str:
        ecosystem, programme = explained.scored.ecosystem, self.found.scores.programme
        parts = [ecosystem.id]
        if ecosystem.aliases:
            parts.append(_("also called {names}", names=listing(ecosystem.aliases)))
        parts += self._places(ecosystem)
        parts += [f"{label}: {text}" for label, text in attribute_texts(ecosystem, programme)]
        return "; ".join([*parts, *_background(ecosystem, self.found.scores.as_of)])

    def _places(self, ecosystem: Ecosystem) -> Iterator[str]:
        """Yield where it is in each dimension that is no attribute."""
        dimensions, programme = self.found.scores.dimensions, self.found.scores.programme
        for name in dimensions.reported(self.found.request.dimensions):
            if programme.attribute(name) is None:
                labels = dimensions[name].labels
                codes = dict.fromkeys(dimensions.categories(ecosystem, name))
                names = listing([label_in(labels[each]) for each in codes]) or _("unknown")
                yield f"{dimension_text(name, dimensions)}: {names}"

    def _place(self, explained: Explained) -> Iterator[Block]:
        if explained.place is None:
            why = why_incomplete(interrupted=self.found.interrupted)
            text = _("Its place in the shortlist is NOT known: {why}.", why=why)
            yield Paragraph(text, "not-met")
            return
        swap = self.decision and self.decision.swaps.get(explained.scored.ecosystem.id)
        if swap:
            yield Paragraph(_("{swap} What follows is of the proposal, before that.", swap=swap))
        words = PlaceWords(self.found.scores, self.found.request)
        first, *others = words.sentences(explained.scored, explained.place)
        yield Paragraph(first, "met" if explained.place.margin.member else "not-met")
        yield from map(Paragraph, others)

    def _ways_in(self, explained: Explained) -> Iterator[Block]:
        place = explained.place
        if place is None or place.ways is None:
            return
        names, request = self.found.scores.longlist.names, self.found.request
        texts = [*ways_in_texts(place.ways, place.margin, request, names)]
        if texts:
            yield Heading(_("The ways in"))
            yield from (Paragraph(f"- {text}") for text in texts)

    def _fields(self, explained: Explained) -> dict[str, object]:
        scored = explained.scored
        return {
            **_ecosystem_fields(scored.ecosystem, self.found.scores.programme.dimensions),
            "rank": scored.rank,
            "score": {
                "proven": number(scored.proven),
                "possible": number(scored.possible),
                "exact": [str(scored.proven), str(scored.possible)],
            },
            "class": {"worst": scored.worst.id, "best": scored.best.id},
            "criteria": {
                criterion.id: evidence_fields(criterion, graded, known, self.found.scores.programme)
                for criterion, graded, known in self._criteria(explained)
            },
            "place": None if explained.place is None else _place_fields(explained.place),
        }


class FactRow(NamedTuple):
    """A fact of an ecosystem on a criterion; ``None`` where there is none."""

    ecosystem: EcosystemScore
    criterion: Criterion
    scored: CriterionScore
    fact: Evidence | None


def explain_rows(explanation: Explanation) -> Iterator[FactRow]:
    """Yield a row per fact, and one for each criterion without facts."""
    for one in explanation.ecosystems:
        criteria = zip(
            explanation.scores.programme.criteria, one.scored.criteria, one.evidence, strict=True
        )
        for criterion, scored, known in criteria:
            for fact in known.facts or (None,):
                yield FactRow(one.scored, criterion, scored, fact)


def explain_fields(scores: Scores) -> tuple[Field[FactRow], ...]:
    """Return the columns of what is known of ecosystems, fact by fact."""
    proven, possible = bound_fields(_scored)
    criterion = _("The id of the criterion that the fact bears on.")
    verdicts = "met, partly, not-met, unknown."
    return (
        *ecosystem_fields(scores.longlist.names, lambda row: row.ecosystem.ecosystem.id),
        data("criterion", _("criterion"), lambda row: row.criterion.id, criterion, 26),
        data("verdict", _("verdict"), lambda row: row.scored.verdict, verdicts),
        *(replace(proven, exact=False), replace(possible, exact=False)),
        *fact_fields(lambda row: row.fact, scores.programme),
    )


def _scored(row: FactRow) -> CriterionScore:
    return row.scored


def _background(ecosystem: Ecosystem, as_of: date) -> Iterator[str]:
    """What the long list says of an ecosystem beside facts; no criterion looks at most of it."""
    if ecosystem.scope:
        yield _("scope: {scope}", scope=word(ecosystem.scope))
    if ecosystem.seat:
        yield _("seat: {place}", place=ecosystem.seat)
    if ecosystem.founded:
        yield _("founded {year}", year=ecosystem.founded)
    if ecosystem.end_date:
        yield _("end date: {end}", end=end_text(ecosystem.end_date, as_of))
    if lead := ecosystem.lead:
        yield (
            _("led by {who} ({kind})", who=lead.who, kind=word(lead.kind))
            if lead.kind
            else _("led by {who}", who=lead.who)
        )
    if ecosystem.website:
        yield ecosystem.website


def _member_cell(explained: Explained, decision: Decision | None) -> Cell:
    if decision is not None:
        inside = explained.scored.ecosystem.id in decision.ids
    elif explained.place is None:
        return Cell(_("not known"), "unknown")
    else:
        inside = explained.place.margin.member
    return Cell(_("in"), "met") if inside else Cell(_("not in"), "not-met")


def _place_fields(place: Place) -> dict[str, object]:
    ways = {"ways_in": ways_in_fields(place.ways)} if place.ways else {}
    return {**place_fields(place), **ways}


def _ecosystem_fields(ecosystem: Ecosystem, dimensions: Collection[str]) -> dict[str, object]:
    return {
        "id": ecosystem.id,
        "name": ecosystem.name,
        "aliases": list(ecosystem.aliases),
        **{name: list(getattr(ecosystem, name)) for name in PLAIN_DIMENSIONS if name in dimensions},
        "scope": ecosystem.scope,
        "seat": ecosystem.seat,
        "founded": ecosystem.founded,
        "end_date": ecosystem.end_date,
        "website": ecosystem.website,
        "note": ecosystem.note,
        **({"attributes": attributes_as_written(ecosystem)} if ecosystem.attributes else {}),
    }
