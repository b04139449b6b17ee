"""Every command works in a project as kiamv init makes it, whatever its language and criteria."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click import Command, Group
from projects import FLANDERS, answered, made
from typer.main import get_command

from kiamv_cli.base.labels import LANGUAGES, Language
from kiamv_cli.cli.app import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from running import Kiamv

ROOT = Path(__file__).parents[2]
OWN = ("--criteria", "criteria")
BOTH = ("--longlist", "longlist", *OWN)
ONE = ("--size", "1")
SAID = ("--by", "A", "--on", "2026-01-15", "--reason", "Well spread")

# In this order: some read what others wrote. {id} is the example of the project, {theme} and
# {province} are the first codes of its criteria.
COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("init", ("again", *OWN)),
    ("check", ("longlist", *OWN)),
    ("schema", ("ecosystem", *OWN)),
    ("schema", ("questionnaire", *OWN)),
    ("score", ("longlist", *OWN)),
    ("classify", ("longlist", *OWN)),
    ("shortlist", ("longlist", *OWN, *ONE)),
    ("spread", ("longlist", *OWN)),
    ("flow", ("longlist", *OWN, *ONE)),
    ("audit", ("flow.yaml",)),
    ("sources", ("longlist", *OWN, *ONE)),
    ("same", ("longlist", *OWN)),
    ("report", ("longlist", *OWN, *ONE, "-o", "report.html")),
    ("explain", ("{id}", *BOTH, *ONE)),
    ("tradeoff", ("longlist", *OWN, *ONE)),
    ("gaps", ("longlist", *OWN, *ONE)),
    ("robustness", ("longlist", *OWN, *ONE, "--samples", "20")),
    ("record", ("longlist", *OWN, *ONE, *SAID, "-o", "decision.json")),
    ("verify", ("decision.json",)),
    ("diff", ("decision.json", "decision.json")),
    ("review assign", BOTH),
    ("review form", BOTH),
    ("review seal", ("review/forms/anna.yaml", *BOTH)),
    ("review seal", ("review/forms/bram.yaml", *BOTH)),
    ("review open", BOTH),
    ("review agreement", BOTH),
    ("review adjudicate", BOTH),
    ("survey merge", ("export.csv", "-i", "interviews", *BOTH, "-o", "answers.yaml")),
    ("survey characterise", ("answers.yaml", *OWN)),
    ("survey compare", ("answers.yaml", "longlist", *OWN)),
    ("survey aspects", ("interviews", *OWN)),
    ("audit", ("reported.yaml",)),
    ("export", ("longlist", *OWN, "-o", "list.xlsx")),
    ("import", ("list.xlsx", *OWN, "-o", "imported")),
    ("new", ("Green Harbour", "--province", "{province}", "--theme", "{theme}", *OWN)),
)
# Their answer is no, and rightly so: the flow and the figures of the study do not add up.
NO = {("audit", "flow.yaml"), ("audit", "reported.yaml")}


def commands(command: Command, before: str = "") -> Iterator[str]:
    if isinstance(command, Group):
        for name, each in command.commands.items():
            yield from commands(each, f"{before} {name}".strip())
    else:
        yield before


def test_no_command_is_left_out() -> None:
    assert {name for name, _ in COMMANDS} == {*commands(get_command(build()))}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("criteria", [None, FLANDERS], ids=["bundled", "flanders"])
def test_each_command_works(
    kiamv: Kiamv,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
    criteria: Path | None,
) -> None:
    monkeypatch.chdir(tmp_path)
    made(language, tmp_path, criteria)
    answered(tmp_path)
    for name in ("flow", "figures"):
        shutil.copy(ROOT / "examples" / "study-2020" / f"{name}.yaml", tmp_path)
    (tmp_path / "figures.yaml").rename("reported.yaml")
    words = {
        "{id}": "example" if language == "en" else "voorbeeld",
        "{province}": "BE21" if criteria else "NL-GR",
        "{theme}": "mobility" if criteria else "energy",
    }
    for name, given in COMMANDS:
        arguments = [words.get(each, each) for each in given]
        ran = kiamv("--lang", language, *name.split(), *arguments)
        expected = int((name, given[0]) in NO)
        assert ran.exit_code == expected, (name, given, ran.stdout, ran.stderr)
        if name == "review form":
            judge(tmp_path / "review" / "forms")


def judge(forms: Path) -> None:
    """Have two reviewers differ on the first question."""
    for name, verdict in (("anna", "met"), ("bram", "not-met")):
        text = (forms / f"{name}.yaml").read_text(encoding="utf-8")
        for key, value in (("verdict", verdict), ("reason", "seen with my own eyes")):
            text = re.sub(rf"^( +{key}:) *$", rf"\1 {value}", text, count=1, flags=re.MULTILINE)
        (forms / f"{name}.yaml").write_text(text, encoding="utf-8")
