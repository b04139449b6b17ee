"""The rules by which two names are suspected: docs/convention.md, rules N2 to N7.

Each rule sorts names by a key and meets those of equal keys; none compares each with each. A key
that many have tells little, so such are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rapidfuzz.distance import Levenshtein

from kiamv_cli.core.wording import GENERIC, Wording, is_distinctive
from kiamv_cli.matching.spelling import near_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.core.duplicates import Kind, Named

_Key = TypeVar("_Key", bound="Hashable")
_Value = TypeVar("_Value")
# So many entries may share a word, a page or initials until it no longer tells.
_FEW = 3
# So many may share all words of a shorter name; and so many are met one by one.
_SOME, _MANY = 10, 30
_RAREST = 200
# So many may share a piece of their letters, in names and in words; see _misspelled_word. Of few
# names more may: a long list has about so many shared pieces looked at, a short one all.
_SHARE_NAME, _SHARE_WORD = 100, 1000
_SHARED = 10_000_000
# What is less alike, in per cent, is not spelled alike.
_ALIKE = 40


class Hit(NamedTuple):
    """Two names, by their places among all names, that a rule suspects."""

    one: int
    other: int
    kind: Kind
    strength: int
    shared: str = ""


@dataclass(frozen=True, eq=False)
class Names:
    """All names of some entries; ``owners`` gives for each the place of its entry.

    No slots: what several rules need is worked out once.
    """

    entries: Sequence[Named]

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The names, taken apart."""
        return tuple(Wording(name) for each in self.entries for name in each.names)

    @cached_property
    def owners(self) -> tuple[int, ...]:
        """Whose name each of them is."""
        return tuple(place for place, each in enumerate(self.entries) for _ in each.names)

    @cached_property
    def by_word(self) -> Mapping[str, set[int]]:
        """The names that have a word, small words left out."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for place, each in enumerate(self.wordings):
            for word in each.telling:
                found[word].add(place)
        return found

    @cached_property
    def places(self) -> range:
        """Where the names are."""
        return range(len(self.wordings))

    def owners_of(self, places: Iterable[int]) -> set[int]:
        """The entries whose names these are."""
        return {self.owners[place] for place in places}

    def meet(self, keyed: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
        """Pair names of different entries whose keys are equal.

        Where very many have a key, the first is paired with each of the others: who answers that
        they are the same has answered for all.
        """
        for found in _by_key(keyed).values():
            few = len(found) <= _MANY
            pairs = combinations(found, 2) if few else ((found[0], each) for each in found[1:])
            yield from (pair for pair in pairs if self.owners[pair[0]] != self.owners[pair[1]])


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
        if " ".join(first.text.casefold().split()) == " ".join(second.text.casefold().split()):
            yield Hit(one, other, "same-name", 100)
        elif first.letters != second.letters:
            yield Hit(one, other, "same-words", 95)
    for one, other in names.meet((each.big_letters, at) for at, each in enumerate(wordings)):
        if wordings[one].telling != wordings[other].telling:
            yield Hit(one, other, "same-words", 95)
    for one, other in names.meet((each.letters, at) for at, each in enumerate(wordings)):
        if wordings[one].words and wordings[one].text.casefold() != wordings[other].text.casefold():
            yield Hit(one, other, "same-letters", 98)


def _brackets(names: Names) -> Iterator[Hit]:
    """Rule N5: a name in the brackets of another, and the same but for brackets."""
    by_letters = _by_key((each.letters, at) for at, each in enumerate(names.wordings))
    inside: list[tuple[str, int]] = []
    for at, each in enumerate(names.wordings):
        if each.brackets:
            for found in by_letters.get("".join(each.outside), ()):
                yield Hit(at, found, "without-brackets", 92)
        for content in each.brackets:
            within = Wording(content)
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
    acronyms = _by_key(
        (acronym.letters, (at, acronym.text))
        for at, each in enumerate(names.wordings)
        for acronym in _acronyms(each)
    )
    spelled = _by_key(
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


def _spelling(names: Names) -> Iterator[Hit]:
    """Rule N4: a few letters differ, with small words or without, and no number does."""
    groups: defaultdict[tuple[str, ...], defaultdict[str, list[int]]]
    groups = defaultdict(lambda: defaultdict(list))
    for at, each in enumerate(names.wordings):
        for letters in dict.fromkeys((each.letters, each.big_letters)):
            groups[each.digits][letters].append(at)
    sharing = max(_SHARE_NAME, _SHARED // max(len(names.wordings), 1))
    for by_letters in groups.values():
        for one, other, distance in near_pairs(by_letters, sharing):
            for first, second in product(by_letters[one][:_SOME], by_letters[other][:_SOME]):
                strength = _likeness(names.wordings[first], names.wordings[second], distance)
                if strength >= _ALIKE:
                    yield Hit(first, second, "close-spelling", strength)
    yield from _misspelled_word(names)


def _misspelled_word(names: Names) -> Iterator[Hit]:
    """Names that have all words but one in common, and these are spelled alike.

    That finds the pairs whose every piece is shared by many, as in Centre of Expertise So-and-so.
    """
    words = {word for word in names.by_word if not any(map(str.isdigit, word))}
    near: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for one, other, distance in near_pairs(words, _SHARE_WORD):
        near[one][other] = distance
        near[other][one] = distance
    for found in _by_key(_blanked(names, near)).values():
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        for word, at in found:
            by_word[word].append(at)
        for word, places in by_word.items():
            for other in sorted(near[word].keys() & by_word.keys()):
                pairs = product(places[:_SOME], by_word[other][:_SOME]) if word < other else ()
                for at, second in pairs:
                    name, distance = names.wordings[at], near[word][other]
                    strength = _likeness_in(name, (word, other), distance)
                    if strength >= _ALIKE:
                        yield Hit(at, second, "close-spelling", strength)


def _blanked(
    names: Names, near: Mapping[str, object]
) -> Iterator[tuple[tuple[tuple[str, ...], int], tuple[str, int]]]:
    """Names without one of their words, for each word that is like another; and that word."""
    for at, each in enumerate(names.wordings):
        words = each.big_words
        if len(words) > 1:
            for place, word in enumerate(words):
                if word in near:
                    yield ((*words[:place], *words[place + 1 :]), place), (word, at)


def _likeness(one: Wording, other: Wording, distance: int) -> int:
    """How strongly a spelling makes suspect, in per cent: that of the word that differs most.

    Small words do not count. Words cannot be paired where one name has more of them: then that of
    all that is not equal at both ends, or of the whole name if words were only added.
    """
    words, others = one.big_words, other.big_words
    if len(words) != len(others):
        rest = min(_differing(words, others), _differing(others, words), key=len)
        return 100 - 200 * distance // (len(rest) or len(one.letters))
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return min((_likeness_in(one, pair, Levenshtein.distance(*pair)) for pair in pairs), default=0)


def _differing(words: Sequence[str], others: Sequence[str]) -> str:
    """The letters of words, but for those that both begin with, and those that both end with."""
    most = min(len(words), len(others))
    start = next((at for at in range(most) if words[at] != others[at]), most)
    ends = range(1, most - start + 1)
    end = next((at for at in ends if words[-at] != others[-at]), most - start + 1)
    return "".join(words[start : len(words) - end + 1])


def _likeness_in(name: Wording, words: tuple[str, str], distance: int) -> int:
    """The same for one word of a name, and that in its place in the other name.

    What counts is the length of the word, as Expertise East and Expertise West differ in all that
    tells them apart. Only where one is no word, but the other is one that many names have, or both
    are forms of one such word, is it a slip in a name that is otherwise the same.
    """
    common = [word in GENERIC for word in words]
    short, long = sorted(words, key=len)
    slip = any(common) and (not all(common) or long[:-1] == short)
    return 100 - 200 * distance // (len(name.letters) if slip else len(short))


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


def _by_key(keyed: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, list[_Value]]:
    found: defaultdict[_Key, list[_Value]] = defaultdict(list)
    for key, value in keyed:
        found[key].append(value)
    return found


# Each with the strength of its strongest hit.
_RULES: Mapping[Callable[[Names], Iterator[Hit]], int] = {
    _equal: 100,
    _brackets: 95,
    _initials: 85,
    _spelling: 99,
    _within: 70,
    _shared_word: 40,
}
