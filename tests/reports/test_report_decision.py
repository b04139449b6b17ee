"""A report of a decision on record shows what was decided, never mixed with other inputs."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from running import Kiamv

SAID = ("--by", "Committee", "--by", "A. Chair", "--on", "2020-12-15", "--reason", "As advised")
LIST = """\
title: Small
as_of: 2020-11-30
ecosystems:
  - {id: alfa, name: Alfa Lab, provinces: [NL-GR], themes: [energy], maturity: [{what: ripe}]}
  - {id: beta, name: Beta Hub, provinces: [NL-FR], themes: [health],
     maturity: [{what: ripe}, {what: riper}], challenges: [{what: cold homes, theme: energy}]}
  - {id: gamma, name: Gamma, provinces: [NL-ZH], themes: [agrifood]}
"""
SWAP = ("--swap", "beta=gamma: Beta withdrew")
QUICK = ("--without", "margins,robustness,gaps,tradeoff")


@pytest.fixture
def made(kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("list.yaml").write_text(LIST, "utf-8")
    done = kiamv("record", "list.yaml", "-n", "2", *SAID, *SWAP, "-o", "decision.json")
    assert done.exit_code == 0, done.stderr
    return tmp_path / "decision.json"


def text_of(html: str) -> str:
    body = re.sub(r"<(style|script|svg).*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def on_paper(file: Path) -> str:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return " ".join(" ".join(each.extract_text() for each in pages).split())


def told_in_workbook(file: Path) -> str:
    sheets = openpyxl.load_workbook(file).worksheets
    return " ".join(str(cell) for each in sheets for row in each.values for cell in row)


def test_every_format_shows_who_decided_what_and_its_price(kiamv: Kiamv, made: Path) -> None:
    for name in ("r.html", "r.pdf", "r.xlsx"):
        done = kiamv("report", made.name, *QUICK, "-o", name)
        assert done.exit_code == 0, done.stderr
    html = text_of(Path("r.html").read_text("utf-8"))
    for text in (html, on_paper(Path("r.pdf")), told_in_workbook(Path("r.xlsx"))):
        assert "A. Chair" in text
        assert "As advised" in text
        assert "By decision Gamma came in for Beta Hub: Beta withdrew." in text
        assert "Its price: the total score is" in text
    assert "In by decision, for Beta Hub: Beta withdrew." in html
    assert "kiamv/commit/1 criteria=" in html
    assert "Proven optimal" in html


def test_members_map_and_total_are_those_of_the_decision(kiamv: Kiamv, made: Path) -> None:
    html = text_of(kiamv("report", made.name, *QUICK).stdout)
    final = json.loads(made.read_text("utf-8"))["final"]
    assert sorted(final["selected"]) == ["alfa", "gamma"]
    shown = html.partition("At a glance")[2].partition("The highest scores")[0]
    assert "Alfa Lab" in shown
    assert "Gamma by decision" in shown
    beta = html.partition("why it is not in")[2].partition("The decision on record")[0]
    assert "Beta Hub" in beta
    assert "By decision Gamma came in for it: Beta withdrew." in beta


def test_a_published_line_is_compared(kiamv: Kiamv, made: Path) -> None:
    line = kiamv("commit", "list.yaml", "-n", "2").stdout.strip()
    kept = text_of(kiamv("report", made.name, *QUICK, "--commitment", line).stdout)
    assert "It keeps to what was published beforehand." in kept
    of_one = kiamv("commit", "list.yaml", "-n", "1").stdout.strip()
    broken = text_of(kiamv("report", made.name, *QUICK, "--commitment", of_one).stdout)
    assert "It does NOT keep to what was published: other wishes." in broken
    assert kiamv("report", made.name, *QUICK, "--commitment", "x").exit_code == 2
    assert kiamv("report", "list.yaml", *QUICK, "--commitment", line).exit_code == 2


@pytest.mark.parametrize("change", ["changed", "gone"])
def test_other_inputs_are_not_mixed_with_what_was_decided(
    kiamv: Kiamv, made: Path, change: str
) -> None:
    if change == "gone":
        Path("list.yaml").unlink()
    else:
        Path("list.yaml").write_text(LIST.replace("Alfa Lab", "Alfa Works"), "utf-8")
    for name in ("r.html", "r.pdf", "r.xlsx"):
        done = kiamv("report", made.name, *QUICK, "-o", name)
        assert done.exit_code == 1
        assert "K190" in done.stderr
    html = text_of(Path("r.html").read_text("utf-8"))
    for text in (html, on_paper(Path("r.pdf")), told_in_workbook(Path("r.xlsx"))):
        assert "Alfa Lab" in text
        assert "Alfa Works" not in text
        assert "Beta withdrew" in text
    assert "Scores, facts and margins are not shown" in html
    explained = kiamv("explain", "alfa", "--record", made.name)
    assert (explained.exit_code, explained.stdout) == (1, "")
    assert "K190" in explained.stderr


def test_a_record_is_asked_nothing_else(kiamv: Kiamv, made: Path) -> None:
    for command in (("report", made.name), ("explain", "alfa", "--record", made.name)):
        done = kiamv(*command, "--size", "1")
        assert done.exit_code == 2
        assert "--size: the record says what was asked." in done.stderr


def test_explain_of_a_record_says_what_people_decided(kiamv: Kiamv, made: Path) -> None:
    shown = " ".join(kiamv("explain", "beta", "--record", made.name).stdout.split())
    assert "Decided by Committee and A. Chair on 2020-12-15: As advised." in shown
    assert "What follows is of the proposal, before that." in shown
    assert "shortlist not in" in shown
    found = json.loads(kiamv("explain", "beta", "--record", made.name, "-f", "json").stdout)
    assert found["decided"]["by"] == ["Committee", "A. Chair"]
    assert [each["into"] for each in found["overrides"]] == ["gamma"]
    assert found["request"]["size"] == 2
