"""A column that is declared once is in every format: terminal, Markdown, CSV, page and workbook."""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from kiamv_cli import Request, load_criteria, load_longlist, report, score, spread
from kiamv_cli.display.document import Cell, Field, Screen, data, people, records, table
from kiamv_cli.display.formats import render
from kiamv_cli.display.html import markup
from kiamv_cli.display.html import table as page_table
from kiamv_cli.display.workbook import sheet, workbook
from kiamv_cli.reports import Plan
from kiamv_cli.reports.view.page import page
from kiamv_cli.reports.view.sheets import results_workbook
from kiamv_cli.scoring.view.score import ScoreView
from kiamv_cli.selection.view.robustness import RobustnessView
from kiamv_cli.selection.view.shortlist import ShortlistView
from kiamv_cli.selection.view.spread import SpreadView
from kiamv_cli.selection.view.tradeoff import TradeOffView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kiamv_cli.display.document import View
    from kiamv_cli.reports.model import Report

LONGLIST = """\
title: Three
as_of: 2020-11-30
ecosystems:
  - {id: a, name: Alpha, provinces: [NL-GR], themes: [energy]}
  - id: b
    name: Beta
    provinces: [NL-FR]
    themes: [health]
    challenges: [{what: heat from water, theme: energy}]
  - {id: c, name: Gamma, provinces: [NL-DR], themes: [health]}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Report:
    place = tmp_path_factory.mktemp("declared") / "longlist.yaml"
    place.write_text(LONGLIST, encoding="utf-8")
    programme = load_criteria()
    scores = score(load_longlist(str(place), programme).longlist, programme)
    return report(scores, Request(size=2, balance=("themes",)), plan=Plan(draws=2))


TABLES: dict[str, Callable[[Report], View]] = {
    "score_fields": lambda told: ScoreView(told.scores),
    "shortlist_fields": lambda told: ShortlistView(told.shortlist),
    "seat_fields": lambda told: SpreadView(spread(told.scores, ["a"])),
    "tradeoff_fields": lambda told: TradeOffView(told.tradeoffs or pytest.fail("none")),
    "standing_fields": lambda told: RobustnessView(told.robustness or pytest.fail("none")),
}
# The members of a shortlist are cards on a page, not a table.
NOT_ON_A_PAGE = {"shortlist_fields"}


@pytest.mark.parametrize("name", TABLES)
def test_a_column_that_is_added_is_in_every_format(
    told: Report, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    view = TABLES[name](told)
    declared = getattr(sys.modules[type(view).__module__], name)
    more: Field[Any] = Field("made_up", "Made up", lambda _row: 4321, show=lambda _row: "four")

    def added(*arguments: object, **named: object) -> tuple[Field[Any], ...]:
        return (*declared(*arguments, **named), more)

    for module in [each for each in sys.modules.values() if getattr(each, name, None) is declared]:
        monkeypatch.setattr(module, name, added)
    for how in ("table", "md"):
        shown = render(view, how, Screen())
        assert "Made up" in shown
        assert "four" in shown
    rows = [*csv.DictReader(io.StringIO(render(view, "csv", Screen()), newline=""))]
    assert {row["made_up"] for row in rows} == {"4321"}
    book = load_workbook(io.BytesIO(results_workbook(told)))
    found = [each for each in book if "Made up" in [cell.value for cell in each[1]]]
    assert len(found) == 1
    assert [cell.value for cell in found[0][2]].count(4321) == 1
    if name not in NOT_ON_A_PAGE:
        whole = page(told)
        assert ">Made up</th>" in whole
        assert ">four</td>" in whole


ROWS = ["an apple", "a pear"]
FIELDS: tuple[Field[str], ...] = (
    Field(
        "name", "Name", str, show=lambda row: Cell(row, links=(("apple", "x"),) * ("apple" in row))
    ),
    data("letters", "Letters", len, "How many.", exact=True),
    people("first", "First", lambda row: row[0], short="1"),
)


def test_who_a_column_is_for_stands_in_its_declaration(tmp_path: Path) -> None:
    shown = table(FIELDS, ROWS)
    assert [each.heading for each in shown.columns] == ["Name", "1"]
    assert [*records(FIELDS, ROWS)][1] == {"name": "a pear", "letters": 6}
    place = tmp_path / "book.xlsx"
    place.write_bytes(workbook([sheet("fruit", FIELDS, ROWS)]))
    cells = [[cell.value for cell in row] for row in load_workbook(place)["fruit"]]
    assert cells[:2] == [["Name", "Letters", "Letters, exact"], ["an apple", 8, "8"]]


def test_a_name_on_a_page_leads_to_what_it_names_and_text_stays_text() -> None:
    made = markup(page_table("<Fruit>", FIELDS, [*ROWS, "<b>"]))
    assert '<th scope="row">an <a href="#eco-x">apple</a></th><td>a</td>' in made
    assert "&lt;b&gt;" in made
    assert '<th scope="col">First</th>' in made
