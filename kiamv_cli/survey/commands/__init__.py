"""``kiamv survey``: what ecosystems answered and said."""

from __future__ import annotations

import typer

from kiamv_cli.cli.options import unbundled
from kiamv_cli.survey.commands.aspects import aspects
from kiamv_cli.survey.commands.characterise import characterise
from kiamv_cli.survey.commands.compare import compare
from kiamv_cli.survey.commands.merge import merge

group = typer.Typer(
    no_args_is_help=True,
    help="Merge answers from survey and interviews, each with its origin, and count them, each "
    "count with its base.",
)
group.command("merge")(unbundled(merge))
group.command("characterise")(unbundled(characterise))
group.command("compare")(unbundled(compare))
group.command("aspects")(unbundled(aspects))
