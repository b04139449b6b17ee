"""All trade-offs between balance and score that a request leaves, and the one it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.selection.search import InfeasibleError, NoShortlistError
from kiamv_cli.core.selection.tradeoff import tradeoffs
from kiamv_cli.core.shortlist import question

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.core.program import Solver
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.selection.tradeoff import TradeOff
    from kiamv_cli.core.shortlist import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOffs:
    """The trade-offs, from the best balanced shortlist to that with the highest total.

    ``complete`` is false where time ran out, or the user interrupted, before the last; those that
    are there are proven all the same.
    """

    scores: Scores
    request: Request
    steps: tuple[TradeOff, ...]
    complete: bool
    interrupted: bool = False

    @property
    def asked_for(self) -> TradeOff | None:
        """The shortlist that the request itself gives, by what balance may cost at most.

        ``None`` where that is not known because the trade-offs are not complete.
        """
        if self.request.give_up is None:
            return self.steps[0]
        if not self.complete:
            return None
        least = (1 - self.request.give_up) * self.steps[-1].selection.score
        return next(step for step in self.steps if step.selection.score >= least)


def tradeoff(
    scores: Scores,
    request: Request,
    solver: Solver,
    *,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> TradeOffs:
    """Find every trade-off, each proven; ``give_up`` of the request only marks one of them.

    Args:
        scores: The scored long list.
        request: Size, balance, wishes.
        solver: Solves integer programs; it keeps the time limit.
        progress: Told how many are proven; nobody knows how many there will be (0).

    Raises:
        InfeasibleError: No shortlist meets the wishes.
        NoShortlistError: Time ran out, or the user interrupted, before the first was proven.
        ValueError: The request does not fit the long list.
    """
    steps: list[TradeOff] = []
    complete = interrupted = False
    try:
        for step in tradeoffs(question(scores, request), solver):
            steps.append(step)
            progress(len(steps), 0)
        complete = True
    except NoShortlistError as none:
        interrupted = none.interrupted
    except KeyboardInterrupt:
        interrupted = True
    if not steps:
        raise InfeasibleError if complete else NoShortlistError(interrupted=interrupted)
    return TradeOffs(
        scores=scores,
        request=request,
        steps=tuple(steps),
        complete=complete,
        interrupted=interrupted,
    )
