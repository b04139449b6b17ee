"""Pictures of results, and reports, as the contents of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from kiamv_cli.core.flow import Flow
from kiamv_cli.core.robustness import Robustness
from kiamv_cli.core.score import Scores
from kiamv_cli.core.shortlist import Shortlist
from kiamv_cli.core.tradeoff import TradeOffs

if TYPE_CHECKING:
    from kiamv_cli.core.report import Report
    from kiamv_cli.language import Language
    from kiamv_cli.render.document import Drawing
    from kiamv_cli.render.formats import PictureFormat
    from kiamv_cli.render.shown import Told

ReportFormat = Literal["html", "pdf", "xlsx"]
Drawable = Scores | Shortlist | TradeOffs | Robustness | Flow


def draw(
    result: Drawable,
    how: PictureFormat = "svg",
    picture: str | None = None,
    *,
    language: Language = "en",
) -> bytes:
    """Draw a result: scores as a heat table, a shortlist on the map, trade-offs in a plot.

    Args:
        result: What to draw.
        how: ``svg``, light or dark as its reader wants, or ``png``.
        picture: Of a shortlist: ``map``, ``tiles``, ``provinces``, ``themes`` or ``heat``; left
            out: the first of these that there is.
        language: That of its texts.

    Raises:
        KeyError: There is no such picture of the result.
        NotInstalledError: A PNG picture needs the extra ``pdf``.
    """
    from kiamv_cli.language import in_language
    from kiamv_cli.render.formats import draw as drawn

    with in_language(language):
        figures = _view(result).figures()
        return drawn(figures[picture or next(iter(figures))](), how)


def export_report(
    report: Report, how: ReportFormat, *, language: Language = "en", told: Told | None = None
) -> bytes:
    """Write a report as a file.

    Args:
        report: What there is to tell.
        how: ``html``, one page that stands by itself; ``pdf``, the same on A4, tagged; ``xlsx``,
            the results as a workbook to calculate on.
        language: That of its texts.
        told: Gets the signs that PDF cannot show, if there are any; each becomes a small square.

    Raises:
        NotInstalledError: PDF needs the extra ``pdf``.
    """
    from kiamv_cli.language import in_language

    with in_language(language):
        match how:
            case "html":
                from kiamv_cli.render.report.page import page

                return page(report).encode()
            case "pdf":
                from kiamv_cli.render.report.pdf import pdf

                return pdf(report, told)
            case "xlsx":
                from kiamv_cli.render.results.sheets import results_workbook

                return results_workbook(report)


def _view(result: Drawable) -> Drawing:
    from kiamv_cli.render.flow import FlowView
    from kiamv_cli.render.robustness import RobustnessView
    from kiamv_cli.render.score import ScoreView
    from kiamv_cli.render.shortlist import ShortlistView
    from kiamv_cli.render.tradeoff import TradeOffView

    match result:
        case Scores():
            return ScoreView(result)
        case Shortlist():
            return ShortlistView(result)
        case TradeOffs():
            return TradeOffView(result)
        case Robustness():
            return RobustnessView(result)
        case Flow():
            return FlowView(result)
