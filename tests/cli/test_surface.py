"""What the help pages show first and last, and how an old spelling is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click import Group
from typer.main import get_command

from kiamv_cli.base.labels import LANGUAGES
from kiamv_cli.cli.app import COMMANDS, WAY, build
from kiamv_cli.cli.localised_help import commands_of
from kiamv_cli.cli.options import EXPERTS

if TYPE_CHECKING:
    from running import Kiamv

TEN = [
    "init",
    "import",
    "check",
    "same",
    "score",
    "shortlist",
    "explain",
    "gaps",
    "report",
    "record",
]
SCREEN = 24


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_shows_the_ten_commands_that_everybody_needs(
    kiamv: Kiamv, language: str
) -> None:
    assert [name for name, (panel, _) in COMMANDS.items() if panel == WAY] == TEN
    assert [*COMMANDS][-1] == "schema"
    page = kiamv("--help", "--lang", language, env={"COLUMNS": "80"}).stdout.splitlines()
    words = [line.split()[1] for line in page[:SCREEN] if line.startswith("│ ") and line[2] != " "]
    assert words[:10] == TEN
    assert page[SCREEN - 4 :] != []


def test_options_for_experts_are_the_last_of_their_page() -> None:
    command = get_command(build())
    seen = set()
    for each in commands_of(command):
        panels = [
            getattr(one, "rich_help_panel", None)
            for one in each.params
            if one.name not in {"lang", "quiet"}
        ]
        if EXPERTS in panels:
            assert set(panels[panels.index(EXPERTS) :]) == {EXPERTS}, each.name
        seen |= {
            option
            for one, panel in zip(each.params, panels, strict=False)
            for option in one.opts
            if panel == EXPERTS
        }
    assert seen == {"--threads", "--concentration", "--time-limit"}


def test_how_often_something_is_drawn_has_one_name() -> None:
    command = get_command(build())
    options = {
        option for each in commands_of(command) for one in each.params for option in one.opts
    }
    assert "--draws" in options
    assert not options & {"--samples", "--resamples", "--spread-of-reviewers"}
    assert isinstance(command, Group)


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("robustness --samples 5 -n 3", "kiamv robustness --draws 5 -n 3"),
        ("robustness --samples=5", "kiamv robustness --draws=5"),
        ("review agreement --resamples 0", "kiamv review agreement --draws 0"),
        ("score --reviews r --spread-of-reviewers", "kiamv review spread --folder r"),
        (
            "shortlist l.yaml --spread-of-reviewers --reviews r",
            "kiamv review spread l.yaml --folder r",
        ),
    ],
)
def test_an_old_spelling_is_answered_with_the_new_one(
    kiamv: Kiamv, former: str, today: str
) -> None:
    done = kiamv(*former.split())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"Type: {today}\n")
