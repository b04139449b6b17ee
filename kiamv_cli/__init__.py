"""Score regional innovation ecosystems and pick a provably best, balanced shortlist.

>>> from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist
>>> programme = load_criteria()
>>> scores = score(load_longlist(programme=programme).longlist, programme)
>>> found = shortlist(scores, Request(size=20, balance=("themes", "provinces")))
>>> found.selection.status.proven
True
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kiamv_cli.core.version import __version__ as __version__

if TYPE_CHECKING:
    from kiamv_cli.api.answers import (
        SurveySources,
        characterise,
        compare_answers,
        crosstabs,
        load_answers,
        load_questionnaire,
        merge_survey,
    )
    from kiamv_cli.api.checking import check
    from kiamv_cli.api.comparing import diff
    from kiamv_cli.api.deciding import load_record, record, verify
    from kiamv_cli.api.drawing import draw, export_report
    from kiamv_cli.api.exchange import export_longlist, import_longlists
    from kiamv_cli.api.flowing import check_flow, flow, sources
    from kiamv_cli.api.gaps import gaps
    from kiamv_cli.api.projects import NewEcosystem, TakenError, new_ecosystem, project_files
    from kiamv_cli.api.provenance import Sources
    from kiamv_cli.api.reading import load_criteria, load_longlist
    from kiamv_cli.api.report import report
    from kiamv_cli.api.reviewing import agreement, dependence, load_review
    from kiamv_cli.api.robustness import robustness
    from kiamv_cli.api.same import same
    from kiamv_cli.api.schemas import json_schema
    from kiamv_cli.api.selecting import clash, explain, rivals, shortlist, spread, tradeoff
    from kiamv_cli.api.surveying import (
        aspects,
        audit,
        load_codebook,
        load_interviews,
        load_reported,
    )
    from kiamv_cli.core.adding_up import AddingUp
    from kiamv_cli.core.checked import Checked
    from kiamv_cli.core.duplicates import Duplicates
    from kiamv_cli.core.explain import Explanation
    from kiamv_cli.core.flow import Flow
    from kiamv_cli.core.gaps import Gaps
    from kiamv_cli.core.merging import Imported
    from kiamv_cli.core.problem import BadInput, Problem
    from kiamv_cli.core.program import SolverError
    from kiamv_cli.core.record import Decided, Swap
    from kiamv_cli.core.refusal import Misfit
    from kiamv_cli.core.report import Plan, Report
    from kiamv_cli.core.review.outcome import with_review
    from kiamv_cli.core.rivals import Rivals, Wanted
    from kiamv_cli.core.robustness import Robustness, Sampling
    from kiamv_cli.core.score import Scores, score
    from kiamv_cli.core.selection.clash import Clash
    from kiamv_cli.core.selection.question import Quota
    from kiamv_cli.core.selection.search import InfeasibleError, NoShortlistError
    from kiamv_cli.core.shortlist import Request, Shortlist
    from kiamv_cli.core.survey.aspects import Aspects
    from kiamv_cli.core.survey.audit.audit import Audit
    from kiamv_cli.core.survey.audit.grim import Reading
    from kiamv_cli.core.tradeoff import TradeOffs
    from kiamv_cli.loading.identities import load_identities

__all__ = [
    "AddingUp",
    "Aspects",
    "Audit",
    "BadInput",
    "Checked",
    "Clash",
    "Decided",
    "Duplicates",
    "Explanation",
    "Flow",
    "Gaps",
    "Imported",
    "InfeasibleError",
    "Misfit",
    "NewEcosystem",
    "NoShortlistError",
    "Plan",
    "Problem",
    "Quota",
    "Reading",
    "Report",
    "Request",
    "Rivals",
    "Robustness",
    "Sampling",
    "Scores",
    "Shortlist",
    "SolverError",
    "Sources",
    "SurveySources",
    "Swap",
    "TakenError",
    "TradeOffs",
    "Wanted",
    "agreement",
    "aspects",
    "audit",
    "characterise",
    "check",
    "check_flow",
    "clash",
    "compare_answers",
    "crosstabs",
    "dependence",
    "diff",
    "draw",
    "explain",
    "export_longlist",
    "export_report",
    "flow",
    "gaps",
    "import_longlists",
    "json_schema",
    "load_answers",
    "load_codebook",
    "load_criteria",
    "load_identities",
    "load_interviews",
    "load_longlist",
    "load_questionnaire",
    "load_record",
    "load_reported",
    "load_review",
    "merge_survey",
    "new_ecosystem",
    "project_files",
    "record",
    "report",
    "rivals",
    "robustness",
    "same",
    "score",
    "shortlist",
    "sources",
    "spread",
    "tradeoff",
    "verify",
    "with_review",
]

_HOMES = {
    "kiamv_cli.api.checking": ("check",),
    "kiamv_cli.api.comparing": ("diff",),
    "kiamv_cli.api.deciding": ("load_record", "record", "verify"),
    "kiamv_cli.api.drawing": ("draw", "export_report"),
    "kiamv_cli.api.exchange": ("export_longlist", "import_longlists"),
    "kiamv_cli.api.flowing": ("check_flow", "flow", "sources"),
    "kiamv_cli.api.gaps": ("gaps",),
    "kiamv_cli.api.projects": (
        "NewEcosystem",
        "TakenError",
        "new_ecosystem",
        "project_files",
    ),
    "kiamv_cli.api.provenance": ("Sources",),
    "kiamv_cli.api.reading": ("load_criteria", "load_longlist"),
    "kiamv_cli.api.report": ("report",),
    "kiamv_cli.api.robustness": ("robustness",),
    "kiamv_cli.api.same": ("same",),
    "kiamv_cli.api.schemas": ("json_schema",),
    "kiamv_cli.api.selecting": ("clash", "explain", "rivals", "shortlist", "spread", "tradeoff"),
    "kiamv_cli.api.answers": (
        "SurveySources",
        "characterise",
        "compare_answers",
        "crosstabs",
        "load_answers",
        "load_questionnaire",
        "merge_survey",
    ),
    "kiamv_cli.api.surveying": (
        "aspects",
        "audit",
        "load_codebook",
        "load_interviews",
        "load_reported",
    ),
    "kiamv_cli.api.reviewing": ("agreement", "dependence", "load_review"),
    "kiamv_cli.core.adding_up": ("AddingUp",),
    "kiamv_cli.core.checked": ("Checked",),
    "kiamv_cli.core.duplicates": ("Duplicates",),
    "kiamv_cli.core.explain": ("Explanation",),
    "kiamv_cli.core.flow": ("Flow",),
    "kiamv_cli.core.gaps": ("Gaps",),
    "kiamv_cli.core.merging": ("Imported",),
    "kiamv_cli.core.problem": ("BadInput", "Problem"),
    "kiamv_cli.core.program": ("SolverError",),
    "kiamv_cli.core.refusal": ("Misfit",),
    "kiamv_cli.core.record": ("Decided", "Swap"),
    "kiamv_cli.core.report": ("Plan", "Report"),
    "kiamv_cli.core.rivals": ("Rivals", "Wanted"),
    "kiamv_cli.core.robustness": ("Robustness", "Sampling"),
    "kiamv_cli.core.review.outcome": ("with_review",),
    "kiamv_cli.core.score": ("Scores", "score"),
    "kiamv_cli.core.selection.clash": ("Clash",),
    "kiamv_cli.core.selection.question": ("Quota",),
    "kiamv_cli.core.selection.search": ("InfeasibleError", "NoShortlistError"),
    "kiamv_cli.core.shortlist": ("Request", "Shortlist"),
    "kiamv_cli.core.survey.aspects": ("Aspects",),
    "kiamv_cli.core.survey.audit.audit": ("Audit",),
    "kiamv_cli.core.survey.audit.grim": ("Reading",),
    "kiamv_cli.core.tradeoff": ("TradeOffs",),
    "kiamv_cli.loading.identities": ("load_identities",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: kiamv starts fast that way."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
