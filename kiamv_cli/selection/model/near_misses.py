"""What is near to a shortlist: margins, the nearest outsiders, the next best.

All shortlists but the best are divided by the first of its members that they lack: those without
the first member, those with the first but without the second, and so on. The next best is the best
of one of these parts, which is then divided likewise (Lawler, A procedure for computing the K best
solutions to discrete optimization problems, Management Science 18, 1972).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count, islice
from typing import TYPE_CHECKING, Literal

from kiamv_cli.base.problem import check_whole
from kiamv_cli.base.value import Result
from kiamv_cli.scoring.model.score import score_at
from kiamv_cli.selection.model.constrained import (
    best,
    constrained,
    figures,
    floored,
    lowest_score,
    standing,
    threshold,
    with_or_without,
)
from kiamv_cli.selection.model.integer_program import consistent
from kiamv_cli.selection.model.question import comes_and_goes, draw, signature_of
from kiamv_cli.selection.model.search import Reached, until_stopped
from kiamv_cli.selection.model.shortlist import Member, question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiamv_cli.selection.model.constrained import Standing, WithOrWithout
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question, Selection, Signature
    from kiamv_cli.selection.model.shortlist import Shortlist

# What it is at best with it; minus its own score, its lot.
Nearness = tuple["Standing", "Fraction", str]


def nearest(question: Question, selection: Selection, solver: Solver) -> Iterator[str]:
    """Name the outsiders, nearest first.

    Nearer is with whom the best shortlist keeps more of those to keep, then has fewer seats out of
    place, then the higher total; then who has the higher score, then who is drawn first. Of
    outsiders alike in all that is asked only the best is tried until it is named: the best
    shortlist with another is no better.

    Args:
        question: What was asked. With ``give_up``, only shortlists that reach its floor count.
        selection: The proven answer to it.
        solver: Solves the integer programs.

    Yields:
        Ids; none of those with whom no shortlist meets the wishes.

    Raises:
        NoShortlistError: There was no time to prove the next one.
    """
    floor = lowest_score(question, solver)
    queues = _queues(question, selection)
    heap: list[tuple[Nearness, str, Signature]] = []

    def push(alike: Signature) -> None:
        if not queues[alike]:
            return
        minus_score, lot, identifier = queues[alike].pop()
        asked = floored(constrained(question, into=[identifier]), floor, solver)
        known = None if asked is None else figures(asked, solver)
        if known is not None:
            heappush(heap, ((known, minus_score, lot), identifier, alike))

    for each in sorted(queues):
        push(each)
    while heap:
        _, identifier, each = heappop(heap)
        yield identifier
        push(each)


def _queues(
    question: Question, selection: Selection
) -> dict[Signature, list[tuple[Fraction, str, str]]]:
    """Sort the outsiders of each signature: the best by score, then draw, comes last."""
    alike = signature_of(question)
    closed = question.exclude.union(question.barred, selection.members)
    queues: defaultdict[Signature, list[tuple[Fraction, str, str]]] = defaultdict(list)
    for one in question.candidates:
        if one.id not in closed:
            queues[alike(one)].append((-one.score, draw(question.seed, one.id), one.id))
    return {each: sorted(queue, reverse=True) for each, queue in queues.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another shortlist: who is in it and not in the best one, and the other way round."""

    selection: Selection
    comes: tuple[str, ...]
    goes: tuple[str, ...]


def alternatives(question: Question, first: Selection, solver: Solver) -> Iterator[Alternative]:
    """Yield the shortlists after the best one, best first: balance, score, lottery.

    Each takes about as many proofs as a shortlist has members, so ask for no more than needed.

    Args:
        question: What was asked. With ``give_up``, only shortlists that reach its floor count.
        first: The proven answer to it.
        solver: Solves the integer programs.

    Yields:
        One shortlist after the other, until there are no more.

    Raises:
        NoShortlistError: There was no time to prove the next one.
    """
    parts = _Parts(lowest_score(question, solver), solver)
    parts.divide(constrained(question), first)
    while (found := parts.next()) is not None:
        part, selection = found
        comes, goes = comes_and_goes(first.members, selection.members)
        yield Alternative(selection=selection, comes=comes, goes=goes)
        parts.divide(part, selection)


