"""Score regional innovation ecosystems and pick a provably best, balanced shortlist.

>>> from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist
>>> programme = load_criteria()
>>> scores = score(load_longlist(programme=programme).longlist, programme)
>>> selected = shortlist(scores, Request(size=20, balance="themes,provinces"))
>>> selected.selection.status.proven
True

What is needed seldom is offered by the rooms: ``from kiamv_cli.survey import characterise``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import __version__ as __version__
from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.base.problem import BadInput as BadInput
    from kiamv_cli.base.problem import Misfit as Misfit
    from kiamv_cli.base.problem import Problem as Problem
    from kiamv_cli.base.value import Result as Result
    from kiamv_cli.decision.model.record import Decided as Decided
    from kiamv_cli.decision.model.record import Swap as Swap
    from kiamv_cli.decision.provenance import Sources as Sources
    from kiamv_cli.decision.results import diff as diff
    from kiamv_cli.decision.results import load_record as load_record
    from kiamv_cli.decision.results import record as record
    from kiamv_cli.decision.results import verify as verify
    from kiamv_cli.flows.results import flow as flow
    from kiamv_cli.longlist.model.longlist import Longlist as Longlist
    from kiamv_cli.longlist.results import check as check
    from kiamv_cli.longlist.results import edit as edit
    from kiamv_cli.longlist.results import load_criteria as load_criteria
    from kiamv_cli.longlist.results import load_longlist as load_longlist
    from kiamv_cli.longlist.results import longlist_from as longlist_from
    from kiamv_cli.programme.model.programme import Programme as Programme
    from kiamv_cli.programme.model.weights import with_weights as with_weights
    from kiamv_cli.reports.results import draw as draw
    from kiamv_cli.reports.results import report as report
    from kiamv_cli.review.model.outcome import with_review as with_review
    from kiamv_cli.review.results import load_review as load_review
    from kiamv_cli.scoring.model.score import Scores as Scores
    from kiamv_cli.scoring.model.score import score as score
    from kiamv_cli.selection.model.conflict import InfeasibleError as InfeasibleError
    from kiamv_cli.selection.model.integer_program import SolverError as SolverError
    from kiamv_cli.selection.model.question import Quota as Quota
    from kiamv_cli.selection.model.request import Request as Request
    from kiamv_cli.selection.model.search import NoShortlistError as NoShortlistError
    from kiamv_cli.selection.model.shortlist import Shortlist as Shortlist
    from kiamv_cli.selection.results import explain as explain
    from kiamv_cli.selection.results import gaps as gaps
    from kiamv_cli.selection.results import rivals as rivals
    from kiamv_cli.selection.results import robustness as robustness
    from kiamv_cli.selection.results import shortlist as shortlist
    from kiamv_cli.selection.results import spread as spread
    from kiamv_cli.selection.results import sweep as sweep
    from kiamv_cli.selection.results import tradeoff as tradeoff


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
