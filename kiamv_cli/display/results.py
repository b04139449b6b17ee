"""Results as data, files and tables of a notebook, by the views that their rooms name for them."""

from __future__ import annotations

from importlib import import_module
from os import fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never, cast

from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text, in_python, joined
from kiamv_cli.base.value import Result, rooms_views
from kiamv_cli.base.writing import write_whole
from kiamv_cli.display import html
from kiamv_cli.display.data import column_name
from kiamv_cli.display.document import Drawing, Filed, Heading, Paragraph, Picture, Screen, Table
from kiamv_cli.display.formats import SUFFIXES, draw, in_data, render
from kiamv_cli.display.text import NO_BREAK, UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable
    from os import PathLike

    from kiamv_cli.display.document import Block, Cell, View


def view_of(result: Result) -> View:
    """Return what shows a result, as its command does."""
    module, _colon, name = rooms_views(result)[type(result).__name__].partition(":")
    room = type(result).__module__.split(".")[1]
    made: Callable[[Result], View] = getattr(import_module(f"kiamv_cli.{room}.view.{module}"), name)
    return made(result)


def document(result: Result) -> dict[str, Any]:
    """Return the JSON document of a result."""
    return cast("dict[str, Any]", in_data(view_of(result).payload))


def json_text(result: Result) -> str:
    """Format the JSON document of a result."""
    return render(view_of(result), "json", Screen())


def rows(result: Result) -> list[dict[str, Any]]:
    """Return the rows of CSV of a result."""
    made = in_data(lambda: [*view_of(result).records()])
    return [{column_name(key): value for key, value in each.items()} for each in made]


def save(result: Result, path: str | PathLike[str], *, force: bool) -> None:
    """Write a result to a file in the format that its name ends in."""
    name = fspath(path)
    suffix = Path(name).suffix.lower()
    how, view = SUFFIXES.get(suffix), view_of(result)
    own = view.written(suffix) if isinstance(view, Filed) else None
    if own is not None:
        write_whole(name, own, force=force)
        return
    figures = view.figures() if isinstance(view, Drawing) else {}
    if how is None or (how in {"svg", "png"} and not figures):
        raise Misfit("path", name, Text("requests.no-such-format", known=joined(SUFFIXES)))
    if how == "svg" or how == "png":  # noqa: PLR1714 - tells the type
        content = draw(next(iter(figures.values()))(), how)
    else:
        content = render(view, how, Screen()).encode()
    write_whole(name, content, force=force)


def html_text(result: Result) -> str:
    """Format what a person sees of a result as HTML."""
    return html.markup(map(_node, view_of(result).blocks(UNICODE)))


def _node(block: Block) -> html.Node:
    match block:
        case Heading():
            return html.el("h4", block.text)
        case Paragraph():
            return html.el("p", in_python(block.text).replace(NO_BREAK, " "))
        case Picture():
            lines = ("".join(cell.text for cell in line) for line in block.lines)
            return html.el("pre", html.Raw("\n".join(html.markup(line) for line in lines)))
        case Table():
            heads = (html.el("th", each.heading) for each in block.columns)
            body = (html.el("tr", map(_cell, row)) for row in block.rows)
            return html.el("table", html.el("thead", html.el("tr", heads)), html.el("tbody", body))
        case _:
            assert_never(block)


def _cell(cell: Cell) -> html.Node:
    return html.el("td", cell.text)
