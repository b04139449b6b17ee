"""Verdicts, scores, classes and types of ecosystems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.scoring.model.score import ClassBound as ClassBound
    from kiamv_cli.scoring.model.score import CriterionScore as CriterionScore
    from kiamv_cli.scoring.model.score import EcosystemScore as EcosystemScore
    from kiamv_cli.scoring.model.score import Scores as Scores
    from kiamv_cli.scoring.model.score import score as score
    from kiamv_cli.scoring.model.types import Answered as Answered
    from kiamv_cli.scoring.model.types import Classified as Classified
    from kiamv_cli.scoring.model.types import Typed as Typed
    from kiamv_cli.scoring.model.types import Types as Types
    from kiamv_cli.scoring.results import classify as classify


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
