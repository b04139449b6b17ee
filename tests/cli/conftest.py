"""Run kiamv inside the test process, as a script would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from reviewing import LONGLIST, REVIEWERS, answer, run
from typer.main import get_command

from kiamv_cli.cli.app import build

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv


@pytest.fixture(scope="session")
def kiamv() -> Kiamv:
    """``kiamv("score", "-f", "json")``: exit status, standard output and standard error."""
    command = get_command(build())

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        quiet: dict[str, str | None] = {"NO_COLOR": None, "COLUMNS": "200", **(env or {})}
        return CliRunner(env=quiet).invoke(command, list(arguments), input=stdin, prog_name="kiamv")

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.yaml").write_text(LONGLIST, encoding="utf-8")
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "reviewers.yaml").write_text(REVIEWERS, encoding="utf-8")
    return tmp_path / "review"


@pytest.fixture
def opened(kiamv: Kiamv, folder: Path) -> Path:
    """Anna and Bram differ on gamma; Anna and Chris agree on alfa."""
    run(kiamv, "form")
    answer(folder / "forms" / "anna.yaml", beta="unknown", gamma="met")
    answer(folder / "forms" / "bram.yaml", beta="unknown", gamma="not-met")
    answer(folder / "forms" / "chris.yaml", gamma="")
    for name in ("anna", "bram", "chris"):
        run(kiamv, "seal", f"review/forms/{name}.yaml", "--salt", name)
    run(kiamv, "open")
    return folder
