"""Answers from surveys, interviews and desk research, and what follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.api.reading import load_criteria, load_longlist
from kiamv_cli.core.names import Names
from kiamv_cli.core.survey.characterise import characterise
from kiamv_cli.core.survey.compare import compare
from kiamv_cli.core.survey.crosstab import crosstabs
from kiamv_cli.language import _
from kiamv_cli.loading.datafiles import bundled
from kiamv_cli.loading.files import refusal
from kiamv_cli.loading.ids import read_ids
from kiamv_cli.loading.survey.answers import load_answers
from kiamv_cli.loading.survey.asked import Asked
from kiamv_cli.loading.survey.gathering import SurveySources, gather

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

    from kiamv_cli.core.identity import Identities
    from kiamv_cli.core.longlist import Longlist
    from kiamv_cli.core.score import Scores
    from kiamv_cli.core.survey.answers import Answers
    from kiamv_cli.core.survey.compare import SelectionCompared
    from kiamv_cli.core.survey.merged import MergedSurvey
    from kiamv_cli.core.survey.questionnaire import Questionnaire

__all__ = [
    "SurveySources",
    "characterise",
    "compare_answers",
    "crosstabs",
    "load_answers",
    "load_questionnaire",
    "merge_survey",
]


def load_questionnaire(
    source: str | Path | None = None, *, criteria: str | Path | None = None
) -> Questionnaire:
    """Read a questionnaire.

    Args:
        source: A YAML file; left out: ``survey/questionnaire.yaml`` of the programme.
        criteria: The folder of the programme; left out: the bundled one.

    Raises:
        BadInput: There is none, or something is wrong with it; it holds all problems.
    """
    from kiamv_cli.loading.survey.questionnaire import load_questionnaire as load

    return load(_in_survey("questionnaire.yaml", criteria) if source is None else Path(source))


def merge_survey(
    sources: SurveySources,
    questionnaire: Questionnaire | None = None,
    longlist: Longlist | None = None,
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
        invited: All who were asked to take part, also those who did not: ids or names, or a file
            of them (``read_ids``). Left out: the whole long list.
        identities: Which names were decided to be the same; left out: nobody decided anything.
        title: What the answers are called; left out: the questionnaire, or that they are made up.
        made_up: Whether they are a demonstration; it is also one if any of the files says so.

    Raises:
        BadInput: Something is wrong with any of the files; it holds all problems of all files.
    """
    asking = questionnaire or load_questionnaire()
    listed = longlist or load_longlist(programme=load_criteria()).longlist
    names = Names(listed.ecosystems, identities)
    asked = Asked(questionnaire=asking, names=names, invited=_invited(invited, names))
    return gather(sources, asked, title, made_up=made_up)


def _invited(given: str | Path | Iterable[str] | None, names: Names) -> frozenset[str]:
    if given is None:
        return frozenset(names.ids)
    ids = read_ids(given, names, "--invited")
    if not ids:
        hint = _("Write ids or names")
        raise refusal("K105", str(given) or "--invited", _("nobody is in it"), hint)
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
    from kiamv_cli.loading.survey.comparison import load_comparisons

    place = _in_survey("comparison.yaml", criteria) if rules is None else Path(rules)
    asking = questionnaire or load_questionnaire()
    return compare(answers, scores, load_comparisons(place, scores.programme, asking))


def _in_survey(name: str, criteria: str | Path | None) -> Path | Traversable:
    folder = bundled("criteria") if criteria is None else Path(criteria)
    return folder / "survey" / name
