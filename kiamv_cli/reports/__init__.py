"""The report for the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.reports.model import Omission as Omission
    from kiamv_cli.reports.model import OnRecord as OnRecord
    from kiamv_cli.reports.model import Plan as Plan
    from kiamv_cli.reports.model import Report as Report
    from kiamv_cli.reports.results import Drawn as Drawn
    from kiamv_cli.reports.results import draw as draw
    from kiamv_cli.reports.results import export_report as export_report
    from kiamv_cli.reports.results import report as report
    from kiamv_cli.reports.results import report_record as report_record


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
