"""What the typefaces that come with kiamv can show, and a stand-in for what they cannot.

PDF and PNG are made with these typefaces only, so that they are the same on every machine; one of
the machine might have more signs, or other ones.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Told = Callable[[Sequence[str]], None]

_JOINER = "\N{ZERO WIDTH JOINER}"
STAND_IN = "\N{WHITE SQUARE}"
# These steer the others and have no shape of their own; Typst breaks lines and tabs itself.
_SHAPELESS = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060") | {
    chr(n) for n in range(0xFE00, 0xFE10)
}


def shown(text: str, lacking: dict[str, None]) -> str:
    """Replace the signs that no typeface shows.

    Args:
        text: Any text.
        lacking: Gets those that were replaced, each once.
    """
    if text.isascii() and text.isprintable():
        return text
    if set(text) <= _typefaces()[0]:
        return text
    return "".join(_shown(sign, lacking) for sign in _together(text))


def all_shown(value: object, lacking: dict[str, None]) -> object:
    """Do the same in all texts of lists and mappings within each other."""
    if isinstance(value, str):
        return shown(value, lacking)
    if isinstance(value, list):
        return [all_shown(each, lacking) for each in value]
    if isinstance(value, dict):
        return {key: all_shown(each, lacking) for key, each in value.items()}
    return value


def _together(text: str) -> Iterator[str]:
    """Take a text apart into what can only be shown together: a sign and its marks, or joined."""
    sign = ""
    for each in text:
        if sign and not (sign.endswith(_JOINER) or each == _JOINER or category(each)[0] == "M"):
            yield sign
            sign = ""
        sign += each
    yield sign


def _shown(sign: str, lacking: dict[str, None]) -> str:
    shapes = set(sign) - _SHAPELESS
    if any(shapes <= typeface for typeface in _typefaces()):
        return sign
    lacking[sign] = None
    return STAND_IN


@cache
def _typefaces() -> tuple[frozenset[str], ...]:
    """Give what each typeface shows, as docs/make_shown.py found it."""
    text = files("kiamv_cli").joinpath("display", "fonts", "shown.txt").read_text("ascii")
    return tuple(frozenset(_signs(line.partition(": ")[2])) for line in text.splitlines())


def _signs(ranges: str) -> list[str]:
    found = list[str]()
    for each in ranges.split():
        low, _dash, high = each.partition("-")
        found += map(chr, range(int(low, 16), int(high or low, 16) + 1))
    return found
