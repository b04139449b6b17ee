"""What people decided on names: which stand for the same ecosystem, which do not.

Nothing here guesses. Names and ids are compared folded; whatever else makes two of them the same
is a person's decision.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.labels import folded, similar
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date


Answer = Literal["same", "different", "part-of", "later"]
ANSWER_WORDS: Mapping[Answer, Text] = {
    "same": Text("parts.answer-same"),
    "different": Text("parts.answer-different"),
    "part-of": Text("parts.answer-part-of"),
    "later": Text("parts.answer-later"),
}
_Pair = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An answer on two names or ids; ``part-of`` says that ``one`` is a part of ``other``."""

    one: str
    answer: Answer
    other: str
    by: str
    date: date
    reason: str | None = None

    @property
    def pair(self) -> _Pair:
        """Both, folded; an answer on them the other way round has the same."""
        return frozenset((folded(self.one), folded(self.other)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """All decisions, in the order in which they were given.

    *Same* carries over: where A is the same as B and B the same as C, so is A as C, and an
    answer on one of them holds for all.
    """

    decisions: tuple[Decision, ...] = ()
    _firsts: Mapping[str, str] = field(init=False, repr=False, compare=False)
    _answers: Mapping[_Pair, Decision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what asking needs."""
        object.__setattr__(self, "_firsts", _firsts(self.decisions))
        answers: dict[_Pair, Decision] = {}
        for each in self.decisions:
            pair = frozenset((self._key(each.one), self._key(each.other)))
            if each.answer != "same" and (each.answer != "later" or pair not in answers):
                answers[pair] = each
        object.__setattr__(self, "_answers", answers)

    def canonical(self, name: str) -> str | None:
        """Return the one name of all that were decided to be the same as ``name``.

        Args:
            name: A name or an id.

        Returns:
            Of these names the one that was answered on first, as it was written then; ``None``
            if ``name`` was not decided to be the same as any other.
        """
        return self._firsts.get(folded(name))

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the names that were decided to be the same, in groups, the canonical first."""
        found: dict[str, dict[str, str]] = {}
        for each in self.decisions:
            if each.answer == "same":
                group = found.setdefault(self._key(each.one), {})
                for name in (each.one, each.other):
                    group.setdefault(folded(name), name)
        return tuple(tuple(group.values()) for group in found.values())

    def answer(self, name: str, other: str) -> Answer | None:
        """Return what was answered on two names or ids, itself or by what follows from *same*.

        ``part-of`` may be meant either way round; see ``wholes``. ``None``: nobody was asked.
        """
        first, second = self._key(name), self._key(other)
        if first == second:
            return "same"
        found = self._answers.get(frozenset((first, second)))
        return found.answer if found else None

    def wholes(self, name: str) -> tuple[str, ...]:
        """Return what ``name`` was decided to be a part of, each by its canonical name."""
        key = self._key(name)
        return tuple(
            self.canonical(each.other) or each.other
            for each in self._answers.values()
            if each.answer == "part-of" and self._key(each.one) == key
        )

    def parts(self) -> tuple[tuple[str, str], ...]:
        """Return every part, and what it is a part of, as they were named when that was said."""
        said = self._answers.values()
        return tuple((each.one, each.other) for each in said if each.answer == "part-of")

    def mentions(self, name: str) -> bool:
        """Return whether any answer is on ``name``, or on a name that is the same."""
        key = self._key(name)
        return folded(name) in self._firsts or any(key in pair for pair in self._answers)

    def _key(self, name: str) -> str:
        key = folded(name)
        return folded(self._firsts.get(key, key))


def spellings(names: Iterable[str]) -> Mapping[str, str]:
    """Return for each folded name how it is written most often; of equals the first by alphabet."""
    written: dict[str, Counter[str]] = {}
    for name in names:
        written.setdefault(folded(name), Counter())[name] += 1
    return {
        key: min(counts, key=lambda name: (-counts[name], name)) for key, counts in written.items()
    }


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one of the known names that is most like ``name``; ``None`` if none is near."""
    written = spellings(known)
    close = similar(folded(name), written, 1)
    return written[close[0]] if close else None


def conflicts(decisions: Iterable[Decision]) -> Iterator[tuple[int, Text]]:
    """Find answers that cannot hold beside the others; after a ``later`` any may follow.

    Returns:
        The index of each such answer, with the reason.
    """
    given = tuple(decisions)
    identities = Identities(decisions=given)
    seen: set[_Pair] = set()
    for index, each in enumerate(given):
        if len(each.pair) == 1:
            yield index, Text("K420.one-name", one=each.one, other=each.other)
        elif each.pair in seen:
            yield index, Text("K420.answered-before", one=each.one, other=each.other)
        elif each.answer in {"different", "part-of"}:
            yield from ((index, why) for why in _against(identities, each))
        if each.answer != "later":
            seen.add(each.pair)


def _against(identities: Identities, each: Decision) -> Iterator[Text]:
    found = identities.answer(each.one, each.other)
    if found == "same":
        yield Text("K420.same-by-others", one=each.one, other=each.other)
    elif found != each.answer:
        yield Text(
            "K420.answered-otherwise",
            one=each.one,
            other=each.other,
            answer=ANSWER_WORDS[found or each.answer],
        )
    elif each.answer == "part-of" and _is_within(identities, each.other, each.one):
        yield Text("K420.part-by-others", part=each.other, whole=each.one)


def _is_within(identities: Identities, name: str, whole: str) -> bool:
    """Return whether ``name`` is a part of ``whole``, directly or by way of others."""
    goal = identities.canonical(whole) or whole
    left, seen = [name], set[str]()
    while left:
        for found in identities.wholes(left.pop()):
            if folded(found) == folded(goal):
                return True
            if found not in seen:
                seen.add(found)
                left.append(found)
    return False


def _firsts(decisions: Iterable[Decision]) -> dict[str, str]:
    """For each folded name that is the same as another: the first name of its group."""
    order: dict[str, str] = {}
    groups: dict[str, set[str]] = {}
    for each in decisions:
        one, other = folded(each.one), folded(each.other)
        order.setdefault(one, each.one)
        order.setdefault(other, each.other)
        if each.answer == "same":
            merged = groups.get(one, {one}) | groups.get(other, {other})
            groups |= dict.fromkeys(merged, merged)
    place = {name: index for index, name in enumerate(order)}
    return {name: order[min(group, key=place.__getitem__)] for name, group in groups.items()}
