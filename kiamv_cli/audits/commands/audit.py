"""``kiamv audit``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

if TYPE_CHECKING:
    from kiamv_cli.audits.model.adding_up import AddingUp
    from kiamv_cli.cli.output import Status

_FIGURES = "Figures of a survey"

File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="Figures about a survey as a report prints them, or a flow of boxes and arrows, "
        "as YAML or JSON; kiamv schema reported and kiamv schema published-flow show "
        "their format.",
    ),
]
Bases = Annotated[
    options.Text,
    typer.Option(
        metavar="A..B",
        help="The numbers of respondents to try. Default: 15..32, or up to the highest "
        "number of respondents in the report.",
        rich_help_panel=_FIGURES,
    ),
]
Rounding = Annotated[
    Optional[Literal["nearest", "half-up", "half-even", "down"]],  # noqa: UP045 - Typer reads it
    typer.Option(
        help="How the report rounded: nearest allows a half to go either way; down cuts off. "
        "Default: nearest.",
        rich_help_panel=_FIGURES,
    ),
]
About = Annotated[
    options.Text,
    typer.Option(
        metavar="POINTS",
        help="By how many percentage points an approximate figure may be off. Default: 2.5.",
        rich_help_panel=_FIGURES,
    ),
]
Explain = Annotated[
    bool,
    typer.Option("--explain", help="Also say why each finding matters.", rich_help_panel=_FIGURES),
]


def audit(
    report: File,
    out: options.OutputOptions,
    bases: Bases = None,
    rounding: Rounding = None,
    about: About = None,
    time_limit: wish.TimeLimit = None,
    *,
    explain: Explain = False,
) -> None:
    """Check whether figures, or a flow, that somebody published add up.

    Of a survey: can its percentages be shares of its respondents, and do sums, lists and claims
    agree? Of a flow: can all its numbers be right at once, and if not, which fewest numbers would
    repair it? Exit status 1 if anything is wrong.

    Example: kiamv audit figures.yaml --explain
    """
    from kiamv_cli.audits.model.adding_up import AddingUp
    from kiamv_cli.audits.results import FOR_FIGURES
    from kiamv_cli.audits.results import audit as audited
    from kiamv_cli.audits.view.figures import AuditView
    from kiamv_cli.audits.view.flow import PublishedFlowView
    from kiamv_cli.base.problem import Misfit
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import Status, write

    points, tried = _points(about), _range(bases)
    with refusing():
        result = audited(
            report, bases=tried, rounding=rounding, about=points, time_limit=time_limit
        )
    if isinstance(result, AddingUp):
        if explain:
            raise Misfit("explain", explain, FOR_FIGURES)
        write(PublishedFlowView(result), out)
        raise SystemExit(_status(result))
    write(AuditView(audit=result, explain=explain), out)
    raise SystemExit(Status.NO if result.findings else Status.DONE)


def _status(result: AddingUp) -> Status:
    from kiamv_cli.cli.output import Status

    if result.why == "interrupted":
        return Status.INTERRUPTED
    if result.why == "time-limit" or not result.settled:
        return Status.TIME_LIMIT
    return Status.DONE if result.adds_up else Status.NO


def _range(text: str | None) -> tuple[int, ...] | None:
    """Parse a range of bases; what is none ends the command."""
    from kiamv_cli.audits.model.figures import HIGHEST_BASE
    from kiamv_cli.cli.output import fail

    if text is None:
        return None
    parts = re.fullmatch(r"(\d{1,5})(?:\.\.|-|–)(\d{1,5})", text.strip())
    least, most = (int(parts[1]), int(parts[2])) if parts else (0, 0)
    if not 1 <= least <= most <= HIGHEST_BASE:
        message = _(
            '--bases "{text}": not a range. Write it as 15..32, from 1 to {most}.',
            text=text,
            most=HIGHEST_BASE,
        )
        fail(message)
    return tuple(range(least, most + 1))


def _points(text: str | None) -> Fraction | None:
    """Parse a number of percentage points; what is none ends the command."""
    from kiamv_cli.cli.output import fail

    if text is None:
        return None
    if not re.fullmatch(r"\d{1,2}([.,]\d{1,4})?", text.strip()):
        fail(_('--about "{text}": not a number of points. Write it as 2.5.', text=text))
    return Fraction(text.strip().replace(",", "."))
