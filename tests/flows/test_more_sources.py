"""A fact with more than one source, and a source that says when it was read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kiamv_cli import BadInput
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist import load_identities
from kiamv_cli.longlist.model.merging import merge
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.programme.reading.programme import load_programme

PROGRAMME = load_programme(bundled("criteria"))
HEADER = "title: Two\nas_of: 2020-11-30\n"
ALFA = """\
id: alfa
name: Alfa
provinces: [NL-GR]
themes: [energy]
life_domains:
  - domain: living
    source: s1
    confirmed_by: [{further}]
partners:
  research:
    - name: Bèta
      source: s1
sources:
  s1: {{title: One, year: 2019}}
  s2: {{title: Two, read: {read}}}
"""


def folder(tmp_path: Path, further: str = "s2", read: str = "2026-11") -> Path:
    (tmp_path / "longlist.yaml").write_text(HEADER, "utf-8")
    (tmp_path / "alfa.yaml").write_text(ALFA.format(further=further, read=read), "utf-8")
    return tmp_path


def problems(place: Path) -> list[str]:
    with pytest.raises(BadInput) as raised:
        load_longlist(place, PROGRAMME)
    return [problem.code for problem in raised.value.problems]


def test_all_sources_of_a_fact_are_read_the_one_it_was_taken_from_first(tmp_path: Path) -> None:
    (alfa,) = load_longlist(folder(tmp_path), PROGRAMME).longlist.ecosystems
    assert alfa.life_domains is not None
    assert alfa.life_domains[0].cited == ("s1", "s2")
    assert (alfa.sources["s1"].read, alfa.sources["s2"].read) == (None, "2026-11")


@pytest.mark.parametrize("further", ["s3", "s1", "s2, s2"])
def test_a_further_source_is_listed_another_and_named_once(tmp_path: Path, further: str) -> None:
    assert problems(folder(tmp_path, further))[0] in {"K402", "K403"}


@pytest.mark.parametrize("read", ["2026", "2026-13", "november", "26-11-2026", "2026-11-32"])
def test_read_is_a_month_or_a_day(tmp_path: Path, read: str) -> None:
    assert problems(folder(tmp_path, read=f'"{read}"'))


@pytest.mark.parametrize("read", ["2026-11", "2026-11-30", "2020-02-01"])
def test_a_month_and_a_day_are_taken(tmp_path: Path, read: str) -> None:
    (alfa,) = load_longlist(folder(tmp_path, read=read), PROGRAMME).longlist.ecosystems
    assert alfa.sources["s2"].read == read


def test_merging_renames_further_sources_too(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for place in (one, other):
        place.mkdir()
        folder(place)
    text = (other / "alfa.yaml").read_text("utf-8").replace("title: Two", "title: Three")
    (other / "alfa.yaml").write_text(text.replace("living", "working"), "utf-8")
    lists = [load_longlist(place, PROGRAMME).longlist for place in (one, other)]
    (alfa,) = merge(lists, lambda _: None).ecosystems
    assert alfa.life_domains is not None
    titles = [[alfa.sources[name].title for name in fact.cited] for fact in alfa.life_domains]
    assert titles == [["One", "Two"], ["One", "Three"]]


class TestAnswersBesideAList:
    """Answers may lie in the folder of the list; an ecosystem may be called the same."""

    def test_answers_are_no_ecosystem(self, tmp_path: Path) -> None:
        place = folder(tmp_path)
        before = load_longlist(place, PROGRAMME).longlist.sha256
        (place / "identities.yaml").write_text("schema: kiamv/identities/1\nanswers: []\n", "utf-8")
        assert load_longlist(place, PROGRAMME).longlist.sha256 == before

    def test_an_ecosystem_of_that_name_is_one(self, tmp_path: Path) -> None:
        place = folder(tmp_path)
        text = (place / "alfa.yaml").read_text("utf-8").replace("id: alfa", "id: identities")
        (place / "identities.yaml").write_text(text, "utf-8")
        ids = [each.id for each in load_longlist(place, PROGRAMME).longlist.ecosystems]
        assert ids == ["alfa", "identities"]

    def test_those_of_the_bundled_list_are_on_its_ecosystems(self) -> None:
        bundle = load_longlist(bundled("longlist"), PROGRAMME).longlist
        ids = {each.id for each in bundle.ecosystems}
        answers = load_identities(Path(str(bundled("longlist"))) / "identities.yaml")
        assert answers.wholes("zes-amsterdam") == ("amsterdam-economic-board",)
        for each in answers.decisions:
            assert {each.one, each.other} <= ids
            assert each.reason
            assert each.date <= date(2026, 12, 31)
