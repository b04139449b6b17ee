"""The outsiders that are nearest to a shortlist, by the best shortlist with each of them."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.forced import figures, floored, forced, lowest_score
from kiamv_cli.core.selection.pool import draw, signature_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.pool import Places
    from kiamv_cli.core.selection.question import Question, Selection

# What it is at best with it: seats out of place, minus the total; minus its own score, its lot.
Nearness = tuple["Fraction", "Fraction", "Fraction", str]


def nearest(question: Question, selection: Selection, solver: Solver) -> Iterator[str]:
    """Name the outsiders, nearest first.

    Nearer is with whom the best shortlist has fewer seats out of place, then the higher total;
    then who has the higher score, then who is drawn first. Where balance costs nothing that is the
    order of what they lack in score: the best shortlist with one of them lacks as much in total.

    Of outsiders alike in all that is asked only the best is tried until it is named, as the best
    shortlist with another of them is no better.

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
    heap: list[tuple[Nearness, str, Places]] = []

    def push(places: Places) -> None:
        if not queues[places]:
            return
        minus_score, lot, identifier = queues[places].pop()
        asked = floored(forced(question, into=[identifier]), floor, solver)
        known = None if asked is None else figures(asked, solver)
        if known is not None:
            out, total = known
            heappush(heap, ((out, -total, minus_score, lot), identifier, places))

    for places in sorted(queues):
        push(places)
    while heap:
        _, identifier, places = heappop(heap)
        yield identifier
        push(places)


def _queues(
    question: Question, selection: Selection
) -> dict[Places, list[tuple[Fraction, str, str]]]:
    """Sort the outsiders of each signature: the best by score, then draw, comes last."""
    places = signature_of(question)
    closed = question.exclude.union(question.barred, selection.members)
    queues: defaultdict[Places, list[tuple[Fraction, str, str]]] = defaultdict(list)
    for one in question.candidates:
        if one.id not in closed:
            queues[places(one)].append((-one.score, draw(question.seed, one.id), one.id))
    return {each: sorted(queue, reverse=True) for each, queue in queues.items()}
