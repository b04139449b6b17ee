"""The dimensions by which ecosystems are classified, from ``types.yaml`` of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never, get_args

from pydantic_core import core_schema

from kiamv_cli.base.files import bad_file, read_file
from kiamv_cli.base.problem import BadInput
from kiamv_cli.base.text import Text
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.plain import Flaw, ids_of, used_twice
from kiamv_cli.formats.records import refuse_if, validated
from kiamv_cli.formats.shapes import (
    COUNT,
    ID,
    keyed,
    list_of,
    mapping_of,
    one_of,
    own_words,
    record,
)
from kiamv_cli.programme.model.facts import SIDES, Scope
from kiamv_cli.programme.model.types import (
    AnswerRule,
    HelixRule,
    HelixStep,
    MostRule,
    NumberRule,
    Several,
    SidesRule,
    Single,
    TypeCategory,
    TypeDimension,
    TypeRule,
    ValueRule,
    ValuesRule,
)
from kiamv_cli.programme.reading.shapes import LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path as FilePath

    from pydantic_core.core_schema import CoreSchema


FILE = "types.yaml"
_MOST = 20  # how many values a rule can tell apart
_VALUES: Mapping[str, tuple[str, ...]] = {
    "scope": get_args(Scope),
    "lead": ("business", "research", "government", "citizens", "intermediary"),
}


def load_types(folder: FilePath | Traversable) -> tuple[TypeDimension, ...]:
    """Read the dimensions by which a programme classifies.

    Args:
        folder: That of the programme.

    Raises:
        BadInput: The programme has none, or something is wrong with them; it holds all problems.
    """
    place = folder / FILE
    try:
        content = read_file(place)
    except BadInput:
        hint = Text("K101.give-one-bundled-criteria")
        raise bad_file(str(place), Text("K101.programme-no-dimensions"), hint) from None
    document = read_document(content, str(place), "yaml")
    dimensions: tuple[TypeDimension, ...] = validated(document, types_shape())["dimensions"]
    refuse_if(document, [*_flaws(dimensions)])
    return dimensions


def types_shape() -> CoreSchema:
    """What the file looks like."""
    dimension = record(
        TypeDimension,
        {
            "id": ID,
            "label": LABEL,
            "answer": one_of(("single", "multiple")),
            "categories": list_of(record(TypeCategory, {"id": ID, "label": LABEL}), at_least=1),
            "rules": list_of(_rule(), at_least=1),
        },
    )
    return keyed({"dimensions": list_of(dimension, at_least=1)})


def _rule() -> CoreSchema:
    side, to = one_of(SIDES), mapping_of(ID, ID)
    by_number = mapping_of(one_of(map(str, range(_MOST + 1))), ID)
    several = one_of(get_args(Several))
    step = record(HelixStep, {"category": ID, "sides": COUNT, "needed": list_of(side)})
    kinds = {
        "answer": _made(AnswerRule, {"question": ID}, {"gives": to}),
        "value": _made(ValueRule, {"of": one_of(get_args(Single)), "gives": to}, {"otherwise": ID}),
        "values": _made(ValuesRule, {"of": several}, {"gives": to}),
        "number": _made(NumberRule, {"of": several, "gives": by_number}, check=_numbers),
        "sides": _made(SidesRule, {}, {"gives": mapping_of(side, ID)}),
        "helix": _made(HelixRule, {"steps": list_of(step, at_least=1)}, check=_steps),
        "most": _made(MostRule, {"tie": ID}, {"gives": mapping_of(side, ID)}),
    }
    return core_schema.tagged_union_schema(
        {name: make(name) for name, make in kinds.items()}, discriminator="kind"
    )


def _made(
    rule: Callable[..., TypeRule],
    required: Mapping[str, CoreSchema],
    optional: Mapping[str, CoreSchema] | None = None,
    check: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> Callable[[str], CoreSchema]:
    """The shape of a rule, given what its ``kind`` says; it is made of its other keys."""

    def make(keys: dict[str, Any]) -> TypeRule:
        return rule(**check({key: value for key, value in keys.items() if key != "kind"}))

    return lambda kind: core_schema.no_info_after_validator_function(
        make, keyed({"kind": one_of((kind,)), **required}, optional)
    )


def _numbers(keys: dict[str, Any]) -> dict[str, Any]:
    return {
        **keys,
        "gives": {int(number): category for number, category in keys["gives"].items()},
    }


def _steps(keys: dict[str, Any]) -> dict[str, Any]:
    steps: tuple[HelixStep, ...] = keys["steps"]
    sides = [step.sides for step in steps]
    if sides != sorted(sides, reverse=True):
        raise own_words(Text("K503.steps-out-order"), Text("K503.put-most-sides-first"))
    return keys


def _flaws(dimensions: tuple[TypeDimension, ...]) -> Iterator[Flaw]:
    yield from used_twice(ids_of(dimensions, ("dimensions",)))
    for place, dimension in enumerate(dimensions):
        path = ("dimensions", place)
        known = [each.id for each in dimension.categories]
        yield from used_twice(ids_of(dimension.categories, (*path, "categories")))
        for number, rule in enumerate(dimension.rules):
            for message, hint in _wrong(rule, known):
                at = (*path, "rules", number)
                yield Flaw(path=at, text=message, advice=hint)


def _wrong(rule: TypeRule, known: list[str]) -> Iterator[tuple[Text, Text]]:
    """What cannot work about a rule: categories that there are not, values that there are not."""
    hint = Text("hints.choose-from", values=", ".join(dict.fromkeys(known)))
    for given in dict.fromkeys(_given(rule)):
        if given not in known:
            yield Text("K503.no-category", given=given), hint
    if isinstance(rule, ValueRule) and (allowed := _VALUES.get(rule.of)):
        for value in rule.gives:
            if value not in allowed:
                yield (
                    Text("K503.never", key=rule.of, value=value),
                    Text("hints.choose-from", values=", ".join(allowed)),
                )


def _given(rule: TypeRule) -> Iterator[str]:
    match rule:
        case HelixRule():
            yield from (step.category for step in rule.steps)
        case ValueRule():
            yield from rule.gives.values()
            if rule.otherwise is not None:
                yield rule.otherwise
        case MostRule():
            yield from (rule.tie, *(rule.gives.get(side, side) for side in SIDES))
        case SidesRule():
            yield from (rule.gives.get(side, side) for side in SIDES)
        case AnswerRule() | ValuesRule() | NumberRule():
            yield from rule.gives.values()
        case _:
            assert_never(rule)
