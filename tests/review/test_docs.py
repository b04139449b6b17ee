"""What docs/review.md, and its Dutch page, tell their readers to do, done."""

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
PAGES = {"en": "review.md", "nl": "nl/beoordeling.md"}
BLOCK = re.compile(r"<!-- run ?(\d?) -->\n+```console\n(.*?)```", re.DOTALL)
STEP = re.compile(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", re.MULTILINE)


def steps(language: str) -> list[tuple[int, str, str]]:
    """Find the commands of a page, with the exit status and what they show."""
    page = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    return [
        (int(status or 0), command, shown)
        for status, block in BLOCK.findall(page)
        for command, shown in STEP.findall(block)
    ]


def do(kiamv: Kiamv, words: list[str], status: int, monkeypatch: pytest.MonkeyPatch) -> str:
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
            assert result.exit_code == status, result.output
            return result.output
        case _:
            raise AssertionError(words)
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("language", PAGES)
def test_every_command_of_the_page_works_and_shows_what_it_says(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIAMV_LANG", language)
    for status, command, shown in steps(language):
        printed = do(kiamv, shlex.split(command), status, monkeypatch).splitlines()
        for line in shown.splitlines():
            start = line.split("…", maxsplit=1)[0]
            assert any(each.startswith(start) for each in printed), (command, line, printed)


def test_the_straight_path_is_as_short_as_the_page_says() -> None:
    page = (ROOT / "docs" / PAGES["en"]).read_text(encoding="utf-8")
    assert "it takes six commands" in page
    for language in PAGES:
        commands = [command for _status, command, _shown in steps(language)]
        assert len([each for each in commands if each.startswith("kiamv")]) <= 15
