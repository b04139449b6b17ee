"""What is generated is current; what the README shows is what kiamv prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from running import script

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "nl" / "handleiding.md").read_text(encoding="utf-8")
# Example files by name, each a fenced block under a comment such as <!-- file: my-list.yaml -->.
FILES = dict(re.findall(r"<!-- file: (\S+) -->\n+```yaml\n(.*?)```", README, re.DOTALL))
EXAMPLES = re.findall(
    r"<!-- example -->\n+```console\n\$ (kiamv [^\n]*)\n(.*?)```", README, re.DOTALL
)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_help_page_is_current(language: str) -> None:
    made = script("make_help")
    page = made.PAGES[language].read_text(encoding="utf-8")
    assert page == made.help_text(language)


@pytest.mark.slow
def test_the_pictures_are_current_small_and_ask_nothing_of_the_network() -> None:
    made = script("make_pictures")
    for name, drawn in made.pictures().items():
        assert (made.FOLDER / name).read_text(encoding="utf-8") == drawn
        assert len(drawn.encode()) < 60_000
        assert re.findall(r"<!|<image|href=|src=|@import|url\((?!#)", drawn) == []
        own = name.removeprefix("nl/")
        assert f"](docs/{name})" in README if own == name else f"]({own})" in MANUAL


@pytest.mark.slow
def test_the_picture_of_the_report_shows_what_the_report_says() -> None:
    made = script("make_report_picture")
    page = made.written()
    assert made.SHOWS.read_text(encoding="ascii").strip() == made.shown(page)
    assert made.shown(page.replace("20 were selected", "21 were selected")) != made.shown(page)
    assert made.PICTURE.read_bytes()[8:12] == b"WEBP"
    assert made.PICTURE.stat().st_size < 250_000
    assert f'src="docs/{made.PICTURE.name}"' in README


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_the_readme_shows_what_kiamv_prints(
    kiamv: Kiamv, command: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = kiamv(*shlex.split(command)[1:])
    assert result.stdout + result.stderr == output


def test_the_readme_has_examples_with_results_and_with_errors() -> None:
    assert len(EXAMPLES) >= 2
    assert set(FILES) == {"my-list.yaml", "broken.yaml"}


def test_the_readme_names_every_command(kiamv: Kiamv) -> None:
    listed = re.findall(r"^│ (\w+)  ", kiamv("--help").stdout, re.MULTILINE)
    assert listed
    for command in listed:
        assert f"`kiamv {command}`" in README
