"""Every trade-off between seats out of place and total score, each proven.

The first is the best balanced shortlist. Each next one must have a total that is at least one unit
higher, with the fewest seats out of place that this takes, and of those the highest total. So no
shortlist is better in one figure and as good in the other, and none of that kind is passed over:
totals are whole numbers of units, so between two steps there is nothing (the epsilon-constraint
method: Haimes, Lasdon & Wismer, On a bicriterion formulation of the problems of integrated system
identification and system optimization, IEEE Transactions on Systems, Man and Cybernetics 1, 1971).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiamv_cli.base.text import Text
from kiamv_cli.base.value import Result
from kiamv_cli.selection.model.constrained import best, solved, total_out_of_place
from kiamv_cli.selection.model.integer_program import Row, SolverError, consistent
from kiamv_cli.selection.model.plain import constraints, plain_question
from kiamv_cli.selection.model.prove import ContradictedError, prove_none
from kiamv_cli.selection.model.question import Status, Sum, Wish, comes_and_goes
from kiamv_cli.selection.model.search import (
    NoneFeasibleError,
    NoShortlistError,
    model_keeping,
    until_stopped,
)
from kiamv_cli.selection.model.select import best_with_proof, descend, describe
from kiamv_cli.selection.model.shortlist import question, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from fractions import Fraction

    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.prove import Proof, ProvingSolver
    from kiamv_cli.selection.model.question import Question, Selection
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.search import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """A shortlist than which none has a higher total with as few seats out of place.

    ``seats`` are those out of place over the balanced dimensions together. Of equally good ones
    it is the one that the lottery picks. ``comes`` and ``goes`` are how it differs from the one
    before, which has fewer seats out of place.
    """

    seats: Fraction
    selection: Selection
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


def tradeoffs(question: Question, solver: Solver) -> Iterator[TradeOff]:
    """Go from the best balanced shortlist to that with the highest total, step by step.

    After each shortlist comes the best balanced of those with a higher total, and of these the one
    with the highest total: so none is left out (the epsilon-constraint method of Haimes, Lasdon &
    Wismer, IEEE Transactions on Systems, Man, and Cybernetics 1, 1971; as totals are whole numbers
    of a unit, epsilon is that unit, and no trade-off can hide between two steps).

    Args:
        question: What is asked; ``give_up`` is left aside.
        solver: Solves the integer programs.

    Yields:
        One shortlist a step, with ever more seats out of place and ever higher totals; none if
        no shortlist meets the wishes.

    Raises:
        NoShortlistError: There was no time to prove the next one.
    """
    asked = replace(question, give_up=None)
    before = best(asked, solver)
    if before is None:
        return
    yield TradeOff(seats=total_out_of_place(asked, before), selection=before)
    model = model_keeping(asked, before.members)
    while (found := _next(asked, model, before, solver)) is not None:
        seats = total_out_of_place(asked, found)
        comes, goes = comes_and_goes(before.members, found.members)
        yield TradeOff(seats=seats, selection=found, comes=comes, goes=goes)
        before = found


def _next(question: Question, model: Model, before: Selection, solver: Solver) -> Selection | None:
    """Find the best balanced shortlist, and of these the best, with a higher total."""
    floor = int(before.score * model.pool.unit) - model.pinned_score + 1
    counts = solved(model, model.balanced(floor=floor), solver)
    if counts is None:
        return None
    out = model.out_of_place(counts)
    highest = solved(model, model.best(out=out, floor=floor), solver)
    counts = consistent(highest, "the best balanced one fits")
    face = model.best(out=out, floor=model.score(counts))
    for sums in model.ties():
        tied = replace(face, profits=(*sums, *[0] * (len(face.profits) - len(sums))))
        counts = consistent(solved(model, tied, solver), "there is a best one")
        best = sum(each * count for each, count in zip(sums, counts, strict=True))
        face = replace(face, rows=(*face.rows, Row(tuple(enumerate(sums)), best)))
    face = replace(face, profits=(0,) * len(face.profits))
    drawn = descend(face, counts, model.pool.cells, question.seed, solver)
    if not drawn.proven:
        raise NoShortlistError(interrupted=drawn.interrupted)
    return describe(question, model.members(drawn.counts), Status(proven=True, step="lottery"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffs(Result):
    """The trade-offs, from the best balanced shortlist to that with the highest total.

    ``complete`` is false where time ran out, or the user interrupted, before the last. ``proofs``
    are that none is before the first, between two, or after the last; they end where effort did.
    """

    scores: Scores
    request: Request
    steps: tuple[TradeOff, ...]
    complete: bool
    interrupted: bool = False
    proofs: tuple[Proof, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether each is proven, and that there are no others."""
        return self.complete and len(self.proofs) == len(self.steps) + 1

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.steps)} trade-offs"
        yield "complete" if self.complete else "not complete"

    @property
    def asked_for(self) -> TradeOff | None:
        """The shortlist that the request itself gives, by what balance may cost at most.

        ``None`` where that is not known because the trade-offs are not complete.
        """
        if self.request.give_up is None:
            return self.steps[0]
        # What may be given up can also be had by keeping fewer, which is no trade-off of these.
        if not self.complete or self.request.keep:
            return None
        least = (1 - self.request.give_up) * self.steps[-1].selection.score
        return next(step for step in self.steps if step.selection.score >= least)


