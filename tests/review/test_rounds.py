"""A review as a programme office does it: sent, received, closed, and what people do meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
from reviewing import LONGLIST, change

from kiamv_cli.base.problem import codes

if TYPE_CHECKING:
    from click.testing import Result
    from running import Kiamv

WHY = ("--by", "A. Chair", "--on", "2026-02-01", "--because", "as agreed")
HEAD = 4
VERDICT, REASON, EVIDENCE, CODE = 4, 5, 6, 7


def review(kiamv: Kiamv, *arguments: str, status: int = 0) -> Result:
    result = kiamv("review", *arguments, "-l", "list.yaml")
    assert result.exit_code == status, result.output
    return result


def said(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - a document
    return json.loads(review(kiamv, *arguments, "-f", "json").stdout)


def fill(form: Path, **verdicts: str) -> Path:
    """Fill in a form in a spreadsheet: per ecosystem a word for every question, else "Voldaan "."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    for row in range(HEAD + 1, sheet.max_row + 1):
        ecosystem = str(sheet.cell(row, CODE).value).split()[0]
        if word := verdicts.get(ecosystem, "Voldaan "):
            sheet.cell(row, VERDICT).value = word
            sheet.cell(row, REASON).value = "because"
    mail = Path("mail", form.name)
    mail.parent.mkdir(exist_ok=True)
    book.save(mail)
    return mail


def decide(workbook: Path, verdict: str, *, rows: int | None = None) -> None:
    """Fill in outcomes in the workbook of disagreements, as in a meeting."""
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[HEAD]}
    last = sheet.max_row if rows is None else HEAD + rows
    for row in range(HEAD + 1, last + 1):
        filled = {"verdict": verdict, "by": "A. Chair", "date": "2026-02-13", "reason": "seen"}
        for heading, text in filled.items():
            sheet.cell(row, places[heading]).value = text
    book.save(workbook)


def scored(kiamv: Kiamv, *arguments: str) -> dict[str, tuple[str, str]]:
    result = kiamv("score", "list.yaml", "--reviews", "review", "-f", "json", *arguments)
    assert result.exit_code == 0, result.output
    return {
        f"{one['id']}.{key}": (given["verdict"], given["basis"])
        for one in json.loads(result.stdout)["ecosystems"]
        for key, given in one["criteria"].items()
    }


@pytest.fixture
def sent(kiamv: Kiamv, folder: Path) -> Path:
    review(kiamv, "send")
    return folder


@pytest.fixture
def closed(kiamv: Kiamv, sent: Path) -> Path:
    """Anna and Bram differ on gamma; all else is met."""
    for who, gamma in (("anna", "deels"), ("bram", "niet voldaan"), ("chris", "deels")):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx", gamma=gamma)))
    review(kiamv, "close")
    return sent


def test_every_code_of_forms_by_mail_is_shown_here() -> None:
    shown = Path(__file__).read_text(encoding="utf-8")
    assert all(code in shown for code in codes() if "K830" <= code <= "K834")


@pytest.mark.slow
def test_from_a_list_to_applied_outcomes_takes_six_commands(kiamv: Kiamv, folder: Path) -> None:
    shown = review(kiamv, "send").stdout
    assert "3 forms to send" in shown
    mails = [
        str(fill(folder / "forms" / f"{who}.xlsx", gamma=gamma))
        for who, gamma in (("anna", "deels"), ("bram", "niet voldaan"), ("chris", "deels"))
    ]
    review(kiamv, "receive", *mails)
    assert "Fill in review/disagreements.xlsx" in review(kiamv, "close").stdout
    decide(folder / "disagreements.xlsx", "voldaan")
    review(kiamv, "close", "review/disagreements.xlsx")
    assert scored(kiamv)["gamma.regional"] == ("met", "adjudicated")
    assert scored(kiamv)["alfa.regional"] == ("met", "review")
    ignored = (folder / ".gitignore").read_text(encoding="utf-8")
    assert all(f"/{name}/\n" in ignored for name in ("forms", "received", "receipts", "first"))


