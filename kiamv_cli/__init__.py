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

from kiamv_cli.base.version import __version__ as __version__

if TYPE_CHECKING:
    from kiamv_cli.audits.model.adding_up import AddingUp
    from kiamv_cli.audits.model.figures import Audit
    from kiamv_cli.audits.results import audit
    from kiamv_cli.base.problem import BadInput, Misfit, Problem
    from kiamv_cli.cli.json_schema import json_schema
    from kiamv_cli.cli.projects import NewEcosystem, TakenError, new_ecosystem, project_files
    from kiamv_cli.decision.model.record import Decided, Swap
    from kiamv_cli.decision.provenance import Sources
    from kiamv_cli.decision.results import diff, load_record, record, verify
    from kiamv_cli.flows.model import Flow
    from kiamv_cli.flows.results import flow, sources
    from kiamv_cli.longlist.model.duplicates import Checked, Duplicates
    from kiamv_cli.longlist.model.merging import Imported
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.longlist.results import (
        check,
        export_longlist,
        import_longlists,
        load_criteria,
        load_longlist,
        same,
    )
    from kiamv_cli.reports.model import Plan, Report
    from kiamv_cli.reports.results import draw, export_report, report
    from kiamv_cli.review.model.outcome import with_review
    from kiamv_cli.review.results import agreement, dependence, load_review
    from kiamv_cli.scoring.model.score import Scores, score
    from kiamv_cli.selection.model.conflict import Clash, InfeasibleError
    from kiamv_cli.selection.model.explain import Explanation
    from kiamv_cli.selection.model.gaps import Gaps
    from kiamv_cli.selection.model.integer_program import SolverError
    from kiamv_cli.selection.model.near_misses import Rivals, Wanted
    from kiamv_cli.selection.model.question import Quota
    from kiamv_cli.selection.model.request import Request
    from kiamv_cli.selection.model.robustness import Robustness, Sampling
    from kiamv_cli.selection.model.search import NoShortlistError
    from kiamv_cli.selection.model.shortlist import Shortlist
    from kiamv_cli.selection.model.tradeoff import TradeOffs
    from kiamv_cli.selection.results import (
        clash,
        explain,
        gaps,
        rivals,
        robustness,
        shortlist,
        spread,
        tradeoff,
    )
    from kiamv_cli.survey.model.aspects import Aspects
    from kiamv_cli.survey.model.characterise import characterise
    from kiamv_cli.survey.model.crosstab import crosstabs
    from kiamv_cli.survey.reading.answers import load_answers
    from kiamv_cli.survey.reading.gathering import SurveySources
    from kiamv_cli.survey.reading.questionnaire import load_codebook, load_questionnaire
    from kiamv_cli.survey.results import (
        aspects,
        compare_answers,
        load_interviews,
        merge_survey,
    )

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
    "kiamv_cli.audits.model.adding_up": ("AddingUp",),
    "kiamv_cli.audits.model.figures": ("Audit",),
    "kiamv_cli.audits.results": ("audit",),
    "kiamv_cli.base.problem": (
        "BadInput",
        "Misfit",
        "Problem",
    ),
    "kiamv_cli.cli.projects": (
        "NewEcosystem",
        "TakenError",
        "new_ecosystem",
        "project_files",
    ),
    "kiamv_cli.cli.json_schema": ("json_schema",),
    "kiamv_cli.decision.model.record": (
        "Decided",
        "Swap",
    ),
    "kiamv_cli.decision.provenance": ("Sources",),
    "kiamv_cli.decision.results": (
        "diff",
        "load_record",
        "record",
        "verify",
    ),
    "kiamv_cli.flows.model": ("Flow",),
    "kiamv_cli.flows.results": (
        "flow",
        "sources",
    ),
    "kiamv_cli.longlist.model.duplicates": (
        "Checked",
        "Duplicates",
    ),
    "kiamv_cli.longlist.model.merging": ("Imported",),
    "kiamv_cli.longlist.reading.identities": ("load_identities",),
    "kiamv_cli.longlist.results": (
        "check",
        "export_longlist",
        "import_longlists",
        "load_criteria",
        "load_longlist",
        "same",
    ),
    "kiamv_cli.reports.model": (
        "Plan",
        "Report",
    ),
    "kiamv_cli.reports.results": (
        "draw",
        "export_report",
        "report",
    ),
    "kiamv_cli.review.model.outcome": ("with_review",),
    "kiamv_cli.review.results": (
        "agreement",
        "dependence",
        "load_review",
    ),
    "kiamv_cli.scoring.model.score": (
        "Scores",
        "score",
    ),
    "kiamv_cli.selection.model.conflict": ("Clash", "InfeasibleError"),
    "kiamv_cli.selection.model.explain": ("Explanation",),
    "kiamv_cli.selection.model.gaps": ("Gaps",),
    "kiamv_cli.selection.model.integer_program": ("SolverError",),
    "kiamv_cli.selection.model.near_misses": (
        "Rivals",
        "Wanted",
    ),
    "kiamv_cli.selection.model.question": ("Quota",),
    "kiamv_cli.selection.model.robustness": (
        "Robustness",
        "Sampling",
    ),
    "kiamv_cli.selection.model.search": ("NoShortlistError",),
    "kiamv_cli.selection.model.request": ("Request",),
    "kiamv_cli.selection.model.shortlist": ("Shortlist",),
    "kiamv_cli.selection.model.tradeoff": ("TradeOffs",),
    "kiamv_cli.selection.results": (
        "clash",
        "explain",
        "gaps",
        "rivals",
        "robustness",
        "shortlist",
        "spread",
        "tradeoff",
    ),
    "kiamv_cli.survey.model.aspects": ("Aspects",),
    "kiamv_cli.survey.model.characterise": ("characterise",),
    "kiamv_cli.survey.model.crosstab": ("crosstabs",),
    "kiamv_cli.survey.reading.answers": ("load_answers",),
    "kiamv_cli.survey.reading.gathering": ("SurveySources",),
    "kiamv_cli.survey.reading.questionnaire": (
        "load_codebook",
        "load_questionnaire",
    ),
    "kiamv_cli.survey.results": (
        "aspects",
        "compare_answers",
        "load_interviews",
        "merge_survey",
    ),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: kiamv starts fast that way."""
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
