"""The survey of a programme: questionnaire, codebook, rules of comparison; read, or begun anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.files import files_in, is_folder, read_file
from kiamv_cli.base.language import N_, in_all_languages
from kiamv_cli.base.names import id_of
from kiamv_cli.base.text import Text
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.formats.plain import Flaw, alike, ids_of, used_twice
from kiamv_cli.formats.records import read_stated, refuse_if, stated
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    NAME,
    POSITIVE,
    TEXT,
    YES_NO,
    keyed,
    list_of,
    one_of,
    record,
)
from kiamv_cli.formats.yaml_writer import yaml_scalar
from kiamv_cli.programme.reading.shapes import LABEL, words
from kiamv_cli.survey.model.compare import Comparison, Condition, sides_of
from kiamv_cli.survey.model.questionnaire import (
    Aspect,
    Codebook,
    Kind,
    Known,
    Option,
    Question,
    Questionnaire,
    SubAspect,
    Tally,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.files import Place
    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.package_data import Kind as FileKind
    from kiamv_cli.formats.plain import Path as Position
    from kiamv_cli.programme.model.programme import Criterion, Programme

SURVEY: tuple[FileKind, ...] = ("questionnaire", "aspects", "comparison")
_ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "partly": N_("In part"), "no": N_("No")}


def load_questionnaire(
    source: str | Path | None = None, *, criteria: str | Path | None = None
) -> Questionnaire:
    """Read a questionnaire.

    Args:
        source: A YAML file; left out: ``survey/questionnaire.yaml`` of the programme. What has no
            Dutch text gets the English.
        criteria: The folder of the programme; left out: the bundled one.

    Raises:
        BadInput: There is none, or something is wrong with it; it holds all problems.
    """
    place = _in_survey("questionnaire.yaml", criteria) if source is None else Path(source)
    document, data = read_stated(place, questionnaire_shape())
    questions: tuple[Question, ...] = data["questions"]
    flaws = [*used_twice(ids_of(questions, ("questions",))), *_wrong_questions(questions)]
    refuse_if(document, [*flaws, *_not_told_apart(questions)])
    return Questionnaire(**data)


def questionnaire_shape() -> CoreSchema:
    """Return what a questionnaire looks like."""
    known = {"known": one_of(get_args(Known)), "line": POSITIVE}
    option = record(Option, {"id": ID, "label": LABEL, **known})
    tally = record(Tally, {"id": ID, "label": LABEL, "at_least": POSITIVE})
    question = {
        "id": ID,
        "wording": words(TEXT),
        "kind": one_of(get_args(Kind)),
        "options": list_of(option, at_least=1),
        "tallies": list_of(tally),
        "aspect": ID,
        "sub_aspect": ID,
        **known,
    }
    questions = list_of(record(Question, question), at_least=1)
    return keyed({**stated("questionnaire"), "id": ID, "label": LABEL, "questions": questions})


def load_codebook(folder: str | Place | None = None) -> Codebook:
    """Read the codebook of a programme, ``survey/aspects.yaml``: aspects and sub-aspects.

    Args:
        folder: That of the programme; left out: the bundled one.

    Raises:
        BadInput: The programme has none, or something is wrong with it.
    """
    document, data = read_stated(_in_survey("aspects.yaml", folder), aspects_shape())
    aspects: tuple[Aspect, ...] = data["aspects"]
    ids = [
        pair
        for index, each in enumerate(aspects)
        for pair in (
            (each.id, ("aspects", index, "id")),
            *ids_of(each.sub_aspects, ("aspects", index, "sub_aspects")),
        )
    ]
    refuse_if(document, [*used_twice(ids)])
    return Codebook(**data)


def aspects_shape() -> CoreSchema:
    """Return what a codebook looks like."""
    lines = {"line": COUNT, "findings": COUNT}
    label = words(NAME)
    sub_aspect = {"id": ID, "label": label, "when": words(TEXT), "from_interviews": YES_NO}
    aspect = {
        "id": ID,
        "label": label,
        "sub_aspects": list_of(record(SubAspect, {**sub_aspect, **lines}), at_least=1),
    }
    aspects = list_of(record(Aspect, {**aspect, **lines}), at_least=1)
    return keyed({**stated("aspects"), "label": label, "aspects": aspects})


def load_comparisons(
    source: str | Path | None,
    programme: Programme,
    questionnaire: Questionnaire,
    *,
    criteria: str | Path | None = None,
) -> tuple[Comparison, ...]:
    """Read the rules by which answers are compared with criteria.

    Args:
        source: A YAML file; ``None``: ``survey/comparison.yaml`` of the programme.
        programme: Whose criteria they may name.
        questionnaire: Whose questions and options they may name.
        criteria: The folder of the programme; left out: the bundled one.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    place = _in_survey("comparison.yaml", criteria) if source is None else Path(source)
    document, data = read_stated(place, comparison_shape(programme, questionnaire))
    rules: tuple[Comparison, ...] = data["rules"]
    refuse_if(document, [*_wrong_rules(rules, programme, questionnaire)])
    return rules


