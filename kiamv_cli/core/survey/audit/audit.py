"""The audit of what a report prints: all that cannot be, is not told, or looks like a slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.core.survey.audit.bases import numbers_of, on_bases
from kiamv_cli.core.survey.audit.counts import on_counts
from kiamv_cli.core.survey.audit.figures import on_figures
from kiamv_cli.core.survey.audit.grim import Reading, fits
from kiamv_cli.core.survey.audit.respondents import lists_of, on_respondents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.core.survey.audit.finding import Finding
    from kiamv_cli.core.survey.audit.grim import Fit
    from kiamv_cli.core.survey.audit.respondents import TwoLists
    from kiamv_cli.core.survey.reported import Reported

LEAST_BASE, MOST_BASE = 15, 32
# From 100 on, a whole percentage can be a share of any base; from 1,000 on, one with a decimal.
HIGHEST_BASE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What was looked at, and what was found.

    Attributes:
        reported: What the report prints.
        reading: How its percentages were read.
        fits: The bases that each figure can be a share of, with the counts.
        lists: Every two lists of names beside each other.
        findings: All that was found, figures first.
    """

    reported: Reported
    reading: Reading
    fits: Mapping[str, tuple[Fit, ...]]
    lists: tuple[TwoLists, ...]
    findings: tuple[Finding, ...]


def audit(reported: Reported, reading: Reading | None = None) -> Audit:
    """Hold all that a report prints against itself.

    Args:
        reported: Figures, counts, respondents and claims.
        reading: Which bases to try and how figures were rounded; left out: bases from 15 to 32,
            or to the highest number of respondents that is stated, and to the nearest.
    """
    how = reading or Reading(bases=usual_bases(reported))
    found = {figure.id: fits(figure, how) for figure in reported.figures}
    lists = lists_of(reported)
    return Audit(
        reported=reported,
        reading=how,
        fits=found,
        lists=lists,
        findings=(
            *on_bases(reported, found, how),
            *on_figures(reported, found, how),
            *on_respondents(reported, lists),
            *on_counts(reported),
        ),
    )


def usual_bases(reported: Reported) -> tuple[int, ...]:
    """Give the bases to try where nobody says which: 15 to 32, or to the highest stated number."""
    stated = [number for group in reported.respondents for number in numbers_of(group)]
    most = min(max(MOST_BASE, *stated, 0), HIGHEST_BASE)
    return tuple(range(LEAST_BASE, most + 1))
