"""Decision records as files: read back exactly as they were written, or refused."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, get_args

from pydantic_core import PydanticCustomError, core_schema

from kiamv_cli.base.files import is_file, open_file
from kiamv_cli.base.text import Text
from kiamv_cli.decision.model.record import (
    Decided,
    Input,
    InputOrigin,
    Origin,
    Outcome,
    Override,
    Provenance,
    Record,
    Swap,
)
from kiamv_cli.formats.contents import SAFE_NAME
from kiamv_cli.formats.records import SHA256, read_versions, schema_of, whole_shape
from kiamv_cli.formats.shapes import (
    COUNT,
    DATE,
    ID,
    NAME,
    TEXT,
    keyed,
    list_of,
    mapping_of,
    one_of,
    or_null,
    own_words,
    record,
)
from kiamv_cli.scoring.model.score import Bound
from kiamv_cli.selection.model.question import Kind, Quota, Wish
from kiamv_cli.selection.model.request import Request
from kiamv_cli.selection.model.spread import TARGET_RULES

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core.core_schema import CoreSchema

KIND = "record"


def is_record(file: Path) -> bool:
    """Return whether a file says of itself that it is a decision record, or was before a cut."""
    if file.suffix.lower() != ".json" or not is_file(file):
        return False
    with open_file(file) as start:
        return schema_of(KIND).rpartition("/")[0].encode() in start.read(200)


def load_record(place: Path) -> Record:
    """Read a decision record.

    Raises:
        BadInput: It is none, or was changed or cut off after kiamv wrote it (K601).
    """
    version, said = read_versions(
        place, KIND, {1: _shape(_old_input()), 2: {**_shape(_input()), **_NAMES}}, _PROOF
    )
    decided: dict[str, Any] = said["decided"]
    asked_by: dict[str, Origin] = said["options"].pop("from", {})
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
        names=said.get("names", {}),
        proof=said.get("proof"),
        lots=said.get("lots"),
        asked_by=asked_by,
        schema=version,
        folder=str(place.parent),
    )


def record_file_shape() -> CoreSchema:
    """What a file with a decision record looks like."""
    return whole_shape(KIND, {**_shape(_input()), **_NAMES}, optional=_PROOF)


def _swap(override: Override) -> Swap:
    return Swap(out=override.out, into=override.into, reason=override.reason)


def _request(options: dict[str, Any]) -> Request:
    names = ("include", "exclude", "classes", "keep")
    sets = {name: frozenset(options.get(name, ())) for name in names}
    return Request(**{**options, **sets})


def _shape(input_shape: CoreSchema) -> dict[str, CoreSchema]:
    """The keys of a record, ``input_shape`` being the shape of an input."""
    exact = _exact()
    seats = mapping_of(NAME, exact)
    outcome = record(Outcome, {"selected": list_of(ID), "score": exact, "out_of_place": seats})
    return {
        "decided": keyed({"by": list_of(NAME, 1), "on": DATE, "reason": TEXT}),
        "versions": mapping_of(NAME, NAME),
        "as_of": DATE,
        "inputs": keyed(
            {
                "longlist": input_shape,
                "criteria": input_shape,
                "reviews": or_null(input_shape),
                "reviewer": or_null(NAME),
            },
            {"hidden": one_of(["keep", "skip"]), "mapping": TEXT},
        ),
        "options": keyed(_options(exact), _optional(exact)),
        "result": outcome,
        "without_balance": exact,
        "overrides": list_of(_override(exact)),
        "final": outcome,
    }


def _input() -> CoreSchema:
    shapes = {**_INPUT, "origin": one_of(get_args(InputOrigin))}
    return record(Input, shapes, renamed={"origin": "from"})


def _old_input() -> CoreSchema:
    """An input in a record of version 1: its source says where it came from."""

    def meant(values: dict[str, Any]) -> Input:
        source = values.get("source")
        origin: InputOrigin = "bundled" if source is None else "file"
        return Input(**values, origin="standard-input" if source == "-" else origin)

    optional = {"source": or_null(TEXT), "content": or_null(_INPUT["content"])}
    return core_schema.no_info_after_validator_function(
        meant, keyed({"name": NAME, "sha256": SHA256}, optional)
    )


def _content(texts: dict[str, str]) -> dict[str, str]:
    """Refuse texts that cannot be put into files again: none, or not under one name."""
    folders = {name.rpartition("/")[0] for name in texts if "/" in name}
    parents = {str(each) for name in folders for each in (name, *PurePosixPath(name).parents)}
    if len({name.partition("/")[0] for name in texts}) != 1 or parents & texts.keys():
        raise own_words(Text("K606.these-files-no-input"), Text("K606.restore-record-people-do"))
    return texts


_FILE = core_schema.str_schema(strict=True, pattern=SAFE_NAME)
_INPUT: dict[str, CoreSchema] = {
    "name": NAME,
    "sha256": SHA256,
    "source": TEXT,
    "content": core_schema.no_info_after_validator_function(
        _content, mapping_of(_FILE, core_schema.str_schema(strict=True))
    ),
}
_NAMES = {"names": mapping_of(ID, NAME)}
_PROOF = {each: or_null(core_schema.dict_schema()) for each in ("proof", "lots")}


def _options(exact: CoreSchema) -> dict[str, CoreSchema]:
    # Categories and dimensions are codes, or the names of organisations.
    target = core_schema.union_schema([one_of(TARGET_RULES), mapping_of(NAME, exact)])
    quota = {"dimension": NAME, "category": NAME}
    shapes: dict[str, CoreSchema] = {
        "size": COUNT,
        "balance": list_of(NAME),
        "targets": mapping_of(NAME, target),
        "give_up": or_null(exact),
        "include": list_of(ID),
        "exclude": list_of(ID),
        "quotas": list_of(record(Quota, {**quota, "at_least": COUNT, "at_most": COUNT})),
        "classes": list_of(ID),
        "unknown": one_of(get_args(Bound)),
        "seed": core_schema.str_schema(strict=True),
    }
    return shapes


def _optional(exact: CoreSchema) -> dict[str, CoreSchema]:
    """The options that a record says only where they were given, and where each came from."""
    groups = list_of(list_of(ID))
    shapes: dict[str, CoreSchema] = {
        "at_most_one": groups,
        "together": groups,
        "only_with": mapping_of(ID, list_of(ID)),
        "cost": mapping_of(ID, exact),
        "keep": list_of(NAME),
        "changes": COUNT,
        "sizes": list_of(COUNT),
    }
    assert {*shapes, *_options(exact)} == {each.name for each in fields(Request)}
    return {**shapes, "from": mapping_of(NAME, one_of(get_args(Origin)))}


def _override(exact: CoreSchema) -> CoreSchema:
    wish = record(
        Wish,
        {
            "kind": one_of(get_args(Kind)),
            "subject": core_schema.str_schema(strict=True),
            "number": core_schema.union_schema([COUNT, exact]),
            "dimension": core_schema.str_schema(strict=True),
        },
    )
    shapes = {"out": ID, "into": ID, "reason": TEXT, "score": exact, "seats": exact}
    return record(Override, {**shapes, "breaks": list_of(wish)})


def _exact() -> CoreSchema:
    """A number as kiamv writes it: whole or a fraction, as text, of either sign."""

    def number(text: str) -> Fraction:
        try:
            return Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise PydanticCustomError("exact", "Input should be a number") from None

    written = core_schema.str_schema(strict=True, pattern=r"^-?\d{1,400}(/\d{1,400})?$")
    return core_schema.no_info_after_validator_function(number, written)
