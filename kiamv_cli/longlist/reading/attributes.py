"""The values of attributes in a long list, as the programme declares them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, assert_never

from pydantic_core import core_schema

from kiamv_cli.base.text import Text
from kiamv_cli.formats.package_data import is_placeholder
from kiamv_cli.formats.plain import shown
from kiamv_cli.formats.shapes import (
    NAME,
    TEXT,
    YES_NO,
    exact,
    list_of,
    one_of,
    own_words,
    record,
)
from kiamv_cli.longlist.reading.entry import NO_ANSWER_HINT
from kiamv_cli.programme.model.attributes import Attribute, AttributeValue, number_as_written
from kiamv_cli.programme.model.facts import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.programme.model.facts import Judgement
    from kiamv_cli.programme.model.programme import Scale


def attributes_shape(attributes: Iterable[Attribute], fact: Mapping[str, CoreSchema]) -> CoreSchema:
    """Return the shape of what an ecosystem says of the attributes of a programme.

    Args:
        attributes: The attributes.
        fact: The shapes of the keys that every fact has.
    """
    return core_schema.typed_dict_schema(
        {
            each.id: core_schema.typed_dict_field(_values(each, fact), required=False)
            for each in attributes
        },
        extra_behavior="forbid",
    )


def _values(attribute: Attribute, fact: Mapping[str, CoreSchema]) -> CoreSchema:
    """A bare value, one with its years and source, or a list of either; it becomes a tuple."""
    if attribute.kind == "facts":
        return list_of(record(Statement, {"what": TEXT, **fact}))
    bare, keys = _value(attribute)
    made = core_schema.no_info_after_validator_function(_bare, bare)
    union = core_schema.tagged_union_schema(
        {"bare": made, "mapping": record(AttributeValue, {**keys, **fact})},
        discriminator=lambda value: "mapping" if isinstance(value, dict) else "bare",
    )
    check = _answered if attribute.kind == "organisation" else _stated
    item = core_schema.no_info_after_validator_function(check, union)
    alone = core_schema.no_info_after_validator_function(lambda value: (value,), item)
    shape = core_schema.tagged_union_schema(
        {"alone": alone, "list": list_of(item)},
        discriminator=lambda value: "list" if isinstance(value, list) else "alone",
    )
    if attribute.answer == "multiple":
        return shape
    return core_schema.no_info_after_validator_function(_agreeing, shape)


def _value(attribute: Attribute) -> tuple[CoreSchema, dict[str, CoreSchema]]:
    """The shape of a bare value, and those of the keys of one that says more."""
    match attribute.kind:
        case "choice":
            shape = one_of([each.id for each in attribute.categories])
        case "yes-no":
            shape = YES_NO
        case "organisation":
            shape = NAME
        case "number":
            shape = _number(attribute)
            return shape, {"value": shape, "low": shape, "high": shape}
        case "facts":
            raise AssertionError("facts are no values")
        case _:
            assert_never(attribute.kind)
    return shape, {"value": shape}


def _number(attribute: Attribute) -> CoreSchema:
    def checked(value: Fraction) -> Fraction:
        written = number_as_written(value)
        if attribute.least is not None and value < attribute.least:
            least = number_as_written(attribute.least)
            message = Text("K511.below-least", value=written, least=least)
            raise own_words(message, Text("K511.correct-or-least"))
        if attribute.most is not None and value > attribute.most:
            most = number_as_written(attribute.most)
            message = Text("K511.above-most", value=written, most=most)
            raise own_words(message, Text("K511.correct-or-most"))
        if attribute.decimals is not None and (value * 10**attribute.decimals).denominator != 1:
            message = Text("K511.decimals", value=written, n=attribute.decimals)
            raise own_words(message, Text("K511.round-or-allow"))
        return value

    return core_schema.no_info_after_validator_function(checked, exact(signed=True))


def _bare(value: Any) -> AttributeValue:  # noqa: ANN401 - any value of an attribute
    return AttributeValue(value=value)


def _stated(value: AttributeValue) -> AttributeValue:
    bounds = [each for each in (value.low, value.high) if each is not None]
    if value.value is None and not bounds:
        raise own_words(Text("K511.no-value"), Text("K511.add-value"))
    if value.value is not None and bounds:
        raise own_words(Text("K511.value-and-bound"), Text("K511.keep-value"))
    if value.low is not None and value.high is not None and value.low > value.high:
        raise own_words(Text("K511.low-above-high"), Text("K511.correct-one"))
    return value


def _answered(value: AttributeValue) -> AttributeValue:
    if isinstance(value.value, str) and is_placeholder(value.value) and not value.literal:
        raise own_words(Text("K725.no-answer", text=shown(value.value)), NO_ANSWER_HINT)
    return _stated(value)


def _agreeing(values: tuple[AttributeValue, ...]) -> tuple[AttributeValue, ...]:
    for one, other in combinations(values, 2):
        same = (one.value, one.low, one.high) == (other.value, other.low, other.high)
        if not same and _overlap(one, other):
            raise own_words(Text("K511.two-values"), Text("K511.keep-one-or-years"))
    return values


def _overlap(first: AttributeValue, other: AttributeValue) -> bool:
    start = max(first.since or 0, other.since or 0)
    ends = [each for each in (first.until, other.until) if each is not None]
    return not ends or start <= min(ends)


def grade_shape(scale: Scale) -> CoreSchema:
    """Return the shape of a grade on a scale."""

    def checked(grade: Fraction) -> Fraction:
        if scale.allows(grade):
            return grade
        ends = {name: number_as_written(getattr(scale, name)) for name in ("least", "most", "step")}
        message = Text("K513.grade-not-on-scale", value=number_as_written(grade))
        raise own_words(message, Text("K513.grades-are", **ends))

    return core_schema.no_info_after_validator_function(checked, exact())


def one_answer(judgement: Judgement) -> Judgement:
    """Check that a judgement has a grade or says that one cannot tell, and not both."""
    if judgement.verdict is not None and judgement.grade is not None:
        raise own_words(Text("K513.grade-and-verdict"), Text("K513.keep-one"))
    return judgement
