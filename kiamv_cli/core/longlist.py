"""The long list: ecosystems and the sourced facts that are known of them.

A list of facts that is ``None`` is unknown; an empty one says "looked, there is none".
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.fingerprint import canonical, digest, longlist_sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

from kiamv_cli.core.facts import (
    BudgetLine,
    Challenge,
    Finding,
    Judgement,
    LifeDomain,
    Partners,
    Scope,
    Source,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who took the initiative."""

    who: str
    kind: str
    source: str | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Who or which overview put the ecosystem on the list."""

    by: str
    via: str | None = None
    date: date | None = None
    wording: str | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ecosystem:
    """One entry of the long list. Provinces and themes are codes, the main one first.

    ``internal`` is for the team alone: it is in no hash, and nothing that is shown or kept holds
    it. ``literal`` is for its name, aliases, seat and who suggested it.
    """

    id: str
    name: str
    provinces: tuple[str, ...]
    themes: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    scope: Scope | None = None
    seat: str | None = None
    founded: int | None = None
    end_date: int | Literal["open"] | None = None
    website: str | None = None
    lead: Lead | None = None
    named_in_study: tuple[str, ...] = ()
    suggested_by: tuple[Suggestion, ...] = ()
    challenges: tuple[Challenge, ...] | None = None
    life_domains: tuple[LifeDomain, ...] | None = None
    comparable_elsewhere: tuple[Finding, ...] | None = None
    maturity: tuple[Finding, ...] | None = None
    budget: tuple[BudgetLine, ...] | None = None
    partners: Partners = field(default_factory=Partners)
    verdicts: Mapping[str, Judgement] = field(default_factory=dict)
    note: str | None = None
    internal: str | None = field(default=None, compare=False, repr=False)
    literal: bool = False
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrigin:
    """Where a long list was read, and what stood there.

    ``source`` is the path as it was given, ``None`` for the bundled list. ``title`` and ``as_of``
    are what the list states of itself, ``None`` where it states nothing and gets a title or a
    reference date from elsewhere. ``as_read`` is the list as it was when it had been read.
    """

    source: str | None
    title: str | None
    as_of: date | None
    as_read: Longlist


@dataclass(frozen=True, kw_only=True)  # no slots: its hash is kept once somebody asked for it
class Longlist:
    """All suggested ecosystems, as of a reference date, in the order of their ids.

    ``origin`` is where it was read, ``None`` for a list that was made in Python.
    """

    title: str
    as_of: date
    ecosystems: tuple[Ecosystem, ...]
    origin: ListOrigin | None = field(default=None, compare=False, repr=False)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of what it says, in whatever form; see ``fingerprint``.

        What does not stand in the list plays no part: a title or a reference date from
        elsewhere, and verdicts of a review.
        """
        title, as_of = self._stated()
        digests = {each.id: ecosystem_sha256(each) for each in self.unreviewed().ecosystems}
        return longlist_sha256(title, None if as_of is None else as_of.isoformat(), digests)

    @property
    def as_read(self) -> bool:
        """Whether it still says what was read from its origin, but for verdicts of a review."""
        if self.origin is None:
            return False
        read = self.origin.as_read
        return self.unreviewed() == read or self.sha256 == replace(read, origin=self.origin).sha256

    def unreviewed(self) -> Longlist:
        """Return the list without the verdicts of a review, itself if it has none."""
        ecosystems = tuple(map(_unreviewed, self.ecosystems))
        if all(one is other for one, other in zip(ecosystems, self.ecosystems, strict=True)):
            return self
        return replace(self, ecosystems=ecosystems)

    def _stated(self) -> tuple[str | None, date | None]:
        origin = self.origin
        if origin is None:
            return self.title, self.as_of
        read = origin.as_read
        title = origin.title if self.title == read.title else self.title
        return title, origin.as_of if self.as_of == read.as_of else self.as_of


def ecosystem_sha256(ecosystem: Ecosystem) -> str:
    """Compute the SHA-256 of what a list says of an ecosystem."""
    from kiamv_cli.core.written import as_written  # noqa: PLC0415 - it imports this module

    said = as_written(ecosystem)
    # What the team keeps for itself can be changed or left out, and it is the same list.
    said.pop("internal", None)
    return digest(canonical(said))


def _unreviewed(ecosystem: Ecosystem) -> Ecosystem:
    if all(each.listed is each for each in ecosystem.verdicts.values()):
        return ecosystem
    listed = {name: each.listed for name, each in ecosystem.verdicts.items()}
    return replace(ecosystem, verdicts={name: each for name, each in listed.items() if each})
