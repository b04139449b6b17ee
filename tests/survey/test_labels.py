"""Answers go to the option that was written, or are told; never to one that looks like it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.base.problem import codes
from kiamv_cli.survey import load_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from running import Kiamv

LONGLIST = """
title: Three labs
as_of: 2020-11-30
ecosystems:
  - {id: alfa, name: Alfa Lab, provinces: [NL-ZH], themes: [energy]}
  - {id: beta, name: Beta Lab, provinces: [NL-ZH], themes: [energy]}
  - {id: gamma, name: Gamma Lab, provinces: [NL-ZH], themes: [energy]}
"""


def question(id_: str, wording: str, options: Sequence[str], kind: str = "single") -> str:
    """A question whose options are o1, o2 … in YAML."""
    rows = "".join(
        f"      - {{id: o{at}, label: {{en: {label!r}}}}}\n".replace("'", '"')
        for at, label in enumerate(options, start=1)
    )
    return (
        f'  - id: {id_}\n    wording: {{en: "{wording}"}}\n    kind: {kind}\n    options:\n{rows}'
    )


def questionnaire(*questions: str) -> str:
    head = "schema: kiamv/questionnaire/1\nid: q\nlabel: {en: Q}\nquestions:\n"
    return head + "".join(questions)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("longlist.yaml").write_text(LONGLIST)


def merged(
    kiamv: Kiamv, rows: str, asked: str, mapping: str = ""
) -> tuple[Mapping[str, Mapping[str, tuple[tuple[str, ...] | None, str | None]]], str]:
    """Options and note of each answer, and all that was printed."""
    Path("export.csv").write_text(rows)
    Path("q.yaml").write_text(asked)
    more = []
    if mapping:
        Path("map.yaml").write_text(f"schema: kiamv/survey-mapping/1\n{mapping}")
        more = ["--mapping", "map.yaml"]
    ran = kiamv(
        *("survey", "merge", "export.csv", "--longlist", "longlist.yaml", "--questionnaire"),
        *("q.yaml", *more, "-o", "a.yaml", "--force"),
    )
    assert ran.exit_code == 0, ran.stderr
    cells = load_answers("a.yaml").cells
    return {
        who: {asked: (cell.options(), cell.said[0].note) for asked, cell in each.items()}
        for who, each in cells.items()
    }, ran.stdout


@pytest.mark.parametrize(
    "options",
    [
        ("1.5", "2.5"),
        ("10:00", "12:00"),
        ("5.000", "50.000"),
        ("V1: ja", "V2: ja"),
        ("*", "**"),
        ("3) monthly", "12) monthly"),
        ("8:30", "9:30"),
        ("Q1: 100", "Q2: 100"),
    ],
)
def test_each_answer_is_the_option_that_was_written(kiamv: Kiamv, options: tuple[str, str]) -> None:
    rows = f"Naam,How much?\nAlfa Lab,{options[0]}\nBeta Lab,{options[1]}\n"
    for kind in ("single", "multiple"):
        answers, out = merged(kiamv, rows, questionnaire(question("x", "How much?", options, kind)))
        assert answers["alfa"]["x"] == (("o1",), None)
        assert answers["beta"]["x"] == (("o2",), None)
        assert "K96" not in out


def test_each_column_is_the_question_that_heads_it(kiamv: Kiamv) -> None:
    asked = questionnaire(
        question("first", "1. Who pays?", ("the city", "the state")),
        question("second", "2. Who pays?", ("the city", "the state")),
        question("third", "Who benefits?", ("the city", "the state")),
    )
    rows = (
        "Naam,2. Who pays?,1. Who pays?,4. Who benefits?,who benefits?\nAlfa Lab,the city,"
        "the state,the city,the state\n"
    )
    answers, out = merged(kiamv, rows, asked)
    assert answers["alfa"]["second"][0] == ("o1",)
    assert answers["alfa"]["first"][0] == ("o2",)
    assert answers["alfa"]["third"][0] == ("o1",)
    assert "'who benefits?' asks the same as the column '4. Who benefits?'" in " ".join(out.split())
    rows = rows.replace("4. Who benefits?,who benefits?", "4. Who benefits?,Who benefits?")
    assert merged(kiamv, rows, asked)[0]["alfa"]["third"][0] == ("o2",)


def test_what_can_mean_several_is_told(kiamv: Kiamv) -> None:
    asked = questionnaire(
        question("first", "1. Who pays?", ("V1: ja", "V2: ja", "nee")),
        question("second", "2. Who pays?", ("ja", "nee")),
    )
    rows = "Naam,Who pays?,3. Who pays?,1. Who pays?\nAlfa Lab,nee,nee,ja\nBeta Lab,,,V3: ja\n"
    answers, out = merged(kiamv, rows, asked)
    assert answers == {}
    told = " ".join(out.split())
    assert "the column 'Who pays?' can mean first, second" in told
    assert "the column '3. Who pays?' matches no question" in told
    assert "'ja' can be several options of 'first' (o1, o2), so this answer is left out" in told
    assert "'V3: ja' is not an option of 'first'" in told


@pytest.mark.parametrize(
    ("questions", "places"),
    [
        ([question("x", "How?", ("by car", "by  car"))], ("9:9", "10:9")),
        ([question("x", "How?", ("o2", "by train"))], ("9:9", "10:9")),
        (
            [question("x", "How?", ("car", "bus")), question("y", "How?", ("car", "bus"))],
            ("5:5", "11:5"),
        ),
    ],
)
def test_labels_that_are_the_same_are_refused_with_both_places(
    kiamv: Kiamv, questions: list[str], places: tuple[str, str]
) -> None:
    Path("q.yaml").write_text(questionnaire(*questions))
    Path("export.csv").write_text("Naam,How?\nAlfa Lab,car\n")
    ran = kiamv(
        *("survey", "merge", "export.csv", "--longlist", "longlist.yaml", "-o", "a.yaml"),
        *("--questionnaire", "q.yaml"),
    )
    assert (ran.exit_code, ran.stdout) == (2, "")
    told = [line.split(": ")[0] for line in ran.stderr.splitlines() if " K801 " in line]
    assert told == [f"q.yaml:{place}" for place in places]


THEMES = question("themes", "Which themes?", ("Energy", "Food, fish", "Health care"), "multiple")


@pytest.mark.parametrize(
    ("cell", "options", "note"),
    [
        ("Energy, Food, fish, Ferries", ("o1", "o2"), "Ferries"),
        ("Ferries, boats, Energy", ("o1",), "Ferries, boats"),
        ("Energy;Something else;Health care;", ("o1", "o3"), "Something else"),
        ("Energy; o3; canals, locks", ("o1", "o3"), "canals, locks"),
        ("o1 o3", ("o1", "o3"), None),
        ("o3", ("o3",), None),
    ],
)
def test_options_that_are_there_are_kept(
    kiamv: Kiamv, cell: str, options: tuple[str, ...], note: str | None
) -> None:
    rows = f'Naam,themes\nAlfa Lab,"{cell}"\nBeta Lab,Energy\n'
    answers, out = merged(kiamv, rows, questionnaire(THEMES))
    assert answers["alfa"]["themes"] == (options, note)
    assert ("K963" in out) == (note is not None)
    assert answers["beta"]["themes"] == (("o1",), None)


@pytest.mark.parametrize("cell", ["Ferries", "Ferries; boats", "o1 ferries", "energy health care"])
def test_what_holds_no_option_is_no_answer_and_told(kiamv: Kiamv, cell: str) -> None:
    answers, out = merged(kiamv, f"Naam,themes\nAlfa Lab,{cell}\n", questionnaire(THEMES))
    assert answers == {}
    assert "so this answer is left out" in " ".join(out.split())


def test_a_mapping_catches_the_rest(kiamv: Kiamv) -> None:
    asked = questionnaire(
        THEMES.replace("Health care", "Other"),
        question("stars", "How good?", ("*", "**", "Other")),
    )
    mapping = 'values: {themes: {"*": o3, fire: o1}, stars: {"*": o3}}\n'
    rows = (
        'Naam,themes,stars\nAlfa Lab,"Energy; Ferries",*\nBeta Lab,Ferries,****\n'
        "Gamma Lab,fire o2,**\n"
    )
    answers, out = merged(kiamv, rows, asked, mapping)
    assert answers == {
        "alfa": {"themes": (("o1", "o3"), "Ferries"), "stars": (("o1",), None)},
        "beta": {"themes": (("o3",), "Ferries"), "stars": (("o3",), "****")},
        "gamma": {"themes": (("o1", "o2"), None), "stars": (("o2",), None)},
    }
    assert "K963" not in out


def test_in_columns_of_options_one_odd_cell_takes_nothing_away(kiamv: Kiamv) -> None:
    rows = (
        "Naam,themes[o1],themes[o2],themes[o3]\nAlfa Lab,1,perhaps,0\nBeta Lab,0,perhaps,0\n"
        "Gamma Lab,0,0,0\n"
    )
    answers, out = merged(kiamv, rows, questionnaire(THEMES))
    assert answers == {
        "alfa": {"themes": (("o1",), "perhaps")},
        "gamma": {"themes": ((), None)},
    }
    assert out.count("K963") == 2


def test_a_star_without_quotes_is_told_how_to_write(kiamv: Kiamv) -> None:
    Path("map.yaml").write_text("schema: kiamv/survey-mapping/1\nvalues:\n  themes:\n    *: o3\n")
    Path("q.yaml").write_text(questionnaire(THEMES))
    Path("export.csv").write_text("Naam,themes\nAlfa Lab,o1\n")
    ran = kiamv(
        *("survey", "merge", "export.csv", "--longlist", "longlist.yaml", "-o", "a.yaml"),
        *("--questionnaire", "q.yaml", "--mapping", "map.yaml"),
    )
    assert ran.exit_code == 2
    assert "map.yaml:4:6: K203" in ran.stderr
    assert '"*"' in ran.stderr


IDENTITIES = """
schema: kiamv/identities/1
answers:
  - {one: Alfa Lab, answer: same, other: Laboratorium A, by: A, date: 2026-01-05}
  - {one: Laboratorium A, answer: same, other: Lab One Ltd, by: A, date: 2026-01-05}
  - {one: Beta Lab, answer: different, other: Laboratorium B, by: A, date: 2026-01-05}
  - {one: Gamma Lab, answer: part-of, other: Laboratorium C, by: A, date: 2026-01-05}
