"""How tests run: kiamv inside the test process; property tests patient, and repeatable in CI."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings
from running import without_note
from typer.main import get_command

from kiamv_cli.cli.app import build

if TYPE_CHECKING:
    from running import Kiamv

settings.register_profile("patient", deadline=None)
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.load_profile("repeatable" if os.environ.get("CI") else "patient")


@pytest.fixture(scope="session")
def kiamv_aloud() -> Kiamv:
    """``kiamv("score", "-f", "json")``: exit status, standard output and standard error."""
    command = get_command(build())

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        quiet: dict[str, str | None] = {"NO_COLOR": None, "COLUMNS": "200", **(env or {})}
        return CliRunner(env=quiet).invoke(command, list(arguments), input=stdin, prog_name="kiamv")

    return run


@pytest.fixture(scope="session")
def kiamv(kiamv_aloud: Kiamv) -> Kiamv:
    """The same, without the line that says that it is about the bundled list."""

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        result = kiamv_aloud(*arguments, stdin=stdin, env=env)
        result.stderr_bytes = without_note(result.stderr_bytes)
        result.output_bytes = without_note(result.output_bytes)
        return result

    return run
