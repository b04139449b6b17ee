"""Names that are the same but for a place after a comma: docs/convention.md, rule N5."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.longlist.matching.names import Hit, Names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiamv_cli.longlist.matching.phrase import Phrase

# What follows a comma is no longer than that if it is a place.
_MOST_WORDS = 3
# How strongly it makes suspect, in per cent: if it is certainly a place, if not, and if both have
# another.
_STRONG, _FAIR, _WEAK = 85, 75, 45


@dataclass(frozen=True, eq=False)
class Placed:
    """A name with commas: the name itself, and the parts of the place after it."""

    name: Phrase

    @cached_property
    def parts(self) -> tuple[Phrase, ...]:
        """What stands between commas."""
        return tuple(each for each in map(self.name.of, self.name.text.split(",")) if each.words)

    @cached_property
    def head(self) -> Phrase:
        """The name without its place: the first part, and legal forms after it."""
        return self.name.of(" ".join(each.text for each in self.parts[: self._end]))

    @cached_property
    def place(self) -> tuple[Phrase, ...]:
        """The place: town, country."""
        return self.parts[self._end :]

    @cached_property
    def town(self) -> tuple[frozenset[str], ...]:
        """The place without its country, and without what the name itself says."""
        known = self.name.known.countries | self.head.telling
        return tuple(each.telling for each in self.place if not each.telling <= known)

    @property
    def is_placed(self) -> bool:
        """Whether what follows the name can be a place, and what stands before it a name."""
        known = self.name.known
        return (
            bool(self.place)
            and any(map(known.is_distinctive, self.head.telling))
            and all(
                len(each.words) <= _MOST_WORDS
                and known.common.isdisjoint(each.compared)
                and known.joining.isdisjoint(each.words)
                for each in self.place
            )
        )

    @property
    def is_certain(self) -> bool:
        """Whether what follows adds nothing: to a name with the form of a company, or known of it.

        The place of the University of Sydney, Sydney, is.
        """
        repeated = any(each.telling <= self.head.telling for each in self.place)
        return bool(self.head.forms - self.name.known.local) or (repeated and not self.town)

    @cached_property
    def _end(self) -> int:
        ends = (
            at for at, each in enumerate(self.parts) if at and not all(p.form for p in each.pieces)
        )
        return next(ends, len(self.parts))


def without_place(names: Names) -> Iterator[Hit]:
    """Find names that differ in a place after a comma, which one of them may lack."""
    wordings = names.wordings
    commas = ((at, Placed(each)) for at, each in enumerate(wordings) if "," in each.text)
    placed = {at: each for at, each in commas if each.is_placed}
    heads = {each.head.translated for each in placed.values()}
    keyed = [
        (key, at)
        for at, each in enumerate(wordings)
        if (key := placed[at].head.translated if at in placed else each.translated) in heads
    ]
    for one, other in names.meet(keyed):
        if wordings[one].in_order != wordings[other].in_order:
            strength = _strength(wordings[one], wordings[other], placed.get(one), placed.get(other))
            if strength:
                yield Hit(one, other, "without-place", strength)


def _strength(name: Phrase, other: Phrase, first: Placed | None, second: Placed | None) -> int:
    """How strongly it makes suspect, in per cent; 0 if none has a place."""
    placed = [each for each in (first, second) if each]
    towns = [each.town for each in placed if each.town]
    if not placed:
        return 0
    if len(towns) > 1 and towns[0] != towns[1]:
        return _WEAK
    certain = len(towns) > 1 or all(each.is_certain for each in placed)
    head, second_head = (first.head if first else name), (second.head if second else other)
    equal = head.in_order == second_head.in_order and not head.is_turned(second_head)
    return _STRONG if certain and equal and name.agrees(other) else _FAIR
