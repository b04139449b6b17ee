"""Pairs of names that are alike in their words or in their letters.

Method: Pass-Join (G. Li, D. Deng, J. Wang, J. Feng, "Pass-Join: A Partition-based Method for
Similarity Joins", PVLDB 5(3), 2011, sections 3 and 4). A text is cut into one piece more than
differences are allowed, so at least one piece of it stands unchanged in any text that is as near;
where it can stand follows from the lengths. Only texts that share such a piece are compared.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract_iter

from kiamv_cli.longlist.matching.phrase import Phrase

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.formats.vocabulary import Vocabulary
    from kiamv_cli.longlist.model.duplicates import Kind, Named

    Index = Mapping[tuple[int, int, str], list[str]]

_Key = TypeVar("_Key", bound="Hashable")
_Value = TypeVar("_Value")
# Where more have a key, they are not met each with each.
_MANY = 30


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

    ``known`` is what their words mean. No slots: what several rules need is worked out once.
    """

    entries: Sequence[Named]
    known: Vocabulary

    @cached_property
    def wordings(self) -> tuple[Phrase, ...]:
        """The names, taken apart."""
        return tuple(Phrase(name, self.known) for each in self.entries for name in each.names)

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
        for found in by_key(keyed).values():
            few = len(found) <= _MANY
            pairs = combinations(found, 2) if few else ((found[0], each) for each in found[1:])
            yield from (pair for pair in pairs if self.owners[pair[0]] != self.owners[pair[1]])


def by_key(keyed: Iterable[tuple[_Key, _Value]]) -> Mapping[_Key, list[_Value]]:
    """Group values by their keys, in their order."""
    found: defaultdict[_Key, list[_Value]] = defaultdict(list)
    for key, value in keyed:
        found[key].append(value)
    return found


# From so many letters on, so many may differ: docs/convention.md, rule N4.
_ALLOWED = ((20, 3), (10, 2), (5, 1))
_MOST = 3


def allowed(length: int) -> int:
    """Return how many letters may differ, by the length of the shorter of two texts."""
    return next((most for least, most in _ALLOWED if length >= least), 0)


def near_pairs(texts: Iterable[str], sharing: int) -> Iterator[tuple[str, str, int]]:
    """Find pairs of different texts whose Levenshtein distance is allowed.

    Args:
        texts: Any texts.
        sharing: A piece that more texts share is passed over. With as many as there are texts,
            all pairs are found.

    Returns:
        Each pair once, with its distance (1 to 3): letters added, left out or replaced.
    """
    index: defaultdict[tuple[int, int, str], list[str]] = defaultdict(list)
    for text in sorted(set(texts), key=lambda each: (len(each), each)):
        most = allowed(len(text))
        if not most:
            continue
        near = _sharing(text, index, sharing)
        for found, distance, _ in extract_iter(
            text, near, scorer=Levenshtein.distance, score_cutoff=most
        ):
            if distance <= allowed(len(found)):
                yield found, text, int(distance)
        for place, (start, end) in enumerate(_pieces(len(text), most + 1)):
            index[len(text), place, text[start:end]].append(text)


def _sharing(text: str, index: Index, most: int) -> list[str]:
    """The texts, no longer than this one, that share a piece with it where it can stand."""
    found = set[str]()
    for length, place, start, end in _probes(len(text)):
        block = index.get((length, place, text[start:end]))
        if block and len(block) <= most:
            found.update(block)
    return list(found)


@cache
def _probes(length: int) -> list[tuple[int, int, int, int]]:
    """Where in a text of this length which piece of texts of which length can stand."""
    probes = []
    for shorter in range(max(length - _MOST, 0), length + 1):
        most, gap = allowed(shorter), length - shorter
        if gap <= most:
            for place, (start, end) in enumerate(_pieces(shorter, most + 1)):
                starts = _starts(place, start, gap, most)
                probes += [(shorter, place, at, at + end - start) for at in starts]
    return probes


