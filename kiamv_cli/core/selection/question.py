"""What is asked of a selection, and the exact answer, as plain values.

The engine knows neither facts nor criteria: a candidate is an id, an exact score, and the
categories it lists in each dimension.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

SelectionStep = Literal["wishes", "balance", "score", "lottery"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One ecosystem as the engine sees it.

    ``places`` gives per dimension the categories it lists, without repeats; with m categories
    it gives 1/m seat to each.
    """

    id: str
    score: Fraction
    places: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Quota:
    """At least or at most so many members that list the category; ``None`` is no limit."""

    dimension: str
    category: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A selection to be made.

    ``targets`` holds, for every dimension that is reported and every category of its
    vocabulary, the seats wanted (they add up to ``size``). ``balance`` names the dimensions in
    which seats out of place are minimised. ``give_up`` is the share of the best total score
    (0 to 1) by which any shortlist may fall short of it, ``None`` for any. ``barred`` are out like
    ``exclude``, but all by one wish: the classes that are asked for.
    """

    candidates: tuple[Candidate, ...]
    size: int
    targets: Mapping[str, Mapping[str, Fraction]]
    balance: tuple[str, ...]
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    quotas: tuple[Quota, ...] = ()
    give_up: Fraction | None = None
    seed: str = "kiamv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far the proof got.

    ``proven`` holds only when all steps were. Otherwise ``step`` is the step that was under
    way when time ran out or the user interrupted, and ``gap`` how far its result may be from
    the best, as a share of the score found, 1 if that is 0 (for the balance step: in seats).
    """

    proven: bool
    step: SelectionStep
    gap: Fraction = Fraction(0)
    interrupted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The shortlist: members by score (highest first), then id; all figures exact."""

    members: tuple[str, ...]
    score: Fraction
    out_of_place: Mapping[str, Fraction] = field(default_factory=dict)
    status: Status
