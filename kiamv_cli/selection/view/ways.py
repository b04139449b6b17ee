"""Ways from one shortlist to others: a table of changes, and the ways in of an outsider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import _
from kiamv_cli.display.document import (
    Cell,
    Field,
    Heading,
    Paragraph,
    data,
    exact_number,
    people,
    table,
)
from kiamv_cli.display.text import (
    UNICODE,
    aligned_seats,
    difference,
    exact,
    exactly,
    listing,
    number,
    seats_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from kiamv_cli.display.document import Block
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.selection.model.near_misses import Margin
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.model.ways import Way, Ways, WaysIn


def way_fields(way: Way) -> dict[str, object]:
    """Return a way for JSON."""
    return {
        "changes": way.changes,
        "out_of_place": {
            "total": exactly(way.seats),
            **{name: number(moved) for name, moved in way.selection.out_of_place.items()},
        },
        "score": exactly(way.selection.score),
        "proven": way.proven,
        "exchanges": [{"out": each.out, "in": each.into} for each in way.exchanges],
        "in": list(way.comes),
        "out": list(way.goes),
        "ids": list(way.selection.members),
    }


def ways_fields(ways: Ways) -> dict[str, object]:
    """Return the front of changes for JSON."""
    return {"complete": ways.complete, "ways": [way_fields(each) for each in ways.steps]}


def ways_columns(shortlist: Shortlist, symbols: Symbols = UNICODE) -> tuple[Field[Way], ...]:
    """Return the columns of the front: how many changes, what they buy, and who for whom."""
    names = shortlist.scores.longlist.names
    steps = shortlist.ways.steps if shortlist.ways else ()
    comes, goes = _("Ids of who comes in."), _("Ids of who goes out.")
    members = {*shortlist.ids}
    return (
        people(
            "mark", "", lambda row: symbols.marked if {*row.selection.members} == members else ""
        ),
        Field(
            "changes",
            _("changes"),
            lambda row: row.changes,
            _("How many of those to keep leave."),
            align="right",
        ),
        exact_number(
            "out_of_place",
            _("out of place"),
            lambda row: row.seats,
            _("Seats out of place over the balanced dimensions."),
            aligned_seats(each.seats for each in steps),
        ),
        exact_number("score", _("total"), lambda row: row.selection.score, _("The total score.")),
        people("who", _("who for whom"), lambda row: _who(row, names, symbols), wraps=True),
        data("in", _("comes in"), lambda row: row.comes, comes, 50),
        data("out", _("goes out"), lambda row: row.goes, goes, 50),
    )


def _who(way: Way, names: Mapping[str, str], symbols: Symbols) -> Cell:
    """Format who comes in for whom; who has no counterpart stands alone."""
    pairs = [(each.into, each.out) for each in way.exchanges]
    parts = [
        _("{into} for {out}", into=_name(into, names), out=_name(out, names)) for into, out in pairs
    ]
    alone_in = [each for each in way.comes if each not in {into for into, _out in pairs}]
    alone_out = [each for each in way.goes if each not in {out for _into, out in pairs}]
    parts += [_("in: {names}", names=_name(each, names)) for each in alone_in]
    parts += [_("out: {names}", names=_name(each, names)) for each in alone_out]
    ids = [*(each for pair in pairs for each in pair), *alone_in, *alone_out]
    links = tuple((_name(each, names), each) for each in ids if each in names)
    return Cell("; ".join(parts) or symbols.dash, links=links)


def _name(identifier: str, names: Mapping[str, str]) -> str:
    """Return what it is called; an id of earlier that nobody has now stands as it is."""
    return names.get(identifier, identifier)


def ways_blocks(shortlist: Shortlist, symbols: Symbols) -> Iterator[Block]:
    """Yield the front of changes, if members of another shortlist are kept."""
    front = shortlist.ways
    if front is None or not front.steps:
        return
    yield Heading(_("What more changes would bring"))
    yield table(ways_columns(shortlist, symbols), front.steps)
    told = _(
        "Each row is the best shortlist with at most so many changes of those to keep, by seats "
        "out of place, then by total; {sign} is the one above. --changes N picks another.",
        sign=symbols.marked,
    )
    yield Paragraph(told, "faint")
    if not front.complete:
        yield Paragraph(_("NOT complete: there was no time for more changes."), "not-met")


def ways_in_fields(ways_in: WaysIn) -> dict[str, object]:
    """Return the ways in of an outsider for JSON."""
    return {
        "swap": ways_in.swap and way_fields(ways_in.swap),
        "balanced": ways_in.balanced and way_fields(ways_in.balanced),
    }


def ways_in_texts(
    ways_in: WaysIn, margin: Margin, request: Request, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the ways in of an outsider: by its score, by one swap, and by the fewest changes.

    Args:
        ways_in: The ways.
        margin: How near it is.
        request: What was asked.
        names: What ecosystems are called, by id.
    """
    if ways_in.balanced is None:
        return
    yield _by_score(margin)
    swap, balanced = ways_in.swap, ways_in.balanced
    if swap is None:
        yield _("By one swap: with none of them the wishes are met.")
    else:
        for_whom = listing([_name(each, names) for each in swap.goes])
        yield _(
            "By one swap: for {name}; {price}.", name=for_whom, price=_price(ways_in.today, swap)
        )
    if not request.balance or (swap is not None and swap.changes == balanced.changes):
        return
    others = [_name(each, names) for each in balanced.comes if each != margin.id]
    yield _(
        "By the fewest changes that balance allows, {n}: {comes} for {goes}; {price}.",
        n=balanced.changes,
        comes=listing([names[margin.id], *others]),
        goes=listing([_name(each, names) for each in balanced.goes]),
        price=_price(ways_in.today, balanced),
    )


def _by_score(margin: Margin) -> str:
    if margin.threshold is None:
        return _("By score: with none, not even 1.")
    line, now = exact(margin.threshold), exact(margin.score)
    if margin.in_at_threshold:
        return _("By score: {line} or more, instead of {score}.", line=line, score=now)
    return _("By score: more than {line}, instead of {score}.", line=line, score=now)


def swap_price(ways_in: WaysIn) -> str:
    """Return what the best swap for a member breaks, in words; empty if there is none."""
    return _price(ways_in.today, ways_in.swap) if ways_in.swap else ""


def _price(today: Way, way: Way) -> str:
    """Say what a way breaks, compared with the shortlist as it is."""
    parts = []
    if more := way.seats - today.seats:
        moved = seats_text(abs(more))
        parts.append(
            _("{seats} more out of place", seats=moved)
            if more > 0
            else _("{seats} fewer out of place", seats=moved)
        )
    else:
        parts.append(_("as well balanced"))
    parts.append(_total(today.selection.score, way.selection.score))
    return ", ".join(parts)


def _total(before: Fraction, after: Fraction) -> str:
    if before == after:
        return _("with the same total")
    high, low, apart = difference(max(before, after), min(before, after))
    if after > before:
        return _("a total {points} higher ({total})", points=apart, total=high)
    return _("a total {points} lower ({total})", points=apart, total=low)
