"""Run kiamv inside the test process, as a script would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from typer.main import get_command

from kiamv_cli.cli.app import build

if TYPE_CHECKING:
    from running import Kiamv


@pytest.fixture(scope="session")
def kiamv() -> Kiamv:
    """``kiamv("score", "-f", "json")``: exit status, standard output and standard error."""
    command = get_command(build())

    def run(*arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None) -> Result:
        quiet: dict[str, str | None] = {"NO_COLOR": None, "COLUMNS": "200", **(env or {})}
        return CliRunner(env=quiet).invoke(command, list(arguments), input=stdin, prog_name="kiamv")

    return run
