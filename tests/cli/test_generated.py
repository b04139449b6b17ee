"""What is generated is current."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import script

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "docs" / "handbook.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "nl" / "handleiding.md").read_text(encoding="utf-8")


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
        assert len(drawn.encode()) < 64_000
        assert re.findall(r"<!|<image|href=|src=|@import|url\((?!#)", drawn) == []
        own = name.removeprefix("nl/")
        handbook = HANDBOOK if own == name else MANUAL
        assert f"](docs/{name})" in README or f"]({own})" in handbook


@pytest.mark.slow
def test_the_picture_of_the_report_shows_what_the_report_says() -> None:
    made = script("make_report_picture")
    page = made.written()
    assert made.SHOWS.read_text(encoding="ascii").strip() == made.shown(page)
    assert made.shown(page.replace("20 were selected", "21 were selected")) != made.shown(page)
    assert made.PICTURE.read_bytes()[8:12] == b"WEBP"
    assert made.PICTURE.stat().st_size < 250_000
    assert f'src="docs/{made.PICTURE.name}"' in README
