"""``kiamv survey audit``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Literal

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options

_METHOD = "Method"

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="What a report prints, as YAML or JSON; kiamv schema reported tells its form.",
    ),
]
Bases = Annotated[
    options.Text,
    typer.Option(
        metavar="A..B",
        help="The numbers of respondents to try. Left out: 15..32, or up to the highest number of "
        "respondents in the report.",
        rich_help_panel=_METHOD,
    ),
]
Rounding = Annotated[
    Literal["nearest", "half-up", "half-even", "down"],
    typer.Option(
        help="How the report rounded: nearest allows a half to go either way; down cuts off.",
        rich_help_panel=_METHOD,
    ),
]
About = Annotated[
    str,
    typer.Option(
        metavar="POINTS",
        help="How many percentage points a figure may be off that is called approximate.",
        rich_help_panel=_METHOD,
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="Also tell why each finding matters.")]


def audit(
    report: File,
    out: options.Out,
    bases: Bases = None,
    rounding: Rounding = "nearest",
    about: About = "2.5",
    *,
    explain: Explain = False,
) -> None:
    """Hold the figures that a report prints against each other: bases, sums, lists and claims.

    Exit status 1 if anything is found.

    Example: kiamv survey audit figures.yaml --explain
    """
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import Status, write
    from kiamv_cli.survey.model.audit import usual_bases
    from kiamv_cli.survey.model.bases import Reading
    from kiamv_cli.survey.results import audit as look
    from kiamv_cli.survey.results import load_reported
    from kiamv_cli.survey.view.audit import AuditView

    points = _points(about)
    asked = _range(bases)
    with refusing():
        reported = load_reported(report)
    reading = Reading(bases=asked or usual_bases(reported), rounding=rounding, about=points)
    found = look(reported, reading)
    write(AuditView(audit=found, explain=explain), out)
    if found.findings:
        raise SystemExit(Status.NO)


def _range(text: str | None) -> tuple[int, ...] | None:
    """Read a range of bases; what is none ends the command."""
    from kiamv_cli.cli.output import fail
    from kiamv_cli.survey.model.audit import HIGHEST_BASE

    if text is None:
        return None
    found = re.fullmatch(r"(\d{1,5})(?:\.\.|-|–)(\d{1,5})", text.strip())
    least, most = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= least <= most <= HIGHEST_BASE:
        told = _(
            '--bases "{text}": not a range. Write it as 15..32, from 1 to {most}.',
            text=text,
            most=HIGHEST_BASE,
        )
        fail(told)
    return tuple(range(least, most + 1))


def _points(text: str) -> Fraction:
    """Read a number of percentage points; what is none ends the command."""
    from kiamv_cli.cli.output import fail

    if not re.fullmatch(r"\d{1,2}([.,]\d{1,4})?", text.strip()):
        fail(_('--about "{text}": not a number of points. Write it as 2.5.', text=text))
    return Fraction(text.strip().replace(",", "."))