def rows_of(form: Path) -> Any:  # noqa: ANN401 - a sheet
    return openpyxl.load_workbook(form).worksheets[0]


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("Voldaan ", "met"),
        ("✓", "met"),
        ("deels", "partly"),
        ("Deels voldaan.", "partly"),
        ("NIET  VOLDAAN", "not-met"),
        ("not met", "not-met"),
        ("weet niet", "unknown"),
        ("not mine", "not-mine"),
    ],
)
def test_words_are_read_as_people_write_them(
    kiamv: Kiamv, sent: Path, word: str, verdict: str
) -> None:
    mail = fill(sent / "forms" / "chris.xlsx", gamma=word)
    review(kiamv, "receive", str(mail))
    first = (sent / "first" / "chris.yaml").read_text(encoding="utf-8")
    assert f"verdict: {verdict}, reason: because" in first.split("gamma:")[1]


@pytest.mark.parametrize("word", ["ja", "?", "x", "OK", True])
def test_what_can_mean_two_things_is_asked_about_in_the_language_of_the_form(
    kiamv: Kiamv, folder: Path, word: object
) -> None:
    review(kiamv, "send", "--lang", "nl")
    book = openpyxl.load_workbook(folder / "forms" / "chris.xlsx")
    book["Formulier"]["D6"] = word
    book.save("chris.xlsx")
    told = review(kiamv, "receive", "chris.xlsx", "--lang", "nl", status=2).stderr
    assert re.search(r"chris.xlsx\[Formulier\]D6: K830 '.*' kan meer dan één oordeel", told)
    assert "voldaan, deels, niet voldaan, onbekend, niet aan mij" in told
    english = review(kiamv, "receive", "chris.xlsx", "--lang", "en", status=2).stderr
    assert "Write one of these: voldaan, deels, niet voldaan" in english


def test_a_form_is_known_by_what_it_says_whatever_it_is_called(kiamv: Kiamv, sent: Path) -> None:
    mail = fill(sent / "forms" / "bram.xlsx")
    shutil.copy(mail, "Re_ formulier (2).bin")
    found = said(kiamv, "receive", "Re_ formulier (2).bin", "--on", "2026-01-20")
    assert [each["reviewer"] for each in found["forms"]] == ["bram"]
    assert (sent / "received" / "bram.xlsx").read_bytes() == mail.read_bytes()
    page = (sent / "receipts" / "bram.html").read_text(encoding="utf-8")
    assert "Receipt for the review form of Bram Jansen" in page
    assert found["forms"][0]["sha256"] in page
    assert page.count("because") == 18
    assert "Received on 20" in page


def test_sorted_rows_added_columns_titles_and_remarks_change_nothing(
    kiamv: Kiamv, sent: Path
) -> None:
    plain = fill(sent / "forms" / "bram.xlsx", gamma="deels")
    book = openpyxl.load_workbook(plain)
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    for at, row in enumerate(reversed(rows), start=HEAD + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(at, column).value = value
    sheet.insert_cols(2)
    sheet.cell(HEAD, 2).value = "my notes"
    sheet.cell(HEAD + 2, 2).value = "ask Piet"
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Panel north"
    sheet.cell(sheet.max_row + 2, 1).value = "It was a pleasure."
    sheet.row_dimensions[HEAD + 5].hidden = True
    sheet.title = "Bram"
    book.save("sorted.xlsx")
    result = review(kiamv, "receive", "sorted.xlsx", "--salt", "x", "-f", "json")
    sealed = json.loads(result.stdout)["forms"][0]["sha256"]
    assert "A26 is not an answer, and is not read" in result.stderr
    assert "hidden, or filtered out" in result.stderr
    shutil.rmtree(sent / "first")
    shutil.rmtree(sent / "seals")
    shutil.rmtree(sent / "received")
    shutil.rmtree(sent / "receipts")
    again = said(kiamv, "receive", str(plain), "--salt", "x")
    assert again["forms"][0]["sha256"] == sealed


def test_a_form_saved_as_csv_or_without_its_second_sheet_says_the_same(
    kiamv: Kiamv, sent: Path
) -> None:
    mail = fill(sent / "forms" / "bram.xlsx", gamma="deels")
    sheet = rows_of(mail)
    lines = [";".join(_csv(cell.value) for cell in row) for row in sheet.iter_rows()]
    Path("bram.csv").write_text("\r\n".join(lines), encoding="cp1252", errors="replace")
    found = said(kiamv, "receive", "bram.csv", "--salt", "x")
    assert (found["forms"][0]["reviewer"], found["forms"][0]["judged"]) == ("bram", 18)
    assert (sent / "received" / "bram.csv").exists()
    assert "the same as before" in review(kiamv, "receive", str(mail)).stdout


def _csv(value: object) -> str:
    return '"' + str(value or "").replace('"', '""') + '"'


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({"A3": "bram | 2027-01-01"}, "as of 2027-01-01, the assignment as of 2026-01-01"),
        ({"A3": "dirk | 2026-01-01"}, "'dirk' is not allowed in reviewer"),
        ({"A3": None}, "K831 it does not say whose form it is, or of which review"),
        ({"A3": "bram | 2026-01-01 | kiamv-2020 | 000000000000"}, "on other questions or rules"),
    ],
)
def test_a_form_of_somebody_else_or_another_review_is_refused_with_what_differs(
    kiamv: Kiamv, sent: Path, edit: dict[str, str | None], told: str
) -> None:
    mail = fill(sent / "forms" / "bram.xlsx")
    book = openpyxl.load_workbook(mail)
    del book["About"]
    sheet = book["Form"]
    before = sheet["A3"].value.split(" | ")
    for cell, new in edit.items():
        given = (new or "").split(" | ")
        sheet[cell] = " | ".join([*given, *before[len(given) :]]) if new else None
    book.save(mail)
    assert told in review(kiamv, "receive", str(mail), status=2).stderr
    assert not (sent / "received").exists()