class _Parts:
    """Sets of shortlists as pinned questions, the one with the best shortlist on top.

    The lottery is only held within a part that is on top by balance and score. Until then it has
    no lots, so it comes before those of the same figures that have: it may still win.
    """

    def __init__(self, floor: Fraction | None, solver: Solver) -> None:
        self._floor = floor
        self._solver = solver
        self._heap: list[tuple[Standing, int, Question, Selection | None]] = []
        self._numbers = count()

    def divide(self, part: Question, selection: Selection) -> None:
        """Add all shortlists of a part but its best, in parts."""
        kept: list[str] = []
        # The least members first: most parts then keep the best, which leaves them small.
        for member in reversed(selection.members):
            if member in part.include:
                continue
            self._add(constrained(part, into=kept, out=[member]))
            kept.append(member)

    def next(self) -> tuple[Question, Selection] | None:
        """Take the part with the best shortlist, and that shortlist; ``None`` if all is told."""
        while self._heap:
            _, _, part, selection = heappop(self._heap)
            if selection is not None:
                return part, selection
            chosen = best(part, self._solver, floor=self._floor)
            selection = consistent(chosen, "its figures are known")
            self._push(standing(part, selection), part, selection)
        return None

    def _add(self, part: Question) -> None:
        asked = floored(part, self._floor, self._solver)
        known = figures(asked, self._solver) if asked is not None else None
        if known is not None:
            self._push(known, part, None)

    def _push(self, place: Standing, part: Question, selection: Selection | None) -> None:
        heappush(self._heap, (place, next(self._numbers), part, selection))


OUTSIDERS = 10
MOST_ALTERNATIVES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to find: margins of the members and the ten nearest outsiders; so many alternatives."""

    margins: bool = True
    alternatives: int = 0

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            Misfit: The number is none.
        """
        check_whole("alternatives", self.alternatives, 0, MOST_ALTERNATIVES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals(Result):
    """What is near to a shortlist.

    ``members`` holds the margins of its members, in their order, ``outsiders`` those of the
    nearest outsiders, nearest first, ``alternatives`` the next best shortlists, best first.
    ``others`` describes the outsiders in these, in that order, ``replacement`` left open.
    ``complete`` is false where time ran out, or the user interrupted, before all were found;
    those that are there are exact all the same.
    """

    shortlist: Shortlist
    wanted: Wanted
    members: tuple[Margin, ...]
    outsiders: tuple[Margin, ...]
    alternatives: tuple[Alternative, ...]
    others: tuple[Member, ...]
    complete: bool
    interrupted: bool

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.members)} members"
        yield f"{len(self.outsiders)} outsiders"
        yield f"{len(self.alternatives)} alternatives"
        yield "complete" if self.complete else "not complete"


