"""What is asked of a selection, its wishes one by one, and what of it can matter.

The engine knows neither facts nor criteria: a candidate is an id, an exact score, and the
categories it lists in each dimension.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from hashlib import sha256
from itertools import groupby
from math import lcm
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SelectionStep = Literal["wishes", "balance", "score", "lottery", "proof"]


@dataclass(frozen=True, slots=True)
class Candidate(Value):
    """One ecosystem as the engine sees it.

    ``places`` gives per dimension the categories it lists, without repeats; with m categories
    it gives 1/m seat to each.
    """

    id: str
    score: Fraction
    places: Mapping[str, tuple[str, ...]]


def category_name(dimension: str, category: str) -> str:
    """Return a category as it is asked for: ``NL-ZE``, ``phase:idea``."""
    return category if dimension in {"provinces", "themes"} else f"{dimension}:{category}"


@dataclass(frozen=True, slots=True)
class Quota:
    """At least or at most so many members that list the category; ``None`` is no limit."""

    dimension: str
    category: str
    at_least: int | None = None
    at_most: int | None = None

    @property
    def name(self) -> str:
        """Return the category as it is asked for: with its dimension, but for usual ones."""
        return category_name(self.dimension, self.category)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Value):
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
class Selection(Value):
    """The shortlist: members by score (highest first), then id; all figures exact."""

    members: tuple[str, ...]
    score: Fraction
    out_of_place: Mapping[str, Fraction] = field(default_factory=dict)
    status: Status


def comes_and_goes(
    before: Iterable[str], after: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who is in only after, and who was in only before, each in the order given."""
    old, new = dict.fromkeys(before), dict.fromkeys(after)
    return tuple(one for one in new if one not in old), tuple(one for one in old if one not in new)


Kind = Literal["size", "include", "exclude", "class", "at-least", "at-most"]


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: its kind, what it is about (an id, a category or nothing), and its number."""

    kind: Kind
    subject: str = ""
    number: int | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A wish and the number it would have to have; ``None``: it would have to be dropped."""

    wish: Wish
    to: int | None

    @property
    def by(self) -> int:
        """How much the number changes, up or down; 0 of a wish that is dropped."""
        return 0 if self.to is None or self.wish.number is None else abs(self.to - self.wish.number)


def wishes_of(question: Question) -> Iterator[Wish]:
    """List the wishes of a question one by one, each once: numbers, pins, classes."""
    yield Wish("size", number=question.size)
    yield from dict.fromkeys(wish for quota in question.quotas for wish in _halves(quota))
    yield from (Wish("include", name) for name in sorted(question.include))
    yield from (Wish("exclude", name) for name in sorted(question.exclude))
    if question.barred:
        yield Wish("class")


def relaxed(question: Question, changes: Iterable[Change]) -> Question:
    """Ask the question with other wishes; the targets keep their shares of the size."""
    to = {each.wish: each.to for each in changes}
    size = to.get(Wish("size", number=question.size), question.size)
    assert size is not None, "a size is changed, not dropped"
    share = Fraction(size, question.size or 1)
    return replace(
        question,
        size=size,
        targets={
            name: {category: seats * share for category, seats in targets.items()}
            for name, targets in question.targets.items()
        },
        include=question.include - {w.subject for w in to if w.kind == "include"},
        exclude=question.exclude - {w.subject for w in to if w.kind == "exclude"},
        barred=frozenset() if Wish("class") in to else question.barred,
        quotas=tuple(_quota(quota, to) for quota in question.quotas),
    )


def _quota(quota: Quota, to: Mapping[Wish, int | None]) -> Quota:
    halves = {wish.kind: to.get(wish, wish.number) for wish in _halves(quota)}
    return replace(quota, at_least=halves.get("at-least"), at_most=halves.get("at-most"))


def _halves(quota: Quota) -> Iterator[Wish]:
    if quota.at_least is not None:
        yield Wish("at-least", quota.category, quota.at_least, quota.dimension)
    if quota.at_most is not None:
        yield Wish("at-most", quota.category, quota.at_most, quota.dimension)


Places = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Candidates with the same score that are alike in all that is asked, first drawn first.

    ``places`` holds, for each dimension of the pool, the categories they list; ``score`` is in
    units of ``1 / Pool.unit``.
    """

    places: Places
    score: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The candidates that can matter.

    ``cells`` come by signature, within it by score, highest first: a best shortlist takes of each
    signature a beginning. ``pinned`` are in whatever else is chosen; ``free`` seats are left.
    """

    dimensions: tuple[str, ...]
    unit: int
    pinned: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    free: int


def draw(seed: str, identifier: str) -> str:
    """Give the lot of an ecosystem: whose lot sorts first is drawn first."""
    return sha256(f"{seed}\n{identifier}".encode()).hexdigest()


def make_pool(question: Question) -> Pool:
    """Group and prune the candidates of a question.

    Only dimensions that are balanced or bear a quota count. Of candidates alike in them only the
    best by score, then draw, can matter, as many as there are seats left by the pins: any
    other could be exchanged for one of these at no loss. Those with the same score as well are one
    column: what a solver would otherwise try in every order (Margot, Symmetry in integer linear
    programming, in 50 Years of Integer Programming, 2010) is one number, how many of them are in.

    Raises:
        ValueError: An included id is not among the candidates.
    """
    missing = question.include - {candidate.id for candidate in question.candidates}
    if missing:
        raise ValueError(f"not among the candidates: {', '.join(sorted(missing))}")
    unit = lcm(*{candidate.score.denominator for candidate in question.candidates})
    places = signature_of(question)
    pinned: list[Cell] = []
    signatures: defaultdict[Places, list[tuple[int, str, str]]] = defaultdict(list)
    for one in question.candidates:
        score = one.score.numerator * (unit // one.score.denominator)
        if one.id in question.include:
            pinned.append(Cell(places(one), score, (one.id,)))
        elif one.id not in question.exclude and one.id not in question.barred:
            signatures[places(one)].append((-score, draw(question.seed, one.id), one.id))
    free = question.size - len(pinned)
    return Pool(
        dimensions=counted_dimensions(question),
        unit=unit,
        pinned=tuple(sorted(pinned, key=lambda cell: cell.members)),
        cells=tuple(_cells(signatures, max(free, 0))),
        free=free,
    )


def _cells(signatures: Mapping[Places, list[tuple[int, str, str]]], free: int) -> Iterator[Cell]:
    for places in sorted(signatures):
        best = sorted(signatures[places])[:free]
        for score, alike in groupby(best, key=itemgetter(0)):
            yield Cell(places, -score, tuple(identifier for _, _, identifier in alike))


def counted_dimensions(question: Question) -> tuple[str, ...]:
    """Name the dimensions that are balanced or bear a quota."""
    bound = {quota.dimension for quota in question.quotas}.union(question.balance)
    return tuple(sorted(bound))


def signature_of(question: Question) -> Callable[[Candidate], Places]:
    """Make a function that keeps of a candidate's places those that are balanced or counted."""
    dimensions = counted_dimensions(question)
    counted: dict[str, set[str]] = {}
    for quota in question.quotas:
        counted.setdefault(quota.dimension, set()).add(quota.category)

    def kept(candidate: Candidate, dimension: str) -> tuple[str, ...]:
        listed = sorted(candidate.places[dimension])
        if dimension in question.balance:
            return tuple(listed)
        return tuple(category for category in listed if category in counted[dimension])

    return lambda one: tuple(kept(one, dimension) for dimension in dimensions)
