"""Hold what a report prints of a survey against itself; count what was said in interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kiamv_cli.core.survey.audit.audit import Audit
    from kiamv_cli.core.survey.audit.grim import Reading
    from kiamv_cli.core.survey.reported import Reported


def load_reported(path: str | Path) -> Reported:
    """Read what a report prints: figures, counts, respondents and claims.

    Args:
        path: A YAML or JSON file.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    from kiamv_cli.loading.survey.reported import load_reported as load

    return load(path)


def audit(reported: Reported, reading: Reading | None = None) -> Audit:
    """Find all that cannot be right in what a report prints, is not told, or looks like a slip.

    Args:
        reported: What it prints.
        reading: Which bases to try and how figures were rounded; left out: bases from 15 to 32,
            or to the highest number of respondents in the report, and rounded to the nearest.
    """
    from kiamv_cli.core.survey.audit.audit import audit as look

    return look(reported, reading)
