"""From a result to text in the format asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from kiamv_cli.render.text import ASCII, UNICODE

if TYPE_CHECKING:
    from kiamv_cli.render.document import View
    from kiamv_cli.render.screen import Screen

Format = Literal["table", "json", "csv", "md", "github"]
FORMATS: tuple[Format, ...] = get_args(Format)


def render(view: View, how: Format, screen: Screen) -> str:
    """Write a result as text.

    Args:
        view: The result.
        how: ``table`` for people; ``json`` and ``csv`` for scripts; ``md`` for documents;
            ``github`` for problems, as annotations of a workflow.
        screen: Where a table goes; the other formats are the same everywhere.
    """
    match how:
        case "json":
            from kiamv_cli.render.data import render_json

            return render_json(view.payload())
        case "csv":
            from kiamv_cli.render.data import render_csv

            return render_csv(view.records())
        case "md":
            from kiamv_cli.render import markdown

            return markdown.render(view.blocks(UNICODE))
        case "github":
            from kiamv_cli.render.github import render_annotations

            return render_annotations(view.records())
        case "table":
            symbols = UNICODE if screen.unicode else ASCII
            if screen.width is None and not screen.colour:
                from kiamv_cli.render import plain

                return plain.render(view.blocks(symbols), symbols)
            from kiamv_cli.render import terminal

            return terminal.render(view.blocks(symbols), screen)
