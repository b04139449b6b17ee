"""Wishes as an integer program in which they may give way, at a price."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.program import Program, Row
from kiamv_cli.core.selection.wishes import Change

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.core.selection.question import Candidate, Question
    from kiamv_cli.core.selection.wishes import Wish

# A number is changed by any amount before a pin is dropped, and a pin before the classes are.
_NUMBER, _PIN, _CLASS = 1, 1_000_000, 2_000_000
Group = tuple[frozenset[tuple[str, str]], frozenset["Wish"]]


@dataclass(frozen=True, slots=True)
class Leeway:
    """The wishes as an integer program, each with columns for how far it is not kept."""

    program: Program
    slacks: dict[Wish, tuple[tuple[int, int], ...]]

    @classmethod
    def of(cls, question: Question, wishes: Sequence[Wish], *, hard: bool) -> Leeway:
        """Put wishes in rows; with ``hard`` none of them may give."""
        groups = _groups(question, wishes)
        builder = _Builder(list(groups), list(groups.values()), hard=hard)
        if question.size:
            builder.need_one()
        for wish in wishes:
            builder.add(wish)
        return cls(builder.program(), builder.slacks)

    def changes(self, values: Sequence[int]) -> Iterator[Change]:
        """Read from a solution which wishes are not kept, and what they would have to be."""
        for wish, slack in self.slacks.items():
            by = sum(values[column] * sign for column, sign in slack)
            if by:
                yield Change(wish, None if wish.number is None else wish.number + by)


def price(wish: Wish) -> int:
    """Give what it costs that a wish gives way: by one, or altogether if it has no number."""
    if wish.number is not None:
        return _NUMBER
    return _CLASS if wish.kind == "class" else _PIN


def _groups(question: Question, wishes: Sequence[Wish]) -> Counter[Group]:
    """Count the candidates by the categories that matter and the wishes about them in person."""
    asked = {(wish.dimension, wish.subject) for wish in wishes if wish.dimension}
    pins: defaultdict[str, set[Wish]] = defaultdict(set)
    for wish in wishes:
        if wish.kind in {"include", "exclude"}:
            pins[wish.subject].add(wish)
        elif wish.kind == "class":
            for name in question.barred:
                pins[name].add(wish)
    return Counter(
        (_listed(one, asked), frozenset(pins.get(one.id, ()))) for one in question.candidates
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
        number = wish.number if wish.number is not None else int(wish.kind == "include")
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
        terms = [(i, 1) for i, group in enumerate(self.groups) if _concerns(wish, group)]
        terms += [(column, -sign * gives) for column, sign in slack]
        low = None if wish.kind in {"at-most", "exclude", "class"} else number
        high = None if wish.kind in {"at-least", "include"} else number
        self.rows.append(Row(tuple(terms), low, high))
        self.slacks[wish] = slack

    def need_one(self) -> None:
        """Add that there is a member: a shortlist of nobody is none, whatever gives way."""
        self.rows.append(Row(tuple((i, 1) for i in range(len(self.groups))), 1))

    def program(self) -> Program:
        """The program: give way as little as possible."""
        return Program(
            tuple(self.profits), (0,) * len(self.profits), tuple(self.uppers), tuple(self.rows)
        )

    def _column(self, cost: int, wish: Wish) -> int:
        # A pin gives way once; a number at most to what the list has, or to the number itself.
        room = 1 if wish.number is None else max(self.most, wish.number)
        self.profits.append(-cost)
        self.uppers.append(0 if self.hard else room)
        return len(self.profits) - 1


def _concerns(wish: Wish, group: Group) -> bool:
    categories, pins = group
    if wish.kind == "size":
        return True
    if wish.kind in {"include", "exclude", "class"}:
        return wish in pins
    return (wish.dimension, wish.subject) in categories
