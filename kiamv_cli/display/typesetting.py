"""Typst: pictures as PNG and reports as PDF, without a browser and the same on every machine.

Texts and pictures reach it as values, never as its markup. Its typeface comes with kiamv, since a
bare machine has none; those of the machine play no part, as each has others.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize

from kiamv_cli.display.figure import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import ModuleType

    from kiamv_cli.display.figure import Figure

    Told = Callable[[Sequence[str]], None]

_PICTURE = """\
#let wide = float(sys.inputs.width) * 0.75pt
#set page(width: wide, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: wide)
"""
# Two dots for each CSS pixel: sharp on good screens and on paper.
_DOTS = 2 * 96


class NotInstalledError(Exception):
    """What is asked for needs an extra of kiamv that is not installed."""


def png(figure: Figure, report_missing: Told | None = None) -> bytes:
    """Draw a figure as PNG, in light colours, two dots for each of its pixels.

    Args:
        figure: The figure.
        report_missing: Gets the signs that no typeface shows, if there are any.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    lacking: dict[str, None] = {}
    inputs = {"picture": drawn(printable(figure), lacking), "width": str(figure.width)}
    if lacking and report_missing:
        report_missing([*lacking])
    return typeset(_PICTURE.encode(), inputs, format="png", ppi=_DOTS)


def typeset(source: bytes, inputs: Mapping[str, str], **options: Any) -> bytes:  # noqa: ANN401
    """Set a document.

    Args:
        source: Typst, of kiamv's own.
        inputs: The values that it is about.
        options: Of ``typst.compile``: the format, and what belongs to it.

    Raises:
        NotInstalledError: Typst is not installed.
    """
    typst = compiler()
    with as_file(files("kiamv_cli") / "display" / "fonts") as fonts:
        made: bytes = typst.compile(
            source,
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            **options,
        )
    return made


def compiler() -> ModuleType:
    """Return Typst.

    Raises:
        NotInstalledError: It is not installed.
    """
    try:
        import typst  # noqa: PLC0415 - an extra, and only to draw
    except ModuleNotFoundError as error:
        if error.name != "typst":
            raise
        raise NotInstalledError from None
    return typst


_JOINER = "\N{ZERO WIDTH JOINER}"
STAND_IN = "\N{WHITE SQUARE}"
# What is markup in a picture must never be taken together with what follows it.
_BETWEEN_MARKUP = re.compile("[^<>&;\"']+")
# They choose among the shapes of a sign.
_VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
# These steer the others and have no shape of their own; Typst breaks lines and tabs itself.
_SHAPELESS = frozenset("\n\t\u00ad\u200b\u200c\u200d\u2060") | _VARIATIONS


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


def drawn(svg: str, lacking: dict[str, None]) -> str:
    """Replace in a picture the signs that cannot be drawn.

    Unlike a text, it takes a sign and its marks from one typeface only where they are one sign.

    Args:
        svg: The picture.
        lacking: Gets those that were replaced, each once.
    """
    if svg.isascii():
        return svg
    return _BETWEEN_MARKUP.sub(
        lambda part: "".join(_drawn(sign, lacking) for sign in _together(_plain(part[0]))), svg
    )


def all_shown(value: object, lacking: dict[str, None]) -> object:
    """Do the same in all texts and pictures, ``svg``, of lists and mappings within each other."""
    if isinstance(value, str):
        return shown(value, lacking)
    if isinstance(value, list):
        return [all_shown(each, lacking) for each in value]
    if isinstance(value, dict):
        return {
            key: drawn(each, lacking) if key == "svg" else all_shown(each, lacking)
            for key, each in value.items()
        }
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


def _plain(text: str) -> str:
    return normalize("NFC", "".join(each for each in text if each not in _VARIATIONS))


def _drawn(sign: str, lacking: dict[str, None]) -> str:
    if len(set(sign) - _SHAPELESS) <= 1 and category(sign[:1] or " ")[0] != "M":
        return _shown(sign, lacking)
    lacking[sign] = None
    return STAND_IN


@cache
def _typefaces() -> tuple[frozenset[str], ...]:
    """Return what each typeface shows, as docs/make_shown.py found it."""
    text = files("kiamv_cli").joinpath("display", "fonts", "shown.txt").read_text("ascii")
    return tuple(frozenset(_signs(line.partition(": ")[2])) for line in text.splitlines())


def _signs(ranges: str) -> list[str]:
    found = list[str]()
    for each in ranges.split():
        low, _dash, high = each.partition("-")
        found += map(chr, range(int(low, 16), int(high or low, 16) + 1))
    return found
