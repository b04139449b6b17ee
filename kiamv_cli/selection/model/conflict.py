"""Which wishes clash when no shortlist meets them, and every smallest change that helps.

The conflict is found by leaving out one wish after the other and keeping out those without which
the rest still cannot be met (the deletion filter of Chinneck & Dravnieks, Locating minimal
infeasible constraint sets in linear programs, ORSA Journal on Computing 3, 1991).

Only wishes can clash: pins, quotas, classes and the size. Balance is never a cause, because seats
out of place are only minimised. A shortlist has at least one member.

A change is smallest if nothing of it can be less: no wish kept that is dropped, no number nearer
to what was asked. Changes are found from the least on, each time among those that are not at
least as large as one that was found; so each that is found is smallest, and in the end all are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING

from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result, Value
from kiamv_cli.selection.model.constrained import best, total_out_of_place
from kiamv_cli.selection.model.integer_program import Program, Row, consistent
from kiamv_cli.selection.model.prove import prove_none
from kiamv_cli.selection.model.question import Wish, WishChange, relaxed, wishes_of
from kiamv_cli.selection.model.resolution import resolved
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError
from kiamv_cli.selection.model.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.prove import Proof, ProvingSolver
    from kiamv_cli.selection.model.question import Candidate, Number, Question, Selection, Sum
    from kiamv_cli.selection.model.request import Request

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


MOST_RELAXATIONS = 20


class NoClashError(ValueError):
    """Wishes do not clash: there is a shortlist that meets them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """A smallest change that makes a shortlist possible, and the best shortlist under it.

    ``cost`` is by how much its total is below the highest of any shortlist of that size, whatever
    the wishes and the balance; ``seats`` are out of place over the balanced dimensions.
    """

    changes: tuple[WishChange, ...]
    selection: Selection
    cost: Fraction
    seats: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Value):
    """Wishes that cannot be met together, and what would make a shortlist possible.

    None of ``wishes`` can be left out of the clash: without it the others can be met.
    ``relaxations`` come by what they cost in score, those that keep the size first; then by seats
    out of place, then from the nearest on. ``nearest`` is the one that drops the fewest pins, the
    classes counting as two, and then changes numbers by the least in total; of equal ones that
    which changes the earlier wishes least. ``complete`` is false where there are more than were
    asked for; those are no nearer. ``proof`` is that no shortlist meets all wishes, ``None`` where
    that takes too many steps.
    """

    wishes: tuple[Wish, ...]
    nearest: tuple[WishChange, ...]
    relaxations: tuple[Relaxation, ...]
    complete: bool
    proof: Proof | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash(Conflict, Result):
    """The conflict of the wishes of a request."""

    scores: Scores
    request: Request

    @classmethod
    def of(cls, scores: Scores, request: Request, solver: ProvingSolver) -> Clash:
        """Find which wishes of a request clash, and every smallest change that helps.

        Of a range of sizes it is about the smallest.

        Raises:
            Misfit: The request does not fit the long list.
            NoClashError: There is a shortlist that meets the wishes.
            NoShortlistError: Time ran out, or the user interrupted.
        """
        request = resolved(request, scores)
        if request.sizes is not None:
            request = replace(request, size=request.sizes[0])
        conflict = clash(question(scores, request), solver)
        parts = {each.name: getattr(conflict, each.name) for each in fields(Conflict)}
        return cls(scores=scores, request=request, **parts)

    def figures(self) -> Iterator[str]:
        """Yield how many wishes clash, and how many changes would help."""
        yield f"{len(self.wishes)} wishes"
        yield f"{len(self.relaxations)} relaxations"


class InfeasibleError(NoneFeasibleError):
    """No shortlist meets the wishes; ``clash`` says which of them clash, once that is asked."""

    def __init__(self, scores: Scores, request: Request, solver: ProvingSolver) -> None:
        super().__init__(scores, request, solver)

    def __str__(self) -> str:
        """Format what is wrong, in the current language."""
        return str(Text("requests.infeasible"))

    @cached_property
    def clash(self) -> Clash:
        """Return which wishes clash, and every smallest change that helps, worked out now.

        Raises:
            NoShortlistError: There was no time.
        """
        return Clash.of(*self.args)


