"""A questionnaire from its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pydantic_core import core_schema

from kiamv_cli.base.files import read_file
from kiamv_cli.base.language import _
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw, alike, ids_of, used_twice
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import ID, TEXT, keyed, list_of, one_of, record
from kiamv_cli.programme.reading.shapes import LABEL, words
from kiamv_cli.survey.model.questionnaire import Kind, Known, Option, Question, Questionnaire, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

KIND = "questionnaire"
_POSITIVE = core_schema.int_schema(strict=True, ge=1)


def load_questionnaire(place: Path | Traversable) -> Questionnaire:
    """Read and check a questionnaire.

    Args:
        place: A YAML file. What has no Dutch text gets the English.

    Raises:
        BadInput: Something is wrong with it; it holds all problems that were found.
    """
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, questionnaire_shape())
    questions: tuple[Question, ...] = said["questions"]
    flaws = [*used_twice(ids_of(questions, ("questions",))), *_wrong(questions)]
    refuse_if(document, [*flaws, *_not_told_apart(questions)])
    about = {key: value for key, value in said.items() if key != "schema"}
    return Questionnaire(**about)


def questionnaire_shape() -> CoreSchema:
    """What a questionnaire looks like."""
    known = {"known": one_of(get_args(Known)), "line": _POSITIVE}
    option = record(Option, {"id": ID, "label": LABEL, **known})
    tally = record(Tally, {"id": ID, "label": LABEL, "at_least": _POSITIVE})
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
    return keyed({**stated(KIND), "id": ID, "label": LABEL, "questions": questions})


def _wrong(questions: Iterable[Question]) -> Iterator[Flaw]:
    for index, question in enumerate(questions):
        base = ("questions", index)
        options = ids_of(question.options, (*base, "options"))
        yield from used_twice([*options, *ids_of(question.tallies, (*base, "tallies"))])
        for place, tally in enumerate(question.tallies):
            if question.kind == "single" or tally.at_least > len(question.options):
                yield Flaw(
                    code="K305",
                    path=(*base, "tallies", place, "at_least"),
                    message=_(
                        "nobody can give {n} of the options of '{question}'",
                        n=tally.at_least,
                        question=question.id,
                    ),
                    hint=_("Ask for fewer, or take the tally out"),
                )


def _not_told_apart(questions: Iterable[Question]) -> Iterator[Flaw]:
    """Find questions, and options of one question, that are called the same."""
    asked = tuple(questions)
    yield from alike((each.id, each.wording, ("questions", at)) for at, each in enumerate(asked))
    for at, question in enumerate(asked):
        yield from alike(
            (each.id, each.label, ("questions", at, "options", place))
            for place, each in enumerate(question.options)
        )
