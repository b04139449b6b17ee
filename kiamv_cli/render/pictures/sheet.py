"""A sheet to draw a figure on, from the top down: its title, what is drawn, and notes below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiamv_cli.language import current_language
from kiamv_cli.render.pictures.figure import Figure
from kiamv_cli.render.pictures.marks import SMALL, words, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

EDGE = 16
_TITLE, _TITLE_LINE = 16, 21
_LINE, _SMALL_LINE = 18, 16


@dataclass(slots=True)
class Sheet:
    """Collects elements; ``y`` is where the next thing may begin, in pixels from the top."""

    width: int
    y: float = EDGE
    parts: list[str] = field(default_factory=list)

    @property
    def room(self) -> int:
        """The width between the edges."""
        return self.width - 2 * EDGE

    def add(self, *parts: str) -> None:
        """Draw elements."""
        self.parts += parts

    def title(self, text: str) -> None:
        """Write the title, and leave room below it."""
        self._write(text, "title", _TITLE * 1.04, _TITLE_LINE)
        self.y += 10

    def note(self, text: str, kind: str = "small faint") -> None:
        """Write small running text."""
        self._write(text, kind, SMALL, _SMALL_LINE)

    def figure(self, name: str, title: str, told: Iterable[str]) -> Figure:
        """Finish: what is told, sentence by sentence, is the text alternative."""
        return Figure(
            id=name,
            title=title,
            description=" ".join(told),
            width=self.width,
            height=round(self.y + EDGE),
            body="\n".join(self.parts),
            language=current_language(),
        )

    def _write(self, text: str, kind: str, size: float, step: float) -> None:
        for line in wrapped(text, self.room, size):
            self.y += step
            self.parts.append(words(EDGE, self.y - step + size, line, kind))
