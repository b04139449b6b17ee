"""Scores and classes, shown: what they look like wherever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, label_in
from kiamv_cli.display.document import Cell
from kiamv_cli.display.text import decimal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.display.text import Symbols
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Basis, CriterionScore, EcosystemScore

VIEWS = {"Classified": "types:classified_view", "Scores": "score:ScoreView"}
# The sign of what a verdict rests on, and what it means.
BASES: Mapping[Basis, tuple[str, str]] = {
    "rule": ("", N_("by rule")),
    "person": ("*", N_("judged by one person")),
    "review": ("r", N_("by reviewers who agreed")),
    "adjudicated": ("a", N_("adjudicated")),
}


def class_cell(scored: EcosystemScore, programme: Programme, symbols: Symbols) -> Cell:
    """The class at worst, with an arrow for each class that it may still rise."""
    ids = [k.id for k in programme.classes]
    steps = ids.index(scored.worst.id) - ids.index(scored.best.id)
    label = label_in(programme.classes[ids.index(scored.worst.id)].label)
    return Cell(f"{label} {symbols.up * steps}" if steps else label)


def mark_cell(scored: CriterionScore, symbols: Symbols) -> Cell:
    """The sign of a verdict, and of its basis where that is not the rule."""
    return Cell(symbols.mark(scored.verdict) + BASES[scored.basis][0], scored.verdict)


def range_text(scored: EcosystemScore, symbols: Symbols) -> str:
    """Proven and possible score: ``0.92–1.00``, or one number where they are equal."""
    proven, possible = decimal(scored.proven), decimal(scored.possible)
    return proven if scored.proven == scored.possible else f"{proven}{symbols.dash}{possible}"
