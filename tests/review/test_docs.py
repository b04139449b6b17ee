"""What docs/review.md tells its readers to do, done."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n+```console\n(.*?)```", PAGE, re.DOTALL)
STEPS = [
    (command, shown)
    for block in BLOCKS
    for command, shown in re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", block, re.MULTILINE)
]


def do(kiamv: Kiamv, words: list[str], monkeypatch: pytest.MonkeyPatch) -> str:
    match words:
        case ["mkdir", folder]:
            Path(folder).mkdir()
        case ["cp", source, target]:
            shutil.copy(source, target)
        case ["python", script, *arguments]:
            monkeypatch.setattr(sys, "argv", [script, *arguments])
            runpy.run_path(script, run_name="__main__")
        case ["kiamv", *arguments]:
            result = kiamv(*arguments)
            assert result.exit_code == 0, result.output
            return result.output
        case _:
            raise AssertionError(words)
    return ""


@pytest.mark.slow
def test_every_command_of_the_page_works_and_shows_what_it_says(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for command, shown in STEPS:
        printed = do(kiamv, shlex.split(command), monkeypatch).splitlines()
        for line in shown.splitlines():
            start = line.split("…", maxsplit=1)[0]
            assert any(each.startswith(start) for each in printed), (command, line)


def test_it_takes_about_a_dozen_commands() -> None:
    commands = [command for command, _ in STEPS if command.startswith("kiamv")]
    assert 10 <= len(commands) <= 15
