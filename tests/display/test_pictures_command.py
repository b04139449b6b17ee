"""Pictures from the command line: which there are, as SVG and PNG, and what is refused."""

from __future__ import annotations

import json
import struct
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from kiamv_cli.display.text import seats
from kiamv_cli.formats.package_data import bundled

if TYPE_CHECKING:
    from running import Kiamv

FLANDERS = Path(__file__).parents[1] / "examples" / "flanders"
OTHER = (str(FLANDERS / "longlist.yaml"), "--criteria", str(FLANDERS / "criteria"))
EACH = [
    ("score",),
    ("spread",),
    ("spread", "--picture", "tiles"),
    ("spread", "--picture", "provinces"),
    ("spread", "--picture", "themes"),
    ("shortlist", "--size", "5", "--balance", "none"),
    ("shortlist", "--size", "5", "--balance", "none", "--picture", "heat"),
    ("flow", "--size", "5", "--balance", "none"),
    ("tradeoff", "--size", "4", "--balance", "themes"),
    ("robustness", "--size", "4", "--balance", "none", "--draws", "3"),
]


@pytest.mark.slow
@pytest.mark.parametrize("command", EACH, ids=" ".join)
def test_each_picture_is_svg_and_png_of_the_same_size(
    kiamv: Kiamv, command: tuple[str, ...]
) -> None:
    drawn = kiamv(*command, "-f", "svg")
    assert drawn.exit_code == 0, drawn.output
    root = ET.fromstring(drawn.stdout)  # noqa: S314 - our own
    size = int(root.attrib["width"]), int(root.attrib["height"])
    painted = kiamv(*command, "-f", "png")
    assert painted.exit_code == 0, painted.output
    content = painted.stdout_bytes
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == pytest.approx(2 * size[0], abs=2)
    assert height == pytest.approx(2 * size[1], abs=2)


@pytest.mark.slow
def test_the_same_picture_is_the_same_file(kiamv: Kiamv) -> None:
    assert kiamv("spread", "-f", "png").stdout_bytes == kiamv("spread", "-f", "png").stdout_bytes
    assert kiamv("spread", "-f", "svg").stdout == kiamv("spread", "-f", "svg").stdout


def test_the_name_of_the_file_says_the_format(kiamv: Kiamv, tmp_path: Path) -> None:
    assert kiamv("spread", "-o", str(tmp_path / "a.PNG")).exit_code == 0
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    assert kiamv("spread", "--picture", "tiles", "-o", str(tmp_path / "a.svg")).exit_code == 0
    assert (tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
    again = kiamv("spread", "-o", str(tmp_path / "a.svg"))
    assert (again.exit_code, again.stdout) == (2, "")
    assert "Give --force" in again.stderr


def test_the_numbers_on_the_map_are_those_of_the_json(kiamv: Kiamv) -> None:
    found = json.loads(kiamv("spread", "-f", "json").stdout)["spread"]["provinces"]
    root = ET.fromstring(kiamv("spread", "-f", "svg").stdout)  # noqa: S314
    shown = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    for each in found:
        number = seats(Fraction(each["seats"]).limit_denominator(60))
        place = shown.index(each["id"].removeprefix("NL-"))
        assert shown[place + 1] == number


def test_a_programme_without_a_map_has_tiles_and_bars(kiamv: Kiamv) -> None:
    drawn = kiamv("spread", *OTHER, "-f", "svg")
    assert 'id="tiles-title"' in drawn.stdout
    refused = kiamv("spread", *OTHER, "-f", "svg", "--picture", "map")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == (
        "kiamv: --picture map: not available for these criteria. "
        "Choose from tiles, provinces, themes.\n"
    )


def test_a_picture_of_what_has_none_is_refused(kiamv: Kiamv, tmp_path: Path) -> None:
    refused = kiamv("check", "-o", str(tmp_path / "x.svg"))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "there is no picture of this result" in refused.stderr
    assert not list(tmp_path.iterdir())


def test_a_picture_needs_a_format_that_shows_it(kiamv: Kiamv) -> None:
    for rest in ((), ("-f", "json")):
        refused = kiamv("spread", "--picture", "tiles", *rest)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "also give --format svg, or --output tiles.png" in refused.stderr


def test_png_asks_for_its_extra_before_any_work(
    kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for command in ("spread", "flow"):
        refused = kiamv(command, "-f", "png")
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert 'install the extra "pdf": pip install "kiamv[pdf]"' in refused.stderr
    assert kiamv("spread", "-f", "svg").exit_code == 0


def test_the_map_ships_with_its_borders() -> None:
    assert (bundled("criteria") / "provinces-2020.topojson").is_file()
