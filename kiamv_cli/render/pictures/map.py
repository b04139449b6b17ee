"""The map: areas by their seats, the numbers on them, and their names below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, fsum, hypot, radians
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.render.pictures.marks import SMALL, box, element, fitted, width_of, words
from kiamv_cli.render.pictures.seats import heading, placed, summary, told
from kiamv_cli.render.pictures.sheet import EDGE, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kiamv_cli.core.programme import Dimension, Ring
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.render.pictures.figure import Figure
    from kiamv_cli.render.pictures.seats import Place

Point = tuple[float, float]
WIDTH, _TALLEST = 460, 520
_GRID, _OUTLINE = 16, 60


def map_figure(dimension: Dimension, found: Sequence[CategorySpread], name: str = "map") -> Figure:
    """Draw the areas of a dimension by their seats.

    Args:
        dimension: The categories; it must have a map.
        found: The seats of each, in their order.
        name: The id of the figure.
    """
    assert dimension.map is not None, "there is a map"
    places, areas = placed(dimension, found), dimension.map.areas
    sheet = Sheet(WIDTH)
    sheet.title(title := heading(dimension, found))
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
    def of(cls, rings: Iterable[Ring], sheet: Sheet) -> _View:
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


def _names(sheet: Sheet, places: Sequence[Place]) -> None:
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
    """Tell whether a line from a point to the right crosses the ring an odd number of times."""
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
