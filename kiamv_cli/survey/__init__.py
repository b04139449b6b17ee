"""The survey: answers merged, characteristics, aspects, and the audit of published figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.survey.model.answers import Answers as Answers
    from kiamv_cli.survey.model.answers import Cell as Cell
    from kiamv_cli.survey.model.answers import File as File
    from kiamv_cli.survey.model.answers import MergedSurvey as MergedSurvey
    from kiamv_cli.survey.model.answers import SourcedAnswer as SourcedAnswer
    from kiamv_cli.survey.model.aspects import Aspects as Aspects
    from kiamv_cli.survey.model.aspects import HeardStatement as HeardStatement
    from kiamv_cli.survey.model.aspects import Naming as Naming
    from kiamv_cli.survey.model.aspects import Passage as Passage
    from kiamv_cli.survey.model.characterise import Basis as Basis
    from kiamv_cli.survey.model.characterise import Characterised as Characterised
    from kiamv_cli.survey.model.characterise import Characteristic as Characteristic
    from kiamv_cli.survey.model.characterise import Part as Part
    from kiamv_cli.survey.model.characterise import Profile as Profile
    from kiamv_cli.survey.model.characterise import characterise as characterise
    from kiamv_cli.survey.model.compare import Compared as Compared
    from kiamv_cli.survey.model.compare import Comparison as Comparison
    from kiamv_cli.survey.model.compare import Condition as Condition
    from kiamv_cli.survey.model.compare import RuleCompared as RuleCompared
    from kiamv_cli.survey.model.compare import SelectionCompared as SelectionCompared
    from kiamv_cli.survey.model.crosstab import CrossRow as CrossRow
    from kiamv_cli.survey.model.crosstab import CrossTab as CrossTab
    from kiamv_cli.survey.model.crosstab import CrossTabs as CrossTabs
    from kiamv_cli.survey.model.crosstab import crosstabs as crosstabs
    from kiamv_cli.survey.model.questionnaire import Aspect as Aspect
    from kiamv_cli.survey.model.questionnaire import Codebook as Codebook
    from kiamv_cli.survey.model.questionnaire import CodedAnswer as CodedAnswer
    from kiamv_cli.survey.model.questionnaire import Interview as Interview
    from kiamv_cli.survey.model.questionnaire import Option as Option
    from kiamv_cli.survey.model.questionnaire import Question as Question
    from kiamv_cli.survey.model.questionnaire import Questionnaire as Questionnaire
    from kiamv_cli.survey.model.questionnaire import Statement as Statement
    from kiamv_cli.survey.model.questionnaire import SubAspect as SubAspect
    from kiamv_cli.survey.model.questionnaire import Tally as Tally
    from kiamv_cli.survey.reading.answers import load_answers as load_answers
    from kiamv_cli.survey.reading.gathering import SurveySources as SurveySources
    from kiamv_cli.survey.reading.questionnaire import load_codebook as load_codebook
    from kiamv_cli.survey.reading.questionnaire import load_questionnaire as load_questionnaire
    from kiamv_cli.survey.results import aspects as aspects
    from kiamv_cli.survey.results import compare_answers as compare_answers
    from kiamv_cli.survey.results import load_interviews as load_interviews
    from kiamv_cli.survey.results import merge_survey as merge_survey


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
