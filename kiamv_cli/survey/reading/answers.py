"""Merged answers as a file: written by kiamv, with its SHA-256, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kiamv_cli.formats.records import read_record, record_text, whole_shape
from kiamv_cli.formats.shapes import (
    ID,
    NAME,
    TEXT,
    YES_NO,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
)
from kiamv_cli.survey.model.answers import (
    KIND,
    ORIGINS,
    Answers,
    SourcedAnswer,
    answers_as_written,
    merge,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.formats.plain import Plain


def answers_text(answers: Answers) -> str:
    """Write answers as YAML: a line for what counts in each cell, and one for all that was said."""
    return record_text(KIND, cast("Mapping[str, Plain]", answers_as_written(answers)))[0]


def load_answers(path: str | Path) -> Answers:
    """Read merged answers back.

    Raises:
        BadInput: It is no such file, or does not say any more what kiamv wrote (K601).
    """
    said = read_record(Path(path), KIND, _shape())
    cells = said["answers"]
    questions = dict.fromkeys(question for each in cells.values() for question in each)
    return Answers(
        title=said["title"],
        questionnaire=said["questionnaire"],
        invited=said["invited"],
        took_part=said["took_part"],
        cells=merge(_said(cells), said["invited"], tuple(questions)),
        made_up=said["made_up"],
    )


def answers_shape() -> CoreSchema:
    """Return what such a file looks like."""
    return whole_shape(KIND, _shape())


def _shape() -> Mapping[str, CoreSchema]:
    options = list_of(ID)
    where = {"origin": one_of(ORIGINS), "options": options, "file": TEXT, "at": TEXT}
    said = keyed(where, {"coded_by": NAME, "note": TEXT})
    cell = keyed({"options": or_null(options), "said": list_of(said, at_least=1)})
    return {
        "title": NAME,
        "made_up": YES_NO,
        "questionnaire": ID,
        "invited": list_of(ID),
        "took_part": mapping_of(one_of(ORIGINS), list_of(ID)),
        "answers": mapping_of(ID, mapping_of(ID, cell)),
    }


def _said(cells: Mapping[str, Mapping[str, Any]]) -> Iterator[SourcedAnswer]:
    for ecosystem, questions in cells.items():
        for question, cell in questions.items():
            for each in cell["said"]:
                yield SourcedAnswer(ecosystem=ecosystem, question=question, **each)