def rivals(
    shortlist: Shortlist,
    solver: Solver,
    extent: Wanted,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rivals:
    """Find what is near to a shortlist, as ``results.rivals`` does."""
    search = _Search(shortlist, solver, extent, progress)
    reached = Reached()
    if shortlist.selection.status.proven:
        with until_stopped() as reached:
            search.run()
    return Rivals(
        shortlist=shortlist,
        wanted=extent,
        members=tuple(search.members),
        outsiders=tuple(search.outsiders),
        alternatives=tuple(search.alternatives),
        others=_others(shortlist, search),
        complete=reached.complete,
        interrupted=reached.interrupted or shortlist.selection.status.interrupted,
    )


def _others(shortlist: Shortlist, search: _Search) -> tuple[Member, ...]:
    nearest = [one.id for one in search.outsiders]
    coming = [name for one in search.alternatives for name in one.comes]
    scored = {one.ecosystem.id: one for one in shortlist.scores.ecosystems}
    return tuple(
        Member(
            scored=scored[name],
            score=score_at(scored[name], shortlist.scores.programme, shortlist.request.unknown),
            replacement=None,
        )
        for name in dict.fromkeys([*nearest, *coming])
    )


class _Search:
    """Finds one thing after the other; what is found outlives an interruption."""

    def __init__(
        self,
        shortlist: Shortlist,
        solver: Solver,
        extent: Wanted,
        progress: Callable[[int, int], None],
    ) -> None:
        self._asked = question(shortlist.scores, shortlist.request)
        self._selection, self._solver, self._progress = shortlist.selection, solver, progress
        self._wanted = extent
        near = min(len(shortlist.members) + OUTSIDERS, len(shortlist.scores.ecosystems))
        self._all = extent.margins * near + extent.alternatives
        self.members: list[Margin] = []
        self.outsiders: list[Margin] = []
        self.alternatives: list[Alternative] = []

    def run(self) -> None:
        """Find all that was asked for."""
        if self._wanted.margins:
            for member in self._selection.members:
                self.members.append(self._margin(member))
            near = nearest(self._asked, self._selection, self._solver)
            for outsider in islice(near, OUTSIDERS):
                self.outsiders.append(self._margin(outsider))
        others = alternatives(self._asked, self._selection, self._solver)
        for other in islice(others, self._wanted.alternatives):
            self.alternatives.append(other)
            self._tell()

    def _margin(self, identifier: str) -> Margin:
        found = margin(self._asked, self._selection, identifier, self._solver)
        self._tell(1)
        return found

    def _tell(self, under_way: int = 0) -> None:
        done = len(self.members) + len(self.outsiders) + len(self.alternatives) + under_way
        self._progress(done, self._all)


Bar = Literal["wishes", "keep", "balance", "score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How near one ecosystem is to the other side of the line; all but its own score stays.

    ``threshold``: below this score of its own it is out, above it in; ``in_at_threshold`` says
    which at exactly that score. It is ``None`` where no score from 0 to 1 changes its place;
    then ``bar`` says why:

    - ``wishes``: no shortlist with it (for a member: without it) meets them.
    - ``keep``: even at score 1 (a member: 0) ``leaving`` more of those to keep have to leave.
    - ``balance``: even at score 1 (a member: 0) the best such shortlist has ``seats`` more seats
      out of place.
    - ``score``: even then the best such shortlist has a total that is ``points`` lower (0: the
      lottery decides against it); or there is none with the total that ``give_up`` asks for,
      which the highest misses by ``points``.

    ``then`` is the shortlist just past the threshold, else the best one on the other side of the
    bar, empty if there is none; ``comes`` and ``goes`` are how it differs from today's.
    """

    id: str
    member: bool
    score: Fraction
    threshold: Fraction | None = None
    in_at_threshold: bool = False
    bar: Bar | None = None
    leaving: int = 0
    seats: Fraction = Fraction(0)
    points: Fraction = Fraction(0)
    then: tuple[str, ...] = ()
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()


def margin(question: Question, selection: Selection, identifier: str, solver: Solver) -> Margin:
    """Find by how much one candidate is in or out; a ``KeyError`` if there is no such one.

    Args:
        question: What was asked.
        selection: The proven answer to it.
        identifier: The candidate.
        solver: Solves the integer programs.
    """
    one = {each.id: each for each in question.candidates}[identifier]
    member = identifier in selection.members
    bare = Margin(id=identifier, member=member, score=one.score)
    sides = with_or_without(question, one, solver)
    if sides is None:
        return replace(bare, bar="wishes")
    sides.know(selection, member=member)
    extreme = Fraction(0 if member else 1)
    if sides.is_in(extreme) == member:
        barred = _barred(bare, sides, extreme)
        return _changed(barred, selection, sides.best(extreme, member=not member))
    at = threshold(sides, extreme if member else one.score)
    turning = replace(bare, threshold=at, in_at_threshold=sides.is_in(at))
    return _changed(turning, selection, sides.best(at, member=not member))


def _barred(bare: Margin, sides: WithOrWithout, score: Fraction) -> Margin:
    """Say why the place stays the same even at this score."""
    other = sides.best(score, member=not bare.member)
    if other is None:
        return replace(bare, bar="score", points=sides.missing(score, member=not bare.member))
    mine = consistent(sides.best(score, member=bare.member), "it is where it is")
    there, here = standing(sides.without, other), standing(sides.without, mine)
    if there.left != here.left:
        return replace(bare, bar="keep", leaving=there.left - here.left)
    if there.out != here.out:
        return replace(bare, bar="balance", seats=there.out - here.out)
    raised = (score - bare.score) * (1 if bare.member else -1)
    return replace(bare, bar="score", points=mine.score - other.score + raised)


def _changed(margin: Margin, today: Selection, then: Selection | None) -> Margin:
    if then is None:
        return margin
    comes, goes = comes_and_goes(today.members, then.members)
    return replace(margin, then=then.members, comes=comes, goes=goes)
