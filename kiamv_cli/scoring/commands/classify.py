"""``kiamv classify``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from kiamv_cli.base.language import _
from kiamv_cli.cli import options

if TYPE_CHECKING:
    from kiamv_cli.survey.model.answers import Answers

TYPES = "Types"


@dataclass(frozen=True, slots=True)
class ByType:
    """By which dimensions to classify, instead of into screening classes."""

    by: Annotated[
        options.Text,
        typer.Option(
            metavar="DIMENSION",
            help="Count types instead, such as helix, area, term or initiator; list shows all.",
            rich_help_panel=TYPES,
        ),
    ] = None
    also_by: Annotated[
        options.Text,
        typer.Option(
            "--and",
            metavar="DIMENSION",
            help="With --by: a cross-tab with another dimension.",
            rich_help_panel=TYPES,
        ),
    ] = None
    answers: Annotated[
        options.Text,
        typer.Option(
            metavar="FILE",
            help="With --by: answers to the survey, as kiamv survey merge writes them.",
            rich_help_panel=TYPES,
        ),
        options.FromProject("answers", once="."),
    ] = None


def classify(
    source: options.Source,
    types: ByType,
    out: options.OutputOptions,
) -> None:
    """Put each ecosystem in its screening class with the reason, or count types.

    Example: kiamv classify --by helix --and area
    """
    from kiamv_cli.cli.input import read_scores
    from kiamv_cli.cli.output import fail, write
    from kiamv_cli.cli.project import was_typed
    from kiamv_cli.scoring.view.classify import ClassifyView

    if types.by is not None:
        _by_type(source, types, out)
    elif was_typed("also_by", "answers"):
        fail(_("--and and --answers: also give a dimension, with --by DIMENSION."))
    else:
        write(ClassifyView(read_scores(source)), out)


def _by_type(source: options.Source, types: ByType, out: options.OutputOptions) -> None:
    from kiamv_cli.cli.input import read_criteria, read_scores, refusing
    from kiamv_cli.cli.output import write
    from kiamv_cli.longlist.results import load_types
    from kiamv_cli.scoring.results import classify as count_types
    from kiamv_cli.scoring.view.types import DimensionsView, classified_view

    if types.by == "list":
        with refusing():
            known = load_types(source.criteria)
        write(DimensionsView(known, read_criteria(source)), out)
        return
    asked = [each for each in (types.by, types.also_by) if each is not None]
    scores = read_scores(source)
    answers = _answers(types.answers)
    with refusing():
        found = count_types(scores, asked, answers=answers)
    write(classified_view(found), out)


def _answers(file: str | None) -> Answers | None:
    if file is None:
        return None
    from kiamv_cli.cli.input import refusing
    from kiamv_cli.survey.reading.answers import load_answers

    with refusing():
        return load_answers(file)
