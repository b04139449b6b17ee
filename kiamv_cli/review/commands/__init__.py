"""``kiamv review``: judged by people, blind until opened."""

from __future__ import annotations

import typer

from kiamv_cli.cli.app import unbundled
from kiamv_cli.review.commands.adjudicate import adjudicate
from kiamv_cli.review.commands.agreement import agreement, spread
from kiamv_cli.review.commands.rounds import close, dossier, receive, send
from kiamv_cli.review.commands.steps import assign, form, open_, seal

SCRIPTS = "For scripts, step by step"
group = typer.Typer(
    no_args_is_help=True,
    help="Let people judge: forms, blind until opened, agreement, adjudication.",
)
for command in (send, receive, close, dossier, agreement, spread):
    group.command(command.__name__.strip("_"))(unbundled(command))
for step in (assign, form, seal, open_, adjudicate):
    group.command(step.__name__.strip("_"), rich_help_panel=SCRIPTS)(unbundled(step))
