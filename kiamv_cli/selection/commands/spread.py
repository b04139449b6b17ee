"""``kiamv spread``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.scoring.model.score import Scores

Ids = Annotated[
    options.Text,
    typer.Option(
        metavar="IDS|@FILE",
        help="Only these ecosystems: ids or names with commas, @FILE (a list of them, or "
        "what kiamv writes as json or csv), or - for standard input. Default: the whole "
        "long list.",
        rich_help_panel=options.INPUT,
    ),
]
Target = Annotated[
    Optional[list[str]],  # noqa: UP045 - read at run time by Typer
    typer.Option(
        metavar="[DIM=]RULE",
        help="Seats to compare with: even (default), longlist, population, or a YAML file.",
        rich_help_panel=options.INPUT,
    ),
    options.FromProject("request.target"),
]


def spread(
    source: options.Source,
    out: options.DrawnOut,
    ids: Ids = None,
    target: Target = None,
    picture: options.OfSpread = None,
) -> None:
    """Show how a long list, or any set of its ecosystems, is spread over its dimensions.

    Example: kiamv shortlist -f json | kiamv spread --ids -
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import write
    from kiamv_cli.selection.commands.wishes import to_targets
    from kiamv_cli.selection.results import spread as count_seats
    from kiamv_cli.selection.view.spread import SpreadView

    scores = read_scores(source)
    members = _members(ids, scores)
    targets = to_targets(target, scores.dimensions)
    write(SpreadView(count_seats(scores, members, targets)), out, picture)


def _members(ids: str | None, scores: Scores) -> tuple[str, ...]:
    from kiamv_cli.cli.output import fail
    from kiamv_cli.selection.commands.wishes import to_ids

    if ids is None:
        return tuple(one.id for one in scores.longlist.ecosystems)
    return to_ids("--ids", [ids], scores) or fail(_("--ids {ids}: contains no ids.", ids=ids))
