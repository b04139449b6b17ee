"""Names taken apart into what other names may have in common with them, and ids made of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import count, groupby
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, MutableMapping

# Letters that no decomposition turns into Latin ones, and signs that are read as a word.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en ", "+": " plus "}
)
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# Two letters that a sign joins are one word: A&F, A & F.
_JOINED = re.compile(r"\b([^\W\d_])\s?&\s?([^\W\d_])\b")


@dataclass(frozen=True, eq=False)
class Wording:
    """A name and its parts, each worked out when it is first asked for."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words: lower case, no accents; ``&`` is a word, other signs part words."""
        return words_of(self.text)

    @cached_property
    def brackets(self) -> tuple[str, ...]:
        """What stands in brackets, as it was written."""
        if "(" not in self.text and "[" not in self.text:
            return ()
        return tuple(each.strip() for each in _BRACKETS.findall(self.text) if each.strip())

    @cached_property
    def without_brackets(self) -> str:
        """What stands around brackets, as it was written."""
        return " ".join(_BRACKETS.sub(" ", self.text).split()) if self.brackets else self.text

    @cached_property
    def outside(self) -> tuple[str, ...]:
        """The words that do not stand in brackets; all if there are no others."""
        return (words_of(self.without_brackets) if self.brackets else ()) or self.words

    @cached_property
    def letters(self) -> str:
        """The words without what parts them."""
        return "".join(self.words)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text: letters that stand alone in a row are one, as in N.V. and NV."""
    words = words_apart(text)
    return tuple(_joined(words) if 1 in map(len, words) else words)


def words_apart(text: str) -> list[str]:
    """Return the words of a text, each letter that stands alone for itself."""
    folded = _JOINED.sub(r"\1 \2", text).casefold() if "&" in text else text.casefold()
    folded = folded.translate(_LETTERS)
    if not folded.isascii():
        folded = "".join(sign for sign in normalize("NFKD", folded) if not combining(sign))
    return _WORD.findall(folded.replace("'", "").replace("\u2019", ""))


def _joined(words: Iterable[str]) -> Iterator[str]:
    for alone, row in groupby(words, _is_letter):
        together = list(row)
        yield from ["".join(together)] if alone else together


def _is_letter(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


_LONGEST = 60
_DEVICES = ("con", "prn", "aux", "nul")
_NUMBERED = (f"{device}{number}" for device in ("com", "lpt") for number in range(10))
_RESERVED = frozenset({"longlist", *_DEVICES, *_NUMBERED})
# Letters that no decomposition turns into Latin ones.
_ID_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en "}
)


def id_of(
    name: str, ids: Collection[str] = (), numbers: MutableMapping[str, int] | None = None
) -> str:
    """Make an id of a name: lower case with hyphens, without accents, not one that is taken.

    Args:
        name: Any text; without a Latin letter or digit the id is ``ecosystem``.
        ids: Ids in use; a number is added if need be.
        numbers: The last number that each id got, where many are made one after the other; new
            ones are put into it.
    """
    plain = normalize("NFKD", name.casefold().translate(_ID_LETTERS))
    letters = "".join(sign for sign in plain if not combining(sign)).replace("'", "")
    made = "-".join(re.findall("[a-z0-9]+", letters))[:_LONGEST].strip("-") or "ecosystem"
    if made not in ids and not is_reserved(made):
        return made
    last = 1 if numbers is None else numbers.get(made, 1)
    number = next(number for number in count(last + 1) if f"{made}-{number}" not in ids)
    if numbers is not None:
        numbers[made] = number
    return f"{made}-{number}"


def is_reserved(name: str) -> bool:
    """Return whether a folder cannot have a file ``<name>.yaml`` of its own for this id.

    There ``longlist.yaml`` holds title and reference date, and Windows has devices of such names.
    """
    return name in _RESERVED