def test_the_sheet_of_one_in_the_file_of_another_is_refused(kiamv: Kiamv, sent: Path) -> None:
    mail = fill(sent / "forms" / "bram.xlsx")
    book = openpyxl.load_workbook(mail)
    line = rows_of(sent / "forms" / "anna.xlsx")["A3"].value
    book["Form"]["A3"] = line
    book.save(mail)
    assert (
        "K831 above the table it says 'anna'"
        in review(kiamv, "receive", str(mail), status=2).stderr
    )


def test_a_try_says_what_is_missing_and_keeps_nothing(kiamv: Kiamv, sent: Path) -> None:
    mail = fill(sent / "forms" / "bram.xlsx", gamma="")
    book = openpyxl.load_workbook(mail)
    book["Form"]["E5"] = None
    book.save(mail)
    shown = review(kiamv, "receive", str(mail), "--try").stdout
    assert "half filled in: 10 missing" in shown
    assert "a verdict without a reason" in shown
    assert not (sent / "seals").exists()
    found = said(kiamv, "receive", str(mail))
    assert (found["forms"][0]["judged"], len(found["forms"][0]["missing"])) == (9, 10)
    assert "10 things are missing" in (sent / "receipts" / "bram.html").read_text("utf-8")


@pytest.mark.slow
def test_a_newer_version_replaces_an_older_one_until_closing_and_both_stay(
    kiamv: Kiamv, sent: Path
) -> None:
    for who in ("anna", "chris"):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx")))
    review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx", gamma="deels")))
    review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx", gamma="voldaan")))
    assert (sent / "first" / "bram.2.yaml").exists()
    assert (sent / "received" / "bram.2.xlsx").exists()
    review(kiamv, "close")
    assert scored(kiamv)["gamma.regional"] == ("met", "review")
    late = fill(sent / "forms" / "bram.xlsx", gamma="niet voldaan")
    shown = review(kiamv, "receive", str(late)).stdout
    assert "after closing: kept, does not count" in shown
    assert "the same" in review(kiamv, "receive", str(late)).stdout
    assert [each.name for each in (sent / "late").iterdir()] == ["bram.yaml"]
    assert "does not count" in (sent / "receipts" / "bram.late.html").read_text("utf-8")
    assert scored(kiamv)["gamma.regional"] == ("met", "review")


def test_an_older_version_that_was_changed_is_refused(kiamv: Kiamv, sent: Path) -> None:
    for gamma in ("deels", "voldaan"):
        review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx", gamma=gamma)))
    shutil.copy(sent / "first" / "bram.2.yaml", sent / "first" / "bram.yaml")
    told = review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx")), status=2).stderr
    assert "K601 it does not follow from the earlier form of bram" in told


