"""Respondents: names that are the same or look alike, lists, and stated numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from kiamv_cli.audits.model.bases import numbers_of
from kiamv_cli.audits.model.reported import AuditFinding
from kiamv_cli.base.labels import folded
from kiamv_cli.base.names import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kiamv_cli.audits.model.reported import Reported, Respondents

Reason = Literal["exact", "case", "blanks", "word-order", "bracket", "acronym"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two names on lists, and why they are taken for the same."""

    one: str
    other: str
    reason: Reason


def same_name(first: str, other: str) -> Reason | None:
    """Return why two names are the same but for how they are written; ``None`` if they are not.

    The one place where an audit decides on names. A bracket counts as a second name of what stands
    around it, but two names are not the same because their brackets are: a bracket may
    also hold whoever stands behind a name.
    """
    for reason, key in _KEYS.items():
        if key(first) == key(other):
            return reason
    return _by_bracket(first, other)


def matches(names: Sequence[str], other: Sequence[str]) -> tuple[Match, ...]:
    """Return who is on both of two lists; each name has one partner at most, the most alike."""
    pairs = [
        Match(one=name, other=partner, reason=reason)
        for name in names
        for partner in other
        if (reason := same_name(name, partner))
    ]
    chosen: list[Match] = []
    free, other_free = Counter(names), Counter(other)
    for pair in sorted(pairs, key=lambda each: _ORDER.index(each.reason)):
        if free[pair.one] and other_free[pair.other]:
            free[pair.one] -= 1
            other_free[pair.other] -= 1
            chosen.append(pair)
    return tuple(sorted(chosen, key=lambda each: names.index(each.one)))


def twice(names: Sequence[str]) -> Iterator[Match]:
    """Yield names that stand twice on one list."""
    for index, name in enumerate(names):
        for other in names[:index]:
            if reason := same_name(other, name):
                yield Match(one=other, other=name, reason=reason)


