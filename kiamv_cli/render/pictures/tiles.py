"""The tile map: every category a tile of the same size, about where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.render.pictures.marks import SMALL, box, fitted, words, wrapped
from kiamv_cli.render.pictures.seats import heading, placed, summary, told
from kiamv_cli.render.pictures.sheet import EDGE, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.programme import Dimension
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.render.pictures.figure import Figure
    from kiamv_cli.render.pictures.seats import Place

_TILE, _GAP = 101, 8


def tiles_figure(
    dimension: Dimension, found: Sequence[CategorySpread], name: str = "tiles"
) -> Figure:
    """Draw a dimension as tiles by their seats.

    Args:
        dimension: The categories; each must have a tile.
        found: The seats of each, in their order.
        name: The id of the figure.
    """
    places = placed(dimension, found)
    tiles = [each.category.tile for each in places if each.category.tile]
    columns, rows = (1 + max(tile[axis] for tile in tiles) for axis in (0, 1))
    sheet = Sheet(2 * EDGE + max(columns, 4) * (_TILE + _GAP) - _GAP)
    sheet.title(title := heading(dimension, found))
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
