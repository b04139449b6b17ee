"""Several long lists as one: nobody twice, every suggestion kept, no fact overwritten.

Ecosystems are the same if they have the same id, or if somebody decided so. What is known of both
is kept; where the two contradict each other, one value stays, and both are told with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Result, Value
from kiamv_cli.longlist.model.joining import Contradiction, Entry, Joined, Pooled
from kiamv_cli.longlist.model.longlist import Longlist, Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from kiamv_cli.base.problem import Problem
    from kiamv_cli.longlist.model.account import Account
    from kiamv_cli.longlist.model.longlist import Ecosystem
    from kiamv_cli.programme.model.programme import Programme

    Canonical: TypeAlias = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Value):
    """Lists that became one.

    ``origins`` tells for each id in which lists (from 0) it stands, and under which id there.
    """

    ecosystems: tuple[Ecosystem, ...]
    contradictions: tuple[Contradiction, ...]
    pooled: tuple[Pooled, ...]
    origins: Mapping[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported(Result):
    """Long lists that were read and became one.

    ``counts`` are the ecosystems of each of ``files``; ``remarks`` are all warnings, among them
    what the lists contradict each other about. ``account`` tells what became of each cell of the
    tables among the files; ``programme`` is whose vocabularies they use.
    """

    title: str
    as_of: date
    files: tuple[str, ...]
    counts: tuple[int, ...]
    merged: Merged
    remarks: tuple[Problem, ...]
    programme: Programme
    account: Account = ()

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.merged.ecosystems)} ecosystems"
        yield f"{len(self.files)} files"

    @property
    def longlist(self) -> Longlist:
        """The one list."""
        return Longlist(title=self.title, as_of=self.as_of, ecosystems=self.merged.ecosystems)


def merge(lists: Sequence[Longlist], canonical: Canonical = lambda _: None) -> Merged:
    """Make one list of several.

    An ecosystem of which a list does not say who suggested it gets the title of that list as the
    one that did, so that every entry counts as a suggestion; but one list of which nothing is
    merged stays as it is.

    Args:
        lists: The lists; of entries that are the same, the id and the name of the first one that
            says anything of the ecosystem stay.
        canonical: For an id or a name, the one name of all that were decided to be the same; or
            ``None`` if nobody decided so.

    Returns:
        The ecosystems in order of their ids, and what the lists contradict each other about.
    """
    merging = _Merging(lists, canonical)
    for number, longlist in enumerate(lists):
        for each in longlist.ecosystems:
            merging.add(each, Entry(number, each.id, each.name))
    return merging.result()


@dataclass(slots=True)
class _Merging:
    """Takes entries one by one; ``_keys`` tells under which key the names of each were kept."""

    lists: Sequence[Longlist]
    canonical: Canonical
    _kept: dict[str, Joined] = field(default_factory=dict)
    _origins: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)
    _contradictions: list[Contradiction] = field(default_factory=list)
    _pooled: list[Pooled] = field(default_factory=list)

    def add(self, each: Ecosystem, entry: Entry) -> None:
        """Keep an entry, or join it to the one that is the same."""
        decided = [name for name in map(self.canonical, _names(each)) if name is not None]
        known = (self._keys[name] for name in decided if name in self._keys)
        key = self._ids[each.id] if each.id in self._ids else next(known, each.id)
        self._ids.setdefault(each.id, key)
        for name in decided:
            self._keys.setdefault(name, key)
        self._origins[key] = (*self._origins.get(key, ()), (entry.list, each.id))
        there = self._kept.get(key)
        if there is None:
            self._kept[key] = Joined(each, entry)
            return
        there.ecosystem = self._told(there.ecosystem, there.entry)
        self._kept[key], joining = there.joined(self._told(each, entry), entry)
        self._contradictions += joining.contradictions
        self._pooled += joining.pooled

    def result(self) -> Merged:
        """Return what all entries became."""
        told_by = len(self.lists) > 1 or any(len(each) > 1 for each in self._origins.values())
        ids = {key: each.ecosystem.id for key, each in self._kept.items()}
        ecosystems = (
            self._told(each.ecosystem, each.entry) if told_by else each.ecosystem
            for each in self._kept.values()
        )
        return Merged(
            ecosystems=tuple(sorted(ecosystems, key=lambda each: each.id)),
            contradictions=tuple(
                replace(each, id=ids[self._ids[each.id]]) for each in self._contradictions
            ),
            pooled=tuple(replace(each, id=ids[self._ids[each.id]]) for each in self._pooled),
            origins={ids[key]: self._origins[key] for key in sorted(ids, key=ids.__getitem__)},
        )

    def _told(self, each: Ecosystem, entry: Entry) -> Ecosystem:
        """The ecosystem with the title of its list as a suggestion, if it has no other."""
        if each.suggested_by:
            return each
        return replace(each, suggested_by=(Suggestion(by=self.lists[entry.list].title),))


def _names(ecosystem: Ecosystem) -> tuple[str, ...]:
    wordings = (each.wording for each in ecosystem.suggested_by if each.wording)
    return (ecosystem.id, ecosystem.name, *ecosystem.aliases, *wordings)
