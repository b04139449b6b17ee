"""Hold what a report prints of a survey against itself; count what was said in interviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kiamv_cli.core.survey.aspects import Aspects
    from kiamv_cli.core.survey.audit.audit import Audit
    from kiamv_cli.core.survey.audit.grim import Reading
    from kiamv_cli.core.survey.codebook import Codebook
    from kiamv_cli.core.survey.interview import Interview
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


def load_codebook(folder: str | Path | None = None) -> Codebook:
    """Read the codebook of a programme: aspects and sub-aspects.

    Args:
        folder: That of the programme; left out: the bundled one.

    Raises:
        BadInput: The programme has none, or something is wrong with it.
    """
    from pathlib import Path

    from kiamv_cli.loading.datafiles import bundled
    from kiamv_cli.loading.survey.codebook import load_codebook as load

    return load(bundled("criteria") if folder is None else Path(folder))


def load_interviews(source: str | Path, codebook: Codebook | None = None) -> tuple[Interview, ...]:
    """Read interviews that were coded.

    Args:
        source: A YAML or JSON file with one interview, or a folder of such files.
        codebook: The sub-aspects that are allowed; left out: those of the bundled one.

    Raises:
        BadInput: Something is wrong with one of them; it holds all problems of all files.
    """
    from kiamv_cli.loading.survey.interviews import load_interviews as load

    return load(source, sub_aspects=tuple((codebook or load_codebook()).sub_aspects))


def aspects(interviews: Sequence[Interview], codebook: Codebook | None = None) -> Aspects:
    """Count what was said on each sub-aspect, once for each ecosystem.

    Args:
        interviews: The interviews, coded by the codebook.
        codebook: The sub-aspects; left out: the bundled one.
    """
    from kiamv_cli.core.survey.aspects import aspects as count

    return count(interviews, codebook or load_codebook())
