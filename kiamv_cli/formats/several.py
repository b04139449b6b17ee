"""Several values in one text, as people write them: with commas, slashes, ``&``, and, en."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Of a text without double blanks; so no text takes more than one look at each of its signs.
_BETWEEN = re.compile(r"[;,/&\n]| (?:en|and) ", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
# Initials: P&G, R&D.
_SHORT = 2


def parts_of(text: str, names: Iterable[str], is_known: Callable[[str], bool]) -> list[str]:
    """Part a text into the values in it; a value that holds such a sign itself stays whole.

    Args:
        text: What was written.
        names: All names of values; they tell how many such signs a name can hold.
        is_known: Whether a text is one value.
    """
    text = _BLANKS.sub(" ", text)
    ends = [(found.start(), found.end()) for found in _BETWEEN.finditer(text)]
    starts = [0, *(end for _start, end in ends)]
    stops = [*(start for start, _end in ends), len(text)]
    longest = 1 + max((len(_BETWEEN.findall(name)) for name in names), default=0)
    parts, at = list[str](), 0
    while at < len(starts):
        lengths = range(min(longest, len(starts) - at), 1, -1)
        wholes = ((length, text[starts[at] : stops[at + length - 1]]) for length in lengths)
        length, part = next(
            (each for each in wholes if is_known(each[1].strip())),
            (1, text[starts[at] : stops[at]]),
        )
        parts += [part.strip()] if part.strip() else []
        at += length
    return parts


def may_be_several(name: str, *, commas_only: bool = False) -> bool:
    """Tell whether what is read as one name may be several: each part begins like a name."""
    name = _BLANKS.sub(" ", name)
    parts = [part.strip() for part in (name.split(",") if commas_only else _BETWEEN.split(name))]
    if len(parts) == 1 or all(len(part) <= _SHORT for part in parts):
        return False
    return not any(part[:1].islower() or not part for part in parts)
