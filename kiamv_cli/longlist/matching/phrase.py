"""A name taken apart by what its words mean: small words, legal forms, spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.names import Wording, words_apart, words_of
from kiamv_cli.formats.vocabulary import SHORTEST_INITIALS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.formats.vocabulary import Spelling, Vocabulary

    Spellings = Mapping[str, Sequence[Spelling]]

_DIGITS = re.compile(r"\d+")
# What so few words have in common may be said of two.
_PAIR = 2
# What ends a part of a name.
_PARTS = re.compile(r"[,;()\[\]]")
# What may be letters that stand alone in a row.
_ROW = re.compile(r"\b[^\W\d_]\W+[^\W\d_]\b")
_LONGEST_INITIALS = 10


class Piece(NamedTuple):
    """A word, or several with one meaning, as written and as it is compared."""

    written: tuple[str, ...]
    word: str
    form: str = ""


@dataclass(frozen=True, eq=False)
class Phrase(Wording):
    """A name and its parts, each worked out when it is first asked for."""

    known: Vocabulary

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What it is made of, small words too."""
        parts = _PARTS.split(self.text)
        if len(parts) == 1:
            return _pieces(self.words, self.known)
        return tuple(piece for part in parts for piece in _pieces(words_of(part), self.known))

    @cached_property
    def small(self) -> frozenset[str]:
        """The small words in it; letters that stand alone, as in A&M, never make one."""
        found = self.known.small.intersection(self.words)
        if found and _ROW.search(self.text):
            return found.intersection(words_apart(self.text))
        return found

    @cached_property
    def big_words(self) -> tuple[str, ...]:
        """The words but for small ones and legal forms; all if there are no others.

        A single letter at the end is not small: Line A is not Line T.
        """
        return self._kept[0]

    @property
    def compared(self) -> tuple[str, ...]:
        """The same, each in one of its spellings."""
        return self._kept[1]

    @cached_property
    def _kept(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        small = self.small
        if self.known.spellings.keys().isdisjoint(self.words):
            last = len(self.words) - 1
            kept = tuple(
                word
                for at, word in enumerate(self.words)
                if word not in small or (at == last and len(word) == 1)
            )
            return kept or self.words, kept or self.words
        last = len(self.pieces) - 1
        pieces = [
            each
            for at, each in enumerate(self.pieces)
            if not each.form and (each.word not in small or (at == last and len(each.word) == 1))
        ] or self.pieces
        written = tuple(word for each in pieces for word in each.written)
        return written, tuple(each.word for each in pieces)

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
        """The same words in no order."""
        return frozenset(self.compared)

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The same words in the order of letters; a word that is there twice counts twice."""
        return tuple(sorted(self.compared))

    @cached_property
    def translated(self) -> tuple[str, ...]:
        """The same in one language, as far as it is known."""
        known = self.known.translations
        if known.keys().isdisjoint(self.telling):
            return self.in_order
        return tuple(sorted(known.get(word, word) for word in self.compared))

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its legal forms."""
        return frozenset(each.form for each in self.pieces if each.form)

    @cached_property
    def is_named_by_form(self) -> bool:
        """Whether a form in it is a word of the name itself, as that of a foundation."""
        named = self.known.named
        return any(each.form and named.issuperset(each.written) for each in self.pieces)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of the words outside brackets, with and without small words."""
        some = self.of(self.without_brackets).big_words if self.brackets else self.big_words
        made = {"".join(word[0] for word in words) for words in (self.outside, some)}
        fits = (each for each in made if SHORTEST_INITIALS <= len(each) <= _LONGEST_INITIALS)
        return frozenset(fits)

    def of(self, text: str) -> Phrase:
        """Return another text, or a part of this one, read with the same words."""
        return Phrase(text, self.known)

    @property
    def is_one_word(self) -> bool:
        """Whether it could be an acronym."""
        return len(self.words) == 1 and (
            SHORTEST_INITIALS <= len(self.letters) <= _LONGEST_INITIALS
        )

    def is_turned(self, other: Phrase) -> bool:
        """Return whether a small word turns two words round, as in University of Lincoln."""
        few = len(self.compared) <= _PAIR and self.in_order == other.in_order
        return few and self.compared != other.compared and self.small != other.small

    def agrees(self, other: Phrase) -> bool:
        """Return whether the legal forms of both allow that they are one."""
        if self.forms and other.forms:
            return not self.forms.isdisjoint(other.forms)
        return not (self.is_named_by_form or other.is_named_by_form)


def _pieces(words: Sequence[str], known: Vocabulary) -> tuple[Piece, ...]:
    """Return what a part of a name is made of; a form that is a word too counts at its end."""
    pieces = tuple(_spelled(words, known.spellings))
    if not any(each.form for each in pieces):
        return pieces
    end = max((at for at, each in enumerate(pieces) if not each.form), default=-1) + 1
    says = any(known.is_distinctive(each.word) for each in pieces[:end])
    return tuple(
        each._replace(form="")
        if each.form and known.last.issuperset(each.written) and not (says and at >= end)
        else each
        for at, each in enumerate(pieces)
    )


def _spelled(words: Sequence[str], known: Spellings) -> Iterator[Piece]:
    """Yield the pieces, of each place the longest that is known."""
    at = 0
    while at < len(words):
        first = known.get(words[at])
        each = first and next((one for one in first if _stands(one, words, at)), None)
        if each:
            yield _piece(each)
            at += len(each.words)
        else:
            yield Piece((words[at],), words[at])
            at += 1


def _stands(spelling: Spelling, words: Sequence[str], at: int) -> bool:
    length = len(spelling.words)
    return length == 1 or tuple(words[at : at + length]) == spelling.words


def _piece(spelling: Spelling) -> Piece:
    is_form = spelling.means == "form"
    word = "".join(spelling.words) if is_form else spelling.meaning
    return Piece(spelling.words, word, spelling.meaning if is_form else "")
