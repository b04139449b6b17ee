"""Wherever a shortlist is shown, what only the lottery decided is marked."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from running import Kiamv

GRANTS = Path(__file__).parents[1] / "examples" / "grants"
# Two score the same: the one is in by lot, the other out.
TIED = [
    str(GRANTS / "longlist.yaml"),
    *("--criteria", str(GRANTS / "criteria"), "--size", "3", "--balance", "none"),
]


@pytest.mark.slow
def test_a_lot_is_marked_everywhere(kiamv: Kiamv) -> None:
    lots = json.loads(kiamv("shortlist", *TIED, "-f", "json").stdout)["lots"]
    assert (lots["count"], {each["chance"] for each in lots["ecosystems"].values()}) == (2, {0.5})
    (inside,) = (name for name, lot in lots["ecosystems"].items() if lot["in"])
    (out,) = {*lots["ecosystems"]} - {inside}
    rows = csv.DictReader(io.StringIO(kiamv("shortlist", *TIED, "-f", "csv").stdout))
    assert {row["id"] for row in rows if row["lot"]} == {inside}
    shown = kiamv("shortlist", *TIED).stdout
    assert shown.count("50%") == 3  # in the table, and in the sentence on who is in and out
    for name in (inside, out):
        told = kiamv("explain", TIED[0], name, *TIED[1:]).stdout
        assert "lottery" in told
        assert "50%" in told


@pytest.mark.slow
def test_a_lot_is_marked_in_reports(kiamv: Kiamv, tmp_path: Path) -> None:
    page, sheets = tmp_path / "report.html", tmp_path / "report.xlsx"
    for file in (page, sheets):
        done = kiamv("report", *TIED, "-o", str(file))
        assert done.exit_code == 0, done.stderr
    assert page.read_text("utf-8").count("by lot (50%)") == 1
    cells = [row for sheet in load_workbook(sheets) for row in sheet.iter_rows(values_only=True)]
    assert any("by lot" in map(str, row) for row in cells)
