"""``kiamv robustness``."""

from __future__ import annotations

import os
from typing import Annotated, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.selection.commands import options as wish

DRAWS = "Draws"
Draws = Annotated[
    int, typer.Option("--draws", metavar="N", min=1, help="How many draws.", rich_help_panel=DRAWS)
]
Concentration = Annotated[
    float,
    typer.Option(
        metavar="ALPHA",
        min=0.01,
        max=10_000,
        help="Of the Dirichlet distribution of the weights: 1 is uniform, more is nearer to equal.",
        rich_help_panel=options.EXPERTS,
    ),
]
Threads = Annotated[
    Optional[int],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        metavar="N",
        min=1,
        help="How many draws to work on at once; the result is the same. Default: one per core.",
        rich_help_panel=options.EXPERTS,
    ),
]


def robustness(
    wishes: wish.Wishes,
    source: options.Source,
    out: options.DrawnOut,
    draws: Draws = 1000,
    concentration: Concentration = 1.0,
    threads: Threads = None,
    time_limit: wish.TimeLimit = None,
) -> None:
    """Show how robust the shortlist is: select again with random weights and open criteria.

    Example: kiamv robustness --draws 500 --concentration 10
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.cli.progress import Progress
    from kiamv_cli.selection.commands.session import end_unless_proven, searching
    from kiamv_cli.selection.commands.wishes import to_request
    from kiamv_cli.selection.model.robustness import Sampling
    from kiamv_cli.selection.results import robustness as sample
    from kiamv_cli.selection.solving.sampling import MOST_THREADS
    from kiamv_cli.selection.view.robustness import RobustnessView

    scores = read_scores(source)
    request = to_request(wishes, scores)
    sampling = Sampling(samples=draws, seed=request.seed, concentration=concentration)
    progress = Progress(_("Selecting again"))
    with searching(progress, scores, request, time_limit, out) as solver:
        found = sample(
            scores,
            request,
            sampling,
            threads=min(os.cpu_count() or 1, MOST_THREADS) if threads is None else threads,
            solver=solver,
            progress=progress.step,
        )
    write(RobustnessView(found), out)
    end_unless_proven(proven=found.complete, interrupted=found.interrupted)
