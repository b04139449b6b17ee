"""What a report prints of a survey, and what an audit of it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from fractions import Fraction

AnswerKind = Literal["single", "multiple"]
Says = Literal["most-named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place in the report: page, line, and a few words as they are printed."""

    page: int | None = None
    line: int | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage:
    """A percentage as it is printed: ``3.7%`` is 37/10 with one decimal."""

    text: str
    value: Fraction
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The same figure, printed in another place, perhaps of another unit."""

    unit: str | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A percentage that a report gives.

    Attributes:
        id: Its own.
        value: As it is printed.
        about: Whether the report calls it approximate.
        of: The id of the respondents that it is a share of.
        question: What was asked.
        option: Which answer is counted.
        answer: Whether one answer or several could be given; ``None`` if the report does not say.
        group: Shared by figures that are printed as answers to one question, in one place.
        base: The number of respondents that is printed with it, if one is.
        count: How many of them, if that is printed.
        unit: What the report says is counted.
        where: Its place.
        also: Where else it is printed.
    """

    id: str
    value: Percentage
    about: bool = False
    of: str
    question: str
    option: str
    answer: AnswerKind | None = None
    group: str | None = None
    base: int | None = None
    count: int | None = None
    unit: str | None = None
    where: Where = Where()
    also: tuple[Again, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of respondents that a report gives: ``count`` of ``base``, if that is printed."""

    id: str
    count: int
    base: int | None = None
    of: str
    what: str
    unit: str | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A number of respondents that a report states."""

    value: int
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the respondents; ``of`` is set where they were taken from other respondents."""

    value: int
    what: str
    of: str | None = None
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondents:
    """Those who answered in one way: how many are stated, in which parts, and who is listed."""

    id: str
    what: str
    stated: tuple[Stated, ...] = ()
    parts: tuple[Part, ...] = ()
    names: tuple[str, ...] = ()
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a report says of one of its counts in words."""

    id: str
    says: Says
    count: str
    where: Where = Where()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """All of it; ``lines_of`` tells which text the numbers of lines belong to."""

    title: str
    respondents: tuple[Respondents, ...]
    lines_of: str | None = None
    figures: tuple[Figure, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def groups(self) -> Mapping[str, tuple[Figure, ...]]:
        """The figures of each group that has two or more, in the order of the file."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            if figure.group is not None:
                found.setdefault(figure.group, []).append(figure)
        return {name: tuple(figures) for name, figures in found.items() if len(figures) > 1}

    def figures_of(self, respondents: str) -> tuple[Figure, ...]:
        """Return the figures that are shares of these respondents."""
        return tuple(each for each in self.figures if each.of == respondents)

    def counts_of(self, respondents: str) -> tuple[Count, ...]:
        """Return the counts that are of these respondents."""
        return tuple(each for each in self.counts if each.of == respondents)

    def places(self) -> Mapping[str, tuple[Where, ...]]:
        """Return where everything that has an id is printed."""
        found: dict[str, tuple[Where, ...]] = {}
        for figure in self.figures:
            found[figure.id] = (figure.where, *(each.where for each in figure.also))
        found |= {each.id: (each.where,) for each in self.counts}
        found |= {each.id: (each.where,) for each in self.claims}
        for group in self.respondents:
            numbers = [each.where for each in group.stated] + [each.where for each in group.parts]
            found[group.id] = (*numbers, group.where)
        return found


Contradiction = Literal[
    "impossible-figure",
    "figure-against-base",
    "numbers-differ",
    "list-not-closed",
    "count-over-base",
    "not-most-named",
]
Untold = Literal[
    "no-shared-base",
    "hidden-base",
    "several-bases",
    "base-against-figures",
    "base-not-printed",
    "sum-off",
    "count-bases-differ",
]
Slip = Literal[
    "value-twice",
    "decimals-differ",
    "units-differ",
    "name-twice",
    "names-spelled-differently",
    "names-alike",
    "most-named-tied",
]
Kind = Literal[Contradiction, Untold, Slip]
Weight = Literal["contradiction", "untold", "slip"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)
Evidence = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One finding.

    Attributes:
        kind: What kind it is.
        subject: What it is about: the id of a figure, a group, respondents, a count or a claim.
        ids: The ids of all that it concerns, those of ``Reported``.
        evidence: The numbers that show it: texts, whole numbers, and lists and mappings of them.
    """

    kind: Kind
    subject: str
    ids: tuple[str, ...]
    evidence: Evidence

    @property
    def id(self) -> str:
        """Stays the same as long as the file says the same."""
        return f"{self.kind}:{self.subject}"

    @property
    def weight(self) -> Weight:
        """Return how much it weighs.

        ``contradiction``: two things that are printed cannot both be right. ``untold``: they can,
        but only if the report leaves out what readers need. ``slip``: it reads like a mistake.
        """
        if self.kind in get_args(Untold):
            return "untold"
        return "slip" if self.kind in get_args(Slip) else "contradiction"
