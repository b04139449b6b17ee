"""What changes while people judge is told, and what does not fit the assignment is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from reviewing import DECIDED, LONGLIST, REVIEWERS, answer, change, run

from kiamv_cli.base.problem import Refusal, codes
from kiamv_cli.base.value import canonical, digest
from kiamv_cli.formats.document import read_document
from kiamv_cli.formats.yaml_writer import yaml_text
from kiamv_cli.review.reading.files import review_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from running import Kiamv

ROOT = Path(__file__).parents[2]
OLDER = ROOT / "tests" / "examples" / "review-of-older-kiamv"
CRITERIA = ("--criteria", "criteria")
SPREAD = ("review", "spread", "-l", "list.yaml", "-n", "1")
RULING = ("--by", "A. Chair", "--on", "2026-02-01", "--reason", "it says the same")


@pytest.fixture
def criteria(folder: Path) -> Path:
    """A copy of the criteria that may be changed."""
    return Path(shutil.copytree(ROOT / "criteria", folder.parent / "criteria"))


def read(place: Path) -> Any:  # noqa: ANN401 - what a file says
    return read_document(place.read_bytes(), str(place), "yaml").data


def rewrite(place: Path, **new: object) -> str:
    """Change a file as somebody would who also makes its hash anew; return that."""
    data = {**read(place), **new}
    data.pop("sha256")
    sha256 = digest(canonical(data))
    place.write_text(yaml_text({**data, "sha256": sha256}), encoding="utf-8")
    return sha256


def scored(kiamv: Kiamv, *arguments: str) -> dict[str, tuple[str, str]]:
    result = kiamv("score", "list.yaml", "--reviews", "review", "-f", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {
        f"{one['id']}.{key}": (given["verdict"], given["basis"])
        for one in json.loads(result.stdout)["ecosystems"]
        for key, given in one["criteria"].items()
    }


def test_every_code_of_what_changed_is_shown_here() -> None:
    shown = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in codes() if code.startswith("K82")] == ["K820", "K821", "K822", "K823"]
    assert all(code in shown for code in codes() if code.startswith("K82"))


def test_a_form_of_another_date_is_refused_with_both_dates(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "assign")
    run(kiamv, "form")
    answer(folder / "forms" / "bram.yaml")
    change(folder / "forms" / "bram.yaml", "as_of: 2026-01-01", "as_of: 2027-01-01")
    told = run(kiamv, "seal", "review/forms/bram.yaml", status=2)
    assert "K820 the form is as of 2027-01-01, the assignment as of 2026-01-01" in told
    assert re.search(r"bram\.yaml:\d+:8: K820", told)
    assert not (folder / "seals").exists()


def test_a_spreadsheet_of_another_date_is_refused_as_well(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna", "--xlsx", "--as-of", "2026-03-01")
    place = folder / "forms" / "anna.xlsx"
    book = openpyxl.load_workbook(place)
    sheet = book["Form"]
    assert sheet["A3"].value.startswith("anna | 2026-03-01 | kiamv-2020 | ")
    sheet["A3"] = sheet["A3"].value.replace("2026-03-01", "2026-01-01")
    sheet["D5"], sheet["E5"] = "met", "because"
    del book["About"]
    book.save(place)
    told = run(kiamv, "seal", str(place), status=2)
    assert "K820 the form is as of 2026-01-01, the assignment as of 2026-03-01" in told


def test_all_forms_are_as_of_the_date_of_the_assignment(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "assign", "--as-of", "2025-06-30")
    told = run(kiamv, "form", "-r", "anna", "--as-of", "2025-07-01", status=2)
    assert "K820 the forms would be as of 2025-07-01, the assignment is as of 2025-06-30" in told
    run(kiamv, "form")
    text = (folder / "forms" / "chris.yaml").read_text(encoding="utf-8")
    assert "\nas_of: 2025-06-30\n" in text


def test_first_verdicts_of_another_date_are_refused_not_taken_for_those_of_all(
    kiamv: Kiamv, opened: Path
) -> None:
    place = opened / "first" / "chris.yaml"
    sha256 = rewrite(place, form={**read(place)["form"], "as_of": "2027-01-01"})
    rewrite(opened / "seals" / "chris.yaml", form=sha256)
    seals = read(opened / "opened.yaml")["seals"]
    rewrite(opened / "opened.yaml", seals={**seals, "chris": sha256})
    for command in ("open", "agreement", "adjudicate"):
        told = run(kiamv, command, status=2)
        assert "chris.yaml: K820 it is as of 2027-01-01, the assignment as of 2026-01-01" in told
    assert kiamv("score", "list.yaml", "--reviews", "review").exit_code == 2


def test_first_verdicts_of_two_dates_that_an_older_kiamv_took_are_refused(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(OLDER, tmp_path / "older"))
    asked = ("score", "list2.yaml", "--reviews", "review")
    assert kiamv(*asked).exit_code == 0
    place = Path("review/first/bram.yaml")
    sha256 = rewrite(place, form={**read(place)["form"], "as_of": "2021-11-30"})
    rewrite(Path("review/seals/bram.yaml"), form=sha256)
    seals = read(Path("review/opened.yaml"))["seals"]
    rewrite(Path("review/opened.yaml"), seals={**seals, "bram": sha256})
    told = kiamv(*asked)
    assert told.exit_code == 2
    assert "K820 it is as of 2021-11-30, the first verdicts of anna as of 2020-11-30" in told.stderr


QUESTION = ("Is the problem urgent in the region", "Is the problem pressing in the region")
RULE = ("distinct: 2", "distinct: 3")


def judge_all(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "assign", *CRITERIA)
    run(kiamv, "form", *CRITERIA)
    for who in ("anna", "bram", "chris"):
        answer(folder / "forms" / f"{who}.yaml", gamma="partly" if who == "anna" else "met")


@pytest.mark.slow
def test_a_question_or_rule_that_changed_between_two_seals_is_told_at_every_step(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    judge_all(kiamv, folder)
    first = kiamv("review", "seal", "review/forms/anna.yaml", *CRITERIA, "-l", "list.yaml")
    assert "since the assignment" not in first.stderr
    change(criteria / "regional.yaml", *QUESTION)
    change(criteria / "multi-mission.yaml", *RULE)
    steps = (
        ("review", "seal", "review/forms/bram.yaml"),
        ("review", "seal", "review/forms/chris.yaml"),
        ("review", "open"),
        ("review", "agreement", "--draws", "0"),
        ("review", "adjudicate"),
        ("score", "--reviews", "review"),
    )
    for step in steps:
        source = ("list.yaml",) if step[0] == "score" else ("-l", "list.yaml")
        result = kiamv(*step, *source, *CRITERIA)
        assert result.exit_code == 0, result.output
        question = 'the question of regional (en): was "Is the problem urgent'
        assert question in result.stderr
        assert 'the rule of multi-mission (steps.1.distinct): was "2", is "3"' in result.stderr
        assert "count until the chair decides" in result.stderr
    told = json.loads(run(kiamv, "agreement", *CRITERIA, "-f", "json", "--draws", "0"))
    assert [(e["criterion"], e["what"], e["key"]) for e in told["changed_since"]] == [
        ("multi-mission", "rule", "steps.1.distinct"),
        ("regional", "question", "en"),
    ]


def test_what_does_not_bear_on_a_verdict_is_no_change(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    judge_all(kiamv, folder)
    place = criteria / "regional.yaml"
    place.write_text("# a remark\r\nweight: 3\r\n" + place.read_text(encoding="utf-8"))
    result = kiamv("review", "seal", "review/forms/anna.yaml", *CRITERIA, "-l", "list.yaml")
    assert result.exit_code == 0, result.output
    assert "since the assignment" not in result.stderr


def open_all(kiamv: Kiamv) -> None:
    for who in ("anna", "bram", "chris"):
        run(kiamv, "seal", f"review/forms/{who}.yaml", *CRITERIA)
    run(kiamv, "open", *CRITERIA)


@pytest.mark.slow
@pytest.mark.parametrize(("verdicts", "basis"), [("stand", "review"), ("lapse", "rule")])
def test_the_chair_decides_on_record_whether_earlier_verdicts_stand(
    kiamv: Kiamv, folder: Path, criteria: Path, verdicts: str, basis: str
) -> None:
    judge_all(kiamv, folder)
    open_all(kiamv)
    run(kiamv, "adjudicate", "gamma", "regional", *DECIDED, *CRITERIA)
    assert scored(kiamv, *CRITERIA)["alfa.regional"] == ("met", "review")
    missing = run(kiamv, "adjudicate", "--changed", verdicts, "--by", "C", *CRITERIA, status=2)
    assert "also give --on, --reason" in missing
    nothing = run(kiamv, "adjudicate", "--changed", verdicts, *RULING, *CRITERIA, status=2)
    assert "no question or rule changed" in nothing
    change(criteria / "regional.yaml", *QUESTION)
    run(kiamv, "adjudicate", "--changed", verdicts, *RULING, *CRITERIA)
    after = scored(kiamv, *CRITERIA)
    assert after["alfa.regional"][1] == basis
    assert after["gamma.regional"][1] == ("adjudicated" if verdicts == "stand" else "rule")
    assert after["alfa.scaling-question"] == ("met", "review")
    told = kiamv("score", "list.yaml", "--reviews", "review", *CRITERIA).stderr
    assert "A. Chair decided on 2026-02-01 that verdicts given before" in told
    assert '"it says the same"' in told
    assert ("verdicts lapsed" in told) is (verdicts == "lapse")
    assert "count until the chair decides" not in told
    found = json.loads(run(kiamv, "adjudicate", *CRITERIA, "-f", "json"))
    assert [(e["verdicts"], e["by"], e["on"]) for e in found["rulings"]] == [
        (verdicts, "A. Chair", "2026-02-01")
    ]
    assert found["changed_since"] == []


@pytest.mark.slow
def test_the_chair_may_decide_anew_and_what_was_decided_stays(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    judge_all(kiamv, folder)
    open_all(kiamv)
    change(criteria / "regional.yaml", *QUESTION)
    run(kiamv, "adjudicate", "--changed", "lapse", *RULING, *CRITERIA)
    run(kiamv, "adjudicate", "--changed", "stand", *RULING, *CRITERIA, "--again")
    assert scored(kiamv, *CRITERIA)["alfa.regional"] == ("met", "review")
    assert sorted(each.name for each in (folder / "changes").iterdir()) == ["1.yaml", "2.yaml"]


@pytest.mark.slow
def test_a_question_that_is_put_back_asks_what_was_judged(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    judge_all(kiamv, folder)
    open_all(kiamv)
    change(criteria / "regional.yaml", *QUESTION)
    run(kiamv, "adjudicate", "--changed", "lapse", *RULING, *CRITERIA)
    change(criteria / "regional.yaml", *reversed(QUESTION))
    run(kiamv, "adjudicate", "--changed", "lapse", *RULING, *CRITERIA)
    assert scored(kiamv, *CRITERIA)["alfa.regional"] == ("met", "review")


def test_forms_on_other_questions_are_made_only_once_the_chair_has_decided(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    run(kiamv, "assign", *CRITERIA)
    run(kiamv, "form", "-r", "anna", *CRITERIA)
    answer(folder / "forms" / "anna.yaml")
    run(kiamv, "seal", "review/forms/anna.yaml", *CRITERIA)
    change(criteria / "regional.yaml", *QUESTION)
    refused = run(kiamv, "form", "-r", "bram", *CRITERIA, status=2)
    assert "K820 questions or rules changed since the assignment: regional" in refused
    run(kiamv, "adjudicate", "--changed", "lapse", *RULING, *CRITERIA)
    run(kiamv, "form", *CRITERIA)
    for who in ("bram", "chris"):
        answer(folder / "forms" / f"{who}.yaml")
        run(kiamv, "seal", f"review/forms/{who}.yaml", *CRITERIA)
    run(kiamv, "open", *CRITERIA)
    found = scored(kiamv, *CRITERIA)
    assert found["gamma.regional"] == ("met", "review")  # of bram and chris
    assert found["alfa.regional"] == ("unknown", "rule")  # one of two: that of anna lapsed
    assert found["alfa.scaling-question"] == ("met", "review")


def test_a_form_on_other_questions_than_were_assigned_is_refused(
    kiamv: Kiamv, folder: Path
) -> None:
    run(kiamv, "form", "-r", "anna")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    line = next(each for each in form.read_text().splitlines() if each.startswith("questions:"))
    change(form, line, f'questions: "{"0" * 64}"')
    told = run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert "K820 the form is on other questions or rules (000000000000…)" in told
    change(form, f'questions: "{"0" * 64}"\n', "")
    told = run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert "K820 the form does not say on which questions and rules it is" in told


def test_a_criterion_that_is_gone_is_told_not_dropped(
    kiamv: Kiamv, folder: Path, criteria: Path
) -> None:
    judge_all(kiamv, folder)
    open_all(kiamv)
    (criteria / "regional.yaml").unlink()
    change(criteria / "programme.yaml", "regional, ", "")
    told = run(kiamv, "agreement", *CRITERIA, status=2)
    assert "K821 it asks about regional, which the criteria no longer have" in told


def test_ecosystems_that_changed_on_the_list_are_named(kiamv: Kiamv, opened: Path) -> None:
    del opened
    change(Path("list.yaml"), "what: grew", "what: grew fast")
    told = kiamv("score", "list.yaml", "--reviews", "review").stderr
    assert "since the assignment the long list has changed about: alfa (maturity)\n" in told


def test_an_opening_that_leaves_out_a_reviewer_is_refused(kiamv: Kiamv, opened: Path) -> None:
    seals = read(opened / "opened.yaml")["seals"]
    rewrite(opened / "opened.yaml", seals={k: v for k, v in seals.items() if k != "bram"})
    for command in (("review", "agreement", "-l"), ("review", "open", "-l"), ("score",)):
        reviews = ("--reviews", "review") if command[0] == "score" else ()
        result = kiamv(*command, "list.yaml", *reviews)
        assert result.exit_code == 2
        assert "opened.yaml: K822 it leaves out bram, who were assigned to judge" in result.stderr
    rewrite(opened / "opened.yaml", seals={**seals, "dirk": "0" * 64})
    assert "K822 dirk were never assigned anything" in run(kiamv, "agreement", status=2)


def test_an_opening_by_other_seals_than_were_published_is_refused(
    kiamv: Kiamv, opened: Path
) -> None:
    rewrite(opened / "seals" / "anna.yaml", form="0" * 64)
    told = run(kiamv, "agreement", status=2)
    assert "K822 the seal of anna is" in told
    assert "that in seals/ is 000000000000…" in told


@pytest.mark.slow
def test_many_decisions_that_were_written_in_part_can_be_given_again(
    kiamv: Kiamv, opened: Path
) -> None:
    many = opened.parent / "many.yaml"
    one = "{{ecosystem: gamma, question: {key}, verdict: {verdict}, by: C, reason: R}}"
    keys = ("regional", "scaling-question", "multi-helix.citizens")
    lines = [one.format(key=key, verdict="met") for key in keys]
    many.write_text("outcomes:\n" + "".join(f"  - {each}\n" for each in lines), encoding="utf-8")
    run(kiamv, "adjudicate", "--from", str(many))
    written = {each.name: each.read_bytes() for each in (opened / "outcomes").iterdir()}
    (opened / "outcomes" / "gamma.scaling-question.1.yaml").unlink()  # stopped before this one
    again = run(kiamv, "adjudicate", "--from", str(many))
    assert "9 disagreements, 6 without an outcome" in again
    assert {e.name: e.read_bytes() for e in (opened / "outcomes").iterdir()} == written
    many.write_text(many.read_text().replace("verdict: met", "verdict: partly", 2))
    assert "C decided met" in run(kiamv, "adjudicate", "--from", str(many), status=2)
    for _ in range(2):  # also where they replace others
        run(kiamv, "adjudicate", "--from", str(many), "--again")
        assert len(list((opened / "outcomes").iterdir())) == 5


@pytest.mark.parametrize("salt", ["", "  ", "\t"])
def test_a_blank_salt_hides_nothing(kiamv: Kiamv, folder: Path, salt: str) -> None:
    run(kiamv, "form", "-r", "anna")
    answer(folder / "forms" / "anna.yaml")
    told = run(kiamv, "seal", "review/forms/anna.yaml", "--salt", salt, status=2)
    assert "salt" in told
    assert not (folder / "first").exists()


@pytest.mark.parametrize("by", ["Chris Bakker", "CHRIS  bakker", "chris", "C. Chair and chris"])
def test_who_has_an_interest_does_not_adjudicate(kiamv: Kiamv, opened: Path, by: str) -> None:
    change(opened / "reviewers.yaml", "interests: [beta]", "interests: [beta, gamma]")
    decided = ("--verdict", "met", "--reason", "R", "--by", by)
    told = run(kiamv, "adjudicate", "gamma", "regional", *decided, status=2)
    assert "may not decide on gamma" in told
    assert not (opened / "outcomes").exists()


def test_a_chair_may_declare_an_interest_without_judging(kiamv: Kiamv, opened: Path) -> None:
    with (opened / "reviewers.yaml").open("a", encoding="utf-8") as file:
        file.write("adjudicators:\n  - {id: chair, name: A. Chair, interests: [gamma]}\n")
    told = run(
        kiamv,
        "adjudicate",
        "gamma",
        "regional",
        *DECIDED[:2],
        "--by",
        "a. chair",
        "--reason",
        "R",
        status=2,
    )
    assert "a. chair may not decide on gamma" in told
    result = kiamv(
        "review",
        "adjudicate",
        "gamma",
        "regional",
        "--verdict",
        "met",
        "--by",
        "A Chair",
        "--reason",
        "R",
        "-l",
        "list.yaml",
    )
    assert 'no reviewer or adjudicator "A Chair". Did you mean A. Chair?' in result.stderr


@pytest.mark.slow
def test_verdicts_of_who_turns_out_to_have_an_interest_do_not_count(
    kiamv: Kiamv, opened: Path
) -> None:
    assert scored(kiamv)["alfa.regional"] == ("met", "review")
    change(opened / "reviewers.yaml", "interests: [beta]", "interests: [beta, alfa]")
    assert scored(kiamv)["alfa.regional"] == ("unknown", "rule")
    told = kiamv("score", "list.yaml", "--reviews", "review").stderr
    assert "what chris said on alfa does not count" in told
    found = json.loads(run(kiamv, "agreement", "-f", "json", "--draws", "0"))
    assert found["interested"] == [["chris", "alfa"]]


def test_who_turns_out_to_have_an_interest_before_sealing_judges_it_no_more(
    kiamv: Kiamv, folder: Path
) -> None:
    run(kiamv, "assign")
    run(kiamv, "form", "-r", "anna")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    change(
        folder / "reviewers.yaml", "name: Anna de Vries", "name: Anna de Vries, suggested_as: [Rom]"
    )
    told = run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert "K823 anna may not judge alfa" in told
    form.unlink()
    run(kiamv, "form", "-r", "anna")
    assert "\n  alfa:\n" not in form.read_text(encoding="utf-8")


def test_a_name_that_suggested_nothing_is_told_with_the_nearest(kiamv: Kiamv, folder: Path) -> None:
    (folder.parent / "list.yaml").write_text(
        LONGLIST.replace("[rom]", "[Stichting Innovatie Vallei]"), encoding="utf-8"
    )
    named = REVIEWERS.replace("[ROM]", "[Stichting Innovatievalley, Zuiderzee]")
    (folder / "reviewers.yaml").write_text(named, encoding="utf-8")
    result = kiamv("review", "assign", "-l", "list.yaml", "-f", "json")
    near = 'suggested by "Stichting Innovatievalley". Did you mean Stichting Innovatie Vallei?'
    assert near in result.stderr
    assert 'suggested by "Zuiderzee".\n' in result.stderr
    assert json.loads(result.stdout)["unmatched"] == [
        {
            "reviewer": "bram",
            "suggested_as": "Stichting Innovatievalley",
            "nearest": "Stichting Innovatie Vallei",
        },
        {"reviewer": "bram", "suggested_as": "Zuiderzee", "nearest": None},
    ]


def test_a_reviewer_is_found_by_any_spelling_and_a_stranger_told_with_the_nearest(
    kiamv: Kiamv, opened: Path
) -> None:
    del opened
    of_anna = scored(kiamv, "--reviewer", "anna")
    assert scored(kiamv, "--reviewer", "ANNA  de vries") == of_anna
    told = kiamv("score", "list.yaml", "--reviews", "review", "--reviewer", "Anna de Vris").stderr
    assert "Did you mean Anna de Vries?" in told


@pytest.mark.slow
def test_what_one_person_alone_judged_is_not_called_agreement(kiamv: Kiamv, folder: Path) -> None:
    reviewers = "reviewers:\n  - {id: anna, name: Anna}\n"
    (folder / "reviewers.yaml").write_text(reviewers, encoding="utf-8")
    run(kiamv, "form")
    answer(folder / "forms" / "anna.yaml", gamma="")
    run(kiamv, "seal", "review/forms/anna.yaml")
    run(kiamv, "open")
    shown = run(kiamv, "agreement", "--draws", "0")
    assert "First verdicts of anna alone: one person's verdicts" in shown
    assert "Agreement of" not in shown
    assert "18 of 18 units were judged by one person alone" in shown
    assert scored(kiamv)["alfa.regional"] == ("met", "person")
    table = kiamv("score", "list.yaml", "--reviews", "review").stdout
    assert "* judged by one person (12)" in table
    assert "who agreed" not in table
    told = kiamv("explain", "alfa", "-l", "list.yaml", "--reviews", "review", "-n", "1").stdout
    assert "Judged by anna on 2026-01-01: met" in told
    assert "alike" not in told


def crlf(place: Path) -> None:
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))


def marked(place: Path) -> None:
    place.write_bytes(b"\xef\xbb\xbf" + place.read_bytes())


def remarked(place: Path) -> None:
    place.write_bytes(b"# seen\n" + place.read_bytes() + b"\n# and seen again\n")


CHANGES = [crlf, marked, remarked]
PLACES = ["reviewers.yaml", "assignment.yaml", "opened.yaml", "first/anna.yaml", "seals/anna.yaml"]


@pytest.mark.slow
@pytest.mark.parametrize("edit", CHANGES)
@pytest.mark.parametrize("name", [*PLACES, None])
def test_a_record_of_a_review_survives_what_git_and_editors_do(
    kiamv: Kiamv, opened: Path, name: str | None, edit: Callable[[Path], None]
) -> None:
    run(kiamv, "adjudicate", "gamma", "regional", *DECIDED)
    said = ("--by", "C", "--on", "2026-02-01", "--reason", "R", "-n", "1", "-o", "d.json")
    recorded = kiamv("record", "list.yaml", "--reviews", "review", *said)
    assert recorded.exit_code == 0, recorded.output
    places = [opened / name] if name else [*opened.rglob("*.yaml")]
    for place in places:
        edit(place)
    assert "\nThe same: " in kiamv("verify", "d.json").stdout
    change(opened / "reviewers.yaml", "Bram Jansen", "Bram Janssen")
    assert "The review is not the one of the record" in kiamv("verify", "d.json").stdout


def criteria_of_then(folder: Path) -> Path:
    """The bundled criteria as they were when the example was recorded."""
    copy = Path(shutil.copytree(ROOT / "criteria", folder / "then"))
    change(copy / "multi-year-budget.yaml", "{own: unknown, years: 2,", "{years: 2,")
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("edit", CHANGES)
@pytest.mark.parametrize("name", [*PLACES, "outcomes/a.regional.1.yaml", None])
def test_so_does_the_record_of_an_older_kiamv(
    kiamv: Kiamv,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str | None,
    edit: Callable[[Path], None],
) -> None:
    monkeypatch.chdir(shutil.copytree(OLDER, tmp_path / "older"))
    for place in [Path("review", name)] if name else [*Path("review").rglob("*.yaml")]:
        edit(place)
    then = criteria_of_then(tmp_path)
    assert "\nThe same: " in kiamv("verify", "d.json", "--criteria", str(then)).stdout


@pytest.mark.parametrize("edit", CHANGES)
def test_so_does_a_record_of_today_of_a_review_of_an_older_kiamv(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(shutil.copytree(OLDER, tmp_path / "older"))
    said = ("--by", "C", "--on", "2026-02-01", "--reason", "R", "-n", "1", "-o", "e.json")
    assert kiamv("record", "list2.yaml", "--reviews", "review", *said).exit_code == 0
    for place in Path("review").rglob("*.yaml"):
        edit(place)
    assert "\nThe same: " in kiamv("verify", "e.json").stdout


def test_a_review_of_an_older_kiamv_can_be_gone_on_with(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(OLDER, tmp_path / "older"))
    said = ("--verdict", "met", "--by", "Chair", "--reason", "R", "-l", "list2.yaml")
    result = kiamv("review", "adjudicate", "b", "regional", *said)
    assert result.exit_code == 0, result.output
    assert "it cannot be determined whether questions or rules have changed since" in result.stderr
    text = Path("review/outcomes/b.regional.1.yaml").read_text(encoding="utf-8")
    assert 'schema: "kiamv/review/outcome/2"' in text
    assert kiamv("score", "list2.yaml", "--reviews", "review").exit_code == 0
    told = kiamv("review", "adjudicate", "--changed", "stand", *RULING, "-l", "list2.yaml")
    assert "what was asked is not on record" in told.stderr


def test_a_form_of_an_older_kiamv_can_still_be_sealed(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(OLDER, tmp_path / "older"))
    for name in ("opened.yaml", "seals/bram.yaml", "first/bram.yaml"):
        Path("review", name).unlink()
    shutil.rmtree("review/outcomes")
    form = Path("review/forms/bram.yaml")
    change(form, "as_of: 2020-11-30", "as_of: 2021-11-30")
    told = kiamv("review", "seal", str(form), "-l", "list2.yaml")
    assert told.exit_code == 2
    assert (
        "K820 the form is as of 2021-11-30, what was sealed before as of 2020-11-30" in told.stderr
    )
    change(form, "as_of: 2021-11-30", "as_of: 2020-11-30")
    assert kiamv("review", "seal", str(form), "-l", "list2.yaml").exit_code == 0
    assert kiamv("review", "open", "-l", "list2.yaml").exit_code == 0
    assert kiamv("score", "list2.yaml", "--reviews", "review").exit_code == 0


@pytest.mark.slow
def test_what_was_decided_by_who_turns_out_to_have_an_interest_does_not_count(
    kiamv: Kiamv, opened: Path
) -> None:
    run(kiamv, "adjudicate", "gamma", "regional", *DECIDED)
    assert scored(kiamv)["gamma.regional"] == ("met", "adjudicated")
    with (opened / "reviewers.yaml").open("a", encoding="utf-8") as file:
        file.write("adjudicators:\n  - {id: chair, name: c, interests: [gamma]}\n")
    assert scored(kiamv)["gamma.regional"] == ("unknown", "rule")
    for command in (("score", "list.yaml", "--reviews", "review"), SPREAD):
        told = kiamv(*command).stderr
        assert "what C said on gamma does not count" in told


def test_what_no_file_may_hold_is_not_written() -> None:
    with pytest.raises(Refusal, match="U\\+202E RIGHT-TO-LEFT OVERRIDE is not allowed in a review"):
        review_text("first", {"salt": "x", "form": {"ecosystems": [{"reason": "a\u202eb"}]}})


def test_a_name_that_two_reviewers_have_is_asked_about(kiamv: Kiamv, opened: Path) -> None:
    change(opened / "reviewers.yaml", "name: Bram Jansen", "name: ANNA  de vries")
    told = kiamv("score", "list.yaml", "--reviews", "review", "--reviewer", "Anna de Vries")
    assert (told.exit_code, told.stdout) == (2, "")
    assert 'several are called "Anna de Vries": anna, bram. Give the id.' in told.stderr
    assert "several are called" in run(kiamv, "form", "-r", "anna de vries", status=2)
    assert scored(kiamv, "--reviewer", "BRAM")["gamma.regional"] == ("not-met", "person")


def test_a_seal_is_of_what_is_read_whatever_git_and_editors_do(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    change(form, "reason: because", "reason: |\n        first\n        then")
    whole, seals = form.read_bytes(), set()
    for edit in (None, *CHANGES):
        form.write_bytes(whole)
        if edit:
            edit(form)
        said = run(kiamv, "seal", "review/forms/anna.yaml", "--salt", "x", "-f", "json")
        seals.add(json.loads(said)["sha256"])
        shutil.rmtree(folder / "seals")
        shutil.rmtree(folder / "first")
    assert len(seals) == 1
