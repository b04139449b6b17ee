"""Headings of columns that people asked to leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Ignored:
    """Tells whether a heading is among them, and knows which of them matched none so far.

    Capitals do not count, nor do blanks around and the number of those within.
    """

    def __init__(self, headings: Iterable[str] = ()) -> None:
        """Start with nothing matched."""
        self._headings = {_folded(each): each for each in headings if each.strip()}
        self._matched = set[str]()

    def __contains__(self, heading: object) -> bool:
        """Whether a heading is left out; if so, it counts as matched."""
        found = _folded(heading) if isinstance(heading, str) else ""
        if found in self._headings:
            self._matched.add(found)
        return found in self._headings

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Those that were no heading of any table read with this, as they were given."""
        return tuple(each for folded, each in self._headings.items() if folded not in self._matched)


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().split())
