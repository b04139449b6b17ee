"""Two entries that tell of one ecosystem, as one: what is known of both, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar

from kiamv_cli.base.labels import folded
from kiamv_cli.longlist.model.longlist import FACT_LISTS
from kiamv_cli.programme.model.facts import Partners

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.longlist.model.longlist import Ecosystem, Suggestion
    from kiamv_cli.programme.model.facts import Fact, Judgement, Source

Reason = Literal["first", "bare", "facts", "fuller", "later", "sourced"]
"""Why a value stays: it was given first; the other entry says nothing else of the ecosystem; facts
were found where the other found none; it holds all that the other says, and more; it was judged
later; it has a source."""

_SINGLE = ("scope", "seat", "founded", "end_date", "website", "lead")
_TEXTS = ("note", "internal")
_CODES = ("provinces", "themes")
_SIDES = ("industry", "government", "research", "citizens")
_Item = TypeVar("_Item")


class Entry(NamedTuple):
    """An entry of a list: the place of the list among those merged, from 0, its id, its name."""

    list: int
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two entries say different things of one ecosystem; ``kept`` is what stays, and why.

    ``kept_by`` and ``other_by`` are the entries that say so.
    """

    id: str
    key: str
    kept: object
    other: object
    kept_by: Entry
    other_by: Entry
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """Two entries that became one give different budget lines; all of them were kept."""

    id: str
    kept_by: Entry
    other_by: Entry


@dataclass(slots=True)
class Joined:
    """An ecosystem of which several entries tell.

    ``entry`` is the one whose id and name it has, and ``said_by`` tells of a key which other one
    says what is kept of it.
    """

    ecosystem: Ecosystem
    entry: Entry
    said_by: dict[str, Entry] = field(default_factory=dict)

    def joined(self, other: Ecosystem, entry: Entry) -> tuple[Joined, _Joining]:
        """Join another entry to it; the one with the id and the name is the first that says more.

        Returns:
            Both as one, and what came of joining them.
        """
        first, second = self, Joined(other, entry)
        is_bare = _is_bare(self.ecosystem) and not _is_bare(other)
        if is_bare:
            first, second = second, first
        joining = _Joining(first, second, "bare" if is_bare else "first")
        return joining.result(), joining


def _is_bare(each: Ecosystem) -> bool:
    """Whether nothing is said but what every ecosystem must have."""
    partners = [getattr(each.partners, side) for side in _SIDES]
    facts = [getattr(each, key) for key in (*FACT_LISTS, *_SINGLE)]
    return (
        all(value is None for value in (*partners, *facts))
        and not each.verdicts
        and not each.attributes
    )


