"""Answers that desk research found, as a file: read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.base.language import _
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import Flaw
from kiamv_cli.formats.hints import closest
from kiamv_cli.formats.placeholders import is_placeholder
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import ID, NAME, TEXT, YES_NO, keyed, list_of, one_of, record
from kiamv_cli.longlist.reading.entry import no_answer
from kiamv_cli.survey.model.answers import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.survey.model.questionnaire import Questionnaire

KIND = "desk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One answer that was found; ``source`` is where it was read."""

    ecosystem: str
    question: str
    options: tuple[str, ...]
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The answers of one file; ``made_up`` marks a demonstration."""

    said: tuple[Said, ...]
    made_up: bool


def load_desk(path: str | Path, questionnaire: Questionnaire) -> Desk:
    """Read a file of answers that desk research found.

    Raises:
        BadInput: Something is wrong with it, such as an option that its question does not have.
    """
    place = Path(path)
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, desk_shape(questionnaire))
    found: tuple[Found, ...] = said["answers"]
    refuse_if(document, [*_wrong(found, questionnaire)])
    return Desk(
        said=tuple(_said(each, str(path), said["coded_by"]) for each in found),
        made_up=said.get("made_up", False),
    )


def desk_shape(questionnaire: Questionnaire | None = None) -> CoreSchema:
    """What such a file looks like; without a questionnaire, any question is allowed."""
    question = one_of(questionnaire.by_id) if questionnaire else ID
    each = {"ecosystem": ID, "question": question, "options": list_of(ID)}
    answers = list_of(record(Found, {**each, "source": TEXT, "note": TEXT}))
    return keyed({**stated(KIND), "coded_by": NAME, "answers": answers}, {"made_up": YES_NO})


def _said(found: Found, file: str, coded_by: str) -> Said:
    return Said(
        ecosystem=found.ecosystem,
        question=found.question,
        options=found.options,
        origin="desk",
        file=file,
        at=found.source,
        coded_by=coded_by,
        note=found.note,
    )


def _wrong(found: tuple[Found, ...], questionnaire: Questionnaire) -> Iterator[Flaw]:
    for index, each in enumerate(found):
        question = questionnaire.by_id[each.question]
        if is_placeholder(each.source):
            hint = _("Say where it was read, or leave the answer out")
            yield no_answer(("answers", index, "source"), each.source, hint)
        path = ("answers", index, "options")
        for place, option in enumerate(each.options):
            if option not in question.option_ids:
                message = _(
                    "'{option}' is no option of the question '{question}'",
                    option=option,
                    question=question.id,
                )
                hint = closest(option, question.option_ids)
                yield Flaw(code="K304", path=(*path, place), message=message, hint=hint)
        if question.kind == "single" and len(each.options) > 1:
            message = _("'{question}' takes one option", question=question.id)
            yield Flaw(code="K303", path=path, message=message, hint=_("Keep the one that holds"))
