"""A mapping file: what the columns and values of an export mean where they do not say so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import read_file
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.hints import closest
from kiamv_cli.loading.records import refuse_if, stated, validated
from kiamv_cli.loading.shapes import ID, TEXT, keyed, mapping_of, one_of, or_null, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.core.survey.questionnaire import Questionnaire

KIND = "survey-mapping"
REST = "*"
"""Among the values of a question: all texts that are no option of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a column holds: the answer to a question, or whether one of its options holds."""

    question: str
    option: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMap:
    """What people say of exports; ``columns`` are by heading, ``None`` for one that is not read."""

    respondent: str | None = None
    columns: Mapping[str, Target | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def load_mapping(path: str | Path, questionnaire: Questionnaire) -> ExportMap:
    """Read a mapping file.

    Raises:
        BadInput: Something is wrong with it, such as an option that its question does not have.
    """
    place = Path(path)
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, mapping_shape(questionnaire))
    mapping = ExportMap(**{key: value for key, value in said.items() if key != "schema"})
    refuse_if(document, [*_unknown_options(mapping, questionnaire)])
    return mapping


def mapping_shape(questionnaire: Questionnaire | None = None) -> CoreSchema:
    """What a mapping file looks like; without a questionnaire, any question is allowed."""
    question = one_of(questionnaire.by_id) if questionnaire else ID
    target = record(Target, {"question": question, "option": ID})
    return keyed(
        stated(KIND),
        {
            "respondent": TEXT,
            "columns": mapping_of(TEXT, or_null(target)),
            "values": mapping_of(question, mapping_of(TEXT, ID)),
        },
    )


def _unknown_options(mapping: ExportMap, questionnaire: Questionnaire) -> Iterator[Flaw]:
    named = [
        (("columns", heading, "option"), target.question, target.option)
        for heading, target in mapping.columns.items()
        if target and target.option is not None
    ] + [
        (("values", question, value), question, option)
        for question, values in mapping.values.items()
        for value, option in values.items()
    ]
    for path, question, option in named:
        allowed = questionnaire.options[question]
        if option not in allowed:
            message = _(
                "'{option}' is no option of the question '{question}'",
                option=option,
                question=question,
            )
            yield Flaw(code="K304", path=path, message=message, hint=closest(option, allowed))
