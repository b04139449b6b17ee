"""What the files of a programme look like: the one declaration of their keys and values."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

from kiamv_cli.base.language import N_, in_all_languages
from kiamv_cli.base.text import Text
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    NAME,
    POSITIVE,
    TEXT,
    YES_NO,
    exact,
    keyed,
    list_of,
    mapping_of,
    one_of,
    own_words,
    record,
)
from kiamv_cli.programme.model.attributes import ATTRIBUTE_KINDS, NO, YES, Attribute, Category
from kiamv_cli.programme.model.dimensions import Dimension, Usual
from kiamv_cli.programme.model.programme import ScoreDemand, ScreeningClass
from kiamv_cli.programme.rules import SCORE, all_kinds, find_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.labels import Language
    from kiamv_cli.formats.plain import Plain
    from kiamv_cli.programme.model.attributes import AttributeKind
    from kiamv_cli.programme.model.programme import Rule

# Codes of regions are often capitals; what is written around codes stays out of them.
CODE = core_schema.str_schema(
    strict=True, pattern="^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$", min_length=1, max_length=64
)


_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _both(label: dict[Language, str]) -> dict[Language, str]:
    odd = next((each for each in label if not _LANGUAGE.fullmatch(each)), None)
    if odd is not None:
        raise own_words(Text("K515.no-language", name=odd), Text("K515.such-as"))
    if not label:
        raise own_words(Text("K515.no-text"), Text("K515.such-as"))
    return {**label, "nl": label.get("nl", label["en"])} if "en" in label else label


def words(text: CoreSchema) -> CoreSchema:
    """A text in one language or more; where there is no Dutch the English stands for both."""
    field = core_schema.typed_dict_field(text, required=False)
    labels = core_schema.typed_dict_schema(
        {"en": field, "nl": field}, extras_schema=text, extra_behavior="allow"
    )
    return core_schema.no_info_after_validator_function(_both, labels)


LABEL = words(NAME)


def programme_shape() -> CoreSchema:
    """Return the shape of the programme itself: its name, its criteria, its attributes."""
    return keyed(
        {"id": ID, "label": LABEL, "criteria": list_of(ID, at_least=1)},
        {
            "attributes": list_of(_attribute(), at_least=1),
            "dimensions": list_of(_coarser(), at_least=1),
            "ties": list_of(ID, at_least=1),
            "default": _usual(),
        },
    )


def _coarser() -> CoreSchema:
    """A dimension whose categories are groups of those of another."""
    members = list_of(CODE, at_least=1)
    full = keyed({"label": LABEL, "categories": members})
    group = core_schema.tagged_union_schema(
        {"bare": members, "full": full},
        discriminator=lambda value: "full" if isinstance(value, dict) else "bare",
    )
    groups = core_schema.dict_schema(CODE, group, min_length=1, strict=True)
    shape = keyed({"id": ID, "label": LABEL, "of": NAME, "groups": groups})
    return core_schema.no_info_after_validator_function(_grouped, shape)


def _grouped(values: dict[str, Any]) -> Dimension:
    groups: dict[str, Any] = {
        name: {"label": {"en": name}, "categories": each} if isinstance(each, tuple) else each
        for name, each in values.pop("groups").items()
    }
    categories = tuple(Category(id=name, label=each["label"]) for name, each in groups.items())
    of = {name: each["categories"] for name, each in groups.items()}
    return Dimension(**values, categories=categories, groups=of)


def _usual() -> CoreSchema:
    """What is asked of a shortlist where nobody says otherwise; ``none`` is no balance."""
    names = core_schema.tagged_union_schema(
        {
            "none": core_schema.no_info_after_validator_function(lambda _: (), one_of(("none",))),
            "several": list_of(NAME, at_least=1),
        },
        discriminator=lambda value: "none" if isinstance(value, str) else "several",
    )
    return record(Usual, {"size": POSITIVE, "balance": names})


def _attribute() -> CoreSchema:
    number = exact(signed=True)
    shape = record(
        Attribute,
        {
            "id": ID,
            "label": LABEL,
            "kind": one_of(ATTRIBUTE_KINDS),
            "answer": one_of(("single", "multiple")),
            "categories": list_of(record(Category, {"id": CODE, "label": LABEL}), at_least=1),
            "unit": LABEL,
            "least": number,
            "most": number,
            "decimals": COUNT,
        },
    )
    return core_schema.no_info_after_validator_function(_checked_attribute, shape)


# What only attributes of one kind can have.
_OWN: Mapping[str, AttributeKind] = {
    "answer": "choice",
    "categories": "choice",
    "unit": "number",
    "least": "number",
    "most": "number",
    "decimals": "number",
}


def _checked_attribute(attribute: Attribute) -> Attribute:
    plain = Attribute(id=attribute.id, label=attribute.label, kind=attribute.kind)
    for key, kind in _OWN.items():
        if attribute.kind != kind and getattr(attribute, key) != getattr(plain, key):
            raise own_words(
                Text("K510.only-kind-has", kind=kind, key=key), Text("K510.take-out-or-change-kind")
            )
    least, most = attribute.least, attribute.most
    if least is not None and most is not None and least > most:
        raise own_words(
            Text("K510.least-above-most", least=least, most=most), Text("K510.correct-one")
        )
    if attribute.kind == "choice" and not attribute.categories:
        raise own_words(Text("K510.choice-without-categories"), Text("K510.list-categories"))
    if attribute.kind == "yes-no":
        texts = {YES: N_("yes"), NO: N_("no")}
        both = tuple(Category(id=id_, label=in_all_languages(t)) for id_, t in texts.items())
        return replace(attribute, categories=both)
    return attribute


def criterion_shape(attributes: Iterable[Attribute] = (), written: Plain = None) -> CoreSchema:
    """Return the shape of a criterion without its id, which is the name of its file.

    Args:
        attributes: What the programme declares.
        written: What a file says, so that only the kind of its rule is looked at, which another
            package may bring; left out: a rule of any kind.
    """
    kinds: Mapping[str, type[Rule]] = {}
    match written:
        case {"rule": {"kind": str(kind)}} if rule := find_kind(kind):
            kinds = {kind: rule}
    declared = {each.id: each for each in attributes}
    rules = {kind: rule.shape(declared) for kind, rule in (kinds or all_kinds()).items()}
    return keyed(
        {
            "label": LABEL,
            "question": words(TEXT),
            "rule": core_schema.tagged_union_schema(rules, discriminator="kind"),
        },
        {"weight": exact(), "met_at": SCORE, "partly_at": SCORE},
    )


def classes_shape() -> CoreSchema:
    """The screening classes, best first."""
    limits = dict.fromkeys(("met", "met_or_partly", "not_met"), COUNT)
    demand = record(ScoreDemand, {"at_least": exact(), "weighted": YES_NO})
    further = {"must": list_of(ID), "score": demand, "each": mapping_of(ID, SCORE)}
    each = record(ScreeningClass, {"id": ID, "label": LABEL, **limits, **further})
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
