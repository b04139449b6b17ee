"""Text and numbers: for people, safe to print; in data, exact, with what a document says first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kiamv_cli.base import __version__
from kiamv_cli.base.language import _, current_language, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date


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
_MOST_PLACES = 6
# Running text is wrapped at a width that people can read.
PROSE_WIDTH = 100
NO_BREAK = "\u00a0"
_HARMLESS: dict[int, int | str] = {**_PICTURES, **_NAMED}
# Dutch writes 1.234,56 where English writes 1,234.56.
_DUTCH_NUMBER = str.maketrans(".,", ",.")
_DUTCH_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def clean(text: str) -> str:
    """Replace what a terminal could act on by a visible sign; other text stays as it is."""
    # What is printable is harmless, and to ask is faster than to look each sign up.
    return text if text.isprintable() else text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """Put a text on one line: its breaks and tabs become blanks."""
    return text if text.isprintable() else re.sub(r"\r\n?|[\n\t]", " ", text)


def indents(text: str) -> tuple[int, int]:
    """How far the first line of running text is indented, and how far the others."""
    first = len(text) - len(text.lstrip(" "))
    return first, first + 2 * text[first:].startswith(("• ", "* ", "- "))


def number(value: Fraction) -> float:
    """A number as data formats show it: rounded to 6 decimals."""
    return float(round(value, 6))


def decimal(number: Fraction, places: int = 2) -> str:
    """Format a number with so many decimals, rounded half away from zero as spreadsheets do."""
    shift = 10**places
    units, part = divmod(abs(half_away(number * shift)), shift)
    sign = "-" if number < 0 and units + part else ""
    return in_style(f"{sign}{units}.{part:0{places}}" if places else f"{sign}{units}")


def half_away(number: Fraction) -> int:
    """Return the nearest whole number; of two as near, the one further from zero."""
    nearest = int(abs(number) + Fraction(1, 2))
    return -nearest if number < 0 else nearest


def difference(larger: Fraction, smaller: Fraction) -> tuple[str, str, str]:
    """Format two numbers and how they differ, with the decimals it takes to agree: at least two.

    With two, 17.5, 16.125 and the 1.375 between them would not add up. Of thirds no decimals do:
    then there are three, and the difference is that of the numbers as they are shown.
    """
    for places in (2, 3, 4):
        shift = 10**places
        first, second = half_away(larger * shift), half_away(smaller * shift)
        if first - second == half_away((larger - smaller) * shift):
            return (
                decimal(larger, places),
                decimal(smaller, places),
                decimal(larger - smaller, places),
            )
    apart = Fraction(half_away(larger * 1000) - half_away(smaller * 1000), 1000)
    return decimal(larger, 3), decimal(smaller, 3), decimal(apart, 3)


def whole(number: int) -> str:
    """Write a whole number in groups of three: ``1,234``, in Dutch ``1.234``."""
    return in_style(f"{number:,}")


def date_text(day: date) -> str:
    """Write a date: ``2020-11-30``, in Dutch ``30 november 2020``."""
    if current_language() == "nl":
        return f"{day.day} {_DUTCH_MONTHS[day.month - 1]} {day.year}"
    return day.isoformat()


def in_style(number: str) -> str:
    """Put a number that is written in English, ``1,234.5``, in the style of the language."""
    return number.translate(_DUTCH_NUMBER) if current_language() == "nl" else number


def exact(number: Fraction) -> str:
    """Write a number with two decimals; where these round it, also as it is: ``0.67 (2/3)``."""
    short = decimal(number)
    return short if (number * 100).denominator == 1 else f"{short} ({number})"


def points_text(points: Fraction) -> str:
    """Write a difference of scores with two decimals, or with the more that it takes to be seen."""
    seen = (each for each in range(2, _MOST_PLACES) if half_away(points * 10**each))
    places = next(seen, _MOST_PLACES if points else 2)
    return decimal(points, places)


def seats(number: Fraction) -> str:
    """Write seats with up to two decimals: ``2``, ``1.5``, ``1.67``."""
    return decimal(number).rstrip("0").rstrip(".,")


def aligned_seats(numbers: Iterable[Fraction]) -> Callable[[Fraction], str]:
    """Return what formats seats below each other, with as many decimals as any of them needs."""
    hundredths = [half_away(each * 100) for each in numbers]
    places = (
        2 if any(each % 10 for each in hundredths) else int(any(each % 100 for each in hundredths))
    )
    return lambda number: decimal(number, places)


def seats_text(number: Fraction) -> str:
    """Write seats with their noun: ``1 seat``, ``1.5 seats``."""
    return ngettext("{seats} seat", "{seats} seats", one_or_many(number), seats=seats(number))


def one_or_many(number: Fraction) -> int:
    """Return by which number of things a fraction is worded: one is one, all others are many."""
    return 1 if number == 1 else 2


def percent(share: Fraction, places: int = 1) -> str:
    """Write a share as a percentage: ``12.5%``, in Dutch ``12,5%``."""
    return f"{decimal(share * 100, places)}%"


def listing(items: list[str] | tuple[str, ...]) -> str:
    """Join words: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:  # noqa: PLR2004 - there is no last one to set apart
        return "".join(items)
    return _("{others} and {last}", others=", ".join(items[:-1]), last=items[-1])


def either(items: list[str] | tuple[str, ...]) -> str:
    """Join words of which one is enough: ``a``, ``a or b``, ``a, b or c``."""
    if len(items) < 2:  # noqa: PLR2004 - there is no last one to set apart
        return "".join(items)
    return _("{others} or {last}", others=", ".join(items[:-1]), last=items[-1])


# A longer list of names is no help in a sentence; data have them all.
MOST_NAMES = 20


def first_of(items: list[str], most: int) -> list[str]:
    """The first items; of those beyond ``most`` only how many: ``a``, ``b``, ``3 more``."""
    if len(items) <= most:
        return items
    return [*items[:most], _("{n} more", n=len(items) - most)]


def count(number: int, noun: str, plural: str) -> str:
    """A number with its noun, in English one and many: ``1 fact``, ``2 facts``."""
    return f"{whole(number)} {ngettext(noun, plural, number)}"


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

    def mark(self, verdict: str) -> str:
        """The sign of a verdict."""
        marks: dict[str, str] = {
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


# The documents that promise something else than they did at first; all others are of version 1.
_VERSIONS: Mapping[str, int] = dict.fromkeys(
    (
        "check",
        "clash",
        "classify",
        "diff",
        "explain",
        "flow",
        "gaps",
        "review-agreement",
        "review-spread",
        "robustness",
        "score",
        "shortlist",
        "sources",
        "spread",
        "survey-compare",
        "tradeoff",
        "verify",
    ),
    2,
)


def heading(command: str) -> dict[str, object]:
    """Return what every document says of itself: its kind, and the version of kiamv."""
    return {"schema": f"kiamv/{command}/{_VERSIONS.get(command, 1)}", "kiamv": __version__}


def exactly(value: Fraction) -> dict[str, float | str]:
    """Return a number that is exact inside: to six decimals, and as it is, such as ``55/12``."""
    return {"value": number(value), "exact": str(value)}


def exact_number(value: Fraction) -> float | str:
    """Return a number as it is where six decimals can write it, else as a text such as ``1/3``."""
    short = number(value)
    return short if value * 10**6 == int(value * 10**6) else str(value)
