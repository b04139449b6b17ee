"""A review from forms to verdicts, as the people in it meet it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from reviewing import DECIDED, REVIEWERS, answer, change, run

from kiamv_cli.base.problem import codes
from kiamv_cli.review.commands.work import keep

if TYPE_CHECKING:
    from running import Kiamv


def test_nobody_judges_what_they_suggested_or_have_an_interest_in(
    kiamv: Kiamv, folder: Path
) -> None:
    found = json.loads(run(kiamv, "assign", "-f", "json"))
    assert [one["barred"] for one in found["reviewers"]] == [[], ["alfa"], ["beta"]]
    assert [one["ecosystems"] for one in found["reviewers"]] == [
        ["alfa", "beta", "gamma"],
        ["beta", "gamma"],
        ["alfa", "gamma"],
    ]
    run(kiamv, "form", "--reviewer", "bram jansen")
    assert "alfa:" not in (folder / "forms" / "bram.yaml").read_text(encoding="utf-8")


def test_an_ecosystem_that_too_few_may_judge_is_named(kiamv: Kiamv, folder: Path) -> None:
    assert "alfa: only 2 reviewers may judge it." in run(kiamv, "assign", "--per", "3")
    again = run(kiamv, "assign", status=2)
    assert "assignment.yaml: exists already, and nothing in a review is replaced." in again
    assert "gamma" in (folder / "assignment.yaml").read_text(encoding="utf-8")


def test_a_form_shows_facts_and_sources_but_no_verdict(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    form = (folder / "forms" / "anna.yaml").read_text(encoding="utf-8")
    assert "  # s1: Report\n" in form
    assert "      # grew [s1]\n" in form
    assert "        # Firm (industry)\n        verdict:\n        reason:\n" in form
    assert not re.search(r"verdict: *\S", form.split("ecosystems:")[1])
    assert form.count("verdict:\n") == 3 * 9


def test_unknown_not_judged_and_not_mine_are_three_things(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    answer(folder / "forms" / "anna.yaml", alfa="unknown", beta="not-mine", gamma="")
    change(folder / "forms" / "anna.yaml", "verdict: unknown", "verdict: met")
    said = json.loads(run(kiamv, "seal", "review/forms/anna.yaml", "-f", "json"))
    assert [said[k] for k in ("met", "unknown", "not_mine", "not_judged")] == [1, 8, 9, 9]
    assert len(said["sha256"]) == 64


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reason: because", "reason:", "K603 'multi-mission' has a verdict without a reason"),
        ("verdict: met\n", "verdict:\n", "K603 'multi-mission' has a reason or evidence without"),
        (
            "verdict: met\n",
            "verdict: mett\n",
            "K304 'mett' is not allowed in verdict. Did you mean met",
        ),
        ("evidence: []", "evidence: [{source: s9}]", "K403 alfa has no source 's9'"),
        ("  gamma:", "  delta:", "K302 the key 'gamma' is missing"),
        ("    regional:", "    regionol:", "K301 unknown key 'regionol'. Did you mean regional"),
        ("reviewer: anna", "reviewer: anne", "K304 'anne' is not allowed in reviewer"),
        ("schema: kiamv/review/form/2", "schema: kiamv/x/1", "is not allowed in schema"),
    ],
)
def test_a_form_with_a_mistake_is_refused_with_its_place(
    kiamv: Kiamv, folder: Path, old: str, new: str, told: str
) -> None:
    run(kiamv, "form", "-r", "anna")
    answer(folder / "forms" / "anna.yaml")
    change(folder / "forms" / "anna.yaml", old, new)
    message = run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert told in message
    assert re.search(r"anna.yaml:\d+:\d+: K", message)
    assert not (folder / "seals").exists()


def test_a_form_that_was_cut_off_is_refused_wherever_it_was(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    whole = form.read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    for kept in range(5, len(lines) - 1, 9):
        form.write_text("".join(lines[:kept]), encoding="utf-8")
        run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert not (folder / "seals").exists()


def test_a_form_on_which_nothing_is_judged_is_not_sealed(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    assert "it contains no verdicts" in run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert not (folder / "first").exists()


def test_the_seal_tells_nothing_and_cannot_be_guessed(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    answer(folder / "forms" / "anna.yaml")
    seals = []
    for _ in range(2):
        run(kiamv, "seal", "review/forms/anna.yaml")
        seals.append((folder / "seals" / "anna.yaml").read_text(encoding="utf-8"))
        shutil.rmtree(folder / "seals")
        shutil.rmtree(folder / "first")
    assert seals[0] != seals[1]
    assert "because" not in seals[0]


def test_the_seal_is_the_same_for_any_layout_of_the_same_words(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form", "-r", "anna")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    seals = []
    for text in (form.read_text(encoding="utf-8"), re.sub(r"(?m)^ *#.*\n", "", form.read_text())):
        form.write_text(text.replace("because", "'because'"), encoding="utf-8")
        said = run(kiamv, "seal", "review/forms/anna.yaml", "--salt", "x", "-f", "json")
        seals.append(json.loads(said)["sha256"])
        shutil.rmtree(folder / "seals")
        shutil.rmtree(folder / "first")
    assert seals[0] == seals[1]


def test_first_verdicts_are_never_replaced(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form")
    form = folder / "forms" / "anna.yaml"
    answer(form)
    run(kiamv, "seal", "review/forms/anna.yaml")
    first = (folder / "first" / "anna.yaml").read_text(encoding="utf-8")
    change(form, "verdict: met\n", "verdict: not-met\n")
    assert "anna has sealed already" in run(kiamv, "seal", "review/forms/anna.yaml", status=2)
    assert "K602 anna has a form already" in run(kiamv, "form", "-r", "anna", status=2)
    assert "K602 anna has a form already" in run(kiamv, "form", "-r", "anna", "--xlsx", status=2)
    assert (folder / "first" / "anna.yaml").read_text(encoding="utf-8") == first


def test_a_seal_that_was_not_written_any_more_can_be_written_later(
    kiamv: Kiamv, folder: Path
) -> None:
    run(kiamv, "form", "-r", "anna")
    answer(folder / "forms" / "anna.yaml")
    run(kiamv, "seal", "review/forms/anna.yaml")
    seal = folder / "seals" / "anna.yaml"
    before = seal.read_text(encoding="utf-8")
    seal.unlink()
    run(kiamv, "seal", "review/forms/anna.yaml")
    assert seal.read_text(encoding="utf-8") == before
    seal.unlink()
    change(folder / "forms" / "anna.yaml", "verdict: met\n", "verdict: partly\n")
    assert "anna has sealed already" in run(kiamv, "seal", "review/forms/anna.yaml", status=2)


def test_nothing_is_opened_before_all_have_sealed(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "form")
    answer(folder / "forms" / "anna.yaml")
    run(kiamv, "seal", "review/forms/anna.yaml")
    result = kiamv("review", "open", "-l", "list.yaml")
    assert (result.exit_code, "Not sealed yet: bram and chris." in result.stdout) == (1, True)
    assert not (folder / "opened.yaml").exists()
    assert "has not been closed" in run(kiamv, "agreement", status=2)
    scored = kiamv("score", "list.yaml", "--reviews", "review")
    assert (scored.exit_code, scored.stdout) == (2, "")


def test_opening_again_says_what_changed_since(kiamv: Kiamv, opened: Path) -> None:
    change(opened / "forms" / "anna.yaml", "verdict: met\n", "verdict: partly\n")
    (opened / "forms" / "chris.yaml").unlink()
    found = json.loads(run(kiamv, "open", "-f", "json"))
    assert found["changed"] == [
        {
            "reviewer": "anna",
            "ecosystem": "alfa",
            "question": "multi-mission",
            "first": "met",
            "now": "partly",
        }
    ]
    assert set(found["unreadable"]) == {"chris"}
    assert "Changed since; the first verdict counts" in run(kiamv, "open")
    scored = json.loads(kiamv("score", "list.yaml", "--reviews", "review", "-f", "json").stdout)
    alfa = next(one for one in scored["ecosystems"] if one["id"] == "alfa")
    assert alfa["criteria"]["multi-mission"]["verdict"] == "met"


FILES = ("assignment", "first/anna", "seals/anna", "opened", "outcomes/gamma.regional.1")
CHECKED_BY = {"assignment": ("open",), "seals/anna": ("open",)}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "changed", "emptied", "noise", "other"])
def test_a_file_that_was_cut_off_or_changed_is_refused(
    kiamv: Kiamv, folder: Path, name: str, how: str
) -> None:
    run(kiamv, "assign")
    run(kiamv, "form")
    for who, gamma in (("anna", "met"), ("bram", "not-met"), ("chris", "met")):
        answer(folder / "forms" / f"{who}.yaml", gamma=gamma)
        run(kiamv, "seal", f"review/forms/{who}.yaml")
    if name != "seals/anna":  # once opened, the seals that counted are in opened.yaml
        run(kiamv, "open")
        run(kiamv, "adjudicate", "gamma", "regional", *DECIDED)
    path = folder / f"{name}.yaml"
    raw = path.read_bytes()
    path.write_bytes(
        {
            "cut": raw[: len(raw) * 2 // 3],
            "changed": raw.replace(b"anna", b"anne", 1).replace(b"by: ", b"by: X", 1),
            "emptied": b"",
            "noise": bytes(range(256)),
            "other": (folder / "reviewers.yaml").read_bytes(),
        }[how]
    )
    command = CHECKED_BY.get(name, ("adjudicate",))
    message = run(kiamv, *command, status=2)
    assert re.search(rf"{name}.yaml(:\d+:\d+)?: K\d\d\d ", message)
    assert "problem" in message.splitlines()[-1]


def test_first_verdicts_that_are_not_what_was_sealed_are_refused(
    kiamv: Kiamv, opened: Path
) -> None:
    shutil.rmtree(opened / "seals")
    (opened / "first" / "anna.yaml").unlink()
    answer(opened / "forms" / "anna.yaml", alfa="partly")
    change(opened / "forms" / "anna.yaml", "verdict: met\n", "verdict: partly\n")
    run(kiamv, "seal", "review/forms/anna.yaml")
    assert "K601 it is not what anna sealed" in run(kiamv, "agreement", status=2)
    (opened / "first" / "anna.yaml").unlink()
    assert "K101 what anna sealed is missing" in run(kiamv, "agreement", status=2)


def test_every_code_of_a_review_is_shown_here() -> None:
    shown = Path(__file__).read_text(encoding="utf-8")
    assert all(code in shown for code in codes() if "K601" <= code <= "K603")
    assert "K602" in codes()


@pytest.mark.slow
def test_agreement_says_what_is_undefined_and_why(kiamv: Kiamv, opened: Path) -> None:
    del opened
    found = json.loads(run(kiamv, "agreement", "-f", "json", "--draws", "50"))
    assert found["schema"] == "kiamv/review-agreement/2"
    rows = {(row["question"], row["unknown"]): row for row in found["agreement"]}
    assert len(rows) == 2 * 11
    regional = rows["regional", "missing"]
    assert (regional["ecosystems"], regional["pairs"], regional["agreed"]) == (2, 2, 1)
    assert regional["prevalence"] == {"not-met": 1, "partly": 0, "met": 3}
    assert regional["cohen"] == {"value": None, "undefined": "not-two"}
    assert regional["alpha"]["value"] is not None
    assert regional["share"]["value"] == 0.5
    helix = rows["multi-helix", "missing"]
    assert (helix["ecosystems"], helix["pairs"], helix["agreed"]) == (8, 8, 4)
    beta = rows["regional", "category"]
    assert (beta["ecosystems"], beta["prevalence"]["unknown"]) == (3, 2)
    couples = {tuple(row["reviewers"]): row for row in found["by_two"]}
    assert couples["anna", "chris"]["alpha"] == {"value": None, "undefined": "all-alike"}
    assert couples["bram", "chris"]["ac1"] == {"value": None, "undefined": "no-pairs"}
    table = run(kiamv, "agreement", "--draws", "0")
    assert "undefined: all verdicts alike: nothing to agree on" in table
    assert "undefined: no two judged the same" in table


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    kiamv: Kiamv, opened: Path
) -> None:
    del opened
    asked = ("agreement", "-f", "csv", "--draws", "200")
    assert run(kiamv, *asked) == run(kiamv, *asked)
    rows = list(csv.DictReader(io.StringIO(run(kiamv, *asked))))
    assert len(rows) == 2 * (11 + 3)
    assert {row["unknown"] for row in rows} == {"missing", "category"}


def test_disagreements_come_largest_first_with_the_wording_that_divides_most(
    kiamv: Kiamv, opened: Path
) -> None:
    del opened
    found = json.loads(run(kiamv, "agreement", "-f", "json", "--draws", "0"))
    assert len(found["disagreements"]) == 9
    assert {each["ecosystem"] for each in found["disagreements"]} == {"gamma"}
    assert found["disagreements"][0]["distance"] == 1
    assert found["wording"][0]["clashes"] == [{"verdicts": ["met", "not-met"], "pairs": 1}]


def basis(kiamv: Kiamv, *arguments: str) -> dict[str, Any]:
    result = kiamv("score", "list.yaml", "--reviews", "review", "-f", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {
        f"{one['id']}.{key}": (given["verdict"], given["basis"])
        for one in json.loads(result.stdout)["ecosystems"]
        for key, given in one["criteria"].items()
    }


@pytest.mark.slow
def test_what_all_said_counts_and_what_divides_is_left_to_the_rule_until_decided(
    kiamv: Kiamv, opened: Path
) -> None:
    before = basis(kiamv)
    assert before["alfa.regional"] == ("met", "review")
    assert before["alfa.multi-helix"] == ("met", "review")
    assert before["beta.scaling-question"] == ("unknown", "review")
    assert before["gamma.regional"] == ("unknown", "rule")
    decided = ("--verdict", "partly", "--by", "C. Chair", "--reason", "seen it")
    shown = run(kiamv, "adjudicate", "gamma", "regional", *decided)
    assert "9 disagreements, 8 without an outcome" in shown
    run(kiamv, "adjudicate", "Gamma", "multi-helix.industry", *decided)
    after = basis(kiamv)
    assert after["gamma.regional"] == ("partly", "adjudicated")
    assert after["gamma.multi-helix"][1] == "adjudicated"
    assert after["gamma.scaling-question"] == ("unknown", "rule")
    table = kiamv("score", "list.yaml", "--reviews", "review")
    told = (
        "r by reviewers who agreed (12), a adjudicated (2): "
        "people overrule the rule on 14 of 18 verdicts."
    )
    assert told in table.stdout
    for command in ("classify", "shortlist"):
        sized = ("-n", "2") if command == "shortlist" else ()
        assert told in kiamv(command, "list.yaml", "--reviews", "review", *sized).stdout
    assert "7 disagreements without an outcome" in table.stderr
    assert len(list((opened / "outcomes").iterdir())) == 2
    told = kiamv("explain", "gamma", "-l", "list.yaml", "--reviews", "review", "-n", "1").stdout
    assert 'Adjudicated by C. Chair on 2026-01-01: partly, "seen it".' in told


@pytest.mark.slow
def test_one_reviewer_alone(kiamv: Kiamv, opened: Path) -> None:
    del opened
    assert basis(kiamv, "--reviewer", "anna")["gamma.regional"] == ("met", "person")
    assert basis(kiamv, "--reviewer", "bram")["gamma.regional"] == ("not-met", "person")
    assert basis(kiamv, "--reviewer", "bram")["alfa.regional"] == ("unknown", "rule")
    nobody = kiamv("score", "list.yaml", "--reviews", "review", "--reviewer", "dirk")
    assert (nobody.exit_code, nobody.stdout) == (2, "")
    assert 'reviewer "dirk": unknown. Choose from anna' in nobody.stderr
    assert "also give the review" in kiamv("score", "--reviewer", "anna").stderr


@pytest.mark.slow
def test_deciding_again_keeps_what_was_decided(kiamv: Kiamv, opened: Path) -> None:
    said = ("gamma", "regional", "--by", "C", "--reason", "R", "--verdict")
    run(kiamv, "adjudicate", *said, "met")
    refused = run(kiamv, "adjudicate", *said, "partly", status=2)
    assert "gamma regional: C decided met. Give --again" in refused
    run(kiamv, "adjudicate", *said, "partly", "--again")
    assert basis(kiamv)["gamma.regional"] == ("partly", "adjudicated")
    assert sorted(each.name for each in (opened / "outcomes").iterdir()) == [
        "gamma.regional.1.yaml",
        "gamma.regional.2.yaml",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("alfa", "regional"), "also give --verdict, --by, --reason"),
        (
            ("alfa", "regional", *DECIDED),
            "no disagreement on",
        ),
        (("delta", "regional", *DECIDED), "delta"),
        (
            ("gamma", "regional", *["--verdict", "met", "--by", "C", "--reason", "\x1b"]),
            "not allowed",
        ),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(
    kiamv: Kiamv, opened: Path, arguments: tuple[str, ...], told: str
) -> None:
    assert told in run(kiamv, "adjudicate", *arguments, status=2)
    assert not (opened / "outcomes").exists()


@pytest.mark.slow
def test_many_decisions_at_once_come_from_a_file(kiamv: Kiamv, opened: Path) -> None:
    many = opened / "many.yaml"
    one = "{ecosystem: gamma, question: regional, verdict: met, by: C, reason: 'no: really'}"
    many.write_text(f"outcomes:\n  - {one}\n", encoding="utf-8")
    run(kiamv, "adjudicate", "--from", str(many))
    assert basis(kiamv)["gamma.regional"] == ("met", "adjudicated")
    many.write_text(f"outcomes:\n  - {one.replace('met', 'mett')}\n", encoding="utf-8")
    assert "K304 'mett' is not allowed" in run(kiamv, "adjudicate", "--from", str(many), status=2)


def test_two_who_decide_at_once_lose_nothing(kiamv: Kiamv, opened: Path) -> None:
    start = Barrier(2)
    ended: list[str] = []
    path = opened / "outcomes" / "gamma.regional.1.yaml"

    def save(text: str) -> None:
        start.wait()
        try:
            keep({path: text})
            ended.append(text)
        except SystemExit:
            ended.append("refused")

    both = [Thread(target=save, args=(text,)) for text in ("one", "other")]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert ended.count("refused") == 1
    assert path.read_text(encoding="utf-8") in ended
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    del kiamv


@pytest.mark.slow
def test_how_the_shortlist_depends_on_who_judged(kiamv: Kiamv, opened: Path) -> None:
    del opened
    found = json.loads(run(kiamv, "spread", "-n", "1", "-f", "json"))
    assert found["schema"] == "kiamv/review-spread/2"
    assert set(found["alone"]) == {"anna", "bram", "chris"}
    assert all(len(members) == 1 for members in found["alone"].values())
    assert found["together"] == ["alfa"]
    assert "by who judged" in run(kiamv, "spread", "-n", "1")
    wishes = ("-n", "1", "--exclude", "alfa", "--balance", "none")
    assert json.loads(run(kiamv, "spread", *wishes, "-f", "json"))["together"] != ["alfa"]
    run(kiamv, "spread", "-n", "1", "--include", "alfa", "--exclude", "alfa", status=2)
    run(kiamv, "spread", "-n", "4", status=2)


def test_reviewers_that_are_wrong_are_told_with_their_place(kiamv: Kiamv, folder: Path) -> None:
    (folder / "reviewers.yaml").write_text(
        REVIEWERS.replace("id: bram", "id: anna").replace("[beta]", "[betta]"), encoding="utf-8"
    )
    assert "'betta' is not allowed in interests. Did you mean beta?" in run(
        kiamv, "assign", status=2
    )
    change(folder / "reviewers.yaml", "betta", "beta")
    assert "K401 the id 'anna' is used twice" in run(kiamv, "assign", status=2)
    (folder / "reviewers.yaml").unlink()
    assert "K101 there is no such file" in run(kiamv, "assign", status=2)
    assert 'reviewer "dirk": unknown' in (
        run(kiamv, "form", "-r", "dirk", status=2)
        if (folder / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
        else ""
    )


def test_a_review_of_another_long_list_is_refused(kiamv: Kiamv, opened: Path) -> None:
    del opened
    change(Path("list.yaml"), "id: gamma", "id: delta")
    message = run(kiamv, "agreement", status=2)
    assert "K602 the long list has no ecosystem 'gamma'. Give the long list that was" in message


@pytest.mark.slow
def test_a_long_list_that_changed_since_is_told(kiamv: Kiamv, opened: Path) -> None:
    del opened
    asked = ("score", "list.yaml", "--reviews", "review")
    assert "has changed" not in kiamv(*asked).stderr
    change(Path("list.yaml"), "name: Gamma", "name: Gamma Lab")
    told = "the long list has changed since the forms of: anna, bram, chris"
    assert told in kiamv(*asked).stderr
    assert told in kiamv("review", "agreement", "-l", "list.yaml").stderr


def test_who_was_assigned_nothing_gets_no_form(kiamv: Kiamv, folder: Path) -> None:
    run(kiamv, "assign", "--per", "1")
    with (folder / "reviewers.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: dirk, name: Dirk Visser}\n")
    assert "nothing was assigned to dirk" in run(kiamv, "form", "-r", "dirk", status=2)
    run(kiamv, "form")
    assert not (folder / "forms" / "dirk.yaml").exists()
