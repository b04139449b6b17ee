"""Several long lists as one: nobody twice, every suggestion kept, no fact overwritten.

Ecosystems are the same if they have the same id, or if somebody decided so. Of two
that are the same the first one stays: what only the other one says is added to it, and where the
two contradict each other, what the first says stays and both are told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeVar

from kiamv_cli.core.identity import folded
from kiamv_cli.core.longlist import Partners, Suggestion
from kiamv_cli.core.written import FACT_LISTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from typing import TypeAlias

    from kiamv_cli.core.longlist import Ecosystem, Fact, Longlist, Source
    from kiamv_cli.core.problem import Problem

    Canonical: TypeAlias = Callable[[str], str | None]

_SINGLE = ("scope", "seat", "founded", "end_date", "website", "lead", "note")
_SIDES = ("industry", "government", "research", "citizens")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two entries say different things of one ecosystem; ``kept`` is what the first says.

    ``lists`` are the places of their lists among those that were merged, from 0, and ``names``
    the names that the two have there.
    """

    id: str
    key: str
    kept: object
    other: object
    lists: tuple[int, int]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Two entries that became one give different budget lines; all of them were kept.

    ``lists`` and ``names`` as in ``Contradiction``.
    """

    id: str
    lists: tuple[int, int]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Lists that became one.

    ``origins`` tells for each id in which lists (from 0) it stands, and under which id there.
    """

    ecosystems: tuple[Ecosystem, ...]
    contradictions: tuple[Contradiction, ...]
    pooled: tuple[Pooled, ...]
    origins: Mapping[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """Long lists that were read and became one.

    ``counts`` are the ecosystems of each of ``files``; ``remarks`` are all warnings, among them
    what the lists contradict each other about.
    """

    title: str
    as_of: date
    files: tuple[str, ...]
    counts: tuple[int, ...]
    merged: Merged
    remarks: tuple[Problem, ...]


def merge(lists: Sequence[Longlist], canonical: Canonical = lambda _: None) -> Merged:
    """Make one list of several.

    An ecosystem of which a list does not say who suggested it gets the title of that list as the
    one that did, so that every entry counts as a suggestion; but one list of which nothing is
    merged stays as it is.

    Args:
        lists: The lists; what an earlier entry says stays, and its id and its name.
        canonical: For an id or a name, the one name of all that were decided to be the same; or
            ``None`` if nobody decided so.

    Returns:
        The ecosystems in order of their ids, and what the lists contradict each other about.
    """
    kept: dict[str, tuple[Ecosystem, int]] = {}
    origins: dict[str, tuple[tuple[int, str], ...]] = {}
    groups: dict[str, str] = {}
    contradictions: list[Contradiction] = []
    pooled: list[Pooled] = []
    for number, longlist in enumerate(lists):
        for each in longlist.ecosystems:
            decided = [name for name in map(canonical, _names(each)) if name is not None]
            known = (groups[name] for name in decided if name in groups)
            name = each.id if each.id in kept else next(known, each.id)
            groups = {**dict.fromkeys(decided, name), **groups}
            origins[name] = (*origins.get(name, ()), (number, each.id))
            told = each
            first, where = kept.get(name, (None, number))
            if first:
                first = _suggested(first, lists[where].title)
                told = _suggested(each, longlist.title)
                told = _Merger(first, told, (where, number), contradictions, pooled).merged()
            kept[name] = told, where
    told_by = len(lists) > 1 or any(len(each) > 1 for each in origins.values())
    return Merged(
        ecosystems=tuple(
            _suggested(each, lists[where].title) if told_by else each
            for _name, (each, where) in sorted(kept.items())
        ),
        contradictions=tuple(contradictions),
        pooled=tuple(pooled),
        origins={name: origins[name] for name in sorted(origins)},
    )


def _names(ecosystem: Ecosystem) -> tuple[str, ...]:
    wordings = (each.wording for each in ecosystem.suggested_by if each.wording)
    return (ecosystem.id, ecosystem.name, *ecosystem.aliases, *wordings)


def _suggested(ecosystem: Ecosystem, by: str) -> Ecosystem:
    if ecosystem.suggested_by:
        return ecosystem
    return replace(ecosystem, suggested_by=(Suggestion(by=by),))


@dataclass(frozen=True, slots=True)
class _Merger:
    """Adds to an ecosystem what another list says of it."""

    first: Ecosystem
    other: Ecosystem
    lists: tuple[int, int]
    contradictions: list[Contradiction]
    pooled: list[Pooled]

    def merged(self) -> Ecosystem:
        """Give the first ecosystem with what only the other one says."""
        first, other = self.first, self.other
        sources, renamed = self._sources()
        self._note_budgets(renamed)
        single = {
            key: self._either(key, getattr(first, key), self._one(key, renamed)) for key in _SINGLE
        }
        for key in ("provinces", "themes"):
            self._either(key, sorted(getattr(first, key)), sorted(getattr(other, key)))
        facts = {
            key: self._facts(key, getattr(first, key), getattr(other, key), renamed)
            for key in FACT_LISTS
        }
        sides = {
            side: self._facts(
                f"partners.{side}",
                getattr(first.partners, side),
                getattr(other.partners, side),
                renamed,
            )
            for side in _SIDES
        }
        said: dict[str, Any] = {**single, **facts}
        return replace(
            first,
            **said,
            aliases=self._aliases(),
            named_in_study=_union(first.named_in_study, other.named_in_study),
            suggested_by=self._suggestions(),
            partners=Partners(**sides),
            verdicts=self._verdicts(),
            sources=sources,
        )

    def _either(self, key: str, kept: Any, other: Any) -> Any:  # noqa: ANN401 - any value
        """Take what is said; if both say something else, keep the first and note it."""
        if kept is None or other is None:
            return other if kept is None else kept
        if kept != other:
            self.contradictions.append(
                Contradiction(
                    id=self.first.id,
                    key=key,
                    kept=kept,
                    other=other,
                    lists=self.lists,
                    names=self._called,
                )
            )
        return kept

    @property
    def _called(self) -> tuple[str, str]:
        return self.first.name, self.other.name

    def _note_budgets(self, renamed: Mapping[str, str]) -> None:
        """Note where the other adds lines to those there: it may be the same money."""
        there, added = self.first.budget, _cited(self.other.budget, renamed)
        if there and not set(added or ()) <= set(there):
            self.pooled.append(Pooled(id=self.first.id, lists=self.lists, names=self._called))

    def _one(self, key: str, renamed: Mapping[str, str]) -> object:
        value = getattr(self.other, key)
        if key == "lead" and value and value.source:
            return replace(value, source=renamed[value.source])
        return value

    def _facts(
        self,
        key: str,
        kept: tuple[Any, ...] | None,
        other: tuple[Any, ...] | None,
        renamed: Mapping[str, str],
    ) -> Any:  # noqa: ANN401 - facts of the kind that the key has
        """All facts of both; that there is none, and some, contradict each other."""
        if not kept or not other:
            return self._either(key, kept, _cited(other, renamed))
        return _union(kept, _cited(other, renamed) or ())

    def _aliases(self) -> tuple[str, ...]:
        names = [self.first.name, *self.first.aliases]
        known = {folded(name) for name in names}
        return (
            *self.first.aliases,
            *(
                name
                for name in dict.fromkeys((self.other.name, *self.other.aliases))
                if folded(name) not in known
            ),
        )

    def _suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions; those of the other with the name that it has there if that differs.

        Two entries of one list were suggested twice, even if in the same words.
        """
        others = self.other.suggested_by
        if self.other.name != self.first.name:
            others = tuple(
                each if each.wording else replace(each, wording=self.other.name) for each in others
            )
        first, second = self.lists
        there = self.first.suggested_by
        if first == second:
            return (*there, *others)
        known = {replace(each, by=folded(each.by)) for each in there}
        new = (each for each in others if replace(each, by=folded(each.by)) not in known)
        return (*there, *new)

    def _verdicts(self) -> dict[str, Any]:
        first, other = self.first.verdicts, self.other.verdicts
        return {
            key: self._either(f"verdicts.{key}", first.get(key), other.get(key))
            for key in dict.fromkeys(chain(first, other))
        }

    def _sources(self) -> tuple[dict[str, Source], dict[str, str]]:
        """All sources, each once; and the names that those of the other have now."""
        sources = dict(self.first.sources)
        renamed: dict[str, str] = {}
        for key, source in self.other.sources.items():
            known = next((name for name, each in sources.items() if each == source), None)
            free = (f"s{number}" for number in count(1))
            new = known or (
                key
                if key not in sources
                else next(name for name in free if name not in {*sources, *self.other.sources})
            )
            renamed[key] = new
            sources[new] = source
        return sources, renamed


def _cited(facts: tuple[Fact, ...] | None, renamed: Mapping[str, str]) -> tuple[Fact, ...] | None:
    if facts is None:
        return None
    return tuple(
        replace(
            fact,
            source=renamed[fact.source] if fact.source else None,
            confirmed_by=tuple(renamed[name] for name in fact.confirmed_by),
        )
        for fact in facts
    )


def _union(first: tuple[_Item, ...], other: tuple[_Item, ...]) -> tuple[_Item, ...]:
    return (*first, *(each for each in dict.fromkeys(other) if each not in first))
