"""The spread over what the programme has: tables with targets, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in, ngettext
from kiamv_cli.display.document import Cell, Column, Heading, Paragraph, Picture, Table
from kiamv_cli.display.text import count, listing, number, one_or_many, seats, seats_column
from kiamv_cli.scoring.view.cells import heading_fields
from kiamv_cli.selection.model.spread import out_of_place
from kiamv_cli.selection.view.request import target_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Category, Dimension, DimensionId, Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.model.spread import CategorySpread
    from kiamv_cli.selection.view.request import Targets


def spread_figures(
    programme: Programme, spreads: Mapping[DimensionId, tuple[CategorySpread, ...]]
) -> dict[str, Callable[[], Figure]]:
    """How to draw a spread: on a map and as tiles where there are any, and as bars."""
    # Only who draws has need of these.
    from kiamv_cli.selection.view.maps import (  # noqa: PLC0415
        map_figure,
        spread_figure,
        tiles_figure,
    )

    drawn: dict[str, Callable[[], Figure]] = {}
    for name, dimension in programme.dimensions.items():
        found = spreads[name]
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
        **spread_figures(shortlist.scores.programme, shortlist.spread),
        "heat": partial(heat_figure, shortlist.scores, members),
    }


_TILE = 18  # columns that a tile takes: code, bar, seats and a gap
_BAR = 8


@dataclass(frozen=True, slots=True)
class SpreadView:
    """``kiamv spread``: the seats of a set of ecosystems beside the targets."""

    scores: Scores
    members: tuple[str, ...]
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]]
    targets: Targets = field(default_factory=dict)

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/spread``."""
        return {
            **heading_fields(self.scores, "spread"),
            "request": {
                "ids": list(self.members),
                "target": target_fields(self.scores.programme, self.targets),
                "as_of": self.scores.as_of.isoformat(),
            },
            "size": len(self.members),
            "out_of_place": out_of_place_fields(self.spreads),
            "spread": spread_fields(self.spreads),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per category of each dimension."""
        for dimension, categories in self.spreads.items():
            for one in categories:
                yield {"dimension": dimension, **_category_fields(one)}

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """The map, the tile map, and bars for each dimension."""
        return spread_figures(self.scores.programme, self.spreads)

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Every dimension, those with tiles also as a tile map."""
        size = count(len(self.members), "ecosystem", "ecosystems")
        yield Heading(_("Spread of {ecosystems}", ecosystems=size))
        yield from spread_blocks(self.scores, self.spreads, symbols)


def spread_fields(
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, list[Mapping[str, Value]]]:
    """Seats, target and bounds per category, for JSON."""
    return {name: [_category_fields(one) for one in found] for name, found in spreads.items()}


def out_of_place_fields(
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
) -> dict[str, float]:
    """Seats out of place per dimension, for JSON."""
    return {name: number(out_of_place(found)) for name, found in spreads.items()}


def _category_fields(one: CategorySpread) -> Mapping[str, Value]:
    return {
        "id": one.id,
        "seats": number(one.seats),
        "target": number(one.target),
        "low": number(one.low),
        "high": number(one.high),
    }


def spread_blocks(
    scores: Scores,
    spreads: Mapping[DimensionId, tuple[CategorySpread, ...]],
    symbols: Symbols,
) -> Iterator[Block]:
    """The tile map, then a table per dimension, and in words which categories have nothing."""
    for name, dimension in scores.programme.dimensions.items():
        moved = seats(out_of_place(spreads[name]))
        yield Heading(
            ngettext(
                "{dimension}: {seats} seat out of place",
                "{dimension}: {seats} seats out of place",
                one_or_many(out_of_place(spreads[name])),
                dimension=label_in(dimension.label),
                seats=moved,
            )
        )
        if all(category.tile for category in dimension.categories):
            yield _tile_map(dimension, spreads[name], symbols)
            yield Paragraph("")
        yield _table(dimension, spreads[name], symbols)
        empty = [label_in(each.label) for each in _empty(dimension, spreads[name])]
        if empty:
            yield Paragraph(_("No seat in {categories}.", categories=listing(empty)))


def _empty(dimension: Dimension, spreads: tuple[CategorySpread, ...]) -> Iterator[Category]:
    pairs = zip(dimension.categories, spreads, strict=True)
    return (category for category, one in pairs if not one.seats)


def _table(dimension: Dimension, spreads: tuple[CategorySpread, ...], symbols: Symbols) -> Table:
    columns = (
        Column(_("id")),
        Column(_("name"), wraps=True),
        Column(_("seats"), "right"),
        Column(_("target"), "right"),
        Column(_("in balance"), "center"),
        Column(_("out of place")),
    )
    cells = (
        [each.id for each in dimension.categories],
        [label_in(each.label) for each in dimension.categories],
        seats_column([one.seats for one in spreads]),
        seats_column([one.target for one in spreads]),
        [f"{seats(one.low)}{symbols.dash}{seats(one.high)}" for one in spreads],
    )
    rows = zip(*cells, strict=True)
    return Table(
        columns,
        tuple((*map(Cell, row), _moved(one)) for row, one in zip(rows, spreads, strict=True)),
    )


def _moved(one: CategorySpread) -> Cell:
    if not one.out_of_place:
        return Cell("")
    moved = seats(one.out_of_place)
    too_few = one.seats < one.low
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


def _tile(category: Category, one: CategorySpread, filled: int, symbols: Symbols) -> list[Cell]:
    short = category.id.rpartition("-")[2]
    bar = symbols.full * max(filled, 1) if one.seats else symbols.nothing
    text = f"{short:<3}{bar} {seats(one.seats)}"
    style = "not-met" if one.out_of_place else "plain"
    return [
        Cell(text, "not-met" if style == "not-met" else "plain"),
        Cell(" " * (_TILE - len(text))),
    ]
