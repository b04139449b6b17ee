"""Names on lists of respondents: which are the same, spelled differently, and which look alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.labels import folded
from kiamv_cli.core.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Reason = Literal["exact", "case", "blanks", "word-order", "bracket", "acronym"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two names on lists, and why they are taken for the same."""

    one: str
    other: str
    reason: Reason


def same_name(one: str, other: str) -> Reason | None:
    """Tell why two names are the same but for how they are written; ``None`` if they are not.

    The one place where an audit decides on names. A bracket counts as a second name of what stands
    around it, but two names are not the same because their brackets are: a bracket may
    also hold whoever stands behind a name.
    """
    for reason, key in _KEYS.items():
        if key(one) == key(other):
            return reason
    return _by_bracket(one, other)


def matches(one: Sequence[str], other: Sequence[str]) -> tuple[Match, ...]:
    """Find who is on both of two lists; each name has at most one partner, the most alike first."""
    pairs = [
        Match(one=name, other=found, reason=reason)
        for name in one
        for found in other
        if (reason := same_name(name, found))
    ]
    chosen: list[Match] = []
    free, other_free = Counter(one), Counter(other)
    for pair in sorted(pairs, key=lambda each: _ORDER.index(each.reason)):
        if free[pair.one] and other_free[pair.other]:
            free[pair.one] -= 1
            other_free[pair.other] -= 1
            chosen.append(pair)
    return tuple(sorted(chosen, key=lambda each: one.index(each.one)))


def twice(names: Sequence[str]) -> Iterator[Match]:
    """Find names that stand twice on one list."""
    for index, name in enumerate(names):
        for other in names[:index]:
            if reason := same_name(other, name):
                yield Match(one=other, other=name, reason=reason)


def alike(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Find names that share what stands in their brackets, without being the same."""
    known = list(dict.fromkeys(names))
    for index, name in enumerate(known):
        inside = _inside(name)
        for other in known[:index]:
            if inside and inside == _inside(other) and same_name(other, name) is None:
                yield other, name, _taken_apart(name).brackets[-1]


def _by_bracket(one: str, other: str) -> Reason | None:
    if bool(_inside(one)) == bool(_inside(other)):
        return None
    long, short = (one, other) if _inside(one) else (other, one)
    if "".join(_taken_apart(long).outside) == _letters(short):
        return "bracket"
    return "acronym" if _inside(long) == _letters(short) else None


def _inside(name: str) -> str:
    """What stands in the last bracket of a name, if there is any."""
    return "".join(_letters(each) for each in _taken_apart(name).brackets[-1:])


def _letters(name: str) -> str:
    return _taken_apart(name).letters


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(_taken_apart(name).words))


# Each name is compared with each.
_taken_apart = lru_cache(maxsize=4096)(Wording)

# From the most alike to the least; what equals by one equals by the next as a rule.
_KEYS: Mapping[Reason, Callable[[str], object]] = {
    "exact": str,
    "case": folded,
    "blanks": _letters,
    "word-order": _words,
}
_ORDER: tuple[Reason, ...] = (*_KEYS, "bracket", "acronym")