def clash(question: Question, solver: ProvingSolver, *, most: int = MOST_RELAXATIONS) -> Conflict:
    """Explain why no shortlist meets the wishes of a question.

    Args:
        question: One for which ``select`` found none.
        solver: Solves the integer programs.
        most: How many smallest changes to find, the nearest first.

    Raises:
        NoClashError: There is a shortlist that meets the wishes.
        NoShortlistError: Time ran out, or the user interrupted.
    """
    wishes = list(wishes_of(question))
    if _possible(question, wishes, solver):
        raise NoClashError("these wishes do not clash")
    proof = prove_none(question, {}, solver)
    clashing = wishes
    # A wish is part of the clash if without it the rest, so far as it is still kept, can be met.
    for wish in wishes:
        others = [each for each in clashing if each != wish]
        if not _possible(question, others, solver):
            clashing = others
    found = list(islice(_smallest(question, wishes, solver), most + 1))
    nearest = sorted(found[:most], key=partial(_distance, wishes))
    relaxations = [_relaxation(question, changes, solver) for changes in nearest]
    return Conflict(
        wishes=tuple(clashing),
        nearest=consistent(next(iter(nearest), None), "without wishes there is a shortlist"),
        relaxations=tuple(sorted(relaxations, key=partial(_order, question))),
        complete=len(found) <= most,
        proof=proof,
    )


def _possible(question: Question, wishes: Sequence[Wish], solver: Solver) -> bool:
    program = SoftWishes.of(question, wishes, hard=True).program
    outcome = solver.solve(program)
    if outcome.status == "stopped":
        raise NoShortlistError(interrupted=outcome.interrupted)
    return outcome.status == "optimal"


def _smallest(
    question: Question, wishes: Sequence[Wish], solver: Solver
) -> Iterator[tuple[WishChange, ...]]:
    """Yield every smallest change, those that drop and change the least first."""
    soft = SoftWishes.of(question, wishes, hard=False)
    program = soft.program
    while (values := _optimum(program, solver)) is not None:
        values = _least_money(program, soft, values, solver)
        yield tuple(soft.changes(values))
        program = _less(program, soft, values)


def _least_money(
    program: Program, soft: SoftWishes, values: tuple[int, ...], solver: Solver
) -> tuple[int, ...]:
    """Return a solution of the same changes in which the sums of money change the least."""
    if not soft.free:
        return values
    lowers, uppers, profits = list(program.lowers), list(program.uppers), [0] * len(values)
    for wish, slack in soft.slacks.items():
        for column, _ in slack:
            if price(wish):
                lowers[column] = uppers[column] = values[column]
            else:
                profits[column] = -1
    held = Program(tuple(profits), tuple(lowers), tuple(uppers), program.rows)
    return consistent(_optimum(held, solver), "they are a solution")


def _less(program: Program, soft: SoftWishes, values: Sequence[int]) -> Program:
    """Ask of some slack that it is less than in a solution."""
    taken = [column for slack in soft.slacks.values() for column, _ in slack if values[column]]
    switches = range(len(program.profits), len(program.profits) + len(taken))
    rows = [
        # If the switch is on, the slack is one less than it was, at most.
        Row(((column, 1), (switch, room - values[column] + 1)), None, room)
        for column, switch in zip(taken, switches, strict=True)
        for room in [program.uppers[column]]
    ]
    return Program(
        profits=program.profits + (0,) * len(taken),
        lowers=program.lowers + (0,) * len(taken),
        uppers=program.uppers + (1,) * len(taken),
        rows=(*program.rows, *rows, Row(tuple((switch, 1) for switch in switches), 1)),
    )


def _distance(wishes: Sequence[Wish], changes: Sequence[WishChange]) -> tuple[Number, list[Number]]:
    """Sort what is nearer to the wishes first."""
    by = {each.wish: each.by or 1 for each in changes}
    return sum(price(wish) * by[wish] for wish in by), [by.get(wish, 0) for wish in wishes]


def _order(question: Question, relaxation: Relaxation) -> tuple[bool, Fraction, Fraction]:
    """Sort what costs the least first; the totals of other sizes do not compare."""
    return len(relaxation.selection.members) != question.size, relaxation.cost, relaxation.seats


def _relaxation(question: Question, changes: tuple[WishChange, ...], solver: Solver) -> Relaxation:
    asked = relaxed(question, changes)
    selection = consistent(best(asked, solver), "so changed the wishes can be met")
    top = sorted((one.score for one in question.candidates), reverse=True)[: asked.size]
    return Relaxation(
        changes=changes,
        selection=selection,
        cost=sum(top, Fraction(0)) - selection.score,
        seats=total_out_of_place(asked, selection),
    )


def _optimum(program: Program, solver: Solver) -> tuple[int, ...] | None:
    outcome = solver.solve(program)
    if outcome.status == "stopped":
        raise NoShortlistError(interrupted=outcome.interrupted)
    return outcome.values
