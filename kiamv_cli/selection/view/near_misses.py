"""What is near to a shortlist: margins, the nearest outsiders, the next best shortlists."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import Cell, Heading, Paragraph, data, names_cell, people, table
from kiamv_cli.display.text import UNICODE, decimal, exact, exactly, number
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.selection.view.place import PlaceWords, margin_fields
from kiamv_cli.selection.view.tradeoff import Difference, change_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Datum, Field, Table
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.near_misses import Alternative, Margin, Rivals
    from kiamv_cli.selection.model.shortlist import Member, Shortlist

# One change can move many: more names than this drown who it is about; JSON has them all.
_MOST_NAMES = 3
# A row of a shortlist: the number of a member, none of an outsider, and who it is.
Placed = tuple["int | None", "Member"]


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

    def columns(self) -> Iterator[Field[Placed]]:
        """Yield what the CSV file says more of members and of those that are near."""
        near = self.near
        yield self._member("member", self.found.selection.members)
        if near.wanted.margins:
            known = {one.id: one for one in (*near.members, *near.outsiders)}
            for key, value in _MARGIN.items():
                yield _margin_field(key, value, known)
        for place, one in enumerate(near.alternatives, start=1):
            yield self._member(f"alternative_{place}", one.selection.members)

    def _member(self, key: str, members: tuple[str, ...]) -> Field[Placed]:
        return data(key, key, lambda row: row[1].scored.ecosystem.id in members)

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
            text = _(
                "Each threshold holds for that score alone, with all else unchanged, and is exact."
            )
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
        words = PlaceWords(self.found.scores, self.found.request)
        return table(margin_columns(words, turns, symbols), margins)

    def _alternatives(self) -> Table:
        def change(row: tuple[int, Alternative]) -> Difference:
            _place, one = row
            return Difference(self._out(one), one.selection.score, one.comes, one.goes)

        rows = [*enumerate(self.near.alternatives, start=1)]
        names = self.found.scores.longlist.names
        place: Field[tuple[int, Alternative]] = people(
            "place", "", lambda row: str(row[0]), align="right"
        )
        moved = [self._out(one) for one in self.near.alternatives]
        return table((place, *change_fields(change, names, moved)), rows)

    def _out(self, alternative: Alternative) -> Fraction:
        moved = alternative.selection.out_of_place
        return sum((moved[name] for name in self.found.request.balance), Fraction(0))

    def _margin_fields(self, margin: Margin) -> dict[str, object]:
        return {
            "id": margin.id,
            "name": self.found.scores.longlist.names[margin.id],
            **margin_fields(margin),
        }


def _alternative_fields(alternative: Alternative) -> dict[str, object]:
    selection = alternative.selection
    return {
        "score": exactly(selection.score),
        "out_of_place": {name: number(out) for name, out in selection.out_of_place.items()},
        "in": list(alternative.comes),
        "out": list(alternative.goes),
        "ids": list(selection.members),
    }


def margin_columns(
    words: PlaceWords, turns: str, symbols: Symbols = UNICODE
) -> tuple[Field[Margin], ...]:
    """Return the columns of margins: the line, how far it is, and who else would change.

    Args:
        words: Says why somebody never crosses the line.
        turns: What crossing it means, as a heading.
        symbols: The signs of what is not there.
    """
    names = words.scores.longlist.names
    return (
        people("name", _("ecosystem"), lambda row: names_cell([row.id], names), wraps=True),
        people("score", _("score"), lambda row: decimal(row.score), align="right"),
        people("line", turns, _line, wraps=True),
        people("by", _("by how much"), lambda row: _by(row, symbols), align="right"),
        people(
            "then",
            _("then, or why never"),
            lambda row: words.bar(row) if row.threshold is None else _others(row, names, symbols),
            wraps=True,
        ),
    )


_MARGIN: Mapping[str, Callable[[Margin], Datum]] = {
    "threshold": lambda margin: margin.threshold,
    "in_at_threshold": lambda margin: margin.in_at_threshold,
    "bar": lambda margin: margin.bar,
    "seats": lambda margin: margin.seats,
    "points": lambda margin: margin.points,
    "comes_in": lambda margin: margin.comes,
    "goes_out": lambda margin: margin.goes,
}


def _margin_field(
    key: str, value: Callable[[Margin], Datum], known: Mapping[str, Margin]
) -> Field[Placed]:
    """Return a column of the margin, empty for whoever was not asked about."""

    def of(row: Placed) -> Datum:
        margin = known.get(row[1].scored.ecosystem.id)
        return None if margin is None else value(margin)

    return data(key, key, of)


def _distance(margin: Margin) -> tuple[bool, Fraction]:
    """Sort the nearest to the line first, and last who never crosses it."""
    if margin.threshold is None:
        return True, Fraction(0)
    return False, abs(margin.score - margin.threshold)


def _others(margin: Margin, names: Mapping[str, str], symbols: Symbols) -> Cell:
    """Return who else changes when it crosses the line."""
    comes = names_cell([each for each in margin.comes if each != margin.id], names, _MOST_NAMES)
    goes = names_cell([each for each in margin.goes if each != margin.id], names, _MOST_NAMES)
    parts = []
    if comes.links:
        parts.append(_("in: {names}", names=comes.text))
    if goes.links:
        parts.append(_("out: {names}", names=goes.text))
    return Cell("; ".join(parts) or symbols.dash, links=(*comes.links, *goes.links))


def _line(margin: Margin) -> str:
    """Return the score at which, or past which, it crosses the line."""
    if margin.threshold is None:
        return _("never")
    line = exact(margin.threshold)
    if margin.member:
        below, at = _("below {line}", line=line), _("{line} or less", line=line)
        return below if margin.in_at_threshold else at
    above, at = _("more than {line}", line=line), _("{line} or more", line=line)
    return at if margin.in_at_threshold else above


def _by(margin: Margin, symbols: Symbols) -> str:
    """Return how far the line is."""
    if margin.threshold is None:
        return symbols.dash
    far = abs(margin.threshold - margin.score)
    return exact(far) if far else _("the least bit")
