"""``kiamv review``: judged by people, blind until opened."""

from __future__ import annotations

import typer

from kiamv_cli.cli.bundles import unbundled
from kiamv_cli.cli.review.adjudicate import adjudicate
from kiamv_cli.cli.review.agreement import agreement
from kiamv_cli.cli.review.assign import assign
from kiamv_cli.cli.review.form import form
from kiamv_cli.cli.review.opening import open_
from kiamv_cli.cli.review.seal import seal

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
