"""Colours in a terminal are to be read on a light and on a dark background."""

from __future__ import annotations

import pytest
from rich.color import Color

from kiamv_cli.display.terminal import STYLES

COLOURS = {
    name: Color.from_ansi(int(code.removeprefix("38;5;")))
    for name, code in STYLES.items()
    if code.startswith("38;5;")
}
LINEAR_BELOW = 0.04045


def luminance(colour: Color) -> float:
    """Relative luminance of WCAG 2.2."""
    shares = [value / 255 for value in colour.get_truecolor()]
    red, green, blue = (
        share / 12.92 if share <= LINEAR_BELOW else ((share + 0.055) / 1.055) ** 2.4
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", COLOURS.values(), ids=COLOURS)
def test_each_colour_stands_out_on_white_and_on_black(colour: Color) -> None:
    bright = luminance(colour)
    assert 1.05 / (bright + 0.05) >= 3.5
    assert (bright + 0.05) / 0.05 >= 3.5


def test_no_colour_is_one_that_the_owner_of_a_terminal_sets() -> None:
    assert all((colour.number or 0) >= 16 for colour in COLOURS.values())
