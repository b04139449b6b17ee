"""A plot of points in text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.display.document import Cell, Picture
from kiamv_cli.display.text import decimal, seats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from kiamv_cli.display.text import Symbols

_WIDE, _HIGH = 60, 12
Point = tuple["Fraction", "Fraction"]


def plot(points: Sequence[Point], marked: Point | None, symbols: Symbols) -> Picture:
    """Draw points (x, y) between axes, which begin at the least x and y there are.

    Args:
        points: At least one.
        marked: The one of them with a sign of its own.
        symbols: What to draw with.
    """
    across, up = _Axis([x for x, _ in points], _WIDE), _Axis([y for _, y in points], _HIGH)
    signs = dict.fromkeys(((across.place(x), up.place(y)) for x, y in points), symbols.point)
    if marked is not None:
        signs[across.place(marked[0]), up.place(marked[1])] = symbols.marked
    labels = {_HIGH - 1: decimal(up.high), 0: decimal(up.low)}
    margin = max(map(len, labels.values()))
    lines = []
    for row in reversed(range(_HIGH)):
        drawn = "".join(signs.get((column, row), " ") for column in range(_WIDE))
        lines.append(f"{labels.get(row, ''):>{margin}} {symbols.wall}{drawn}")
    lines.append(" " * (margin + 1) + symbols.corner + symbols.rule * _WIDE)
    low, high = seats(across.low), seats(across.high)
    lines.append(" " * (margin + 2) + low + high.rjust(_WIDE - len(low)))
    return Picture(tuple((Cell(line.rstrip()),) for line in lines))


class _Axis:
    """Places values on a number of steps from the lowest to the highest."""

    def __init__(self, values: Sequence[Fraction], steps: int) -> None:
        self.low, self.high = min(values), max(values)
        self._steps = steps

    def place(self, value: Fraction) -> int:
        """The step of a value, from 0."""
        width = self.high - self.low
        return round((value - self.low) / width * (self._steps - 1)) if width else 0
