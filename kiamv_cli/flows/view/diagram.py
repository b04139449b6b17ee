"""A flow as boxes, those who leave beside them, and its diagram in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A box: what it is called, and the ids of those in it.

    ``details`` is what is told within it, ``parts`` who is in each part of it, ``leave`` the boxes
    of those who leave it.
    """

    text: str
    ids: tuple[str, ...]
    stage: str = ""
    details: tuple[str, ...] = ()
    parts: tuple[Drawn, ...] = ()
    leave: tuple[Drawn, ...] = ()

    @property
    def count(self) -> int:
        """How many are in it."""
        return len(self.ids)

    def named(self) -> Iterator[str]:
        """Who is in it and in each of its parts, a line for each; none for what is empty."""
        for each in (self, *self.parts):
            if each.ids:
                yield f"{each.text} ({each.count}): {', '.join(each.ids)}"


def mermaid(boxes: Sequence[Drawn]) -> str:
    """Write a flow as a Mermaid flowchart, for Markdown that draws it.

    Who is in each box stands in remarks, which are not drawn.
    """
    lines = ["flowchart TD"]
    for place, box in enumerate(boxes):
        told = "".join(f"<br>{_quoted(detail)}" for detail in box.details)
        lines.append(f'    s{place}["{_quoted(box.text)} (n = {box.count}){told}"]')
        lines += _remarks(box)
        for index, left in enumerate(box.leave):
            text = f"{_quoted(left.text)} (n = {left.count})"
            lines.append(f'    s{place} --> s{place}x{index}["{text}"]')
            lines += _remarks(left)
    lines += [f"    s{place} --> s{place + 1}" for place in range(len(boxes) - 1)]
    return "\n".join(lines) + "\n"


def _remarks(box: Drawn) -> Iterator[str]:
    return (f"    %% {_quoted(line)}" for line in box.named())


def _quoted(text: str) -> str:
    """Write any sign that Mermaid or HTML could act on by its number."""
    harmless = " .,:;()-/'"
    return "".join(
        sign if sign.isalnum() or sign in harmless else f"#{ord(sign)};"
        for sign in text.replace("\u00a0", " ")
    )
