"""kiamv survey aspects: counts with their base in every format, made-up data told as such."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Kiamv

FOLDER = Path(__file__).parent.parent / "examples" / "interviews"


def test_the_table_has_counts_ties_places_and_disputes(kiamv: Kiamv) -> None:
    shown = " ".join(kiamv("survey", "aspects", str(FOLDER)).stdout.split())
    for words in (
        "DEMONSTRATION DATA, MADE UP: nobody gave these answers.",
        "3 ecosystems in 4 interviews; each counts once per sub-aspect and stance.",
        "3a Taking different interests into account · 2 1 · 2",
        "5e Lack of funding because of long-term impact indicators ◆ · 2 · · 2",
        "2 of 3 each, a tie of 2.",
        '"The university wants papers and the firms want sales" (alder, l. 40-44)',
        "3 places; they agree on 1.",
        "A. Jansen: 1b success factor; B. Vos: 1b practice",
    ):
        assert words in shown


@pytest.mark.parametrize("how", ["table", "json", "csv", "md"])
def test_made_up_interviews_are_told_as_such_in_every_format(kiamv: Kiamv, how: str) -> None:
    shown = kiamv("survey", "aspects", str(FOLDER), "-f", how).stdout
    assert "made up" in shown.lower() or "made_up" in shown


def test_json_and_csv_have_the_same_counts(kiamv: Kiamv) -> None:
    found = json.loads(kiamv("survey", "aspects", str(FOLDER), "-f", "json").stdout)
    assert found["schema"] == "kiamv/survey-aspects/1"
    assert (found["base"], found["interviews"]) == (3, 4)
    text = kiamv("survey", "aspects", str(FOLDER), "-f", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["sub_aspect"], int(row["count"]), int(row["most"])) for row in rows] == [
        (each["sub_aspect"], each["count"], each["most"]) for each in found["namings"]
    ]
    assert {row["base"] for row in rows} == {"3"}
    assert found["most_named"] == [
        {"sub_aspect": "3a", "stance": "bottleneck"},
        {"sub_aspect": "5e", "stance": "bottleneck"},
    ]


def test_one_file_is_enough(kiamv: Kiamv) -> None:
    done = kiamv("survey", "aspects", str(FOLDER / "cedar.yaml"))
    assert done.exit_code == 0
    assert "1 ecosystem in 1 interview" in done.stdout
    assert "nothing for certain" in done.stdout


def test_what_is_wrong_in_all_files_is_told_at_once(kiamv: Kiamv, tmp_path: Path) -> None:
    for place in FOLDER.iterdir():
        text = place.read_text("utf-8").replace("sub_aspect: 3a", "sub_aspect: 3z")
        (tmp_path / place.name).write_text(text, encoding="utf-8")
    done = kiamv("survey", "aspects", str(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "alder.yaml:11:18: K304 '3z' is not allowed in sub_aspect; and 4 more" in done.stderr
    assert "birch-again.yaml:9:18" in done.stderr
    assert ". Choose from 1a, 1b" in done.stderr
    assert "5 problems in the input" in done.stderr


def test_an_empty_folder_and_a_programme_without_codebook(kiamv: Kiamv, tmp_path: Path) -> None:
    done = kiamv("survey", "aspects", str(tmp_path))
    assert done.exit_code == 2
    assert "K105 there are no interviews in this folder" in done.stderr
    (tmp_path / "survey").mkdir()
    none = kiamv("survey", "aspects", str(FOLDER), "--criteria", str(tmp_path))
    assert none.exit_code == 2
    assert "K101" in none.stderr
    assert "aspects.yaml" in none.stderr


def test_another_programme_brings_its_own_codebook(kiamv: Kiamv, tmp_path: Path) -> None:
    (tmp_path / "survey").mkdir()
    (tmp_path / "survey" / "aspects.yaml").write_text(
        "schema: kiamv/aspects/1\n"
        "label: {en: Ours}\n"
        "aspects: [{id: one, label: {en: One}, sub_aspects:\n"
        "  [{id: own, label: {en: Our own}, when: {en: Always}}]}]\n",
        encoding="utf-8",
    )
    interview = tmp_path / "alder.yaml"
    shutil.copy(FOLDER / "cedar.yaml", interview)
    text = interview.read_text("utf-8").replace(
        "statements: []",
        "statements: [{sub_aspect: own, stance: question, text: Why?, at: p. 1}]",
    )
    interview.write_text(text, encoding="utf-8")
    done = kiamv("survey", "aspects", str(interview), "--criteria", str(tmp_path))
    assert "own question, 1 of 1: Why? (cedar, p. 1)." in done.stdout


TWO_READINGS = """schema: kiamv/interview/1
ecosystem: hannn
date: 2020-09-08
interviewers: [C. Made-Up]
coded_by: {coder}
answers:
  - {{question: area, options: [{area}], at: {at}}}
statements:
  - {{sub_aspect: 3a, stance: bottleneck, text: Nobody decides, at: l. 4}}
  - {{sub_aspect: 3b, stance: {stance}, text: Too many tables, at: l. 9}}
"""


def two_readings(folder: Path) -> None:
    for name, coder, area, at, stance in (
        ("a.yaml", "Anna", "within-province", "l. 2", "bottleneck"),
        ("b.yaml", "Bram", "several-provinces", "l. 3", "question"),
    ):
        text = TWO_READINGS.format(coder=coder, area=area, at=at, stance=stance)
        (folder / name).write_text(text)


def test_files_of_two_coders_are_one_interview(kiamv: Kiamv, tmp_path: Path) -> None:
    two_readings(tmp_path)
    found = json.loads(kiamv("survey", "aspects", str(tmp_path), "-f", "json").stdout)
    assert (found["base"], found["interviews"], found["readings"]) == (1, 1, 2)
    agreed, disputed = found["read_by_several"]
    assert (agreed["agree"], disputed["agree"], disputed["at"]) == (True, False, "l. 9")
    shown = kiamv("survey", "aspects", str(tmp_path)).stdout
    assert "1 ecosystem in 1 interview;" in shown
    assert "2 places; they agree on 1." in shown
    both = " ".join(shown.split())
    assert f"Anna ({tmp_path / 'a.yaml'}): 3b bottleneck" in both
    assert f"Bram ({tmp_path / 'b.yaml'}): 3b question" in both


def test_answers_on_which_two_coders_differ_count_for_neither(kiamv: Kiamv, tmp_path: Path) -> None:
    two_readings(tmp_path)
    out = str(tmp_path / "out.yaml")
    merge = ("survey", "merge", "-i", str(tmp_path), "-o", out, "-f", "json")
    ran = kiamv(*merge)
    assert ran.exit_code == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["took_part"]["interview"] == 1
    (disputed,) = found["contradictions"]
    places = [
        (Path(each["file"]).name, each["at"], each["coded_by"]) for each in disputed["against"]
    ]
    assert places == [("a.yaml", "l. 2", "Anna"), ("b.yaml", "l. 3", "Bram")]
    assert found["filled"] == []
    Path(out).unlink()
    shown = kiamv(*merge[:-2]).stdout
    assert "1 contradiction" in shown
    assert "gap filled" not in shown
