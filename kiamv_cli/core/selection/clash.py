"""Which wishes clash when no shortlist meets them, and the nearest wishes that can be met.

Only wishes can clash: pins, quotas, classes and the size. Balance is never a cause, because seats
out of place are only minimised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.program import Program, Row
from kiamv_cli.core.selection.search import NoShortlistError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.question import Candidate, Question, Quota

Kind = Literal["size", "include", "exclude", "class", "at-least", "at-most"]
# A number is changed by any amount before a pin is dropped.
_NUMBER, _PIN = 1, 1_000_000


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


@dataclass(frozen=True, slots=True)
class Clash:
    """Wishes that cannot be met together, and changes that make a shortlist possible.

    None of ``wishes`` can be left out of the clash: without it the others can be met.
    ``nearest`` drops the fewest pins and then changes numbers by the least in total; it is empty
    where only the classes stand in the way. Of equal ones it is the one that changes the earlier
    wishes least.
    """

    wishes: tuple[Wish, ...]
    nearest: tuple[Change, ...]


def clash(question: Question, solver: Solver) -> Clash:
    """Explain why no shortlist meets the wishes of a question.

    Args:
        question: One for which ``select`` found none.
        solver: Solves the integer programs.

    Raises:
        ValueError: There is a shortlist that meets the wishes.
        NoShortlistError: Time ran out, or the user interrupted.
    """
    wishes = list(wishes_of(question))
    if _possible(question, wishes, solver):
        raise ValueError("these wishes do not clash")
    clashing = wishes
    # A wish is part of the clash if without it the rest, so far as it is still kept, can be met.
    for wish in wishes:
        others = [each for each in clashing if each != wish]
        if not _possible(question, others, solver):
            clashing = others
    return Clash(tuple(clashing), tuple(_nearest(question, wishes, solver)))


def wishes_of(question: Question) -> Iterator[Wish]:
    """List the wishes of a question one by one, each once: numbers, pins, classes."""
    yield Wish("size", number=question.size)
    yield from dict.fromkeys(wish for quota in question.quotas for wish in _halves(quota))
    yield from (Wish("include", name) for name in sorted(question.include))
    yield from (Wish("exclude", name) for name in sorted(question.exclude))
    if question.barred:
        yield Wish("class")


def _halves(quota: Quota) -> Iterator[Wish]:
    if quota.at_least is not None:
        yield Wish("at-least", quota.category, quota.at_least, quota.dimension)
    if quota.at_most is not None:
        yield Wish("at-most", quota.category, quota.at_most, quota.dimension)


def _possible(question: Question, wishes: Sequence[Wish], solver: Solver) -> bool:
    program = _Leeway.of(question, wishes, hard=True).program
    outcome = solver.solve(program)
    if outcome.status == "stopped":
        raise NoShortlistError(interrupted=outcome.interrupted)
    return outcome.status == "optimal"


def _nearest(question: Question, wishes: Sequence[Wish], solver: Solver) -> Iterator[Change]:
    leeway = _Leeway.of(question, wishes, hard=False)
    values = _optimum(leeway.program, solver)
    if values is None:
        return
    program = leeway.at_cost(leeway.program.value(values))
    for wish, slack in leeway.slacks.items():
        # Of all that cost the least, the one that changes the earlier wishes least.
        values = _optimum(_only(program, slack), solver)
        assert values is not None, "the solution before is one"
        by = sum(values[column] * sign for column, sign in slack)
        fixed = Row(tuple(slack), by, by)
        program = replace(program, rows=(*program.rows, fixed))
        if by:
            yield Change(wish, None if wish.number is None else wish.number + by)


def _optimum(program: Program, solver: Solver) -> tuple[int, ...] | None:
    outcome = solver.solve(program)
    if outcome.status == "stopped":
        raise NoShortlistError(interrupted=outcome.interrupted)
    return outcome.values


def _only(program: Program, slack: Iterable[tuple[int, int]]) -> Program:
    profits = [0] * len(program.profits)
    for column, _ in slack:
        profits[column] = -1
    return replace(program, profits=tuple(profits))


Group = tuple[frozenset[tuple[str, str]], frozenset[Wish]]


@dataclass(frozen=True, slots=True)
class _Leeway:
    """The wishes as an integer program, each with columns for how far it is not kept."""

    program: Program
    slacks: dict[Wish, tuple[tuple[int, int], ...]]

    @classmethod
    def of(cls, question: Question, wishes: Sequence[Wish], *, hard: bool) -> _Leeway:
        """Put wishes in rows; with ``hard`` none of them may give."""
        groups = _groups(question, wishes)
        builder = _Builder(list(groups), list(groups.values()), hard=hard)
        for wish in wishes:
            builder.add(wish)
        return cls(builder.program(), builder.slacks)

    def at_cost(self, value: int) -> Program:
        """The same program with its objective held at a value."""
        terms = tuple((i, profit) for i, profit in enumerate(self.program.profits) if profit)
        return replace(self.program, rows=(*self.program.rows, Row(terms, value, value)))


def _groups(question: Question, wishes: Sequence[Wish]) -> Counter[Group]:
    """Count the candidates by the categories that matter and the pin they are under."""
    barred = question.barred if any(wish.kind == "class" for wish in wishes) else frozenset()
    asked = {(wish.dimension, wish.subject) for wish in wishes if wish.dimension}
    pins: defaultdict[str, set[Wish]] = defaultdict(set)
    for wish in wishes:
        if wish.kind in {"include", "exclude"}:
            pins[wish.subject].add(wish)
    return Counter(
        (_listed(one, asked), frozenset(pins.get(one.id, ())))
        for one in question.candidates
        if one.id not in barred
    )


def _listed(one: Candidate, asked: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(each for each in asked if each[1] in one.places[each[0]])


class _Builder:
    def __init__(self, groups: list[Group], counts: list[int], *, hard: bool) -> None:
        self.groups, self.hard = groups, hard
        self.most = sum(counts) + 1
        self.uppers = list(counts)
        self.profits = [0] * len(counts)
        self.rows: list[Row] = []
        self.slacks: dict[Wish, tuple[tuple[int, int], ...]] = {}

    def add(self, wish: Wish) -> None:
        """Add the row of a wish, with its slack columns."""
        if wish.kind == "class":
            return
        number = wish.number if wish.number is not None else int(wish.kind == "include")
        signs = {"at-least": (-1,), "at-most": (1,), "include": (-1,), "exclude": (1,)}
        price = _NUMBER if wish.number is not None else _PIN
        slack = tuple((self._column(price, wish), sign) for sign in signs.get(wish.kind, (-1, 1)))
        # Members minus what the wish gives way must keep to its number.
        terms = [(i, 1) for i, group in enumerate(self.groups) if _concerns(wish, group)]
        terms += [(column, -sign) for column, sign in slack]
        low = None if wish.kind in {"at-most", "exclude"} else number
        high = None if wish.kind in {"at-least", "include"} else number
        self.rows.append(Row(tuple(terms), low, high))
        self.slacks[wish] = slack

    def program(self) -> Program:
        """The program: give way as little as possible."""
        return Program(
            tuple(self.profits), (0,) * len(self.profits), tuple(self.uppers), tuple(self.rows)
        )

    def _column(self, price: int, wish: Wish) -> int:
        # A pin gives way once; a number at most to what the list has, or to the number itself.
        room = 1 if wish.number is None else max(self.most, wish.number)
        self.profits.append(-price)
        self.uppers.append(0 if self.hard else room)
        return len(self.profits) - 1


def _concerns(wish: Wish, group: Group) -> bool:
    categories, pins = group
    if wish.kind == "size":
        return True
    if wish.kind in {"include", "exclude"}:
        return wish in pins
    return (wish.dimension, wish.subject) in categories