def tradeoff(
    scores: Scores,
    request: Request,
    solver: ProvingSolver,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> TradeOffs:
    """Find every trade-off, and prove that there are no others, as ``results.tradeoff`` does."""
    request = settled(scores, request, solver)
    steps: list[TradeOff] = []
    proofs: list[Proof] = []
    asked = question(scores, request)
    with until_stopped() as reached:
        for step in tradeoffs(asked, solver):
            steps.append(step)
            progress(len(steps), 0)
        for proof in _proven_front(asked, steps, solver) if steps else ():
            proofs.append(proof)
            progress(len(proofs), len(steps) + 1)
    if reached.complete and not steps:
        raise NoneFeasibleError
    if not steps:
        raise NoShortlistError(interrupted=reached.interrupted)
    return TradeOffs(
        scores=scores,
        request=request,
        steps=tuple(steps),
        complete=reached.complete,
        interrupted=reached.interrupted,
        proofs=tuple(proofs),
    )


def _proven_front(
    question: Question, steps: list[TradeOff], solver: ProvingSolver
) -> Iterator[Proof]:
    """Yield proofs that nothing lies before, between and after trade-offs, while steps are enough.

    Between two: with a higher total than the one, none has fewer seats out of place than the other.
    Where that is not so the solver missed one; what proofs find is put in its place.
    """
    done = 0
    while done <= len(steps):
        before, after = [None, *steps][done], [*steps, None][done]
        try:
            proof = prove_none(question, _between(question, before, after), solver)
        except ContradictedError:
            missed = _missed(question, before, solver)
            steps[done:] = [
                missed,
                *(each for each in steps[done:] if each.selection.score > missed.selection.score),
            ]
            steps[:] = _with_changes(steps)
            continue
        if proof is None:
            return
        yield proof
        done += 1


def _between(question: Question, before: TradeOff | None, after: TradeOff | None) -> dict[str, int]:
    """Return the least values of goals that a trade-off between two has."""
    asked, least = constraints(plain_question(question)), dict[str, int]()
    if after is not None:
        least["out of place"] = 1 - int(after.seats * asked.seat_unit)
    if before is not None:
        least["score"] = int(before.selection.score * asked.score_unit) + 1
    return least


def _missed(question: Question, before: TradeOff | None, solver: ProvingSolver) -> TradeOff:
    """Find by proof, whatever the solver says, the next trade-off.

    Raises:
        SolverError: That takes too many steps.
    """
    asked = replace(question, give_up=None)
    if before is not None:
        unit = constraints(plain_question(asked)).score_unit
        scores = {each.id: int(each.score * unit) for each in asked.candidates}
        least = int(before.selection.score * unit) + 1
        higher = Sum(Wish("cost", "score"), scores, at_least=least)
        asked = replace(asked, sums=(*asked.sums, higher))
    found = best_with_proof(asked, solver)
    if found.proven.proof is None:
        raise SolverError(Text("requests.solver-contradicts-itself"))
    return TradeOff(seats=total_out_of_place(question, found.selection), selection=found.selection)


def _with_changes(steps: Sequence[TradeOff]) -> list[TradeOff]:
    """Return trade-offs with who comes in and goes out, compared with the one before."""
    all_of = [each.selection.members for each in steps]
    pairs = zip(all_of[:1] + all_of, all_of, strict=False)
    changes = (comes_and_goes(before, after) for before, after in pairs)
    return [
        replace(step, comes=comes, goes=goes)
        for step, (comes, goes) in zip(steps, changes, strict=True)
    ]
