"""The spread over what the programme has: tables with targets, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.language import N_, _, in_all_languages, label_in, ngettext
from kiamv_cli.display.document import (
    Cell,
    Field,
    Heading,
    Paragraph,
    Picture,
    data,
    exact_number,
    people,
    records,
    table,
)
from kiamv_cli.display.text import (
    UNICODE,
    aligned_seats,
    count,
    listing,
    number,
    one_or_many,
    seats,
)
from kiamv_cli.programme.model.attributes import Category
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS
from kiamv_cli.scoring.view.score import heading_fields
from kiamv_cli.selection.model.spread import CategorySpread, out_of_place, unknown_seats
from kiamv_cli.selection.view.request import target_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.dimensions import Dimension, DimensionId
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.shortlist import Shortlist, Spread


def spread_figures(
    dimensions: Mapping[DimensionId, Dimension],
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, Callable[[], Figure]]:
    """How to draw a spread: on a map and as tiles where there are any, and as bars."""
    # Only who draws has need of these.
    from kiamv_cli.selection.view.maps import (  # noqa: PLC0415
        map_figure,
        spread_figure,
        tiles_figure,
    )

    drawn: dict[str, Callable[[], Figure]] = {}
    for name, found in spreads.items():
        dimension = dimensions[name]
        if dimension.map:
            drawn["map"] = partial(map_figure, dimension, found)
        if all(category.tile for category in dimension.categories):
            drawn["tiles"] = partial(tiles_figure, dimension, found)
        drawn[name] = partial(spread_figure, dimension, found)
    return drawn


def shortlist_figures(shortlist: Shortlist) -> dict[str, Callable[[], Figure]]:
    """How to draw a shortlist: its spread, and the heat table with its members marked."""
    from kiamv_cli.scoring.view.heat import heat_figure  # noqa: PLC0415 - only to draw

    members = frozenset(shortlist.selection.members)
    return {
        **spread_figures(shortlist.scores.dimensions, shortlist.spread),
        "heat": partial(heat_figure, shortlist.scores, members),
    }


_TILE = 18  # columns that a tile takes: code, bar, seats and a gap
_BAR = 8
_UNKNOWN = N_("unknown")


@dataclass(frozen=True, slots=True)
class SpreadView:
    """``kiamv spread``: the seats of a set of ecosystems beside the targets."""

    found: Spread

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/spread``."""
        return {
            **heading_fields(self.found.scores, "spread"),
            "request": {
                "ids": list(self.found.ids),
                "target": target_fields(self.found.scores.programme, self.found.targets),
                "as_of": self.found.scores.as_of.isoformat(),
            },
            "size": len(self.found.ids),
            "out_of_place": out_of_place_fields(self.found.seats),
            **unknown_seats_fields(self.found.seats),
            "spread": spread_fields(self.found.seats),
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """A row per category of either dimension."""
        rows = seat_rows(self.found.scores.dimensions, self.found.seats)
        return records(seat_fields(rows), rows)

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The map, the tile map, and bars for each dimension."""
        return spread_figures(self.found.scores.dimensions, self.found.seats)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Every dimension, those with tiles also as a tile map."""
        size = count(len(self.found.ids), "ecosystem", "ecosystems")
        yield Heading(_("Spread of {ecosystems}", ecosystems=size))
        yield from spread_blocks(self.found.scores, self.found.seats, symbols)


def spread_fields(
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, list[Mapping[str, Value]]]:
    """Seats, target and bounds per category, for JSON."""
    return {name: [_seats_json(one) for one in found] for name, found in spreads.items()}


def out_of_place_fields(
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, float]:
    """Seats out of place per dimension, for JSON."""
    return {name: number(out_of_place(found)) for name, found in spreads.items()}


def unknown_seats_fields(
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, dict[str, float]]:
    """Seats of members whose category is not known, in dimensions where that can be."""
    further = [name for name in spreads if name not in PLAIN_DIMENSIONS]
    seats_of = {name: number(unknown_seats(spreads[name])) for name in further}
    return {"unknown_seats": seats_of} if further else {}


def _seats_json(seats: CategorySpread) -> Mapping[str, Value]:
    return {
        "id": seats.id,
        "seats": number(seats.seats),
        "target": number(seats.target),
        "low": number(seats.low),
        "high": number(seats.high),
    }


def spread_blocks(
    scores: Scores, spreads: Mapping[DimensionId, tuple[CategorySpread, ...]], symbols: Symbols
) -> Iterator[Block]:
    """The tile map, then a table per dimension, and in words which categories have nothing."""
    for name, found in spreads.items():
        dimension, moved = scores.dimensions[name], seats(out_of_place(found))
        yield Heading(
            ngettext(
                "{dimension}: {seats} seat out of place",
                "{dimension}: {seats} seats out of place",
                one_or_many(out_of_place(found)),
                dimension=label_in(dimension.label),
                seats=moved,
            )
        )
        if all(category.tile for category in dimension.categories):
            yield _tile_map(dimension, found, symbols)
            yield Paragraph("")
        rows = seat_rows(scores.dimensions, {name: found})
        yield table(seat_fields(rows, symbols), rows)
        empty = [label_in(row.category.label) for row in rows if not row.spread.seats]
        if empty:
            yield Paragraph(_("No seat in {categories}.", categories=listing(empty)))


class SeatRow(NamedTuple):
    """A category of a dimension, with its seats; of those that are unknown nothing is asked."""

    dimension: DimensionId
    category: Category
    spread: CategorySpread
    unknown: bool = False

    def asked(self, number: Fraction) -> Fraction | None:
        """Return a number that says what is asked of the seats, if anything is."""
        return None if self.unknown else number


def seat_rows(
    dimensions: Mapping[DimensionId, Dimension],
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> list[SeatRow]:
    """Return the categories of dimensions in their order, each with its seats, unknown last."""
    rows = []
    for name, found in spreads.items():
        categories = dimensions[name].categories
        rows += [SeatRow(name, *both) for both in zip(categories, found, strict=True)]
        if number := unknown_seats(found):
            nowhere = Category(id=_UNKNOWN, label=in_all_languages(_UNKNOWN))
            none = Fraction(0)
            one = CategorySpread(id=_UNKNOWN, seats=number, target=none, low=none, high=number)
            rows.append(SeatRow(name, nowhere, one, unknown=True))
    return rows


def seat_fields(rows: Sequence[SeatRow], symbols: Symbols = UNICODE) -> tuple[Field[SeatRow], ...]:
    """Return the columns of a spread; numbers below each other have as many decimals."""
    here = aligned_seats([row.spread.seats for row in rows])
    wanted = aligned_seats([row.spread.target for row in rows if not row.unknown])
    there, share = (
        _("The seats that the shortlist has there."),
        _("The seats that are wanted there."),
    )
    fewest = _("The fewest seats that are in balance.")
    most = _("The most seats that are in balance.")
    moved: Field[SeatRow] = Field(
        "out_of_place",
        _("out of place"),
        lambda row: row.asked(row.spread.out_of_place),
        _("The seats to move to be in balance."),
        show=lambda row: _moved(row.spread),
    )
    return (
        *_category_fields(),
        exact_number("seats", _("seats"), lambda row: row.spread.seats, there, here),
        exact_number("target", _("target"), _target, share, wanted),
        data("low", _("from"), lambda row: row.asked(row.spread.low), fewest),
        data("high", _("to"), lambda row: row.asked(row.spread.high), most),
        people("balance", _("in balance"), lambda row: _bounds(row, symbols), align="center"),
        moved.but(["csv"]),
    )


def _category_fields() -> Iterator[Field[SeatRow]]:
    code, called = _("The code of the category."), _("What the category is called.")
    ids: Field[SeatRow] = Field("id", _("id"), lambda row: row.category.id, code)
    name: Field[SeatRow] = Field(
        "name", _("name"), lambda row: label_in(row.category.label), called, 36, wraps=True
    )
    yield data(
        "dimension", _("dimension"), lambda row: row.dimension, _("The id of the dimension.")
    )
    yield ids.but(["page"])
    yield name.but(["csv"])


def _target(row: SeatRow) -> Fraction | None:
    return row.asked(row.spread.target)


def _bounds(row: SeatRow, symbols: Symbols) -> str:
    if row.unknown:
        return ""
    return f"{seats(row.spread.low)}{symbols.dash}{seats(row.spread.high)}"


def _moved(row: CategorySpread) -> Cell:
    if not row.out_of_place:
        return Cell("")
    moved = seats(row.out_of_place)
    too_few = row.seats < row.low
    text = _("{seats} too few", seats=moved) if too_few else _("{seats} too many", seats=moved)
    return Cell(text, "not-met")


def _tile_map(
    dimension: Dimension, spreads: tuple[CategorySpread, ...], symbols: Symbols
) -> Picture:
    tiles = {
        category.tile: (category, one)
        for category, one in zip(dimension.categories, spreads, strict=True)
        if category.tile
    }
    wide = 1 + max(column for column, _row in tiles)
    high = 1 + max(row for _column, row in tiles)
    most = max(one.seats for one in spreads) or 1
    lines = []
    for row in range(high):
        line: list[Cell] = []
        for column in range(wide):
            if (tile := tiles.get((column, row))) is None:
                line.append(Cell(" " * _TILE))
            else:
                line += _tile(*tile, int(_BAR * tile[1].seats / most), symbols)
        lines.append(tuple(line))
    return Picture(tuple(lines))


def _tile(category: Category, row: CategorySpread, filled: int, symbols: Symbols) -> list[Cell]:
    short = category.id.rpartition("-")[2]
    bar = symbols.full * max(filled, 1) if row.seats else symbols.nothing
    text = f"{short:<3}{bar} {seats(row.seats)}"
    style = "not-met" if row.out_of_place else "plain"
    return [
        Cell(text, "not-met" if style == "not-met" else "plain"),
        Cell(" " * (_TILE - len(text))),
    ]
