"""How the shortlist depends on who judged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.value import Result, Value
from kiamv_cli.review.model.outcome import with_review
from kiamv_cli.scoring.model.score import score
from kiamv_cli.selection.model.select import select
from kiamv_cli.selection.model.shortlist import question, settled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.review.model.outcome import Review
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Value):
    """The shortlist if one judge alone counted.

    ``reviewer`` is ``None`` for the review as a whole. ``ranks`` holds the rank of all.
    """

    reviewer: str | None
    members: frozenset[str]
    ranks: dict[str, int]
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence(Result):
    """The shortlist of the review as a whole, and that of each reviewer alone."""

    scores: Scores
    request: Request
    together: Judged
    alone: tuple[Judged, ...]

    def figures(self) -> Iterator[str]:
        """Yield what tells it from others."""
        yield f"{len(self.alone)} reviewers"
        yield f"{len(self.firm)} selected under each"

    @property
    def votes(self) -> Counter[str]:
        """In how many of the shortlists of one reviewer alone each ecosystem is."""
        return Counter(each for judged in self.alone for each in judged.members)

    @property
    def firm(self) -> frozenset[str]:
        """Who is in the shortlist whoever judged."""
        return self.together.members.intersection(*(each.members for each in self.alone))

    @property
    def complete(self) -> bool:
        """Whether every shortlist was proven."""
        return all(each.proven for each in (self.together, *self.alone))


def dependence(
    longlist: Longlist,
    review: Review,
    programme: Programme,
    request: Request,
    solver: Solver,
    as_of: date | None = None,
) -> Dependence:
    """Select with the verdicts of the review as a whole, and with those of each reviewer alone.

    What a reviewer did not judge is as the list and the rule say, for them as for all.

    Args:
        longlist: The long list, without the review.
        review: Who said what.
        programme: Criteria, classes and dimensions.
        request: The shortlist in question.
        solver: Solves integer programs; it keeps the time limit.
        as_of: Reference date, if not that of the list.

    Raises:
        NoneFeasibleError: No shortlist meets the wishes.
        NoShortlistError: There was no time for any shortlist.
    """
    whole = score(with_review(longlist, review, programme), programme, as_of)
    alone = []
    for form in review.forms:
        own = with_review(longlist, review.only(form.reviewer), programme)
        alone.append(_judged(form.reviewer, score(own, programme, as_of), request, solver))
    together = _judged(None, whole, request, solver)
    return Dependence(scores=whole, request=request, together=together, alone=tuple(alone))


def _judged(reviewer: str | None, scores: Scores, request: Request, solver: Solver) -> Judged:
    chosen = select(question(scores, settled(scores, request, solver)), solver)
    return Judged(
        reviewer=reviewer,
        members=frozenset(chosen.members),
        ranks={each.ecosystem.id: each.rank for each in scores.ecosystems},
        proven=chosen.status.proven,
    )
