"""Make the text that ``kiamv --help`` prints at once: ``python docs/make_help.py``."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from typer.main import get_command

from kiamv_cli.cli.app import build

HELP = Path(__file__).parent.parent / "kiamv_cli" / "cli" / "help.txt"
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "LINES": "50"}


def help_text() -> str:
    """Render the help page as it looks in 80 columns without colour."""
    with patch.dict(os.environ, PLAIN, clear=True), patch("typer.rich_utils.MAX_WIDTH", 80):
        result = CliRunner().invoke(get_command(build()), ["--help"], prog_name="kiamv")
    lines = (line.rstrip() for line in result.stdout.strip("\n").splitlines())
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    HELP.write_text(help_text(), encoding="utf-8")
