"""The shortlist: members, spread, what balance cost, and how far the proof got."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, label_in, ngettext
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
from kiamv_cli.display.text import (
    MOST_NAMES,
    UNICODE,
    count,
    date_text,
    decimal,
    difference,
    first_of,
    listing,
    number,
    percent,
    seats_text,
)
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.programme.view import dimensions_text
from kiamv_cli.scoring.view import class_cell
from kiamv_cli.scoring.view.score import (
    bound_fields,
    categories_fields,
    class_fields,
    ecosystem_fields,
    judged_text,
    left_out_text,
    place_fields,
)
from kiamv_cli.selection.view.lowest_class import lowest_class_texts
from kiamv_cli.selection.view.proof import (
    chance_text,
    lots_texts,
    proof_fields,
    proven_text,
)
from kiamv_cli.selection.view.request import asked_fields, bound_words, wish_fields, wish_texts
from kiamv_cli.selection.view.sizes import size_fields, sizes_blocks
from kiamv_cli.selection.view.spread import (
    out_of_place_fields,
    spread_blocks,
    spread_fields,
    unknown_seats_fields,
)
from kiamv_cli.selection.view.ways import ways_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Cell, Style, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.dimensions import Dimensions
    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.near_misses import Rivals
    from kiamv_cli.selection.model.shortlist import Member, Shortlist
    from kiamv_cli.selection.model.swaps import Exchange
    from kiamv_cli.selection.view.near_misses import Placed, RivalsPart


# What is done first is proven first.
_STEPS = {
    "wishes": N_("wishes"),
    "keep": N_("who is kept"),
    "balance": N_("balance"),
    "score": N_("score"),
    "ties": N_("ties"),
    "lottery": N_("lottery"),
    "proof": N_("proof"),
}


def rivals_view(rivals: Rivals) -> ShortlistView:
    """Return the view of a shortlist with what is near to it."""
    from kiamv_cli.selection.view.near_misses import RivalsPart  # noqa: PLC0415 - rarely needed

    return ShortlistView(rivals.shortlist, RivalsPart(rivals.shortlist, rivals))


@dataclass(frozen=True, slots=True)
class ShortlistView:
    """``kiamv shortlist``, with what is near to it where that is asked for."""

    found: Shortlist
    near: RivalsPart | None = None

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/shortlist``."""
        found, status = self.found, self.found.selection.status
        unbalanced, named = found.unbalanced, found.request.dimensions
        return {
            **asked_fields(found.scores, found.request, "shortlist"),
            "proven_optimal": found.proof is not None,
            "proof": proof_fields(found.proof, found.solver),
            "status": {"gap": number(status.gap), "step": status.step},
            "selected": [_member_fields(each, found.scores, named) for each in found.members],
            "score": number(found.selection.score),
            **wish_fields(found),
            "score_without_balance": unbalanced and number(unbalanced.score),
            "exchanges": [{"out": each.out, "in": each.into} for each in found.exchanges],
            "lots": found.lots and found.lots.fields(),
            **({"sizes": [*map(size_fields, found.sizes)]} if found.sizes else {}),
            "hanging": None if found.hanging is None else sorted(found.hanging),
            "out_of_place": out_of_place_fields(found.spread),
            **unknown_seats_fields(found.spread),
            "spread": spread_fields(found.spread),
            **(self.near.fields() if self.near else {}),
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per member, then one for each outsider that is near, if these are asked for."""
        fields = shortlist_fields(self.found)
        others = self.near.near.others if self.near else ()
        rows = [*enumerate(self.found.members, start=1), *((None, each) for each in others)]
        return records((*fields, *(self.near.columns() if self.near else ())), rows)

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
        yield from (Paragraph(text, "not-met") for text in lowest_class_texts(found))
        yield table(shortlist_fields(found, symbols), [*enumerate(found.members, start=1)])
        legend = _(
            "stand-in: the best single swap, should a member drop out. {up} for each class "
            "it could still rise.",
            up=symbols.up,
        )
        yield Paragraph(legend, "faint")
        yield Paragraph("")
        yield from self._proof()
        yield from map(Paragraph, wish_texts(found))
        yield from ways_blocks(found, symbols)
        yield from self._unknowns()
        yield from sizes_blocks(found)
        yield from self._balance(symbols)
        if self.near:
            yield from self.near.blocks(symbols)
        yield from spread_blocks(scores, found.spread, symbols)
        for told in filter(None, (judged_text(scores), left_out_text(scores))):
            yield Paragraph("")
            yield Paragraph(told, "faint")

    def _proof(self) -> Iterator[Block]:
        found, status = self.found, self.found.selection.status
        score, best = found.selection.score, found.unbalanced
        total = _(
            "Total {what}: {score} of {size}.",
            what=bound_words(found.request.unknown),
            score=difference(best.score, score)[1] if best else decimal(score),
            size=found.request.size,
        )
        if status.proven:
            style: Style = "unknown" if found.proof is None else "met"
            yield Paragraph(f"{total} {proven_text(found)}", style)
            yield from map(Paragraph, lots_texts(found.lots, found.scores.longlist.names))
            return
        if status.step == "proof":
            why = why_incomplete(interrupted=status.interrupted)
            proof = _("NOT proven optimal: {why} before the proof was complete.", why=why)
            yield Paragraph(f"{total} {proof}", "not-met")
            return
        gap = seats_text(status.gap) if status.step == "balance" else _percent(status.gap)
        if status.step == "keep":
            gap = count(int(status.gap), "member", "members")
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
                    "All places would be the same if every open criterion were at its {bound}.",
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
                names=listing(first_of(names, MOST_NAMES)),
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
        total, _score, lost = difference(best, found.selection.score)
        yield Paragraph(
            _(
                "Balance over {dimensions} cost {cost} of the best total without it, {best}.",
                dimensions=dimensions_text(found.request.balance, found.scores.dimensions),
                cost=f"{lost}{share}",
                best=total,
            )
        )
        if found.exchanges:
            yield Heading(_("Because of balance"))
            yield table(exchange_fields(found, symbols), found.exchanges)


def shortlist_fields(shortlist: Shortlist, symbols: Symbols = UNICODE) -> tuple[Field[Placed], ...]:
    """Return the columns of a shortlist: one row per member with its place, if it has one."""
    programme, names = shortlist.scores.programme, shortlist.scores.longlist.names
    score, by = (
        _("The score that counts, from 0 to 1."),
        _("Place on the shortlist, by score and then id."),
    )
    stand_in: Field[Placed] = Field(
        "replacement",
        _("stand-in"),
        lambda row: row[1].replacement,
        _("The id of the best single swap, should it drop out."),
        30,
        lambda row: _stand_in(row[1], names),
        wraps=True,
    )
    return (
        Field("place", _("place"), lambda row: row[0], by, 7, short="", align="right"),
        *ecosystem_fields(names, lambda row: row[1].scored.ecosystem.id),
        exact_number("score", _("score"), lambda row: row[1].score, score),
        *bound_fields(_scored),
        *_shown_places(shortlist),
        *(each.but(["csv"]) for each in class_fields(_scored)),
        people("class", _("class"), lambda row: class_cell(_scored(row), programme, symbols)),
        stand_in,
        *_lot_fields(shortlist),
    )


def _lot_fields(shortlist: Shortlist) -> Iterator[Field[Placed]]:
    """Yield the chance of those whose place only the lottery decided; for people if there are."""
    lots = shortlist.lots

    def chance(row: Placed) -> Fraction | None:
        lot = lots and lots.ecosystems.get(row[1].scored.ecosystem.id)
        return lot.chance if lot else None

    def text(row: Placed) -> str:
        lot = lots and lots.ecosystems.get(row[1].scored.ecosystem.id)
        return chance_text(lot, lots) if lot and lots else ""

    meaning = _("Where only the lottery decided: the chance of being in, over all seeds.")
    yield data("lot", _("by lot"), chance, meaning)
    if lots is not None and lots.ecosystems:
        yield people("lot", _("by lot"), text, align="right")


def _scored(row: Placed) -> EcosystemScore:
    return row[1].scored


def _stand_in(member: Member, names: Mapping[str, str]) -> Cell:
    ids = [member.replacement] if member.replacement else []
    return replace(names_cell(ids, names), style="faint")


def _shown_places(shortlist: Shortlist) -> Iterator[Field[Placed]]:
    """Yield where members are and what they are about; for people what is balanced, if not more.

    Provinces and themes are shown in few letters, everything else by its labels.
    """
    scores, balance = shortlist.scores, shortlist.request.balance
    for field in place_fields(_scored, scores, shortlist.request.dimensions):
        if field.key in {*PLAIN_DIMENSIONS, *balance}:
            text = partial(_places_text, scores.dimensions, field.key)
            yield replace(field, show=text, without=frozenset(), wraps=True)
        else:
            yield field


def _places_text(dimensions: Dimensions, name: DimensionId, row: Placed) -> str:
    codes = [*dict.fromkeys(dimensions.categories(_scored(row).ecosystem, name))]
    every = len(dimensions[name].categories)
    if name == "themes":
        return " ".join(codes)
    if len(codes) == every > 1:
        return _("all {n}", n=every)
    if name == "provinces":
        return " ".join(code.rpartition("-")[2] for code in codes)
    return ", ".join(label_in(dimensions[name].labels[code]) for code in codes)


def exchange_fields(
    shortlist: Shortlist, symbols: Symbols = UNICODE
) -> tuple[Field[Exchange], ...]:
    """Return the columns of who gave way because of balance, and who came in."""
    names = shortlist.scores.longlist.names
    return (
        people("out", _("gave way"), lambda row: names_cell([row.out], names), wraps=True),
        people("out_score", _("score"), lambda row: decimal(row.out_score), align="right"),
        people("arrow", "", lambda _row: symbols.arrow).but(["page"]),
        people("in", _("came in"), lambda row: names_cell([row.into], names), wraps=True),
        people("in_score", _("score"), lambda row: decimal(row.into_score), align="right"),
    )


def _member_fields(
    member: Member, scores: Scores, names: Iterable[DimensionId]
) -> dict[str, object]:
    ecosystem = member.scored.ecosystem
    return {
        "id": ecosystem.id,
        "name": ecosystem.name,
        "score": number(member.score),
        **categories_fields(ecosystem, scores.dimensions, names),
        "replacement": member.replacement,
    }


def _percent(share: Fraction) -> str:
    """A share as a percentage with as many decimals as it takes to not look like nothing."""
    return percent(share, 1 if share >= Fraction(1, 1000) else 4)
