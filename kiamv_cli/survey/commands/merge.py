"""``kiamv survey merge``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.cli.output import Status
from kiamv_cli.survey.commands.work import QuestionnaireFile

if TYPE_CHECKING:
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.survey.model.answers import MergedSurvey

Files = Optional[list[str]]  # noqa: UP045 - Typer reads it at run time
Exports = Annotated[
    Files,
    typer.Argument(
        metavar="EXPORT…",
        help="CSV files or workbooks (.xlsx) as survey tools export them, a row per respondent.",
        show_default=False,
    ),
]
Interviews = Annotated[
    Files,
    typer.Option(
        "--interviews",
        "-i",
        metavar="FOLDER",
        help="Coded interviews, a YAML file each; they fill only what the survey leaves open "
        "(repeatable).",
        rich_help_panel=options.INPUT,
    ),
]
Desk = Annotated[
    Files,
    typer.Option(
        metavar="FILE",
        help="Answers that desk research found; they fill what survey and interviews leave open "
        "(repeatable).",
        rich_help_panel=options.INPUT,
    ),
]
Mapping = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="What columns and values of the exports mean, where they do not say so.",
        rich_help_panel=options.INPUT,
    ),
]
Invited = Annotated[
    options.Text,
    typer.Option(
        metavar="IDS|@FILE",
        help="All who were asked to take part, also those who did not: ids or names with commas, "
        "or @FILE (a list of them, or what kiamv writes as json or csv). Left out: the whole long "
        "list.",
        rich_help_panel=options.INPUT,
    ),
]
Identities = Annotated[
    options.Text,
    options.of_identities("Answers on who is the same, as kiamv same keeps them."),
    options.FromProject("identities"),
]
Answers = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file for the answers (YAML), written whole or not at all.",
        rich_help_panel=options.OUTPUT,
    ),
    options.FromProject("answers", made=True),
]
Title = Annotated[
    options.Text,
    typer.Option(
        metavar="TEXT",
        help="What the answers are called. Left out: the questionnaire.",
        rich_help_panel=options.OUTPUT,
    ),
]
MadeUp = Annotated[
    bool,
    typer.Option(
        "--made-up",
        help="They are a demonstration: every result says so.",
        rich_help_panel=options.OUTPUT,
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Write nothing, with exit status 1, if anything was not matched or is contradicted.",
    ),
]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is merged, beside the exports."""

    interviews: Interviews = None
    desk: Desk = None
    mapping: Mapping = None
    hidden: options.Hidden = None


@dataclass(frozen=True, slots=True)
class Survey:
    """Whom a survey asked what."""

    invited: Invited = None
    longlist: options.LonglistOption = None
    identities: Identities = None
    questionnaire: QuestionnaireFile = None
    criteria: options.Criteria = None


@dataclass(frozen=True, slots=True)
class Named:
    """What becomes of the answers."""

    title: Title = None
    made_up: MadeUp = False


def merge(
    sources: Sources,
    survey: Survey,
    named: Named,
    output: Answers,
    exports: Exports = None,
    form: options.Format = None,
    *,
    force: options.Force = False,
    strict: Strict = False,
) -> None:
    """Merge survey exports and coded interviews into one answer per ecosystem and question.

    Each answer keeps its origin, who coded it and where it stands. An interview fills a gap only;
    a contradiction is listed, and nothing is overwritten. Who did not answer stays in the count.

    Example: kiamv survey merge export.csv --interviews interviews --output answers.yaml
    """
    from contextlib import nullcontext

    from kiamv_cli.base.language import in_language
    from kiamv_cli.cli.output import write, write_text
    from kiamv_cli.survey.reading.answers import answers_text
    from kiamv_cli.survey.view.merged import MergedSurveyView

    # Data formats are English always, and what was not matched is among the data.
    with in_language("en") if form in {"json", "csv"} else nullcontext():
        programme, found = _merged(exports or [], sources, survey, named)
    refused = strict and not found.is_clean
    if not refused:
        write_text(answers_text(found.answers), output, force=force, said=False)
    view = MergedSurveyView(found, None if refused else output, programme)
    write(view, options.Out(format=form))
    if refused:
        raise SystemExit(Status.NO)


def _merged(
    exports: list[str], sources: Sources, survey: Survey, named: Named
) -> tuple[Programme, MergedSurvey]:
    from kiamv_cli.base.files import is_clean
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import read_longlist, refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.survey.commands.work import read_questionnaire
    from kiamv_cli.survey.results import SurveySources, merge_survey

    if not (exports or sources.interviews or sources.desk):
        fail(_("nothing to merge. Give an EXPORT, --interviews or --desk."))
    if named.title is not None and not (named.title.strip() and is_clean(named.title)):
        fail(_("--title: it is empty, or holds a character that is not allowed."))
    questionnaire = read_questionnaire(survey.questionnaire, survey.criteria)
    listed = options.Input(survey.longlist, survey.criteria, hidden=sources.hidden)
    programme, longlist = read_longlist(listed)
    with refusing():
        return programme, merge_survey(
            SurveySources(
                exports=exports,
                interviews=sources.interviews or (),
                desk=sources.desk or (),
                mapping=sources.mapping,
                hidden=sources.hidden,
            ),
            questionnaire,
            longlist,
            invited=survey.invited,
            identities=load_identities(survey.identities) if survey.identities else None,
            title=named.title,
            made_up=named.made_up,
        )
