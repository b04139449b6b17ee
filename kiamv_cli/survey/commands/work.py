"""What the commands on answers share: options, answers and their questionnaire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.cli.input import read_criteria, refusing
from kiamv_cli.cli.output import fail

if TYPE_CHECKING:
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.answers import Answers
    from kiamv_cli.survey.model.questionnaire import Questionnaire

AnswersFile = Annotated[
    str,
    typer.Argument(metavar="FILE", help="Answers, as kiamv survey merge writes them."),
    options.FromProject("answers"),
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


def read_questionnaire(file: str | None, criteria: str | None) -> Questionnaire:
    """Load a questionnaire, or say what is wrong with it and end the command."""
    from kiamv_cli.survey.results import load_questionnaire

    with refusing():
        return load_questionnaire(file, criteria=criteria)


def read_programme(criteria: str | None) -> Programme | None:
    """Load the criteria; ``None`` for a folder that has a questionnaire or codebook alone."""
    from kiamv_cli.cli.options import Input

    if criteria is not None and not (Path(criteria) / "programme.yaml").exists():
        return None
    return read_criteria(Input(criteria=criteria))


def read_answers(
    path: str, file: str | None, criteria: str | None
) -> tuple[Answers, Questionnaire]:
    """Load answers, and the questionnaire, which must be the one that they answer."""
    from kiamv_cli.survey.results import load_answers

    questionnaire = read_questionnaire(file, criteria)
    with refusing():
        answers = load_answers(path)
    if answers.questionnaire != questionnaire.id:
        fail(
            _(
                "{path}: it answers the questionnaire '{given}', and this is '{other}'. Give "
                "--questionnaire.",
                path=path,
                given=answers.questionnaire,
                other=questionnaire.id,
            )
        )
    return answers, questionnaire
