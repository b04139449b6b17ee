"""Make the pictures of the README and the handbooks: ``python docs/make_pictures.py``."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from kiamv_cli import Request, explain, load_criteria, load_longlist, score, shortlist, tradeoff
from kiamv_cli.base.language import in_language
from kiamv_cli.display.document import Screen
from kiamv_cli.display.formats import draw
from kiamv_cli.display.terminal import render
from kiamv_cli.display.text import UNICODE
from kiamv_cli.scoring.view.score import ScoreView
from kiamv_cli.selection.view.explain import ExplainView
from kiamv_cli.selection.view.shortlist import ShortlistView
from kiamv_cli.selection.view.tradeoff import TradeOffView

if TYPE_CHECKING:
    from kiamv_cli.display.document import Drawing, View

FOLDER = Path(__file__).parent
WIDTH = 100
# Rich's own frame without its web fonts: the picture asks nothing of the network.
FRAME = """\
<svg class="rich-terminal" xml:space="preserve" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>{title}</title>
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace;
font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<defs>{lines}</defs>
<rect fill="{background}" width="100%" height="100%" rx="8"/>
<g transform="translate({terminal_x}, {terminal_y})">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
""".replace("{background}", "#111111")


def pictures() -> dict[str, str]:
    """Draw each main view, by the name of its file."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    found = shortlist(scores, Request())
    with in_language("nl"):
        dutch = {"nl/kaart.svg": figure(ShortlistView(found), "map")}
    with in_language("en"):
        return dutch | {
            "shortlist.svg": terminal("shortlist", ShortlistView(found)),
            "score.svg": terminal("score", ScoreView(scores), lines=20),
            "explain.svg": terminal("explain hannn", ExplainView(explain(scores, ["hannn"])), 38),
            "map.svg": figure(ShortlistView(found), "map"),
            "tradeoff.svg": figure(TradeOffView(tradeoff(scores)), "tradeoff"),
        }


def terminal(command: str, view: View, lines: int | None = None) -> str:
    """Draw what a command shows on a terminal with colours, or the first lines of it."""
    shown = render(view.blocks(UNICODE), Screen(width=WIDTH, colour=True)).split("\n")
    if lines:
        shown = [*shown[:lines], "…"]
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ kiamv {command}", style="bold"))
    console.print(Text.from_ansi("\n".join(shown)))
    return console.export_svg(
        title="",
        code_format=FRAME.replace("{title}", f"kiamv {command}"),
        theme=MONOKAI,
        unique_id="kiamv",
        font_aspect_ratio=0.61,
    )


def figure(view: Drawing, name: str) -> str:
    """Draw a figure, light or dark as its reader wants, as ``--format svg`` does."""
    return draw(view.figures()[name](), "svg").decode()


if __name__ == "__main__":
    for name, drawn in pictures().items():
        (FOLDER / name).write_text(drawn, encoding="utf-8")
