"""``kiamv explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.cli import selection_options as wish

Ids = Annotated[
    list[str],
    typer.Argument(
        metavar="ID…",
        help="An id, name or alias; several are also shown side by side.",
        show_default=False,
        autocompletion=wish.ecosystem_ids,
    ),
]


def explain(  # noqa: PLR0913, PLR0917 - one parameter per option
    ids: Ids,
    longlist: options.LonglistOption = None,
    size: wish.Size = 20,
    include: wish.Include = None,
    exclude: wish.Exclude = None,
    at_least: wish.AtLeast = None,
    at_most: wish.AtMost = None,
    classes: wish.Classes = None,
    balance: wish.Balance = "themes,provinces",
    target: wish.Target = None,
    give_up: wish.GiveUp = None,
    unknown: wish.Unknown = "proven",
    seed: wish.Seed = "kiamv",
    time_limit: wish.TimeLimit = None,
    criteria: options.Criteria = None,
    as_of: options.AsOf = None,
    format_: options.Format = None,
    output: options.Output = None,
    *,
    force: options.Force = False,
) -> None:
    """Say why ecosystems are in the shortlist or not, on what evidence, and by how much.

    Example: kiamv explain ferm-rotterdam hannn --size 20
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.cli.searching import end_unless_proven, searching
    from kiamv_cli.cli.wishes import Wishes, to_ids, to_request
    from kiamv_cli.core.explain import explain as find_reasons
    from kiamv_cli.render.explain import ExplainView

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
    wanted, request = to_ids("ID", ids, scores), to_request(wishes, scores)
    with searching(Progress("Finding the margins"), scores, request, time_limit) as solver:
        found = find_reasons(scores, wanted, request, solver)
    write(ExplainView(found), options.Out(format_, output, force))
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
