"""Surveys: answers merged, characteristics, aspects: the public functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import bad_file
from kiamv_cli.base.text import Text, option_or_parameter
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.longlist.reading.ids import read_ids
from kiamv_cli.longlist.results import load_criteria, load_longlist
from kiamv_cli.survey.model.aspects import aspects as count_aspects
from kiamv_cli.survey.model.compare import compare
from kiamv_cli.survey.reading import interviews as interview_files
from kiamv_cli.survey.reading.exports import SurveyFrame
from kiamv_cli.survey.reading.gathering import gather
from kiamv_cli.survey.reading.questionnaire import (
    load_codebook,
    load_comparisons,
    load_questionnaire,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kiamv_cli.longlist.model.identity import Identities
    from kiamv_cli.longlist.model.longlist import Longlist
    from kiamv_cli.programme.model.programme import Programme
    from kiamv_cli.scoring.model.score import Scores
    from kiamv_cli.survey.model.answers import Answers, MergedSurvey
    from kiamv_cli.survey.model.aspects import Aspects
    from kiamv_cli.survey.model.compare import SelectionCompared
    from kiamv_cli.survey.model.questionnaire import Codebook, Interview, Questionnaire
    from kiamv_cli.survey.reading.gathering import SurveySources


def merge_survey(
    sources: SurveySources,
    questionnaire: Questionnaire | None = None,
    longlist: Longlist | None = None,
    programme: Programme | None = None,
    *,
    invited: str | Path | Iterable[str] | None = None,
    identities: Identities | None = None,
    title: str | None = None,
    made_up: bool = False,
) -> MergedSurvey:
    """Merge survey files, interviews and desk research into one answer per question.

    Everything that was said is kept with its origin. The survey counts first; an interview fills
    only what the survey leaves open, desk research what both leave open. The order of the files
    plays no part.

    Args:
        sources: The files.
        questionnaire: What was asked; left out: the bundled one.
        longlist: Whose ids, names and aliases respondents go by; left out: the bundled one.
        programme: The programme of the list; left out: the bundled one.
        invited: All who were asked to take part, also those who did not: ids or names, or a file
            of them (``read_ids``). Left out: the whole long list.
        identities: Which names were decided to be the same; left out: nobody decided anything.
        title: What the answers are called; left out: the questionnaire, or that they are made up.
        made_up: Whether they are a demonstration; it is also one if any of the files says so.

    Raises:
        BadInput: Something is wrong with any of the files; it holds all problems of all files.
    """
    asked = questionnaire or load_questionnaire()
    judged_by = programme or load_criteria()
    listed = longlist or load_longlist(programme=judged_by).longlist
    names = Names(listed.ecosystems, identities)
    frame = SurveyFrame(questionnaire=asked, names=names, invited=_invited(invited, names))
    return gather(sources, frame, judged_by, title, made_up=made_up)


def _invited(source: str | Path | Iterable[str] | None, names: Names) -> frozenset[str]:
    if source is None:
        return frozenset(names.ids)
    option = option_or_parameter("--invited")
    ids = read_ids(source, names, option)
    if not ids:
        hint = Text("K105.write-ids-names")
        raise bad_file(str(source) or option, Text("K105.nobody"), hint)
    return frozenset(ids)


def compare_answers(
    answers: Answers,
    scores: Scores,
    questionnaire: Questionnaire | None = None,
    *,
    rules: str | Path | None = None,
    criteria: str | Path | None = None,
) -> SelectionCompared:
    """Compare what was judged at selection with what the ecosystems answered later.

    Args:
        answers: The answers, merged.
        scores: The long list as it was judged.
        questionnaire: What was asked; left out: the bundled one.
        rules: A YAML file that says which answers support or contradict which criterion; left out:
            ``survey/comparison.yaml`` of the programme.
        criteria: The folder of the programme; left out: the bundled one.

    Raises:
        BadInput: Something is wrong with the rules; it holds all problems that were found.
    """
    asked = questionnaire or load_questionnaire()
    comparisons = load_comparisons(rules, scores.programme, asked, criteria=criteria)
    return compare(answers, scores, comparisons)


def load_interviews(source: str | Path, codebook: Codebook | None = None) -> tuple[Interview, ...]:
    """Read interviews that were coded.

    Args:
        source: A YAML or JSON file with one interview, or a folder of such files.
        codebook: The sub-aspects that are allowed; left out: those of the bundled one.

    Raises:
        BadInput: Something is wrong with one of them; it holds all problems of all files.
    """
    return interview_files.load_interviews(
        source, sub_aspects=tuple((codebook or load_codebook()).sub_aspects)
    )


def aspects(interviews: Sequence[Interview], codebook: Codebook | None = None) -> Aspects:
    """Count what was said on each sub-aspect, once for each ecosystem.

    Args:
        interviews: The interviews, coded by the codebook.
        codebook: The sub-aspects; left out: the bundled one.
    """
    return count_aspects(interviews, codebook or load_codebook())
