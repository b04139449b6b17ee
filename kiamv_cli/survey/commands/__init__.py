"""``kiamv survey``: what ecosystems answered and said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options
from kiamv_cli.cli.app import unbundled
from kiamv_cli.survey.commands.merge import QuestionnaireFile, merge, read_questionnaire

if TYPE_CHECKING:
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.answers import Answers
    from kiamv_cli.survey.model.crosstab import CrossTabs
    from kiamv_cli.survey.model.questionnaire import Questionnaire

AnswersFile = Annotated[
    str,
    typer.Argument(metavar="FILE", help="Answers, as kiamv survey merge writes them."),
    options.FromProject("answers"),
]
Base = Annotated[
    Optional[Literal["asked", "answered", "chose"]],  # noqa: UP045 - Typer reads it at run time
    typer.Option(
        help="What the percentages are of: asked, everyone who took part; answered, those "
        "who answered the question, even if no option holds; chose, those who named an "
        "option. Default: answered.",
    ),
]
MinBase = Annotated[
    int, typer.Option(metavar="N", min=1, help="With a smaller base only counts are given.")
]
Interval = Annotated[
    Literal["bounds", "wilson"],
    typer.Option(
        help="bounds: the shares of all invited that the answers leave possible, without "
        "assumptions. wilson: a 95% interval, if those who answered were a random "
        "sample.",
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
class QuestionnaireSource:
    """Where the questions are."""

    questionnaire: QuestionnaireFile = None
    criteria: options.Criteria = None


def characterise(
    answers: AnswersFile,
    counting: Counting,
    questions: QuestionnaireSource,
    out: options.OutputOptions,
) -> None:
    """Show each characteristic as k of n: with its base, and how far it may be off.

    By the survey alone and with what interviews fill, side by side.

    Example: kiamv survey characterise answers.yaml
    """
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.model.characterise import characterise as counted
    from kiamv_cli.survey.view.characteristics import ProfileView
    from kiamv_cli.survey.view.compare import CrossTabsView

    given, questionnaire = _read_answers(answers, questions.questionnaire, questions.criteria)
    programme = _read_programme(questions.criteria)
    if counting.by is None:
        profile = counted(given, questionnaire, counting.base or "answered")
        view = ProfileView(profile, counting.min_base, counting.interval, programme)
        write(view, out)
    else:
        tabs = _crosstabs(given, questionnaire, counting.by, counting)
        write(CrossTabsView(tabs, counting.min_base, programme), out)


def _crosstabs(
    answers: Answers, questionnaire: Questionnaire, by: str, counting: Counting
) -> CrossTabs:
    from kiamv_cli.cli.output import fail
    from kiamv_cli.programme.model.labels import id_meant
    from kiamv_cli.survey.model.crosstab import crosstabs

    if counting.base not in {None, "answered"} or counting.interval != "bounds":
        fail(_("--by: --base and --interval do not go with it; its base is those who answered."))
    by = id_meant("by", by, questionnaire.questions)
    if questionnaire.by_id[by].kind != "single":
        singles = (each.id for each in questionnaire.questions if each.kind == "single")
        fail(
            _(
                "--by {by}: it takes several options, so its groups would overlap. Group by one of "
                "{others}.",
                by=by,
                others=", ".join(singles),
            )
        )
    return crosstabs(answers, questionnaire, by, counting.min_cell)


RulesFile = Annotated[
    options.Text,
    typer.Option(
        "--rules",
        metavar="FILE",
        help="Which answers support or contradict which criterion. Default: "
        "survey/comparison.yaml of the criteria.",
        rich_help_panel=options.INPUT,
    ),
]


@dataclass(frozen=True, slots=True)
class ComparisonSource:
    """What was asked, and what the answers say of the criteria."""

    questionnaire: QuestionnaireFile = None
    rules: RulesFile = None


def compare(
    answers: AnswersFile,
    source: options.Source,
    questions: ComparisonSource,
    out: options.OutputOptions,
) -> None:
    """Compare what was judged at selection with what the ecosystems answered later.

    Example: kiamv survey compare answers.yaml
    """
    from kiamv_cli.cli.input import read_scores, refusing
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.results import compare_answers
    from kiamv_cli.survey.view.compare import ComparedView

    given, questionnaire = _read_answers(answers, questions.questionnaire, source.criteria)
    scores = read_scores(source)
    with refusing():
        found = compare_answers(
            given, scores, questionnaire, rules=questions.rules, criteria=source.criteria
        )
    write(ComparedView(found), out)


InterviewsFolder = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER",
        help="A folder with coded interviews, one YAML or JSON file each, or one such file; "
        "kiamv schema interview shows their format.",
    ),
    options.FromProject("survey.interviews"),
]
CodebookFolder = Annotated[
    options.Text,
    options.of_criteria(
        "The folder of another programme; its survey/aspects.yaml is the codebook."
    ),
    options.FromProject("criteria"),
]


def aspects(
    interviews: InterviewsFolder, *, criteria: CodebookFolder = None, out: options.OutputOptions
) -> None:
    """Count what was said in interviews, once per ecosystem, with its places and its ties.

    Example: kiamv survey aspects interviews
    """
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import write
    from kiamv_cli.survey.reading.questionnaire import load_codebook
    from kiamv_cli.survey.results import aspects as counted
    from kiamv_cli.survey.results import load_interviews
    from kiamv_cli.survey.view.aspects import AspectsView

    programme = _read_programme(criteria)
    with refusing():
        codebook = load_codebook(criteria)
        read = load_interviews(interviews, codebook)
    write(AspectsView(counted(read, codebook), programme), out)


def _read_programme(criteria: str | None) -> Programme | None:
    """Load the criteria; ``None`` for a folder that has a questionnaire or codebook alone."""
    from kiamv_cli.cli.input import read_criteria

    if criteria is not None and not (Path(criteria) / "programme.yaml").exists():
        return None
    return read_criteria(options.Input(criteria=criteria))


def _read_answers(
    path: str, file: str | None, criteria: str | None
) -> tuple[Answers, Questionnaire]:
    """Load answers, and the questionnaire, which must be the one that they answer."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.survey.reading.answers import load_answers

    questionnaire = read_questionnaire(file, criteria)
    with refusing():
        answers = load_answers(path)
    if answers.questionnaire != questionnaire.id:
        fail(
            _(
                "{path}: these are answers to the questionnaire '{given}', and this is "
                "'{other}'. Give --questionnaire.",
                path=path,
                given=answers.questionnaire,
                other=questionnaire.id,
            )
        )
    return answers, questionnaire


group = typer.Typer(
    no_args_is_help=True,
    help="Merge answers from survey and interviews, each with its origin, and count them, each "
    "count with its base.",
)
for command in (merge, characterise, compare, aspects):
    group.command(command.__name__)(unbundled(command))
