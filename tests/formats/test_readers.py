"""YAML and JSON to plain values, text and places."""

from __future__ import annotations

import time

import pytest

from kiamv_cli.base.files import decode
from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.json_reader import read_json
from kiamv_cli.formats.marks import Mark, json_marks, locate, yaml_marks
from kiamv_cli.formats.yaml_reader import TooLongError, read_yaml, resolve


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-19", -19),
        ("+12", 12),
        ("0o14", 12),
        ("0xC", 12),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("12e03", 12000.0),
    ],
)
def test_core_schema(written: str, value: object) -> None:
    found = resolve(written)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "no",
        "Yes",
        "on",
        "off",
        "y",
        "n",
        "2020-11-30",
        "22:22",
        "12:30:45",
        "0123",
        "08",
        "1_000",
        "1.000.000",
        "1.234,56",
        "3,5",
        ".nan",
        ".inf",
        "-.INF",
        "=",
        "<<",
        "0o8",
        "0xg",
        "+",
        "-",
        ".",
        "1.2.3",
        "nUll",
        "tRUE",
    ],
)
def test_all_else_is_text(written: str) -> None:
    assert resolve(written) == written


@pytest.mark.parametrize("written", ["9" * 5000, "1e999", "1." + "0" * 400])
def test_endless_numbers_are_refused(written: str) -> None:
    with pytest.raises(TooLongError):
        resolve(written)


def test_keys_are_text() -> None:
    assert read_yaml("19: a\nno: b\n", "f").data == {"19": "a", "no": "b"}
    (problem,) = read_yaml("1: a\n'1': b\n", "f").problems
    assert (problem.code, problem.line) == ("K205", 2)


def test_text_is_composed_and_may_span_lines() -> None:
    decomposed = "Frysla\u0302n"
    assert read_yaml(f"{decomposed}: |\n  {decomposed}\n  two\n", "f").data == {
        "Fryslân": "Fryslân\ntwo\n"
    }
    assert read_json(f'{{"a": "{decomposed}"}}', "f").data == {"a": "Fryslân"}
    assert read_json('{"a": "Frysla\\u0302n"}', "f").data == {"a": "Fryslân"}


def test_a_tab_after_a_colon_is_a_space() -> None:
    assert read_yaml("a:\t1\n", "f").data == {"a": 1}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    start = time.perf_counter()
    with pytest.raises(BadInput) as error:
        read_yaml(opening * 100_000, "f")
    assert time.perf_counter() - start < 1
    assert error.value.problems[0].code in {"K203", "K208"}


def test_thirty_two_levels_are_read() -> None:
    assert not read_yaml("[" * 32 + "]" * 32, "f").problems
    with pytest.raises(BadInput, match="K208"):
        read_yaml("[" * 33 + "]" * 33, "f")


def test_json_that_is_too_deep() -> None:
    with pytest.raises(BadInput, match=r"f:1:.*K208"):
        read_json("[" * 100_000, "f")


@pytest.mark.parametrize(
    "bomb", ["[&a [x]" + ", *a" * 500_000 + "]", "{" + "a: 1, " * 500_000 + "}"]
)
def test_reading_stops_at_a_thousand_problems(bomb: str) -> None:
    start = time.perf_counter()
    with pytest.raises(BadInput) as error:
        read_yaml(bomb, "f")
    assert time.perf_counter() - start < 1
    assert len(error.value.problems) == 1000


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ('{"a": 1, "a": 2}', (1, 10)),
        ('{"é": {"x": [{"b": 1,\n "b": 2}]}}', (2, 2)),
        ('{"a": "\\"", "a": 1}', (1, 13)),
        ('{"\\u0022": "\\u0022", "\\u0022": "\\u0022"}', (1, 22)),
        ('{"e\\u0301": 1, "é": 2}', (1, 16)),
        ('{"a": 1, "a": 2, "b": "\\u0022\\u0022"}', (1, 10)),
    ],
)
def test_json_keys_given_twice(document: str, place: tuple[int, int]) -> None:
    (problem,) = read_json(document, "f").problems
    assert (problem.code, problem.line, problem.column) == ("K205", *place)


@pytest.mark.parametrize(
    "document", ['{"a": "\\"", "b": "a"}', '{"\\u0022": 1}', '[{"a": 1}, {"a": 1}]', '"a"']
)
def test_json_keys_given_once(document: str) -> None:
    assert not read_json(document, "f").problems


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ('{"é": }', (1, 7)),
        ('{"a":\n"é" x}', (2, 5)),
        ("[NaN]", (1, 2)),
        ("[-Infinity]", (1, 3)),
        ("", (1, 1)),
        ("[9" + "9" * 5000 + "]", (1, 4303)),
        ('["\\ud83d"]', (1, 9)),
    ],
)
def test_broken_json(document: str, place: tuple[int, int]) -> None:
    with pytest.raises(BadInput) as error:
        read_json(document, "f")
    (problem,) = error.value.problems
    assert (problem.line, problem.column) == place