@pytest.mark.slow
def test_a_form_that_never_comes_is_not_waited_for_once_that_is_on_record(
    kiamv: Kiamv, sent: Path
) -> None:
    for who in ("anna", "bram"):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx", gamma="deels")))
    waiting = kiamv("review", "close", "-l", "list.yaml")
    assert (waiting.exit_code, "No form received yet from: chris." in waiting.stdout) == (1, True)
    told = review(kiamv, "close", "--without", "Chris Bakker", status=2).stderr
    assert "also give --by, --on, --because" in told
    found = said(kiamv, "close", "--without", "Chris Bakker", *WHY)
    assert [(e["what"], e["reviewer"], e["reason"]) for e in found["events"]] == [
        ("excused", "chris", "as agreed")
    ]
    after = scored(kiamv)
    assert after["gamma.regional"] == ("partly", "review")
    assert after["alfa.regional"] == ("unknown", "rule")  # of two only anna judged


@pytest.mark.slow
def test_a_half_filled_form_counts_for_what_it_says(kiamv: Kiamv, sent: Path) -> None:
    for who, gamma in (("anna", "deels"), ("bram", "deels"), ("chris", "")):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx", gamma=gamma)))
    waiting = kiamv("review", "close", "-l", "list.yaml")
    assert (
        waiting.exit_code,
        "of chris is incomplete: 9 things are missing" in waiting.stdout,
    ) == (1, True)
    review(kiamv, "close", "--without", "chris", *WHY)
    assert scored(kiamv)["alfa.regional"] == ("met", "review")


@pytest.mark.slow
def test_what_too_few_judged_is_one_persons_until_the_chair_confirms_it(
    kiamv: Kiamv, sent: Path
) -> None:
    for who in ("anna", "bram"):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx")))
    review(kiamv, "close", "--without", "chris", *WHY)
    assert scored(kiamv)["alfa.regional"] == ("unknown", "rule")
    told = kiamv("score", "list.yaml", "--reviews", "review").stderr
    assert "9 verdicts that too few people gave" in told
    told = kiamv("explain", "alfa", "-l", "list.yaml", "--reviews", "review", "-n", "1").stdout
    shown = " ".join(told.split())
    assert "Judged by anna on 2026-01-01: met" in shown
    assert "Too few judged it: the rule stands until the chair confirms it." in shown
    decide(sent / "disagreements.xlsx", "voldaan", rows=2)
    review(kiamv, "close", "review/disagreements.xlsx")
    assert scored(kiamv)["alfa.regional"] == ("met", "adjudicated")
    assert scored(kiamv, "--reviewer", "anna")["alfa.scaling-question"] == ("met", "person")


@pytest.mark.slow
def test_one_is_enough_where_that_was_said(kiamv: Kiamv, folder: Path) -> None:
    review(kiamv, "send", "--at-least", "1")
    for who in ("anna", "bram"):
        review(kiamv, "receive", str(fill(folder / "forms" / f"{who}.xlsx")))
    review(kiamv, "close", "--without", "chris", *WHY)
    assert scored(kiamv)["alfa.regional"] == ("met", "person")


@pytest.mark.slow
def test_outcomes_come_in_part_or_again_with_days_of_their_own(kiamv: Kiamv, closed: Path) -> None:
    workbook = closed / "disagreements.xlsx"
    said_of = str(rows_of(workbook)["D5"].value)
    assert "bram: not met – because" in said_of
    decide(workbook, "niet voldaan", rows=2)
    review(kiamv, "close", str(workbook))
    first = (closed / "outcomes" / "gamma.regional.1.yaml").read_text("utf-8")
    assert "2026-02-13" in first
    assert scored(kiamv)["gamma.regional"] == ("not-met", "adjudicated")
    decide(workbook, "deels")
    review(kiamv, "close", str(workbook))
    assert scored(kiamv)["gamma.regional"] == ("partly", "adjudicated")
    assert (closed / "outcomes" / "gamma.regional.1.yaml").read_text("utf-8") == first
    assert (closed / "outcomes" / "gamma.regional.2.yaml").exists()
    count = len([*(closed / "outcomes").iterdir()])
    review(kiamv, "close", str(workbook))
    assert len([*(closed / "outcomes").iterdir()]) == count


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("by", None, "[Disagreements]F5: K833 an outcome does not say who decides"),
        ("reason", None, "[Disagreements]H5: K833"),
        ("date", "3-2-2021", "[Disagreements]G5: K834 '3-2-2021' is not a clear date"),
        ("verdict", "ja", "[Disagreements]E5: K830"),
    ],
)
def test_an_outcome_that_lacks_something_is_told_with_its_cell(
    kiamv: Kiamv, closed: Path, column: str, text: str | None, told: str
) -> None:
    workbook = closed / "disagreements.xlsx"
    decide(workbook, "voldaan", rows=1)
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[HEAD] if cell.value == column)
    sheet.cell(HEAD + 1, place).value = text
    book.save(workbook)
    assert told in review(kiamv, "close", str(workbook), status=2).stderr
    assert not (closed / "outcomes").exists()