def alike(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield names that share what stands in their brackets, without being the same."""
    known = list(dict.fromkeys(names))
    for index, name in enumerate(known):
        inside = _inside(name)
        for other in known[:index]:
            if inside and inside == _inside(other) and same_name(other, name) is None:
                yield other, name, _taken_apart(name).brackets[-1]


def _by_bracket(first: str, other: str) -> Reason | None:
    if bool(_inside(first)) == bool(_inside(other)):
        return None
    long, short = (first, other) if _inside(first) else (other, first)
    if "".join(_taken_apart(long).outside) == _letters(short):
        return "bracket"
    return "acronym" if _inside(long) == _letters(short) else None


def _inside(name: str) -> str:
    """Return what stands in the last bracket of a name, if there is any."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoLists:
    """Two lists of names beside each other.

    Attributes:
        one: The respondents of the first.
        other: Those of the second.
        both: Who is on both.
        own: How many of the first answered themselves; ``None`` where the parts do not tell.
        supplied: How many of the first were taken over from the second; ``None`` likewise.
    """

    one: Respondents
    other: Respondents
    both: tuple[Match, ...]
    own: int | None = None
    supplied: int | None = None

    @property
    def ids(self) -> tuple[str, str]:
        """The ids of both groups of respondents."""
        return self.one.id, self.other.id

    @property
    def only_one(self) -> int:
        """How many are on the first list only."""
        return len(self.one.names) - len(self.both)

    @property
    def only_other(self) -> int:
        """How many are on the second list only."""
        return len(self.other.names) - len(self.both)

    @property
    def distinct(self) -> int:
        """How many there are on both lists together."""
        return self.only_one + len(self.both) + self.only_other

    @property
    def own_and_other(self) -> int | None:
        """How many of those on both lists answered themselves as well; ``None`` if unknown."""
        return None if self.supplied is None else len(self.both) - self.supplied

    @property
    def closes(self) -> bool | None:
        """Whether parts and lists can all be right; ``None`` where the parts do not tell."""
        if self.own is None or self.supplied is None:
            return None
        adds_up = self.own + self.supplied == len(self.one.names)
        return adds_up and self.supplied <= len(self.both)


def lists_of(reported: Reported) -> tuple[TwoLists, ...]:
    """Lay every two lists beside each other; the one that was supplemented comes first."""
    listed = [each for each in reported.respondents if each.names]
    return tuple(
        _two(other, one) if any(part.of == one.id for part in other.parts) else _two(one, other)
        for one, other in combinations(listed, 2)
    )


def on_respondents(reported: Reported, lists: Sequence[TwoLists]) -> Iterator[AuditFinding]:
    """Yield all that is wrong with numbers of respondents and with lists."""
    for group in reported.respondents:
        yield from _numbers(group, reported, lists)
        yield from _twice(group)
    for two in lists:
        if two.closes is False:
            yield _not_closed(two)
        odd = [match for match in two.both if match.reason != "exact"]
        if odd:
            yield AuditFinding("names-spelled-differently", "+".join(two.ids), two.ids, _pairs(odd))
    names = [name for group in reported.respondents for name in group.names]
    related = [{"one": one, "other": other, "shared": word} for one, other, word in alike(names)]
    if related:
        ids = tuple(group.id for group in reported.respondents if group.names)
        yield AuditFinding("names-alike", "lists", ids, {"pairs": related})


def _two(first: Respondents, other: Respondents) -> TwoLists:
    supplied = [part.value for part in first.parts if part.of == other.id]
    is_known = bool(supplied) and all(part.of in {None, other.id} for part in first.parts)
    return TwoLists(
        one=first,
        other=other,
        both=matches(first.names, other.names),
        own=sum(part.value for part in first.parts if part.of is None) if is_known else None,
        supplied=sum(supplied) if is_known else None,
    )


def _numbers(
    group: Respondents, reported: Reported, lists: Sequence[TwoLists]
) -> Iterator[AuditFinding]:
    numbers = numbers_of(group)
    if len(numbers) < 2:  # noqa: PLR2004 - all agree
        return
    elsewhere = _elsewhere(group, reported, lists)
    evidence = {
        "numbers": [{"number": each, "by": list(by)} for each, by in numbers.items()],
        "parts": [part.value for part in group.parts],
        "same_as": [
            {"number": each, "is": what}
            for each, by in numbers.items()
            if by == ("stated",)
            for what in elsewhere.get(each, ())
        ],
    }
    yield AuditFinding("numbers-differ", group.id, (group.id,), evidence)


def _elsewhere(
    group: Respondents, reported: Reported, lists: Sequence[TwoLists]
) -> Mapping[int, list[dict[str, object]]]:
    """Return what else has a number that may have been taken for that of respondents."""
    uses: dict[int, list[dict[str, object]]] = {}

    def note(number: int, what: str, *respondents: str, words: str | None = None) -> None:
        use: dict[str, object] = {"what": what, "respondents": list(respondents), "words": words}
        uses.setdefault(number, []).append(use)

    for two in lists:
        note(two.distinct, "distinct", two.one.id, two.other.id)
    for other in reported.respondents:
        for part in other.parts:
            note(part.value, "part", other.id, words=part.what)
        if other.id != group.id and other.names:
            note(len(other.names), "listed", other.id)
    return uses


def _twice(group: Respondents) -> Iterator[AuditFinding]:
    if pairs := [*twice(group.names)]:
        yield AuditFinding("name-twice", group.id, (group.id,), _pairs(pairs))


def _pairs(pairs: Sequence[Match]) -> Mapping[str, object]:
    return {"pairs": [asdict(match) for match in pairs]}


def _not_closed(two: TwoLists) -> AuditFinding:
    evidence = {
        "own": two.own,
        "supplied": two.supplied,
        "listed": len(two.one.names),
        "both": len(two.both),
    }
    return AuditFinding("list-not-closed", "+".join(two.ids), two.ids, evidence)