def _starts(place: int, start: int, gap: int, most: int) -> range:
    """Where a piece can stand in a text longer by ``gap`` (multi-match-aware, section 4.2)."""
    left = max(0, start - place, start + gap - (most - place))
    right = min(start + place, start + gap + (most - place))
    return range(left, right + 1)


@cache
def _pieces(length: int, number: int) -> list[tuple[int, int]]:
    """Cut a length into pieces as equal as can be, the shorter ones first."""
    short, longer = divmod(length, number)
    cuts = [short * each + max(0, each - number + longer) for each in range(number + 1)]
    return list(pairwise(cuts))


# So many that are spelled alike are met with as many.
_SOME = 10
# So many may share a piece of their letters, in names and in words; see _misspelled_word. Of few
# names more may: a long list has about so many shared pieces looked at, a short one all.
_SHARE_NAME, _SHARE_WORD = 100, 1000
_SHARED = 10_000_000
# What is less alike, in per cent, is not spelled alike.
_ALIKE = 40
# A word that only one of them has, and other legal forms, leave no strong suspicion.
_ADDED = 75


def spelled_alike(names: Names) -> Iterator[Hit]:
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
                pair = names.wordings[first], names.wordings[second]
                strength = min(_likeness(*pair, distance), _most(*pair))
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
    for found in by_key(_blanked(names, near)).values():
        by_word: defaultdict[str, list[int]] = defaultdict(list)
        for word, at in found:
            by_word[word].append(at)
        for word, places in by_word.items():
            for other in sorted(near[word].keys() & by_word.keys()):
                pairs = product(places[:_SOME], by_word[other][:_SOME]) if word < other else ()
                for at, second in pairs:
                    name, distance = names.wordings[at], near[word][other]
                    likeness = _likeness_in(name, (word, other), distance)
                    strength = min(likeness, _most(name, names.wordings[second]))
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


def _likeness(first: Phrase, other: Phrase, distance: int) -> int:
    """How strongly a spelling makes suspect, in per cent: that of the word that differs most.

    Small words do not count, unless there is nothing else that differs. Words cannot be paired
    where one name has more of them: then that of all that is not equal at both ends, or of the
    whole name if words were only added.
    """
    words, others = first.big_words, other.big_words
    if len(words) != len(others):
        rest = _rest(words, others)
        if rest:
            return 100 - 200 * distance // len(rest)
        rest = _rest(first.words, other.words) or first.letters
        return min(100 - 200 * distance // len(rest), _ADDED)
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return min(
        (_likeness_in(first, pair, Levenshtein.distance(*pair)) for pair in pairs), default=0
    )


def _most(first: Phrase, other: Phrase) -> int:
    return 100 if first.agrees(other) else _ADDED


def _rest(words: Sequence[str], others: Sequence[str]) -> str:
    """The letters in which the name that differs in fewer of them differs from the other."""
    return min(_differing(words, others), _differing(others, words), key=len)


def _differing(words: Sequence[str], others: Sequence[str]) -> str:
    """The letters of words, but for those that both begin with, and those that both end with."""
    most = min(len(words), len(others))
    start = next((at for at in range(most) if words[at] != others[at]), most)
    ends = range(1, most - start + 1)
    end = next((at for at in ends if words[-at] != others[-at]), most - start + 1)
    return "".join(words[start : len(words) - end + 1])


def _likeness_in(name: Phrase, words: tuple[str, str], distance: int) -> int:
    """The same for one word of a name, and that in its place in the other name.

    What counts is the length of the word, as Expertise East and Expertise West differ in all that
    tells them apart. Only where one is no word, but the other is one that many names have, or both
    are forms of one such word, is it a slip in a name that is otherwise the same.
    """
    common = [word in name.known.common for word in words]
    short, long = sorted(words, key=len)
    slip = any(common) and (not all(common) or long[:-1] == short)
    return 100 - 200 * distance // (len(name.letters) if slip else len(short))
