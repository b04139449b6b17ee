"""From a result to text in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.base.language import in_language
from kiamv_cli.display.document import Annotated, Charted
from kiamv_cli.display.text import ASCII, UNICODE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kiamv_cli.display.document import View
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.screen import Screen
    from kiamv_cli.display.shown import Told

Format = Literal["table", "json", "csv", "md", "github", "mermaid"]
PictureFormat = Literal["svg", "png"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(view: View, how: Format, screen: Screen) -> str:
    """Write a result as text.

    Args:
        view: The result.
        how: ``table`` for people; ``json`` and ``csv`` for scripts; ``md`` for documents;
            ``github`` for problems, as annotations of a workflow; ``mermaid`` for what is
            ``Charted``.
        screen: Where a table goes; the other formats are the same everywhere.
    """
    if how in _DATA:
        with in_language("en"):
            return _DATA[how](view)
    if how in _MADE:
        return _MADE[how](view)
    if how == "md":
        from kiamv_cli.display import markdown

        return markdown.render(view.blocks(UNICODE))
    symbols = UNICODE if screen.unicode else ASCII
    if screen.width is None and not screen.colour:
        from kiamv_cli.display import plain

        return plain.render(view.blocks(symbols), symbols)
    from kiamv_cli.display import terminal

    return terminal.render(view.blocks(symbols), screen)


def _json(view: View) -> str:
    from kiamv_cli.display.data import render_json

    return render_json(view.payload())


def _csv(view: View) -> str:
    from kiamv_cli.display.data import render_csv

    return render_csv(view.records())


def _github(view: View) -> str:
    from kiamv_cli.display.data import render_annotations

    assert isinstance(view, Annotated)
    return render_annotations(view.annotations())


def _mermaid(view: View) -> str:
    assert isinstance(view, Charted)
    return view.mermaid()


# Scripts read these, so they are English always.
_DATA: Mapping[Format, Callable[[View], str]] = {"json": _json, "csv": _csv}
_MADE: Mapping[Format, Callable[[View], str]] = {
    "github": _github,
    "mermaid": _mermaid,
}


def draw(figure: Figure, how: PictureFormat, told: Told | None = None) -> bytes:
    """Write a figure as a file.

    Args:
        figure: The figure.
        how: ``svg``, which is light or dark as its reader wants; ``png``, which is light.
        told: Gets the signs that PNG cannot show, if there are any.

    Raises:
        NotInstalledError: For a PNG file kiamv needs more than is installed.
    """
    if how == "png":
        from kiamv_cli.display.typesetting import png

        return png(figure, told)
    from kiamv_cli.display.figure import standalone

    return standalone(figure).encode()
