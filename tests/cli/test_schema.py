"""JSON Schema of what people write, against a validator that knows nothing of kiamv."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from strategies.longlist import documents

from kiamv_cli.cli.file_schemas import json_schema
from kiamv_cli.formats.package_data import KINDS, Kind
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.results import load_criteria

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

ROOT = Path(__file__).parents[2]
INVALID = ROOT / "tests" / "examples" / "invalid"
# 1.000 is a number that is whole; only its text tells of a Dutch thousand.
NOT_SEEN = {"dutch-thousand", "spreadsheet"}


@cache
def validator(kind: Kind) -> Draft202012Validator:
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(json_schema(kind, load_criteria()), format_checker=checker)


def read(place: Path) -> Any:  # noqa: ANN401 - what a file holds
    return read_yaml(place.read_text("utf-8"), place.name).data


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one_and_says_what_it_is(kind: Kind) -> None:
    schema = json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:kiamv:kiamv-2020:{kind}:1"
    unexplained = [] if kind == "record" else list(_unexplained(schema, kind))
    assert unexplained == []


def _unexplained(schema: Any, path: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(schema, list):
        for each in schema:
            yield from _unexplained(each, path)
    elif isinstance(schema, dict):
        for key, each in schema.get("properties", {}).items():
            if "description" not in each:
                yield f"{path}.{key}"
            yield from _unexplained(each, f"{path}.{key}")
        for key in ("items", "additionalProperties", "anyOf", "oneOf"):
            yield from _unexplained(schema.get(key), path)
        yield from _unexplained(list(schema.get("patternProperties", {}).values()), path)


def test_the_bundled_data_are_valid() -> None:
    beside: dict[str, Kind] = {"longlist": "header", "identities": "identities"}
    for place in sorted((ROOT / "longlist").glob("*.yaml")):
        assert list(validator(beside.get(place.stem, "ecosystem")).iter_errors(read(place))) == []
    special: dict[str, Kind] = {"programme": "programme", "classes": "classes", "types": "types"}
    special |= dict.fromkeys(("provinces", "themes"), "dimension")
    for place in sorted((ROOT / "criteria").glob("*.yaml")):
        assert list(validator(special.get(place.stem, "criterion")).iter_errors(read(place))) == []
    survey = {"aspects": "aspects", "comparison": "comparison", "questionnaire": "questionnaire"}
    for name, of_kind in survey.items():
        place = ROOT / "criteria" / "survey" / f"{name}.yaml"
        assert list(validator(cast("Kind", of_kind)).iter_errors(read(place))) == []


@pytest.mark.slow
@settings(max_examples=25)
@given(documents(2))
def test_what_kiamv_accepts_is_valid(document: dict[str, Any]) -> None:
    assert list(validator("longlist").iter_errors(document)) == []


def _wrong_values() -> list[tuple[Path, bool]]:
    found = []
    for place in sorted(INVALID.glob("*/longlist.yaml")):
        told = (place.parent / "expected.txt").read_text("utf-8")
        if not any(f" K{n}" in told for n in (1, 2)) and place.parent.name not in NOT_SEEN:
            found.append((place, " K3" in told))
    return found


@pytest.mark.parametrize(("place", "wrong"), _wrong_values(), ids=lambda each: str(each)[-40:])
def test_a_schema_refuses_the_values_that_kiamv_refuses(place: Path, *, wrong: bool) -> None:
    assert bool(list(validator("longlist").iter_errors(read(place)))) == wrong


def test_most_invalid_examples_are_tried() -> None:
    assert sum(wrong for _, wrong in _wrong_values()) >= 15


def test_a_decision_record_is_valid(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "decision.json"
    said = ("--by", "Programme team", "--on", "2020-12-15", "--reason", "best balanced")
    made = kiamv("record", "--size", "3", "--balance", "none", *said, "-o", str(place))
    assert made.exit_code == 0, made.stderr
    data = json.loads(place.read_text("utf-8"))
    assert list(validator("record").iter_errors(data)) == []
    assert list(validator("record").iter_errors({**data, "sha256": "0"})) != []


def test_the_vocabulary_is_that_of_the_programme(kiamv: Kiamv) -> None:
    folder = ROOT / "tests" / "examples" / "flanders" / "criteria"
    said = json.loads(kiamv("schema", "ecosystem", "--criteria", str(folder)).stdout)
    ours = json_schema("ecosystem")
    for key in ("provinces", "themes"):
        assert said["properties"][key]["items"]["enum"] != ours["properties"][key]["items"]["enum"]
    assert ours["properties"]["provinces"]["items"]["enumDescriptions"][0] == "Groningen"


def test_the_command_explains_every_kind_and_never_replaces_a_file(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    said = kiamv("schema", "--help").stdout
    assert not [kind for kind in KINDS if kind not in said]
    place = tmp_path / "longlist.schema.json"
    assert kiamv("schema", "-o", str(place)).exit_code == 0
    assert json.loads(place.read_text("utf-8")) == json_schema()
    assert kiamv("schema", "header", "-o", str(place)).exit_code == 2
