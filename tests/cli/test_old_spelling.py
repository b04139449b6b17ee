"""A command that is spelled as it was before is answered with how it is written now."""

from __future__ import annotations

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
        (("score", "l.yaml", "--spread-of-reviewers"), "kiamv review spread --longlist l.yaml"),
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
