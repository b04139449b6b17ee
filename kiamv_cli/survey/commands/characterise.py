"""``kiamv survey characterise``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.survey.commands.work import AnswersFile, QuestionnaireFile

if TYPE_CHECKING:
    from kiamv_cli.survey.model.answers import Answers
    from kiamv_cli.survey.model.crosstab import CrossTabs
    from kiamv_cli.survey.model.questionnaire import Questionnaire

Base = Annotated[
    Optional[Literal["asked", "answered", "chose"]],  # noqa: UP045 - Typer reads it at run time
    typer.Option(
        help="Of whom percentages are: asked, all who took part; answered, those who answered the "
        "question, also if no option holds; chose, those who named an option. Left out: answered.",
    ),
]
MinBase = Annotated[
    int, typer.Option(metavar="N", min=1, help="On a smaller base only counts are given.")
]
Interval = Annotated[
    Literal["bounds", "wilson"],
    typer.Option(
        help="bounds: the shares of all invited that the answers leave possible, nothing assumed. "
        "wilson: a 95% interval, if those who answered were a random sample.",
    ),
]
By = Annotated[
    options.Text,
    typer.Option(
        metavar="QUESTION",
        help="Compare the groups that answered this question differently.",
    ),
]
MinCell = Annotated[
    int,
    typer.Option(
        metavar="N",
        min=1,
        help="With --by: smaller counts are left out, and whatever they could be worked out from.",
    ),
]


@dataclass(frozen=True, slots=True)
class Counting:
    """How characteristics are counted."""

    base: Base = None
    min_base: MinBase = 10
    interval: Interval = "bounds"
    by: By = None
    min_cell: MinCell = 3


@dataclass(frozen=True, slots=True)
class Survey:
    """What was asked."""

    questionnaire: QuestionnaireFile = None
    criteria: options.Criteria = None


def characterise(
    answers: AnswersFile, counting: Counting, survey: Survey, out: options.Out
) -> None:
    """Give each characteristic as k of n: with its base, and how far it may be off.

    By the survey alone and with what interviews fill, side by side.

    Example: kiamv survey characterise answers.yaml
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.commands.work import read_answers, read_programme
    from kiamv_cli.survey.results import characterise as count
    from kiamv_cli.survey.view.characteristics import ProfileView
    from kiamv_cli.survey.view.compare import CrossTabsView

    given, questionnaire = read_answers(answers, survey.questionnaire, survey.criteria)
    programme = read_programme(survey.criteria)
    if counting.by is None:
        profile = count(given, questionnaire, counting.base or "answered")
        view = ProfileView(profile, counting.min_base, counting.interval, programme)
        write(view, out)
    else:
        tabs = _crosstabs(given, questionnaire, counting.by, counting)
        write(CrossTabsView(tabs, counting.min_base, programme), out)


def _crosstabs(
    answers: Answers, questionnaire: Questionnaire, by: str, counting: Counting
) -> CrossTabs:
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.output import fail
    from kiamv_cli.formats.hints import near
    from kiamv_cli.survey.results import crosstabs

    if counting.base not in {None, "answered"} or counting.interval != "bounds":
        fail(_("--by: --base and --interval do not go with it; its base is those who answered."))
    question = questionnaire.by_id.get(by)
    singles = [each.id for each in questionnaire.questions if each.kind == "single"]
    if question is None:
        hint = near(by, singles) or _("There are: {known}.", known=", ".join(singles))
        fail(_("--by {by}: there is no such question. {hint}", by=by, hint=hint))
    if question.kind != "single":
        fail(
            _(
                "--by {by}: it takes several options, so its groups would overlap. Group by one of "
                "{others}.",
                by=by,
                others=", ".join(singles),
            )
        )
    return crosstabs(answers, questionnaire, by, counting.min_cell)
