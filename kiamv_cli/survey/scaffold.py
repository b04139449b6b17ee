"""The survey of a new project: that of the criteria, or one to start from, made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import files_in, is_folder, read_file
from kiamv_cli.base.language import N_, in_all_languages
from kiamv_cli.base.names import id_of
from kiamv_cli.formats.yaml_writer import yaml_scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kiamv_cli.base.files import Place
    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.meanings import Kind
    from kiamv_cli.programme.model.programme import Criterion, Programme

SURVEY: tuple[Kind, ...] = ("questionnaire", "aspects", "comparison")
_ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "partly": N_("In part"), "no": N_("No")}


def survey_files(folder: Place, programme: Programme) -> dict[str, str]:
    """Return the text of each file of ``survey/`` by its name without ending.

    Args:
        folder: That of the criteria; what it has in ``survey/`` is taken as it is.
        programme: The same, read; what is missing has a question, an aspect and a rule for each of
            its criteria.
    """
    made = {
        "aspects": "".join(_aspects(programme)),
        "questionnaire": "".join(_questionnaire(programme)),
        "comparison": "".join(_comparison(programme)),
    }
    survey = folder / "survey"
    there = files_in(survey) if is_folder(survey) else []
    return made | {
        place.name.removesuffix(".yaml"): read_file(place).decode()
        for place in there
        if place.name.removesuffix(".yaml") in SURVEY
    }


def _labelled(key: str, label: Mapping[Language, str]) -> str:
    words = ", ".join(f"{language}: {yaml_scalar(text)}" for language, text in label.items())
    return f"{key}: {{{words}}}"


def _aspects(programme: Programme) -> Iterator[str]:
    yield f"schema: kiamv/aspects/1\n{_labelled('label', programme.label)}\naspects:\n"
    for number, each in enumerate(programme.criteria, start=1):
        yield f'  - id: "{number}"\n    {_labelled("label", each.label)}\n    sub_aspects:\n'
        yield f"      - id: {number}a\n        {_labelled('label', each.label)}\n"
        yield f"        {_labelled('when', each.question)}\n"


def _questionnaire(programme: Programme) -> Iterator[str]:
    yield f"schema: kiamv/questionnaire/1\nid: {yaml_scalar(programme.id)}\n"
    yield f"{_labelled('label', programme.label)}\nquestions:\n"
    answers = {id_: in_all_languages(text) for id_, text in _ANSWERS.items()}
    for each in programme.criteria:
        yield _question(each.id, each.question, "single", answers)
    themes = {id_of(each.id): each.label for each in programme.dimensions["themes"].categories}
    taken = {each.id for each in programme.criteria}
    wording = in_all_languages(N_("Which themes do you work on?"))
    yield _question(id_of("themes", taken), wording, "multiple", themes)


def _question(
    id_: str,
    wording: Mapping[Language, str],
    kind: str,
    options: Mapping[str, Mapping[Language, str]],
) -> str:
    rows = "".join(
        f"      - {{id: {yaml_scalar(option)}, {_labelled('label', label)}}}\n"
        for option, label in options.items()
    )
    head = f"  - id: {yaml_scalar(id_)}\n    {_labelled('wording', wording)}\n    kind: {kind}\n"
    return f"{head}    options:\n{rows}"


def _comparison(programme: Programme) -> Iterator[str]:
    yield "schema: kiamv/comparison/1\nrules:\n"
    yield from (_rule(each) for each in programme.criteria)


def _rule(each: Criterion) -> str:
    return (
        f"  - criterion: {yaml_scalar(each.id)}\n    question: {yaml_scalar(each.id)}\n"
        '    supports: {any_of: ["yes"]}\n    contradicts: {any_of: ["no"]}\n'
    )
