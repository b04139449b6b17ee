"""What docs/survey.md tells its readers to do, done; its data are made by a seeded script."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.formats.workbook import read_workbook

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "survey"
PAGE = (ROOT / "docs" / "survey.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n+```console\n\$ ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.slow
def test_every_command_of_the_page_works_and_shows_what_it_says(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    assert len(BLOCKS) == 6
    for command, shown in BLOCKS:
        result = kiamv(*shlex.split(command)[1:])
        assert result.exit_code == 0, result.output
        printed = result.stdout.splitlines()
        for line in filter(None, shown.splitlines()):
            start = line.split("…", maxsplit=1)[0]
            assert any(each.startswith(start) for each in printed), (command, line)


def test_the_data_are_those_that_the_script_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["make.py", str(tmp_path)])
    runpy.run_path(str(EXAMPLES / "make.py"), run_name="__main__")
    made = {each.relative_to(tmp_path) for each in tmp_path.rglob("*") if each.is_file()}
    assert len(made) == 8
    for each in made:
        one, other = ((folder / each).read_bytes() for folder in (tmp_path, EXAMPLES))
        if each.suffix == ".xlsx":
            assert read_workbook(one, "") == read_workbook(other, "")
        else:
            assert one == other, each


def test_the_data_say_that_they_are_made_up() -> None:
    for each in EXAMPLES.rglob("*"):
        if each.suffix in {".csv", ".yaml", ".txt", ".py"}:
            assert "made up" in each.read_text(encoding="utf-8").casefold(), each
