"""What the pages tell their readers to do works, and shows what kiamv answers."""

from __future__ import annotations

import re
from pathlib import Path

import make_examples
import pytest

from kiamv_cli.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in make_examples.PAGES}
CHEAT_SHEETS = ("docs/cheat-sheet.md", "docs/nl/spiekbrief.md")
HANDBOOKS = ("docs/handbook.md", "docs/nl/handleiding.md")
NAMED = re.compile(r"(?:`|^\$ )kiamv ([a-z]+)", re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_tells_its_readers_to_do_works_and_gives_what_it_shows(name: str) -> None:
    assert make_examples.shown(name) == PAGES[name]


@pytest.mark.slow
def test_a_command_that_fails_stops_the_making(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_examples, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("<!-- run -->\n```console\n$ kiamv score no.yaml\n```\n")
    with pytest.raises(RuntimeError, match=r"no\.yaml"):
        make_examples.shown("README.md")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_only_commands_and_pages_that_there_are(name: str) -> None:
    assert set(NAMED.findall(PAGES[name])) <= set(COMMANDS)
    for link in re.findall(r"\]\(([^)#]+)", PAGES[name]):
        assert ((ROOT / name).parent / link).exists(), link


@pytest.mark.parametrize("name", CHEAT_SHEETS)
def test_a_cheat_sheet_names_every_command_on_one_page(name: str) -> None:
    assert set(NAMED.findall(PAGES[name])) == set(COMMANDS)
    lines = PAGES[name].splitlines()
    assert len(lines) <= 80
    assert max(map(len, lines)) <= 130


def test_the_readme_is_short() -> None:
    assert len(PAGES["README.md"].splitlines()) <= 150


def test_the_handbooks_have_the_same_chapters_and_the_same_commands() -> None:
    english, dutch = (
        [re.sub(r"[^#].*", "", line) for line in PAGES[name].splitlines() if line.startswith("#")]
        for name in HANDBOOKS
    )
    assert english == dutch
    english, dutch = (
        re.findall(r"^(?:\$ kiamv (\w+)|\d+ ?\. )", PAGES[name], re.MULTILINE) for name in HANDBOOKS
    )
    assert english == dutch
