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

# As they are typed in a project: no options but the names of files. In this order: some read what
# others wrote. {id} is the example of the project, {theme} and {province} are the first codes of
# its criteria.
COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("init", ("again",)),
    ("status", ()),
    ("check", ()),
    ("schema", ("ecosystem",)),
    ("schema", ("questionnaire",)),
    ("score", ()),
    ("classify", ()),
    ("shortlist", ()),
    ("spread", ()),
    ("flow", ()),
    ("audit", ("flow.yaml",)),
    ("sources", ()),
    ("same", ()),
    ("report", ("-o", "report.html")),
    ("explain", ("{id}",)),
    ("commit", ()),
    ("tradeoff", ()),
    ("gaps", ()),
    ("robustness", ("--draws", "20")),
    ("record", ("-o", "decision.json")),
    ("letters", ("decision.json", "-o", "letters", "-f", "html", "--to", "{id}")),
    ("verify", ()),
    ("diff", ("decision.json", "decision.json")),
    ("review assign", ()),
    ("review form", ()),
    ("review send", ()),
    ("review seal", ("review/forms/anna.yaml",)),
    ("review receive", ("review/forms/bram.yaml",)),
    ("review open", ()),
    ("review close", ()),
    ("review dossier", ("{id}",)),
    ("review spread", ()),
    ("review agreement", ()),
    ("review adjudicate", ()),
    ("survey merge", ()),
    ("survey characterise", ()),
    ("survey compare", ()),
    ("survey aspects", ()),
    ("audit", ("reported.yaml",)),
    ("export", ("-o", "list.xlsx")),
    ("import", ("list.xlsx", "-o", "imported")),
    ("new", ("Green Harbour", "--province", "{province}", "--theme", "{theme}")),
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


@pytest.mark.slow
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
        expected = int((name, *given[:1]) in NO)
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
