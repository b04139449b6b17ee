"""Run what the pages tell their readers to do, and write down what kiamv answers.

``python docs/make_examples.py``. Each page is followed from top to bottom, in a new folder:
``<!-- file: NAME -->`` writes the next block to a file; ``<!-- run -->`` runs the commands of the
next block, which all have to succeed; ``<!-- example -->`` puts below the one command of the next
block what it prints.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import tempfile
from pathlib import Path

from click.testing import CliRunner
from typer.main import get_command

from kiamv_cli.cli.app import build

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "en",
    "docs/cheat-sheet.md": "en",
    "docs/handbook.md": "en",
    "docs/nl/spiekbrief.md": "nl",
    "docs/nl/handleiding.md": "nl",
}
_BLOCK = re.compile(r"(<!-- (file: \S+|run|example) -->\n+```\w+\n)(.*?)(```\n)", re.DOTALL)
_BUNDLED = re.compile(r"^kiamv: [^\n]*kiamv\.yaml[^\n]*\n", re.MULTILINE)


def shown(page: str) -> str:
    """Return a page with its examples as kiamv answers them now.

    Raises:
        RuntimeError: A command that has to succeed does not.
    """
    text = (ROOT / page).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        session = Session(PAGES[page])
        return _BLOCK.sub(session.block, text)


class Session:
    """A reader who follows a page, from the working folder on."""

    def __init__(self, language: str) -> None:
        self._env = {"NO_COLOR": None, "COLUMNS": "100", "KIAMV_LANG": language}
        self._kiamv = get_command(build())

    def block(self, block: re.Match[str]) -> str:
        """Return a block with its output as it is now."""
        head, kind, body, end = block.groups()
        lines = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        if kind == "run":
            for line in lines:
                self.run(line, succeeds=True)
        elif kind == "example":
            body = f"$ {lines[0]}\n{self.run(lines[0])}"
        else:
            Path(kind.removeprefix("file: ")).write_text(body, encoding="utf-8")
        return head + body + end

    def run(self, line: str, *, succeeds: bool = False) -> str:
        """Run a command, ``cd`` or ``kiamv``, and return what it prints."""
        command, *arguments = shlex.split(line, comments=True)
        if command == "cd":
            os.chdir(arguments[0])
            return ""
        result = CliRunner(env=self._env).invoke(self._kiamv, arguments, prog_name=command)
        if succeeds and result.exit_code:
            raise RuntimeError(f"{line}\n{result.output}")
        printed = result.stdout + _BUNDLED.sub("", result.stderr)
        return "\n".join(each.rstrip() for each in printed.splitlines()) + "\n"


if __name__ == "__main__":
    for name in PAGES:
        (ROOT / name).write_text(shown(name), encoding="utf-8")
