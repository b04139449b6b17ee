"""A spreadsheet that LibreOffice made becomes a clean long list with every problem named, and back.

How the files were made, tests/examples/libreoffice/README.md tells.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from running import Kiamv

MADE = Path(__file__).parent.parent / "examples" / "libreoffice"
ON = ("--as-of", "2020-11-30")
TWICE = {
    "Safety Campus Twente": "Twente Safety Campus",
    "Healthy Ageing Network Northern Netherlands": "HANNN",
    "Gebiedscoöperatie Westerkwartier": "Gebiedscoöp. Westerkwartier",
}
SAME = "schema: kiamv/identities/1\nanswers:\n" + "".join(
    f"  - {{one: {one}, answer: same, other: {other}, by: A. Jansen, date: 2020-11-01}}\n"
    for one, other in TWICE.items()
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def imported(kiamv: Kiamv, file: str, folder: str, *more: str) -> dict[str, Any]:
    done = kiamv("import", str(MADE / file), "-o", folder, *more, "-f", "json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def content(folder: str) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in Path(folder).iterdir()}


def test_the_workbook_and_the_csv_of_windows_become_the_same_list(kiamv: Kiamv) -> None:
    book = imported(kiamv, "lijst.xlsx", "a", *ON)
    text = imported(kiamv, "lijst.csv", "b", *ON)
    assert book["longlist"]["count"] == text["longlist"]["count"] == 60
    assert content("a") == content("b")
    assert "Gebiedscoöperatie" in Path("b/gebiedscooperatie-westerkwartier.yaml").read_text("utf-8")


def test_what_was_made_of_cells_is_said_once_for_each(kiamv: Kiamv) -> None:
    raw = (MADE / "lijst.csv").read_bytes().decode("cp1252")
    remarks = imported(kiamv, "lijst.csv", "a", *ON)["remarks"]
    told: dict[str, list[str]] = {}
    for each in remarks:
        told.setdefault(each["code"], []).append(each["message"])
    assert set(told) == {"K951", "K953", "K954", "K956"}
    amounts = re.findall(r"€ [\d.]+,00|\d+,\d mln", raw)
    assert len(told["K953"]) == len(amounts) > 20
    for amount in amounts:
        assert any(f"'{amount}'" in message for message in told["K953"])
    (columns,) = told["K956"]
    assert "Vestigingsplaats as seat" in columns
    assert "Budget van as budget.1.from" in columns
    assert "Windows-1252" in told["K951"][0]
    euros = Path("a/ams-institute.yaml").read_text("utf-8")
    assert "amount_eur: 50000000\n" in euros
    assert "scope: municipal\n" in euros


def test_what_cannot_be_read_is_refused_by_its_cell(kiamv: Kiamv) -> None:
    raw = (MADE / "lijst.csv").read_bytes()
    wrong = raw.replace("€ 50.000.000,00".encode("cp1252"), b"ca. 12,5", 1)
    wrong = wrong.replace(b";Amersfoort;2014;", b";Amersfoort;2O14;", 1)
    Path("wrong.csv").write_bytes(wrong.replace(b";Noord-Holland;", b";Nrd-Holland;", 1))
    done = kiamv("import", "wrong.csv", "-o", "a", *ON)
    assert (done.exit_code, done.stdout, Path("a").exists()) == (2, "", False)
    *lines, total = done.stderr.splitlines()
    errors = [line for line in lines if " K9" not in line and line.startswith("wrong.csv")]
    assert [line.split(" ")[:2] for line in errors] == [
        ["wrong.csv:3:6:", "K303"],
        ["wrong.csv:4:2:", "K304"],
        ["wrong.csv:4:10:", "K303"],
    ]
    assert "founded is not a whole number: '2O14'. Write digits only." in errors[0]
    assert "Did you mean NL-NH" in errors[1]
    assert "3 are errors" in total


def test_three_duplicates_become_one_each_and_no_suggestion_is_lost(kiamv: Kiamv) -> None:
    Path("same.yaml").write_text(SAME, encoding="utf-8")
    found = imported(kiamv, "lijst.csv", "a", *ON, "--identities", "same.yaml")
    assert found["longlist"]["count"] == 57
    given = [each["given_id"] for each in found["ecosystems"]]
    assert len(given) == 60
    assert [each["code"] for each in found["remarks"]].count("K957") == 3
    # The first row stays, and of the list itself nobody else is on record as having suggested it.
    merged = Path("a/healthy-ageing-network-northern-netherlands.yaml").read_text("utf-8")
    assert "aliases:\n  - HANNN\n" in merged
    suggested = "suggested_by:\n  - lijst\n  - by: Regio Deal\n    wording: {}\n"
    assert merged.endswith(suggested.format("HANNN"))
    safety = Path("a/safety-campus-twente.yaml").read_text("utf-8")
    assert safety.endswith(suggested.format("Twente Safety Campus"))
    assert kiamv("check", "a").exit_code == 0


@pytest.mark.parametrize("file", ["saved.xlsx", "saved.csv"])
def test_what_kiamv_exported_and_libreoffice_saved_again_is_the_same_list(
    kiamv: Kiamv, file: str
) -> None:
    imported(kiamv, "lijst.xlsx", "a", *ON)
    back = imported(kiamv, file, "b")
    assert [each["code"] for each in back["remarks"]] == ["K951"] * (file == "saved.csv")
    assert content("a") == content("b")


@pytest.mark.slow
def test_and_back_again(kiamv: Kiamv) -> None:
    imported(kiamv, "lijst.xlsx", "a", *ON)
    for number, name in enumerate(("list.xlsx", "list.csv", "list.jsonl", "list.yaml")):
        assert kiamv("export", "a", "-o", name).exit_code == 0
        done = kiamv("import", name, "-o", f"b{number}")
        assert done.exit_code == 0, done.stderr
        assert content(f"b{number}") == content("a")