DUTCH = {
    "ecosystem": "ecosysteem",
    "known": "bekend",
    "question": "vraag",
    "said": "gezegd",
    "verdict": "oordeel",
    "by": "door",
    "date": "datum",
    "reason": "reden",
}


@pytest.mark.slow
def test_in_dutch_the_day_of_a_date_goes_first(kiamv: Kiamv, closed: Path) -> None:
    workbook = closed / "disagreements.xlsx"
    decide(workbook, "voldaan", rows=1)
    book = openpyxl.load_workbook(workbook)
    sheet = book.worksheets[0]
    for cell in sheet[HEAD]:
        if cell.value == "date":
            sheet.cell(HEAD + 1, cell.column).value = "3-2-2021"
        cell.value = DUTCH.get(str(cell.value), cell.value)
    book.save(workbook)
    review(kiamv, "close", str(workbook))
    (outcome,) = (closed / "outcomes").iterdir()
    assert "2021-02-03" in outcome.read_text("utf-8")


@pytest.mark.slow
def test_a_dated_decision_of_the_chair_overrules_any_verdict(kiamv: Kiamv, closed: Path) -> None:
    decision = ("adjudicate", "alfa", "regional", "--verdict", "not-met", "--by", "C")
    told = review(kiamv, *decision, "--reason", "objection upheld", status=2).stderr
    assert "overrules any verdict" in told
    review(kiamv, *decision, "--on", "2026-03-01", "--reason", "objection upheld")
    assert scored(kiamv)["alfa.regional"] == ("not-met", "adjudicated")
    told = kiamv("explain", "alfa", "-l", "list.yaml", "--reviews", "review", "-n", "1").stdout
    assert "Adjudicated by C on 2026-03-01: not met" in " ".join(told.split())
    del closed


@pytest.mark.slow
def test_who_joins_and_who_withdraws_are_events_and_nothing_is_deleted(
    kiamv: Kiamv, sent: Path
) -> None:
    review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx", gamma="niet voldaan")))
    with (sent / "reviewers.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {id: dirk, name: Dirk Visser, employers: [FIRM]}\n")
    told = review(kiamv, "send", status=2).stderr
    assert "this is not on record yet: joined: dirk" in told
    found = said(kiamv, "send", "--withdraw", "bram", *WHY)
    assert [(each["reviewer"], each["ecosystems"]) for each in found["forms"]] == [("dirk", 2)]
    assert [(e["what"], e["reviewer"]) for e in found["events"]] == [
        ("joined", "dirk"),
        ("withdrew", "bram"),
    ]
    for who in ("anna", "chris", "dirk"):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{who}.xlsx")))
    refused = review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx")), status=2).stderr
    assert "K832 bram no longer judges" in refused
    review(kiamv, "close")
    assert scored(kiamv)["gamma.regional"] == ("met", "review")
    assert (sent / "first" / "bram.yaml").exists()
    change(sent / "reviewers.yaml", "  - {id: chris, name: Chris Bakker, interests: [beta]}\n", "")
    assert "chris were assigned to judge" in review(kiamv, "send", *WHY, status=2).stderr


@pytest.mark.slow
def test_an_ecosystem_that_is_dropped_or_added_meanwhile(kiamv: Kiamv, sent: Path) -> None:
    review(kiamv, "receive", str(fill(sent / "forms" / "anna.xlsx", gamma="deels")))
    new = "  - {id: delta, name: Delta, provinces: [NL-FL], themes: [energy]}\n"
    text = LONGLIST.replace(
        "  - {id: gamma, name: Gamma, provinces: [NL-DR], themes: [energy]}\n", new
    )
    Path("list.yaml").write_text(text, encoding="utf-8")
    refused = review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx")), status=2).stderr
    assert "if it was dropped, put that on record with kiamv review send" in refused
    found = said(kiamv, "send", *WHY)
    assert {each["form"].rpartition("/")[2] for each in found["forms"]} == {
        "anna.2.xlsx",
        "bram.2.xlsx",
        "chris.2.xlsx",
    }
    assert "Nothing to send" in review(kiamv, "send").stdout
    for name in ("bram", "chris", "anna.2", "bram.2", "chris.2"):
        review(kiamv, "receive", str(fill(sent / "forms" / f"{name}.xlsx", delta="deels")))
    review(kiamv, "close")
    after = scored(kiamv)
    assert (after["alfa.regional"], after["delta.regional"]) == (
        ("met", "review"),
        ("partly", "review"),
    )


