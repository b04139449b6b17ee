"""The survey of a programme: its questionnaire, codebook and rules of comparison, from files."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from kiamv_cli.base.text import Text
from kiamv_cli.formats.flaw import Flaw, alike, ids_of, used_twice
from kiamv_cli.formats.hints import closest
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
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.files import Place
    from kiamv_cli.formats.plain import Path
    from kiamv_cli.programme.model.programme import Programme


def load_questionnaire(place: Place) -> Questionnaire:
    """Read and check a questionnaire.

    Args:
        place: A YAML file. What has no Dutch text gets the English.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document, data = read_stated(place, questionnaire_shape())
    questions: tuple[Question, ...] = data["questions"]
    flaws = [*used_twice(ids_of(questions, ("questions",))), *_wrong_questions(questions)]
    refuse_if(document, [*flaws, *_not_told_apart(questions)])
    return Questionnaire(**data)


def questionnaire_shape() -> CoreSchema:
    """What a questionnaire looks like."""
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


def load_codebook(folder: Place) -> Codebook:
    """Read the codebook of a programme.

    Args:
        folder: That of the programme; the codebook is its ``survey/aspects.yaml``.

    Raises:
        BadInput: There is none, or something is wrong with it.
    """
    document, data = read_stated(folder / "survey" / "aspects.yaml", aspects_shape())
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
    """What a codebook looks like."""
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
    place: Place, programme: Programme, questionnaire: Questionnaire
) -> tuple[Comparison, ...]:
    """Read the rules by which answers are compared with criteria.

    Args:
        place: A YAML file.
        programme: Whose criteria they may name.
        questionnaire: Whose questions and options they may name.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document, data = read_stated(place, comparison_shape(programme, questionnaire))
    rules: tuple[Comparison, ...] = data["rules"]
    refuse_if(document, [*_wrong_rules(rules, programme, questionnaire)])
    return rules


def comparison_shape(
    programme: Programme, questionnaire: Questionnaire | None = None
) -> CoreSchema:
    """What such a file looks like; without a questionnaire, any question is allowed."""
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
    """The id of a question; without a questionnaire, any id."""
    return one_of(questionnaire.by_id) if questionnaire else ID


def unknown_option(
    option: str, question: str, allowed: Collection[str], path: Path
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
    """Find questions, and options of one question, that are called the same."""
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
