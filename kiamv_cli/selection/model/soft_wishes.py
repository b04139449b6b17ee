"""Wishes that may be given up, each at a price, as whole-number constraints."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.integer_program import Program, Row
from kiamv_cli.selection.model.question import Wish, WishChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.selection.model.question import Candidate, Number, Question, Sum


# A number is changed by any amount before a pin or a relation is dropped, and these before the
# classes are. A sum of money is changed before anything else: what it is worth nobody can say.
_NUMBER, _PIN, _CLASS = 1, 1_000_000, 2_000_000
# The categories of a candidate, and how much it counts in each row of a wish about it in person.
Group = tuple[frozenset[tuple[str, str]], frozenset[tuple[Wish, int, int]]]


@dataclass(frozen=True, slots=True)
class SoftWishes:
    """The wishes as an integer program, each with columns for how far it is not kept.

    ``sums`` holds those of which a column is a part of a number.
    """

    program: Program
    slacks: dict[Wish, tuple[tuple[int, int], ...]]
    sums: dict[Wish, Sum]

    @classmethod
    def of(cls, question: Question, wishes: Sequence[Wish], *, hard: bool) -> SoftWishes:
        """Put wishes in rows; with ``hard`` none of them may give."""
        sums: defaultdict[Wish, list[Sum]] = defaultdict(list)
        for each in question.sums:
            sums[each.wish].append(each)
        groups = _groups(question, wishes, sums)
        builder = _Builder(list(groups), list(groups.values()), hard=hard)
        if question.size:
            builder.need_one()
        # Who has no number comes first: without that wish the cost does not hold either.
        for wish in sorted(wishes, key=lambda each: each.kind != "cost-known"):
            if wish in sums:
                builder.add_sums(wish, sums[wish])
            else:
                builder.add(wish)
        first = {wish: each[0] for wish, each in sums.items()}
        return cls(builder.program(), {each: builder.slacks[each] for each in wishes}, first)

    def changes(self, values: Sequence[int]) -> Iterator[WishChange]:
        """Read from a solution which wishes are not kept, and what they would have to be."""
        for wish, slack in self.slacks.items():
            by = sum(values[column] * sign for column, sign in slack)
            if by:
                yield WishChange(wish, self._to(wish, by))

    def _to(self, wish: Wish, by: int) -> Number | None:
        """Return the number that a wish would have to have; ``None``: it would have to go."""
        if wish.number is None or (each := self.sums.get(wish)) is None or each.at_most is None:
            return None if wish.number is None else wish.number + by
        to = (each.at_most - each.base + by) / each.unit
        return to.numerator if to.denominator == 1 else to

    @property
    def free(self) -> list[int]:
        """The columns by which money changes, which no price keeps small."""
        return [at for wish, slack in self.slacks.items() if not price(wish) for at, _ in slack]


def price(wish: Wish) -> int:
    """Return what it costs that a wish gives way: by one, or altogether if it has no number."""
    if wish.kind == "cost":
        return 0
    if wish.number is not None:
        return _NUMBER
    return _CLASS if wish.kind == "class" else _PIN


def _groups(
    question: Question, wishes: Sequence[Wish], sums: Mapping[Wish, Sequence[Sum]]
) -> Counter[Group]:
    """Count the candidates by the categories that matter and the wishes about them in person."""
    asked = {(wish.dimension, wish.subject) for wish in wishes if wish.dimension}
    pins: defaultdict[str, set[tuple[Wish, int, int]]] = defaultdict(set)
    for wish in wishes:
        if wish.kind in {"include", "exclude"}:
            pins[wish.subject].add((wish, 0, 1))
        elif wish.kind == "class":
            for name in question.barred:
                pins[name].add((wish, 0, 1))
        for row, each in enumerate(sums.get(wish, ())):
            for name, share in each.of.items():
                pins[name].add((wish, row, share))
    return Counter(
        (_listed(one, asked), frozenset(pins.get(one.id, ()))) for one in question.candidates
    )


def _listed(candidate: Candidate, categories: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(each for each in categories if each[1] in candidate.places[each[0]])


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
        number = int(wish.kind == "include") if wish.number is None else int(wish.number)
        signs = {
            "at-least": (-1,),
            "at-most": (1,),
            "include": (-1,),
            "exclude": (1,),
            "class": (1,),
        }
        # Without the wish for classes any number outside them may be in.
        gives = self.most if wish.kind == "class" else 1
        cost = price(wish)
        slack = tuple((self._column(cost, wish), sign) for sign in signs.get(wish.kind, (-1, 1)))
        # Members minus what the wish gives way must keep to its number.
        terms = self._terms(wish)
        terms += [(column, -sign * gives) for column, sign in slack]
        low = None if wish.kind in {"at-most", "exclude", "class"} else number
        high = None if wish.kind in {"at-least", "include"} else number
        self.rows.append(Row(tuple(terms), low, high))
        self.slacks[wish] = slack

    def add_sums(self, wish: Wish, sums: Sequence[Sum]) -> None:
        """Add the rows of a wish that adds up numbers, with its slack columns."""
        if wish.number is None:
            slack = self._column(price(wish), wish)
            if wish.kind == "cost-known":
                # A cost is dropped only to let in who has no number: else it is raised.
                self.rows.append(Row((*self._terms(wish), (slack, -1)), 0))
            gives = 1 + sum(sum(map(abs, each.of.values())) for each in sums)
            for row, each in enumerate(sums):
                self._add_up(each, [*self._terms(wish, row), (slack, -gives)], each.at_most)
                if each.at_least is not None:
                    self._add_up(each, [*self._terms(wish, row), (slack, gives)], None)
        else:
            (each,) = sums
            room = sum(map(abs, each.of.values())) + abs(each.at_most or 0)
            slack = self._column(price(wish), wish, room)
            terms = [*self._terms(wish), (slack, -1)]
            dropped = self.slacks.get(Wish("cost-known", wish.subject), ())
            terms += [(column, -room) for column, _ in dropped if wish.kind == "cost"]
            self._add_up(each, terms, each.at_most)
        self.slacks[wish] = ((slack, 1),)

    def _add_up(self, each: Sum, terms: list[tuple[int, int]], most: int | None) -> None:
        least = each.at_least if most is None else None
        self.rows.append(Row(tuple(terms), least, most))

    def _terms(self, wish: Wish, row: int = 0) -> list[tuple[int, int]]:
        shares = ((i, _share(wish, row, group)) for i, group in enumerate(self.groups))
        return [(i, share) for i, share in shares if share]

    def need_one(self) -> None:
        """Add that there is a member: a shortlist of nobody is none, whatever gives way."""
        self.rows.append(Row(tuple((i, 1) for i in range(len(self.groups))), 1))

    def program(self) -> Program:
        """The program: give way as little as possible."""
        return Program(
            tuple(self.profits), (0,) * len(self.profits), tuple(self.uppers), tuple(self.rows)
        )

    def _column(self, cost: int, wish: Wish, room: int = 1) -> int:
        # A pin gives way once; a number at most to what the list has, or to the number itself.
        if wish.number is not None:
            room = max(self.most, int(wish.number), room)
        self.profits.append(-cost)
        self.uppers.append(0 if self.hard else room)
        return len(self.profits) - 1


def _share(wish: Wish, row: int, group: Group) -> int:
    """Return how much a candidate of a group counts in a row of a wish."""
    categories, pins = group
    if wish.kind == "size":
        return 1
    if wish.dimension:
        return int((wish.dimension, wish.subject) in categories)
    return sum(share for each, number, share in pins if (each, number) == (wish, row))
