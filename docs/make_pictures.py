"""Make the README's picture of the shortlist: ``python docs/make_pictures.py``."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist
from kiamv_cli.render.screen import Screen
from kiamv_cli.render.shortlist import ShortlistView
from kiamv_cli.render.terminal import render
from kiamv_cli.render.text import UNICODE

PICTURE = Path(__file__).with_name("shortlist.svg")
WIDTH = 100
# Rich's own frame without its web fonts: the picture asks nothing of the network.
FRAME = """\
<svg class="rich-terminal" xml:space="preserve" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<title>kiamv shortlist</title>
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
""".replace("{background}", "#292929")


def picture() -> str:
    """Draw what ``kiamv shortlist`` shows on a terminal with colours."""
    programme = load_criteria()
    found = shortlist(score(load_longlist(programme=programme).longlist, programme), Request())
    text = render(ShortlistView(found).blocks(UNICODE), Screen(width=WIDTH, colour=True))
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ kiamv shortlist", style="bold"))
    console.print(Text.from_ansi(text))
    return console.export_svg(
        title="", code_format=FRAME, theme=MONOKAI, unique_id="kiamv", font_aspect_ratio=0.61
    )


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
