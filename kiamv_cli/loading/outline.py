"""Which keys a shape allows at a place, for hints on a key that it does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core.core_schema import CoreSchema

_WRAPPERS = frozenset({"default", "nullable", "function-after", "dataclass"})


def keys_at(shape: CoreSchema, location: Iterable[str | int]) -> list[str]:
    """Give the keys of the mapping at a location, as validation errors write locations."""
    here = _unwrapped(shape)
    for step in location:
        here = _unwrapped(_inside(here, step))
    return list(_fields(here))


def _unwrapped(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    while shape["type"] in _WRAPPERS:
        shape = shape["schema"]
    return shape


def _inside(shape: Mapping[str, Any], step: str | int) -> Mapping[str, Any]:
    match shape["type"]:
        case "tuple":
            inside = shape["items_schema"][0]
        case "dict":
            inside = shape["values_schema"]
        case "tagged-union":
            inside = shape["choices"][step]
        case _:
            inside = _fields(shape)[str(step)]
    known: Mapping[str, Any] = inside
    return known


def _fields(shape: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    if shape["type"] == "typed-dict":
        return {key: each["schema"] for key, each in shape["fields"].items()}
    return {
        each.get("validation_alias") or each["name"]: each["schema"] for each in shape["fields"]
    }
