"""Where a table goes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """Columns (``None`` for a pipe or a file: as wide as it takes), colour, Unicode."""

    width: int | None = None
    colour: bool = False
    unicode: bool = True
