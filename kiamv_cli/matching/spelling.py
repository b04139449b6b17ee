"""Pairs of texts that differ in a few letters, among many.

Method: Pass-Join (G. Li, D. Deng, J. Wang, J. Feng, "Pass-Join: A Partition-based Method for
Similarity Joins", PVLDB 5(3), 2011, sections 3 and 4). A text is cut into one piece more than
differences are allowed, so at least one piece of it stands unchanged in any text that is as near;
where it can stand follows from the lengths. Only texts that share such a piece are compared.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract_iter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Index = Mapping[tuple[int, int, str], list[str]]

# From so many letters on, so many may differ: docs/convention.md, rule N4.
_ALLOWED = ((20, 3), (10, 2), (5, 1))
_MOST = 3


def allowed(length: int) -> int:
    """Tell how many letters may differ, by the length of the shorter of two texts."""
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
