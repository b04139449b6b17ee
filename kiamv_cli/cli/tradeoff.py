"""``kiamv tradeoff``."""

from __future__ import annotations

from kiamv_cli.cli import options
from kiamv_cli.cli import selection_options as wish


def tradeoff(  # noqa: PLR0913, PLR0917 - one parameter per option
    longlist: options.Longlist = None,
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
    """Show every trade-off between balance and score, each proven, and who changes.

    Example: kiamv tradeoff --size 10 --balance provinces --give-up 3
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.cli.searching import end_unless_proven, searching
    from kiamv_cli.cli.wishes import Wishes, to_request
    from kiamv_cli.core.tradeoff import tradeoff as trade
    from kiamv_cli.render.tradeoff import TradeOffView

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
    request = to_request(wishes, scores)
    with searching(Progress("Proving every trade-off"), scores, request, time_limit) as solver:
        found = trade(scores, request, solver)
    write(TradeOffView(found), options.Out(format_, output, force))
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
