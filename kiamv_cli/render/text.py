"""Text and numbers for people, safe to print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from kiamv_cli.core.longlist import Verdict

# C0 controls and DEL have a picture of their own in Unicode; C1 controls have none.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_NAMED = {
    code: f"<U+{code:04X}>"
    for code in (
        *range(0x80, 0xA0),  # C1 controls: some terminals read them as escape sequences
        *(0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),  # bidi
        *(0x2028, 0x2029, 0xFEFF),  # line and paragraph separators, byte order mark
        *range(0xD800, 0xE000),  # lone surrogates cannot be encoded
    )
}
# Running text is wrapped at a width that people can read.
PROSE_WIDTH = 100
_HARMLESS: dict[int, int | str] = {**_PICTURES, **_NAMED}


def clean(text: str) -> str:
    """Replace what a terminal could act on by a visible sign; other text stays as it is."""
    return text.translate(_HARMLESS)


def number(value: Fraction) -> float:
    """A number as data formats show it: rounded to 6 decimals."""
    return float(round(value, 6))


def decimal(number: Fraction, places: int = 2) -> str:
    """Write a number with so many decimals, rounded half to even."""
    return f"{float(round(number, places)):.{places}f}"


def exact(number: Fraction) -> str:
    """Write a number with two decimals; where these round it, also as it is: ``0.67 (2/3)``."""
    short = decimal(number)
    return short if (number * 100).denominator == 1 else f"{short} ({number})"


def seats(number: Fraction) -> str:
    """Write seats with up to two decimals: ``2``, ``1.5``, ``1.67``."""
    return decimal(number).rstrip("0").rstrip(".")


def listing(items: list[str] | tuple[str, ...]) -> str:
    """Join words: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 fact``, ``2 facts``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


@dataclass(frozen=True, slots=True)
class Symbols:
    """The signs that tables use; ASCII ones where the output cannot show others."""

    met: str = "●"
    partly: str = "◐"
    not_met: str = "○"
    unknown: str = "?"
    full: str = "█"
    light: str = "░"
    dash: str = "–"
    up: str = "↑"
    arrow: str = "→"
    ellipsis: str = "…"
    nothing: str = "·"
    rule: str = "─"
    wall: str = "│"
    corner: str = "└"
    point: str = "•"
    marked: str = "◆"
    plus_minus: str = "±"

    def mark(self, verdict: Verdict) -> str:
        """The sign of a verdict."""
        marks: dict[Verdict, str] = {
            "met": self.met,
            "partly": self.partly,
            "not-met": self.not_met,
            "unknown": self.unknown,
        }
        return marks[verdict]

    def bar(self, proven: Fraction, possible: Fraction, width: int = 10) -> str:
        """A bar of ``width`` signs: solid up to ``proven``, light up to ``possible`` (0 to 1)."""
        solid, whole = round(proven * width), round(possible * width)
        return self.full * solid + self.light * (whole - solid)


UNICODE = Symbols()
ASCII = Symbols(
    met="+",
    partly="~",
    not_met="-",
    full="#",
    light=".",
    dash="-",
    up="^",
    arrow="->",
    ellipsis="...",
    nothing=".",
    rule="-",
    wall="|",
    corner="+",
    point="*",
    marked="@",
    plus_minus="+-",
)
