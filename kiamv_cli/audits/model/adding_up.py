"""Does a published flow add up, and if not, which numbers would repair it?

What is stated and how boxes follow from each other are equations over whole numbers from 0. Every
answer is exact: no other number would do, and no fewer.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations, count, islice, product
from typing import TYPE_CHECKING, Literal

from kiamv_cli.audits.model.published import Balance, Between, balances
from kiamv_cli.audits.model.whole import Effort, StoppedError, Sum, hitting_sets, solvable, span
from kiamv_cli.base.value import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kiamv_cli.audits.model.published import PublishedFlow, StatedCount

_MOST_REPAIRS = 100
# After so many numbers that take too many steps no more are tried: the others most likely do too.
_MOST_STOPPED = 3
Why = Literal["time-limit", "interrupted", "steps"]
# Which of the numbers of a flow, by their place among them.
_Places = frozenset[int]
_Conflict = tuple[_Places, tuple["Balance", ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that is stated of a box."""

    box: str
    stated: StatedCount


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Numbers that cannot all be right, and the balances that say so.

    No balance is needed where two numbers are stated of one box. Where there are several, the
    numbers could be right without any one of them.
    """

    numbers: tuple[Number, ...]
    balances: tuple[Balance, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From where to where a number can be; ``None`` where nothing limits it."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberChange:
    """A number, and what it could be instead."""

    number: Number
    instead: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddingUp(Result):
    """Whether a flow adds up, what is wrong, what repairs it, and what follows of the unknown.

    ``repairs`` are all sets of as few changes as possible, if ``complete``. ``unknown`` gives for
    each box without a number what it can be: as the flow is, or after any of these repairs;
    ``unsettled`` are those of which that was not found. ``apart`` are the boxes that nothing is
    known to follow from. ``settled`` tells whether it is known if the flow adds up, and ``why``
    what ended the work before all was found, if anything did.
    """

    flow: PublishedFlow
    violations: tuple[Violation, ...]
    repairs: tuple[tuple[NumberChange, ...], ...]
    complete: bool
    unknown: dict[str, Range]
    apart: tuple[str, ...]
    unsettled: tuple[str, ...] = ()
    settled: bool = True
    why: Why | None = None

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield "adds up" if self.adds_up else f"{len(self.violations)} violations"

    @property
    def adds_up(self) -> bool:
        """Whether all numbers can be right at once, and that is known."""
        return self.settled and not self.violations


def adding_up(flow: PublishedFlow, late: Callable[[], bool] | None = None) -> AddingUp:
    """Check a published flow; what was found outlives Ctrl-C.

    Args:
        flow: Its boxes, arrows, splits and overlaps; every id that is used is that of a box.
        late: Tells whether time is up; left out: it never is.
    """
    system = _System(flow, Effort(late=late) if late else Effort())
    conflicts = list[_Conflict]()
    repairs, complete = list[_Places](), False
    with system.ending():
        conflicts += system.direct()
        repairs, complete = system.repairs(conflicts)
    settled = bool(repairs or conflicts)
    said = {name for each in system.balances for name in (*each.left, *each.right)}
    return AddingUp(
        flow=flow,
        violations=tuple(
            Violation(numbers=system.named(places), balances=failed)
            for places, failed in _distinct(conflicts)
        ),
        repairs=tuple(system.changes(places) for places in repairs if places),
        complete=complete,
        unknown=(unknown := system.unknown(repairs)),
        apart=tuple(box.id for box in flow.boxes if box.id not in said),
        unsettled=tuple(box.id for box in flow.boxes if not box.stated and box.id not in unknown),
        settled=settled,
        why=system.why,
    )


class _System:
    """The equations of a flow: one for each balance, and one for each number."""

    def __init__(self, flow: PublishedFlow, effort: Effort) -> None:
        self.flow = flow
        self.why: Why | None = None
        self._effort, self._stopped = effort, 0
        self.balances = balances(flow)
        self.numbers = [
            Number(box=box.id, stated=stated) for box in flow.boxes for stated in box.stated
        ]
        self._all = frozenset(range(len(self.numbers)))
        self._places: dict[str, list[int]] = {}
        for place, number in enumerate(self.numbers):
            self._places.setdefault(number.box, []).append(place)

    @contextmanager
    def ending(self) -> Iterator[None]:
        """End a part of the work where it takes too long, and note why."""
        try:
            yield
        except StoppedError as stopped:
            self.why = "time-limit" if stopped.late else self.why or "steps"
            self._stopped += not stopped.late
        except KeyboardInterrupt:
            self.why = "interrupted"

    def named(self, places: _Places) -> tuple[Number, ...]:
        """Return the numbers at places."""
        return tuple(self.numbers[place] for place in sorted(places))

    def direct(self) -> Iterator[_Conflict]:
        """Yield where one box has two numbers, and each balance that fails by itself."""
        for there in self._places.values():
            for one, other in combinations(there, 2):
                self._effort.spend()
                if self.numbers[one].stated.count != self.numbers[other].stated.count:
                    yield frozenset({one, other}), ()
        for balance in self.balances:
            self._effort.begin()
            stated = [self._different(name) for name in (*balance.left, *balance.right)]
            for places in product(*(each for each in stated if each)):
                self._effort.spend()
                if _fails(balance, self.named(frozenset(places))):
                    yield frozenset(places), (balance,)

    def repairs(self, conflicts: list[_Conflict]) -> tuple[list[_Places], bool]:
        """Return all smallest sets of numbers without which the others can be right.

        Args:
            conflicts: Those known; others that come up are added.

        Returns:
            The sets, only the empty one if all adds up, and whether these are all there are.
        """
        by_size = (
            list(islice(self._repairs_of(size, conflicts), _MOST_REPAIRS + 1)) for size in count()
        )
        smallest = next(filter(None, by_size))
        return smallest[:_MOST_REPAIRS], len(smallest) <= _MOST_REPAIRS

    def changes(self, places: _Places) -> tuple[NumberChange, ...]:
        """Return what the numbers at places could be instead, if the others are right."""
        equations = self._equations(self._all - places)
        return tuple(
            NumberChange(number=each, instead=self._range([equations], each.box))
            for each in self.named(places)
        )

    def unknown(self, repairs: Iterable[_Places]) -> dict[str, Range]:
        """Return what each box without a number can be after any of the repairs."""
        systems = [self._equations(self._all - places) for places in repairs]
        ranges = {box.id: self._range(systems, box.id) for box in self.flow.boxes if not box.stated}
        return {name: each for name, each in ranges.items() if each is not None}

    def _range(self, systems: Sequence[Sequence[Sum]], name: str) -> Range | None:
        """Return what a box can be by any of some systems; ``None`` if that takes too long."""
        ended = self.why in {"time-limit", "interrupted"} or self._stopped >= _MOST_STOPPED
        if ended or not systems:
            return None
        found = list[Range]()
        with self.ending():
            found += [_widest([_range(each, name, self._effort) for each in systems])]
        return found[0] if found else None

    def _repairs_of(self, size: int, conflicts: list[_Conflict]) -> Iterator[_Places]:
        """Try all sets of a size that have a number of each conflict, as every repair must.

        Where such a set does not help, the numbers that are left hold a conflict that was not known
        yet (Reiter, *Artificial Intelligence* 32, 1987: minimal hitting sets).
        """
        tried = set[_Places]()
        while True:
            self._effort.begin()
            hitting = hitting_sets([places for places, _ in conflicts], size, self._effort)
            chosen = next((each for each in hitting if each not in tried), None)
            if chosen is None:
                return
            tried.add(chosen)
            if self._hold(self._all - chosen, self.balances):
                yield chosen
            else:
                conflicts.append(self._conflict(self._all - chosen))

    def _conflict(self, places: _Places) -> _Conflict:
        """Leave out, of numbers and balances that cannot all hold, what is not needed for that."""
        failed = self.balances
        for place in sorted(places):
            if not self._hold(places - {place}, failed):
                places -= {place}
        for balance in self.balances:
            fewer = tuple(each for each in failed if each is not balance)
            if not self._hold(places, fewer):
                failed = fewer
        return places, failed

    def _hold(self, places: _Places, held: Iterable[Balance]) -> bool:
        return solvable(self._equations(places, held), effort=self._effort)

    def _equations(self, places: _Places, held: Iterable[Balance] | None = None) -> list[Sum]:
        kept = self.balances if held is None else held
        stated = [Sum({each.box: 1}, -each.stated.count) for each in self.named(places)]
        return [*map(_difference, kept), *stated]

    def _different(self, name: str | Between) -> list[int]:
        """Return the places of the numbers of a box; of equal ones, the first."""
        there = self._places.get(name, []) if isinstance(name, str) else []
        places = {self.numbers[place].stated.count: place for place in reversed(there)}
        return sorted(places.values())


def _distinct(conflicts: Iterable[_Conflict]) -> Iterator[_Conflict]:
    """Leave out what says less of the same balances than one before it."""
    told = list[_Conflict]()
    for places, failed in conflicts:
        if not any(failed == others and places <= more for more, others in told):
            told.append((places, failed))
            yield places, failed


def _difference(balance: Balance) -> Sum:
    """Return what must be 0: the left side less the right side."""
    total = Sum({})
    for sign, side in ((1, balance.left), (-1, balance.right)):
        for name in side:
            total = total.plus(Sum({_name(name): sign}))
    return total


def _name(name: str | Between) -> str:
    return name if isinstance(name, str) else f"{name.kind} {name.one} {name.other}"


def _fails(balance: Balance, numbers: Iterable[Number]) -> bool:
    """Return whether a balance fails whatever the boxes without a number are."""
    counts = {each.box: each.stated.count for each in numbers}
    left, right = (
        [counts.get(name) if isinstance(name, str) else None for name in side]
        for side in (balance.left, balance.right)
    )
    more = sum(filter(None, left)) - sum(filter(None, right))
    return (more > 0 and None not in right) or (more < 0 and None not in left)


def _range(equations: Sequence[Sum], name: str, effort: Effort) -> Range:
    least, most = span(equations, name, effort)
    return Range(least=least, most=most)


def _widest(ranges: Sequence[Range]) -> Range:
    most = [each.most for each in ranges]
    return Range(
        least=min(each.least for each in ranges),
        most=None if None in most else max(filter(None, most), default=0),
    )
