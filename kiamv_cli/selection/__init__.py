"""The shortlist: asking for it, selecting it exactly, and explaining it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.selection.model.conflict import Clash as Clash
    from kiamv_cli.selection.model.conflict import Conflict as Conflict
    from kiamv_cli.selection.model.conflict import InfeasibleError as InfeasibleError
    from kiamv_cli.selection.model.conflict import Relaxation as Relaxation
    from kiamv_cli.selection.model.explain import Explained as Explained
    from kiamv_cli.selection.model.explain import Explanation as Explanation
    from kiamv_cli.selection.model.explain import Place as Place
    from kiamv_cli.selection.model.gaps import Answer as Answer
    from kiamv_cli.selection.model.gaps import Gap as Gap
    from kiamv_cli.selection.model.gaps import Gaps as Gaps
    from kiamv_cli.selection.model.integer_program import Program as Program
    from kiamv_cli.selection.model.integer_program import Row as Row
    from kiamv_cli.selection.model.integer_program import Solver as Solver
    from kiamv_cli.selection.model.integer_program import SolverError as SolverError
    from kiamv_cli.selection.model.integer_program import SolverOutcome as SolverOutcome
    from kiamv_cli.selection.model.lots import Lot as Lot
    from kiamv_cli.selection.model.lots import Lots as Lots
    from kiamv_cli.selection.model.near_misses import Alternative as Alternative
    from kiamv_cli.selection.model.near_misses import Margin as Margin
    from kiamv_cli.selection.model.near_misses import Rivals as Rivals
    from kiamv_cli.selection.model.near_misses import Wanted as Wanted
    from kiamv_cli.selection.model.prove import Proof as Proof
    from kiamv_cli.selection.model.prove import Proven as Proven
    from kiamv_cli.selection.model.prove import ProvingSolver as ProvingSolver
    from kiamv_cli.selection.model.question import Candidate as Candidate
    from kiamv_cli.selection.model.question import Question as Question
    from kiamv_cli.selection.model.question import Quota as Quota
    from kiamv_cli.selection.model.question import Selection as Selection
    from kiamv_cli.selection.model.question import Status as Status
    from kiamv_cli.selection.model.question import Wish as Wish
    from kiamv_cli.selection.model.question import WishChange as WishChange
    from kiamv_cli.selection.model.request import Request as Request
    from kiamv_cli.selection.model.robustness import Acceptability as Acceptability
    from kiamv_cli.selection.model.robustness import Range as Range
    from kiamv_cli.selection.model.robustness import Robustness as Robustness
    from kiamv_cli.selection.model.robustness import Sampling as Sampling
    from kiamv_cli.selection.model.robustness import Share as Share
    from kiamv_cli.selection.model.robustness import Standing as Standing
    from kiamv_cli.selection.model.search import NoShortlistError as NoShortlistError
    from kiamv_cli.selection.model.shortlist import Member as Member
    from kiamv_cli.selection.model.shortlist import Shortlist as Shortlist
    from kiamv_cli.selection.model.shortlist import Spread as Spread
    from kiamv_cli.selection.model.spread import CategorySpread as CategorySpread
    from kiamv_cli.selection.model.swaps import Exchange as Exchange
    from kiamv_cli.selection.model.sweep import Case as Case
    from kiamv_cli.selection.model.sweep import Sweep as Sweep
    from kiamv_cli.selection.model.sweep import Swept as Swept
    from kiamv_cli.selection.model.tradeoff import TradeOff as TradeOff
    from kiamv_cli.selection.model.tradeoff import TradeOffs as TradeOffs
    from kiamv_cli.selection.model.what_if import Effect as Effect
    from kiamv_cli.selection.results import clash as clash
    from kiamv_cli.selection.results import explain as explain
    from kiamv_cli.selection.results import gaps as gaps
    from kiamv_cli.selection.results import rivals as rivals
    from kiamv_cli.selection.results import robustness as robustness
    from kiamv_cli.selection.results import shortlist as shortlist
    from kiamv_cli.selection.results import spread as spread
    from kiamv_cli.selection.results import sweep as sweep
    from kiamv_cli.selection.results import tradeoff as tradeoff
    from kiamv_cli.selection.solving.solver import HighsSolver as HighsSolver


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
