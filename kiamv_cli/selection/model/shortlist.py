"""A shortlist as it is asked for, and all that explains it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Brief, Result, Value, frozen_dict
from kiamv_cli.scoring.model.score import score_at, tie_scores
from kiamv_cli.selection.model.lots import lots
from kiamv_cli.selection.model.prove import MOST_EQUAL, UNLIMITED, Proven, with_no_larger
from kiamv_cli.selection.model.question import Candidate, Question, Status
from kiamv_cli.selection.model.resolution import resolved, resolved_targets
from kiamv_cli.selection.model.search import NoneFeasibleError, NoShortlistError, until_stopped
from kiamv_cli.selection.model.select import Best, best_with_proof, select
from kiamv_cli.selection.model.spread import out_of_place, spread, targets
from kiamv_cli.selection.model.sums import amounts, sums
from kiamv_cli.selection.model.swaps import best_swaps, exchanges
from kiamv_cli.selection.model.ways import Ways, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.programme.model.dimensions import DimensionId
    from kiamv_cli.scoring.model.score import EcosystemScore, Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.lots import Lots
    from kiamv_cli.selection.model.prove import Proof, ProvingSolver
    from kiamv_cli.selection.model.question import Quota, Selection
    from kiamv_cli.selection.model.request import Request, Targets
    from kiamv_cli.selection.model.search import Reached
    from kiamv_cli.selection.model.spread import CategorySpread
    from kiamv_cli.selection.model.swaps import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Brief, Value):
    """One ecosystem of a shortlist.

    ``score`` is in [0, 1], at the bound asked for. ``replacement`` is the id of the best single
    swap, ``None`` where no other may take its place.
    """

    scored: EcosystemScore
    score: Fraction
    replacement: str | None

    def figures(self) -> Iterator[str]:
        """Yield its id and score."""
        yield self.scored.ecosystem.id
        yield str(self.score)


@dataclass(frozen=True, slots=True)
class Sized(Value):
    """A size that was asked for, with its shortlist; ``None`` where the wishes cannot be met."""

    size: int
    shortlist: Shortlist | None


@dataclass(frozen=True, kw_only=True)  # no slots: what was read of it is kept
class Shortlist(Result):
    """A shortlist, and what there is to know of it.

    What is solved beside the shortlist and its proof (``unbalanced``, ``hanging``) is solved, by
    ``solving``, once it is read, and what follows from all of it is worked out then.

    Attributes:
        scores: The scored long list.
        request: What was asked, in ids.
        selection: The answer.
        proven: What is proven of it.
        sizes: Of a range of sizes the shortlist of each, the smallest first; empty for one size.
        by_score: The best by score alone, where the proof asked for it.
        solver: The version of the solver.
        solving: What solves.
    """

    scores: Scores
    request: Request
    selection: Selection
    proven: Proven = field(compare=False, repr=False)
    solver: str = field(compare=False)
    solving: ProvingSolver = field(compare=False, repr=False)
    sizes: tuple[Sized, ...] = field(default=(), repr=False)
    by_score: Selection | None = field(default=None, compare=False, repr=False)

    def figures(self) -> Iterator[str]:
        """Yield its size, score and status."""
        yield f"{len(self.selection.members)} of {len(self.scores.ecosystems)}"
        yield f"score {float(self.selection.score):.6g}"
        for dimension in self.request.balance:
            yield f"{float(self.out_of_place[dimension]):g} {dimension} out of place"
        yield "proven" if self.proof else "not proven"

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of its members, by score, then id."""
        return self.selection.members

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Return its members, by score, then id."""
        floor = None
        if self.request.give_up is not None and self.unbalanced is not None:
            floor = (1 - self.request.give_up) * self.unbalanced.score
        swaps = best_swaps(self._question, self.ids, floor)
        by_id = {one.ecosystem.id: one for one in self.scores.ecosystems}
        return tuple(
            Member(
                scored=by_id[member],
                score=score_at(by_id[member], self.scores.programme, self.request.unknown),
                replacement=swaps[member],
            )
            for member in self.ids
        )

    @cached_property
    def unbalanced(self) -> Selection | None:
        """Return the best under the same wishes without balance; ``None`` where time ran out."""
        if self.by_score is not None or not self.selection.status.proven:
            return self.by_score
        try:
            alone = select(self._question.by_score_alone, self.solving)
        except NoShortlistError:
            return None
        return alone if alone.status.proven else None

    @cached_property
    def spread(self) -> Mapping[DimensionId, tuple[CategorySpread, ...]]:
        """Return the seats of every category beside the target, by dimension, balanced or not."""
        further = self.request.dimensions
        return frozen_dict(spread_of(self.scores, self.ids, self.request.targets, further))

    @cached_property
    def out_of_place(self) -> Mapping[DimensionId, Fraction]:
        """Return the seats out of place, by dimension."""
        return frozen_dict({name: out_of_place(seats) for name, seats in self.spread.items()})

    @property
    def proof(self) -> Proof | None:
        """Return the proof; ``None`` where only the solver says that it is the best."""
        return self.proven.proof

    @cached_property
    def lots(self) -> Lots | None:
        """Return whose places only the lottery decided; ``None`` where that is not proven."""
        return lots(self.proven, MOST_EQUAL)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Return who gave way to whom because of balance."""
        if self.unbalanced is None:
            return ()
        return exchanges(self._question.candidates, self.unbalanced.members, self.ids)

    @cached_property
    def hanging(self) -> frozenset[str] | None:
        """Return the members whose place hangs on what is unknown.

        They would not be in if every open criterion turned out at its possible score (with
        ``unknown="possible"``: at its proven score). ``None`` where the shortlist is not proven,
        or time ran out.
        """
        if not self.selection.status.proven:
            return None
        return _hanging(self.scores, self.request, self.selection, self.solving)

    @cached_property
    def ways(self) -> Ways | None:
        """Return what each further change buys, of those to keep; ``None`` where none are."""
        if not self.request.keep or not self.selection.status.proven:
            return None
        # Where more may leave, fewer may be enough.
        first = len(self.left) if self.request.changes is None else 0
        return ways(self._question, self.request.keep, first, self.solving)

    def solve_rest(self) -> None:
        """Solve now what would be solved once it is read."""
        for name in ("unbalanced", "hanging", "lots", "ways"):
            getattr(self, name)

    @cached_property
    def _question(self) -> Question:
        return question(self.scores, self.request)

    def __getstate__(self) -> dict[str, object]:
        """Return what a pickle holds: not the question, which is made again soon enough."""
        return {name: value for name, value in self.__dict__.items() if name != "_question"}

    @property
    def left(self) -> tuple[str, ...]:
        """Return those to keep that are not in."""
        return tuple(sorted(self.request.keep.difference(self.ids)))

    @cached_property
    def costs(self) -> Mapping[str, Fraction]:
        """Return what the members have together of each number that is limited."""
        known = {attribute: amounts(self.scores, attribute) for attribute in self.request.cost}
        return frozen_dict(
            {
                attribute: sum((numbers[name] or Fraction(0) for name in self.ids), Fraction(0))
                for attribute, numbers in known.items()
            }
        )

    @cached_property
    def ties(self) -> Mapping[str, Fraction]:
        """Return the sum of each criterion that decides between equal totals, in order."""
        chosen = [one for one in self._question.candidates if one.id in {*self.ids}]
        return frozen_dict(
            {
                name: sum((one.ties[at] for one in chosen), Fraction(0))
                for at, name in enumerate(self.scores.programme.ties)
            }
        )


