"""Long lists from files, folders and standard input, and the bundled data."""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from pydantic.json_schema import GenerateJsonSchema

from kiamv_cli.base import files
from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats import package_data as datafiles
from kiamv_cli.formats.package_data import bundled
from kiamv_cli.longlist.model.longlist import Suggestion
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.longlist.reading.shape import longlist_shape
from kiamv_cli.programme.model.facts import BudgetLine, Judgement
from kiamv_cli.programme.reading.programme import load_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.programme.model.programme import Programme

ENTRY = "{id: %s, name: %s, provinces: [NL-GR], themes: [energy]}"
LINE = '{"id": "%s", "name": "%s", "provinces": ["NL-GR"], "themes": ["energy"]}'
HEADER = '{"title": "Example", "as_of": "2020-11-30"}'
LIST = "title: Example\nas_of: 2020-11-30\necosystems:\n- " + ENTRY % ("alpha", "Alpha") + "\n"


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load_programme(bundled("criteria"))


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return give


def problem_with(place: str | Path, programme: Programme, as_of: date | None = None) -> str:
    with pytest.raises(BadInput) as error:
        load_longlist(place, programme, as_of=as_of)
    (problem,) = error.value.problems
    return str(problem)


def test_the_bundled_list(programme: Programme) -> None:
    loaded = load_longlist(bundled("longlist"), programme)
    assert not loaded.warnings
    assert len(loaded.longlist.ecosystems) == 60
    assert loaded.longlist.as_of == date(2020, 11, 30)
    hannn = next(each for each in loaded.longlist.ecosystems if each.id == "hannn")
    assert hannn.provinces == ("NL-GR", "NL-FR", "NL-DR")
    assert hannn.budget
    assert hannn.budget[1] == BudgetLine(
        own=True,
        amount_eur=325000,
        start=2014,
        until=2014,
        funders=("Provincie Fryslân",),
        note=hannn.budget[1].note,
        source="s3",
    )


def test_what_is_absent_is_unknown_and_what_is_empty_is_none(
    tmp_path: Path, programme: Programme
) -> None:
    place = tmp_path / "list.yaml"
    place.write_text(
        LIST + "  \n- {id: b, name: B, provinces: [NL-GR], themes: [energy], budget: [],"
        " maturity: null, partners: {research: []}}\n"
    )
    alpha, beta = load_longlist(place, programme).longlist.ecosystems
    assert (alpha.budget, alpha.partners.research, alpha.verdicts) == (None, None, {})
    assert (beta.budget, beta.partners.research, beta.partners.industry) == ((), (), None)
    assert beta.maturity is None


def test_suggestions_and_judgements(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.yaml"
    entry = ENTRY % ("alpha", "Alpha")
    place.write_text(
        LIST.replace(
            entry,
            entry[:-1] + ", suggested_by: [rom, {by: B, date: 2020-05-01}],"
            " verdicts: {multi-helix: {parts: {citizens: met}, by: A, date: 2020-10-01,"
            " reason: seen}}}",
        )
    )
    (alpha,) = load_longlist(place, programme).longlist.ecosystems
    assert alpha.suggested_by == (
        Suggestion(by="rom"),
        Suggestion(by="B", date=date(2020, 5, 1)),
    )
    assert alpha.verdicts == {
        "multi-helix": Judgement(
            parts={"citizens": "met"}, by="A", date=date(2020, 10, 1), reason="seen"
        )
    }


def test_the_caller_may_give_the_reference_date(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.yaml"
    place.write_text(LIST)
    before = load_longlist(place, programme).longlist
    after = load_longlist(place, programme, as_of=date(2024, 1, 1)).longlist
    assert (before.as_of, after.as_of) == (date(2020, 11, 30), date(2024, 1, 1))
    assert before.sha256 == after.sha256
    place.write_text(LIST.replace("as_of: 2020-11-30\n", ""))
    assert load_longlist(place, programme, as_of=date(2024, 1, 1)).longlist.as_of.year == 2024


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (LIST, "Example"),
        ("\n\ufeff"[1:] + LIST, "Example"),
        ("\n# a comment\n" + LIST, "Example"),
        (f"\n{HEADER}\n{LINE % ('alpha', 'Alpha')}\n", "Example"),
        (f"{LINE % ('alpha', 'Alpha')}\n", "standard input"),
        (f'{HEADER[:-1]}, "ecosystems": [{LINE % ("alpha", "Alpha")}]}}', "Example"),
        (f'{HEADER[:-1]},\n "ecosystems": [{LINE % ("alpha", "Alpha")}]\n}}\n', "Example"),
    ],
)
def test_standard_input_tells_its_format(
    standard_input: Callable[[str], None], programme: Programme, text: str, title: str
) -> None:
    standard_input(text)
    longlist = load_longlist("-", programme, as_of=date(2020, 11, 30)).longlist
    assert [each.id for each in longlist.ecosystems] == ["alpha"]
    assert longlist.title == title


