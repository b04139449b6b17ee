"""What the Dutch manual tells its readers to do, done; and what it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.cli.app import COMMANDS

if TYPE_CHECKING:
    from running import Kiamv

MANUAL = Path(__file__).parent.parent.parent / "docs" / "nl" / "handleiding.md"
PAGE = MANUAL.read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n+```console\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
def test_every_command_of_the_manual_works(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = [line[2:] for block in BLOCKS for line in block.splitlines()]
    assert len(commands) >= 10
    for command in commands:
        name, *arguments = shlex.split(command)
        assert name == "kiamv"
        done = kiamv(*arguments, env={"KIAMV_LANG": "nl"})
        assert done.exit_code == 0, (command, done.output)


def test_the_manual_names_only_commands_and_pages_that_there_are() -> None:
    named = set(re.findall(r"`kiamv ([a-z]+)", PAGE)) | set(
        re.findall(r"^\$ kiamv ([a-z]+)", PAGE, re.MULTILINE)
    )
    assert named <= set(COMMANDS)
    for link in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (MANUAL.parent / link).exists(), link
