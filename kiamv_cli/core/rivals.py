"""How near a shortlist is to another one: margins, the nearest outsiders, the next best."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kiamv_cli.core.refusal import check_whole
from kiamv_cli.core.score import score_at
from kiamv_cli.core.selection.alternatives import alternatives
from kiamv_cli.core.selection.margins import margin
from kiamv_cli.core.selection.nearest import nearest
from kiamv_cli.core.selection.search import NoShortlistError
from kiamv_cli.core.shortlist import Member, question

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.selection.alternatives import Alternative
    from kiamv_cli.core.selection.margins import Margin
    from kiamv_cli.core.shortlist import Shortlist

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
class Rivals:
    """What is near to a shortlist.

    ``members`` holds the margins of its members, in their order, ``outsiders`` those of the
    nearest outsiders, nearest first, ``alternatives`` the next best shortlists, best first.
    ``others`` describes the outsiders in these, in that order, ``replacement`` left open.
    ``complete`` is false where time ran out, or the user interrupted, before all were found;
    those that are there are exact all the same.
    """

    wanted: Wanted
    members: tuple[Margin, ...]
    outsiders: tuple[Margin, ...]
    alternatives: tuple[Alternative, ...]
    others: tuple[Member, ...]
    complete: bool
    interrupted: bool


def rivals(
    found: Shortlist,
    solver: Solver,
    wanted: Wanted,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Rivals:
    """Find what is near to a shortlist.

    Args:
        found: The shortlist; where it is not proven, nothing can be said.
        solver: Solves integer programs; it keeps the time limit.
        wanted: What to find.
        progress: Told how many of the steps are done, and how many there are.
    """
    search = _Search(found, solver, wanted, progress)
    complete = interrupted = False
    if found.selection.status.proven:
        try:
            search.run()
            complete = True
        except NoShortlistError as none:
            interrupted = none.interrupted
        except KeyboardInterrupt:
            interrupted = True
    return Rivals(
        wanted=wanted,
        members=tuple(search.members),
        outsiders=tuple(search.outsiders),
        alternatives=tuple(search.alternatives),
        others=_others(found, search),
        complete=complete,
        interrupted=interrupted or found.selection.status.interrupted,
    )


def _others(found: Shortlist, search: _Search) -> tuple[Member, ...]:
    nearest = [one.id for one in search.outsiders]
    coming = [name for one in search.alternatives for name in one.comes]
    scored = {one.ecosystem.id: one for one in found.scores.ecosystems}
    return tuple(
        Member(
            scored=scored[name],
            score=score_at(scored[name], found.scores.programme, found.request.unknown),
            replacement=None,
        )
        for name in dict.fromkeys([*nearest, *coming])
    )


class _Search:
    """Finds one thing after the other; what is found outlives an interruption."""

    def __init__(
        self,
        found: Shortlist,
        solver: Solver,
        wanted: Wanted,
        progress: Callable[[int, int], None],
    ) -> None:
        self._asked = question(found.scores, found.request)
        self._selection, self._solver, self._progress = found.selection, solver, progress
        self._wanted = wanted
        near = min(len(found.members) + OUTSIDERS, len(found.scores.ecosystems))
        self._all = wanted.margins * near + wanted.alternatives
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
