"""Decision records as files: read back exactly as they were written, or refused."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import PydanticCustomError, core_schema

from kiamv_cli.core.programme import DIMENSIONS
from kiamv_cli.core.record import Decided, Input, Outcome, Override, Provenance, Record, Swap
from kiamv_cli.core.score import Bound
from kiamv_cli.core.selection.question import Quota
from kiamv_cli.core.selection.wishes import Kind, Wish
from kiamv_cli.core.shortlist import Request
from kiamv_cli.core.targets import TARGET_RULES
from kiamv_cli.loading.contents import SAFE_NAME
from kiamv_cli.loading.records import SHA256, read_record, whole_shape
from kiamv_cli.loading.shapes import (
    COUNT,
    DATE,
    ID,
    LONGEST_ID,
    NAME,
    TEXT,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
    record,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

KIND = "record"


def load_record(place: Path) -> Record:
    """Read a decision record.

    Raises:
        BadInput: It is none, or was changed or cut off after kiamv wrote it (K601).
    """
    said = read_record(place, KIND, _shape())
    decided: dict[str, Any] = said["decided"]
    overrides: tuple[Override, ...] = said["overrides"]
    inputs: dict[str, Any] = said["inputs"]
    return Record(
        decided=Decided(**decided, swaps=tuple(map(_swap, overrides))),
        provenance=Provenance(**inputs, versions=said["versions"]),
        as_of=said["as_of"],
        request=_request(said["options"]),
        result=said["result"],
        without_balance=said["without_balance"],
        overrides=overrides,
        final=said["final"],
    )


def record_file_shape() -> CoreSchema:
    """What a file with a decision record looks like."""
    return whole_shape(KIND, _shape())


def _swap(one: Override) -> Swap:
    return Swap(out=one.out, into=one.into, reason=one.reason)


def _request(options: dict[str, Any]) -> Request:
    sets = {name: frozenset(options[name]) for name in ("include", "exclude", "classes")}
    return Request(**{**options, **sets})


def _shape() -> dict[str, CoreSchema]:
    exact = _exact()
    seats = keyed(dict.fromkeys(DIMENSIONS, exact))
    outcome = record(Outcome, {"selected": list_of(ID), "score": exact, "out_of_place": seats})
    return {
        "decided": keyed({"by": list_of(NAME, 1), "on": DATE, "reason": TEXT}),
        "versions": mapping_of(NAME, NAME),
        "as_of": DATE,
        "inputs": keyed(
            {
                "longlist": _input(),
                "criteria": _input(),
                "reviews": or_null(_input()),
                "reviewer": or_null(NAME),
            },
            {"hidden": one_of(["keep", "skip"])},
        ),
        "options": keyed(_options(exact)),
        "result": outcome,
        "without_balance": exact,
        "overrides": list_of(_override(exact)),
        "final": outcome,
    }


def _input() -> CoreSchema:
    text = core_schema.str_schema(strict=True)
    name = core_schema.str_schema(strict=True, pattern=SAFE_NAME)
    shapes = {"name": NAME, "sha256": SHA256, "source": TEXT, "content": mapping_of(name, text)}
    return record(Input, shapes)


def _options(exact: CoreSchema) -> dict[str, CoreSchema]:
    dimension = one_of(DIMENSIONS)
    target = core_schema.union_schema([one_of(TARGET_RULES), mapping_of(ID_OR_CODE, exact)])
    quota = {"dimension": dimension, "category": ID_OR_CODE}
    shapes: dict[str, CoreSchema] = {
        "size": COUNT,
        "balance": list_of(dimension),
        "targets": mapping_of(dimension, target),
        "give_up": or_null(exact),
        "include": list_of(ID),
        "exclude": list_of(ID),
        "quotas": list_of(record(Quota, {**quota, "at_least": COUNT, "at_most": COUNT})),
        "classes": list_of(ID),
        "unknown": one_of(get_args(Bound)),
        "seed": core_schema.str_schema(strict=True),
    }
    assert shapes.keys() == {each.name for each in fields(Request)}
    return shapes


def _override(exact: CoreSchema) -> CoreSchema:
    wish = record(
        Wish,
        {
            "kind": one_of(get_args(Kind)),
            "subject": core_schema.str_schema(strict=True),
            "number": COUNT,
            "dimension": core_schema.str_schema(strict=True),
        },
    )
    shapes = {"out": ID, "into": ID, "reason": TEXT, "score": exact, "seats": exact}
    return record(Override, {**shapes, "breaks": list_of(wish)})


ID_OR_CODE = core_schema.str_schema(strict=True, min_length=1, max_length=LONGEST_ID)


def _exact() -> CoreSchema:
    """A number as kiamv writes it: whole or a fraction, as text, of either sign."""

    def number(text: str) -> Fraction:
        try:
            return Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise PydanticCustomError("exact", "Input should be a number") from None

    written = core_schema.str_schema(strict=True, pattern=r"^-?\d{1,400}(/\d{1,400})?$")
    return core_schema.no_info_after_validator_function(number, written)
