"""Respondents: numbers that are stated, parts that add up, lists, and names on them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.core.survey.audit.bases import numbers_of
from kiamv_cli.core.survey.audit.finding import Finding
from kiamv_cli.core.survey.audit.names import alike, matches, twice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.core.survey.audit.names import Match
    from kiamv_cli.core.survey.reported import Reported, Respondents


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
    pairs = []
    for one, other in combinations(listed, 2):
        turned = any(part.of == one.id for part in other.parts)
        pairs.append(_two(other, one) if turned else _two(one, other))
    return tuple(pairs)


def on_respondents(reported: Reported, lists: Sequence[TwoLists]) -> Iterator[Finding]:
    """Find all that is wrong with numbers of respondents and with lists."""
    for group in reported.respondents:
        yield from _numbers(group, reported, lists)
        yield from _twice(group)
    for two in lists:
        if two.closes is False:
            yield _not_closed(two)
        differing = [match for match in two.both if match.reason != "exact"]
        if differing:
            yield Finding(
                kind="names-spelled-differently",
                subject=f"{two.one.id}+{two.other.id}",
                ids=(two.one.id, two.other.id),
                evidence={
                    "pairs": [
                        {"one": match.one, "other": match.other, "reason": match.reason}
                        for match in differing
                    ]
                },
            )
    names = [name for group in reported.respondents for name in group.names]
    related = [{"one": one, "other": other, "shared": word} for one, other, word in alike(names)]
    if related:
        ids = tuple(group.id for group in reported.respondents if group.names)
        yield Finding(kind="names-alike", subject="lists", ids=ids, evidence={"pairs": related})


def _two(one: Respondents, other: Respondents) -> TwoLists:
    supplied = [part.value for part in one.parts if part.of == other.id]
    told = bool(supplied) and all(part.of in {None, other.id} for part in one.parts)
    return TwoLists(
        one=one,
        other=other,
        both=matches(one.names, other.names),
        own=sum(part.value for part in one.parts if part.of is None) if told else None,
        supplied=sum(supplied) if told else None,
    )


def _numbers(
    group: Respondents, reported: Reported, lists: Sequence[TwoLists]
) -> Iterator[Finding]:
    numbers = numbers_of(group)
    if len(numbers) < 2:  # noqa: PLR2004 - all agree
        return
    elsewhere = _elsewhere(group, reported, lists)
    yield Finding(
        kind="numbers-differ",
        subject=group.id,
        ids=(group.id,),
        evidence={
            "numbers": [{"number": each, "by": list(by)} for each, by in numbers.items()],
            "parts": [part.value for part in group.parts],
            "same_as": [
                {"number": each, "is": what}
                for each, by in numbers.items()
                if by == ("stated",)
                for what in elsewhere.get(each, ())
            ],
        },
    )


def _elsewhere(
    group: Respondents, reported: Reported, lists: Sequence[TwoLists]
) -> Mapping[int, list[dict[str, object]]]:
    """What else in the report has a number that may have been taken for that of respondents."""
    found: dict[int, list[dict[str, object]]] = {}

    def note(number: int, what: str, *respondents: str, words: str | None = None) -> None:
        said: dict[str, object] = {"what": what, "respondents": list(respondents), "words": words}
        found.setdefault(number, []).append(said)

    for two in lists:
        note(two.distinct, "distinct", two.one.id, two.other.id)
    for other in reported.respondents:
        for part in other.parts:
            note(part.value, "part", other.id, words=part.what)
        if other.id != group.id and other.names:
            note(len(other.names), "listed", other.id)
    return found


def _twice(group: Respondents) -> Iterator[Finding]:
    pairs = [
        {"one": match.one, "other": match.other, "reason": match.reason}
        for match in twice(group.names)
    ]
    if pairs:
        yield Finding(
            kind="name-twice", subject=group.id, ids=(group.id,), evidence={"pairs": pairs}
        )


def _not_closed(two: TwoLists) -> Finding:
    return Finding(
        kind="list-not-closed",
        subject=f"{two.one.id}+{two.other.id}",
        ids=(two.one.id, two.other.id),
        evidence={
            "own": two.own,
            "supplied": two.supplied,
            "listed": len(two.one.names),
            "both": len(two.both),
        },
    )
