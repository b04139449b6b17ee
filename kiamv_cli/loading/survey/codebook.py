"""The codebook of a programme: ``survey/aspects.yaml`` in its folder, read and checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.core.survey.codebook import Aspect, Codebook, SubAspect
from kiamv_cli.language import _
from kiamv_cli.loading.document import read_document
from kiamv_cli.loading.files import read_file
from kiamv_cli.loading.flaw import Flaw
from kiamv_cli.loading.programme_shape import words
from kiamv_cli.loading.records import refuse_if, stated, validated
from kiamv_cli.loading.shapes import COUNT, ID, NAME, TEXT, YES_NO, keyed, list_of, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.loading.files import Place

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
    refuse_if(document, list(_used_twice(codebook)))
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


def _used_twice(codebook: Codebook) -> Iterator[Flaw]:
    seen: set[str] = set()
    for index, aspect in enumerate(codebook.aspects):
        places: list[tuple[str | int, ...]] = [("aspects", index, "id")]
        places += [
            ("aspects", index, "sub_aspects", place, "id")
            for place in range(len(aspect.sub_aspects))
        ]
        ids = [aspect.id, *(each.id for each in aspect.sub_aspects)]
        for name, path in zip(ids, places, strict=True):
            if name in seen:
                message = _("the id '{id}' is used twice", id=name)
                yield Flaw(code="K401", path=path, message=message, hint=_("Give each its own id"))
            seen.add(name)
