"""kiamv report as PDF and as a workbook: read back with other programs."""

from __future__ import annotations

import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kiamv_cli import Request, load_criteria, load_longlist, report, score
from kiamv_cli.base.language import in_language
from kiamv_cli.display.html import el
from kiamv_cli.reports.model import Plan
from kiamv_cli.reports.view.all_ecosystems import paper_cards
from kiamv_cli.reports.view.context import Context
from kiamv_cli.reports.view.page import body
from kiamv_cli.reports.view.pdf import Printed, pdf, tree
from kiamv_cli.reports.view.sheets import results_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from running import Kiamv

    from kiamv_cli.reports.model import Report

HOSTILE = """\
title: '#panic("x") *bold* $x$ <script>'
as_of: 2020-11-30
ecosystems:
  - id: a
    name: '=1+1 #eval("1") \\ [x] @ref </desc>'
    website: https://example.org/a_b?c=*d*
    provinces: [NL-GR]
    seat: '@SUM(1) `raw` // no comment'
    themes: [energy]
    challenges: [{what: '+cmd|x #set page(width: 1pt)', theme: energy, source: s1}]
    sources: {s1: {title: '@SUM(1) `raw` // no comment', url: 'https://example.org/#a'}}
  - {id: b, name: B, provinces: [NL-FR], themes: [health]}
  - {id: c, name: C, provinces: [NL-DR], themes: [health]}
"""


def made(longlist: str | None = None, size: int = 4) -> Report:
    programme = load_criteria()
    scores = score(load_longlist(longlist, programme).longlist, programme)
    plan = Plan(draws=3, most_margins=2, without=frozenset({"gaps"}))
    return report(scores, Request(size=size, balance=("themes",)), plan=plan)


@pytest.fixture(scope="module")
def bundled() -> Report:
    return made()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    place = tmp_path_factory.mktemp("hostile") / "longlist.yaml"
    place.write_text(HOSTILE, encoding="utf-8")
    return made(str(place), 2)


@pytest.fixture(scope="module")
def paper(bundled: Report) -> bytes:
    return pdf(bundled)


def elements(one: Printed) -> Iterator[Printed]:
    yield one
    for each in one["inside"]:
        if not isinstance(each, str):
            yield from elements(each)


def plain(one: Printed | str) -> str:
    return one if isinstance(one, str) else "".join(map(plain, one["inside"]))


def squeezed(text: str) -> str:
    """Without what only breaks lines: blanks, and hyphens of any kind."""
    return "".join(
        sign for sign in text if not sign.isspace() and sign not in "-\u00ad\u200b\u2060"
    )


