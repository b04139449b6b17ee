"""What the files of a programme look like: the one declaration of their keys and values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic_core import core_schema

from kiamv_cli.base.text import Text
from kiamv_cli.formats.shapes import COUNT, ID, NAME, TEXT, exact, keyed, list_of, own_words, record
from kiamv_cli.programme.model.programme import Category, ScreeningClass
from kiamv_cli.programme.rules import KINDS, find_kind
from kiamv_cli.programme.rules.base import SCORE

if TYPE_CHECKING:
    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.plain import Plain

# Codes of regions are often capitals; what is written around codes stays out of them.
CODE = core_schema.str_schema(
    strict=True, pattern="^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$", min_length=1, max_length=64
)


def _both(label: dict[Language, str]) -> dict[Language, str]:
    return {"en": label["en"], "nl": label.get("nl", label["en"])}


def words(text: CoreSchema) -> CoreSchema:
    """A text in English, and in Dutch if there is one (else the English stands for both)."""
    return core_schema.no_info_after_validator_function(_both, keyed({"en": text}, {"nl": text}))


LABEL = words(NAME)
PROGRAMME = keyed({"id": ID, "label": LABEL, "criteria": list_of(ID, at_least=1)})


def criterion_shape(written: Plain = None) -> CoreSchema:
    """Return the shape of a criterion without its id, which is the name of its file.

    Args:
        written: What a file says, so that a kind of rule is found that another package brings.
    """
    match written:
        case {"rule": {"kind": str(kind)}}:
            find_kind(kind)
    return keyed(
        {"label": LABEL, "question": words(TEXT), "rule": _rule()},
        {"weight": exact(), "met_at": SCORE, "partly_at": SCORE},
    )


def classes_shape() -> CoreSchema:
    """The screening classes, best first."""
    limits = dict.fromkeys(("met", "met_or_partly", "not_met"), COUNT)
    each = record(ScreeningClass, {"id": ID, "label": LABEL, **limits})
    return keyed({"classes": list_of(each, at_least=1)})


def _beside(name: str) -> str:
    if not _PLAIN_NAME.fullmatch(name):
        raise own_words(
            Text("K505.no-name-file-beside", name=name), Text("K505.put-map-into-folder")
        )
    return name


_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_FILE_NAME = core_schema.no_info_after_validator_function(_beside, NAME)


def dimension_shape() -> CoreSchema:
    """What is spread over: its name and its categories."""
    tile = core_schema.tuple_schema([COUNT, COUNT], strict=False)
    population = core_schema.int_schema(strict=True, ge=1)
    shapes = {"id": CODE, "label": LABEL, "population": population, "tile": tile, "area": NAME}
    each = record(Category, shapes)
    borders = keyed({"file": _FILE_NAME, "code": NAME, "attribution": NAME})
    return keyed({"label": LABEL, "categories": list_of(each, at_least=1)}, {"map": borders})


def _rule() -> CoreSchema:
    kinds = {kind: rule.shape() for kind, rule in KINDS.items()}
    return core_schema.tagged_union_schema(kinds, discriminator="kind")
