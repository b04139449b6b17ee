"""Names of provinces and themes as people write them, where only one can be meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Mapping

# Earlier and shorter ways to write a province, without blanks and hyphens.
_SPELLINGS: Mapping[str, str] = {
    "drente": "drenthe",
    "overijsel": "overijssel",
    "brabant": "noordbrabant",
    "nbrabant": "noordbrabant",
    "nholland": "noordholland",
    "zholland": "zuidholland",
}
_BEFORE = re.compile(r"(provincie|prov\.?|province of) ", re.IGNORECASE)
# Shorter words (and, the) tell no theme from another.
_WORD = re.compile(r"[^\W\d_]{4,}")


def by_spelling(text: str, names: Mapping[str, str]) -> str | None:
    """Find a code by its name without hyphens and accents, in an earlier spelling, or by its end.

    Args:
        text: What was written.
        names: Codes by their names, in lower case.
    """
    plain = _plain(_BEFORE.sub("", text, count=1))
    found = {code for name, code in names.items() if _plain(name) == _SPELLINGS.get(plain, plain)}
    # What follows the country in a code of ISO 3166-2: ZH for NL-ZH.
    found |= {code for code in names.values() if plain and _plain(code.partition("-")[2]) == plain}
    return found.pop() if len(found) == 1 else None


def by_part(text: str, names: Mapping[str, str]) -> str | None:
    """Find the one code in whose name each longer word of a text stands, or begins a word.

    Args:
        text: What was written; ``None`` if it has no such word.
        names: Codes by their names, in lower case.
    """
    asked = _WORD.findall(text.casefold())
    found = {
        code
        for name, code in names.items()
        if asked and all(any(own.startswith(word) for own in _WORD.findall(name)) for word in asked)
    }
    return found.pop() if len(found) == 1 else None


def _plain(name: str) -> str:
    signs = normalize("NFKD", name.casefold())
    return "".join(sign for sign in signs if sign.isalnum() and not combining(sign))
