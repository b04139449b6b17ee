"""The bundled long list as text: what a reader of the format alone would not notice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kiamv_cli.loading.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "longlist"
BESIDE = {"longlist.yaml", "identities.yaml"}
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name not in BESIDE)
FACT_LISTS = ("challenges", "life_domains", "comparable_elsewhere", "maturity", "budget")

# Slips of the pen and of copying: markup, broken encodings, blanks and signs out of place.
ARTEFACT = re.compile(r"^\s|\s$|\s\s|\s[,;]|[,;:]$|&\w+;|</?\w|[\xa0\xad\u200b\ufffd]|Ã|â€")
ADDRESS = re.compile(r"https?://([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?", re.IGNORECASE)

Data = dict[str, Any]


@cache
def read(path: Path) -> Data:
    data: Data = yaml.load(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    return data


def facts(data: Data) -> Iterator[Data]:
    for name in FACT_LISTS:
        yield from data.get(name, [])
    for side in data["partners"].values():
        yield from side


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def test_there_are_sixty_of_which_the_study_names_thirty_two() -> None:
    named = Counter(tuple(read(path).get("named_in_study", ())) for path in FILES)
    assert named == {("survey", "interview"): 19, ("survey",): 12, ("interview",): 1, (): 28}


@pytest.mark.parametrize("path", [*FILES, FOLDER / "longlist.yaml"], ids=lambda path: path.stem)
def test_yaml_1_1_reads_the_same_as_yaml_1_2(path: Path) -> None:
    newer = read_yaml(path.read_text("utf-8"), path.name)
    older = dict(read(path))
    if isinstance(older.get("as_of"), date):
        older["as_of"] = older["as_of"].isoformat()
    assert (newer.data, newer.problems) == (older, [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEachFile:
    def test_is_named_after_its_id(self, path: Path) -> None:
        assert read(path)["id"] == path.stem

    def test_uses_every_source(self, path: Path) -> None:
        data = read(path)
        credited = {fact["source"] for fact in [*facts(data), data.get("lead", {})] if fact}
        credited |= {name for fact in facts(data) for name in fact.get("confirmed_by", ())}
        assert set(data["sources"]) == credited

    def test_says_nothing_twice(self, path: Path) -> None:
        data = read(path)
        said = Counter(fact[key] for fact in facts(data) for key in ("what", "name") if key in fact)
        places = Counter(source["url"] for source in data["sources"].values())
        assert [text for text, times in (said + places).items() if times > 1] == []

    def test_has_no_artefacts_in_its_texts(self, path: Path) -> None:
        assert [text for text in texts(read(path)) if ARTEFACT.search(text)] == []

    def test_has_whole_addresses(self, path: Path) -> None:
        data = read(path)
        addresses = [source["url"] for source in data["sources"].values()]
        if "website" in data:
            addresses.append(data["website"])
        assert [address for address in addresses if not ADDRESS.fullmatch(address)] == []

    def test_lists_the_theme_of_every_challenge(self, path: Path) -> None:
        data = read(path)
        of_challenges = {challenge["theme"] for challenge in data["challenges"]} - {None}
        assert of_challenges == set(data["themes"])