def test_escapes_do_not_smuggle_control_characters() -> None:
    (problem,) = read_json('{"a": 1,\n "b": "x\\u202ey"}', "f").problems
    assert str(problem).startswith("f:2:7: K202 U+202E RIGHT-TO-LEFT OVERRIDE")
    (problem,) = read_yaml('a: "\\x9b"\n', "f").problems
    assert str(problem).startswith("f:1:4: K202 U+009B")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_that_say_what_they_are(encoding: str) -> None:
    assert decode("naam: Fryslân €\n".encode(encoding), "f") == "naam: Fryslân €\n"


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a: 1\nb: Frysl\xe2n\n", "f:2:9: K201 byte 0xe2"),
        ("é: €\nb: ".encode() + b"\x80", "f:2:4: K201 byte 0x80"),
        ("naam".encode("utf-16-be"), "f:1:1: K201"),
        ("naam".encode("utf-32"), "f:1:1: K201"),
        ("naam".encode("utf-16") + b"x", "f:1:1: K201"),
        (b"a: \x1b[31m", "f:1:4: K202 U+001B"),
        (b"a: b\0", "f:1:5: K202 U+0000"),
        ("a: b\nc: \u2028".encode(), "f:2:4: K202 U+2028"),
        ("a\ufeff: b".encode(), "f:1:2: K202 U+FEFF"),
    ],
)
def test_what_is_no_text(raw: bytes, place: str) -> None:
    with pytest.raises(BadInput) as error:
        decode(raw, "f")
    assert str(error.value).startswith(place)


def test_a_binary_file_gets_few_lines() -> None:
    with pytest.raises(BadInput) as error:
        decode(b"abcd" + b"\x01" * 1000, "f")
    assert len(error.value.problems) == 10


def test_the_fallback_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from yaml import SafeLoader  # noqa: PLC0415 - the parser in plain Python

    text = "a: [1, {b: 'x y'}]\nc: |\n  é\nd: &x 1\ne: Programma #1\n"
    fast, marks = read_yaml(text, "f"), list(yaml_marks(text))
    monkeypatch.setattr("kiamv_cli.formats.yaml_reader.Parser", SafeLoader)
    assert read_yaml(text, "f") == fast
    assert list(yaml_marks(text)) == marks
    with pytest.raises(BadInput, match="K204"):
        read_yaml("a:\n\tb: 1\n", "f")
    with pytest.raises(BadInput, match="K208"):
        read_yaml("[" * 1000, "f")


YAML = """\
a: 1
b:
  - x
  - {c: y, d: [z]}
e: {}
a: 2
"""
JSON = '{"a": 1,\n "b": ["x",\n  {"c": "y", "d": ["z"]}], "e": {}, "a": 2}'


def test_places_in_yaml() -> None:
    spots = locate(yaml_marks(YAML), [(), ("a",), ("b",), ("b", 1, "d", 0), ("e",), ("zz",)])
    assert {path: (spot.key[1:3], spot.value[1:3]) for path, spot in spots.items()} == {
        (): ((1, 1), (1, 1)),
        ("a",): ((1, 1), (1, 4)),
        ("b",): ((2, 1), (3, 3)),
        ("b", 1, "d", 0): ((4, 16), (4, 16)),
        ("e",): ((5, 1), (5, 4)),
    }


def test_places_in_json() -> None:
    spots = locate(json_marks(JSON, first_line=7), [("a",), ("b", 1, "d", 0), ("e",)])
    assert {path: (spot.key[1:3], spot.value[1:3]) for path, spot in spots.items()} == {
        ("a",): ((7, 2), (7, 7)),
        ("b", 1, "d", 0): ((9, 20), (9, 20)),
        ("e",): ((9, 28), (9, 33)),
    }


def test_places_of_decomposed_keys() -> None:
    for marks in (yaml_marks("a: 1\ne\u0301: 2\n"), json_marks('{"a": 1,\n"e\u0301": 2}')):
        assert locate(marks, [("é",)])["é",].key[1:3] == (2, 1)


def test_the_place_of_a_scalar_shows_it_as_written() -> None:
    spots = locate(yaml_marks("a: 1.000\n"), [("a",)])
    assert spots["a",].value == Mark(".", 1, 4, "1.000")