@dataclass(slots=True)
class _Joining:
    """Adds to an ecosystem what another entry says of it."""

    base: Joined
    added: Joined
    why: Reason
    contradictions: list[Contradiction] = field(default_factory=list)
    pooled: list[Pooled] = field(default_factory=list)
    _said_by: dict[str, Entry] = field(default_factory=dict)

    def result(self) -> Joined:
        """Return the first ecosystem with what only the other one says."""
        first, other = self.base.ecosystem, self.added.ecosystem
        self._said_by = dict(self.base.said_by)
        sources, renamed = self._sources()
        self._note_budgets(renamed)
        other = _cited_anew(other, renamed)
        said: dict[str, Any] = {
            key: self._either(key, getattr(first, key), getattr(other, key)) for key in _SINGLE
        }
        said |= {key: self._facts(key, first, other) for key in FACT_LISTS}
        said |= {key: _both(getattr(first, key), getattr(other, key)) for key in _TEXTS}
        said |= {key: self._codes(key, getattr(first, key), getattr(other, key)) for key in _CODES}
        sides = {
            side: self._facts(side, first.partners, other.partners, "partners.") for side in _SIDES
        }
        joined = replace(
            first,
            **said,
            literal=first.literal or other.literal,
            aliases=self._aliases(),
            named_in_study=_union(first.named_in_study, other.named_in_study),
            suggested_by=self._suggestions(),
            partners=Partners(**sides),
            attributes=self._attributes(first, other),
            verdicts=self._verdicts(),
            sources=sources,
        )
        return Joined(joined, self.base.entry, self._said_by)

    def _attributes(self, first: Ecosystem, other: Ecosystem) -> dict[str, Any]:
        """Take of each attribute what is said."""
        return {
            name: self._either(
                f"attributes.{name}", first.attributes.get(name), other.attributes.get(name)
            )
            for name in dict.fromkeys((*first.attributes, *other.attributes))
        }

    def _either(self, key: str, kept: Any, other: Any) -> Any:  # noqa: ANN401 - any value
        """Take what is said; if both say something else, keep one, and note why."""
        if kept is None or other is None or kept == other:
            return self._taken(key, kept, other, is_other=kept is None and other is not None)
        reason, is_other = _better(kept, other)
        if reason is None:
            reason, is_other = self.why, False
        self._contradict(key, kept, other, reason, is_other=is_other)
        return self._taken(key, kept, other, is_other=is_other)

    def _taken(self, key: str, kept: Any, other: Any, *, is_other: bool) -> Any:  # noqa: ANN401
        if is_other:
            self._said_by[key] = self._who(self.added, key)
        return other if is_other else kept

    def _contradict(
        self, key: str, kept: object, other: object, reason: Reason, *, is_other: bool
    ) -> None:
        values = (other, kept) if is_other else (kept, other)
        entries = self._who(self.base, key), self._who(self.added, key)
        kept_by, other_by = entries[::-1] if is_other else entries
        self.contradictions.append(
            Contradiction(
                id=self.base.ecosystem.id,
                key=key,
                kept=values[0],
                other=values[1],
                kept_by=kept_by,
                other_by=other_by,
                reason=reason,
            )
        )

    @staticmethod
    def _who(joined: Joined, key: str) -> Entry:
        return joined.said_by.get(key, joined.entry)

    def _codes(self, key: str, kept: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
        """Take the codes that both list, in whatever order; if they differ, the fuller ones."""
        if set(kept) == set(other):
            return kept
        is_other = set(kept) < set(other)
        fuller = is_other or set(other) < set(kept)
        self._contradict(key, kept, other, "fuller" if fuller else self.why, is_other=is_other)
        taken: tuple[str, ...] = self._taken(key, kept, other, is_other=is_other)
        return taken

    def _facts(self, key: str, first: object, second: object, within: str = "") -> Any:  # noqa: ANN401
        """All facts of both; that there is none, and some, contradict each other."""
        kept, other = getattr(first, key), getattr(second, key)
        if kept and other:
            return _union(kept, other)
        return self._either(within + key, kept, other)

    def _note_budgets(self, renamed: Mapping[str, str]) -> None:
        """Note where the other adds lines to those there: it may be the same money."""
        there = self.base.ecosystem.budget
        added = _cited(self.added.ecosystem.budget, renamed)
        if there and not set(added or ()) <= set(there):
            self.pooled.append(
                Pooled(
                    id=self.base.ecosystem.id,
                    kept_by=self._who(self.base, "budget"),
                    other_by=self._who(self.added, "budget"),
                )
            )

    def _aliases(self) -> tuple[str, ...]:
        first, other = self.base.ecosystem, self.added.ecosystem
        known = {folded(name) for name in (first.name, *first.aliases)}
        names = dict.fromkeys((other.name, *other.aliases))
        return (*first.aliases, *(name for name in names if folded(name) not in known))

    def _suggestions(self) -> tuple[Suggestion, ...]:
        """All suggestions; those of the other with the name that it has there if that differs.

        Two entries of one list were suggested twice, even if in the same words.
        """
        first, other = self.base.ecosystem, self.added.ecosystem
        others = other.suggested_by
        if other.name != first.name:
            others = tuple(
                each
                if each.wording
                else replace(each, wording=other.name, literal=each.literal or other.literal)
                for each in others
            )
        there = first.suggested_by
        if self.base.entry.list == self.added.entry.list:
            return (*there, *others)
        known = {replace(each, by=folded(each.by)) for each in there}
        new = (each for each in others if replace(each, by=folded(each.by)) not in known)
        return (*there, *new)

    def _verdicts(self) -> dict[str, Judgement]:
        first, other = self.base.ecosystem.verdicts, self.added.ecosystem.verdicts
        return {
            key: self._either(f"verdicts.{key}", first.get(key), other.get(key))
            for key in dict.fromkeys(chain(first, other))
        }

    def _sources(self) -> tuple[dict[str, Source], dict[str, str]]:
        """All sources, each once; and the names that those of the other have now."""
        sources = dict(self.base.ecosystem.sources)
        others = self.added.ecosystem.sources
        renamed: dict[str, str] = {}
        for key, source in others.items():
            known = next((name for name, each in sources.items() if each == source), None)
            free = (f"s{number}" for number in count(1))
            new = known or (
                key
                if key not in sources
                else next(name for name in free if name not in {*sources, *others})
            )
            renamed[key] = new
            sources[new] = source
        return sources, renamed


def _better(kept: Any, other: Any) -> tuple[Reason | None, bool]:  # noqa: ANN401 - any values
    """Say why one of two values that differ is better, and whether it is the other one."""
    if isinstance(kept, tuple):  # one of the two is empty
        return "facts", bool(other)
    if hasattr(kept, "verdict"):
        return ("later", other.date > kept.date) if other.date != kept.date else (None, False)
    sourced = getattr(kept, "source", None), getattr(other, "source", None)
    if bool(sourced[0]) != bool(sourced[1]):
        return "sourced", sourced[0] is None
    return None, False


def _both(first: str | None, other: str | None) -> str | None:
    """Two texts one below the other, one that is within the other only once."""
    if not first or not other or first in other or other in first:
        return max(first or "", other or "", key=len) or None
    return f"{first}\n{other}"


def _cited_anew(each: Ecosystem, renamed: Mapping[str, str]) -> Ecosystem:
    """Return an ecosystem whose facts cite sources by their new names."""
    lead = each.lead
    if lead and lead.source:
        lead = replace(lead, source=renamed[lead.source])
    facts: dict[str, Any] = {key: _cited(getattr(each, key), renamed) for key in FACT_LISTS}
    sides: dict[str, Any] = {side: _cited(getattr(each.partners, side), renamed) for side in _SIDES}
    said: dict[str, Any] = {name: _cited(of, renamed) for name, of in each.attributes.items()}
    return replace(each, lead=lead, partners=Partners(**sides), attributes=said, **facts)


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