def kinds(node: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a PDF holds
    """All tags in the structure of a PDF."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from kinds(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from kinds(node["/K"])


@pytest.mark.slow
def test_paper_is_tagged_and_in_its_language(bundled: Report, paper: bytes) -> None:
    reader = PdfReader(io.BytesIO(paper))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == "Shortlist of 4 innovation ecosystems"
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx(
        [595.3, 841.9], abs=0.1
    )
    tags = list(kinds(root["/StructTreeRoot"]))
    whole = tree(body(bundled))
    tables = sum(each["tag"] == "table" for each in elements(whole))
    pictures = sum(each["tag"] == "picture" for each in elements(whole))
    assert tags.count("/Table") == tables
    assert tags.count("/Figure") >= pictures > 3
    assert {"/H1", "/H2", "/H3", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(tags)


@pytest.mark.slow
def test_paper_says_all_that_the_page_says(bundled: Report, paper: bytes) -> None:
    read = squeezed("".join(each.extract_text() for each in PdfReader(io.BytesIO(paper)).pages))
    whole = tree(body(bundled))
    for each in elements(whole):
        if each["tag"] in {"h1", "h2", "h3", "h4", "dt", "caption"}:
            assert squeezed(plain(each)) in read, plain(each)
    for one in bundled.scores.longlist.ecosystems:
        assert squeezed(one.name) in read


def paper_tree(one: Report) -> Printed:
    return tree(el("main", body(one), paper_cards(Context(one), 100)))


def card_texts(one: Report) -> dict[str, str]:
    """What each card says, by the name of its ecosystem."""
    cards = [each for each in elements(paper_tree(one)) if each["kind"] == ["card"]]
    return {plain(each["inside"][0]): squeezed(plain(each)) for each in cards}


@pytest.mark.slow
def test_each_fact_on_paper_links_to_its_source(bundled: Report, paper: bytes) -> None:
    notes = [
        note.get_object()
        for each in PdfReader(io.BytesIO(paper)).pages
        for note in (each.get("/Annots") or [])
    ]
    there = {each["/A"]["/URI"] for each in notes if "/URI" in each.get("/A", {})}
    cards = [each for each in elements(paper_tree(bundled)) if each["kind"] == ["card"]]
    addresses = {each["href"] for one in cards for each in elements(one) if "href" in each}
    assert len(addresses) > 100
    assert addresses - there == set()


@pytest.mark.slow
def test_cards_are_not_parted_and_the_index_leads_to_them(bundled: Report, paper: bytes) -> None:
    pages = [squeezed(each.extract_text()) for each in PdfReader(io.BytesIO(paper)).pages]
    index = pages[-1].partition("Indexofecosystems")[2] or pages[-1]
    texts = card_texts(bundled)
    assert len(texts) == len(bundled.scores.ecosystems)
    for name, text in texts.items():
        (number,) = (at for at, page in enumerate(pages, start=1) if text in page)
        assert re.search(rf"{re.escape(squeezed(name))}\.*{number}", index), name


@pytest.mark.slow
def test_no_page_ends_with_the_head_of_a_table(bundled: Report, paper: bytes) -> None:
    heads = {
        squeezed(plain(each))
        for each in elements(tree(body(bundled)))
        if each["tag"] in {"thead", "caption", "h2", "h3"}
    }
    foot = squeezed("KIA MV long list 2020, 2020-11-30")
    for each in PdfReader(io.BytesIO(paper)).pages:
        text = squeezed(each.extract_text()).rpartition(foot)[0]
        assert [head for head in heads if head and text.endswith(head)] == []


@pytest.mark.slow
def test_paper_is_short(paper: bytes) -> None:
    """It was 48 pages once, and 97 with the facts of now."""
    assert len(PdfReader(io.BytesIO(paper)).pages) <= 24


def test_two_pages_for_the_table(bundled: Report) -> None:
    for language in ("en", "nl"):
        with in_language(language):
            pages = PdfReader(io.BytesIO(pdf(bundled, short=True))).pages
        assert len(pages) == 2
    with in_language("en"):
        pages = PdfReader(io.BytesIO(pdf(bundled, short=True))).pages
    first, second = (squeezed(each.extract_text()) for each in pages)
    assert all(squeezed(each.scored.ecosystem.name) in first for each in bundled.members)
    for text in ("Who is not in, and why", "What is unsure", "How to check this"):
        assert squeezed(text) in second


@pytest.mark.slow
def test_the_same_report_is_the_same_paper(bundled: Report, paper: bytes) -> None:
    assert pdf(bundled) == paper


def test_of_a_picture_paper_has_its_text_alternative(bundled: Report) -> None:
    pictures = [each for each in elements(tree(body(bundled))) if each["tag"] == "picture"]
    assert all(each["alt"] and "var(" not in each["svg"] for each in pictures)
    assert any(each["alt"].startswith("Provinces: seats of 4 ecosystems") for each in pictures)


@pytest.mark.slow
def test_nothing_on_paper_is_markup(hostile: Report) -> None:
    read = squeezed(
        "".join(each.extract_text() for each in PdfReader(io.BytesIO(pdf(hostile))).pages)
    )
    for text in (
        '#panic("x") *bold* $x$ <script>',
        '=1+1 #eval("1") \\ [x] @ref </desc>',
        "+cmd|x #set page(width: 1pt)",
        "@SUM(1) `raw` // no comment",
    ):
        assert squeezed(text) in read


def test_pdf_asks_for_its_extra_before_any_work(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    refused = kiamv("report", "-o", str(tmp_path / "r.pdf"))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert 'for PDF, install the extra "pdf"' in refused.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_workbook_says_what_the_json_says(kiamv: Kiamv, tmp_path: Path) -> None:
    options = ("--size", "5", "--balance", "themes")
    place = tmp_path / "results.xlsx"
    done = kiamv("export", "--results", *options, "-o", str(place))
    assert (done.exit_code, done.stdout) == (0, "")
    book = openpyxl.load_workbook(place)
    rows = {
        sheet.title: [dict(zip(head, row, strict=True)) for row in rest]
        for sheet in book
        for head, *rest in [list(sheet.iter_rows(values_only=True))]
    }
    found = json.loads(kiamv("shortlist", *options, "-f", "json").stdout)
    assert [row["id"] for row in rows["shortlist"]] == [each["id"] for each in found["selected"]]
    assert [row["score"] for row in rows["shortlist"]] == pytest.approx(
        [each["score"] for each in found["selected"]], abs=1e-6
    )
    scores = json.loads(kiamv("score", "-f", "json").stdout)["ecosystems"]
    for row, one in zip(rows["scores"], scores, strict=True):
        assert (row["rank"], row["id"]) == (one["rank"], one["id"])
        assert [row["proven, exact"], row["possible, exact"]] == one["score"]["exact"]
        assert row["selected"] is (one["id"] in {each["id"] for each in found["selected"]})
        helix = one["criteria"]["multi-helix"]
        assert row["Multi-helix: verdict"] == helix["verdict"]
        assert row["Multi-helix: possible"] == pytest.approx(helix["possible"], abs=1e-6)
    spread = [each for name in ("provinces", "themes") for each in found["spread"][name]]
    for row, one in zip(rows["spread"], spread, strict=True):
        assert row["id"] == one["id"]
        numbers = [row["seats"], row["target"], row["from"], row["to"]]
        wanted = [one["seats"], one["target"], one["low"], one["high"]]
        assert numbers == pytest.approx(wanted, abs=1e-6)
    told = {row["about"]: row["value"] for row in rows["about"]}
    assert told["total score"] == pytest.approx(found["score"], abs=1e-6)
    assert told["command"].startswith("kiamv report --size 5 --balance themes --without")
    explained = {(row["sheet"], row["column"]): row["what it holds"] for row in rows["columns"]}
    assert all(explained.values())
    for name, sheet in list(rows.items())[:-1]:
        assert all((name, head) in explained for head in sheet[0])
        assert book[name].freeze_panes
        assert book[name].auto_filter.ref


@pytest.mark.slow
def test_another_reader_sees_the_same_numbers(bundled: Report) -> None:
    content = results_workbook(bundled)
    assert content == results_workbook(bundled)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    mine = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheet_names == mine.sheetnames
    assert {"trade-off", "robustness"} <= set(book.sheet_names)
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        assert len(rows) == mine[name].max_row
        for row, other in zip(rows, mine[name].iter_rows(values_only=True), strict=True):
            assert row == ["" if value is None else value for value in other]


def test_no_cell_of_a_workbook_is_a_formula(hostile: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(results_workbook(hostile)))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert '=1+1 #eval("1") \\ [x] @ref </desc>' in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in cells)


def test_results_need_a_workbook_and_wishes_need_results(kiamv: Kiamv, tmp_path: Path) -> None:
    for options in ((), ("-o", str(tmp_path / "list.csv"))):
        refused = kiamv("export", "--results", *options)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "--output results.xlsx" in refused.stderr
    refused = kiamv("export", "--size", "3")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "options about the shortlist need --results" in refused.stderr
    assert not list(tmp_path.iterdir())
