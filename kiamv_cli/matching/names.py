"""Names that are compared, and pairs of them that a rule suspects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kiamv_cli.core.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.core.duplicates import Kind, Named

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
