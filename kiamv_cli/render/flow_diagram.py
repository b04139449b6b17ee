"""A flow as boxes, those who leave beside them, and its diagram in text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A box, what is told within it, and the boxes of those who leave it, each with its number."""

    stage: str
    text: str
    count: int
    details: tuple[str, ...] = ()
    leave: tuple[tuple[str, int], ...] = ()


def mermaid(boxes: Sequence[Drawn]) -> str:
    """Write a flow as a Mermaid flowchart, for Markdown that draws it."""
    lines = ["flowchart TD"]
    for place, box in enumerate(boxes):
        told = "".join(f"<br>{_quoted(detail)}" for detail in box.details)
        lines.append(f'    s{place}["{_quoted(box.text)} (n = {box.count}){told}"]')
        for index, (text, number) in enumerate(box.leave):
            lines.append(f'    s{place} --> s{place}x{index}["{_quoted(text)} (n = {number})"]')
    lines += [f"    s{place} --> s{place + 1}" for place in range(len(boxes) - 1)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write any sign that Mermaid or HTML could act on by its number."""
    harmless = " .,:;()-/'"
    return "".join(
        sign if sign.isalnum() or sign in harmless else f"#{ord(sign)};" for sign in text
    )
