"""Names that are spelled nearly the same: docs/convention.md, rule N4."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from kiamv_cli.core.wording import GENERIC
from kiamv_cli.matching.names import Hit, by_key
from kiamv_cli.matching.spelling import near_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.core.wording import Wording
    from kiamv_cli.matching.names import Names

# So many that are spelled alike are met with as many.
_SOME = 10
# So many may share a piece of their letters, in names and in words; see _misspelled_word. Of few
# names more may: a long list has about so many shared pieces looked at, a short one all.
_SHARE_NAME, _SHARE_WORD = 100, 1000
_SHARED = 10_000_000
# What is less alike, in per cent, is not spelled alike.
_ALIKE = 40


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
    for found in by_key(_blanked(names, near)).values():
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

    Small words do not count, unless there is nothing else that differs. Words cannot be paired
    where one name has more of them: then that of all that is not equal at both ends, or of the
    whole name if words were only added.
    """
    words, others = one.big_words, other.big_words
    if len(words) != len(others):
        rest = _rest(words, others) or _rest(one.words, other.words) or one.letters
        return 100 - 200 * distance // len(rest)
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return min((_likeness_in(one, pair, Levenshtein.distance(*pair)) for pair in pairs), default=0)


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
