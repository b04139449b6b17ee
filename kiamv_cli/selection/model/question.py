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
from math import floor, lcm
from operator import itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from kiamv_cli.base.value import Value
from kiamv_cli.programme.model.dimensions import PLAIN_DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

SelectionStep = Literal["wishes", "keep", "balance", "score", "ties", "lottery", "proof"]


@dataclass(frozen=True, slots=True)
class Candidate(Value):
    """One ecosystem as the engine sees it.

    ``places`` gives per dimension the categories it lists, a group of categories as often as it
    lists one of them; with m categories it gives 1/m seat to each. ``ties`` are the scores that
    decide between equal totals, in order.
    """

    id: str
    score: Fraction
    places: Mapping[str, tuple[str, ...]]
    ties: tuple[Fraction, ...] = ()


def category_name(dimension: str, category: str) -> str:
    """Return a category as it is asked for: ``NL-ZE``, ``phase:idea``."""
    return category if dimension in PLAIN_DIMENSIONS else f"{dimension}:{category}"


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


SumKind = Literal["at-most-one", "together", "only-with", "cost", "cost-known", "changes"]
Kind = Literal["size", "include", "exclude", "class", "at-least", "at-most", SumKind]
Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: its kind, what it is about, and its number.

    It is about an id, a category, an attribute, ids with commas between, ``a=b``, or nothing.
    ``cost-known`` is the part of a cost by which who has no number cannot be in.
    """

    kind: Kind
    subject: str = ""
    number: Number | None = None
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """That whole numbers of the members add up within limits; ``None`` is no limit.

    ``of`` gives the number of each candidate, 0 of who is not there. Where the wish that asks for
    it has a number, ``at_most`` is that many units, rounded down, plus ``base``.
    """

    wish: Wish
    of: Mapping[str, int]
    at_least: int | None = None
    at_most: int | None = None
    unit: Fraction = Fraction(1)
    base: int = 0

    def holds(self, members: Iterable[str]) -> bool:
        """Return whether it holds for a shortlist."""
        total = sum(self.of.get(name, 0) for name in members)
        return (self.at_least is None or total >= self.at_least) and (
            self.at_most is None or total <= self.at_most
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Value):
    """A selection to be made.

    ``targets`` holds, for every dimension that is reported and every category of its
    vocabulary, the seats wanted (they add up to ``size``). ``balance`` names the dimensions in
    which seats out of place are minimised. ``give_up`` is the share of the best total score
    (0 to 1) by which any shortlist may fall short of it, ``None`` for any. ``barred`` are out like
    ``exclude``, but all by one wish: the classes that are asked for. ``sums`` are all other wishes.
    ``keep`` holds those of whom, before balance, as few leave as can be.
    """

    candidates: tuple[Candidate, ...]
    size: int
    targets: Mapping[str, Mapping[str, Fraction]]
    balance: tuple[str, ...]
    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    quotas: tuple[Quota, ...] = ()
    sums: tuple[Sum, ...] = ()
    keep: frozenset[str] = frozenset()
    give_up: Fraction | None = None
    seed: str = "kiamv"

    @property
    def by_score_alone(self) -> Question:
        """The same wishes, with nothing that comes before the score."""
        return replace(self, balance=(), give_up=None, keep=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How far the proof got.

    ``proven`` holds only when all steps were. Otherwise ``step`` is the step that was under
    way when time ran out or the user interrupted, and ``gap`` how far its result may be from
    the best, as a share of the score found, 1 if that is 0 (for the balance step: in seats, for
    that of who is kept: in members).
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


@dataclass(frozen=True, slots=True)
class WishChange:
    """A wish and the number it would have to have; ``None``: it would have to be dropped."""

    wish: Wish
    to: Number | None

    @property
    def by(self) -> Number:
        """How much the number changes, up or down; 0 of a wish that is dropped."""
        if self.to is None or self.wish.number is None:
            return 0
        return abs(Fraction(self.to) - self.wish.number)


def wishes_of(question: Question) -> Iterator[Wish]:
    """List the wishes of a question one by one, each once: numbers, pins, classes."""
    yield Wish("size", number=question.size)
    yield from dict.fromkeys(wish for quota in question.quotas for wish in _halves(quota))
    yield from dict.fromkeys(each.wish for each in question.sums)
    yield from (Wish("include", name) for name in sorted(question.include))
    yield from (Wish("exclude", name) for name in sorted(question.exclude))
    if question.barred:
        yield Wish("class")


def relaxed(question: Question, changes: Iterable[WishChange]) -> Question:
    """Ask the question with other wishes; the targets keep their shares of the size."""
    to = {each.wish: each.to for each in changes}
    size = to.get(Wish("size", number=question.size), question.size)
    assert isinstance(size, int), "a size is changed, not dropped"
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
        sums=tuple(_sums(question.sums, to)),
    )


def _quota(quota: Quota, to: Mapping[Wish, Number | None]) -> Quota:
    halves = {wish.kind: to.get(wish, wish.number) for wish in _halves(quota)}
    limits = {kind: None if limit is None else int(limit) for kind, limit in halves.items()}
    return replace(quota, at_least=limits.get("at-least"), at_most=limits.get("at-most"))


def _sums(sums: Iterable[Sum], to: Mapping[Wish, Number | None]) -> Iterator[Sum]:
    # Without its number a cost means nothing: whoever lets in those who have none drops it.
    dropped = {wish.subject for wish in to if wish.kind == "cost-known"}
    for each in sums:
        wish, number = each.wish, to.get(each.wish, each.wish.number)
        if wish.kind in {"cost", "cost-known"} and wish.subject in dropped:
            continue
        if wish not in to:
            yield each
        elif number is not None:
            limit = floor(number * each.unit) + each.base
            yield replace(each, wish=replace(wish, number=number), at_most=limit)


def _halves(quota: Quota) -> Iterator[Wish]:
    if quota.at_least is not None:
        yield Wish("at-least", quota.category, quota.at_least, quota.dimension)
    if quota.at_most is not None:
        yield Wish("at-most", quota.category, quota.at_most, quota.dimension)


Places = tuple[tuple[str, ...], ...]


class Signature(NamedTuple):
    """What is asked of a candidate beside its score.

    ``places`` holds, for each dimension that counts, the categories it lists; ``sums`` its number
    in each of the sums; ``kept`` says whether it is one to keep.
    """

    places: Places
    sums: tuple[int, ...] = ()
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Candidates with the same scores that are alike in all that is asked, first drawn first.

    ``score`` is in units of ``1 / Pool.unit``, each of ``ties`` in units of its own.
    """

    alike: Signature
    score: int
    ties: tuple[int, ...]
    members: tuple[str, ...]

    @property
    def places(self) -> Places:
        """The categories that they list, for each dimension of the pool."""
        return self.alike.places


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
    """Return the lot of an ecosystem: whose lot sorts first is drawn first."""
    return sha256(f"{seed}\n{identifier}".encode()).hexdigest()