def shortlist(
    scores: Scores, request: Request, solver: ProvingSolver, *, prove: bool | None = None
) -> Shortlist:
    """Pick the shortlist asked for, and prove it, as ``results.shortlist`` does."""
    asked = resolved(request, scores)
    if asked.sizes is None:
        return _of_size(scores, asked, solver, prove=prove)
    sizes: list[Sized] = []
    with until_stopped() as reached:
        for one in _each_size(asked):
            sizes.append(  # noqa: PERF401 - what is there must outlive an interruption
                Sized(one.size, _if_possible(scores, one, solver, prove=prove))
            )
    answer = next((each.shortlist for each in sizes if each.shortlist), None)
    if answer is None and not reached.complete:
        raise NoShortlistError(interrupted=reached.interrupted)
    if answer is None:
        raise NoneFeasibleError
    return _largest(answer, sizes, reached, solver, prove=prove)


def _largest(
    answer: Shortlist,
    sizes: Sequence[Sized],
    reached: Reached,
    solver: ProvingSolver,
    *,
    prove: bool | None,
) -> Shortlist:
    """Return the shortlist of the largest size that is possible, with those of all sizes."""
    assert answer.request.sizes is not None, "a range was asked for"
    most, selection, proven = answer.request.sizes[1], answer.selection, answer.proven
    if reached.complete:
        posed, steps = question(answer.scores, answer.request), UNLIMITED if prove else None
        proven = with_no_larger(proven, posed, most, solver, steps)
    elif selection.status.proven:
        status = Status(proven=False, step="proof", interrupted=reached.interrupted)
        selection, proven = replace(selection, status=status), Proven(members=proven.members)
    return replace(answer, selection=selection, proven=proven, sizes=tuple(reversed(sizes)))


def _each_size(request: Request) -> Iterator[Request]:
    """Yield the request for each of its sizes, the largest first."""
    least, most = request.sizes or (request.size, request.size)
    for size in range(most, least - 1, -1):
        yield replace(request, size=size)


def _if_possible(
    scores: Scores, request: Request, solver: ProvingSolver, *, prove: bool | None
) -> Shortlist | None:
    try:
        return _of_size(scores, request, solver, prove=prove)
    except NoneFeasibleError:
        return None


