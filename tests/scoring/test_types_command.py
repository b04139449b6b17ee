"""kiamv classify --by: types counted, crossed, and what is said where nothing is known."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiamv_cli.formats.package_data import bundled
from kiamv_cli.programme.reading.types import load_types

if TYPE_CHECKING:
    from running import Kiamv

DIMENSIONS = {each.id for each in load_types(bundled("criteria"))}


def test_kiamv_classify_by_type(kiamv: Kiamv) -> None:
    told = json.loads(kiamv("classify", "--by", "helix", "-f", "json").stdout)
    (helix,) = told["by"]
    assert helix["base"] + helix["unknown"]["count"] == told["longlist"]["count"]
    crossed = json.loads(
        kiamv("classify", "--by", "area", "--and", "number-of-themes", "-f", "json").stdout
    )
    assert sum(cell["count"] for cell in crossed["cells"]) == 60
    shown = kiamv("classify", "--by", "helix", "--and", "area").stdout
    assert "Helix make-up by Area of operation" in shown
    assert (
        "dimension,category,count,base,share,ids"
        in kiamv("classify", "--by", "term", "-f", "csv").stdout
    )


def test_kiamv_classify_says_which_dimensions_there_are(kiamv: Kiamv) -> None:
    assert {
        each["id"]
        for each in json.loads(kiamv("classify", "--by", "list", "-f", "json").stdout)["dimensions"]
    } == DIMENSIONS
    wrong = kiamv("classify", "--by", "hleix")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "Did you mean helix?" in wrong.stderr
    assert kiamv("classify", "--and", "helix").exit_code == 2
    assert "known from answers to the survey only" in kiamv("classify", "--by", "citizens").stdout
