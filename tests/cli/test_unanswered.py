"""A text that is no answer is nobody's name and no fact, wherever it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies.longlist import programme, texts

from kiamv_cli.base.problem import BadInput
from kiamv_cli.formats.package_data import is_placeholder, placeholder
from kiamv_cli.longlist.reading.longlist import load_longlist
from kiamv_cli.scoring.model.score import score

if TYPE_CHECKING:
    from running import Kiamv

TABLES = Path(__file__).parents[1] / "examples" / "tables"
NONE = (
    *(
        "-",
        "--",
        "–",
        "?",
        "???",
        "…",
        "x",
        "X",
        "xxx",
        "0",
        "00",
        "1",
        "✓",
        "n.v.t.",
        "N.V.T",
        "nvt",
    ),
    *(
        "geen",
        "Geen.",
        "nee",
        "NEE",
        "ja",
        "Ja!",
        "onbekend",
        "(onbekend)",
        "nog  onbekend",
        "p.m.",
    ),
    *(
        "nog navragen",
        "tbd",
        "T.B.D.",
        "n/a",
        "N/A",
        "none",
        "None",
        "unknown",
        "yes",
        "no",
        "nihil",
    ),
    *("not applicable", "to be determined", "n. v. t.", "niet van toepassing", "idem", "volgt nog"),
)
NAMES = (
    *("A", "J", "NXP", "N.V. Nederlandse Gasunie", "Geen Tijd BV", "Onbekend Talent", "KPN", "3M"),
    *("X-ray lab", "X2", "100", "010", "Jawel Zeeland", "TU/e", "42", "Nee tegen Afval", "NoWaste"),
    *("Yes!Delft", "[red]x", "Ja, graag", "#12", "PM Haze", "°", "中国"),
)


@pytest.mark.parametrize("text", NONE)
def test_a_text_that_is_no_answer_is_known(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_a_name(text: str) -> None:
    assert not is_placeholder(text)


@given(text=texts | st.sampled_from(NONE), before=st.sampled_from(("", " ", "\t")))
def test_capitals_and_blanks_around_play_no_part(text: str, before: str) -> None:
    assert placeholder(text) == placeholder(f"{before}{text} ")
    assert not text.isascii() or placeholder(text) == placeholder(text.upper())


def written(tmp_path: Path, **said: Any) -> Path:  # noqa: ANN401 - any values
    entry = {"id": "a", "name": "Alfa", "provinces": ["NL-GR"], "themes": ["energy"], **said}
    place = tmp_path / "list.json"
    document = {"title": "T", "as_of": "2020-01-01", "ecosystems": [entry]}
    place.write_text(json.dumps(document), encoding="utf-8")
    return place


EVERYWHERE: list[tuple[str, Any]] = [
    ("name", "?"),
    ("seat", "onbekend"),
    ("aliases", ["n.v.t."]),
    ("suggested_by", ["geen"]),
    ("suggested_by", [{"by": "-"}]),
    ("suggested_by", [{"by": "rom", "via": "?"}]),
    ("suggested_by", [{"by": "rom", "wording": "idem"}]),
    ("lead", {"who": "tbd", "kind": "business"}),
    ("challenges", [{"what": "nee", "theme": None}]),
    ("comparable_elsewhere", [{"what": "ja"}]),
    ("maturity", [{"what": "p.m."}]),
    ("budget", [{"funders": ["nog navragen"]}]),
    ("partners", {"citizens": [{"name": "n.v.t."}]}),
    ("partners", {"industry": [{"name": "Firm"}, {"name": "x", "since": 2018}]}),
    ("sources", {"s1": {"title": "geen bron"}}),
    ("sources", {"s1": {"title": "Report", "publisher": "n/a"}}),
    (
        "verdicts",
        {"regional": {"verdict": "met", "by": "A", "date": "2019-01-01", "reason": "-"}},
    ),
]


@pytest.mark.parametrize(("key", "value"), EVERYWHERE)
def test_in_a_file_it_is_an_error_at_its_place(key: str, value: Any, tmp_path: Path) -> None:  # noqa: ANN401
    with pytest.raises(BadInput) as bad:
        load_longlist(written(tmp_path, **{key: value}), programme())
    assert {each.code for each in bad.value.problems} == {"K725"}
    assert "literal: true" in bad.value.problems[0].hint
    assert (bad.value.problems[0].column or 0) > 1


@pytest.mark.slow
@pytest.mark.parametrize(("key", "value"), EVERYWHERE)
def test_what_is_meant_literally_is_read_and_comes_back_from_every_format(
    key: str,
    value: Any,  # noqa: ANN401
    tmp_path: Path,
    kiamv: Kiamv,
) -> None:
    def literal(inside: Any) -> Any:  # noqa: ANN401
        if isinstance(inside, list):
            return [literal(each) for each in inside]
        if isinstance(inside, dict):
            said = {name: literal(each) for name, each in inside.items()}
            holds_text = any(isinstance(each, (str, int, list)) for each in inside.values())
            bare = key == "partners" and "name" not in inside
            return said | ({"literal": True} if holds_text and not bare else {})
        return inside

    place = written(tmp_path, **{key: literal(value)}, literal=True)
    (first,) = load_longlist(place, programme()).longlist.ecosystems
    for form in ("yaml", "jsonl", "csv", "xlsx"):
        again = tmp_path / f"again.{form}"
        assert kiamv("export", str(place), "-o", str(again)).exit_code == 0
        (each,) = load_longlist(again, programme()).longlist.ecosystems
        assert each == first
        assert each.literal


def test_the_name_that_an_id_repeats_is_meant(tmp_path: Path) -> None:
    place = written(tmp_path, id="x", name="X")
    assert load_longlist(place, programme()).longlist.ecosystems[0].name == "X"


def test_a_workbook_of_such_texts_earns_no_score(kiamv: Kiamv, tmp_path: Path) -> None:
    folder = tmp_path / "list"
    given = (str(TABLES / "placeholders.xlsx"), "--as-of", "2020-01-01", "-o", str(folder))
    told = json.loads(kiamv("import", *given, "-f", "json").stdout)
    remarks = [each for each in told["remarks"] if each["code"] == "K966"]
    assert [each["message"].split()[0] for each in remarks] == ["11", "12", "8"]
    assert "write partners.citizens in a column absent" in remarks[0]["hint"]
    scores = score(load_longlist(folder, programme()).longlist, programme())
    for each in scores.ecosystems:
        partners = each.ecosystem.partners
        assert (partners.citizens, each.ecosystem.comparable_elsewhere) == (None, None)
        assert [one.name for one in partners.industry or ()] == ["ASML"]


def imported(kiamv: Kiamv, tmp_path: Path, text: str, *more: str) -> dict[str, Any]:
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")
    given = (str(tmp_path / "own.csv"), "--as-of", "2020-01-01", "-o", str(tmp_path / "own"))
    done = kiamv("import", *given, "--force", "-f", "json", *more)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_in_a_table_what_hangs_on_it_goes_as_well_and_is_said(kiamv: Kiamv, tmp_path: Path) -> None:
    told = imported(
        kiamv,
        tmp_path,
        "id;name;provinces;themes;scope;seat;lead.who;lead.kind;suggested_by;partners.industry;"
        "challenges.1.what;challenges.1.theme;challenges.2.what;challenges.2.theme;"
        "challenges.2.source;sources.s1.title;sources.s1.url;website\n"
        "a;Alfa;NL-GR;energy;?;n.v.t.;onbekend;business;x; ASML; geen ;VDL;geen;energy;heat;health;"
        "s1;-;https://a.nl;n.v.t.\n".replace(" ASML; geen ;VDL", '"ASML; geen; VDL"'),
    )
    (each,) = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert (each.scope, each.seat, each.lead, each.website) == (None, None, None, None)
    assert (each.suggested_by, each.sources) == ((), {})
    assert [one.name for one in each.partners.industry or ()] == ["ASML", "VDL"]
    assert [(one.what, one.source) for one in each.challenges or ()] == [("heat", None)]
    remarks = {
        each["column"]: each["message"] for each in told["remarks"] if each["code"] == "K966"
    }
    assert sorted(remarks) == [5, 6, 7, 9, 10, 11, 16]
    assert remarks[7].endswith("so is what is beside it: kind")
    assert remarks[11].endswith("so is what is beside it: theme")
    assert remarks[16].endswith("so is what is beside it: source, url")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("VDL; geen; n.v.t.; ?", "3 values in this column are not answers"),
        ("VDL; geen", "1 value in this column is not an answer"),
    ],
)
def test_what_is_counted_are_values_not_cells(
    kiamv: Kiamv, tmp_path: Path, cell: str, message: str
) -> None:
    head = "id;name;provinces;themes;partners.industry\n"
    told = imported(kiamv, tmp_path, f'{head}a;Alfa;NL-GR;energy;"{cell}"\n')
    (remark,) = [each for each in told["remarks"] if each["code"] == "K966"]
    assert remark["message"].startswith(message)


def test_a_cell_with_nothing_else_says_nothing_and_never_that_there_is_none(
    kiamv: Kiamv, tmp_path: Path
) -> None:
    imported(
        kiamv,
        tmp_path,
        "naam;provincie;thema;burgers;absent\n"
        "Alfa;NL-GR;energy;geen;-\nBeta;NL-GR;energy;;partners.citizens\n",
    )
    alfa, beta = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert (alfa.partners.citizens, beta.partners.citizens) == (None, ())


def test_what_a_name_looks_like_can_be_said_on_import(kiamv: Kiamv, tmp_path: Path) -> None:
    text = "naam;provincie;thema;bedrijven;andere namen;aangedragen door\n"
    text += "Alfa;NL-GR;energy;x; NEE ;0\nX;NL-GR;energy;X;;\n".replace(" NEE ", "nee")
    told = imported(kiamv, tmp_path, text, "--literal", "x", "--literal", "Nee", "--literal", "0")
    assert not [each for each in told["remarks"] if each["code"] == "K966"]
    alfa, x = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert (alfa.aliases, alfa.suggested_by[0].by, x.name) == (("nee",), "0", "X")
    assert [one.name for one in alfa.partners.industry or ()] == ["x"]
    assert kiamv("check", str(tmp_path / "own")).exit_code == 0


def test_a_source_may_be_called_as_it_likes(kiamv: Kiamv, tmp_path: Path) -> None:
    imported(
        kiamv,
        tmp_path,
        "id;name;provinces;themes;sources.0.title;maturity.1.what;maturity.1.source;"
        "maturity.2.what;maturity.2.source\n"
        "a;Alfa;NL-GR;energy;Report;grew;0;copied;?\n",
    )
    (each,) = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert [(one.what, one.source) for one in each.maturity or ()] == [
        ("grew", "0"),
        ("copied", None),
    ]


def test_in_a_workbook_it_is_told_by_sheet_and_column(kiamv: Kiamv, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheets: dict[str, list[list[object]]] = {
        "ecosystems": [
            ["id", "name", "provinces", "themes"],
            ["a", "Alfa", "NL-GR", "energy"],
            ["b", "Beta", "NL-GR", "energy"],
        ],
        "partners": [
            ["id", "side", "name", "since", "literal"],
            ["a", "industry", 0, 2018, None],
            ["a", "citizens", "n.v.t.", None, None],
            ["a", "research", "TUD", None, None],
            ["b", "industry", "x", None, "ja"],
        ],
    }
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.remove(book["Sheet"])
    place = str(tmp_path / "own.xlsx")
    book.save(place)
    given = (place, "--as-of", "2020-01-01", "-o", str(tmp_path / "own"), "-f", "json")
    told = json.loads(kiamv("import", *given).stdout)
    (remark,) = [each for each in told["remarks"] if each["code"] == "K966"]
    assert remark["path"].endswith("own.xlsx[partners]")
    assert (remark["line"], remark["column"]) == (2, 3)
    assert remark["message"].startswith("2 values")
    alfa, beta = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert (alfa.partners.industry, alfa.partners.citizens) == (None, None)
    assert [(one.name, one.literal) for one in beta.partners.industry or ()] == [("x", True)]


def test_a_list_whose_title_says_nothing_is_told_by_its_file(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("x", "geen"):
        row = f"{name}-1;Alfa {name};NL-GR;energy"
        Path(f"{name}.csv").write_text(f"id;name;provinces;themes\n{row}\n", encoding="utf-8")
    given = ("x.csv", "geen.csv", "--as-of", "2020-01-01", "--title", "Two", "-o", "own")
    assert kiamv("import", *given).exit_code == 0
    found = load_longlist("own", programme()).longlist.ecosystems
    assert [each.suggested_by[0].by for each in found] == ["geen.csv", "x.csv"]


def test_a_source_that_is_none_confirms_nothing(kiamv: Kiamv, tmp_path: Path) -> None:
    imported(
        kiamv,
        tmp_path,
        "id;name;provinces;themes;sources.s1.title;sources.s2.title;sources.s3.title;"
        "maturity.1.what;maturity.1.source;maturity.1.confirmed_by\n"
        'a;Alfa;NL-GR;energy;Report;?;Letter;grew;s1;"s2; s3; -"\n',
    )
    (each,) = load_longlist(tmp_path / "own", programme()).longlist.ecosystems
    assert sorted(each.sources) == ["s1", "s3"]
    assert [(one.source, one.confirmed_by) for one in each.maturity or ()] == [("s1", ("s3",))]
