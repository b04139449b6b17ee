"""``kiamv review``: judged by people, blind until opened."""

from __future__ import annotations

import typer

from kiamv_cli.cli.option_groups import unbundled
from kiamv_cli.review.commands.adjudicate import adjudicate
from kiamv_cli.review.commands.agreement import agreement, spread
from kiamv_cli.review.commands.steps import assign, form, open_, seal

group = typer.Typer(
    no_args_is_help=True,
    help="Let people judge: forms, blind until opened, agreement, adjudication.",
)
for command in (assign, form, seal, open_, agreement, spread, adjudicate):
    group.command(command.__name__.strip("_"))(unbundled(command))
