"""Reading holds for any list: nothing lost, nothing made up, every place right."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any, TypeVar, cast

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.longlist import Raw, as_value, documents, ecosystems, programme, texts

from kiamv_cli.base.problem import BadInput, Problem
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.json_reader import read_json
from kiamv_cli.formats.marks import json_marks, yaml_marks
from kiamv_cli.formats.yaml_reader import read_yaml, resolve
from kiamv_cli.longlist.reading.gathering import Gathering
from kiamv_cli.longlist.reading.longlist import ListReader, load_longlist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiamv_cli.formats.document import Syntax

T = TypeVar("T")
Style = dict[str, bool | int]

numbers = st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9).map(lambda n: round(n, 3))
plain = st.recursive(
    st.none() | st.booleans() | numbers | texts | st.just("") | st.sampled_from(("no", "1e3", "~")),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(texts, inside, max_size=4),
    max_leaves=15,
)
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.booleans(),
        "width": st.sampled_from((20, 80, 1000)),
        "allow_unicode": st.booleans(),
        "indent": st.sampled_from((2, 4)),
    }
)


class Dumper(yaml.CSafeDumper):
    """Quotes also what is no text in YAML 1.2, such as 1e3."""


def _quoted(dumper: Dumper, text: str) -> yaml.ScalarNode:
    style = None if isinstance(resolve(text), str) else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


Dumper.add_representer(str, _quoted)


def in_yaml(data: object, style: Style | None = None) -> str:
    options = {"Dumper": Dumper, "sort_keys": False, **(style or {})}
    written: str = yaml.dump(data, **options)  # type: ignore[call-overload]
    return written


@given(data=plain, style=styles)
def test_yaml_is_read_as_it_was_written(data: object, style: Style) -> None:
    written = in_yaml(data, style)
    reading = read_yaml(written, "f")
    assert reading.data == data == yaml.load(written, Loader=yaml.CSafeLoader)
    assert not reading.problems


@given(data=plain, ascii_only=st.booleans(), indent=st.sampled_from((None, 0, 2)))
def test_json_is_read_as_it_was_written(
    data: object,
    ascii_only: bool,  # noqa: FBT001 - drawn by name
    indent: int | None,
) -> None:
    written = json.dumps(data, ensure_ascii=ascii_only, indent=indent)
    reading = read_json(written, "f")
    assert reading.data == data == json.loads(written)
    assert not reading.problems


@given(data=plain)
def test_both_scans_find_the_same_places(data: object) -> None:
    written = json.dumps(data, ensure_ascii=False, indent=1)
    assert list(yaml_marks(written)) == list(json_marks(written))


soup = st.text("abc{}[]:,-#&*!|>'\"%@`?\n\t 012.\\x~<=é\u202e", max_size=60)


@given(raw=st.binary(max_size=60) | soup.map(str.encode))
@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_anything_else_is_a_problem_with_a_place(raw: bytes, syntax: Syntax) -> None:
    for problem in problems_in(raw, syntax):
        lines = max(raw.count(b"\n") + raw.count(b"\r"), len(raw.splitlines())) + 1
        assert problem.line is None or 1 <= problem.line <= lines
        assert problem.column is None or problem.column >= 1
        assert str(problem).isprintable()


def problems_in(raw: bytes, syntax: Syntax) -> tuple[Problem, ...]:
    gathering = Gathering(programme())
    try:
        ListReader(gathering, None).whole(read_document(raw, "f", syntax))
        return gathering.warnings()
    except BadInput as error:
        return error.problems


def mappings(data: object) -> Iterator[Raw]:
    """All mappings in a raw document of which the keys are those of the format."""
    if isinstance(data, list):
        for item in data:
            yield from mappings(item)
    elif isinstance(data, dict):
        if "title" not in data.get("s1", {}):
            yield data
        for item in data.values():
            yield from mappings(item)


@pytest.mark.slow
@settings(max_examples=50)
@given(document=documents(max_size=2), style=styles, choice=st.randoms(use_true_random=False))
@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_the_place_of_a_problem_is_right(
    document: Raw, style: Style, choice: random.Random, syntax: Syntax
) -> None:
    spoilt = choice.choice(list(mappings(document)))
    spoilt["zzz"] = 1
    written = in_yaml(document, style) if syntax == "yaml" else json.dumps(document, indent=1)
    problems = problems_in(written.encode(), syntax)
    # Where keys are values of a kind (parts of a verdict), what the key leads to is wrong too.
    problem, *_ = (each for each in problems if each.severity == "error")
    assert problem.code in {"K301", "K304"}
    assert problem.line
    assert problem.column
    there = written.splitlines()[problem.line - 1][problem.column - 1 :]
    assert there.lstrip('"? ').startswith("zzz")


@pytest.mark.slow
@given(document=documents(max_size=2), other=plain, choice=st.randoms(use_true_random=False))
def test_whatever_stands_where_it_should_not_is_a_problem_or_fine(
    document: Raw, other: object, choice: random.Random
) -> None:
    spoilt = choice.choice([each for each in containers(document) if each])
    key = choice.choice(list(spoilt) if isinstance(spoilt, dict) else range(len(spoilt)))
    spoilt[key] = other
    for problem in problems_in(json.dumps(document).encode(), "json"):
        assert problem.line == 1
        assert problem.hint


def containers(data: object) -> Iterator[Any]:
    """All mappings and lists in a raw document."""
    if isinstance(data, (dict, list)):
        yield data
        for item in data.values() if isinstance(data, dict) else data:
            yield from containers(item)


@pytest.mark.slow
@given(raw=ecosystems())
def test_every_key_arrives(raw: Raw) -> None:
    value = as_value(raw)
    assert value.id == raw["id"]
    assert value.provinces == tuple(raw["provinces"])
    for key in ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget"):
        found = getattr(value, key)
        assert (None if found is None else len(found)) == (len(raw[key]) if key in raw else None)
        for fact, line in zip(found or (), raw.get(key, ()), strict=True):
            assert {name: getattr(fact, name if name != "from" else "start") for name in line} == {
                name: tuple(each) if isinstance(each, list) else each for name, each in line.items()
            }
    assert set(value.verdicts) == set(raw.get("verdicts", ()))


@pytest.mark.slow
@settings(max_examples=25)
@given(document=documents(max_size=3), choice=st.randoms(use_true_random=False))
def test_layout_and_order_do_not_matter(
    tmp_path_factory: pytest.TempPathFactory, document: Raw, choice: random.Random
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    places = [write(folder, document, choice) for write in (_yaml, _json, _lines, _folder)]
    first, *others = (load_longlist(place, programme()).longlist for place in places)
    assert all(other == first and other.sha256 == first.sha256 for other in others)
    assert [each.id for each in first.ecosystems] == sorted(
        each["id"] for each in document["ecosystems"]
    )


@settings(max_examples=25)
@given(document=documents(max_size=2))
def test_any_change_changes_the_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, document: Raw
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    keep = random.Random(0)
    before = load_longlist(_json(folder, document, keep), programme()).longlist
    document["ecosystems"][0]["note"] = document["ecosystems"][0].get("note", "") + "."
    after = load_longlist(_json(folder, document, keep), programme()).longlist
    assert before.sha256 != after.sha256


def _shuffled(data: T, choice: random.Random) -> T:
    """The same with the keys of all mappings, and the ecosystems, in another order."""
    if isinstance(data, list):
        return cast("T", [_shuffled(item, choice) for item in data])
    if not isinstance(data, dict):
        return data
    items = [(key, _shuffled(value, choice)) for key, value in data.items()]
    choice.shuffle(items)
    shuffled = dict(items)
    if "ecosystems" in shuffled:
        choice.shuffle(shuffled["ecosystems"])
    return cast("T", shuffled)


def _yaml(folder: Path, document: Raw, choice: random.Random) -> Path:
    place = folder / "list.yaml"
    place.write_text(in_yaml(_shuffled(document, choice)), encoding="utf-8")
    return place


def _json(folder: Path, document: Raw, choice: random.Random) -> Path:
    place = folder / "list.json"
    place.write_text(json.dumps(_shuffled(document, choice)), encoding="utf-8")
    return place


def _lines(folder: Path, document: Raw, choice: random.Random) -> Path:
    place = folder / "list.jsonl"
    shuffled = _shuffled(document, choice)
    header = {"as_of": document["as_of"], "title": document["title"]}
    lines = [json.dumps(each, ensure_ascii=False) for each in (header, *shuffled["ecosystems"])]
    place.write_text("\n".join(lines), encoding="utf-8")
    return place


def _folder(folder: Path, document: Raw, choice: random.Random) -> Path:
    place = folder / "list"
    place.mkdir()
    shuffled = _shuffled(document, choice)
    for each in shuffled.pop("ecosystems"):
        (place / f"{each['id']}.yaml").write_text(in_yaml(each), encoding="utf-8")
    (place / "longlist.yaml").write_text(in_yaml(shuffled), encoding="utf-8")
    return place