"""


def test_names_that_were_decided_to_be_the_same_count_as_one(kiamv: Kiamv) -> None:
    Path("same.yaml").write_text(IDENTITIES)
    Path("q.yaml").write_text(questionnaire(THEMES))
    Path("one.csv").write_text(
        "Naam,themes\nLAB  ONE ltd,Energy\nLaboratorium B,Energy\nLaboratorium C,Energy\n"
        "Gamma Lab,Health care\n"
    )
    merge = ("survey", "merge", "one.csv", "--longlist", "longlist.yaml", "--questionnaire")
    options = ("q.yaml", "-o", "a.yaml", "--force")
    ran = kiamv(*merge, *options, "--identities", "same.yaml")
    assert ran.exit_code == 0, ran.stderr
    answers = load_answers("a.yaml")
    assert {who: each["themes"].options() for who, each in answers.cells.items()} == {
        "alfa": ("o1",),
        "gamma": ("o3",),
    }
    assert ran.stdout.count("K962") == 2
    invited = ("--invited", "Laboratorium A,gamma")
    assert kiamv(*merge, *options, "--identities", "same.yaml", *invited).exit_code == 0
    assert load_answers("a.yaml").invited == ("alfa", "gamma")
    refused = kiamv(*merge, *options, *invited)
    assert (refused.exit_code, "no ecosystem is called 'Laboratorium A'" in refused.stderr) == (
        2,
        True,
    )


def test_the_example_of_the_code_shows_it(kiamv: Kiamv) -> None:
    head = question("x", "How?", ()).removesuffix("    options:\n")
    body = "".join(f"    {line}\n" for line in codes()["K801"].example.splitlines())
    Path("q.yaml").write_text(questionnaire(head + body))
    Path("export.csv").write_text("Naam,x\nAlfa Lab,local\n")
    ran = kiamv("survey", "merge", "export.csv", "--questionnaire", "q.yaml", "-o", "a.yaml")
    assert ran.exit_code == 2
    assert re.findall(r" (K\d{3}) ", ran.stderr) == ["K801", "K801"]
