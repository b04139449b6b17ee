"""Labels of provinces and themes: one that could be of two is told, never read as either."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from projects import FLANDERS

if TYPE_CHECKING:
    from running import Kiamv

LIST = "id;name;suggested_by;provinces;themes\na;A lab;X;BE21;{theme}\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FLANDERS, "criteria")


def themed(*labels: str) -> None:
    rows = (f'  - {{id: t{at}, label: {{en: "{each}"}}}}\n' for at, each in enumerate(labels))
    text = f"label: {{en: themes}}\ncategories:\n{''.join(rows)}"
    Path("criteria/themes.yaml").write_text(text)


@pytest.mark.parametrize("labels", [("Water", "Water"), ("Water  works", "Water works", "Air")])
def test_two_categories_of_one_label_are_refused_at_both_places(
    kiamv: Kiamv, labels: tuple[str, ...]
) -> None:
    themed(*labels)
    Path("list.csv").write_text(LIST.format(theme="t0"))
    ran = kiamv("score", "list.csv", "--criteria", "criteria", "--as-of", "2020-01-01")
    assert ran.exit_code == 2
    places = [line.split(": ")[0] for line in ran.stderr.splitlines() if " K801 " in line]
    assert len(places) == len(set(places)) == 2


@pytest.mark.parametrize(
    ("labels", "theme", "read"),
    [
        (("Water", "Air"), "water", "t0"),
        (("ICT", "ict"), "Ict", None),
        (("T1", "Other"), "t1", "t1"),
        (("t1.5", "t2.5"), "T2.5", "t1"),
    ],
)
def test_a_cell_means_one_theme_or_is_told(
    kiamv: Kiamv, labels: tuple[str, ...], theme: str, read: str | None
) -> None:
    themed(*labels)
    Path("list.csv").write_text(LIST.format(theme=theme))
    own = ("--criteria", "criteria", "--as-of", "2020-01-01")
    ran = kiamv("import", "list.csv", *own, "--output", "out")
    if read is None:
        assert ran.exit_code == 2
        assert "list.csv:2:" in ran.stderr
    else:
        assert ran.exit_code == 0, ran.stderr
        assert f"themes: [{read}]" in Path("out/a.yaml").read_text()


def test_a_new_file_has_the_theme_that_was_meant(kiamv: Kiamv) -> None:
    themed("ICT", "ict", "Water")
    Path("longlist").mkdir()
    Path("longlist/longlist.yaml").write_text("title: T\nas_of: 2020-01-01\n")
    new = ("new", "A lab", "--province", "BE21", "--criteria", "criteria", "--theme")
    for theme, code in (("ict", "t1"), ("WATER", "t2")):
        ran = kiamv(*new, theme, "--id", code)
        assert ran.exit_code == 0, ran.stderr
        assert f"themes: [{code}]" in Path(f"longlist/{code}.yaml").read_text()
        Path(f"longlist/{code}.yaml").unlink()
    ran = kiamv(*new, "Ict")
    assert (ran.exit_code, "it can mean t0, t1" in ran.stderr) == (2, True)
