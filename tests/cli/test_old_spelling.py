"""A command that is spelled as it was before is answered with how it is written now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from running import Kiamv


@pytest.mark.parametrize(
    ("former", "today"),
    [
        (("survey", "audit", "my figures.yaml"), "kiamv audit 'my figures.yaml'"),
        (("survey", "audit", "f.yaml", "--explain"), "kiamv audit f.yaml --explain"),
        (("flow", "--check", "flow.yaml", "-f", "csv"), "kiamv audit flow.yaml -f csv"),
        (("flow", "--time-limit", "3", "--check=f.yaml"), "kiamv audit --time-limit 3 f.yaml"),
        (("survey", "audit", "--help"), "kiamv audit --help"),
        (("score", "l.yaml", "--spread-of-reviewers"), "kiamv review spread l.yaml"),
        (
            ("score", "--reviews", "my review", "--spread-of-reviewers", "-f", "csv"),
            "kiamv review spread --folder 'my review' -f csv",
        ),
    ],
)
def test_the_spelling_of_before_is_answered_with_that_of_today(
    kiamv: Kiamv, former: tuple[str, ...], today: str
) -> None:
    done = kiamv(*former)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f". Type: {today}\n" in done.stderr
    dutch = kiamv("--lang", "nl", *former)
    assert f"Typ: {today}\n" in dutch.stderr


def test_only_what_was_spelled_so_is_answered(kiamv: Kiamv) -> None:
    assert "is now" not in kiamv("survey", "aspects", "audit").stderr
    assert kiamv("survey", "--help").exit_code == 0
    assert kiamv("flow", "--help").exit_code == 0


def test_the_long_list_can_be_given_by_position(
    kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the arguments are something else, the list stands among them; a project's gives way."""
    assert kiamv("init", str(tmp_path / "mine")).exit_code == 0
    monkeypatch.chdir(tmp_path / "mine")
    other = Path("other.yaml")
    other.write_text(
        "title: Other\nas_of: 2020-11-30\necosystems:\n"
        "  - {id: beta, name: Beta, provinces: [NL-GR], themes: [energy]}\n",
        encoding="utf-8",
    )
    told = kiamv("explain", "other.yaml", "beta", "-n", "1")
    assert "Beta" in told.stdout
    Path("export.csv").write_text("ecosystem,area\nbeta,within-province\n", encoding="utf-8")
    merged = kiamv("survey", "merge", "export.csv", "other.yaml", "-o", "answers.yaml")
    assert merged.exit_code == 0, merged.stderr
    assert "beta" in Path("answers.yaml").read_text(encoding="utf-8")
    for listed in (("other.yaml",), ("-l", "other.yaml")):
        assert "K602" in kiamv("review", "agreement", *listed, "-d", "none").stderr
