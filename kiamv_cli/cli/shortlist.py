"""``kiamv shortlist``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.cli.options import Out
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.shortlist import Request, Shortlist
    from kiamv_cli.solvers.highs import HighsSolver

WISHES, BALANCE, SEARCH = "Wishes", "Balance", "Search"
Words = Optional[list[str]]  # noqa: UP045 - read at run time by Typer
Bound = Literal["proven", "middle", "possible", "known"]


def _ecosystem_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Complete an id of the long list that was named before the option, or of the bundled one."""
    from kiamv_cli.api import load_longlist
    from kiamv_cli.core.problem import BadInput

    try:
        found = load_longlist(context.params.get("longlist")).longlist
    except BadInput:
        return []
    return [one.id for one in found.ecosystems if one.id.startswith(incomplete)]


Size = Annotated[
    int, typer.Option("--size", "-n", min=1, help="How many to select.", rich_help_panel=WISHES)
]
Include = Annotated[
    Words,
    typer.Option(
        metavar="ID",
        help="Must be in: an id, name or alias; several with commas or by repeating.",
        rich_help_panel=WISHES,
        autocompletion=_ecosystem_ids,
    ),
]
Exclude = Annotated[
    Words,
    typer.Option(
        metavar="ID",
        help="Must not be in.",
        rich_help_panel=WISHES,
        autocompletion=_ecosystem_ids,
    ),
]
AtLeast = Annotated[
    Words,
    typer.Option(
        metavar="CAT=N",
        help="At least N members that list a province or theme, as NL-ZE=1.",
        rich_help_panel=WISHES,
    ),
]
AtMost = Annotated[
    Words,
    typer.Option(
        metavar="CAT=N",
        help="At most N members that list it, as energy=8.",
        rich_help_panel=WISHES,
    ),
]
Classes = Annotated[
    Words,
    typer.Option(
        "--class",
        metavar="CLASS",
        help="Only ecosystems of this class: at worst, or at best with --unknown possible.",
        rich_help_panel=WISHES,
    ),
]
Balance = Annotated[
    str,
    typer.Option(
        metavar="DIM,…",
        help="Spread over themes, provinces, both, or none.",
        rich_help_panel=BALANCE,
    ),
]
Target = Annotated[
    Words,
    typer.Option(
        metavar="[DIM=]RULE",
        help="Seats wanted: even (default), longlist, population, or a YAML file of shares; "
        "for one dimension as provinces=population.",
        rich_help_panel=BALANCE,
    ),
]
GiveUp = Annotated[
    options.Text,
    typer.Option(
        "--give-up",
        metavar="PCT",
        help="The most that balance may cost, as a percentage of the best total score.",
        rich_help_panel=BALANCE,
    ),
]
Unknown = Annotated[
    Bound,
    typer.Option(
        help="Which score counts: proven, possible, the middle of the two, or the mean of only "
        "the criteria on which anything is known.",
        rich_help_panel=SEARCH,
    ),
]
Seed = Annotated[
    str, typer.Option(help="Seed of the lottery among equals.", rich_help_panel=SEARCH)
]
TimeLimit = Annotated[
    Optional[float],  # noqa: UP045
    typer.Option(
        metavar="SECONDS",
        min=0,
        help="Stop after so long with the best so far (exit status 4).",
        rich_help_panel=SEARCH,
    ),
]


def shortlist(  # noqa: PLR0913, PLR0917 - one parameter per option
    longlist: options.Longlist = None,
    size: Size = 20,
    include: Include = None,
    exclude: Exclude = None,
    at_least: AtLeast = None,
    at_most: AtMost = None,
    classes: Classes = None,
    balance: Balance = "themes,provinces",
    target: Target = None,
    give_up: GiveUp = None,
    unknown: Unknown = "proven",
    seed: Seed = "kiamv",
    time_limit: TimeLimit = None,
    criteria: options.Criteria = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Pick the provably best shortlist that meets the wishes, spread as asked.

    Example: kiamv shortlist --size 20 --balance themes,provinces --at-least NL-ZE=1
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.wishes import Wishes, to_request

    wishes = Wishes(
        size=size,
        balance=balance,
        target=target or (),
        give_up=give_up,
        include=include or (),
        exclude=exclude or (),
        at_least=at_least or (),
        at_most=at_most or (),
        classes=classes or (),
        unknown=unknown,
        seed=seed,
    )
    scores = read_scores(options.Source(longlist, criteria, as_of))
    _run(scores, to_request(wishes, scores), time_limit, options.Out(format_, output, force))


def _run(scores: Scores, request: Request, time_limit: float | None, out: Out) -> None:
    from kiamv_cli.cli.output import fail, write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.cli.status import Status
    from kiamv_cli.core.selection.search import NoShortlistError
    from kiamv_cli.render.shortlist import ShortlistView
    from kiamv_cli.solvers.highs import HighsSolver

    try:
        with Progress("Searching for the best shortlist") as progress:
            solver = HighsSolver(time_limit=time_limit, progress=progress)
            found = _pick(scores, request, solver)
    except NoShortlistError as none:
        status = Status.INTERRUPTED if none.interrupted else Status.TIME_LIMIT
        fail("no shortlist was found in time. Allow more with --time-limit.", status)
    write(ShortlistView(found), out)
    if not found.selection.status.proven:
        interrupted = found.selection.status.interrupted
        raise SystemExit(Status.INTERRUPTED if interrupted else Status.TIME_LIMIT)


def _pick(scores: Scores, request: Request, solver: HighsSolver) -> Shortlist:
    """Pick the shortlist, or end by saying which wishes clash."""
    from kiamv_cli.cli.output import note
    from kiamv_cli.cli.status import Status
    from kiamv_cli.core.selection.clash import clash
    from kiamv_cli.core.selection.search import InfeasibleError
    from kiamv_cli.core.shortlist import question
    from kiamv_cli.core.shortlist import shortlist as pick
    from kiamv_cli.render.clash import clash_text

    try:
        return pick(scores, request, solver)
    except InfeasibleError:
        found = clash(question(scores, request), solver)
    note(clash_text(found, scores, request))
    raise SystemExit(Status.INFEASIBLE)
