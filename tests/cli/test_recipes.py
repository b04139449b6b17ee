"""What docs/recipes.md, the hook of pre-commit and the citation say holds."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kiamv_cli import __version__

if TYPE_CHECKING:
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
BLOCKS = re.findall(
    r"```(yaml|make|bash|python)\n(.*?)```",
    (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8"),
    re.DOTALL,
)
HOOK, WORKFLOW, MAKE, BASH, PYTHON = (text for _language, text in BLOCKS)


@pytest.fixture
def project(kiamv: Kiamv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    assert kiamv("init", str(tmp_path / "project")).exit_code == 0
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


@pytest.mark.usefixtures("project")
def test_the_hook_checks_the_list_of_a_project(kiamv: Kiamv) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())  # noqa: TID251 - plain
    (repository,) = yaml.safe_load(HOOK)["repos"]  # noqa: TID251
    (configured,) = repository["hooks"]
    assert configured["id"] == hook["id"]
    assert repository["rev"] == f"v{__version__}"
    name, *arguments = hook["entry"].split()
    assert name == "kiamv"
    assert kiamv(*arguments, *configured["args"]).exit_code == 0
    assert re.search(hook["files"], "longlist/an-example.yaml")


def test_the_workflow_runs_commands_that_work(kiamv: Kiamv, project: Path) -> None:
    steps = yaml.safe_load(WORKFLOW)["jobs"]["check"]["steps"]  # noqa: TID251
    commands = [each["run"] for each in steps if each.get("run", "").startswith("kiamv")]
    assert len(commands) == 2
    for command in commands:
        words = shlex.split(command.partition(">>")[0])[1:]
        assert kiamv(*words).exit_code == 0, command
    ecosystem = next(each for each in project.glob("longlist/*.yaml") if each.stem != "longlist")
    ecosystem.write_text(ecosystem.read_text().replace("name:", "nmae:"))
    done = kiamv(*shlex.split(commands[0])[1:])
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=")


def with_kiamv() -> dict[str, str]:
    """Return an environment in which kiamv is found."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return os.environ | {"PATH": path}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed")
def test_the_script_with_jq_runs(tmp_path: Path) -> None:
    script, env = ["bash", "-c", BASH], with_kiamv()
    done = subprocess.run(script, check=True, capture_output=True, text=True, env=env, cwd=tmp_path)
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert [len(line.split("\t")) for line in lines[:5]] == [3] * 5
    assert [json.loads(line)["size"] for line in lines[5:8]] == [5, 10, 15]
    assert all(": " in line for line in lines[8:11])
    assert lines[11:] == ["K101 nowhere.yaml"]
    assert (tmp_path / "spread.csv").read_text("utf-8").startswith("dimension,id,seats,")


@pytest.mark.slow
def test_the_cell_of_a_notebook_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(PYTHON, {})  # noqa: S102 - of our own page
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["5", "10", "15"]


@pytest.mark.slow
def test_make_makes_each_file_once(project: Path) -> None:
    (project / "Makefile").write_text(MAKE)
    make = ["make", "report.html", "shortlist.json"]
    env = with_kiamv()
    first = subprocess.run(make, check=True, capture_output=True, text=True, env=env)
    again = subprocess.run(make, check=True, capture_output=True, text=True, env=env)
    assert first.stdout.count("kiamv") == 2
    assert "kiamv" not in again.stdout
    assert (project / "report.html").stat().st_size > 10_000


def test_the_citation_is_of_this_version() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())  # noqa: TID251
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert citation["version"] == __version__
    assert citation["license"] == project["license"]
    assert set(citation) >= {"cff-version", "message", "title", "authors"}
