"""A report as data: the documents of its parts in one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from kiamv_cli.display.results import document, json_text, view_of
from kiamv_cli.reports.model import Report
from kiamv_cli.selection.view.request import asked_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kiamv_cli.base.value import Result
    from kiamv_cli.decision.model.verify import Recalled
    from kiamv_cli.display.document import Block, Value
    from kiamv_cli.display.figure import Figure
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.display.typesetting import Told
    from kiamv_cli.reports.model import ReportFormat

FORMATS: Mapping[str, ReportFormat] = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".json": "json",
}


@dataclass(frozen=True, slots=True)
class ReportView:
    """All parts of a report; as tables and pictures it is its shortlist."""

    found: Report

    def payload(self) -> Mapping[str, object]:
        """Return the document ``kiamv/report``."""
        found = self.found
        parts: Mapping[str, Result | None] = {
            "shortlist": found.shortlist,
            "explain": found.explanation,
            "flow": found.flow,
            "tradeoff": found.tradeoffs,
            "robustness": found.robustness,
            "gaps": found.gaps,
            "record": found.decision.record if found.decision else None,
        }
        return {
            **asked_fields(found.scores, found.request, "report"),
            **{name: None if part is None else document(part) for name, part in parts.items()},
            "omissions": [
                {"part": each.part, "why": each.why, "there": each.there, "of": each.all}
                for each in found.omissions
            ],
            "command": list(found.command),
        }

    def records(self) -> Iterable[Mapping[str, Value]]:
        """Yield the rows of its shortlist."""
        return view_of(self.found.shortlist).records()

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """Yield what is shown of its shortlist."""
        return view_of(self.found.shortlist).blocks(symbols)

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        """Return how to draw its shortlist."""
        from kiamv_cli.selection.view.spread import shortlist_figures  # noqa: PLC0415 - only to draw

        return shortlist_figures(self.found.shortlist)

    def written(self, suffix: str) -> bytes | None:
        """Return it in a format of its own, if a name ends so."""
        how = FORMATS.get(suffix)
        return how and written(self.found, how)


def written(
    report: Report | Recalled, how: ReportFormat, report_missing: Told | None = None
) -> bytes:
    """Write a report as the content of a file, in the current language."""
    match how:
        case "html":
            from kiamv_cli.reports.view.page import page  # noqa: PLC0415 - only to write

            return page(report).encode()
        case "pdf" | "short":
            from kiamv_cli.reports.view.pdf import pdf  # noqa: PLC0415 - only to write

            return pdf(report, report_missing, short=how == "short")
        case "xlsx":
            from kiamv_cli.reports.view.sheets import results_workbook  # noqa: PLC0415 - only to write

            return results_workbook(report)
        case "json":
            return json_text(report if isinstance(report, Report) else report.record).encode()
        case _:
            assert_never(how)
