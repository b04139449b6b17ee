"""The pictures of a report, each where it can be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.render.report.html import Html

if TYPE_CHECKING:
    from kiamv_cli.core.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Pictures as markup; ``None`` where there is nothing to draw."""

    map: Html | None = None
    tiles: Html | None = None
    spread: Html | None = None
    tradeoff: Html | None = None
    robustness: Html | None = None
    flow: Html | None = None


def figures(report: Report) -> Figures:
    """Draw all pictures of a report."""
    return Figures()
