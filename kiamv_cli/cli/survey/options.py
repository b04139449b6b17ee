"""The options that the commands on answers share."""

from __future__ import annotations

from typing import Annotated

import typer

from kiamv_cli.cli import options

AnswersFile = Annotated[
    str,
    typer.Argument(metavar="FILE", help="Answers, as kiamv survey merge writes them."),
]
QuestionnaireFile = Annotated[
    options.Text,
    typer.Option(
        "--questionnaire",
        metavar="FILE",
        help="A questionnaire of your own. Left out: survey/questionnaire.yaml of the criteria.",
        rich_help_panel=options.INPUT,
    ),
]
