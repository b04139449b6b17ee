"""Exports as survey tools write them, read to the same answers; what does not match is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies.answers import INVITED, QUESTIONNAIRE
from xlsxwriter import Workbook

from kiamv_cli import BadInput
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.identity import Identities
from kiamv_cli.longlist.model.longlist import Ecosystem
from kiamv_cli.longlist.model.lookup import Names
from kiamv_cli.survey.reading.exports import SurveyFrame, read_export
from kiamv_cli.survey.reading.wordings import ExportMap, load_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl.worksheet.worksheet import Worksheet
    from running import Kiamv

    from kiamv_cli.survey.reading.exports import Export

Given = dict[str, "tuple[str, ...] | None"]
Rows = list[list[str]]
AREA, THEMES = QUESTIONNAIRE.questions
LABELS = {o.id: o.label["en"] for q in QUESTIONNAIRE.questions for o in q.options}
DUTCH = {o.id: o.label["nl"] for q in QUESTIONNAIRE.questions for o in q.options}
LONGLIST = [
    Ecosystem(id=name, name=f"The {name} lab", provinces=(), themes=(), aliases=(f"{name}lab",))
    for name in INVITED
]


def asked(invited: tuple[str, ...] = INVITED) -> SurveyFrame:
    names = Names(LONGLIST, Identities())
    return SurveyFrame(questionnaire=QUESTIONNAIRE, names=names, invited=frozenset(invited))


def in_codes(answers: Mapping[str, Given]) -> Rows:
    """LimeSurvey: codes as headings, a column per option with Y and N."""
    head = ["id", "ecosystem", "area", *(f"themes[{each}]" for each in THEMES.option_ids)]
    rows = [head]
    for number, (name, said) in enumerate(answers.items()):
        themes = said["themes"]
        ticks = ["" if themes is None else "NY"[each in themes] for each in THEMES.option_ids]
        rows.append(
            [str(number), name, DUTCH["".join(said["area"] or ())] if said["area"] else "", *ticks]
        )
    return rows


def in_one_cell(answers: Mapping[str, Given]) -> Rows:
    """Microsoft Forms: the wording as heading, all options in one cell."""
    rows = [["Id", "Naam", "1. Hoe groot is het gebied?", "Welke thema's?\n"]]
    for number, (name, said) in enumerate(answers.items()):
        area = "".join(DUTCH[each] for each in said["area"] or ())
        themes = "".join(f"{DUTCH[each]};" for each in said["themes"] or ())
        rows.append([str(number), f"{name}LAB", area, "none" if said["themes"] == () else themes])
    return rows


def with_commas(answers: Mapping[str, Given]) -> Rows:
    """Google Forms: options with commas between, though an option has one itself."""
    rows = [["Name", "How large is the area?", "Which themes?"]]
    for name, said in answers.items():
        area = "".join(LABELS[each] for each in said["area"] or ())
        themes = ", ".join(LABELS[each] for each in said["themes"] or ())
        rows.append([f"The {name} lab", area, "Geen" if said["themes"] == () else themes])
    return rows


def in_two_rows(answers: Mapping[str, Given]) -> Rows:
    """SurveyMonkey: the question over its options, which are repeated where they are ticked."""
    rows = [
        ["RespondentID", "Which organisation?", "How large is the area?", "Which themes?", "", ""],
        ["", "Open-Ended Response", "Response", *(LABELS[each] for each in THEMES.option_ids)],
    ]
    for number, (name, said) in enumerate(answers.items()):
        area = "".join(LABELS[each] for each in said["area"] or ())
        themes = said["themes"]
        blank = "0" if themes == () else ""
        ticks = [LABELS[e] if e in (themes or ()) else blank for e in THEMES.option_ids]
        rows.append([str(100 + number), name.upper(), area, *ticks])
    return rows


def in_three_rows(answers: Mapping[str, Given]) -> Rows:
    """Qualtrics: codes, then wording, then what only the tool needs."""
    rows = [
        ["StartDate", "Q1", "Q2", *(f"Q3_{number}" for number in (1, 2, 3))],
        [
            "Start Date",
            "What is your ecosystem called?",
            "How large is the area?",
            *(f"Which themes? - Selected Choice - {LABELS[each]}" for each in THEMES.option_ids),
        ],
        ['{"ImportId":"startDate"}', *(f'{{"ImportId":"QID{number}"}}' for number in range(5))],
    ]
    for name, said in answers.items():
        area = "".join(LABELS[each] for each in said["area"] or ())
        themes = said["themes"]
        ticks = ["" if themes is None else str(int(e in themes)) for e in THEMES.option_ids]
        rows.append(["2020-10-01", name, area, *ticks])
    return rows


STYLES: list[Callable[[Mapping[str, Given]], Rows]] = [
    in_codes,
    in_one_cell,
    with_commas,
    in_two_rows,
    in_three_rows,
]


def written(rows: Rows, folder: Path, separator: str = ",") -> Path:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows(rows)
    place = folder / "export.csv"
    place.write_text(file.getvalue(), encoding="utf-8-sig", newline="")
    return place


def as_workbook(rows: Rows, folder: Path) -> Path:
    place = folder / "export.xlsx"
    with Workbook(str(place)) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, [int(cell) if cell.isdecimal() else cell for cell in row])
    return place


def read(place: Path, mapping: ExportMap | None = None) -> Export:
    return read_export(place, asked(), mapping or ExportMap())


answered = st.fixed_dictionaries(
    {
        "area": st.none() | st.sampled_from([("one",), ("several",)]),
        "themes": st.none()
        | st.sets(st.sampled_from(THEMES.option_ids)).map(
            lambda ids: tuple(each for each in THEMES.option_ids if each in ids)
        ),
    }
)


@pytest.mark.parametrize("separator", [",", ";", "\t", "xlsx"])
@pytest.mark.parametrize("style", STYLES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.dictionaries(st.sampled_from(INVITED), answered, min_size=1))
def test_each_tool_says_the_same(
    style: Callable[[Mapping[str, Given]], Rows],
    separator: str,
    answers: dict[str, Given],
    tmp_path: Path,
) -> None:
    rows = style(answers)
    place = (
        as_workbook(rows, tmp_path) if separator == "xlsx" else written(rows, tmp_path, separator)
    )
    export = read(place)
    found = {(each.ecosystem, each.question): each.options for each in export.said}
    expected = {
        (name, question): options
        for name, said in answers.items()
        for question, options in said.items()
        if options is not None
    }
    assert found == expected
    assert [name for name, _ in export.respondents] == [*answers]
    assert {each.code for each in export.remarks} <= {"K961"}


def test_merged_headings_of_a_workbook_stand_over_each_of_their_columns(tmp_path: Path) -> None:
    said: dict[str, Given] = {
        "birch": {"area": ("one",), "themes": ("energy", "health")},
        "cedar": {"area": None, "themes": ()},
    }
    rows = in_two_rows(said)
    before = read(as_workbook(rows, tmp_path))
    blank = [rows[0], ["", "", "", *rows[1][3:]], *rows[2:]]
    merged = ("D1:F1", "B1:B2", "C1:C2")
    for shown, areas in ((rows, merged[:1]), (blank, merged[:1]), (blank, merged)):
        place = as_workbook(shown, tmp_path)
        book = openpyxl.load_workbook(place)
        for area in areas:
            book.worksheets[0].merge_cells(area)
        book.save(place)
        after = read(place)
        assert (after.said, after.respondents) == (before.said, before.respondents)
        assert [each.code for each in after.remarks] == ["K953", "K961"]


@pytest.mark.parametrize("top", [["themes", "", ""], ["themes", "themes", "themes"]])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_options_below_the_last_question_are_headings(
    top: list[str], order: tuple[int, int, int], tmp_path: Path
) -> None:
    ids = [THEMES.option_ids[place] for place in order]
    rows = [
        ["ecosystem", *top],
        ["", *(LABELS[each] for each in ids)],
        ["birch", "x", "", "x"],
        ["cedar", "", "x", ""],
    ]
    export = read(written(rows, tmp_path))
    chosen = {each.ecosystem: {*each.options} for each in export.said}
    assert chosen == {"birch": {ids[0], ids[2]}, "cedar": {ids[1]}}
    assert export.remarks == []


def test_answers_in_a_column_without_a_heading_are_told(tmp_path: Path) -> None:
    rows = [
        ["ecosystem", "themes", "", "", "", "area"],
        ["birch", "energy", "", "health", "", "one"],
        ["cedar", "health", "", "", "", "several"],
    ]
    assert codes(rows, tmp_path) == [("K961", "1:4")]
    assert codes([row[:3] for row in rows], tmp_path) == []


def spoiled(folder: Path, change: Callable[[Worksheet], None]) -> Path:
    said: dict[str, Given] = {
        "birch": {"area": ("one",), "themes": ("energy",)},
        "cedar": {"area": ("several",), "themes": ("health",)},
    }
    place = as_workbook(in_one_cell(said), folder)
    book = openpyxl.load_workbook(place)
    change(book.worksheets[0])
    book.save(place)
    return place


def test_hidden_respondents_count_only_if_somebody_says_so(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    place = spoiled(tmp_path, hide)
    with pytest.raises(BadInput, match=r"export.xlsx\[Sheet1\]A3: K716 row 3 is hidden"):
        read(place)
    mapping = ExportMap()
    assert len(read_export(place, asked(), mapping, "keep").respondents) == 2
    skipped = read_export(place, asked(), mapping, "skip")
    assert [name for name, _ in skipped.respondents] == ["birch"]
    assert [str(each).partition(": ")[2][:60] for each in skipped.remarks] == [
        'K952 left out, as hidden="skip" says: row 3. Give hidden="ke',
        "K961 the column 'Id' matches no question. Name it in the map",
    ]


def test_an_error_in_an_answer_is_refused_but_not_in_a_column_that_is_not_read(
    tmp_path: Path,
) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["E1"], sheet["E2"], sheet["E3"] = "Duur", "#VALUE!", "=1+1"
        sheet["D3"] = "#N/A"

    place = spoiled(tmp_path, spoil)
    with pytest.raises(BadInput) as bad:
        read(place, ExportMap(columns={"Duur": None}))
    assert [f"{each.where.rpartition('/')[2]} {each.code}" for each in bad.value.problems] == [
        "export.xlsx[Sheet1]D3 K714"
    ]
    with pytest.raises(BadInput) as bad:
        read(place)
    assert sorted(each.code for each in bad.value.problems) == ["K714", "K714", "K715"]


def test_what_does_not_match_in_a_workbook_is_told_at_its_cell(tmp_path: Path) -> None:
    place = spoiled(tmp_path, lambda sheet: sheet.__setitem__("C3", "huge"))
    told = [f"{each.code} {each.where.rpartition('/')[2]}" for each in read(place).remarks]
    assert told == ["K961 export.xlsx[Sheet1]A1", "K963 export.xlsx[Sheet1]C3"]


def test_every_answer_knows_its_cell(tmp_path: Path) -> None:
    given_: dict[str, Given] = {"birch": {"area": ("one",), "themes": ("energy", "health")}}
    first = read(written(in_codes(given_), tmp_path))
    assert [(each.question, each.at) for each in first.said] == [
        ("area", "2:3"),
        ("themes", "2:4-6"),
    ]
    second = read(written(in_three_rows(given_), tmp_path))
    assert [each.at for each in second.said] == ["4:3", "4:4-6"]


def codes(rows: Rows, folder: Path, mapping: ExportMap | None = None) -> list[tuple[str, str]]:
    problems = read(written(rows, folder), mapping).remarks
    return [(each.code, f"{each.line}:{each.column}") for each in problems]


def test_what_does_not_match_is_named_by_its_cell_and_left_out(tmp_path: Path) -> None:
    rows = [
        ["ecosystem", "area", "themes", "Remarks", "area"],
        ["birch", "huge", "energy; coal", "nice survey", ""],
        ["beech", "one", "energy", "", ""],
        ["", "one", "", "", ""],
        ["alder", "one", "don't know", "", ""],
    ]
    told = codes(rows, tmp_path)
    assert told == [
        ("K961", "1:4"),
        ("K961", "1:5"),
        ("K963", "2:2"),
        ("K963", "2:3"),
        ("K962", "3:1"),
        ("K962", "4:1"),
    ]
    export = read(written(rows, tmp_path))
    kept = [(each.ecosystem, each.question, each.options, each.note) for each in export.said]
    assert kept == [("birch", "themes", ("energy",), "coal"), ("alder", "area", ("one",), None)]
    assert [name for name, _ in export.respondents] == ["birch", "alder"]


def test_two_options_of_a_question_that_takes_one_are_no_answer(tmp_path: Path) -> None:
    rows = [["ecosystem", "area[one]", "area[several]"], ["birch", "x", "x"]]
    assert codes(rows, tmp_path) == [("K964", "2:2")]
    assert read(written(rows, tmp_path)).said == []


def test_a_mapping_says_what_columns_and_values_mean(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(
        "schema: kiamv/survey-mapping/1\n"
        "respondent: Who\n"
        "columns:\n"
        "  V7: {question: area}\n"
        "  V8_1: {question: themes, option: energy}\n"
        "  Remarks: null\n"
        "values:\n"
        '  area: {"2": several}\n'.replace("energy}", "health}"),
        encoding="utf-8",
    )
    mapping = load_mapping(file, QUESTIONNAIRE)
    rows = [["Who", "Remarks", "V7", "V8_1"], ["birch", "alder", "2", "1"]]
    export = read(written(rows, tmp_path), mapping)
    assert [(each.question, each.options) for each in export.said] == [
        ("area", ("several",)),
        ("themes", ("health",)),
    ]
    assert export.remarks == []


def test_a_mapping_leaves_rows_out_by_a_column_and_that_is_told(tmp_path: Path) -> None:
    mapping = ExportMap(leave_out={"Status": ("preview", "partial")})
    rows = [["ecosystem", "Status", "area"], ["birch", "Preview", "one"], ["birch", "", "several"]]
    rows.append(["alder", "partial", "one"])
    export = read(written(rows, tmp_path), mapping)
    assert [(each.ecosystem, each.options) for each in export.said] == [("birch", ("several",))]
    assert [(each.code, each.line, each.message) for each in export.remarks] == [
        ("K979", 2, "row 2 is left out: Status is 'Preview'"),
        ("K979", 4, "row 4 is left out: Status is 'partial'"),
    ]


@pytest.mark.parametrize(
    ("sent", "counts", "told"),
    [
        (["2026-03-01 09:00", "2026-02-28 17:30"], ["one"], [(3, "row 3", "row 2")]),
        (["28-2-2026 17:30", "1-3-2026"], ["several"], [(2, "row 2", "row 3")]),
        (["2026-03-01", "2026-03-01"], ["one", "several"], []),
        (["3/1/2026", "2/28/2026"], ["one", "several"], []),
        (["2026-03-01", ""], ["one", "several"], []),
    ],
)
def test_of_rows_of_one_respondent_the_last_counts_if_a_column_says_when(
    sent: list[str], counts: list[str], told: list[tuple[int, str, str]], tmp_path: Path
) -> None:
    rows = [
        ["ecosystem", "Datum", "area"],
        ["birch", sent[0], "one"],
        ["birch", sent[1], "several"],
        ["alder", "2025-01-01", "one"],
    ]
    export = read(written(rows, tmp_path), ExportMap(submitted="datum"))
    assert [each.options[0] for each in export.said if each.ecosystem == "birch"] == counts
    assert [(each.code, each.line, each.message) for each in export.remarks] == [
        ("K979", line, f"{row} is left out: the same respondent answered later, in {later}")
        for line, row, later in told
    ]
    with pytest.raises(BadInput, match="K711"):
        read(written(rows, tmp_path), ExportMap(submitted="Date"))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["name", "area"], ["somebody", "one"]], "K711"),
        ([["name", "colour"], ["birch", "red"]], "K712"),
        ([], "K105"),
    ],
)
def test_a_file_that_says_nothing_is_refused(rows: Rows, code: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as refused:
        read(written(rows, tmp_path))
    assert [each.code for each in refused.value.problems] == [code]


def test_a_row_that_is_made_up_marks_all(tmp_path: Path) -> None:
    rows = [["ecosystem", "made up", "area"], ["birch", "demonstration", "one"]]
    assert read(written(rows, tmp_path)).made_up


def test_a_mapping_of_an_export_is_drafted_and_read_back(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wording = "Welke soorten partijen nemen deel?"
    Path("e.csv").write_text(
        f"Tijdstempel;Soort;Naam;{wording};Uit welk soort partij bestaat het vooral?;Overig\n"
        "2021-02-01 10:00;IP;HANNN;Overheid;Bedrijven;fijn\n"
        "2021-02-03 10:00;IP;HANNN;Bedrijven;Burgers;\n"
        "2021-02-03 11:00;Survey Preview;Steenbreek;Overheid;Bedrijven;\n",
        "utf-8",
    )
    told = kiamv("survey", "merge", "e.csv", "--draft", "d.yaml").stderr
    assert "4 lines are marked # ?" in told
    draft = Path("d.yaml").read_text("utf-8")
    assert 'submitted: "Tijdstempel"  # ?' in draft
    assert '"Soort": ["Survey Preview"]  # ?' in draft
    assert '"Overig": null  # matches no question; 1 value' in draft
    assert '#     "Burgers": …  # ? 1' in draft
    text = draft.replace("# values:", "values:").replace("#   dominant:", "  dominant:")
    text = text.replace('#     "Burgers": …', '    "Burgers": none')
    Path("m.yaml").write_text(text, "utf-8")
    done = kiamv("survey", "merge", "e.csv", "--mapping", "m.yaml", "-o", "a.yaml", "-f", "json")
    assert done.exit_code == 0, done.stderr
    data: Any = read_yaml(Path("a.yaml").read_text("utf-8"), "").data
    answers = data["answers"]["hannn"]
    assert {key: each["options"] for key, each in answers.items()} == {
        "composition": ["business"],
        "dominant": ["none"],
    }


def test_answers_need_a_file_and_a_draft_one_export(kiamv: Kiamv, tmp_path: Path) -> None:
    file = tmp_path / "e.csv"
    file.write_text("Naam;Vraag\nHANNN;ja\n", "utf-8")
    assert "give the file for the answers" in kiamv("survey", "merge", str(file)).stderr
    two = kiamv("survey", "merge", str(file), str(file), "--draft", str(tmp_path / "d.yaml"))
    assert "belongs to one table" in two.stderr
