"""The rules by which two names are suspected: docs/convention.md, rules N2 to N7.

Each rule sorts names by a key and meets those of equal keys; none compares each with each. A key
that many have tells little, so such are passed over.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from kiamv_cli.core.labels import folded
from kiamv_cli.core.wording import Wording, is_distinctive
from kiamv_cli.matching.misspelling import spelled_alike
from kiamv_cli.matching.names import Hit, Names, by_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kiamv_cli.core.duplicates import Kind

# So many entries may share a word, a page or initials until it no longer tells.
_FEW = 3
# So many may share all words of a shorter name.
_SOME = 10
_RAREST = 200


def hits(names: Names, least: int = 0) -> Iterator[Hit]:
    """Find all pairs of names that any rule suspects; two entries may have several.

    Rules of which no hit is as strong as ``least``, in per cent, are passed over.
    """
    for rule, strongest in _RULES.items():
        if strongest >= least:
            yield from rule(names)


def _equal(names: Names) -> Iterator[Hit]:
    """Rule N2: the same but for what does not matter."""
    wordings = names.wordings
    for one, other in names.meet((each.telling, at) for at, each in enumerate(wordings)):
        first, second = wordings[one], wordings[other]
        if folded(first.text) == folded(second.text):
            yield Hit(one, other, "same-name", 100)
        elif first.letters != second.letters:
            yield Hit(one, other, "same-words", 95)
    for one, other in names.meet((each.big_letters, at) for at, each in enumerate(wordings)):
        if wordings[one].telling != wordings[other].telling:
            yield Hit(one, other, "same-words", 95)
    for one, other in names.meet((each.letters, at) for at, each in enumerate(wordings)):
        if wordings[one].words and folded(wordings[one].text) != folded(wordings[other].text):
            yield Hit(one, other, "same-letters", 98)


def _brackets(names: Names) -> Iterator[Hit]:
    """Rule N5: a name in the brackets of another, and the same but for brackets."""
    by_letters = by_key((each.letters, at) for at, each in enumerate(names.wordings))
    inside: list[tuple[str, int]] = []
    for at, each in enumerate(names.wordings):
        if each.brackets:
            for found in by_letters.get("".join(each.outside), ()):
                yield Hit(at, found, "without-brackets", 92)
        for content in each.brackets:
            within = Wording(content)
            if not within.letters:
                continue
            inside.append((within.letters, at))
            kind: Kind = "acronym-in-brackets" if _stands_for(within, each) else "in-brackets"
            for found in by_letters.get(within.letters, ()):
                yield Hit(at, found, kind, 95 if kind == "acronym-in-brackets" else 70, content)
    for one, other in names.meet(inside):
        shared = next(iter(names.wordings[one].brackets), "")
        yield Hit(one, other, "same-brackets", 40, shared)


def _stands_for(acronym: Wording, name: Wording) -> bool:
    return acronym.is_one_word and acronym.letters in name.initials


def _initials(names: Names) -> Iterator[Hit]:
    """Rule N6: a name, or a word before or in brackets, made of the initials of another name."""
    acronyms = by_key(
        (acronym.letters, (at, acronym.text))
        for at, each in enumerate(names.wordings)
        for acronym in _acronyms(each)
    )
    spelled = by_key(
        (initials, at)
        for at, each in enumerate(names.wordings)
        for initials in each.initials
        if initials in acronyms
    )
    for initials, places in spelled.items():
        short = acronyms[initials]
        if max(map(len, map(names.owners_of, (places, [at for at, _ in short])))) <= _FEW:
            strength = 85 if len(initials) > _FEW else 70
            for one, (other, acronym) in product(places, short):
                yield Hit(one, other, "initials", strength, acronym)


def _acronyms(name: Wording) -> Iterator[Wording]:
    """Give the words that a name is or has before or in brackets, but not what it is short for."""
    within = [Wording(each) for each in name.brackets]
    parts = [Wording(name.without_brackets), *within] if within else [name]
    explained = frozenset[str]().union(*(each.initials for each in (*parts, *within)))
    yield from (each for each in parts if each.is_one_word and each.letters not in explained)


def _within(names: Names) -> Iterator[Hit]:
    """Rule N7: all words of a name are words of a longer one."""
    for at, each in enumerate(names.wordings):
        words = sorted(each.telling, key=lambda word: (len(names.by_word[word]), word))
        telling = sum(map(is_distinctive, words))
        if not words or len(names.by_word[words[0]]) > _RAREST or (len(words) == 1 and not telling):
            continue
        longer = set.intersection(*(names.by_word[word] for word in words))
        longer = {one for one in longer if names.wordings[one].telling > each.telling}
        if 0 < len(names.owners_of(longer)) <= _SOME:
            strength = 45 if not telling else 70 if len(words) > 1 else 60
            for found in sorted(longer):
                yield Hit(at, found, "words-within", strength, each.text)


def _shared_word(names: Names) -> Iterator[Hit]:
    """Rule N7: a word that few have."""
    for word, places in names.by_word.items():
        if len(places) > 1 and is_distinctive(word) and len(names.owners_of(places)) <= _FEW:
            for one, other in combinations(sorted(places), 2):
                yield Hit(one, other, "shared-word", 40, word)


# Each with the strength of its strongest hit.
_RULES: Mapping[Callable[[Names], Iterator[Hit]], int] = {
    _equal: 100,
    _brackets: 95,
    _initials: 85,
    spelled_alike: 99,
    _within: 70,
    _shared_word: 40,
}
