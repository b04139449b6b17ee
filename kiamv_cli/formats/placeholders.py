"""Texts that are no answer: what people write into a cell or a key when they have nothing to say.

The words are data, in ``placeholders.yaml``. Where a name, a text or a source is wanted, none of
them is ever taken for one; in a column of numbers, or of yes and no, some are values.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, cast, get_args
from unicodedata import normalize

from kiamv_cli.formats.package_data import yaml_table

if TYPE_CHECKING:
    from collections.abc import Mapping

Meaning = Literal["unknown", "none", "yes"]
_START = 3
_SIGNS = ("x", "0")  # once or more


def is_placeholder(text: str) -> bool:
    """Tell whether a text is no answer."""
    return placeholder(text) is not None


def placeholder(text: str) -> Meaning | None:
    """Tell what a text that is no answer means; ``None`` for any other text."""
    words, longest, starts, signs = _vocabulary()
    # Nearly all texts are told apart by their length or first letters, at little cost.
    if len(text) > longest:
        return None
    start = text[:_START].lower()
    if start not in starts and start.isalnum() and start.isascii():
        return None
    letters = _letters(text)
    if not letters:
        return "unknown" if text.strip() and signs.issuperset("".join(text.split())) else None
    if not letters.strip("x"):
        return "yes"
    return words.get(letters) or (None if letters.strip("0") else "none")


@cache
def _vocabulary() -> tuple[Mapping[str, Meaning], int, frozenset[str], frozenset[str]]:
    """The words by their letters, how long a text can be that is one, their starts; the signs."""
    table = cast("dict[str, list[str]]", yaml_table("placeholders.yaml"))
    words = {_letters(word): each for each in get_args(Meaning) for word in table[each]}
    starts = {sign * times for sign in _SIGNS for times in range(1, _START + 1)}
    starts |= {word[:_START] for word in words}
    return words, 2 * max(map(len, words)), frozenset(starts), frozenset(table["signs"])


def _letters(text: str) -> str:
    plain = text if text.isascii() else normalize("NFKC", text)
    return "".join(filter(str.isalnum, plain.casefold()))
