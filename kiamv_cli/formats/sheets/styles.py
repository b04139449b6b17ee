"""How cells and the texts in them look, as far as it says something: struck through, filled."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.formats.sheets.parts import Reader, is_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.formats.sheets.parts import Handler


# White by its number in the palette or in the theme, or none at all.
_WHITE = {("indexed", "1"), ("indexed", "9"), ("indexed", "64"), ("theme", "0")}


class Style(NamedTuple):
    """What stands out in the cells of a style."""

    struck: bool
    filled: bool


def styles_in(raw: bytes) -> dict[str, Style]:
    """Return the styles in which something stands out, by the number that cells give."""
    reader = _Styles()
    if raw:
        Reader(reader.handlers()).read(raw)
    return reader.found


@dataclass(slots=True)
class _Styles:
    found: dict[str, Style] = field(default_factory=dict)
    _struck: list[bool] = field(default_factory=list)
    _filled: list[bool] = field(default_factory=list)
    _within: str = ""
    _number: int = 0

    def handlers(self) -> Mapping[str, Handler]:
        lists = ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
        return {
            **{name: self._list(name) for name in lists},
            "font": self._font,
            "strike": self._strike,
            "fill": self._fill,
            "patternFill": self._pattern,
            "gradientFill": self._gradient,
            "fgColor": self._colour,
            "xf": self._style,
        }

    def _list(self, name: str) -> Handler:
        def begin(_said: Mapping[str, str]) -> None:
            self._within = name

        return begin

    def _font(self, _said: Mapping[str, str]) -> None:
        if self._within == "fonts":
            self._struck.append(False)

    def _strike(self, attributes: Mapping[str, str]) -> None:
        if self._within == "fonts" and self._struck:
            self._struck[-1] = is_struck(attributes)

    def _fill(self, _said: Mapping[str, str]) -> None:
        if self._within == "fills":
            self._filled.append(False)

    def _pattern(self, attributes: Mapping[str, str]) -> None:
        self._gradient(
            attributes if attributes.get("patternType", "none") not in {"none", "gray125"} else {}
        )

    def _gradient(self, attributes: Mapping[str, str]) -> None:
        if self._within == "fills" and self._filled:
            self._filled[-1] = bool(attributes)

    def _colour(self, attributes: Mapping[str, str]) -> None:
        white = attributes.get("rgb", "").upper().endswith("FFFFFF") or (
            not attributes.get("tint") and any(pair in _WHITE for pair in attributes.items())
        )
        if self._within == "fills" and self._filled and white:
            self._filled[-1] = False

    def _style(self, attributes: Mapping[str, str]) -> None:
        if self._within == "cellXfs":
            style = Style(
                _at(self._struck, attributes.get("fontId")),
                _at(self._filled, attributes.get("fillId")),
            )
            if any(style):
                self.found[str(self._number)] = style
            self._number += 1


def is_struck(attributes: Mapping[str, str]) -> bool:
    """Return whether a ``strike`` holds: it does unless it says otherwise."""
    return "val" not in attributes or is_on(attributes, "val")


def _at(flags: list[bool], number: str | None) -> bool:
    place = int(number or 0)
    return 0 <= place < len(flags) and flags[place]


def struck_texts(raw: bytes) -> dict[int, str]:
    """Return what is left of the shared texts of a workbook that are struck through in part.

    Raises:
        ValueError: The part says that it holds more texts than there is room for in it.
    """
    runs, found, number = Runs(), dict[int, str](), -1
    walks = may_be_struck(raw)

    def table(attributes: Mapping[str, str]) -> None:
        # Calamine makes room for as many as there are said to be.
        if int(attributes.get("uniqueCount", "0")[:30]) > len(raw):
            raise ValueError(attributes["uniqueCount"])
        if not walks:
            raise _EnoughError

    def item(_said: Mapping[str, str]) -> None:
        nonlocal number
        if runs.struck:
            found[number] = runs.left
        number += 1
        runs.begin()

    runs.reader = reader = Reader({"sst": table, "si": item, **runs.handlers})
    reader.collect_within()
    with suppress(_EnoughError):
        reader.read(raw)
        item({})
    return found


class _EnoughError(Exception):
    """The rest of a part need not be read."""


def may_be_struck(raw: bytes) -> bool:
    """Return whether anything in a part can be struck through, at a glance."""
    return b"strike" in raw


class Runs:
    """The runs of one text after the other; ``reader`` is that of the document."""

    reader: Reader

    def __init__(self) -> None:
        """Start before the first text."""
        self.handlers: Mapping[str, Handler] = {
            "r": self._run,
            "strike": self._strike,
            "rPh": self._sound,
            "t": self._text,
        }
        self.begin()

    def begin(self) -> None:
        """Start with the next text."""
        self._left, self._gone = list[str](), list[str]()
        self._into = self._left

    @property
    def struck(self) -> bool:
        """Whether any of the text is struck through."""
        return any(map(str.strip, self._gone))

    @property
    def left(self) -> str:
        """What is not struck through."""
        return "".join(self._left)

    def _run(self, _said: Mapping[str, str]) -> None:
        self._into = self._left

    def _strike(self, attributes: Mapping[str, str]) -> None:
        if is_struck(attributes):
            self._into = self._gone

    def _sound(self, _said: Mapping[str, str]) -> None:
        self._into = []

    def _text(self, _said: Mapping[str, str]) -> None:
        self.reader.collect(self._into)
