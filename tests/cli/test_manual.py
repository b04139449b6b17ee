"""What the README and the Dutch manual tell their readers to do, done; what they name is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.cli.app import COMMANDS

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "docs" / "nl" / "handleiding.md"
PAGE = MANUAL.read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- run(?: in (\S+))? -->\n+```console\n(.*?)```", re.DOTALL)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "language", "least"), [(MANUAL, "nl", 10), (ROOT / "README.md", "en", 7)]
)
def test_every_command_of_the_manual_works(
    kiamv: Kiamv,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page: Path,
    language: str,
    least: int,
) -> None:
    blocks = BLOCK.findall(page.read_text(encoding="utf-8"))
    commands = [(folder, line[2:]) for folder, block in blocks for line in block.splitlines()]
    assert len(commands) >= least
    for folder, command in commands:
        monkeypatch.chdir(tmp_path / folder)
        name, *arguments = shlex.split(command)
        assert name == "kiamv"
        done = kiamv(*arguments, env={"KIAMV_LANG": language})
        assert done.exit_code == 0, (command, done.output)


def test_the_manual_names_only_commands_and_pages_that_there_are() -> None:
    named = set(re.findall(r"`kiamv ([a-z]+)", PAGE)) | set(
        re.findall(r"^\$ kiamv ([a-z]+)", PAGE, re.MULTILINE)
    )
    assert named <= set(COMMANDS)
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (MANUAL.parent / link).exists(), link
