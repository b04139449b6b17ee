"""Audits of what others published: the one public function."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kiamv_cli.audits.model.adding_up import adding_up
from kiamv_cli.audits.model.bases import Reading
from kiamv_cli.audits.model.figures import audit_figures, usual_bases
from kiamv_cli.audits.model.published import PublishedFlow
from kiamv_cli.audits.reading import load_published
from kiamv_cli.base.problem import Misfit
from kiamv_cli.base.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from kiamv_cli.audits.model.adding_up import AddingUp
    from kiamv_cli.audits.model.bases import Rounding
    from kiamv_cli.audits.model.figures import Audit

FOR_FIGURES = Text("requests.for-figures")
_FOR_A_FLOW = Text("requests.for-a-flow")


def audit(
    file: str | Path,
    *,
    bases: Sequence[int] | None = None,
    rounding: Rounding | None = None,
    about: Fraction | None = None,
    time_limit: float | None = None,
) -> Audit | AddingUp:
    """Return whether what somebody published adds up: figures of a survey, or a flow.

    Args:
        file: A YAML or JSON file, which states in ``schema`` which of the two it is;
            docs/survey-audit.md and docs/published-flow.md show both.
        bases: For figures: the numbers of respondents to try, rising; left out: 15 to 32, or to
            the highest number that the report states.
        rounding: For figures: how the report rounded; left out: to the nearest.
        about: For figures: how many percentage points one may be off that is called approximate;
            left out: 2.5.
        time_limit: For a flow: seconds, ``None`` for no limit; ``why`` of the result says if it
            came first.

    Raises:
        BadInput: Something is wrong with the file; it holds all problems that were found.
        Misfit: An argument is for the other of the two.
    """
    published = load_published(file)
    for_figures = {"bases": bases, "rounding": rounding, "about": about}
    if isinstance(published, PublishedFlow):
        _refuse(for_figures, FOR_FIGURES)
        end = None if time_limit is None else time.monotonic() + time_limit
        return adding_up(published, lambda: end is not None and time.monotonic() >= end)
    _refuse({"time_limit": time_limit}, _FOR_A_FLOW)
    usual = Reading(bases=usual_bases(published))
    reading = Reading(
        bases=tuple(bases or usual.bases),
        rounding=rounding or usual.rounding,
        about=usual.about if about is None else about,
    )
    return audit_figures(published, reading)


def _refuse(arguments: Mapping[str, object], text: Text) -> None:
    for field, value in arguments.items():
        if value is not None:
            raise Misfit(field, value, text)
