"""Tables as people make them: what is read, what is remarked upon, what is refused."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from time import process_time
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from strategies.longlist import programme

from kiamv_cli.base.language import in_language
from kiamv_cli.base.problem import BadInput, alike
from kiamv_cli.longlist.model.layout import (
    ABOUT_SHEET,
    AS_OF,
    CHOICES_SHEET,
    LIST_SHEET,
    MAIN_COLUMNS,
    MAIN_SHEET,
    NUMBERED,
    SHEETS,
    TITLE,
    spelled,
)
from kiamv_cli.longlist.model.longlist import Longlist, TableOptions
from kiamv_cli.longlist.reading.longlist import Loaded, load_longlist
from kiamv_cli.longlist.reading.tables.cells import value_of
from kiamv_cli.longlist.reading.tables.csv_file import read_csv
from kiamv_cli.longlist.reading.tables.headings import in_english, path_of, sheet_names
from kiamv_cli.longlist.reading.tables.vocabularies import by_part
from kiamv_cli.longlist.results import export_longlist

if TYPE_CHECKING:
    from pathlib import Path

    from kiamv_cli.longlist.model.layout import Kind

STATED = "longlist.title;longlist.as_of"
HEAD = f"id;name;provinces;themes;budget.1.amount_eur;{STATED}\n"
WORKBOOK = export_longlist(Longlist(title="List", as_of=date(2020, 11, 30), ecosystems=()), "xlsx")
ROW = "a;Alfa;NL-GR;energy;1000;List;2020-11-30\n"


def loaded(text: str | bytes, tmp_path: Path, *ignored: str) -> Loaded:
    raw = text.encode() if isinstance(text, str) else text
    place = tmp_path / "list.csv"
    place.write_bytes(raw)
    return load_longlist(str(place), programme(), tables=TableOptions(ignored=ignored))


def refused(text: str | bytes, tmp_path: Path) -> list[str]:
    """What is wrong, without the folder and the hint."""
    with pytest.raises(BadInput) as bad:
        loaded(text, tmp_path)
    return [f"{each.line}:{each.column} {each.code} {each.message}" for each in bad.value.problems]


@pytest.mark.parametrize(
    ("text", "kind", "value", "remarked"),
    [
        ("2500000", "number", 2500000, False),
        ("2.500.000", "number", 2500000, True),
        ("2.500.000,00", "number", 2500000, True),
        ("2.500.000,-", "number", 2500000, True),
        ("€ 2.500.000", "number", 2500000, True),
        ("2 500 000 euro", "number", 2500000, True),
        ("2\u00a0500\u00a0000", "number", 2500000, True),
        ("2,500,000", "number", 2500000, True),
        ("2,500,000.00", "number", 2500000, True),
        ("2,5 mln", "number", 2500000, True),
        ("2.5 miljoen", "number", 2500000, True),
        (2500000.0, "number", 2500000, False),
        ("2.500.000,50", "number", 2500001, True),
        ("436056,47", "number", 436056, True),
        ("436056.47", "number", 436056, True),
        ("1.234,56", "number", 1235, True),
        ("1,234.56 euro", "number", 1235, True),
        ("107.097", "number", 107097, True),
        ("600.000,-", "number", 600000, True),
        ("€ 1,2 mln", "number", 1200000, True),
        ("EUR 250k", "number", 250000, True),
        ("1,5 miljard", "number", 1500000000, True),
        (436056.47, "number", 436056, True),
        # These are not whole numbers, or could mean two things: they are left to be refused.
        ("12,50", "number", "12,50", False),
        ("999.99", "number", "999.99", False),
        ("2,5 keer", "number", "2,5 keer", False),
        ("12,5", "number", "12,5", False),
        ("0,0000001 mln", "number", "0,0000001 mln", False),
        ("1.25.000", "number", "1.25.000", False),
        ("ca. 5", "number", "ca. 5", False),
        (12.5, "number", 12.5, False),
        ("onbekend", "number", None, True),
        ("P.M.", "number", None, True),
        ("n.v.t.", "number", None, True),
        ("?", "number", None, True),
        ("onbekend", "year-or-open", None, True),
        ("19.02.2009", "year", 2009, True),
        ("2009-02-19", "year", 2009, True),
        ("2009-02-19 00:00:00", "year", 2009, True),
        ("19/2/2009", "year", 2009, True),
        ("02-2009", "year", 2009, True),
        ("19 februari 2009", "year", 2009, True),
        ("Mrt. 2009", "year", 2009, True),
        ("30-06-2014", "year-or-open", 2014, True),
        ("doorlopend", "year-or-open", "open", True),
        ("2009", "year", 2009, False),
        ("2009-2012", "year", "2009-2012", False),
        ("19-02-09", "year", "19-02-09", False),
        ("voorjaar 2009", "year", "voorjaar 2009", False),
        ("Open", "year-or-open", "open", False),
        ("www.brainport.nl", "address", "https://www.brainport.nl", True),
        ("brainport.nl/en", "address", "https://brainport.nl/en", True),
        ("http://brainport.nl", "address", "http://brainport.nl", False),
        ("info@brainport.nl", "address", "info@brainport.nl", False),
        ("n.v.t.", "address", None, True),
        ("volgt", "address", None, True),
        ("bij de trekker", "address", "bij de trekker", False),
        ("Ja", "yes-no", True, False),
        ("nee", "yes-no", False, False),
        ("misschien", "yes-no", None, True),
        ("x", "yes-no", True, False),
        ("J", "yes-no", True, False),
        ("0", "yes-no", False, False),
        (1.0, "yes-no", True, False),
        ("deels", "yes-no", "deels", False),
        ("0", "number", 0, False),
        ("geen", "number", "geen", False),
        ("open", "year-or-open", "open", False),
        (2024.0, "year-or-open", 2024, False),
        ("2020-11-30 00:00:00", "date", "2020-11-30", False),
        ("30-11-2020", "date", "2020-11-30", True),
        ("3/1/2020", "date", "2020-01-03", True),
        ("rond 2020", "date", "rond 2020", False),
        ("a; b ;; c\\;d", "list", ["a", "b", "c;d"], False),
        ("Fryslân, NL-GR", "words", ["NL-FR", "NL-GR"], False),
        ("Landbouw, Water en Voedsel, energy", "words", ["agrifood", "energy"], False),
        ("fryslân / NL-GR", "words", ["NL-FR", "NL-GR"], False),
        ("Fryslân en NL-GR", "words", ["NL-FR", "NL-GR"], False),
        ("NL-GR\nFryslân & nl-dr", "words", ["NL-GR", "NL-FR", "nl-dr"], False),
        ("energy and Landbouw, Water en Voedsel", "words", ["energy", "agrifood"], False),
        ("\u201cFryslân\u201d; NL-GR", "words", ["NL-FR", "NL-GR"], True),
        ("ASML\r\nVDL; C,D", "list", ["ASML", "VDL", "C,D"], False),
        ("Alfa\nLab", "name", "Alfa Lab", True),
        ("one\ntwo", "text", "one\ntwo", False),
        ("\x93Alfa\x94", "text", "\u201cAlfa\u201d", True),
        (" Alfa ", "text", "Alfa", True),
        (42.0, "text", "42", False),
        (42.0, "list", ["42"], False),
        (True, "list", ["true"], False),
    ],
)
def test_a_cell_is_read_where_it_can_mean_one_thing_only(
    text: str | float,
    kind: Kind,
    value: object,
    remarked: bool,  # noqa: FBT001 - a column
) -> None:
    names = {"fryslân": "NL-FR", "landbouw, water en voedsel": "agrifood"}
    read = value_of(text, kind, names)
    assert (read.value, bool(read.remarks)) == (value, remarked)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_are_recognised_and_cp1252_is_said(
    separator: str, encoding: str, tmp_path: Path
) -> None:
    text = (HEAD + ROW.replace("Alfa", "Café")).replace(";", separator)
    found = loaded(text.encode(encoding), tmp_path)
    assert found.longlist.ecosystems[0].name == "Café"
    assert [each.code for each in found.warnings] == ["K951"] * (encoding == "cp1252")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_first_line_that_names_the_separator_is_followed(end: str, tmp_path: Path) -> None:
    """Each with its line ends: \\r alone is what "CSV (Macintosh)" has."""
    text = (HEAD + ROW).replace("\n", end)
    for said in ("", f"sep=;{end}", f"SEP=;{end}"):
        found = loaded((said + text).encode(), tmp_path)
        assert [each.id for each in found.longlist.ecosystems] == ["a"]
        assert not found.warnings
    wrong = f"sep=;{end}" + text.replace("NL-GR", "NL-XX")
    assert refused(wrong, tmp_path)[0].startswith("3:3 K304")


def refused_workbook(raw: bytes, tmp_path: Path) -> list[str]:
    place = tmp_path / "list.xlsx"
    place.write_bytes(raw)
    with pytest.raises(BadInput) as bad:
        load_longlist(str(place), programme())
    return [f"{each.code} {each.message}" for each in bad.value.problems]


def test_a_workbook_whose_directory_was_damaged_is_refused(tmp_path: Path) -> None:
    raw = BytesIO()
    openpyxl.Workbook().save(raw)
    damaged = bytearray(raw.getvalue())
    entry = damaged.rindex(b"PK\x01\x02")
    damaged[entry + 9] |= 8  # the name of this file is said to be UTF-8
    damaged[entry + 46] = 0xFF  # and is not
    told = ["K203 not a valid workbook, or truncated"]
    assert refused_workbook(bytes(damaged), tmp_path) == told


def rewritten(raw: bytes, pattern: bytes, instead: bytes) -> bytes:
    """A workbook with something else in the text of its parts."""
    changed = BytesIO()
    with ZipFile(BytesIO(raw)) as whole, ZipFile(changed, "w") as left:
        for name in whole.namelist():
            left.writestr(name, re.sub(pattern, instead, whole.read(name)))
    return changed.getvalue()


def test_a_workbook_without_sheets_is_refused(tmp_path: Path) -> None:
    bare = rewritten(WORKBOOK, rb"<sheet .*?/>", b"")
    assert refused_workbook(bare, tmp_path) == ["K203 the workbook has no sheets"]


@pytest.mark.parametrize("count", [b"99999999999", b"18446744073709551615"])
def test_a_workbook_that_promises_more_than_it_holds_is_refused(
    count: bytes, tmp_path: Path
) -> None:
    lying = rewritten(WORKBOOK, rb'uniqueCount="\d+"', b'uniqueCount="' + count + b'"')
    assert refused_workbook(lying, tmp_path) == ["K203 the workbook is damaged"]


def test_a_value_far_away_does_not_take_all_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1048576"] = "name"
    raw = BytesIO()
    book.save(raw)
    told = ["K103 its sheets span more than 5 million cells"]
    assert refused_workbook(raw.getvalue(), tmp_path) == told


def test_a_quote_is_no_separator(tmp_path: Path) -> None:
    found = loaded('sep="\n' + HEAD + ROW, tmp_path)
    assert [each.id for each in found.longlist.ecosystems] == ["a"]


def test_a_list_of_ones_own_needs_no_ids_and_no_codes(tmp_path: Path) -> None:
    text = "Naam;Provincie;Thema;Voorgedragen door\nZorg & Co;Groningen;Gezondheid en Zorg;ROM; \n"
    with pytest.raises(BadInput) as bad:
        loaded(text, tmp_path)
    assert [each.code for each in bad.value.problems] == ["K954", "K956", "K302"]
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    found = load_longlist(str(tmp_path / "own.csv"), programme(), as_of=date(2020, 1, 1))
    (each,) = found.longlist.ecosystems
    assert (each.id, each.provinces, each.themes) == ("zorg-en-co", ("NL-GR",), ("health",))
    assert [one.by for one in each.suggested_by] == ["ROM"]
    assert found.longlist.title == "own"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (HEAD.replace("name", "colour") + ROW, ["1:2 K701 the column 'colour' is not known"]),
        (
            HEAD.replace("name", "id") + ROW,
            ["1:2 K702 the columns 'id' and 'id' are both read as id"],
        ),
        (HEAD + ROW.replace("2020-11-30", "2020-11-30;x"), ["2:8 K703 'x' is in a column"]),
        (HEAD + ROW.replace("Alfa", '"Alfa'), ["2:1 K203 invalid CSV"]),
        (HEAD + ROW + ROW, ["3:1 K401 the id 'a' is used twice"]),
        (HEAD + ROW.replace("1000", "veel"), ["2:5 K303 amount_eur is not a whole number"]),
        (HEAD + ROW.replace("NL-GR", ""), ["2:1 K302 the key 'provinces' is missing"]),
        (HEAD.replace("name", "absent") + ROW.replace("Alfa", "budget"), ["2:2 K705 budget is"]),
        (HEAD, ["None:None K105 there is no ecosystem in it"]),
        ("", ["None:None K105 there is no ecosystem in it"]),
        (HEAD.encode() + b"a;\x00", ["2:3 K202"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_its_cell(
    text: str | bytes, problems: list[str], tmp_path: Path
) -> None:
    told = refused(text, tmp_path)
    for problem in problems:
        assert any(each.startswith(problem) for each in told), told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Totaal", True),
        ("TOTAAL:", True),
        ("Subtotaal", True),
        ("Eindtotaal (16)", True),
        ("Som", True),
        ("Grand total", True),
        ("Total Food", False),
        ("Somnus", False),
    ],
)
def test_a_row_of_totals_is_no_ecosystem(
    name: str,
    told: bool,  # noqa: FBT001 - a column
    tmp_path: Path,
) -> None:
    found = loaded(HEAD + ROW + ROW.replace("a;Alfa", f"b;{name}"), tmp_path)
    assert [(each.code, each.line, each.column) for each in found.warnings] == (
        [("K943", 3, 2)] * told
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    "title", ["Onze lijst", "Onze lijst;;;", "\nOnze lijst\nStand: mei 2020\n"]
)
def test_a_title_above_the_headings_is_told_and_the_table_is_read(
    title: str, separator: str, tmp_path: Path
) -> None:
    text = f"{title}\nNaam;Provincies;Thema\nAlfa;NL-GR;energy\n".replace(";", separator)
    place = tmp_path / "list.csv"
    place.write_text(text, encoding="utf-8")
    found = load_longlist(str(place), programme(), as_of=date(2020, 11, 30))
    assert [each.name for each in found.longlist.ecosystems] == ["Alfa"]
    (above,) = (each for each in found.warnings if each.code == "K977")
    assert above.message.startswith("the text above the headings is not read: 'Onze lijst'")


def test_headings_beneath_a_title_are_found_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active
    for row in (["Onze lijst"], [], ["naam", "provincie"], ["Alfa", "NL-GR"]):
        book.active.append(row)
    raw = BytesIO()
    book.save(raw)
    codes = [each.split()[0] for each in refused_workbook(raw.getvalue(), tmp_path)]
    assert codes == ["K977", "K302", "K954", "K956", "K302"]


def test_a_heading_that_is_not_known_is_no_title(tmp_path: Path) -> None:
    told = refused("Onze lijst;naam\nAlfa;thema\nnaam;provincie\n", tmp_path)
    assert not [line for line in told if "K977" in line]
    assert [line for line in told if "K701" in line]


def test_a_column_can_be_left_out(tmp_path: Path) -> None:
    text = HEAD.replace("budget.1.amount_eur", "Kleur") + ROW
    assert loaded(text, tmp_path, "Kleur").longlist.ecosystems[0].budget is None


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Naam", ("name",)),
        (" Website ", ("website",)),
        ("challenges.2.what", ("challenges", 1, "what")),
        ("Partners.Industry.1.name", ("partners", "industry", 0, "name")),
        ("sources.a.b.title", ("sources", "a.b", "title")),
        ("challenges.0.what", None),
        ("challenges.what", None),
        ("partners.industry.name", None),
        ("budget.1", None),
        ("", None),
    ],
)
def test_headings_are_paths_or_other_words_for_them(
    heading: str, path: tuple[str | int, ...] | None
) -> None:
    assert path_of(heading) == path


def test_rows_of_a_workbook_that_belong_nowhere_are_told_with_their_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets: dict[str, list[list[object]]] = {
        "ecosystems": [["id", "name", "provinces", "themes"], ["a", "Alfa", "NL-GR", "energy"]],
        "longlist": [["key", "value"], ["longlist.as_of", date(2020, 11, 30)]],
        "partners": [["id", "side", "name"], ["a", "industry", "Philips"], ["b", "industry", "X"]],
        "verdicts": [["id", "criterion", "verdict"], ["a", None, "met"]],
        "budget": [["id", "owner"], ["a", "me"]],
        "Notes": [["whatever"]],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book["Sheet"])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(BadInput) as bad:
        load_longlist(str(tmp_path / "list.xlsx"), programme())
    told = [str(each).rpartition("/")[2].partition(". ")[0] for each in bad.value.problems]
    assert told == [
        "list.xlsx: K952 not read: the sheet 'Notes'",
        "list.xlsx[budget]B1: K701 the column 'owner' is not known",
        "list.xlsx[partners]A3: K704 there is no ecosystem 'b'",
        "list.xlsx[verdicts]A2: K704 the cell criterion is empty",
    ]


HEADS = {
    MAIN_SHEET: ("id", *MAIN_COLUMNS[1:], TITLE, AS_OF, *(f"{each}.1" for each in NUMBERED)),
    **{name: ("id", *sheet.keys, *sheet.columns) for name, sheet in SHEETS.items()},
}


@pytest.mark.parametrize("sheet", HEADS)
def test_dutch_headings_are_told_apart_within_a_sheet_and_each_is_read(sheet: str) -> None:
    heads = HEADS[sheet]
    with in_language("nl"):
        name, dutch = spelled(sheet), [spelled(each) for each in heads]
    assert len(set(dutch)) == len(dutch)
    assert not {*dutch} & {*heads} - {
        head for head, word in zip(heads, dutch, strict=True) if head == word
    }
    assert sheet_names()[name] == sheet
    assert in_english(sheet, dutch) == [*heads]


def test_dutch_names_of_sheets_are_told_apart() -> None:
    sheets = (*HEADS, LIST_SHEET, ABOUT_SHEET, CHOICES_SHEET)
    with in_language("nl"):
        assert len({spelled(each) for each in sheets}) == len(sheets)


def test_line_ends_in_a_cell_change_no_hash(tmp_path: Path) -> None:
    text = HEAD.replace("budget.1.amount_eur", "note") + ROW.replace("1000", '"two\nlines"')
    hashes = {
        loaded(text.replace("\n", end), tmp_path).longlist.sha256 for end in ("\n", "\r\n", "\r")
    }
    assert len(hashes) == 1
    rows, _told = read_csv(b'a;"b\r\nc\rd"\r\n', "list.csv")
    assert rows == [(1, ["a", "b\nc\nd"])]
    assert loaded(text.replace("\n", "\r\n"), tmp_path).longlist.ecosystems[0].note == "two\nlines"


def test_signs_of_windows_that_became_controls_are_read_as_meant_and_said(tmp_path: Path) -> None:
    raw = (HEAD + ROW.replace("Alfa", "\x91Alfa\x92 \x96 Lab \x80")).encode()
    found = loaded(raw, tmp_path)
    assert found.longlist.ecosystems[0].name == "\u2018Alfa\u2019 \u2013 Lab \u20ac"
    (told,) = found.warnings
    assert (told.code, told.line, told.column) == ("K968", 2, 3)
    assert told.message.startswith("4 characters")
    assert refused((HEAD + ROW.replace("Alfa", "A\x81\x93")).encode(), tmp_path)[0].startswith(
        "2:4 K202"
    )


def test_the_byte_that_is_no_letter_anywhere_is_named(tmp_path: Path) -> None:
    told = refused(HEAD.encode() + b"a;Pret\xe9 \x8d;NL-GR\n", tmp_path)
    assert told == ["2:9 K201 byte 0x8d is neither UTF-8 nor Windows-1252"]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("Zuid-Holland Utrecht", "Write each value by itself: NL-ZH, NL-UT"),
        ("Zuid-Hollland / Utrecht", "Write each value by itself: NL-ZH, NL-UT"),
        (
            "Zuid-Holland / Rijnmond",
            "Write each value by itself: it seems to be several, of which NL-ZH is",
        ),
        ("Utrect", "Did you mean NL-UT?"),
    ],
)
def test_a_hint_never_offers_one_of_two_values(cell: str, hint: str, tmp_path: Path) -> None:
    entry = f"{{id: a, name: A, provinces: ['{cell}'], themes: [energy]}}"
    place = tmp_path / "list.yaml"
    place.write_text(f"title: T\nas_of: 2020-01-01\necosystems: [{entry}]\n", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_longlist(str(place), programme())
    (problem,) = bad.value.problems
    assert problem.hint.startswith(hint)


def test_of_several_in_a_table_each_is_read_or_refused_for_itself(tmp_path: Path) -> None:
    head = HEAD.replace("budget.1.amount_eur", "partners.industry")
    for cell in ('"Zuid-Holland\nUtrecht"', "Zuid-Holland en Utrecht", "ZH/UT", "NL-ZH,Utrecht"):
        found = loaded(head + ROW.replace("NL-GR", cell), tmp_path)
        assert found.longlist.ecosystems[0].provinces == ("NL-ZH", "NL-UT")
    told = refused(head + ROW.replace("NL-GR", "Zuid-Holland en Utrect"), tmp_path)
    assert told == ["2:3 K304 'Utrect' is not allowed in provinces"]


def test_what_may_be_several_names_is_shown_once_for_a_column(tmp_path: Path) -> None:
    names = ("ASML, VDL", "KPN/TNO", "Philips & NXP", "Acme en Co", "Shell and BP", "P&G", "TU/e")
    rows = "".join(
        ROW.replace("a;Alfa", f"a{n};Alfa {n}").replace("1000", name)
        for n, name in enumerate(names)
    )
    found = loaded(HEAD.replace("budget.1.amount_eur", "partners.industry") + rows, tmp_path)
    told = [each for each in found.warnings if each.code == "K958"]
    assert [(each.line, each.column) for each in told] == [(line, 5) for line in range(2, 7)]
    ((first, others),) = alike(told)
    assert first.message == "'ASML, VDL' is read as one name"
    assert first.with_others(others).startswith(
        "'ASML, VDL' is read as one name; and 4 more like it: 3:5, 4:5, 5:5, …. Put ; between"
    )
    partners = [each.partners.industry for each in found.longlist.ecosystems]
    assert [[one.name for one in each or ()] for each in partners] == [[name] for name in names]


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("Provincie(s)", ("provinces",)),
        ("Naam\nproject", ("name",)),
        ("Naam*", ("name",)),
        ("Opmerking(en):", ("internal",)),
        ("note", ("note",)),
        ("kleur(en)", None),
    ],
)
def test_headings_as_they_are_laid_out(heading: str, path: tuple[str, ...] | None) -> None:
    assert path_of(heading) == path


@pytest.mark.parametrize(
    ("cell", "amount", "start", "until"),
    [
        ("€ 1,2 mln (2019-2022)", 1_200_000, 2019, 2022),
        ("600.000,- 2019 t/m 2021", 600_000, 2019, 2021),
        ("50000, 2018\u20132019", 50_000, 2018, 2019),
        ("1.234.567", 1_234_567, None, None),
    ],
)
def test_a_term_beside_an_amount_is_that_of_the_line(
    cell: str, amount: int, start: int | None, until: int | None, tmp_path: Path
) -> None:
    found = loaded(HEAD + ROW.replace("1000", f'"{cell}"'), tmp_path)
    (line,) = found.longlist.ecosystems[0].budget or ()
    assert (line.amount_eur, line.start, line.until) == (amount, start, until)
    assert any("term as well" in each.message for each in found.warnings) == (start is not None)


def test_a_term_in_a_column_of_its_own_gives_both_years(tmp_path: Path) -> None:
    text = "id;naam;provincie;thema;Bedrag;Looptijd;longlist.as_of\n"
    found = loaded(f"{text}a;Alfa;NL-GR;energy;1000;2019-2022;2020-01-01\n", tmp_path)
    (line,) = found.longlist.ecosystems[0].budget or ()
    assert (line.amount_eur, line.start, line.until) == (1000, 2019, 2022)
    head = HEAD.replace("budget.1.amount_eur", "budget.1.from;budget.1.until")
    told = loaded(head + ROW.replace("1000", "2019-2022;2021"), tmp_path)
    (line,) = told.longlist.ecosystems[0].budget or ()
    assert (line.start, line.until) == (2019, 2021)
    assert refused(HEAD + ROW.replace("1000", "2019-2022"), tmp_path)[0].startswith("2:5 K303")


@pytest.mark.parametrize("kind", ["number", "year", "words", "word", "list", "date", "address"])
@pytest.mark.parametrize(
    "part", ["1", " ", "1 ", "1.", "a,", "2019 ", "(", "1:1", " en", "_", "a.", "-", "\n "]
)
def test_a_long_cell_is_read_in_no_time(kind: Kind, part: str) -> None:
    names = {"zuid-holland": "NL-ZH", "landbouw, water en voedsel": "agrifood"}
    begun = process_time()
    value_of(part * 10_000 + "x", kind, names, by_part)
    assert process_time() - begun < 2


def test_a_number_among_names_is_a_name_and_never_says_that_there_is_none(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active
    for row in (
        ["id", "name", "provinces", "themes", "partners.industry", "partners.citizens"],
        ["a", "Alfa", "NL-GR", "energy", 538, 0],
        ["b", "Beta", "NL-GR", "energy", True, None],
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    place = str(tmp_path / "list.xlsx")
    alfa, beta = load_longlist(place, programme(), as_of=date(2020, 1, 1)).longlist.ecosystems
    assert [each.name for each in alfa.partners.industry or ()] == ["538"]
    assert (alfa.partners.citizens, beta.partners.industry) == (None, None)


def test_full_dates_and_cents_are_shown_once_for_a_column(tmp_path: Path) -> None:
    head = HEAD.replace("budget.1.amount_eur", "founded;budget.1.amount_eur")
    rows = "".join(
        ROW.replace("a;Alfa", f"a{n};Alfa {n}").replace("1000", f"0{n}-02-2009;1.{n}00,25")
        for n in range(1, 6)
    )
    found = loaded(head + rows, tmp_path)
    groups = alike(found.warnings)
    assert [(each.code, each.line, each.column) for each, _others in groups] == [
        ("K967", 2, 5),
        ("K967", 2, 6),
    ]
    assert (
        groups[0][0]
        .with_others(groups[0][1])
        .startswith(
            "'01-02-2009' is read as 2009; and 4 more like it: 3:5, 4:5, 5:5, …. If the days"
        )
    )
    assert [each.founded for each in found.longlist.ecosystems] == [2009] * 5
