"""The house keeps its figures: see docs/architecture.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kiamv_cli

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(kiamv_cli.__file__).parent
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}
# What is longer than others may be; nothing else is.
LONG = {
    "kiamv_cli.selection.model.request.__init__",  # takes each wish
    "kiamv_cli.selection.model.shortlist",
}


def imported(module: str) -> Iterator[str]:
    """All modules of kiamv that a module imports, also within functions and for types alone."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module or ""


def functions() -> Iterator[tuple[str, int]]:
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{module}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_and_modules_are_short() -> None:
    assert {name for name, lines in functions() if lines > 40} <= LONG
    lengths = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name for name, lines in lengths.items() if lines > 400} <= LONG


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {name: {*imported(name)} & {*MODULES} - {name} for name in MODULES}
    TopologicalSorter(graph).prepare()  # raises an error that names a circle


@pytest.mark.parametrize(("command", "most"), [("score", 65), ("shortlist", 106)])
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
