"""The codebook of a programme: ``survey/aspects.yaml`` in its folder, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.files import read_file
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.flaw import ids_of, used_twice
from kiamv_cli.formats.records import refuse_if, stated, validated
from kiamv_cli.formats.shapes import COUNT, ID, NAME, TEXT, YES_NO, keyed, list_of, record
from kiamv_cli.programme.reading.shapes import words
from kiamv_cli.survey.model.questionnaire import Aspect, Codebook, SubAspect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.files import Place
    from kiamv_cli.formats.plain import Path

KIND = "aspects"


def load_codebook(folder: Place) -> Codebook:
    """Read the codebook of a programme.

    Args:
        folder: That of the programme; the codebook is its ``survey/aspects.yaml``.

    Raises:
        BadInput: There is none, or something is wrong with it.
    """
    place = folder / "survey" / "aspects.yaml"
    document = read_document(read_file(place), str(place), "yaml")
    said = validated(document, aspects_shape())
    codebook = Codebook(label=said["label"], aspects=said["aspects"])
    refuse_if(document, list(used_twice(_ids(codebook))))
    return codebook


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
    return keyed({**stated(KIND), "label": label, "aspects": aspects})


def _ids(codebook: Codebook) -> Iterator[tuple[str, Path]]:
    for index, aspect in enumerate(codebook.aspects):
        yield aspect.id, ("aspects", index, "id")
        yield from ids_of(aspect.sub_aspects, ("aspects", index, "sub_aspects"))
