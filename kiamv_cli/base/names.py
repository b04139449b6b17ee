"""Names taken apart into what other names may have in common with them, and ids made of names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Collection, MutableMapping

# Letters that no decomposition turns into Latin ones, and signs that are read as a word.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en ", "+": " plus "}
)
_WORD = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DIGITS = re.compile(r"\d+")
_SHORTEST_INITIALS, _LONGEST_INITIALS = 3, 10


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that come and go in a name, in English and Dutch: articles and the like, legal forms.
SMALL = _set(
    "a an the of for and in on at to with by from "
    "de het een van voor en op te ter ten met aan bij der den des s t door uit "
    "stichting vereniging cooperatie coop foundation association cooperative "
    "bv nv cv ua ltd inc"
)
# Words that many names of ecosystems have, in English and Dutch: to share one says little.
GENERIC = _set(
    "academy accelerator agro agrifood alliance alliantie areas board bouw business campus care "
    "center centre centrum circulair circular citizenlab city clean cleantech cluster community "
    "consortium coalitie data deal deals delta digital digitaal district duurzaam duurzame "
    "ecosystem ecosysteem economic economie economy ehealth energie energy europe europa expertise "
    "fieldlab food gebied gezond gezondheid green greenport groen groene groep group haven health "
    "healthy hub industrie industry initiatief initiative innovatie innovation institute instituut "
    "international internationaal kennis knowledge lab labs landbouw leven life living maritiem "
    "maritime medical metropool metropoolregio mission missie nationaal national nederland "
    "netherlands network netwerk nieuw new noord noordelijk north noordelijke northern oost "
    "oostelijk east eastern zuid zuidelijk south southern west westelijk western noordwest "
    "noordoost zuidoost zuidwest open park partners partnership platform port programma programme "
    "project regio regional regionaal region samen samenwerking samenwerkingsverband school "
    "science security smart social sociaal solutions sports sport stad start startup sustainable "
    "systems taskforce tech technologie technology toekomst transitie transition urban valley "
    "veilig veiligheid vitaal vitale voedsel water werkplaats wijk zorg proeftuin broedplaats "
    "topsector topsectoren holland dutch nl"
)

_COMMON = GENERIC | SMALL


@dataclass(frozen=True, eq=False)
class Wording:
    """A name and its parts, each worked out when it is first asked for."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words: lower case, no accents; ``&`` is a word, other signs part words."""
        return _words(self.text)

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
        return _words(self.without_brackets) or self.words

    @cached_property
    def letters(self) -> str:
        """The words without what parts them."""
        return "".join(self.words)

    @cached_property
    def big_words(self) -> tuple[str, ...]:
        """The words but for small ones; all if there are no others.

        A single letter at the end is not small: Line A is not Line T.
        """
        *words, last = self.words or ("",)
        kept = [word for word in words if word not in SMALL]
        return (*kept, *((last,) if last not in SMALL or len(last) == 1 else ())) or self.words

    @cached_property
    def big_letters(self) -> str:
        """Their letters, without what parts them."""
        return "".join(self.big_words)

    @cached_property
    def digits(self) -> tuple[str, ...]:
        """The numbers in it: names that differ in a number are not spelled alike."""
        return tuple(_DIGITS.findall(self.letters)) if not self.letters.isalpha() else ()

    @cached_property
    def telling(self) -> frozenset[str]:
        """The same in no order."""
        return frozenset(self.big_words)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of the words outside brackets, with and without small words."""
        some = [word for word in self.outside if word not in SMALL]
        made = {"".join(word[0] for word in words) for words in (self.outside, some)}
        fits = (each for each in made if _SHORTEST_INITIALS <= len(each) <= _LONGEST_INITIALS)
        return frozenset(fits)

    @property
    def is_one_word(self) -> bool:
        """Whether it could be an acronym."""
        return len(self.words) == 1 and (
            _SHORTEST_INITIALS <= len(self.letters) <= _LONGEST_INITIALS
        )


def is_distinctive(word: str) -> bool:
    """Tell whether it says something that two names both have this word."""
    return len(word) >= _SHORTEST_INITIALS and word not in _COMMON and not word.isdigit()


def _words(text: str) -> tuple[str, ...]:
    folded = text.casefold().translate(_LETTERS)
    if not folded.isascii():
        folded = "".join(sign for sign in normalize("NFKD", folded) if not combining(sign))
    return tuple(_WORD.findall(folded.replace("'", "").replace("\u2019", "")))


_LONGEST = 60
_DEVICES = ("con", "prn", "aux", "nul")
_NUMBERED = (f"{device}{number}" for device in ("com", "lpt") for number in range(10))
_RESERVED = frozenset({"longlist", *_DEVICES, *_NUMBERED})
# Letters that no decomposition turns into Latin ones.
_ID_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "œ": "oe", "đ": "d", "&": " en "}
)


def id_of(
    name: str, taken: Collection[str] = (), numbers: MutableMapping[str, int] | None = None
) -> str:
    """Make an id of a name: lower case with hyphens, without accents, not one that is taken.

    Args:
        name: Any text; without a Latin letter or digit the id is ``ecosystem``.
        taken: Ids in use; a number is added if need be.
        numbers: The last number that each id got, where many are made one after the other; new
            ones are put into it.
    """
    plain = normalize("NFKD", name.casefold().translate(_ID_LETTERS))
    letters = "".join(sign for sign in plain if not combining(sign)).replace("'", "")
    made = "-".join(re.findall("[a-z0-9]+", letters))[:_LONGEST].strip("-") or "ecosystem"
    if made not in taken and not is_reserved(made):
        return made
    last = 1 if numbers is None else numbers.get(made, 1)
    number = next(number for number in count(last + 1) if f"{made}-{number}" not in taken)
    if numbers is not None:
        numbers[made] = number
    return f"{made}-{number}"


def is_reserved(name: str) -> bool:
    """Tell whether a folder cannot have a file ``<name>.yaml`` of its own for this id.

    There ``longlist.yaml`` holds title and reference date, and Windows has devices of such names.
    """
    return name in _RESERVED
