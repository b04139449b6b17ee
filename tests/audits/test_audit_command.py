"""kiamv audit of figures: the study of 2020 in one command, in every format, and bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli.base.problem import codes

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
STUDY = str(ROOT / "examples" / "study-2020" / "figures.yaml")
RIGHT = """\
schema: kiamv/reported/1
title: A right report
respondents: [{id: all, what: all who answered, stated: [{value: 20, where: {page: 2}}]}]
figures:
  - {id: a, value: 50%, base: 20, of: all, question: q, option: "[red]=1+1", where: {page: 3}}
"""


def test_the_study_in_one_command(kiamv: Kiamv) -> None:
    done = kiamv("audit", STUDY)
    assert done.exit_code == 1
    for words in (
        "It takes at least 4 different bases: 15 24 27 31; 16 27 30 31; ",
        "63% and 3.7% can be shares of 27 only: 17 of 27 and 1 of 27.",
        "35%, 45% and 15% can be shares of 20 only: 7 of 20, 9 of 20 and 3 of 20.",
        "55% (innovation-business-model) requires base 20, 22, 29 or 31.",
        "32 as stated; 31 by the list of names and by its parts.",
        "20 as stated and by the list of names; 21 as stated.",
        "The parts are 21 + 10 = 31.",
    ):
        assert words in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_explain_tells_why_each_finding_matters(kiamv: Kiamv) -> None:
    plain = kiamv("audit", STUDY).stdout
    told = kiamv("audit", STUDY, "--explain").stdout
    assert "readers take the percentages for shares of all" in " ".join(told.split())
    assert len(told.splitlines()) > len(plain.splitlines()) + 15


def test_json_and_csv_tell_the_same_in_english(kiamv: Kiamv) -> None:
    found = json.loads(kiamv("audit", STUDY, "-f", "json").stdout)
    assert found["schema"] == "kiamv/survey-audit/1"
    assert (found["bases"], found["rounding"], found["about"]) == ([15, 32], "nearest", 2.5)
    rows = list(csv.DictReader(io.StringIO(kiamv("audit", STUDY, "-f", "csv").stdout)))
    assert [(row["id"], row["sentence"]) for row in rows] == [
        (each["id"], each["sentence"]) for each in found["findings"]
    ]
    assert len({row["id"] for row in rows}) == len(rows)
    pinned = next(each for each in found["figures"] if each["id"] == "initiator-citizens")
    assert pinned["bases"] == [{"base": 27, "counts": [1], "tie": False}]
    assert found["lists"][0]["closes"] is True
    where = next(each["where"] for each in found["findings"] if each["subject"] == "initiator")
    assert where[0]["line"] == 257


def test_a_right_report_passes(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "right.yaml"
    place.write_text(RIGHT, encoding="utf-8")
    done = kiamv("audit", str(place))
    assert done.exit_code == 0
    assert "Nothing found." in done.stdout
    assert kiamv("audit", str(place), "--bases", "1..9").exit_code == 0


def test_the_range_of_bases_grows_with_what_is_stated(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "large.yaml"
    for stated, most in ((40, 40), (900_000, 2000)):
        place.write_text(RIGHT.replace("value: 20,", f"value: {stated},"), encoding="utf-8")
        found = json.loads(kiamv("audit", str(place), "-f", "json").stdout)
        assert found["bases"] == [15, most]


@pytest.mark.parametrize("bases", ["15", "0..3", "32..15", "15..99999", "a..b", "15.32"])
def test_what_is_no_range_is_refused(kiamv: Kiamv, bases: str) -> None:
    done = kiamv("audit", STUDY, "--bases", bases)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f'--bases "{bases}"' in done.stderr


def test_what_is_no_number_of_points_is_refused(kiamv: Kiamv) -> None:
    done = kiamv("audit", STUDY, "--about", "-1")
    assert (done.exit_code, done.stdout) == (2, "")
    comma = kiamv("audit", STUDY, "--about", "2,5", "-f", "json")
    point = kiamv("audit", STUDY, "--about", "2.5", "-f", "json")
    assert json.loads(comma.stdout)["request"]["about"] == 2.5
    assert comma.stdout == point.stdout


def test_all_problems_of_a_file_are_told_at_once(kiamv: Kiamv) -> None:
    case = ROOT / "tests" / "examples" / "invalid" / "reported" / "reported.yaml"
    done = kiamv("audit", str(case))
    assert (done.exit_code, done.stdout) == (2, "")
    assert len(re.findall(r"reported\.yaml:\d+:\d+: K\d{3} ", done.stderr)) > 5


def test_text_from_the_file_stays_text(kiamv: Kiamv, tmp_path: Path) -> None:
    place = tmp_path / "hostile.yaml"
    other = '  - {id: b, value: 50%, base: 20, of: all, question: q, option: "\\t=2+2 <b>|"}\n'
    place.write_text(RIGHT.replace("a, value", "a, value") + other, encoding="utf-8")
    shown = kiamv("audit", str(place)).stdout
    assert '"[red]=1+1"' in shown
    assert "<b>" not in kiamv("audit", str(place), "-f", "md").stdout.replace(r"\<b", "")


@pytest.mark.parametrize("code", ["K430", "K431"])
def test_the_example_of_a_code_shows_it(kiamv: Kiamv, tmp_path: Path, code: str) -> None:
    place = tmp_path / "figures.yaml"
    place.write_text(codes()[code].example, encoding="utf-8")
    done = kiamv("audit", str(place))
    assert re.findall(r"figures\.yaml:\d+:\d+: (K\d{3})", done.stderr) == [code]
