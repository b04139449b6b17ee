"""What is near to a shortlist: margins, the nearest outsiders, the next best shortlists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import decimal, exact, first_of, number, seats
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.selection.view.place import PlaceWords, margin_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.constrained import Margin
    from kiamv_cli.selection.model.near_misses import Alternative, Rivals
    from kiamv_cli.selection.model.shortlist import Shortlist

# One change can move many: more names than this drown who it is about; JSON has them all.
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class RivalsPart:
    """The part of ``kiamv shortlist`` that ``--margins`` and ``--alternatives`` ask for."""

    found: Shortlist
    near: Rivals

    def fields(self) -> dict[str, object]:
        """Margins, nearest outsiders and alternatives for JSON; those asked for."""
        near = self.near
        fields: dict[str, object] = {}
        if near.wanted.margins:
            fields["margins"] = [self._margin_fields(one) for one in near.members]
            fields["nearest"] = [self._margin_fields(one) for one in near.outsiders]
        if near.wanted.alternatives:
            fields["alternatives"] = [_alternative_fields(one) for one in near.alternatives]
        return {**fields, "complete": near.complete}

    def columns(self, identifier: str) -> Mapping[str, Value]:
        """What a row of the CSV file says of one ecosystem."""
        near = self.near
        row: dict[str, Value] = {"selected": identifier in self.found.selection.members}
        if near.wanted.margins:
            known = {one.id: one for one in (*near.members, *near.outsiders)}
            row |= _margin_record(known.get(identifier))
        for place, one in enumerate(near.alternatives, start=1):
            row[f"alternative_{place}"] = identifier in one.selection.members
        return row

    def blocks(self, symbols: Symbols) -> Iterator[Block]:
        """The members from the nearest to the line, the outsiders, and the alternatives."""
        near = self.near
        if not near.complete:
            yield Paragraph("")
            yield Paragraph(self._missing(), "not-met")
        if near.members:
            yield Heading(_("Margins: the most uncertain members first"))
            yield self._margins(_("drops out"), sorted(near.members, key=_distance), symbols)
        if near.outsiders:
            yield Heading(
                ngettext(
                    "The {n} nearest outsider", "The {n} nearest outsiders", len(near.outsiders)
                )
            )
            yield self._margins(_("comes in"), near.outsiders, symbols)
        if near.members:
            text = _("Each line holds for its own score alone, all else as it is, and is exact.")
            yield Paragraph(text, "faint")
        yield from self._next_best()

    def _next_best(self) -> Iterator[Block]:
        near = self.near
        if near.wanted.alternatives and near.complete and not near.alternatives:
            yield Heading(_("Alternatives"))
            yield Paragraph(_("There is no other shortlist that meets the wishes."))
        if near.alternatives:
            yield Heading(
                ngettext(
                    "The {n} next best shortlist",
                    "The {n} next best shortlists",
                    len(near.alternatives),
                )
            )
            yield self._alternatives()

    def _missing(self) -> str:
        if not self.found.selection.status.proven:
            return _("No margins or alternatives: they need a shortlist that is proven best.")
        return _(
            "NOT complete: {why}. What is shown of margins and alternatives is exact.",
            why=why_incomplete(interrupted=self.near.interrupted),
        )

    def _margins(self, turns: str, margins: Iterable[Margin], symbols: Symbols) -> Table:
        columns = (
            Column(_("ecosystem"), wraps=True),
            Column(_("score"), "right"),
            Column(turns, wraps=True),
            Column(_("by how much"), "right"),
            Column(_("then, or why never"), wraps=True),
        )
        return Table(columns, tuple(self._row(one, symbols) for one in margins))

    def _row(self, margin: Margin, symbols: Symbols) -> tuple[Cell, ...]:
        words = PlaceWords(self.found.scores, self.found.request)
        if margin.threshold is None:
            line, by, then = _("never"), symbols.dash, words.bar(margin)
        else:
            line, by = _line(margin), decimal(abs(margin.threshold - margin.score))
            then = _others(margin)
        name = Cell(self._name(margin.id))
        return name, Cell(decimal(margin.score)), Cell(line), Cell(by), Cell(then or symbols.dash)

    def _alternatives(self) -> Table:
        columns = (
            Column("", "right"),
            Column(_("out of place"), "right"),
            Column(_("total"), "right"),
            Column(_("comes in"), wraps=True),
            Column(_("goes out"), wraps=True),
        )
        rows = (
            (
                Cell(str(place)),
                Cell(seats(self._out(one))),
                Cell(decimal(one.selection.score)),
                Cell(", ".join(one.comes)),
                Cell(", ".join(one.goes)),
            )
            for place, one in enumerate(self.near.alternatives, start=1)
        )
        return Table(columns, tuple(rows))

    def _out(self, alternative: Alternative) -> Fraction:
        moved = alternative.selection.out_of_place
        return sum((moved[name] for name in self.found.request.balance), Fraction(0))

    def _name(self, identifier: str) -> str:
        known = (*self.found.members, *self.near.others)
        ecosystems = (one.scored.ecosystem for one in known)
        return next(one.name for one in ecosystems if one.id == identifier)

    def _margin_fields(self, margin: Margin) -> dict[str, object]:
        return {"id": margin.id, "name": self._name(margin.id), **margin_fields(margin)}


def _alternative_fields(alternative: Alternative) -> dict[str, object]:
    selection = alternative.selection
    return {
        "score": number(selection.score),
        "exact": str(selection.score),
        "out_of_place": {name: number(out) for name, out in selection.out_of_place.items()},
        "in": list(alternative.comes),
        "out": list(alternative.goes),
        "selected": list(selection.members),
    }


def _margin_record(one: Margin | None) -> dict[str, Value]:
    """The margin in a row; all empty for whoever was not asked about."""
    if one is None:
        return dict.fromkeys(
            ("threshold", "in_at_threshold", "bar", "seats", "points", "in", "out")
        )
    return {
        "threshold": None if one.threshold is None else number(one.threshold),
        "in_at_threshold": one.in_at_threshold,
        "bar": one.bar,
        "seats": number(one.seats),
        "points": number(one.points),
        "in": " ".join(one.comes),
        "out": " ".join(one.goes),
    }


def _distance(margin: Margin) -> tuple[bool, Fraction]:
    """Sort the nearest to the line first, and last who never crosses it."""
    if margin.threshold is None:
        return True, Fraction(0)
    return False, abs(margin.score - margin.threshold)


def _others(margin: Margin) -> str:
    """Who else changes when it crosses the line, in ids."""
    comes = [each for each in margin.comes if each != margin.id]
    goes = [each for each in margin.goes if each != margin.id]
    parts = []
    if comes:
        parts.append(_("in: {names}", names=", ".join(first_of(comes, _MOST_NAMES))))
    if goes:
        parts.append(_("out: {names}", names=", ".join(first_of(goes, _MOST_NAMES))))
    return "; ".join(parts)


def _line(margin: Margin) -> str:
    """The score at which, or past which, it crosses the line."""
    assert margin.threshold is not None, "there is such a score"
    score = exact(margin.threshold)
    if margin.in_at_threshold != margin.member:
        return _("at {score}", score=score)
    return _("below {score}", score=score) if margin.member else _("above {score}", score=score)
