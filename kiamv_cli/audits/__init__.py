"""Figures and flows that others published, held against themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.audits.model.adding_up import AddingUp as AddingUp
    from kiamv_cli.audits.model.adding_up import Number as Number
    from kiamv_cli.audits.model.adding_up import NumberChange as NumberChange
    from kiamv_cli.audits.model.adding_up import Range as Range
    from kiamv_cli.audits.model.adding_up import Violation as Violation
    from kiamv_cli.audits.model.bases import Fit as Fit
    from kiamv_cli.audits.model.bases import Reading as Reading
    from kiamv_cli.audits.model.figures import Audit as Audit
    from kiamv_cli.audits.model.published import Arrow as Arrow
    from kiamv_cli.audits.model.published import Balance as Balance
    from kiamv_cli.audits.model.published import Between as Between
    from kiamv_cli.audits.model.published import Division as Division
    from kiamv_cli.audits.model.published import Overlap as Overlap
    from kiamv_cli.audits.model.published import PublishedBox as PublishedBox
    from kiamv_cli.audits.model.published import PublishedFlow as PublishedFlow
    from kiamv_cli.audits.model.published import StatedCount as StatedCount
    from kiamv_cli.audits.model.reported import Again as Again
    from kiamv_cli.audits.model.reported import AuditFinding as AuditFinding
    from kiamv_cli.audits.model.reported import Claim as Claim
    from kiamv_cli.audits.model.reported import Count as Count
    from kiamv_cli.audits.model.reported import Figure as Figure
    from kiamv_cli.audits.model.reported import Part as Part
    from kiamv_cli.audits.model.reported import Percentage as Percentage
    from kiamv_cli.audits.model.reported import Reported as Reported
    from kiamv_cli.audits.model.reported import Respondents as Respondents
    from kiamv_cli.audits.model.reported import Stated as Stated
    from kiamv_cli.audits.model.reported import Where as Where
    from kiamv_cli.audits.model.respondents import Match as Match
    from kiamv_cli.audits.model.respondents import TwoLists as TwoLists
    from kiamv_cli.audits.results import audit as audit


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
