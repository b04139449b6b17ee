"""Which pictures there are of results that have several, by name, the most telling first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.render.pictures.heat import heat_figure
from kiamv_cli.render.pictures.map import map_figure
from kiamv_cli.render.pictures.spread import spread_figure
from kiamv_cli.render.pictures.tiles import tiles_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiamv_cli.core.programme import DimensionId, Programme
    from kiamv_cli.core.shortlist import Shortlist
    from kiamv_cli.core.spread import CategorySpread
    from kiamv_cli.render.pictures.figure import Figure


def spread_figures(
    programme: Programme, spreads: Mapping[DimensionId, tuple[CategorySpread, ...]]
) -> dict[str, Callable[[], Figure]]:
    """How to draw a spread: on a map and as tiles where there are any, and as bars."""
    drawn: dict[str, Callable[[], Figure]] = {}
    for name in DIMENSIONS:
        dimension, found = programme.dimensions[name], spreads[name]
        if dimension.map:
            drawn["map"] = partial(map_figure, dimension, found)
        if all(category.tile for category in dimension.categories):
            drawn["tiles"] = partial(tiles_figure, dimension, found)
        drawn[name] = partial(spread_figure, dimension, found)
    return drawn


def shortlist_figures(found: Shortlist) -> dict[str, Callable[[], Figure]]:
    """How to draw a shortlist: its spread, and the heat table with its members marked."""
    members = frozenset(found.selection.members)
    return {
        **spread_figures(found.scores.programme, found.spread),
        "heat": partial(heat_figure, found.scores, members),
    }
