"""The pictures of a report, each where it can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.render.flow import FlowView
from kiamv_cli.render.pictures.figure import inline
from kiamv_cli.render.pictures.map import map_figure
from kiamv_cli.render.pictures.robustness import robustness_figure
from kiamv_cli.render.pictures.spread import spread_figure
from kiamv_cli.render.pictures.tiles import tiles_figure
from kiamv_cli.render.pictures.tradeoff import tradeoff_figure
from kiamv_cli.render.report.html import Html, el, scrolling

if TYPE_CHECKING:
    from kiamv_cli.core.programme import Dimension, DimensionId
    from kiamv_cli.core.report import Report
    from kiamv_cli.render.pictures.figure import Figure

_WIDE = 460  # pixels; what is wider would be too small to read on a telephone


def where_figure(report: Report, name: str) -> Html | None:
    """Where the members are in one look: the first map there is, else tiles."""
    for dimension in report.scores.programme.dimensions.values():
        found = report.shortlist.spread[dimension.id]
        if dimension.map is not None:
            return _drawn(map_figure(dimension, found, name))
        if _tiled(dimension):
            return _drawn(tiles_figure(dimension, found, name))
    return None


def place_figures(report: Report, name: DimensionId) -> Html | None:
    """Where the seats of a dimension lie, as map and as tiles, if it has these."""
    dimension, found = report.scores.programme.dimensions[name], report.shortlist.spread[name]
    pictures = [
        map_figure(dimension, found, f"map-{name}") if dimension.map else None,
        tiles_figure(dimension, found, f"tiles-{name}") if _tiled(dimension) else None,
    ]
    drawn = [_drawn(each) for each in pictures if each]
    return el("div", drawn, class_="pictures") if drawn else None


def bars_figure(report: Report, name: DimensionId) -> Html:
    """The seats of a dimension as bars beside their targets."""
    dimension, found = report.scores.programme.dimensions[name], report.shortlist.spread[name]
    return _drawn(spread_figure(dimension, found, f"bars-{name}"))


def tradeoff_picture(report: Report) -> Html | None:
    """Every trade-off in a plot, unless there is but one."""
    found = report.tradeoffs
    return _drawn(tradeoff_figure(found)) if found and len(found.steps) > 1 else None


def robustness_picture(report: Report) -> Html | None:
    """How often each was selected."""
    return _drawn(robustness_figure(report.robustness)) if report.robustness else None


def flow_picture(report: Report) -> Html:
    """The way from suggestions to the shortlist."""
    return _drawn(FlowView(report.flow).figures()["flow"]())


def _tiled(dimension: Dimension) -> bool:
    return all(each.tile for each in dimension.categories)


def _drawn(figure: Figure) -> Html:
    """A figure that scrolls by itself where the screen is narrower than it."""
    made = scrolling(figure.title, Html(inline(figure)))
    return el("figure", made, class_="wide" if figure.width > _WIDE else None)
