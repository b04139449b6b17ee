"""The facts that can be known of an ecosystem, and what rules make of them.

Open world: a list of facts that is absent is unknown, and further facts may still raise the
score; an empty list says "looked, there is none" and closes the question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, TypeVar

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


Verdict = Literal["met", "partly", "not-met", "unknown"]


Scope = Literal["municipal", "provincial", "multi-provincial", "national"]


Holding = Literal["holds", "later", "ended"]


JudgedBy = Literal["person", "review", "adjudicated"]


Day: TypeAlias = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What all facts share: a source (its id in ``Ecosystem.sources``) and the years it holds.

    ``confirmed_by`` are further sources that say the same, independently of the first.
    ``literal``, here and below, says that its texts are meant as they stand, though one of them
    looks like no answer: a partner that is called X.
    """

    source: str | None = None
    confirmed_by: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    literal: bool = False

    @property
    def cited(self) -> tuple[str, ...]:
        """Return the ids of all its sources, the one that it was taken from first."""
        return (*((self.source,) if self.source else ()), *self.confirmed_by)

    def holding(self, year: int) -> Holding:
        """Return whether the fact holds in ``year``; a year that is not given is no limit."""
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
class Statement(Fact):
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
        """Return whether the line holds in ``year``: also not before ``start``."""
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
class Judgement(Value):
    """A person's verdict on one criterion, with the reason; it overrules the rule.

    On a criterion with a scale it is a ``grade``.
    ``basis`` says where it comes from: one person, in the long list or alone in a review
    (``reviewed``); reviewers who said the same; or adjudication where they did not. Of one from a
    review ``overruled`` is what the list itself says, ``cited`` what reviewers relied on, and
    ``decided`` the day of an outcome; ``date`` is the reference date at which it holds. One that
    is ``pending`` waits for the chair, as too few judged, and does not count.
    """

    verdict: Verdict | None = None
    grade: Fraction | None = None
    by: str
    date: date
    reason: str
    parts: Mapping[str, Verdict] = field(default_factory=dict)
    literal: bool = False
    basis: JudgedBy = "person"
    reviewed: bool = False
    cited: tuple[str, ...] = ()
    decided: Day | None = None
    pending: bool = False
    overruled: Judgement | None = field(default=None, compare=False)

    @property
    def listed(self) -> Judgement | None:
        """The verdict in the long list itself, ``None`` if it has none."""
        return self if self.basis == "person" and not self.reviewed else self.overruled


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact was read, and, of a page that says no year, when (a month or a day)."""

    title: str
    publisher: str | None = None
    url: str | None = None
    year: int | None = None
    read: str | None = None
    literal: bool = False


NONE = Fraction(0)
VERDICT_SCORES: Mapping[Verdict, Fraction] = {
    "met": Fraction(1),
    "partly": Fraction(1, 2),
    "not-met": NONE,
    "unknown": NONE,
}


SIDES = ("industry", "government", "research", "citizens")


class Subject(Protocol):
    """What rules look at: an ecosystem, with its facts and what people judged of it."""

    @property
    def scope(self) -> Scope | None:
        """How far it reaches."""

    @property
    def budget(self) -> tuple[BudgetLine, ...] | None:
        """Its budget lines; ``None`` is unknown, empty is "there is none"."""

    @property
    def partners(self) -> Partners:
        """Who takes part, side by side."""

    @property
    def attributes(self) -> Mapping[str, tuple[Fact, ...]]:
        """What the programme asks beside these, by id; what is not there is unknown."""

    @property
    def verdicts(self) -> Mapping[str, Judgement]:
        """What people judged, by the id of the criterion."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Where its facts were read, by the id of the source."""


F = TypeVar("F", bound=Fact)


def holding(facts: Iterable[F] | None, year: int) -> list[F]:
    """Return the facts that hold in a year; none of a list that is unknown."""
    return [fact for fact in facts or () if fact.holding(year) == "holds"]


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What the facts show of one criterion, and what they cannot exclude.

    ``proven`` and ``possible`` are scores in [0, 1]. ``meets`` and ``could_meet`` say whether
    those scores may count as met at all (a sides rule also asks for certain sides). ``known``
    is false where nothing counts: no fact that holds, and no "there is none".
    """

    proven: Fraction
    possible: Fraction
    meets: bool = True
    could_meet: bool = True
    known: bool = True


CLOSED = RuleOutcome(NONE, NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact that bears on a criterion; it counts where it ``holds`` at the reference date.

    ``side`` is that of a partner, ``source`` where the fact was read, ``cited`` all its sources
    by their ids, that one first. ``of`` is the list, or the attribute, that it stands in.
    """

    fact: Fact
    holding: Holding
    side: str | None = None
    source: Source | None = None
    cited: tuple[tuple[str, Source], ...] = ()
    of: str = ""

    @property
    def counts(self) -> bool:
        """Whether the fact holds at the reference date."""
        return self.holding == "holds"


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionEvidence:
    """All that is known of one ecosystem on one criterion.

    ``absent`` and ``unseen`` name lists of facts, or sides: of the absent it is known that there
    is none, of the unseen nothing is known. ``judgement`` is a person's, which counts unless it is
    ``too_late`` or pending.
    """

    facts: tuple[Evidence, ...]
    absent: tuple[str, ...]
    unseen: tuple[str, ...]
    judgement: Judgement | None
    too_late: bool

    @property
    def counting(self) -> Judgement | None:
        """The judgement, if it counts."""
        judgement = self.judgement
        return None if judgement is None or self.too_late or judgement.pending else judgement

    @property
    def undecided(self) -> bool:
        """Whether a person judged the whole criterion and could not tell."""
        return self.counting is not None and self.counting.verdict == "unknown"
