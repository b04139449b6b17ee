"""An ecosystem by what a person calls it, and what each source of suggestions brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded, similar
from kiamv_cli.base.text import Text, joined
from kiamv_cli.base.value import Value
from kiamv_cli.longlist.model.identity import Identities, spellings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kiamv_cli.longlist.model.longlist import Ecosystem, Longlist


class Names:
    """The names of ecosystems, compared folded; an id as it is written goes before all names."""

    def __init__(
        self, ecosystems: Iterable[Ecosystem], identities: Identities | None = None
    ) -> None:
        self._places: dict[str, int] = {}
        self._called: dict[str, set[str]] = defaultdict(set)
        for each in ecosystems:
            self._places[each.id] = len(self._places)
            for name in (each.id, each.name, *each.aliases):
                self._called[folded(name)].add(each.id)
        self._groups = {
            folded(name): group for group in (identities or Identities()).groups() for name in group
        }

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all ecosystems, in their order."""
        return tuple(self._places)

    def meant(self, name: str) -> tuple[str, ...]:
        """Return the ids of the ecosystems that a name can mean: one, none, or several."""
        if name in self._places:
            return (name,)
        names: Sequence[str] = (name, *self._groups.get(folded(name), ()))
        found = {each for one in names for each in self._called.get(folded(one), ())}
        return tuple(sorted(found, key=self._places.__getitem__))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return the ids of at most three whose names are like one that means nobody."""
        close = similar(folded(name), self._called)
        ids = (min(self._called[each], key=self._places.__getitem__) for each in close)
        return tuple(dict.fromkeys(ids))

    @property
    def known(self) -> tuple[str, ...]:
        """All names by which any of them goes, as they compare."""
        return tuple(self._called)


class UnknownEcosystemError(LookupError):
    """No ecosystem goes by that id, name or alias; ``suggestions`` holds ids that are close."""

    def __init__(self, name: str, suggestions: tuple[str, ...]) -> None:
        self.wanted, self.suggestions = name, suggestions
        hint = Text("requests.all-ecosystems")
        if suggestions:
            hint = Text("requests.near-ecosystems", ids=joined(suggestions, Text("parts.or")))
        super().__init__(Text("requests.unknown-ecosystem", name=name, hint=hint))


class SeveralEcosystemsError(UnknownEcosystemError):
    """Several ecosystems go by that name; ``suggestions`` holds their ids."""

    def __init__(self, name: str, ids: tuple[str, ...]) -> None:
        self.wanted, self.suggestions = name, ids
        LookupError.__init__(self, Text("requests.several-ecosystems", name=name, ids=joined(ids)))


def find(longlist: Longlist, name: str) -> Ecosystem:
    """Find an ecosystem by id, name or alias, each compared folded.

    Raises:
        UnknownEcosystemError: Nothing goes by that name, or several do; an id as it is written
            goes before all names.
    """
    names = Names(longlist.ecosystems)
    ids = names.meant(name)
    if len(ids) > 1:
        raise SeveralEcosystemsError(name, ids)
    if not ids:
        raise UnknownEcosystemError(name, names.nearest(name))
    return next(each for each in longlist.ecosystems if each.id == ids[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """Ids of the ecosystems that one source suggested, in order.

    ``alone`` are those that nobody else suggested, ``selected`` those in the shortlist.
    """

    by: str
    brought: tuple[str, ...]
    alone: tuple[str, ...]
    selected: tuple[str, ...]


MOST_COMPARED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions(Value):
    """The sources, the one that brought most first; equals by name.

    A source goes by its most frequent spelling; see ``identity.folded`` for which names are one.

    ``overlaps`` gives for two sources the ids that both suggested, where there are any; of more
    than two hundred sources only for those that brought most.
    ``unnamed`` are the ids of which nobody is on record, ``unnamed_selected`` those in the
    shortlist; with them every ecosystem is counted.
    """

    sources: tuple[Contribution, ...]
    overlaps: Mapping[tuple[str, str], tuple[str, ...]]
    unnamed: tuple[str, ...]
    unnamed_selected: tuple[str, ...]


def contributions(longlist: Longlist, selected: Collection[str]) -> Contributions:
    """Return what each source brought, what it alone brought, and what of it was selected.

    Args:
        longlist: The long list; a source is whatever a suggestion gives as ``by``.
        selected: Ids of the shortlist.
    """
    by: dict[str, list[str]] = defaultdict(list)
    named: dict[str, list[str]] = {}
    called = spellings(one.by for each in longlist.ecosystems for one in each.suggested_by)
    for each in longlist.ecosystems:
        named[each.id] = list(dict.fromkeys(called[folded(one.by)] for one in each.suggested_by))
        for source in named[each.id]:
            by[source].append(each.id)
    sources = [
        Contribution(
            by=source,
            brought=tuple(ids),
            alone=tuple(each for each in ids if len(named[each]) == 1),
            selected=tuple(each for each in ids if each in selected),
        )
        for source, ids in by.items()
    ]
    sources.sort(key=lambda each: (-len(each.brought), each.by))
    unnamed = tuple(each for each, sources_of in named.items() if not sources_of)
    return Contributions(
        sources=tuple(sources),
        overlaps=_overlaps([each.by for each in sources[:MOST_COMPARED]], named),
        unnamed=unnamed,
        unnamed_selected=tuple(each for each in unnamed if each in selected),
    )


def _overlaps(
    sources: Sequence[str], sources_by_id: Mapping[str, Sequence[str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Find what two of some sources both suggested; ``sources_by_id`` has the sources by id."""
    place = {name: number for number, name in enumerate(sources)}
    shared: dict[tuple[int, int], list[str]] = defaultdict(list)
    for each, names in sources_by_id.items():
        for pair in combinations(sorted(place[name] for name in names if name in place), 2):
            shared[pair].append(each)
    return {
        (sources[one], sources[other]): tuple(ids) for (one, other), ids in sorted(shared.items())
    }
