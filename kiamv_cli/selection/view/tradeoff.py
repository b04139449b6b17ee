"""What balance costs: every trade-off in a table and in a plot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kiamv_cli.base.language import _, ngettext
from kiamv_cli.display.document import (
    Field,
    Heading,
    Paragraph,
    data,
    exact_number,
    names_cell,
    people,
    records,
    table,
)
from kiamv_cli.display.plot import plot
from kiamv_cli.display.text import (
    UNICODE,
    aligned_seats,
    count,
    date_text,
    decimal,
    exactly,
    number,
    one_or_many,
    seats,
)
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.programme.view import dimensions_text
from kiamv_cli.scoring.view.score import left_out_text
from kiamv_cli.selection.view.request import asked_fields, bound_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.tradeoff import TradeOff, TradeOffs

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TradeOffView:
    """``kiamv tradeoff``."""

    found: TradeOffs

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/tradeoff``."""
        found = self.found
        return {
            **asked_fields(found.scores, found.request, "tradeoff"),
            "complete": found.complete,
            "proven": found.proven,
            "proofs": [{"steps": each.steps, "sha256": each.sha256} for each in found.proofs],
            "tradeoffs": [self._fields(step) for step in found.steps],
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per trade-off."""
        return records(tradeoff_fields(self.found), [*enumerate(self.found.steps, start=1)])

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The plot."""
        from kiamv_cli.selection.view.charts import tradeoff_figure  # noqa: PLC0415 - only to draw

        return {"tradeoff": lambda: tradeoff_figure(self.found)}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The plot, what the ends of it are, and the table."""
        found = self.found
        scores = found.scores
        yield Heading(
            _(
                "{title}: trade-offs of {size} of {total}, as of {date}",
                title=scores.longlist.title,
                size=found.request.size,
                total=len(scores.ecosystems),
                date=date_text(scores.as_of),
            )
        )
        points = [(step.seats, step.selection.score) for step in found.steps]
        asked = found.asked_for
        marked = (asked.seats, asked.selection.score) if asked else None
        yield plot(points, marked, symbols)
        yield Paragraph("")
        yield from self._summary()
        yield Paragraph("")
        rows = [*enumerate(found.steps, start=1)]
        yield table(tradeoff_fields(found, symbols), rows)
        yield Paragraph("")
        yield Paragraph(self._legend(symbols), "faint")
        if left_out := left_out_text(scores):
            yield Paragraph(left_out, "faint")

    def _fields(self, step: TradeOff) -> dict[str, object]:
        return {
            "out_of_place": {
                "total": exactly(step.seats),
                **{name: number(moved) for name, moved in step.selection.out_of_place.items()},
            },
            "score": exactly(step.selection.score),
            "asked_for": step is self.found.asked_for,
            "in": list(step.comes),
            "out": list(step.goes),
            "ids": list(step.selection.members),
        }

    def _legend(self, symbols: Symbols) -> str:
        legend = _(
            "Up: total {what}; across: seats out of place. Who comes in and goes out is compared "
            "with the row above.",
            what=bound_words(self.found.request.unknown),
        )
        if self.found.asked_for is None:
            return legend
        marked = _("{sign} is what kiamv shortlist gives with these options.", sign=symbols.marked)
        return f"{legend} {marked}"

    def _summary(self) -> Iterator[Block]:
        found = self.found
        if not found.request.balance:
            yield Paragraph(
                _("Not balanced over any dimension, as asked: there is nothing to trade.")
            )
            return
        first, last = found.steps[0], found.steps[-1]
        steps = count(len(found.steps), "trade-off", "trade-offs")
        over = dimensions_text(found.request.balance, found.scores.dimensions)
        if not found.complete:
            text = ngettext(
                "NOT complete: {why}. {tradeoffs} over {dimensions}; those with more than {seats} "
                "seat out of place may be missing.",
                "NOT complete: {why}. {tradeoffs} over {dimensions}; those with more than {seats} "
                "seats out of place may be missing.",
                one_or_many(last.seats),
                why=why_incomplete(interrupted=found.interrupted),
                tradeoffs=steps,
                dimensions=over,
                seats=seats(last.seats),
            )
            yield Paragraph(text, "not-met")
            return
        if found.proven:
            text = _(
                "{tradeoffs} over {dimensions}, each proven, and there are no others.",
                tradeoffs=steps,
                dimensions=over,
            )
        else:
            text = _(
                "{tradeoffs} over {dimensions}; the solver found no others, which is NOT proven.",
                tradeoffs=steps,
                dimensions=over,
            )
        yield Paragraph(text, "met" if found.proven else "unknown")
        yield Paragraph(_gained(first, last))


Step = tuple[int, "TradeOff"]


def tradeoff_fields(tradeoffs: TradeOffs, symbols: Symbols = UNICODE) -> tuple[Field[Step], ...]:
    """Return the columns of trade-offs, one row for each with its place."""
    asked_for = tradeoffs.asked_for

    def change(row: Step) -> Difference:
        _place, step = row
        return Difference(step.seats, step.selection.score, step.comes, step.goes)

    out_of_place, score, comes, goes = change_fields(
        change, tradeoffs.scores.longlist.names, [step.seats for step in tradeoffs.steps]
    )
    order = _("From the best balanced to the highest total score.")
    asked, members = _("TRUE for the shortlist that was asked for."), _("Ids of who is in.")
    mark = symbols.marked
    return (
        data("step", _("step"), lambda row: row[0], order, 7),
        people("mark", _("which"), lambda row: mark if row[1] is asked_for else "", short=""),
        *(out_of_place, score),
        data("asked_for", _("asked for"), lambda row: row[1] is asked_for, asked),
        *(comes, goes),
        data("ids", _("selected"), lambda row: row[1].selection.members, members, 50),
    )


class Difference(NamedTuple):
    """How a shortlist differs from another: who comes in, and who goes out."""

    seats: Fraction
    score: Fraction
    comes: tuple[str, ...]
    goes: tuple[str, ...]


def change_fields(
    of: Callable[[Row], Difference], names: Mapping[str, str], moved: Iterable[Fraction]
) -> tuple[Field[Row], ...]:
    """Return the columns of a shortlist beside another: out of place, total, who comes and goes.

    Args:
        of: What changes in a row.
        names: What ecosystems are called, by id.
        moved: The seats out of place of all rows.
    """
    out = _("Seats out of place over the balanced dimensions.")
    comes = _("Ids of who comes in, compared with the row above.")
    goes = _("Ids of who goes out, compared with the row above.")
    into: Field[Row] = Field(
        "comes_in", _("comes in"), lambda row: of(row).comes, comes, 50, wraps=True
    )
    away: Field[Row] = Field(
        "goes_out", _("goes out"), lambda row: of(row).goes, goes, 50, wraps=True
    )
    return (
        exact_number(
            "out_of_place", _("out of place"), lambda row: of(row).seats, out, aligned_seats(moved)
        ),
        exact_number("score", _("total"), lambda row: of(row).score, _("The total score.")),
        replace(into, show=lambda row: names_cell(of(row).comes, names)),
        replace(away, show=lambda row: names_cell(of(row).goes, names)),
    )


def _gained(first: TradeOff, last: TradeOff) -> str:
    """What giving up all balance brings."""
    gained = last.selection.score - first.selection.score
    if not gained:
        return _("The best balanced shortlist also has the highest total.")
    moved = last.seats - first.seats
    return ngettext(
        "From the best balanced to the highest total: {score} more score for {seats} more seat "
        "out of place.",
        "From the best balanced to the highest total: {score} more score for {seats} more seats "
        "out of place.",
        one_or_many(moved),
        score=decimal(gained),
        seats=seats(moved),
    )
