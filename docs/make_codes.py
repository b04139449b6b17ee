"""Make docs/codes.md, what every code of a problem means: ``python docs/make_codes.py``."""

from __future__ import annotations

from pathlib import Path

from kiamv_cli.base.problem import codes
from kiamv_cli.display.document import Screen
from kiamv_cli.display.formats import render
from kiamv_cli.longlist.view.check import CodesView

CODES = Path(__file__).parent / "codes.md"
HEAD = """\
# What the codes of problems mean

`kiamv check --explain CODE` shows the same. K9… are warnings, all others errors; a code keeps its
meaning for good.

"""


def codes_text() -> str:
    """Render all codes as Markdown."""
    return HEAD + render(CodesView(tuple(codes().values())), "md", Screen())


if __name__ == "__main__":
    CODES.write_text(codes_text(), encoding="utf-8")