def test_lines_of_standard_input_count_from_the_first(
    standard_input: Callable[[str], None], programme: Programme
) -> None:
    standard_input(f"\n\n{LIST}  bad: 1\n")
    assert problem_with("-", programme).startswith("<stdin>:7:")
    standard_input("")
    assert problem_with("-", programme).startswith("<stdin>: K105")


def test_json_lines_take_title_and_date_from_elsewhere(
    tmp_path: Path, programme: Programme
) -> None:
    place = tmp_path / "my list.jsonl"
    place.write_text(f"\n{LINE % ('b', 'B')}\r\n\n{LINE % ('a', 'A')}")
    longlist = load_longlist(place, programme, as_of=date(2020, 1, 1)).longlist
    assert longlist.title == "my list"
    assert [each.id for each in longlist.ecosystems] == ["a", "b"]


def test_title_and_date_come_first_in_json_lines(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.jsonl"
    place.write_text(f"{LINE % ('a', 'A')}\n{HEADER}\n")
    with pytest.raises(BadInput) as error:
        load_longlist(place, programme, as_of=date(2020, 1, 1))
    assert {(each.code, each.line) for each in error.value.problems} == {("K301", 2), ("K302", 2)}


def test_utf_16_and_a_byte_order_mark_are_read(tmp_path: Path, programme: Programme) -> None:
    plain, marked, wide = (tmp_path / f"{name}.yaml" for name in ("plain", "marked", "wide"))
    plain.write_text(LIST, encoding="utf-8")
    marked.write_text(LIST, encoding="utf-8-sig")
    wide.write_text(LIST, encoding="utf-16")
    lists = [load_longlist(each, programme).longlist for each in (plain, marked, wide)]
    assert lists[0] == lists[1] == lists[2]


def test_json_lines_in_utf_16_are_refused(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.jsonl"
    place.write_text(LINE % ("a", "A"), encoding="utf-16")
    assert "K201" in problem_with(place, programme)


def test_names_that_could_do_harm_are_only_names(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.yaml"
    names = ["[/]", "[red]x", "=HYPERLINK(1)", "<script>"]
    entries = [ENTRY % (f"e{n}", f"'{name}'") for n, name in enumerate(names)]
    place.write_text("title: T\nas_of: 2020-11-30\necosystems:\n- " + "\n- ".join(entries))
    loaded = load_longlist(place, programme).longlist
    assert [each.name for each in loaded.ecosystems] == names


def test_missing_files_are_looked_for(tmp_path: Path, programme: Programme) -> None:
    (tmp_path / "long-list.yaml").write_text(LIST)
    message = problem_with(tmp_path / "longlist.yaml", programme)
    assert message.endswith(
        "K101 there is no such file. Choose from what is in this folder: long-list.yaml."
    )
    assert "K101" in problem_with(tmp_path / "no" / "such.yaml", programme)


def test_what_is_no_file(tmp_path: Path, programme: Programme) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    for name in ("pipe", "loop", "zero"):
        assert "K102" in problem_with(tmp_path / f"{name}.yaml", programme)
    assert "K102" in problem_with(tmp_path / ("x" * 300), programme)
    assert "K102" in problem_with(tmp_path / "a\0b.yaml", programme)


def test_a_name_with_an_escape_is_shown_harmlessly(tmp_path: Path, programme: Programme) -> None:
    assert r"\x1b[31m.yaml" in problem_with(tmp_path / "\x1b[31m.yaml", programme)


def test_size_is_capped(
    tmp_path: Path, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 300)
    place = tmp_path / "list.jsonl"
    for each in (tmp_path / "list.yaml", place):
        each.write_text(LINE % ("a", "x" * 500))
        assert "K103" in problem_with(each, programme, as_of=date(2020, 1, 1))
    place.write_text("".join(LINE % (f"a{n}", n) + "\n" for n in range(10, 20)))
    assert len(load_longlist(place, programme, as_of=date(2020, 1, 1)).longlist.ecosystems) == 10


def test_a_large_file_is_refused_unread(tmp_path: Path, programme: Programme) -> None:
    place = tmp_path / "list.yaml"
    with place.open("wb") as file:
        file.truncate(1 << 40)
    assert "K103" in problem_with(place, programme)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(
    tmp_path: Path, programme: Programme, *, enabled: bool
) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        load_longlist(bundled("longlist"), programme)
        with pytest.raises(BadInput):
            load_longlist(tmp_path / "none.yaml", programme)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()


def test_all_problems_of_a_large_list_are_found_quickly(
    tmp_path: Path, programme: Programme
) -> None:
    place = tmp_path / "list.yaml"
    entries = [ENTRY % ("same", f"N{n}") for n in range(1000)]
    place.write_text("title: T\nas_of: 2020-11-30\necosystems:\n- " + "\n- ".join(entries))
    with pytest.raises(BadInput) as error:
        load_longlist(place, programme)
    problems = error.value.problems
    assert len(problems) == 999
    assert str(problems[-1]).startswith(f"{place}:1003:8: K401")
    assert "first at line 4" in problems[-1].message


def test_from_a_zip_file(tmp_path: Path, programme: Programme) -> None:
    with ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("list/longlist.yaml", "title: T\nas_of: 2020-11-30\n")
        archive.writestr("list/alpha.yaml", ENTRY % ("alpha", "Alpha"))
        for place in Path(str(bundled("criteria"))).glob("*.*"):
            archive.writestr(f"criteria/{place.name}", place.read_bytes())
    with ZipFile(tmp_path / "data.zip") as archive:
        assert load_programme(ZipPath(archive, "criteria/")) == programme
        loaded = load_longlist(ZipPath(archive, "list/"), programme)
    assert [each.id for each in loaded.longlist.ecosystems] == ["alpha"]


def test_the_same_shape_makes_json_schema(programme: Programme) -> None:
    schema = GenerateJsonSchema(by_alias=True).generate(longlist_shape(programme))
    assert set(schema["required"]) == {"title", "as_of", "ecosystems"}
    ecosystem = schema["properties"]["ecosystems"]["items"]
    assert ecosystem["required"] == ["id", "name", "provinces", "themes"]
    assert ecosystem["additionalProperties"] is False
    assert ecosystem["properties"]["themes"]["items"]["enum"] == [
        "energy",
        "agrifood",
        "health",
        "security",
    ]
    assert schema["properties"]["as_of"]["format"] == "date"
    text = json.dumps(schema)
    assert '"from"' in text
    assert '"start"' not in text


def test_data_beside_an_installed_package_are_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "kiamv_cli"
    (tmp_path / "criteria").mkdir()
    monkeypatch.setattr(datafiles, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="reinstall"):
        bundled("criteria")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "other"\n')
    with pytest.raises(FileNotFoundError):
        bundled("criteria")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "kiamv"\n')
    assert bundled("criteria") == tmp_path / "criteria"
    (package / "_data" / "criteria").mkdir(parents=True)
    assert bundled("criteria") == package / "_data" / "criteria"


def test_loading_imports_nothing_heavy() -> None:
    code = (
        "import sys, kiamv_cli.longlist.reading.longlist as l\n"
        "import kiamv_cli.programme.reading.programme as p\n"
        "from kiamv_cli.formats.package_data import bundled\n"
        "l.load_longlist(bundled('longlist'), p.load_programme(bundled('criteria')))\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    heavy = {"pydantic", "numpy", "highspy", "rich", "typer", "difflib", "importlib.resources"}
    assert not heavy & set(done.stdout.split())
