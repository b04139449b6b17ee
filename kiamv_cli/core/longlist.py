"""The long list: ecosystems and the sourced facts that are known of them.

A list of facts that is ``None`` is unknown; an empty one says "looked, there is none".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Verdict = Literal["met", "partly", "not-met", "unknown"]
Scope = Literal["municipal", "provincial", "multi-provincial", "national"]
Holding = Literal["holds", "later", "ended"]
JudgedBy = Literal["person", "review", "adjudicated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share: a source (its id in ``Ecosystem.sources``) and the years it holds.

    ``literal``, here and below, says that its texts are meant as they stand, though one of them
    looks like no answer: a partner that is called X.
    """

    source: str | None = None
    since: int | None = None
    until: int | None = None
    literal: bool = False

    def holding(self, year: int) -> Holding:
        """Tell whether the fact holds in ``year``; a year that is not given is no limit."""
        if self.since is not None and self.since > year:
            return "later"
        if self.until is not None and self.until < year:
            return "ended"
        return "holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge(Fact):
    """A challenge worked on; ``theme`` is ``None`` where it lies outside the themes."""

    what: str
    theme: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeDomain(Fact):
    """A domain of life in which the challenge is urgent: living, working or housing."""

    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Fact):
    """A statement in words: comparable work elsewhere, or a sign of maturity."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetLine(Fact):
    """Money from ``start`` up to and including ``until``; lines may overlap and are not summed."""

    own: bool | None = None
    amount_eur: int | None = None
    start: int | None = None
    funders: tuple[str, ...] = ()
    note: str | None = None

    def holding(self, year: int) -> Holding:
        """Tell whether the line holds in ``year``: also not before ``start``."""
        if self.start is not None and self.start > year:
            return "later"
        return Fact.holding(self, year)

    @property
    def years(self) -> int | None:
        """Calendar years covered, both ends included; ``None`` unless both are known."""
        if self.start is None or self.until is None:
            return None
        return self.until - self.start + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Fact):
    """An organisation that takes part."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """The four sides of the helix, each unknown (``None``), absent (empty) or listed."""

    industry: tuple[Partner, ...] | None = None
    government: tuple[Partner, ...] | None = None
    research: tuple[Partner, ...] | None = None
    citizens: tuple[Partner, ...] | None = None


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
class Judgement:
    """A person's verdict on one criterion, with the reason; it overrules the rule.

    ``basis`` says where it comes from: a person in the long list, reviewers who said the same, or
    adjudication where they did not.
    """

    verdict: Verdict | None = None
    by: str
    date: date
    reason: str
    parts: Mapping[str, Verdict] = field(default_factory=dict)
    literal: bool = False
    basis: JudgedBy = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read."""

    title: str
    publisher: str | None = None
    url: str | None = None
    year: int | None = None
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
class Longlist:
    """All suggested ecosystems, as of a reference date, in the order of their ids.

    ``sha256`` is that of the parsed list as canonical JSON, so that a folder and a file with
    the same content agree.
    """

    title: str
    as_of: date
    ecosystems: tuple[Ecosystem, ...]
    sha256: str
