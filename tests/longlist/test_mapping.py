"""Tables as people keep them, read by a mapping: drafted, decided on, read in one try."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from strategies.kept_lists import Kept, kept_lists

from kiamv_cli.formats.package_data import bundled
from kiamv_cli.formats.yaml_reader import read_yaml
from kiamv_cli.longlist.model.account import totals
from kiamv_cli.longlist.model.longlist import TableOptions
from kiamv_cli.longlist.reading.tables.book import read_table
from kiamv_cli.longlist.reading.tables.mapping import load_mapping
from kiamv_cli.longlist.results import draft_mapping, load_criteria
from kiamv_cli.longlist.view.draft import draft_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

ON = ("--as-of", "2026-11-30")
LISTS = kept_lists()
MOST_DECISIONS = 15
# What is decided line by line: a key of the mapping, what it was guessed to be, and the mark.
DECISION = re.compile(r'(?P<start>\s*(?:"(?P<text>[^"]*)"|(?P<word>\S+)): )(?P<guess>.*?)  # \? .*')


@pytest.fixture(autouse=True)
def _within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read_plain(text: str) -> Any:  # noqa: ANN401 - what a file holds
    return read_yaml(text, "").data


def criteria_with(provinces: dict[str, str]) -> None:
    """Write criteria with other provinces into the folder ``criteria``."""
    Path("criteria").mkdir()
    for each in bundled("criteria").iterdir():
        if each.is_file():
            Path("criteria", each.name).write_bytes(each.read_bytes())
    rows = (f"  - {{id: {id_}, label: {{en: {name}}}}}\n" for id_, name in provinces.items())
    text = "label: {en: Provinces}\ncategories:\n" + "".join(rows)
    Path("criteria/provinces.yaml").write_text(text, "utf-8")


def decided(text: str, values: dict[str, str]) -> Iterator[str]:
    """Yield the lines of a draft after a person decided on what is marked, and on nothing else."""
    for line in text.splitlines():
        if line.startswith("# by:"):
            yield 'by: "M. Jansen"'
        elif line.startswith("# on:"):
            yield "on: 2026-11-01"
        elif found := DECISION.fullmatch(line):
            key = found["text"] or found["word"]
            yield found["start"] + values.get(key, found["guess"])
        else:
            yield line


def cells_of(each: Kept) -> int:
    """Count the cells of a file that hold anything, by other programs."""
    if each.name.endswith(".csv"):
        rows = csv.reader(io.StringIO(each.raw.decode("cp1252"), newline=""), delimiter=";")
        return sum(bool(cell.strip()) for row in rows for cell in row)
    book = openpyxl.load_workbook(io.BytesIO(each.raw))
    return sum(
        cell.value is not None and bool(str(cell.value).strip())
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_in_one_try_without_a_cell_retyped(kiamv: Kiamv, name: str) -> None:
    each = LISTS[name]
    Path(name).write_bytes(each.raw)
    by: tuple[str, ...] = ()
    if each.provinces:
        criteria_with(dict(each.provinces))
        by = ("--criteria", "criteria")
    assert kiamv("import", name, "--draft", "draft.yaml", *by).exit_code == 0
    draft = Path("draft.yaml").read_text("utf-8")
    assert draft.count("  # ? ") <= MOST_DECISIONS
    Path("mapping.yaml").write_text("\n".join(decided(draft, dict(each.decided))), "utf-8")
    words = ("import", name, "--mapping", "mapping.yaml", *ON, *by, "-o", "out", "--account")
    done = kiamv(*words, "-f", "json")
    assert done.exit_code == 0, done.stderr
    assert len([*Path("out").glob("*.yaml")]) - 1 == each.ecosystems
    account = json.loads(done.stdout)["account"]
    assert sum(line["cells"] for line in account) == cells_of(each)
    assert not any(line["fates"].get("wrong") for line in account)
    for line in account:
        column = read_plain(draft)["columns"].get(line["heading"])
        if column == "unused":
            assert set(line["fates"]) <= {"unused", "left out", "heading"}, line
        elif line["column"]:
            assert set(line["fates"]) <= {"read", "mapped", "no answer", "left out", "heading"}
    assert kiamv("check", "out", *by).exit_code == 0


def written(rows: list[list[Any]], mapping: str, name: str = "list.xlsx") -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Lijst"
    for row in rows:
        sheet.append(row)
    book.save(name)
    Path("m.yaml").write_text(f"schema: kiamv/mapping/1\n{mapping}", "utf-8")


def imported(kiamv: Kiamv, *more: str) -> dict[str, Any]:
    done = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out", *more)
    assert done.exit_code == 0, done.stderr
    return {
        place.stem: read_plain(place.read_text("utf-8"))
        for place in Path("out").glob("*.yaml")
        if place.name != "longlist.yaml"
    }


HEAD = ["Naam", "Waar", "Waarop"]
COLUMNS = "columns:\n  Naam: name\n  Waar: provinces\n  Waarop: themes\n"


def test_two_columns_make_one_thing_and_one_column_makes_two(kiamv: Kiamv) -> None:
    written(
        [
            [*HEAD, "Voor", "Achter", "Geld", "Wat"],
            ["Alfa", "NL-GR", "energy", "Jan", "de Vries", "€ 1,2 mln 2019-2022", "zorg"],
        ],
        COLUMNS + "  Voor: lead.who\n  Achter: lead.who\n  Geld: budget\n"
        "  Wat: [challenges, internal]\n",
    )
    alfa = imported(kiamv)["alfa"]
    assert alfa["lead"] == {"who": "Jan de Vries"}
    assert alfa["budget"] == [{"amount_eur": 1_200_000, "from": 2019, "until": 2022}]
    assert alfa["challenges"] == [{"what": "zorg", "theme": "energy"}]
    assert alfa["internal"] == "zorg"


def test_facts_are_sourced_by_their_row_or_by_a_column_that_says_where(kiamv: Kiamv) -> None:
    written(
        [
            [*HEAD, "Rijp", "Bron"],
            ["Alfa", "NL-GR", "energy", "tweede vestiging", None],
            ["Beta", "NL-GR", "energy", "derde jaar", "Jaarverslag 2024"],
        ],
        'source: "{file}, {sheet}, rij {row}"\non: 2026-10-01\n' + COLUMNS
        + "  Rijp: maturity\n  Bron: source\n",
    )  # fmt: skip
    found = imported(kiamv)
    title = {"title": "list.xlsx, Lijst, rij 2", "read": "2026-10-01"}
    assert str(found["alfa"]["sources"]["row-2"]["read"]) == title["read"]
    assert found["alfa"]["sources"]["row-2"]["title"] == title["title"]
    assert found["alfa"]["maturity"] == [{"what": "tweede vestiging", "source": "row-2"}]
    assert found["beta"]["sources"]["row-3"]["title"] == "Jaarverslag 2024"


def test_partners_come_to_the_side_that_the_mapping_names_and_others_are_told(
    kiamv: Kiamv,
) -> None:
    written(
        [[*HEAD, "Partners"], ["Alfa", "NL-GR", "energy", "TNO, ASML en Stam"]],
        COLUMNS + '  Partners: {is: partners, split: ", en", values: {TNO: research,'
        " asml: bedrijven}}\n",
    )
    done = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out")
    assert "list.xlsx[Lijst]D2: K981 'Stam' has no side yet" in done.stdout
    alfa = read_plain(Path("out/alfa.yaml").read_text("utf-8"))
    assert alfa["partners"] == {"industry": [{"name": "ASML"}], "research": [{"name": "TNO"}]}


def test_values_mean_what_the_mapping_says_errors_and_empty_cells_too(kiamv: Kiamv) -> None:
    written(
        [[*HEAD, "Start"], ["Alfa", "Noord", None, "#N/B"], ["Beta", "NL-ZE", "zorg", 2019]],
        "columns:\n  Naam: name\n  Waar: {is: provinces, values: {noord: [NL-GR, NL-DR]}}\n"
        '  Waarop: {is: themes, values: {"": energy}}\n'
        "  Start: {is: founded, values: {'#N/B': null, 2019: 2020}}\n",
    )
    found = imported(kiamv)
    assert found["alfa"]["provinces"] == ["NL-GR", "NL-DR"]
    assert found["alfa"]["themes"] == ["energy"]
    assert "founded" not in found["alfa"]
    assert found["beta"]["founded"] == 2020


def test_errors_and_headings_with_dots_have_a_line_in_a_draft(kiamv: Kiamv) -> None:
    rows = [
        ["Naam", "Provincie", "Thema", "sources.s1.title"],
        ["Alfa", "Groningen", "#N/A", "Plan"],
        ["Beta", "Utrecht", "Energie", ""],
    ]
    Path("list.csv").write_text("".join(";".join(row) + "\n" for row in rows), "utf-8")
    kiamv("import", "list.csv", "--draft", "mapping.yaml")
    text = Path("mapping.yaml").read_text("utf-8")
    assert '"#N/A": null  # ?' in text
    assert "sources.s1.title:" in text


def test_one_line_of_a_mapping_can_decide_on_all_other_values(kiamv: Kiamv) -> None:
    rows = [[f"Lab {n}", f"Regio {n}", "energy"] for n in range(12)]
    heads = ["Naam", "Provincie", "Thema"]
    written([heads, *rows, ["Lab x", "Utrecht", "energy"]], "")
    assert kiamv("import", "list.xlsx", "--draft", "d.yaml").exit_code == 0
    draft = Path("d.yaml").read_text("utf-8")
    assert '      "*": null  # ? 12 other values, below\n      # "Regio 0": null  # 1\n' in draft
    text = draft.replace('"*": null', '"*": NL-GR').replace('# "Regio 3": null', '"Regio 3": NL-ZE')
    Path("m.yaml").write_text(text, "utf-8")
    found = imported(kiamv)
    assert {found[f"lab-{n}"]["provinces"][0] for n in range(12) if n != 3} == {"NL-GR"}
    assert found["lab-3"]["provinces"] == ["NL-ZE"]
    assert found["lab-x"]["provinces"] == ["NL-UT"]


def test_many_problems_are_counted_by_kind_last(kiamv: Kiamv) -> None:
    rows = "".join(f"Lab {n};Atlantis;energy\n" for n in range(12))
    Path("list.csv").write_text(f"naam;provincie;thema\n{rows}", "utf-8")
    lines = kiamv("score", "list.csv", *ON).stderr.splitlines()
    (wrong,) = [line for line in lines if line.startswith("list.csv:2:2: K304 'Atlantis'")]
    assert "; and 11 more like it: 3:2, 4:2, 5:2, …. Choose from" in wrong
    assert lines[-4:-1] == [
        "  12  K304 not one of the values allowed",
        "   1  K954 an id made from a name",
        "   1  K956 columns that are read by their names",
    ]


def test_rows_are_left_out_by_a_column_and_what_holds_of_all_is_added(kiamv: Kiamv) -> None:
    written(
        [["Naam", "Waar", "Stand"], ["Alfa", "NL-GR", None], ["Beta", "NL-GR", "Dubbel"]],
        "always: {themes: energy}\nleave_out: {Stand: [dubbel]}\n"
        "columns:\n  Naam: name\n  Waar: provinces\n  Stand: unused\n",
    )
    done = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out")
    assert "A3: K979 row 3 is left out: Stand is 'Dubbel'" in done.stdout
    assert [place.stem for place in sorted(Path("out").glob("*.yaml"))] == ["alfa", "longlist"]
    assert read_plain(Path("out/alfa.yaml").read_text("utf-8"))["themes"] == ["energy"]


def test_next_years_list_is_read_by_the_same_mapping_and_what_changed_is_told(
    kiamv: Kiamv,
) -> None:
    written([["Waarop", "Naam", "Waar", "Nieuw"], ["energy", "Alfa", "NL-GR", "x"]],
            COLUMNS + "  Weg: unused\n")  # fmt: skip
    told = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out").stderr
    assert "list.xlsx[Lijst]D1: K730 the mapping does not know the column 'Nieuw'" in told
    assert "K976 the mapping names columns that do not exist: 'weg'" in told


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        (
            "columns: {Naam: names}",
            "m.yaml:2:17: K731 a column cannot hold 'names'",
        ),
        ("columns: {Naam: name, NAAM: unused}", "K731 the columns 'Naam' and 'NAAM' cannot be"),
        ("columns: {A: verdicts.regionl}", "K731 a column cannot hold 'verdicts.regionl'"),
        ("always: {thema: energy}", "K731 a column cannot hold 'thema'"),
        ("kolumns: {}", "K301 unknown key 'kolumns'"),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_at_the_place(
    kiamv: Kiamv, mapping: str, told: str
) -> None:
    written([HEAD, ["Alfa", "NL-GR", "energy"]], mapping)
    done = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out")
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_scoring_matrix_holds_verdicts_of_who_judged_on_a_date(kiamv: Kiamv) -> None:
    written(
        [
            [*HEAD, "Regionale urgentie", "Toelichting", "Multi-helix", "Several missions"],
            ["Alfa", "NL-GR", "energy", 2, "Drie gemeenten vragen erom", 1, "x"],
            ["Beta", "NL-GR", "energy", 0, None, "?", None],
        ],
        "",
    )
    words = ("import", "list.xlsx", *ON, "-o", "out")
    rows = [["Naam", "Provincie", "Thema"]]
    book = openpyxl.load_workbook("list.xlsx")
    for place, text in enumerate(rows[0], 1):
        book["Lijst"].cell(1, place).value = text
    book.save("list.xlsx")
    unsigned = kiamv(*words)
    assert unsigned.exit_code == 2
    assert "D1: K732 the column 'Regionale urgentie' holds verdicts" in unsigned.stderr
    done = kiamv(*words, "--by", "M. Jansen", "--on", "2026-11-01")
    assert done.exit_code == 0, done.stderr
    alfa = read_plain(Path("out/alfa.yaml").read_text("utf-8"))["verdicts"]
    assert alfa["regional"]["verdict"] == "met"
    assert alfa["regional"]["reason"] == "Drie gemeenten vragen erom"
    assert alfa["multi-helix"]["verdict"] == "partly"
    assert alfa["multi-helix"]["reason"] == "list.xlsx[Lijst]F2: 1"
    assert (alfa["regional"]["by"], str(alfa["regional"]["date"])) == ("M. Jansen", "2026-11-01")
    beta = read_plain(Path("out/beta.yaml").read_text("utf-8"))["verdicts"]
    assert {name: each["verdict"] for name, each in beta.items()} == {"regional": "not-met"}


def test_a_grade_on_no_known_scale_is_an_error_until_a_mapping_says_what_it_means(
    kiamv: Kiamv,
) -> None:
    written(
        [[*HEAD, "Regional urgency"], ["Alfa", "NL-GR", "energy", 4]],
        COLUMNS + "  Regional urgency: verdicts.regional\nby: Jo\non: 2026-11-01\n",
    )
    refused = kiamv("import", "list.xlsx", "--mapping", "m.yaml", *ON, "-o", "out")
    assert "list.xlsx[Lijst]D2: K304 '4' is not allowed in verdict" in refused.stderr
    text = Path("m.yaml").read_text("utf-8")
    Path("m.yaml").write_text(f"{text}verdicts: {{4: met}}\n", "utf-8")
    assert imported(kiamv)["alfa"]["verdicts"]["regional"]["verdict"] == "met"


def test_the_sheet_is_chosen_by_name_or_is_the_first_with_headings(kiamv: Kiamv) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Zomaar een blad"])
    for name, ecosystem in (("Eerste", "Alfa"), ("Tweede", "Beta")):
        sheet = book.create_sheet(name)
        sheet.append(["naam", "provincie", "thema"])
        sheet.append([ecosystem, "NL-GR", "energy"])
    book.save("list.xlsx")
    for more, ecosystem in (((), "alfa"), (("--sheet", "tweede"), "beta")):
        assert kiamv("import", "list.xlsx", *more, *ON, "-o", f"o-{ecosystem}").exit_code == 0
        assert Path(f"o-{ecosystem}/{ecosystem}.yaml").exists()
    missing = kiamv("import", "list.xlsx", "--sheet", "Twede", *ON, "-o", "o")
    assert "list.xlsx: K733 it has no sheet 'Twede'. Did you mean Tweede?" in missing.stderr


def test_a_copy_has_a_comment_in_each_cell_that_needs_a_hand_and_loses_nothing(
    kiamv: Kiamv,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Lijst"
    for row in (["naam", "provincie", "thema", "budget"], ["Alfa", "Noord", "energy", "#REF!"]):
        sheet.append(row)
    sheet.append(["Beta", "NL-ZE", "zorg & <nut>", "12,5"])
    sheet["B2"].comment = Comment("welke?", "Karin")
    sheet["A1"].comment = Comment("naam", "Karin")
    book.create_sheet("Niets")
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=3))
    sheet.add_chart(chart, "F2")
    book.save("list.xlsx")
    done = kiamv("check", "list.xlsx", *ON, "-o", "problems.xlsx")
    assert done.exit_code == 1
    copy = openpyxl.load_workbook("problems.xlsx")["Lijst"]
    texts = {
        cell.coordinate: cell.comment.text
        for row in copy.iter_rows()
        for cell in row
        if cell.comment
    }
    problems = json.loads(kiamv("check", "list.xlsx", *ON, "-f", "json").stdout)["problems"]
    cells = {f"{'ABCDEFG'[each['column'] - 1]}{each['line']}" for each in problems if each["line"]}
    assert set(texts) == cells | {"A1"}
    assert texts["B2"].startswith("welke?\nK304 'Noord' is not allowed in provinces")
    assert texts["D2"].startswith("K714 the cell contains an error, '#REF!'")
    with ZipFile("list.xlsx") as old, ZipFile("problems.xlsx") as new:
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        assert set(old.namelist()) <= set(new.namelist())
    assert all("omment" in name or "vml" in name.lower() for name in changed), changed
    assert kiamv("check", "problems.xlsx", *ON).exit_code == 1


def test_a_csv_file_becomes_a_workbook_with_comments(kiamv: Kiamv) -> None:
    Path("list.csv").write_text("naam;provincie;thema\nAlfa;Noord;energy\n", "utf-8")
    assert kiamv("check", "list.csv", *ON, "-o", "problems.xlsx").exit_code == 1
    sheet = openpyxl.load_workbook("problems.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[2]] == ["Alfa", "Noord", "energy"]
    assert sheet["B2"].comment.text.startswith("K304 'Noord' is not allowed")
    assert "table" in kiamv("check", "-o", "problems.xlsx").stderr


def test_what_a_list_cannot_tell_is_said_first(kiamv: Kiamv) -> None:
    rows = "".join(f"Gebied {n};NL-GR;energy;{'geen gas' if n else ''}\n" for n in range(4))
    Path("list.csv").write_text(f"naam;provincie;thema;challenges.1.what\n{rows}", "utf-8")
    first = "Regional urgency: nothing is known for any ecosystem."
    checked = kiamv("check", "list.csv", *ON).stdout.splitlines()
    assert checked[0] == first
    assert not any("Several missions" in line for line in checked[:6])
    scored = kiamv("score", "list.csv", *ON).stdout.splitlines()
    assert scored[1] == first
    for command in ("check", "score"):
        unknown = json.loads(kiamv(command, "list.csv", *ON, "-f", "json").stdout)["unknown"]
        assert unknown[0] == {"criterion": "multi-mission", "ecosystems": 1, "of": 4}
        assert {"criterion": "regional", "ecosystems": 4, "of": 4} in unknown


def test_a_name_that_is_too_long_is_told_and_stops_no_other(kiamv: Kiamv) -> None:
    name = "Een heel lang project over water " * 8
    text = f"naam;provincie;thema\n{name};NL-GR;energy\nGroene Haven;NL-GR;energy\n"
    Path("list.csv").write_text(f"{text}De Groene Haven;NL-GR;energy\n", "utf-8")
    Path("names.txt").write_text(f"{name}\nGroene Haven BV\n", "utf-8")
    done = kiamv("same", "list.csv", "names.txt")
    assert done.exit_code == 0, done.stderr
    assert "list.csv:2:1: K984 the name has 263 characters, and a list takes 200" in done.stderr
    assert "names.txt:1:1: K984 the name has 263 characters" in done.stderr
    assert "De Groene Haven" in done.stdout
    assert kiamv("import", "list.csv", "--draft", "m.yaml").exit_code == 0
    assert ' water…"  # ? 1\n' in Path("m.yaml").read_text("utf-8")
    done = kiamv("import", "list.csv", "--mapping", "m.yaml", *ON, "-o", "out")
    assert done.exit_code == 0, done.stderr


HEADINGS = st.sampled_from(
    [
        "Naam",
        "Provincie",
        "Thema",
        "Budget",
        "Looptijd",
        "Partners",
        "Regional urgency",
        "Reden",
        "Opgave",
        "Bron",
        "Website",
        "Naam",
        "",
        "Start",
        "x",
        "Status",
        "Wat? (max. 100)",
        "a: #b",
    ]
)
VALUES = st.sampled_from(
    (
        *(None, 3, 2.5, True, "a\nb", '"'),
        *[
            "Utrecht",
            "Noord",
            "n.v.t.",
            "Zorg",
            "€ 1,2 mln 2019-2022",
            "12,5",
            "+",
            "x",
            "#REF!",
            "TNO, ASML",
            "dubbel",
        ],
        *["Totaal", "www.a.nl", "2019", "{{x}} # ?"],
    )
)


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(HEADINGS, min_size=1, max_size=7),
    st.lists(st.lists(VALUES, min_size=1, max_size=7), max_size=6),
)
def test_any_table_has_a_draft_that_is_read_back_and_accounts_for_every_cell(
    headings: list[str], rows: list[list[Any]]
) -> None:
    written([["Naam", "Provincie", "Thema", *headings], ["Alfa", "Utrecht", "Zorg"], *rows], "")
    raw, programme = Path("list.xlsx").read_bytes(), load_criteria()
    text = draft_text(draft_mapping("list.xlsx", programme))
    Path("d.yaml").write_text(text, "utf-8")
    mapping = load_mapping("d.yaml", programme)
    table = read_table(raw, Path("list.xlsx"), programme, TableOptions(mapping=mapping))
    assert not {each.code for each in table.problems} & {"K730", "K976"}
    there = sum(
        cell.value is not None and bool(str(cell.value).strip())
        for row in openpyxl.load_workbook("list.xlsx").worksheets[0].iter_rows()
        for cell in row
    )
    assert sum(totals(table.account).values()) == there
    assert all(count > 0 for line in table.account for count in line.fates.values())


KEPT = "Naam;Waar;Waarop;Rijp\nAlfa;NL-GR;energy;tweede jaar\nBeta;NL-UT;energy;\n"
KEPT_COLUMNS = COLUMNS + "  Rijp: maturity\n"


def kept_list(columns: str = KEPT_COLUMNS) -> None:
    Path("list.csv").write_text(KEPT, "utf-8")
    Path("m.yaml").write_text(f"schema: kiamv/mapping/1\n{columns}", "utf-8")


@pytest.mark.parametrize(
    "words",
    [
        ("score", "list.csv"),
        ("classify", "list.csv"),
        ("spread", "list.csv"),
        ("shortlist", "list.csv", "--size", "1"),
        ("explain", "alfa", "-l", "list.csv", "--size", "1"),
        ("same", "list.csv"),
        ("export", "list.csv", "-f", "yaml"),
        ("check", "list.csv"),
        ("diff", "list.csv", "list.csv", "--size", "1"),
    ],
)
def test_every_command_reads_a_list_by_its_mapping(kiamv: Kiamv, words: tuple[str, ...]) -> None:
    kept_list()
    on = () if words[0] == "same" else ON
    done = kiamv(*words, "--mapping", "m.yaml", *on)
    assert done.exit_code == 0, done.stderr
    assert "Alfa" in done.stdout or words[0] in {"same", "check", "spread", "classify", "diff"}
    if words[0] != "same":
        assert kiamv(*words, *on).exit_code != 0


def test_a_project_names_the_mapping_of_its_list_and_of_no_other(kiamv: Kiamv) -> None:
    kept_list()
    project = "longlist: {file: list.csv, mapping: m.yaml}\nrequest: {as_of: 2026-11-30, size: 1}\n"
    Path("kiamv.yaml").write_text(project, "utf-8")
    for command in ("score", "status", "check", "same", "shortlist"):
        assert kiamv(command).exit_code == 0
    Path("other.csv").write_text("name;provinces;themes\nGamma;NL-GR;energy\n", "utf-8")
    assert "Gamma" in kiamv("score", "other.csv").stdout
    Path("m.yaml").unlink()
    gone = kiamv("score")
    assert gone.exit_code == 2
    assert "kiamv.yaml:1:37: K130 there is no m.yaml" in gone.stderr


def test_a_record_of_a_list_read_by_a_mapping_is_run_again_by_it(kiamv: Kiamv) -> None:
    kept_list()
    decided = ("--by", "A", "--on", "2026-12-01", "--reason", "r")
    words = ("record", "list.csv", "--mapping", "m.yaml", "--size", "1", *ON, *decided)
    for name, more in (("d.json", ()), ("kept.json", ("--with-inputs",))):
        assert kiamv(*words, "-o", name, *more).exit_code == 0
    assert kiamv("verify", "d.json").exit_code == 0
    Path("m.yaml").rename("n.yaml")
    assert "m.yaml: K101" in kiamv("verify", "d.json").stderr
    assert kiamv("verify", "d.json", "--mapping", "n.yaml").exit_code == 0
    assert kiamv("verify", "kept.json").exit_code == 0
    kept_list(COLUMNS + "  Rijp: unused\n")
    assert kiamv("verify", "d.json").exit_code == 1


def test_headings_of_programs_are_words_too(kiamv: Kiamv) -> None:
    rows = (
        "PROJECT_TITLE,startDate,endDate,totalCost,province\nLab,2020-01-01,2022-01-01,1000,NL-GR\n"
    )
    Path("list.csv").write_text(rows, "utf-8")
    assert kiamv("import", "list.csv", "--draft", "d.yaml").exit_code == 0
    columns = read_plain(Path("d.yaml").read_text("utf-8"))["columns"]
    assert columns["PROJECT_TITLE"] == "name"
    assert columns["startDate"] == "budget.from"
    assert columns["endDate"] == "budget.until"
    assert columns["totalCost"] == "budget"


def test_what_a_mapping_lacks_is_told_as_a_line_of_the_mapping(kiamv: Kiamv) -> None:
    written([["Naam", "Waar"], ["Alfa", "NL-GR"]], "columns: {Naam: name, Waar: provinces}\n")
    told = kiamv("score", "list.xlsx", "--mapping", "m.yaml", *ON).stderr
    assert "K302 there is no column themes. Give the column that holds it a line in the" in told
    assert "or write themes under always" in told


def test_a_row_of_groups_above_headings_that_say_all_by_themselves_is_a_title(
    kiamv: Kiamv,
) -> None:
    written(
        [
            ["Initiatief", None, None, "Criteria", None],
            ["Naam", "Provincie", "Thema", "Regionale urgentie", "Toelichting"],
            ["Alfa", "Utrecht", "energy", "+", "goed"],
        ],
        "",
    )
    done = kiamv("import", "list.xlsx", *ON, "--by", "Panel", "--on", "2026-11-01", "-o", "out")
    assert done.exit_code == 0, done.stderr
    assert "A1: K977" in done.stdout
    verdicts = read_plain(Path("out/alfa.yaml").read_text("utf-8"))["verdicts"]
    assert verdicts["regional"]["verdict"] == "met"
    assert verdicts["regional"]["reason"] == "goed"