def settled(scores: Scores, request: Request, solver: Solver) -> Request:
    """Return a request of one size: of a range the largest that meets the wishes.

    Raises:
        Misfit: The request does not fit the long list.
        NoneFeasibleError: None does.
        NoShortlistError: There was no time.
    """
    asked = resolved(request, scores)
    if asked.sizes is None:
        return asked
    for one in _each_size(asked):
        with suppress(NoneFeasibleError):
            select(question(scores, one).by_score_alone, solver)
            return one
    raise NoneFeasibleError


def _of_size(
    scores: Scores, request: Request, solver: ProvingSolver, *, prove: bool | None
) -> Shortlist:
    posed = question(scores, request)
    if prove is False:
        selection = select(posed, solver)
        best = Best(selection, None, Proven(members=frozenset(selection.members)))
    else:
        best = best_with_proof(posed, solver, UNLIMITED if prove else None)
    return Shortlist(
        scores=scores,
        request=request,
        selection=best.selection,
        proven=best.proven,
        solver=solver.version,
        solving=solver,
        by_score=best.unbalanced,
    )


def question(scores: Scores, request: Request) -> Question:
    """Put a request to the engine's words: candidates with exact scores, targets in seats.

    Raises:
        Misfit: The request does not fit the long list.
    """
    request = resolved(request, scores)
    ecosystems, dimensions = scores.longlist.ecosystems, scores.dimensions
    reported = tuple(dimensions.reported(request.dimensions))
    return Question(
        candidates=tuple(_candidate(one, scores, request, reported) for one in scores.ecosystems),
        size=request.size,
        targets={
            name: targets(request.targets, name, dimensions, ecosystems, request.size)
            for name in reported
        },
        balance=request.balance,
        include=request.include,
        exclude=request.exclude,
        barred=frozenset(one.ecosystem.id for one in scores.ecosystems if barred(one, request)),
        quotas=tuple(_capped(quota, len(ecosystems)) for quota in request.quotas),
        sums=tuple(sums(request, scores)),
        keep=frozenset() if request.changes is not None else request.keep,
        give_up=request.give_up,
        seed=request.seed,
    )


def _capped(quota: Quota, total: int) -> Quota:
    """Take a limit that no long list of so many reaches down to it: then numbers stay small."""
    if quota.at_most is None:
        return quota
    return replace(quota, at_most=min(quota.at_most, total))


def barred(scored: EcosystemScore, request: Request) -> bool:
    """Return whether the classes asked for leave an ecosystem out."""
    bound = scored.best if request.unknown == "possible" else scored.worst
    return bool(request.classes) and bound.id not in request.classes


def spread_of(
    scores: Scores,
    members: Iterable[str],
    target: Mapping[DimensionId, object],
    further: Iterable[DimensionId] = (),
) -> dict[DimensionId, tuple[CategorySpread, ...]]:
    """Count the seats of any set of ecosystems, by id, in every dimension.

    That is those of the programme, those of which a target is given, and ``further`` ones.

    Raises:
        KeyError: There is no such ecosystem.
        Misfit: A target is none.
    """
    dimensions, listed = scores.dimensions, scores.longlist.ecosystems
    rules = resolved_targets(target, dimensions)
    by_id = {one.id: one for one in scores.longlist.ecosystems}
    chosen = [by_id[member] for member in members]
    found = {}
    for name in dimensions.reported((*rules, *further)):
        goal = targets(rules, name, dimensions, listed, len(chosen))
        found[name] = spread((dimensions.categories(one, name) for one in chosen), goal)
    return found


def _candidate(
    scored: EcosystemScore, scores: Scores, request: Request, reported: Iterable[DimensionId]
) -> Candidate:
    return Candidate(
        id=scored.ecosystem.id,
        score=score_at(scored, scores.programme, request.unknown),
        places={name: scores.dimensions.categories(scored.ecosystem, name) for name in reported},
        ties=tie_scores(scored, scores.programme, request.unknown),
    )


def _hanging(
    scores: Scores, request: Request, selection: Selection, solver: Solver
) -> frozenset[str] | None:
    other = replace(request, unknown="proven" if request.unknown == "possible" else "possible")
    try:
        elsewhere = select(question(scores, other), solver)
    except NoneFeasibleError:
        # Only a class filter can differ between the bounds: then everyone's place hangs on it.
        return frozenset(selection.members)
    except NoShortlistError:
        return None
    if not elsewhere.status.proven:
        return None
    return frozenset(selection.members) - frozenset(elsewhere.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread(Result):
    """How a set of ecosystems lies over the categories of each dimension, beside the targets."""

    scores: Scores
    ids: tuple[str, ...]
    targets: Targets
    seats: Mapping[DimensionId, tuple[CategorySpread, ...]]

    def __getitem__(self, dimension: DimensionId) -> tuple[CategorySpread, ...]:
        """Return the seats of each category of a dimension.

        Raises:
            KeyError: There is no such dimension.
        """
        return self.seats[dimension]

    def figures(self) -> Iterator[str]:
        """Yield how many they are, and the seats out of place."""
        yield f"{len(self.ids)} ecosystems"
        for name, seats in self.seats.items():
            yield f"{float(out_of_place(seats)):g} {name} out of place"
