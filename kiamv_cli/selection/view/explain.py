"""Why an ecosystem stands where it stands: evidence with sources, scores, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import date_text, listing, number
from kiamv_cli.display.words import end_text, why_incomplete, word
from kiamv_cli.scoring.view.cells import class_cell, range_text
from kiamv_cli.scoring.view.evidence import (
    evidence_blocks,
    evidence_fields,
    fact_record,
    source_blocks,
    verdict_cell,
)
from kiamv_cli.selection.view.place import PlaceWords, place_fields
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.facts import CriterionEvidence
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.scoring.model.score import CriterionScore
    from kiamv_cli.selection.model.explain import Explained, Explanation


@dataclass(frozen=True, slots=True)
class ExplainView:
    """``kiamv explain``."""

    found: Explanation

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/explain``."""
        found = self.found
        return {
            **asked_fields(found.scores, found.request, "explain"),
            "complete": found.complete,
            "ecosystems": [self._fields(one) for one in found.ecosystems],
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per fact, and one for each criterion without facts."""
        for one in self.found.ecosystems:
            for criterion, scored, known in self._criteria(one):
                for fact in known.facts or (None,):
                    yield {
                        "id": one.scored.ecosystem.id,
                        "name": one.scored.ecosystem.name,
                        "criterion": criterion.id,
                        "verdict": scored.verdict,
                        "proven": number(scored.proven),
                        "possible": number(scored.possible),
                        **fact_record(fact, self.found.scores.programme),
                    }

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """All side by side, then each with its place and its evidence."""
        found = self.found
        names = listing([one.scored.ecosystem.name for one in found.ecosystems])
        yield Heading(_("{names}, as of {date}", names=names, date=date_text(found.scores.as_of)))
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
            (Cell(_("shortlist")), *(_member_cell(one) for one in each)),
        ]
        heads = (Column(one.scored.ecosystem.id, wraps=True) for one in each)
        return Table((Column("", wraps=True), *heads), tuple(rows))

    def _rank(self, explained: Explained) -> str:
        total = len(self.found.scores.ecosystems)
        return _("{n} of {total}", n=explained.scored.rank, total=total)

    def _what_it_is(self, explained: Explained) -> str:
        ecosystem, dimensions = explained.scored.ecosystem, self.found.scores.programme.dimensions
        labels = {k.id: label_in(k.label) for each in dimensions.values() for k in each.categories}
        provinces = listing([labels[each] for each in ecosystem.provinces])
        themes = listing([labels[each] for each in ecosystem.themes])
        parts = [ecosystem.id]
        if ecosystem.aliases:
            parts.append(_("also called {names}", names=listing(ecosystem.aliases)))
        parts += [_("provinces: {names}", names=provinces), _("themes: {names}", names=themes)]
        return "; ".join([*parts, *_background(ecosystem, self.found.scores.as_of)])

    def _place(self, explained: Explained) -> Iterator[Block]:
        if explained.place is None:
            why = why_incomplete(interrupted=self.found.interrupted)
            text = _("Its place in the shortlist is NOT known: {why}.", why=why)
            yield Paragraph(text, "not-met")
            return
        words = PlaceWords(self.found.scores, self.found.request)
        first, *others = words.sentences(explained.scored, explained.place)
        yield Paragraph(first, "met" if explained.place.margin.member else "not-met")
        yield from map(Paragraph, others)

    def _fields(self, explained: Explained) -> dict[str, object]:
        scored = explained.scored
        return {
            **_ecosystem_fields(scored.ecosystem),
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
            "place": None if explained.place is None else place_fields(explained.place),
        }


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


def _member_cell(explained: Explained) -> Cell:
    if explained.place is None:
        return Cell(_("not known"), "unknown")
    return Cell(_("in"), "met") if explained.place.margin.member else Cell(_("not in"), "not-met")


def _ecosystem_fields(ecosystem: Ecosystem) -> dict[str, object]:
    return {
        "id": ecosystem.id,
        "name": ecosystem.name,
        "aliases": list(ecosystem.aliases),
        "provinces": list(ecosystem.provinces),
        "themes": list(ecosystem.themes),
        "scope": ecosystem.scope,
        "seat": ecosystem.seat,
        "founded": ecosystem.founded,
        "end_date": ecosystem.end_date,
        "website": ecosystem.website,
        "note": ecosystem.note,
    }
