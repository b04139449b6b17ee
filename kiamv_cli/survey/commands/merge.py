"""``kiamv survey merge``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from kiamv_cli.cli import options
from kiamv_cli.cli.output import Status

if TYPE_CHECKING:
    from kiamv_cli.survey.model.answers import MergedSurvey
    from kiamv_cli.survey.model.questionnaire import Questionnaire

QuestionnaireFile = Annotated[
    options.Text,
    typer.Option(
        "--questionnaire",
        metavar="FILE",
        help="A questionnaire of your own. Default: survey/questionnaire.yaml of the criteria.",
        rich_help_panel=options.INPUT,
    ),
    options.FromProject("survey.questionnaire"),
]
Files = Optional[list[str]]  # noqa: UP045 - Typer reads it at run time
Exports = Annotated[
    Files,
    typer.Argument(
        metavar="EXPORT… [LONGLIST]",
        help="CSV files or workbooks (.xlsx) as survey tools export them, with a row for "
        "each respondent; and the long list, as a folder or as YAML or JSON.",
        show_default=False,
    ),
    options.FromProject("survey.exports"),
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
    options.FromProject("survey.interviews", several=True),
]
Desk = Annotated[
    Files,
    typer.Option(
        metavar="FILE",
        help="Answers that desk research found; they fill what survey and interviews leave open "
        "(repeatable).",
        rich_help_panel=options.INPUT,
    ),
    options.FromProject("survey.desk"),
]
Mapping = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="What columns and values of the exports mean, where they do not say so.",
        rich_help_panel=options.INPUT,
    ),
    options.FromProject("survey.mapping"),
]
Invited = Annotated[
    options.Text,
    typer.Option(
        metavar="IDS|@FILE",
        help="Everyone who was asked to take part, including those who did not: ids or names "
        "with commas, or @FILE (a list of them, or what kiamv writes as json or csv). "
        "Default: the whole long list.",
        rich_help_panel=options.INPUT,
    ),
    options.FromProject("survey.invited"),
]
Identities = Annotated[
    options.Text,
    options.of_identities("Answers about duplicates, as kept by kiamv same."),
    options.FromProject("identities"),
]
Draft = Annotated[
    options.Text,
    typer.Option(
        metavar="FILE",
        help="Instead of answers, write a mapping of one EXPORT as far as it can be guessed: check "
        "what is marked # ?, then give it as --mapping.",
        rich_help_panel=options.OUTPUT,
    ),
]
Answers = Annotated[
    options.Text,
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
        help="What the answers are called. Default: the name of the questionnaire.",
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
class MergeSources:
    """What is merged, beside the exports."""

    interviews: Interviews = None
    desk: Desk = None
    mapping: Mapping = None
    draft: Draft = None
    hidden: options.Hidden = None


@dataclass(frozen=True, slots=True)
class Respondents:
    """Whom a survey asked what."""

    invited: Invited = None
    longlist: options.LonglistOption = None
    identities: Identities = None
    questionnaire: QuestionnaireFile = None
    criteria: options.Criteria = None


@dataclass(frozen=True, slots=True)
class AnswersLabel:
    """What becomes of the answers."""

    title: Title = None
    made_up: MadeUp = False


def merge(
    sources: MergeSources,
    respondents: Respondents,
    label: AnswersLabel,
    look: options.Look,
    output: Answers = None,
    exports: Exports = None,
    *,
    force: options.Force = False,
    strict: Strict = False,
) -> None:
    """Merge survey exports and coded interviews into one answer per ecosystem and question.

    Each answer keeps its origin, who coded it and where it was found. An interview only fills a
    gap; contradictions are listed, and nothing is overwritten. Those who did not answer stay in
    the count.

    Example: kiamv survey merge export.csv --interviews interviews --output answers.yaml
    """
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.output import fail, worded_for, write, write_text
    from kiamv_cli.survey.reading.answers import answers_text
    from kiamv_cli.survey.view.merged import MergedSurveyView

    files, respondents = _apart(exports or [], respondents)
    if sources.draft is not None:
        _draft(files, sources, respondents, force=force)
        return
    if output is None:
        fail(_("give the file for the answers, such as --output answers.yaml."))
    out = options.OutputOptions(look.format, look.separator, look.excel)
    with worded_for(out):  # what was not matched is among the data
        merged = _merged(files, sources, respondents, label)
    refused = strict and not merged.is_clean
    if not refused:
        write_text(answers_text(merged.answers), output, force=force, confirm=False)
    write(MergedSurveyView(merged, None if refused else output, refused=refused), out)
    if refused:
        raise SystemExit(Status.NO)


def _apart(files: list[str], respondents: Respondents) -> tuple[list[str], Respondents]:
    """Return the exports, and the respondents by the long list that stands among them."""
    listed = options.list_among(files, options.TEXTS)
    if listed is None:
        return files, respondents
    return [each for each in files if each != listed], replace(respondents, longlist=listed)


def _draft(
    exports: list[str], sources: MergeSources, respondents: Respondents, *, force: bool
) -> None:
    """Write a mapping as far as it can be guessed, and say what is left to decide."""
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import read_longlist, refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.commands.table import write_draft
    from kiamv_cli.longlist.model.lookup import Names
    from kiamv_cli.survey.reading.draft import draft_export
    from kiamv_cli.survey.reading.exports import SurveyFrame
    from kiamv_cli.survey.view.draft import export_draft_text

    if len(exports) != 1:
        fail(_("--draft: a mapping belongs to one table; give one file."))
    questionnaire = read_questionnaire(respondents.questionnaire, respondents.criteria)
    listed = options.Input(respondents.longlist, respondents.criteria, hidden=sources.hidden)
    _programme, longlist = read_longlist(listed)
    names = Names(longlist.ecosystems)
    frame = SurveyFrame(questionnaire=questionnaire, names=names, invited=frozenset(names.ids))
    with refusing():
        draft = draft_export(exports[0], frame, sources.hidden)
    write_draft(export_draft_text(draft), sources.draft, force=force)


def _merged(
    exports: list[str], sources: MergeSources, respondents: Respondents, label: AnswersLabel
) -> MergedSurvey:
    from kiamv_cli.base.files import is_clean
    from kiamv_cli.base.language import _
    from kiamv_cli.cli.input import read_longlist, refusing
    from kiamv_cli.cli.output import fail
    from kiamv_cli.longlist.reading.identities import load_identities
    from kiamv_cli.survey.reading.gathering import SurveySources
    from kiamv_cli.survey.results import merge_survey

    if not (exports or sources.interviews or sources.desk):
        fail(_("nothing to merge. Give an EXPORT, --interviews or --desk."))
    if label.title is not None and not (label.title.strip() and is_clean(label.title)):
        fail(_("--title: it is empty, or holds a character that is not allowed."))
    questionnaire = read_questionnaire(respondents.questionnaire, respondents.criteria)
    listed = options.Input(respondents.longlist, respondents.criteria, hidden=sources.hidden)
    programme, longlist = read_longlist(listed)
    with refusing():
        return merge_survey(
            SurveySources(
                exports=exports,
                interviews=sources.interviews or (),
                desk=sources.desk or (),
                mapping=sources.mapping,
                hidden=sources.hidden,
            ),
            questionnaire,
            longlist,
            programme,
            invited=respondents.invited,
            identities=load_identities(respondents.identities) if respondents.identities else None,
            title=label.title,
            made_up=label.made_up,
        )


def read_questionnaire(file: str | None, criteria: str | None) -> Questionnaire:
    """Load a questionnaire, or say what is wrong with it and end the command."""
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.survey.reading.questionnaire import load_questionnaire

    with refusing():
        return load_questionnaire(file, criteria=criteria)