@pytest.mark.slow
def test_an_interest_declared_late_sets_aside_what_was_said(kiamv: Kiamv, closed: Path) -> None:
    assert scored(kiamv)["gamma.regional"] == ("unknown", "rule")
    change(
        closed / "reviewers.yaml", "suggested_as: [ROM]", "suggested_as: [ROM], interests: [gamma]"
    )
    told = kiamv("score", "list.yaml", "--reviews", "review").stderr
    assert "not on record yet: interests: bram gamma" in told
    review(kiamv, "send", *WHY)
    assert scored(kiamv)["gamma.regional"] == ("partly", "review")
    change(closed / "reviewers.yaml", ", interests: [gamma]", "")
    assert scored(kiamv)["gamma.regional"] == ("partly", "review")
    own = ("adjudicate", "gamma", "regional", "--verdict", "met", "--by", "Bram Jansen")
    refused = review(kiamv, *own, "--on", "2026-03-01", "--reason", "R", status=2).stderr
    assert "Bram Jansen may not decide on gamma" in refused


def test_who_works_for_a_partner_judges_nothing_of_it(kiamv: Kiamv, folder: Path) -> None:
    change(
        folder / "reviewers.yaml", "name: Anna de Vries", "name: Anna de Vries, employers: [ tOWN ]"
    )
    change(folder / "reviewers.yaml", "name: Bram Jansen", "name: Bram Jansen, employers: [Firma]")
    found = said(kiamv, "send")
    assert found["reviewers"][0]["barred"] == ["beta"]
    told = review(kiamv, "send").stderr
    assert 'bram: the long list does not have the employer "Firma". Did you mean Firm?' in told


@pytest.mark.slow
def test_the_chair_decides_whether_verdicts_on_facts_that_changed_stand(
    kiamv: Kiamv, closed: Path
) -> None:
    change(Path("list.yaml"), "what: grew", "what: grew fast")
    told = kiamv("score", "list.yaml", "--reviews", "review").stderr
    assert "has changed about: alfa (maturity)" in told
    ruling = ("--by", "C", "--on", "2026-02-01", "--reason", "R")
    review(kiamv, "adjudicate", "--changed", "lapse", *ruling)
    after = scored(kiamv)
    assert (after["alfa.regional"], after["beta.scaling-question"]) == (
        ("unknown", "rule"),
        ("met", "review"),
    )
    assert "something else" not in kiamv("score", "list.yaml", "--reviews", "review").stderr
    del closed


def as_ods(form: Path, place: Path) -> None:
    """Save a workbook as LibreOffice would: ODS, in which what repeats is counted."""
    tables = []
    for sheet in openpyxl.load_workbook(form).worksheets:
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            hidden = sheet.row_dimensions[number].hidden
            attribute = ' table:visibility="filter"' if hidden else ""
            cells = "".join(_ods_cell(cell.value) for cell in row)
            rows.append(f"<table:table-row{attribute}>{cells}</table:table-row>")
        empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        rows.append(f'{empty} table:number-columns-repeated="16384"/></table:table-row>')
        tables.append(f'<table:table table:name="{sheet.title}">{"".join(rows)}</table:table>')
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f"<office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(place, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content, zipfile.ZIP_DEFLATED)


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    note = "<office:annotation><text:p>seen by Piet</text:p></office:annotation>"
    return f'<table:table-cell office:value-type="string">{note}{lines}</table:table-cell>'


