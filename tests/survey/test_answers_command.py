"""kiamv survey merge, characterise and compare: on the made-up data, and on what can go wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiamv_cli import load_criteria
from kiamv_cli.base.language import in_language
from kiamv_cli.base.problem import codes
from kiamv_cli.display.document import Screen
from kiamv_cli.display.formats import render
from kiamv_cli.survey import (
    characterise,
    crosstabs,
    load_answers,
    load_codebook,
    load_questionnaire,
)
from kiamv_cli.survey.model.crosstab import is_open
from kiamv_cli.survey.view.characteristics import ProfileView

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.survey.model.answers import Answers

ROOT = Path(__file__).parents[2]
HERE = ROOT / "examples" / "survey"
ASKED = (
    *("--invited", str(HERE / "invited.txt"), "--longlist", str(HERE / "longlist.yaml")),
    *("--mapping", str(HERE / "mapping.yaml")),
)
ROUNDS = (str(HERE / "round-1-made-up.csv"), str(HERE / "round-2-made-up.xlsx"))
INTERVIEWS = ("--interviews", str(HERE / "interviews"))
NOTICE = "DEMONSTRATION DATA, MADE UP"


@pytest.fixture(scope="module")
def merged(kiamv: Kiamv, tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("survey") / "answers.yaml"
    done = kiamv("survey", "merge", *ROUNDS, *INTERVIEWS, *ASKED, "-o", str(place))
    assert done.exit_code == 0, done.output
    return str(place)


@pytest.fixture(scope="module")
def answers(merged: str) -> Answers:
    return load_answers(merged)


def told(kiamv: Kiamv, *arguments: str) -> dict[str, Any]:
    done = kiamv("survey", *arguments, "-f", "json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_order_of_files_plays_no_part(kiamv: Kiamv, merged: str, tmp_path: Path) -> None:
    other = str(tmp_path / "answers.yaml")
    kiamv("survey", "merge", *INTERVIEWS, *ROUNDS[::-1], *ASKED, "-o", other)
    assert Path(other).read_text("utf-8") == Path(merged).read_text("utf-8")


def test_the_answers_say_what_the_files_say(answers: Answers) -> None:
    rows = list(csv.DictReader(io.StringIO((HERE / "round-1-made-up.csv").read_text("utf-8"))))
    areas = Counter(row["area"] for row in rows if row["area"])
    said = [each for each in answers.said() if each.file == ROUNDS[0] and each.question == "area"]
    labels = {o.id: o.label["nl"] for o in load_questionnaire().by_id["area"].options}
    assert Counter(labels[each.options[0]] for each in said) == areas
    line = {each.ecosystem: int(each.at.partition(":")[0]) for each in said}
    for number, row in enumerate(rows, start=2):
        name = row["ecosystem"].split()[0].lower()
        assert line.get(name, number) == number


@pytest.mark.slow
def test_interviews_fill_two_kinds_of_gaps_and_overwrite_nothing(
    kiamv: Kiamv, answers: Answers, tmp_path: Path
) -> None:
    place = str(tmp_path / "alone.yaml")
    kiamv("survey", "merge", *ROUNDS, *ASKED, "-o", place)
    alone = load_answers(place)
    changed = {
        (name, question)
        for name in answers.invited
        for question in load_questionnaire().by_id
        if alone.options(name, question) != answers.options(name, question)
    }
    filled = {(cell.said[0].ecosystem, cell.said[0].question) for cell in answers.filled}
    assert (
        changed
        == filled
        == {
            ("zilvermeer", "citizens"),
            ("zilvermeer", "citizens-stage"),
            *(("klaverdal", each) for each in ("area", "themes", "citizens", "intermediary")),
        }
    )
    assert "klaverdal" not in alone.asked()
    assert len(alone.invited) == len(answers.invited) == 44


def test_strict_writes_nothing_while_anything_is_open(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "answers.yaml"
    asked = ("survey", "merge", *ROUNDS, *ASKED, "--strict", "-o", str(place))
    done = kiamv(*asked)
    assert done.exit_code == 1
    assert not place.exists()
    assert "Nothing was written" in done.stdout
    clean = kiamv(
        *("survey", "merge", ROUNDS[0], *ASKED, "--strict", "-o", str(place), "--made-up")
    )
    assert clean.exit_code == 0, clean.output


def test_every_percentage_has_its_base_and_its_bounds(kiamv: Kiamv, merged: str) -> None:
    found = told(kiamv, "characterise", merged)
    assert found["schema"] == "kiamv/survey-characterise/1"
    assert (found["invited"], found["took_part"]) == (44, {"survey": 28, "interview": 3, "desk": 0})
    for question in found["questions"]:
        for one in question["characteristics"]:
            for heard in ("survey", "supplemented"):
                part, basis = one[heard], question[heard]
                assert part["base"] == basis["answered"] == 44 - basis["missing"]
                if part["base"] < 10:
                    assert part["share"] is part["low"] is None
                    continue
                assert part["share"] == round(part["count"] / part["base"], 6)
                assert part["low"] == round(part["count"] / 44, 6)
                assert part["high"] == round((part["count"] + basis["missing"]) / 44, 6)
    options = {each["id"]: each for each in found["questions"]}["area"]["characteristics"]
    assert sum(each["supplemented"]["count"] for each in options) == 26


@pytest.mark.parametrize(("base", "key"), [("asked", "asked"), ("chose", "chose")])
def test_another_base_is_another_share(kiamv: Kiamv, merged: str, base: str, key: str) -> None:
    for question in told(kiamv, "characterise", merged, "--base", base)["questions"]:
        for one in question["characteristics"]:
            assert one["supplemented"]["base"] == question["supplemented"][key]


def test_a_small_base_has_counts_only(kiamv: Kiamv, merged: str) -> None:
    found = told(kiamv, "characterise", merged, "--min-base", "30", "--interval", "wilson")
    for question in found["questions"]:
        for one in question["characteristics"]:
            assert one["supplemented"]["share"] is one["supplemented"]["low"] is None
    text = kiamv("survey", "characterise", merged, "--min-base", "30").stdout
    assert not re.search(r"\d%", text)
    assert "With a base below 30 only counts are given" in text


def test_wilson_says_what_it_assumes(kiamv: Kiamv, merged: str) -> None:
    found = told(kiamv, "characterise", merged, "--interval", "wilson")
    assert found["interval"]["assumption"] == "the base is a random sample of all invited"
    text = kiamv("survey", "characterise", merged, "--interval", "wilson").stdout
    assert "random sample" in " ".join(text.split())


def test_cells_of_groups_add_up_and_those_left_out_stay_so(
    kiamv: Kiamv, merged: str, answers: Answers
) -> None:
    full = crosstabs(answers, load_questionnaire(), "citizens", min_cell=1)
    safe = crosstabs(answers, load_questionnaire(), "citizens", min_cell=3)
    for whole, part in zip(full.tables, safe.tables, strict=True):
        assert whole.left_out == 0
        for row, shown in zip(whole.rows, part.rows, strict=True):
            assert sum(filter(None, row.cells)) == row.total
            assert all(
                cell is None or cell == true
                for cell, true in zip(shown.cells, row.cells, strict=True)
            )
            assert not any(cell in {1, 2} for cell in shown.cells)
        if whole.question.kind == "single":
            counts = [[cell or 0 for cell in row.cells] for row in whole.rows]
            table = [*counts, [cell or 0 for cell in whole.unanswered]]
            rows = [*(row.cells for row in part.rows), part.unanswered]
            hidden = {(i, j) for i, row in enumerate(rows) for j, c in enumerate(row) if c is None}
            assert all(is_open(table, hidden, place) for place in hidden)
    found = told(kiamv, "characterise", merged, "--by", "citizens")
    assert [each["invited"] for each in found["groups"]] == list(full.tables[0].sizes)
    assert sum(each["invited"] for each in found["groups"]) == 44


def test_places_in_a_cell_of_csv_can_be_read_back(kiamv: Kiamv, merged: str) -> None:
    listed = str(HERE / "longlist.yaml")
    rules = told(kiamv, "compare", merged, listed)["rules"]
    places = {
        (rule["criterion"], rule["part"] or "", rule["question"], each["id"]): each["where"]
        for rule in rules
        for each in rule["contradictions"]
    }
    shown = kiamv("survey", "compare", merged, listed, "-f", "csv").stdout
    rows = csv.DictReader(io.StringIO(shown, newline=""))
    found = {
        (row["criterion"], row["part"], row["question"], row["ecosystem"]): row["found_at"]
        for row in rows
    }
    assert places
    assert {key: found[key].splitlines() for key in places} == places


def test_contradictions_with_the_selection_are_listed(kiamv: Kiamv, merged: str) -> None:
    listed = str(HERE / "longlist.yaml")
    found = told(kiamv, "compare", merged, listed)
    rule = next(each for each in found["rules"] if each["part"] == "citizens")
    assert rule["counts"]["met"]["contradicts"] == len(rule["contradictions"]) == 11
    assert sum(n for row in rule["counts"].values() for n in row.values()) == 44
    scored = json.loads(kiamv("score", listed, "-f", "json").stdout)["ecosystems"]
    met = {each["id"] for each in scored if each["criteria"]["multi-mission"]["verdict"] == "met"}
    missions = next(each for each in found["rules"] if each["criterion"] == "multi-mission")
    answers = load_answers(merged)
    for one in missions["contradictions"]:
        assert one["id"] in met
        assert len(answers.options(one["id"], "themes") or ()) <= 1
        assert one["where"]


COMMANDS = [
    ("characterise", "{}"),
    ("characterise", "{}", "--by", "area"),
    ("characterise", "{}", "--by", "hoe groot is het gebied waarin de samenwerking opereert?"),
    ("compare", "{}", str(HERE / "longlist.yaml")),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", ["table", "md", "json", "csv"])
def test_every_result_says_that_it_is_made_up(
    kiamv: Kiamv, merged: str, command: tuple[str, ...], form: str
) -> None:
    done = kiamv("survey", *(each.format(merged) for each in command), "-f", form)
    assert done.exit_code == 0, done.output
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout)))
        assert {row["made_up"] for row in rows} == {"True"}
    elif form == "json":
        assert json.loads(done.stdout)["answers"]["made_up"] is True
    else:
        assert done.stdout.count(NOTICE) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("merge", "-o", "x.yaml"), "nothing to merge"),
        (("merge", ROUNDS[0], *ASKED, "--invited", "hannn", "-o", "x.yaml"), "K713"),
        (("merge", ROUNDS[0], *ASKED, "--invited", ",", "-o", "x.yaml"), "K105"),
        (("merge", ROUNDS[0], "--title", "\x1b", "-o", "x.yaml"), "--title"),
        (("merge", "nothing.csv", "-o", "x.yaml"), "K101"),
        (("characterise", "{}", "--by", "arae"), "Did you mean area?"),
        (("characterise", "{}", "--by", "themes"), "its groups would overlap"),
        (("characterise", "{}", "--by", "area", "--base", "asked"), "do not go with it"),
        (("characterise", str(HERE / "mapping.yaml")), "K601"),
    ],
)
def test_bad_usage_is_told_on_standard_error(
    kiamv: Kiamv,
    merged: str,
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = kiamv("survey", *(each.format(merged) for each in arguments))
    assert done.exit_code == 2, done.output
    assert said in done.stderr
    assert done.stdout == ""
    assert not list(tmp_path.iterdir())


def test_answers_to_another_questionnaire_are_not_mistaken(
    kiamv: Kiamv, merged: str, tmp_path: Path
) -> None:
    file = tmp_path / "other.yaml"
    text = (ROOT / "criteria" / "survey" / "questionnaire.yaml").read_text("utf-8")
    file.write_text(text.replace("id: kia-mv-2020", "id: other", 1), encoding="utf-8")
    done = kiamv("survey", "characterise", merged, "--questionnaire", str(file))
    assert done.exit_code == 2
    assert "answers to the questionnaire 'kia-mv-2020'" in done.stderr


def test_a_file_that_was_changed_is_refused(kiamv: Kiamv, merged: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(Path(merged).read_text("utf-8").replace("little", "more"), encoding="utf-8")
    done = kiamv("survey", "characterise", str(file))
    assert done.exit_code == 2
    assert "K601" in done.stderr


def test_desk_research_comes_last(kiamv: Kiamv, tmp_path: Path) -> None:
    desk = tmp_path / "desk.yaml"
    desk.write_text(
        "schema: kiamv/desk/1\ncoded_by: made-up coder C\nanswers:\n"
        "  - {ecosystem: klaverdal, question: area, options: [within-province], source: website}\n"
        "  - {ecosystem: klaverdal, question: duration, options: [end-date], source: website}\n",
        encoding="utf-8",
    )
    place = str(tmp_path / "answers.yaml")
    asked = (*INTERVIEWS, "--desk", str(desk), *ASKED, "-o", place)
    found = told(kiamv, "merge", *asked)
    assert found["took_part"] == {"survey": 0, "interview": 3, "desk": 1}
    answers = load_answers(place)
    assert answers.options("klaverdal", "area") == ("several-provinces",)
    assert answers.options("klaverdal", "duration") == ("end-date",)
    assert [each["question"] for each in found["contradictions"]] == ["area"]


def test_text_of_files_is_data(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "[bold]export.csv"
    file.write_text(
        'ecosystem,area,"[red]=HYPERLINK(1)"\nhannn,"=cmd|x",<script>\n', encoding="utf-8"
    )
    asked = ("survey", "merge", str(file), "-o", str(tmp_path / "a.yaml"))
    text = kiamv(*asked, env={"FORCE_COLOR": "1"}).stdout
    assert "[red]=HYPERLINK(1)" in text
    assert "[bold]export.csv" in text
    html = kiamv(*asked, "--force", "-f", "md").stdout
    assert "<script>" not in html
    rows = list(csv.reader(io.StringIO(kiamv(*asked, "--force", "-f", "csv").stdout)))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_in_dutch_the_labels_are_dutch_and_the_data_are_not(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiamv_cli.base.language._catalogue", lambda _language: NullTranslations())
    view = ProfileView(characterise(answers, load_questionnaire()), 10, "bounds", load_criteria())
    english = render(view, "json", Screen())
    with in_language("nl"):
        assert "Binnen één provincie" in render(view, "table", Screen())
        assert render(view, "json", Screen()) == english


def test_the_questionnaire_belongs_to_its_codebook_and_leaves_the_programme_alone() -> None:
    codebook = load_codebook(ROOT / "criteria")
    subs = {sub.id: aspect.id for aspect in codebook.aspects for sub in aspect.sub_aspects}
    questions = load_questionnaire().questions
    for question in questions:
        if question.sub_aspect:
            assert subs[question.sub_aspect] == question.aspect
        assert question.known is not None
        assert question.line
    assert [each.id for each in questions if each.known == "printed"] == ["area", "duration"]
    assert load_criteria().sha256 == load_criteria(ROOT / "criteria").sha256


# Those of K715 to K717 are workbooks, those from K966 tables.
OF_EXPORTS = {"K711", "K712", "K713", "K714"}
OF_EXPORTS |= {each for each in codes() if "K960" <= each <= "K965"}


@pytest.mark.parametrize("code", sorted(OF_EXPORTS))
def test_the_example_of_each_code_shows_it(kiamv: Kiamv, code: str, tmp_path: Path) -> None:
    example = codes()[code].example
    output = str(tmp_path / "answers.yaml")
    if example.startswith("kiamv "):
        export, invited = example.split()[3], example.split()[5]
    else:
        export, invited = "export.csv", "hannn,kiemt"
    file = tmp_path / export
    file.write_text(example if "\n" in example.strip() else "ecosystem;area\nhannn;\n", "utf-8")
    done = kiamv("survey", "merge", str(file), "--invited", invited, "-o", output)
    told = re.findall(r" (K\d{3}) ", done.output)
    assert told == [code], done.output
