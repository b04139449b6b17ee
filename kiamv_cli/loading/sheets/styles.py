"""How cells look, as far as it says something: struck through, or filled with a colour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.loading.sheets.xml import Reader, is_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.loading.sheets.xml import Handler

# White by its number in the palette or in the theme, or none at all.
_WHITE = {("indexed", "1"), ("indexed", "9"), ("indexed", "64"), ("theme", "0")}


class Style(NamedTuple):
    """What stands out in the cells of a style."""

    struck: bool
    filled: bool


def styles_in(raw: bytes) -> dict[str, Style]:
    """Give the styles in which something stands out, by the number that cells give."""
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

    def _strike(self, said: Mapping[str, str]) -> None:
        if self._within == "fonts" and self._struck:
            self._struck[-1] = is_struck(said)

    def _fill(self, _said: Mapping[str, str]) -> None:
        if self._within == "fills":
            self._filled.append(False)

    def _pattern(self, said: Mapping[str, str]) -> None:
        self._gradient(said if said.get("patternType", "none") not in {"none", "gray125"} else {})

    def _gradient(self, said: Mapping[str, str]) -> None:
        if self._within == "fills" and self._filled:
            self._filled[-1] = bool(said)

    def _colour(self, said: Mapping[str, str]) -> None:
        white = said.get("rgb", "").upper().endswith("FFFFFF") or (
            not said.get("tint") and any(pair in _WHITE for pair in said.items())
        )
        if self._within == "fills" and self._filled and white:
            self._filled[-1] = False

    def _style(self, said: Mapping[str, str]) -> None:
        if self._within == "cellXfs":
            style = Style(
                _at(self._struck, said.get("fontId")), _at(self._filled, said.get("fillId"))
            )
            if any(style):
                self.found[str(self._number)] = style
            self._number += 1


def is_struck(said: Mapping[str, str]) -> bool:
    """Tell whether a ``strike`` holds: it does unless it says otherwise."""
    return "val" not in said or is_on(said, "val")


def _at(flags: list[bool], number: str | None) -> bool:
    place = int(number or 0)
    return 0 <= place < len(flags) and flags[place]
