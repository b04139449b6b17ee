"""``kiamv review``: judged by people, blind until opened."""

from __future__ import annotations

import typer

from kiamv_cli.cli.option_groups import unbundled
from kiamv_cli.review.commands.adjudicate import adjudicate
from kiamv_cli.review.commands.agreement import agreement
from kiamv_cli.review.commands.assign import assign
from kiamv_cli.review.commands.form import form
from kiamv_cli.review.commands.opening import open_
from kiamv_cli.review.commands.seal import seal

group = typer.Typer(
    no_args_is_help=True,
    help="Let people judge: forms, blind until opened, agreement, adjudication.",
)
group.command("assign")(unbundled(assign))
group.command("form")(unbundled(form))
group.command("seal")(unbundled(seal))
group.command("open")(unbundled(open_))
group.command("agreement")(unbundled(agreement))
group.command("adjudicate")(unbundled(adjudicate))
