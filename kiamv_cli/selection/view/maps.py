"""Pictures of a spread: bars, tiles and a map of the categories by their seats."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import ceil, cos, fsum, hypot, radians
from typing import TYPE_CHECKING

from kiamv_cli.base.language import _, label_in
from kiamv_cli.display.figure import EDGE, Drawing, Scale, ticks
from kiamv_cli.display.marks import (
    SMALL,
    box,
    element,
    fitted,
    step,
    stroke,
    width_of,
    words,
    wrapped,
)
from kiamv_cli.display.text import UNICODE, count, listing, seats, seats_text
from kiamv_cli.selection.model.spread import out_of_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.display.figure import Figure
    from kiamv_cli.programme.model.attributes import Category
    from kiamv_cli.programme.model.dimensions import Dimension, Ring
    from kiamv_cli.selection.model.spread import CategorySpread


@dataclass(frozen=True, slots=True)
class Place:
    """A category with its seats, and its step on the ramp of colours."""

    category: Category
    spread: CategorySpread
    step: int

    @property
    def name(self) -> str:
        """Its name in the current language."""
        return label_in(self.category.label)

    @property
    def short(self) -> str:
        """The telling part of its code."""
        return self.category.id.rpartition("-")[2]

    @property
    def seats(self) -> str:
        """Its seats."""
        return seats(self.spread.seats)

    @property
    def range(self) -> str:
        """The seats between which it is in balance."""
        return f"{seats(self.spread.low)}{UNICODE.dash}{seats(self.spread.high)}"

    @property
    def moved(self) -> str:
        """By how much it is out of place; empty if it is not."""
        if not self.spread.out_of_place:
            return ""
        away = seats(self.spread.out_of_place)
        if self.spread.seats < self.spread.low:
            return _("{seats} too few", seats=away)
        return _("{seats} too many", seats=away)


def placed(dimension: Dimension, spreads: Sequence[CategorySpread]) -> list[Place]:
    """Put each category beside its seats."""
    most = max(one.seats for one in spreads) or Fraction(1)
    pairs = zip(dimension.categories, spreads, strict=True)
    return [Place(category, one, step(float(one.seats / most))) for category, one in pairs]


def heading(dimension: Dimension, spreads: Sequence[CategorySpread]) -> str:
    """Say of what and of how many the seats are."""
    members = int(sum((one.seats for one in spreads), Fraction(0)))
    of = count(members, "ecosystem", "ecosystems")
    return _(
        "{dimension}: seats of {ecosystems}", dimension=label_in(dimension.label), ecosystems=of
    )


def summary(places: Sequence[Place]) -> Iterator[str]:
    """Say what is out of place, and which categories have nothing."""
    moved = out_of_place(each.spread for each in places)
    yield _("{seats} out of place.", seats=seats_text(moved))
    if empty := [each.name for each in places if not each.spread.seats]:
        yield _("No seat in {places}.", places=listing(empty))


def told(places: Sequence[Place]) -> Iterator[str]:
    """Say all numbers, then the summary: the text alternative."""
    numbers = (f"{each.name} {each.seats} ({each.range})" for each in places)
    yield _("Seats, and within which they are in balance: {numbers}.", numbers="; ".join(numbers))
    yield from summary(places)


_WIDTH, _ROW, _BAR = 680, 30, 14
_WIDEST_NAME, _NUMBERS = 250, 150


def spread_figure(
    dimension: Dimension, spreads: Sequence[CategorySpread], name: str = ""
) -> Figure:
    """Draw the seats of a dimension as bars beside what would be in balance.

    Args:
        dimension: The categories.
        spreads: The seats of each, in their order.
        name: The id of the figure; left out: ``spread-`` and the dimension.
    """
    places = placed(dimension, spreads)
    sheet = Drawing(_WIDTH)
    sheet.title(title := heading(dimension, spreads))
    names = 12 + min(_WIDEST_NAME, max(width_of(each.name) for each in places))
    most = ceil(max(max(one.seats, one.high) for one in spreads)) or 1
    scale = Scale(0, most, EDGE + names, _WIDTH - EDGE - _NUMBERS)
    sheet.y += 12
    bottom = sheet.y + _ROW * len(places)
    for value in ticks(0, most):
        x = scale(value)
        sheet.add(stroke(x, sheet.y, x, bottom, "grid"))
        sheet.add(words(x, sheet.y - 6, seats(value), "small faint middle"))
    for number, each in enumerate(places):
        sheet.add(*_row(each, sheet.y + _ROW * number, scale, names))
    sheet.y = bottom + 10
    _legend(sheet)
    for text in summary(places):
        sheet.note(text)
    return sheet.figure(name or f"spread-{dimension.id}", title, told(places))


def _row(place: Place, top: float, scale: Scale, names: float) -> Iterator[str]:
    middle, one = top + _ROW / 2, place.spread
    yield words(EDGE, middle + 5, fitted(place.name, names - 8), full=place.name)
    if one.seats:
        yield box(scale(0), middle - _BAR / 2, scale(one.seats) - scale(0), _BAR, "bar", 2)
    low, high = scale(one.low), scale(one.high)
    yield box(low, middle - 10, high - low, 20, "range", 3)
    x = _WIDTH - EDGE - _NUMBERS + 12
    yield words(x, middle + 5, place.seats, "strong")
    if place.moved:
        yield words(x + 44, middle + 5, place.moved, "alarm")
    else:
        yield words(x + 44, middle + 5, place.range, "faint")


def _legend(sheet: Drawing) -> None:
    y, x = sheet.y, float(EDGE)
    for kind, text in (("bar", _("seats")), ("range", _("in balance within"))):
        height = _BAR if kind == "bar" else 18
        sheet.add(box(x, y + 9 - height / 2, 26, height, kind, 2))
        sheet.add(words(x + 34, y + 13, text, "small"))
        x += 60 + width_of(text, 11)
    sheet.y += 26


_TILE, _GAP = 101, 8


def tiles_figure(
    dimension: Dimension, spreads: Sequence[CategorySpread], name: str = "tiles"
) -> Figure:
    """Draw a dimension as tiles by their seats.

    Args:
        dimension: The categories; each must have a tile.
        spreads: The seats of each, in their order.
        name: The id of the figure.
    """
    places = placed(dimension, spreads)
    tiles = [each.category.tile for each in places if each.category.tile]
    columns, rows = (1 + max(tile[axis] for tile in tiles) for axis in (0, 1))
    sheet = Drawing(2 * EDGE + max(columns, 4) * (_TILE + _GAP) - _GAP)
    sheet.title(title := heading(dimension, spreads))
    for each in places:
        sheet.add(*_tile(each, sheet.y))
    sheet.y += rows * (_TILE + _GAP)
    sheet.note(_("The small numbers: within which it is in balance."))
    for text in summary(places):
        sheet.note(text)
    return sheet.figure(name, title, told(places))


def _tile(place: Place, top: float) -> Iterator[str]:
    column, row = place.category.tile or (0, 0)
    x, y = EDGE + column * (_TILE + _GAP), top + row * (_TILE + _GAP)
    on = f"on{place.step}"
    yield box(x, y, _TILE, _TILE, f"step{place.step}", 6)
    if place.moved:
        yield box(x + 1.25, y + 1.25, _TILE - 2.5, _TILE - 2.5, "halo", 5)
    names = [fitted(line, _TILE - 16, SMALL) for line in wrapped(place.name, _TILE - 16, SMALL)]
    for number, line in enumerate(names[:2]):
        yield words(x + 9, y + 20 + 13 * number, line, f"small {on}", full=place.name)
    yield words(x + 9, y + 62, place.seats, f"title {on}")
    yield words(x + 9, y + 90, place.moved or place.range, f"small {on}")


Point = tuple[float, float]
WIDTH, _TALLEST = 460, 520
_GRID, _OUTLINE = 16, 60


def map_figure(
    dimension: Dimension, spreads: Sequence[CategorySpread], name: str = "map"
) -> Figure:
    """Draw the areas of a dimension by their seats.

    Args:
        dimension: The categories; it must have a map.
        spreads: The seats of each, in their order.
        name: The id of the figure.
    """
    assert dimension.map is not None, "there is a map"
    places, areas = placed(dimension, spreads), dimension.map.areas
    sheet = Drawing(WIDTH)
    sheet.title(title := heading(dimension, spreads))
    view = _View.of([ring for rings in areas.values() for ring in rings], sheet)
    drawn = [(each, [view.ring(ring) for ring in areas[each.category.id]]) for each in places]
    sheet.add(*(_area(rings, f"edge step{each.step}") for each, rings in drawn))
    sheet.add(*(_label(each, rings) for each, rings in drawn))
    sheet.y += view.height + 14
    _names(sheet, places)
    sheet.y += 6
    for text in summary(places):
        sheet.note(text)
    sheet.note(_("Borders: {source}.", source=dimension.map.attribution))
    return sheet.figure(name, title, told(places))


@dataclass(frozen=True, slots=True)
class _View:
    """From degrees to pixels: equirectangular, true to scale at the middle latitude."""

    left: float
    top: float
    across: float
    down: float
    x: float
    y: float
    height: float

    @classmethod
    def of(cls, rings: Iterable[Ring], sheet: Drawing) -> _View:
        """Fit all rings into the width of the sheet, if they are not too tall for that."""
        longitudes, latitudes = zip(*(point for ring in rings for point in ring), strict=True)
        west, east, south, north = (
            *(min(longitudes), max(longitudes)),
            *(min(latitudes), max(latitudes)),
        )
        narrow = cos(radians((south + north) / 2))
        wide, high = (east - west) * narrow or 1, north - south or 1
        down = min(sheet.room / wide, _TALLEST / high)
        x = (sheet.width - wide * down) / 2
        return cls(west, north, narrow * down, down, x, sheet.y, high * down)

    def ring(self, ring: Ring) -> list[Point]:
        """Place the points of a ring on the sheet."""
        return [
            (self.x + (x - self.left) * self.across, self.y + (self.top - y) * self.down)
            for x, y in ring
        ]


def _area(rings: list[list[Point]], kind: str) -> str:
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)
    return element("path", d=path, fill_rule="evenodd", kind=kind)


def _label(place: Place, rings: list[list[Point]]) -> str:
    if not rings:
        return ""
    largest = max(rings, key=_size)
    x, y = _inmost(tuple(largest))
    on = f"middle on{place.step}"
    wide = 6 + max(width_of(place.short, SMALL), width_of(place.seats))
    return (
        # Where the area is narrow, the label would lie half on something else.
        box(x - wide / 2, y - 13, wide, 29, f"step{place.step}", 4)
        + words(x, y - 2, place.short, f"small {on}")
        + words(x, y + 12, place.seats, f"strong {on}")
    )


def _names(sheet: Drawing, places: Sequence[Place]) -> None:
    """Write what each code stands for, in two columns."""
    half, wide = -(-len(places) // 2), sheet.room / 2
    for number, each in enumerate(places):
        x = EDGE + wide * (number // half)
        y = sheet.y + 20 * (number % half)
        name = fitted(f"{each.short} {each.name}", wide - 72)
        sheet.add(
            box(x, y, 12, 12, f"step{each.step}", 2),
            words(x + 18, y + 11, name, full=each.name),
            words(x + wide - 16, y + 11, each.seats, "strong end"),
        )
    sheet.y += 20 * half


def _size(ring: list[Point]) -> float:
    return abs(fsum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)))


@lru_cache(maxsize=64)  # a report has the same map twice, and looking takes most of its time
def _inmost(outline: tuple[Point, ...]) -> Point:
    """Find about the point within a ring that is furthest from its line: there is most room."""
    # A label needs no better than a coarse outline.
    ring = [*outline[:: len(outline) // _OUTLINE + 1], outline[0]]
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    left, top = min(xs), min(ys)
    wide, high = (max(xs) - left) / _GRID, (max(ys) - top) / _GRID
    spots = [
        (left + wide * (i + 0.5), top + high * (j + 0.5))
        for i in range(_GRID)
        for j in range(_GRID)
    ]
    inside = [spot for spot in spots if _is_inside(spot, ring)]
    return max(inside or spots, key=lambda spot: _depth(spot, ring))


def _is_inside(spot: Point, ring: list[Point]) -> bool:
    """Return whether a line from a point to the right crosses the ring an odd number of times."""
    x, y = spot
    crossed = (
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in pairwise(ring)
    )
    return sum(crossed) % 2 == 1


def _depth(spot: Point, ring: list[Point]) -> float:
    """The distance from a point to the line of a ring."""
    return min(_distance(*spot, start, end) for start, end in pairwise(ring))


def _distance(x: float, y: float, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((x - start[0]) * dx + (y - start[1]) * dy) / length if length else 0
    along = max(0.0, min(1.0, along))
    return hypot(x - start[0] - along * dx, y - start[1] - along * dy)
