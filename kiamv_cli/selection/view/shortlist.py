"""The shortlist: members, spread, what balance cost, and how far the proof got."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Table
from kiamv_cli.display.text import (
    count,
    date_text,
    decimal,
    first_of,
    listing,
    number,
    percent,
    seats_text,
)
from kiamv_cli.display.words import why_incomplete, words
from kiamv_cli.scoring.view.cells import class_cell
from kiamv_cli.scoring.view.score import judged_text, left_out_text
from kiamv_cli.selection.view.request import asked_fields, bound_words
from kiamv_cli.selection.view.spread import (
    out_of_place_fields,
    spread_blocks,
    spread_fields,
    unknown_seats_fields,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.shortlist import Member, Shortlist
    from kiamv_cli.selection.view.near_misses import RivalsPart


# A longer list of names is no help; JSON has them all.
_MOST_NAMES = 20
# What is done first is proven first.
_STEPS = {
    "wishes": N_("wishes"),
    "balance": N_("balance"),
    "score": N_("score"),
    "lottery": N_("lottery"),
}


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """``kiamv shortlist``, with what is near to it where that is asked for."""

    found: Shortlist
    near: RivalsPart | None = None

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/shortlist``."""
        found, status = self.found, self.found.selection.status
        unbalanced = found.unbalanced
        return {
            **asked_fields(found.scores, found.request, "shortlist"),
            "proven_optimal": status.proven,
            "status": {"gap": number(status.gap), "step": status.step},
            "selected": [_member_fields(member, found.scores) for member in found.members],
            "score": number(found.selection.score),
            "score_without_balance": unbalanced and number(unbalanced.score),
            "exchanges": [{"out": each.out, "in": each.into} for each in found.exchanges],
            "hanging": None if found.hanging is None else sorted(found.hanging),
            "out_of_place": out_of_place_fields(found.spread),
            **unknown_seats_fields(found.scores.programme, found.spread),
            "spread": spread_fields(found.spread),
            **(self.near.fields() if self.near else {}),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per member, then one for each outsider that is near, if these are asked for."""
        found = self.found
        for place, member in enumerate(found.members, start=1):
            yield self._record(member, place)
        if self.near:
            for outsider in self.near.near.others:
                yield self._record(outsider, None)

    def _record(self, member: Member, place: int | None) -> dict[str, Value]:
        ecosystem = member.scored.ecosystem
        return {
            "place": place,
            "id": ecosystem.id,
            "name": ecosystem.name,
            "score": number(member.score),
            "proven": number(member.scored.proven),
            "possible": number(member.scored.possible),
            "provinces": " ".join(ecosystem.provinces),
            "themes": " ".join(ecosystem.themes),
            "replacement": member.replacement,
            **(self.near.columns(ecosystem.id) if self.near else {}),
        }

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The pictures of its spread, and the heat table with its members marked."""
        from kiamv_cli.selection.view.spread import shortlist_figures  # noqa: PLC0415 - only to draw

        return shortlist_figures(self.found)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """The members, the verdict on the search, the cost of balance, and the spread."""
        found = self.found
        scores = found.scores
        yield Heading(
            _(
                "{title}: {size} of {total}, as of {date}",
                title=scores.longlist.title,
                size=len(found.members),
                total=len(scores.ecosystems),
                date=date_text(scores.as_of),
            )
        )
        yield self._table(symbols)
        legend = _(
            "stand-in: the best single swap, should a member drop out. {up} for each class that "
            "it may still rise.",
            up=symbols.up,
        )
        yield Paragraph(legend, "faint")
        yield Paragraph("")
        yield from self._proof()
        yield from self._unknowns()
        yield from self._balance(symbols)
        if self.near:
            yield from self.near.blocks(symbols)
        yield from spread_blocks(scores, found.spread, symbols)
        for told in filter(None, (judged_text(scores), left_out_text(scores))):
            yield Paragraph("")
            yield Paragraph(told, "faint")

    def _table(self, symbols: Symbols) -> Table:
        columns = (
            Column("", "right"),
            Column(_("ecosystem"), wraps=True),
            Column(_("score"), "right"),
            Column(_("provinces"), wraps=True),
            Column(_("themes"), wraps=True),
            Column(_("class")),
            Column(_("stand-in"), wraps=True),
        )
        members = enumerate(self.found.members, start=1)
        return Table(columns, tuple(self._row(n, member, symbols) for n, member in members))

    def _row(self, place: int, member: Member, symbols: Symbols) -> tuple[Cell, ...]:
        ecosystem = member.scored.ecosystem
        programme = self.found.scores.programme
        every = len(programme.dimensions["provinces"].categories)
        short = [code.rpartition("-")[2] for code in ecosystem.provinces]
        return (
            Cell(str(place)),
            Cell(ecosystem.name),
            Cell(decimal(member.score)),
            Cell(_("all {n}", n=every) if len(short) == every else " ".join(short)),
            Cell(" ".join(ecosystem.themes)),
            class_cell(member.scored, programme, symbols),
            Cell(member.replacement or symbols.dash, "faint"),
        )

    def _proof(self) -> Iterator[Block]:
        found, status = self.found, self.found.selection.status
        total = _(
            "Total {what}: {score} of {size}.",
            what=bound_words(found.request.unknown),
            score=decimal(found.selection.score),
            size=found.request.size,
        )
        if status.proven:
            proof = _("Proven optimal, unique by lottery (seed {seed}).", seed=found.request.seed)
            yield Paragraph(f"{total} {proof}", "met")
            return
        gap = seats_text(status.gap) if status.step == "balance" else _percent(status.gap)
        proof = _(
            'NOT proven optimal: {why} in the step "{step}"; at most {gap} from the best.',
            why=why_incomplete(interrupted=status.interrupted),
            step=_(_STEPS[status.step]),
            gap=gap,
        )
        yield Paragraph(f"{total} {proof}", "not-met")

    def _unknowns(self) -> Iterator[Block]:
        found = self.found
        if found.hanging is None:
            return
        bound = bound_words("proven" if found.request.unknown == "possible" else "possible")
        if not found.hanging:
            yield Paragraph(
                _(
                    "All places would be the same if every open criterion stood at its {bound}.",
                    bound=bound,
                )
            )
            return
        members = (member.scored.ecosystem for member in found.members)
        names = [one.name for one in members if one.id in found.hanging]
        yield Paragraph(
            ngettext(
                "What is unknown matters: {n} of {places} would change if every open criterion "
                "stood at its {bound}: {names}. kiamv gaps says whom to ask what, kiamv robustness "
                "how sure each place is.",
                "What is unknown matters: {n} of {places} would change if every open criterion "
                "stood at its {bound}: {names}. kiamv gaps says whom to ask what, kiamv robustness "
                "how sure each place is.",
                len(found.hanging),
                places=count(len(found.members), "place", "places"),
                bound=bound,
                names=listing(first_of(names, _MOST_NAMES)),
            )
        )

    def _balance(self, symbols: Symbols) -> Iterator[Block]:
        found = self.found
        if not found.request.balance:
            yield Paragraph(_("Not balanced over any dimension, as asked."))
            return
        if found.unbalanced is None:
            return
        best = found.unbalanced.score
        cost = best - found.selection.score
        share = f" ({_percent(cost / best)})" if best and cost else ""
        yield Paragraph(
            _(
                "Balance over {dimensions} cost {cost} of the best total without it, {best}.",
                dimensions=listing(words(found.request.balance)),
                cost=f"{decimal(cost)}{share}",
                best=decimal(best),
            )
        )
        if found.exchanges:
            yield Heading(_("Because of balance"))
            yield self._exchanges(symbols)

    def _exchanges(self, symbols: Symbols) -> Table:
        ecosystems = self.found.scores.longlist.ecosystems
        name = {one.id: one.name for one in ecosystems}
        columns = (
            Column(_("gave way"), wraps=True),
            Column(_("score"), "right"),
            Column(""),
            Column(_("came in"), wraps=True),
            Column(_("score"), "right"),
        )
        rows = (
            (
                Cell(name[each.out]),
                Cell(decimal(each.out_score)),
                Cell(symbols.arrow),
                Cell(name[each.into]),
                Cell(decimal(each.into_score)),
            )
            for each in self.found.exchanges
        )
        return Table(columns, tuple(rows))


def _member_fields(member: Member, scores: Scores) -> dict[str, object]:
    ecosystem, year = member.scored.ecosystem, scores.as_of.year
    further = [each.id for each in scores.programme.attributes if each.categories]
    categories = {name: list(ecosystem.categories(name, year)) for name in further}
    return {
        "id": ecosystem.id,
        "name": ecosystem.name,
        "score": number(member.score),
        "provinces": list(ecosystem.provinces),
        "themes": list(ecosystem.themes),
        **({"categories": categories} if categories else {}),
        "replacement": member.replacement,
    }


def _percent(share: Fraction) -> str:
    """A share as a percentage with as many decimals as it takes to not look like nothing."""
    return percent(share, 1 if share >= Fraction(1, 1000) else 4)
