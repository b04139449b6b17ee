"""Words that say little in a name, or that are written in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Means = Literal["form", "word"]
# Shorter words, and initials, are no names.
SHORTEST_INITIALS = 3


class Spelling(NamedTuple):
    """A word, or several in a row, and what it means: a legal form, or the same as a word."""

    words: tuple[str, ...]
    means: Means
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the words of names mean.

    ``spellings`` are by their first word, the longest first. A legal form that is ``named`` is
    left out of a name less easily, one that is ``last`` is none elsewhere, and of a ``local`` one
    there are many of one name.
    """

    small: frozenset[str]
    common: frozenset[str]
    spellings: Mapping[str, Sequence[Spelling]]
    named: frozenset[str]
    last: frozenset[str]
    local: frozenset[str]
    joining: frozenset[str]
    translations: Mapping[str, str]
    countries: frozenset[str]

    def is_distinctive(self, word: str) -> bool:
        """Tell whether it says something that two names both have this word."""
        return (
            len(word) >= SHORTEST_INITIALS
            and not (word in self.common or word in self.small or word in self.countries)
            and not word.isdigit()
        )
