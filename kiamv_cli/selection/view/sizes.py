"""The sizes of a range: what the best shortlist of each has."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.document import Cell, Field, Heading, Paragraph, people, table
from kiamv_cli.display.text import decimal, number
from kiamv_cli.display.text import seats_text as seats
from kiamv_cli.programme.rules import number_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.display.document import Block
    from kiamv_cli.selection.model.shortlist import Shortlist, Sized


def sizes_blocks(shortlist: Shortlist) -> Iterator[Block]:
    """Yield what the best shortlist of each size has; nothing where one size was asked for."""
    if not shortlist.sizes:
        return
    yield Paragraph("")
    yield Heading(_("The sizes asked for; the largest that is possible is the answer"))
    yield table(sizes_table(shortlist), shortlist.sizes)
    if any(each.shortlist is None for each in shortlist.sizes):
        missing = _("—: no shortlist of that size meets the wishes.")
        yield Paragraph(missing, "faint")


def sizes_table(shortlist: Shortlist) -> tuple[Field[Sized], ...]:
    """Return the columns of the sizes of a range."""
    return (
        people("size", _("size"), lambda row: str(row.size), align="right"),
        people("seats", _("out of place"), _seats_cell, align="right"),
        people("score", _("total"), _score_cell, align="right"),
        *(_cost_field(attribute, shortlist) for attribute in shortlist.costs),
        people("proven", _("proven"), _proven_cell),
    )


_NONE = "—"


def _cost_field(attribute: str, shortlist: Shortlist) -> Field[Sized]:
    declared = shortlist.scores.programme.attribute(attribute)
    assert declared is not None, "a request is checked before"

    def total(row: Sized) -> str:
        return number_text(row.shortlist.costs[attribute], declared) if row.shortlist else _NONE

    return people(attribute, label_in(declared.label), total, align="right")


def _seats_cell(row: Sized) -> Cell | str:
    return seats(_out_of_place(row.shortlist)) if row.shortlist else _NONE


def _score_cell(row: Sized) -> Cell | str:
    return decimal(row.shortlist.selection.score) if row.shortlist else _NONE


def _proven_cell(row: Sized) -> Cell | str:
    if row.shortlist is None:
        return _NONE
    return _("yes") if row.shortlist.proof else _("no")


def _out_of_place(shortlist: Shortlist) -> Fraction:
    moved = shortlist.selection.out_of_place
    return sum((moved[dimension] for dimension in shortlist.request.balance), Fraction(0))


def size_fields(sized: Sized) -> dict[str, object]:
    """Return what data say of a size."""
    found = sized.shortlist
    return {
        "size": sized.size,
        "proven": found is not None and found.proof is not None,
        "score": None if found is None else number(found.selection.score),
        "seats": None if found is None else number(_out_of_place(found)),
        "costs": {} if found is None else {n: number(total) for n, total in found.costs.items()},
        "ids": [] if found is None else list(found.ids),
    }
