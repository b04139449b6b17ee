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

from kiamv_cli.formats.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[2] / "longlist"
BESIDE = {"longlist.yaml", "identities.yaml"}
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name not in BESIDE)
NUMBER_OF_PROVINCES = 12
REFERENCE = 2020  # the year of the reference date, of which longlist.yaml tells
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


@pytest.mark.slow
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

    def test_has_a_scope_that_follows_from_its_provinces(self, path: Path) -> None:
        """Rule 4 of longlist/README.md."""
        data = read(path)
        number = len(data["provinces"])
        if number == NUMBER_OF_PROVINCES:
            allowed = {"national"}
        else:
            allowed = {"provincial", "municipal"} if number == 1 else {"multi-provincial"}
        assert data["scope"] in allowed

    def test_says_of_every_source_when_it_is_from_or_else_when_it_was_read(
        self, path: Path
    ) -> None:
        sources = read(path)["sources"]
        assert [key for key, told in sources.items() if ("year" in told) == ("read" in told)] == []

    def test_takes_no_year_of_a_page_for_an_end(self, path: Path) -> None:
        """Rule 2: the years of money are a term, and may end in the year of the page."""
        data = read(path)
        year = {key: told.get("year") for key, told in data["sources"].items()}
        terms = data.get("budget", [])
        ended = [fact for fact in facts(data) if "until" in fact and fact not in terms]
        assert [fact for fact in ended if fact["until"] == year[fact["source"]]] == []

    def test_says_from_when_what_a_later_source_tells_holds(self, path: Path) -> None:
        """Rule 6."""
        data = read(path)
        late = {key for key, told in data["sources"].items() if told.get("year", 0) > REFERENCE}
        told_late = [fact for fact in facts(data) if fact["source"] in late]
        assert [fact for fact in told_late if not fact.keys() & {"since", "from"}] == []


def test_the_decisive_facts_name_ecosystems_and_sources_that_are_on_the_list() -> None:
    text = (FOLDER.parent / "docs" / "decisive-facts.md").read_text("utf-8")
    addresses = set(re.findall(r"\]\(<([^>]+)>\)", text))
    on_list = {source["url"] for path in FILES for source in read(path)["sources"].values()}
    assert addresses
    assert addresses - on_list == set()
