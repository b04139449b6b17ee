"""What the commands on answers share: reading answers and the questionnaire they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import fail
from kiamv_cli.language import _

if TYPE_CHECKING:
    from kiamv_cli.core.survey.answers import Answers
    from kiamv_cli.core.survey.questionnaire import Questionnaire


def read_questionnaire(file: str | None, criteria: str | None) -> Questionnaire:
    """Load a questionnaire, or say what is wrong with it and end the command."""
    from kiamv_cli.api.answers import load_questionnaire

    with refusing():
        return load_questionnaire(file, criteria=criteria)


def read_answers(
    path: str, file: str | None, criteria: str | None
) -> tuple[Answers, Questionnaire]:
    """Load answers, and the questionnaire, which must be the one that they answer."""
    from kiamv_cli.api.answers import load_answers

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
