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
from kiamv_cli.selection.model.soft_wishes import SoftWishes, price

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.prove import Proof, ProvingSolver
    from kiamv_cli.selection.model.question import Number, Question, Selection
    from kiamv_cli.selection.model.request import Request


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