def make_pool(question: Question) -> Pool:
    """Group and prune the candidates of a question.

    Only dimensions that are balanced or bear a quota count, the numbers that are added up, and who
    is to be kept. Of candidates alike in these only the best by score, then ties, then draw, can
    matter, as many as there are seats left by the pins: any other could be exchanged for one of
    these at no loss. Those with the same scores as well are one column: what a solver would
    otherwise try in every order (Margot, Symmetry in integer linear programming, in 50 Years of
    Integer Programming, 2010) is one number, how many of them are in.

    Raises:
        ValueError: An included id is not among the candidates.
    """
    missing = question.include - {candidate.id for candidate in question.candidates}
    if missing:
        raise ValueError(f"not among the candidates: {', '.join(sorted(missing))}")
    units = [
        lcm(*{each.denominator for each in column})
        for column in zip(*map(_scores, question.candidates), strict=True)
    ]
    alike = signature_of(question)
    pinned: list[Cell] = []
    signatures: defaultdict[Signature, list[tuple[tuple[int, ...], str, str]]] = defaultdict(list)
    for one in question.candidates:
        scores = tuple(int(each * unit) for each, unit in zip(_scores(one), units, strict=True))
        if one.id in question.include:
            pinned.append(Cell(alike(one), scores[0], scores[1:], (one.id,)))
        elif one.id not in question.exclude and one.id not in question.barred:
            rank = tuple(-each for each in scores)
            signatures[alike(one)].append((rank, draw(question.seed, one.id), one.id))
    free = question.size - len(pinned)
    return Pool(
        dimensions=counted_dimensions(question),
        unit=units[0] if units else 1,
        pinned=tuple(sorted(pinned, key=lambda cell: cell.members)),
        cells=tuple(_cells(signatures, max(free, 0))),
        free=free,
    )


def _scores(candidate: Candidate) -> tuple[Fraction, ...]:
    return candidate.score, *candidate.ties


def _cells(
    signatures: Mapping[Signature, list[tuple[tuple[int, ...], str, str]]], free: int
) -> Iterator[Cell]:
    for alike in sorted(signatures):
        best = sorted(signatures[alike])[:free]
        for rank, equal in groupby(best, key=itemgetter(0)):
            score, *ties = (-each for each in rank)
            yield Cell(alike, score, tuple(ties), tuple(name for _, _, name in equal))


def counted_dimensions(question: Question) -> tuple[str, ...]:
    """Name the dimensions that are balanced or bear a quota."""
    bound = {quota.dimension for quota in question.quotas}.union(question.balance)
    return tuple(sorted(bound))


def signature_of(question: Question) -> Callable[[Candidate], Signature]:
    """Return a function that keeps of a candidate what is balanced, counted, or added up."""
    dimensions = counted_dimensions(question)
    counted: dict[str, set[str]] = {}
    for quota in question.quotas:
        counted.setdefault(quota.dimension, set()).add(quota.category)

    def kept(candidate: Candidate, dimension: str) -> tuple[str, ...]:
        listed = sorted(candidate.places[dimension])
        if dimension in question.balance:
            return tuple(listed)
        return tuple(each for each in dict.fromkeys(listed) if each in counted[dimension])

    return lambda value: Signature(
        tuple(kept(value, dimension) for dimension in dimensions),
        tuple(each.of.get(value.id, 0) for each in question.sums),
        value.id in question.keep,
    )
