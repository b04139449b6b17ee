"""What is doubtful in a long list: every code by its own example, and none without reason."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies.longlist import documents, ecosystems

import kiamv_cli
from kiamv_cli.base.problem import BadInput, codes
from kiamv_cli.formats.marks import json_marks, json_spots, locate
from kiamv_cli.formats.plain import existing
from kiamv_cli.longlist.checks.checking import warnings
from kiamv_cli.longlist.results import check

if TYPE_CHECKING:
    from kiamv_cli.longlist.model.duplicates import Checked

HEADER = "title: Example\nas_of: 2020-11-30\n"
BASE = {"id": "example", "name": "Example", "provinces": "[NL-GR]", "themes": "[energy]"}
# What is no content of a long list, or takes more than a few lines.
ELSEWHERE = re.compile(
    r"K10[1-58]|K130|K19.|K201|K311|K4[2-4].|K944|K[5-8]..|K95.|K96.|K97[6-9]|K98."
)
GOOD: dict[str, Any] = {
    "id": "good",
    "name": "Good",
    "provinces": ["NL-GR"],
    "themes": ["energy"],
    "website": "https://www.example.org/é?q=1#top",
    "suggested_by": ["open call"],
    "challenges": [{"what": "clean ships", "theme": "energy", "source": "s1"}],
    "budget": [
        {"own": True, "amount_eur": 100_000, "from": 2018, "until": 2020, "source": "s2"},
        {"own": True, "amount_eur": 200_000, "from": 2019, "funders": ["B"], "source": "s2"},
    ],
    "partners": {"industry": [{"name": "Acme", "source": "s1"}], "citizens": []},
    "sources": {
        "s1": {"title": "One", "url": "https://example.org/1", "year": 2019},
        "s2": {"title": "Two", "publisher": "B&B, R<D", "year": 2017},
    },
}


def codes_of(data: dict[str, Any]) -> list[str]:
    return sorted(flaw.code for flaw in warnings(data, date(2020, 11, 30)))


def check_text(text: str, folder: Path) -> Checked:
    if text.startswith("title:"):
        (folder / "list.yaml").write_text(text, encoding="utf-8")
        return check(folder / "list.yaml")
    missing = (f"{key}: {value}\n" for key, value in BASE.items() if f"\n{key}:" not in f"\n{text}")
    (folder / "longlist.yaml").write_text(HEADER, encoding="utf-8")
    (folder / "example.yaml").write_text("".join(missing) + text, encoding="utf-8")
    return check(folder)


@pytest.mark.parametrize("code", [code for code in codes() if not ELSEWHERE.match(code)])
def test_the_example_of_each_code_shows_it(code: str, tmp_path: Path) -> None:
    found = check_text(codes()[code].example, tmp_path)
    (problem, *_) = [each for each in found.problems if each.code == code]
    assert problem.severity == codes()[code].severity
    assert problem.hint
    assert problem.line
    errors = {each.code for each in found.problems if each.severity == "error"}
    assert errors <= {code, "K106", "K403"}, "an example shows one thing"


def test_the_table_holds_the_codes_that_are_used_and_no_others() -> None:
    sources = Path(kiamv_cli.__file__).parent.rglob("*.py")
    used = {
        code for each in sources for code in re.findall(r'"(K\d{3})[."]', each.read_text("utf-8"))
    }
    assert used == set(codes())
    assert list(codes()) == sorted(codes())
    assert len({code.title for code in codes().values()}) == len(codes())
    assert all(code.why and code.fix and code.example for code in codes().values())


def test_what_is_in_order_raises_no_doubt() -> None:
    assert codes_of(GOOD) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"challenges": GOOD["challenges"] * 2}, "K933"),
        ({"end_date": 2019}, "K913"),
        ({"end_date": "open"}, ""),
        ({"end_date": 2020}, ""),
        ({"founded": 2020, "end_date": 2021}, ""),
        ({"founded": 2021}, "K910"),
        ({"scope": "multi-provincial"}, "K932"),
        ({"scope": "national"}, ""),
        ({"aliases": ["acme"]}, "K935"),
        ({"website": "http://localhost"}, "K938"),
        ({"website": "https://overheid.nl,"}, "K938"),
        ({"website": "https://xn--bcher-kva.example:8080/a,b"}, ""),
        ({"seat": "AT&amp;T"}, "K939"),
        ({"seat": "Fryslân"}, ""),
        ({"note": "â€œquotedâ€\u009d"}, "K939"),
        ({"budget": []}, "K904"),
        ({"suggested_by": []}, "K941"),
        ({"named_in_study": ["survey"], "suggested_by": []}, ""),
    ],
)
def test_each_side_of_a_border(change: dict[str, Any], code: str) -> None:
    assert codes_of({**GOOD, **change}) == ([code] if code else [])


@pytest.mark.parametrize(
    ("first", "second", "doubtful"),
    [
        ({"amount_eur": 5000, "until": 2018}, {"amount_eur": 5000, "from": 2018}, True),
        ({"amount_eur": 5000, "until": 2018}, {"amount_eur": 5000, "from": 2019}, False),
        ({"amount_eur": 5000, "from": 2018}, {"amount_eur": 6000, "from": 2018}, False),
        ({"funders": ["A"], "from": 2018}, {"funders": ["B", "a"], "from": 2018}, True),
        ({"funders": ["A"], "from": 2018}, {"funders": ["B"], "from": 2018}, False),
        ({"funders": ["A"]}, {"funders": ["A"], "from": 2018}, False),
    ],
)
def test_budget_lines_that_may_be_the_same_money(
    first: dict[str, Any], second: dict[str, Any], *, doubtful: bool
) -> None:
    lines = [{**line, "source": "s2"} for line in (first, second)]
    assert codes_of({**GOOD, "budget": lines}) == (["K920"] if doubtful else [])


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside),
    max_leaves=5,
)


@pytest.mark.slow
@given(st.data())
def test_whatever_is_written_the_rest_is_still_looked_at(data: st.DataObject) -> None:
    raw = data.draw(ecosystems())
    for key in data.draw(st.sets(st.sampled_from(sorted(raw)), max_size=3)):
        raw[key] = data.draw(PLAIN)
    for flaw in warnings(raw, date(2020, 11, 30)):
        assert existing(raw, flaw.path) == flaw.path or flaw.path == ("id",)
        assert codes()[flaw.code].severity == "warning"


@pytest.mark.slow
@given(documents(2), st.data())
def test_places_in_json_are_those_that_a_full_scan_finds(
    document: dict[str, Any], data: st.DataObject
) -> None:
    text = json.dumps(document, indent=data.draw(st.sampled_from([None, 0, 3])), ensure_ascii=False)
    paths = list(_paths(document))
    wanted = data.draw(st.sets(st.sampled_from(paths), min_size=1, max_size=5))
    wanted |= {("no", 1, "such")}
    assert json_spots(text, wanted, 7) == locate(json_marks(text, 7), wanted)


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    return [path, *(each for key, item in inside for each in _paths(item, (*path, key)))]


def test_of_a_key_given_twice_the_first_place_counts() -> None:
    text = '{"a": 1,\n "a" : [2, {"b": "é\\n", "c": -1.5e3}]}'
    wanted = {("a",), ("a", 1, "c"), ()}
    assert json_spots(text, wanted) == locate(json_marks(text), wanted)


@pytest.mark.slow
def test_the_bundled_list_is_doubtful_only_where_its_readme_says_so() -> None:
    found = check()
    folder = Path(__file__).parents[2] / "longlist"
    lists = [yaml.load(each.read_text("utf-8"), yaml.SafeLoader) for each in folder.glob("*.yaml")]
    named = sum(text.read_text("utf-8").count("(not named)") for text in folder.glob("*.yaml"))
    nobody = sum("id" in each and not _suggested(each) for each in lists)
    assert found.errors == 0
    assert found.ecosystems == 60
    assert found.by_code() == {"K920": 7, "K934": named, "K941": nobody}


def _suggested(data: dict[str, Any]) -> bool:
    return bool(data.get("suggested_by") or data.get("named_in_study"))


def test_a_line_tells_the_same_as_a_file(tmp_path: Path) -> None:
    doubtful = {**GOOD, "themes": ["energy", "health"], "founded": 2022, "website": "https://x"}
    raw = {"title": "T", "as_of": "2020-11-30"}
    one = tmp_path / "one.json"
    one.write_text(json.dumps({**raw, "ecosystems": [doubtful, {**GOOD, "id": "b", "name": "B"}]}))
    lines = tmp_path / "lines.jsonl"
    lines.write_text("\n".join(map(json.dumps, (raw, doubtful, {**GOOD, "id": "b", "name": "B"}))))
    found = [Counter((each.code, each.message) for each in check(p).problems) for p in (one, lines)]
    assert found[0] == found[1]
    assert {code for code, _ in found[0]} == {"K910", "K930", "K938"}


def test_errors_and_doubts_come_together(tmp_path: Path) -> None:
    text = "scope: regional\nmaturity: [{what: grown, year: 2019}]\nwebsite: https://x\n"
    found = check_text(text, tmp_path)
    assert set(found.by_code()) == {"K301", "K304", "K903", "K938"}
    assert (found.errors, found.warnings, found.unread) == (2, 2, False)
    assert not found.passes()


def test_a_broken_file_says_that_more_may_come(tmp_path: Path) -> None:
    place = tmp_path / "broken.yaml"
    place.write_text("title: [\n")
    found = check(place)
    assert found.unread
    assert found.errors == 1
    with pytest.raises(BadInput, match="K101"):
        check(tmp_path / "none.yaml")


def test_the_reference_date_may_be_another() -> None:
    assert "K908" not in check(as_of=date(2020, 11, 30)).by_code()
    assert "K908" in check(as_of=date(2015, 11, 30)).by_code()