def _in_survey(name: str, criteria: str | Place | None) -> Place:
    folder = bundled("criteria") if criteria is None else criteria
    return (Path(folder) if isinstance(folder, str) else folder) / "survey" / name


def comparison_shape(
    programme: Programme, questionnaire: Questionnaire | None = None
) -> CoreSchema:
    """Return what such a file looks like; without a questionnaire, any question is allowed."""
    options = dict.fromkeys(("any_of", "all_of", "none_of"), list_of(ID))
    condition = record(Condition, {**options, "at_least": COUNT, "at_most": COUNT})
    rule = {
        "criterion": one_of(each.id for each in programme.criteria),
        "part": ID,
        "question": question_shape(questionnaire),
        "supports": condition,
        "contradicts": condition,
    }
    return keyed({**stated("comparison"), "rules": list_of(record(Comparison, rule), at_least=1)})


def question_shape(questionnaire: Questionnaire | None) -> CoreSchema:
    """Return the id of a question; without a questionnaire, any id."""
    return one_of(questionnaire.by_id) if questionnaire else ID


def unknown_option(
    option: str, question: str, allowed: Collection[str], path: Position
) -> Iterator[Flaw]:
    """Yield what is wrong with an option at ``path`` if its question does not have it (K304)."""
    if option not in allowed:
        message = Text("K304.no-option-question", option=option, question=question)
        yield Flaw(path=path, text=message, advice=closest(option, allowed))


def _wrong_questions(questions: Iterable[Question]) -> Iterator[Flaw]:
    for index, question in enumerate(questions):
        base = ("questions", index)
        options = ids_of(question.options, (*base, "options"))
        yield from used_twice([*options, *ids_of(question.tallies, (*base, "tallies"))])
        for place, tally in enumerate(question.tallies):
            if question.kind == "single" or tally.at_least > len(question.options):
                yield Flaw(
                    path=(*base, "tallies", place, "at_least"),
                    text=Text(
                        "K305.nobody-can-give-options", n=tally.at_least, question=question.id
                    ),
                    advice=Text("K305.ask-fewer-take-tally"),
                )


def _not_told_apart(questions: Sequence[Question]) -> Iterator[Flaw]:
    """Yield questions, and options of one question, that are called the same."""
    yield from alike((q.id, q.wording, ("questions", at)) for at, q in enumerate(questions))
    for at, question in enumerate(questions):
        yield from alike(
            (each.id, each.label, ("questions", at, "options", place))
            for place, each in enumerate(question.options)
        )


def _wrong_rules(
    rules: tuple[Comparison, ...], programme: Programme, questionnaire: Questionnaire
) -> Iterator[Flaw]:
    for index, rule in enumerate(rules):
        sides = sides_of(programme, rule.criterion)
        if rule.part is not None and rule.part not in sides:
            message = Text("K304.no-side", part=rule.part, criterion=rule.criterion)
            hint = closest(rule.part, sides) or Text("K304.take-out-criterion-no")
            yield Flaw(path=("rules", index, "part"), text=message, advice=hint)
        allowed = questionnaire.options[rule.question]
        for key, condition in (("supports", rule.supports), ("contradicts", rule.contradicts)):
            path = ("rules", index, key)
            if condition == Condition():
                message = Text("K310.asks-nothing-every-answer", key=key)
                hint = Text("K310.say-answer")
                yield Flaw(path=path, text=message, advice=hint)
            for option in condition.named:
                yield from unknown_option(option, rule.question, allowed, path)


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
    if "themes" not in programme.dimensions:
        return
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


def _rule(criterion: Criterion) -> str:
    return (
        f"  - criterion: {yaml_scalar(criterion.id)}\n    question: {yaml_scalar(criterion.id)}\n"
        '    supports: {any_of: ["yes"]}\n    contradicts: {any_of: ["no"]}\n'
    )
