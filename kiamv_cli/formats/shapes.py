"""A few words to declare with what a document must look like, and what value it becomes.

A shape is a ``pydantic_core`` schema that turns plain values straight into the frozen
dataclasses of the core: strictly, without coercion, refusing keys it does not know. Only
``pydantic_core`` is imported for it: importing ``pydantic`` and building models costs several
times as much as reading and checking the whole bundled long list. The shapes are ordinary core
schemas, so ``pydantic.json_schema.GenerateJsonSchema`` makes JSON Schema of them.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError, core_schema

from kiamv_cli.base.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from dataclasses import Field
    from typing import Any

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.text import Text

_SIGNED = re.compile(r"-?(\d+(\.\d+)?(e-\d+)?|\d+/0*[1-9]\d*)")
_EXACT = re.compile(r"\d+(\.\d+)?(e-\d+)?|\d+/0*[1-9]\d*")
LONGEST_NAME = 200
LONGEST_TEXT = 5_000
LONGEST_ID = 64

ID = core_schema.str_schema(
    strict=True, pattern="^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=LONGEST_ID
)
NAME = core_schema.str_schema(strict=True, min_length=1, max_length=LONGEST_NAME, pattern=r"\S")
TEXT = core_schema.str_schema(strict=True, min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")
WEB_ADDRESS = core_schema.str_schema(
    strict=True, pattern=r"^https?://[^\s/]\S*$", max_length=LONGEST_TEXT
)
MONTH_OR_DAY = core_schema.str_schema(
    strict=True, pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
)
YEAR = core_schema.int_schema(strict=True, ge=1000, le=2999)
COUNT = core_schema.int_schema(strict=True, ge=0)
POSITIVE = core_schema.int_schema(strict=True, ge=1)
YES_NO = core_schema.bool_schema(strict=True)


def one_of(values: Iterable[str]) -> CoreSchema:
    """A text that is one of the values."""
    return core_schema.literal_schema(list(values))


def list_of(shape: CoreSchema, at_least: int = 0) -> CoreSchema:
    """A list of such values, which becomes a tuple."""
    return core_schema.tuple_schema(
        [shape], variadic_item_index=0, min_length=at_least or None, strict=False
    )


def by_type(**shapes: CoreSchema) -> CoreSchema:
    """A value of one of several types, by the name of its type; ``str`` stands for all others."""
    return core_schema.tagged_union_schema(
        shapes,
        discriminator=lambda value: name if (name := type(value).__name__) in shapes else "str",
    )


def mapping_of(keys: CoreSchema, values: CoreSchema, at_most: int | None = None) -> CoreSchema:
    """A mapping with any keys of that shape, and at most so many."""
    return core_schema.dict_schema(keys, values, max_length=at_most, strict=True)


def or_null(shape: CoreSchema) -> CoreSchema:
    """The shape, or a null that says something."""
    return core_schema.nullable_schema(shape)


def record(
    cls: type,
    shapes: Mapping[str, CoreSchema],
    renamed: Mapping[str, str] | None = None,
    required: Collection[str] = (),
) -> CoreSchema:
    """A mapping whose keys are the fields of a dataclass, which it becomes.

    A field with a default may be left out; where the default is ``None``, null says the same.

    Args:
        cls: The dataclass.
        shapes: The shape of each of its fields; a field without one is no key, and keeps its
            default.
        renamed: The key of a field, where it is not the name of the field.
        required: Fields that may not be left out, though they have a default.
    """
    keys = renamed or {}
    arguments = [
        core_schema.dataclass_field(
            each.name,
            shapes[each.name]
            if each.name in required
            else _optional(shapes.get(each.name, core_schema.any_schema()), each),
            kw_only=True,
            init=each.name in shapes,
            validation_alias=keys.get(each.name),
        )
        for each in fields(cls)
    ]
    return core_schema.dataclass_schema(
        cls,
        core_schema.dataclass_args_schema(cls.__name__, arguments),
        [each.name for each in fields(cls)],
        slots=True,
        post_init=issubclass(cls, Value),
        config={"extra_fields_behavior": "forbid"},
    )


def _optional(shape: CoreSchema, field: Field[Any]) -> CoreSchema:
    if field.default is None:
        return core_schema.with_default_schema(or_null(shape), default=None)
    if field.default is not MISSING:
        return core_schema.with_default_schema(shape, default=field.default)
    if field.default_factory is not MISSING:
        return core_schema.with_default_schema(shape, default_factory=field.default_factory)
    return shape


def own_words(text: Text, advice: Text | None = None) -> PydanticCustomError:
    """Return the error of a value that a shape refuses for a reason of its own."""
    return PydanticCustomError("own_words", "refused", {"text": text, "advice": advice})


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date", "Input should be a date") from None


DATE = core_schema.no_info_after_validator_function(
    _date,
    core_schema.str_schema(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$"),
    metadata={"pydantic_js_updates": {"format": "date"}},
)


def keyed(
    required: Mapping[str, CoreSchema], optional: Mapping[str, CoreSchema] | None = None
) -> CoreSchema:
    """A mapping with these keys, which stays a mapping."""
    typed = core_schema.typed_dict_field
    return core_schema.typed_dict_schema(
        {key: typed(shape) for key, shape in required.items()}
        | {key: typed(shape, required=False) for key, shape in (optional or {}).items()},
        extra_behavior="forbid",
    )


def exact(most: int | None = None, *, signed: bool = False) -> CoreSchema:
    """A number from 0 (to ``most``): whole, decimal, or a text such as ``1/3``; a Fraction.

    A decimal is taken as it is written: 0.1 is one tenth. One that is ``signed`` may be below 0.
    """
    form = _SIGNED if signed else _EXACT

    def number(value: float | str) -> Fraction:
        text = str(value)
        if not form.fullmatch(text) or len(text) > LONGEST_ID:
            raise PydanticCustomError("exact", "Input should be a number")
        result = Fraction(text)
        if most is not None and result > most:
            raise PydanticCustomError("exact_range", "Input is too large", {"le": most})
        return result

    written = core_schema.union_schema(
        [
            core_schema.int_schema(strict=True),
            core_schema.float_schema(strict=True, allow_inf_nan=False),
            core_schema.str_schema(strict=True),
        ],
        custom_error_type="exact",
        custom_error_message="Input should be a number",
    )
    limits = {} if signed else {"minimum": 0}
    limits |= {} if most is None else {"maximum": most}
    allowed = [
        {"type": "number", **limits},
        {"type": "string", "pattern": f"^({form.pattern})$", "maxLength": LONGEST_ID},
    ]
    return core_schema.no_info_after_validator_function(
        number, written, metadata={"pydantic_js_updates": {"anyOf": allowed}}
    )
