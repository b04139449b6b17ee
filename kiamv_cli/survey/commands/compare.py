"""``kiamv survey compare``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from kiamv_cli.cli import options
from kiamv_cli.survey.commands.work import AnswersFile, QuestionnaireFile

RulesFile = Annotated[
    options.Text,
    typer.Option(
        "--rules",
        metavar="FILE",
        help="Which answers support or contradict which criterion. "
        "Left out: survey/comparison.yaml of the criteria.",
        rich_help_panel=options.INPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class Survey:
    """What was asked, and what the answers say of the criteria."""

    questionnaire: QuestionnaireFile = None
    rules: RulesFile = None


def compare(answers: AnswersFile, source: options.Source, survey: Survey, out: options.Out) -> None:
    """Compare what was judged at selection with what the ecosystems answered later.

    Example: kiamv survey compare answers.yaml
    """
    from kiamv_cli.cli.input import read_scores, refusing
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.commands.work import read_answers
    from kiamv_cli.survey.results import compare_answers
    from kiamv_cli.survey.view.compare import ComparedView

    given, questionnaire = read_answers(answers, survey.questionnaire, source.criteria)
    scores = read_scores(source)
    with refusing():
        found = compare_answers(
            given, scores, questionnaire, rules=survey.rules, criteria=source.criteria
        )
    write(ComparedView(found), out)
