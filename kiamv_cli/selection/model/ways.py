"""Ways from one shortlist to others: who changes for whom, and what each change buys."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.selection.model.constrained import constrained, figures, total_out_of_place
from kiamv_cli.selection.model.question import Sum, Wish, comes_and_goes
from kiamv_cli.selection.model.search import (
    NoneFeasibleError,
    NoShortlistError,
    until_stopped,
)
from kiamv_cli.selection.model.select import best_with_proof, select_proven
from kiamv_cli.selection.model.swaps import exchanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from fractions import Fraction

    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.prove import ProvingSolver
    from kiamv_cli.selection.model.question import Question, Selection
    from kiamv_cli.selection.model.swaps import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The best of the shortlists that at most so many members of another one leave.

    ``seats`` are those out of place over the balanced dimensions together. ``comes`` and ``goes``
    are how it differs from the other one, ``exchanges`` who comes for whom. ``proven`` says whether
    it is proven in whole numbers that no other such shortlist is better.
    """

    changes: int
    selection: Selection
    seats: Fraction
    comes: tuple[str, ...]
    goes: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    proven: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What more changes would buy, step by step; not ``complete`` where time ran out."""

    steps: tuple[Way, ...]
    complete: bool


def ways(question: Question, members: AbstractSet[str], first: int, solver: ProvingSolver) -> Ways:
    """Return all ``steps``, or those for which there was time."""
    found: list[Way] = []
    with until_stopped() as reached:
        for step in steps(question, members, first, solver):
            found.append(step)  # noqa: PERF402 - what is there stays if time runs out
    return Ways(steps=tuple(found), complete=reached.complete)


def steps(
    question: Question, members: AbstractSet[str], first: int, solver: ProvingSolver
) -> Iterator[Way]:
    """Go from the fewest changes to what is best with any number of them.

    A shortlist with more changes is passed over where it is no better than one with fewer.

    Args:
        question: What is asked; whom it keeps, and how many of these may leave, is left aside.
        members: The members of the other shortlist.
        first: With fewer changes the wishes cannot be met.
        solver: Solves the integer programs.

    Yields:
        One shortlist a step: with ever more changes, and ever fewer seats out of place or, with as
        few, a higher total.

    Raises:
        NoShortlistError: There was no time to prove the next one.
    """
    last = _within(question, members, len(members), solver)
    before: Way | None = None
    for changes in range(first, len(members) + 1):
        try:
            step = _within(question, members, changes, solver)
        except NoneFeasibleError:
            continue
        if before is None or _rank(step) < _rank(before):
            yield step
            before = step
        if _rank(before) == _rank(last):
            return


def _rank(step: Way) -> tuple[Fraction, Fraction]:
    return step.seats, -step.selection.score


def _within(
    question: Question, members: AbstractSet[str], changes: int, solver: ProvingSolver
) -> Way:
    best = best_with_proof(limited(question, members, changes), solver)
    if not best.selection.status.proven:
        raise NoShortlistError(interrupted=best.selection.status.interrupted)
    proven = best.proven.proof is not None
    return replace(_way(question, members, best.selection), proven=proven)


def limited(question: Question, members: AbstractSet[str], changes: int) -> Question:
    """Ask for the best shortlist that at most so many of these members leave."""
    base = -len(members)
    wish = Wish("changes", number=changes)
    of = dict.fromkeys(sorted(members), -1)
    others = (one for one in question.sums if one.wish.kind != "changes")
    limit = Sum(wish, of, at_most=changes + base, base=base)
    return replace(question, keep=frozenset(), sums=(*others, limit))


def _way(question: Question, members: Iterable[str], selection: Selection) -> Way:
    comes, goes = comes_and_goes(sorted(members), selection.members)
    return Way(
        changes=len(goes),
        selection=selection,
        seats=total_out_of_place(question, selection),
        comes=comes,
        goes=goes,
        exchanges=exchanges(question.candidates, members, selection.members),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysIn:
    """How an outsider could be in by decision: what each way asks, and what it breaks.

    Attributes:
        today: The shortlist as it is.
        swap: The best shortlist with it in which one member gave way, ``None`` if none meets the
            wishes.
        balanced: The one with the fewest changes that is as well balanced as any with it can be;
            ``None`` if no shortlist with it meets the wishes.
    """

    today: Way
    swap: Way | None
    balanced: Way | None


def ways_in(question: Question, today: Selection, identifier: str, solver: Solver) -> WaysIn:
    """Find the ways in of an outsider.

    Args:
        question: What was asked.
        today: The proven answer to it.
        identifier: The outsider.
        solver: Solves the integer programs.

    Raises:
        NoShortlistError: There was no time.
    """
    members = frozenset(today.members)
    now = _way(question, members, today)
    asked = replace(constrained(question, into=[identifier]), give_up=question.give_up)
    best = figures(replace(asked, keep=frozenset()), solver)
    if best is None:
        return WaysIn(today=now, swap=None, balanced=None)
    swap = None
    for changes in range(1, len(members) + 1):
        try:
            found = select_proven(limited(asked, members, changes), solver)
        except NoneFeasibleError:
            continue
        step = _way(question, members, found)
        swap = step if changes == 1 else swap
        if step.seats == best.out:
            return WaysIn(today=now, swap=swap, balanced=step)
    return WaysIn(today=now, swap=swap, balanced=None)
