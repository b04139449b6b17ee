"""Texts whose parts have fonts of their own: what is struck through in them, and what is left."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from kiamv_cli.loading.sheets.styles import is_struck
from kiamv_cli.loading.sheets.xml import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.loading.sheets.xml import Handler


def struck_texts(raw: bytes) -> dict[int, str]:
    """Give what is left of the shared texts of a workbook that are struck through in part.

    Raises:
        ValueError: The part says that it holds more texts than there is room for in it.
    """
    runs, found, number = Runs(), dict[int, str](), -1
    walks = may_be_struck(raw)

    def table(said: Mapping[str, str]) -> None:
        # Calamine makes room for as many as there are said to be.
        if int(said.get("uniqueCount", "0")[:30]) > len(raw):
            raise ValueError(said["uniqueCount"])
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
    """Tell whether anything in a part can be struck through, at a glance."""
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

    def _strike(self, said: Mapping[str, str]) -> None:
        if is_struck(said):
            self._into = self._gone

    def _sound(self, _said: Mapping[str, str]) -> None:
        self._into = []

    def _text(self, _said: Mapping[str, str]) -> None:
        self.reader.collect(self._into)