def test_an_ods_says_the_same_to_the_last_bit(kiamv: Kiamv, sent: Path) -> None:
    mail = fill(sent / "forms" / "bram.xlsx", gamma="deels")
    book = openpyxl.load_workbook(mail)
    book.worksheets[0].cell(HEAD + 1, REASON).value = "first  this;\nthen <that>"
    book.worksheets[0].row_dimensions[HEAD + 3].hidden = True
    book.save(mail)
    as_ods(mail, Path("bram (1).ods"))
    found = said(kiamv, "receive", "bram (1).ods", "--salt", "x")
    assert (found["forms"][0]["judged"], found["forms"][0]["missing"]) == (18, [])
    assert (sent / "received" / "bram.ods").exists()
    assert "the same as before" in review(kiamv, "receive", str(mail)).stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<office", "K203 the workbook is damaged"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "K203 the workbook is damaged"),
        (b"<office:body/>", "K602 it has no row with the headings of a form"),
    ],
)
def test_an_ods_that_is_broken_or_no_form_is_refused(
    kiamv: Kiamv, sent: Path, content: bytes, told: str
) -> None:
    del sent
    with zipfile.ZipFile("bad.ods", "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    assert told in review(kiamv, "receive", "bad.ods", status=2).stderr


@pytest.mark.slow
def test_a_request_to_see_everything_is_one_file_without_names(kiamv: Kiamv, closed: Path) -> None:
    late = fill(closed / "forms" / "chris.xlsx", gamma="niet voldaan")
    review(kiamv, "receive", str(late))
    change(closed / "reviewers.yaml", "interests: [beta]", "interests: [beta, gamma]")
    review(kiamv, "send", *WHY)
    decide(closed / "disagreements.xlsx", "voldaan", rows=2)
    review(kiamv, "close", "review/disagreements.xlsx")
    decide(closed / "disagreements.xlsx", "deels", rows=2)
    review(kiamv, "close", "review/disagreements.xlsx")
    review(kiamv, "dossier", "Gamma", "-o", "gamma.html")
    page = Path("gamma.html").read_text(encoding="utf-8")
    for text in (
        "has an interest: does not count",
        "came in after closing",
        "2026-02-13",
        "A. Chair",
    ):
        assert text in page
    for name in ("anna", "Anna", "bram", "Bram", "chris", "Chris"):
        assert name not in page
    found = said(kiamv, "dossier", "gamma")
    assert [each["number"] for each in found["outcomes"]] == [1, 2, 1, 2]
    assert {each["who"] for each in found["heard"]} == {"A", "B", "C"}
    assert found["counts"]["regional"] == {"verdict": "partly", "basis": "adjudicated"}
    named = review(kiamv, "dossier", "gamma", "--with-reviewers").stdout
    assert "Chris Bakker has an interest in gamma" in named
    assert "Bram Jansen" in named


@pytest.mark.slow
def test_what_was_cited_is_shown_wherever_the_verdict_is(kiamv: Kiamv, sent: Path) -> None:
    for who in ("anna", "chris"):
        mail = fill(sent / "forms" / f"{who}.xlsx", alfa="deels" if who == "anna" else "voldaan")
        book = openpyxl.load_workbook(mail)
        for row in range(HEAD + 1, HEAD + 10):
            book.worksheets[0].cell(row, EVIDENCE).value = "s1, p. 12"
        book.save(mail)
        review(kiamv, "receive", str(mail))
    review(kiamv, "receive", str(fill(sent / "forms" / "bram.xlsx")))
    review(kiamv, "close")
    said_of = str(rows_of(sent / "disagreements.xlsx")["D5"].value)
    assert "anna: partly – because [s1: p. 12]" in said_of
    decide(sent / "disagreements.xlsx", "voldaan")
    review(kiamv, "close", "review/disagreements.xlsx")
    told = kiamv("explain", "alfa", "-l", "list.yaml", "--reviews", "review", "-n", "1").stdout
    assert "Cited: s1: p. 12." in " ".join(told.split())
    assert "s1: Report" in review(kiamv, "dossier", "alfa").stdout


@pytest.mark.slow
def test_what_joins_after_closing_takes_no_part_and_hinders_nothing(
    kiamv: Kiamv, closed: Path
) -> None:
    new = "  - {id: delta, name: Delta, provinces: [NL-FL], themes: [energy]}\n"
    Path("list.yaml").write_text(LONGLIST + new, encoding="utf-8")
    told = review(kiamv, "send", *WHY, status=2).stderr
    assert "the review is closed: nobody can join, and no ecosystem be added (delta)" in told
    assert "not on record yet" not in kiamv("score", "list.yaml", "--reviews", "review").stderr
    change(closed / "reviewers.yaml", "interests: [beta]", "interests: [beta, gamma]")
    found = said(kiamv, "send", *WHY)
    assert [(each["what"], each["reviewer"]) for each in found["events"]] == [("interest", "chris")]
