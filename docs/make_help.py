"""Make the texts that ``kiamv --help`` prints at once: ``python docs/make_help.py``."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner
from typer.main import get_command

from kiamv_cli.cli.app import build

FOLDER = Path(__file__).parent.parent / "kiamv_cli" / "cli"
PAGES = {"en": FOLDER / "help.txt", "nl": FOLDER / "help.nl.txt"}
PLAIN = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "LINES": "50"}


def help_text(language: str) -> str:
    """Render the help page as it looks in 80 columns without colour."""
    asked = ["--help", "--lang", language]
    with patch.dict(os.environ, PLAIN, clear=True), patch("typer.rich_utils.MAX_WIDTH", 80):
        result = CliRunner().invoke(get_command(build()), asked, prog_name="kiamv")
    lines = (line.rstrip() for line in result.stdout.strip("\n").splitlines())
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for language, page in PAGES.items():
        page.write_text(help_text(language), encoding="utf-8")
