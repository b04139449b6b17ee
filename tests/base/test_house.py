"""The house keeps its figures: see docs/architecture.md."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(("command", "most"), [("score", 61), ("shortlist", 100)])
def test_a_command_loads_no_more_modules_than_a_reader_can_follow(command: str, most: int) -> None:
    code = (
        "import sys; from kiamv_cli.__main__ import main\n"
        f"sys.argv = ['kiamv', {command!r}]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sum(each.startswith('kiamv_cli') for each in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert int(done.stderr.splitlines()[-1]) <= most
