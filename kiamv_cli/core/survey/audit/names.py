"""Names on lists of respondents: which are the same, spelled differently, and which look alike."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.identity import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Reason = Literal["exact", "case", "blanks", "word-order", "bracket", "acronym"]
_BRACKET = re.compile(r"(?P<name>.*\S)\s*\((?P<inside>[^()]+)\)")
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two names on lists, and why they are taken for the same."""

    one: str
    other: str
    reason: Reason


def same_name(one: str, other: str) -> Reason | None:
    """Tell why two names are the same but for how they are written; ``None`` if they are not.

    The one place where an audit decides on names. A bracket at the end counts as a second name of
    what stands before it, but two names are not the same because their brackets are: a bracket may
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
        for other in known[:index]:
            inside = _parts(name)[1]
            shared = inside and _squeezed(inside) == _squeezed(_parts(other)[1])
            if shared and same_name(other, name) is None:
                yield other, name, inside


def _by_bracket(one: str, other: str) -> Reason | None:
    (name, inside), (other_name, other_inside) = _parts(one), _parts(other)
    if bool(inside) == bool(other_inside):
        return None
    if _squeezed(name) == _squeezed(other_name):
        return "bracket"
    plain = other if inside else one
    return "acronym" if _squeezed(inside or other_inside) == _squeezed(plain) else None


def _parts(name: str) -> tuple[str, str]:
    """Split a name into what stands before the bracket at its end, and what stands in it."""
    found = _BRACKET.fullmatch(name)
    return (found["name"], found["inside"]) if found else (name, "")


def _squeezed(name: str) -> str:
    return _NO_LETTER.sub("", folded(name))


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(_NO_LETTER.sub(" ", folded(name)).split()))


# From the most alike to the least; what equals by one equals by the next as a rule.
_KEYS: Mapping[Reason, Callable[[str], object]] = {
    "exact": str,
    "case": folded,
    "blanks": _squeezed,
    "word-order": _words,
}
_ORDER: tuple[Reason, ...] = (*_KEYS, "bracket", "acronym")
