"""What tests of the command line, and of what can be interrupted, share."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from click.testing import Result

    from kiamv_cli.selection.model.integer_program import Program, SolverOutcome
    from kiamv_cli.selection.model.refutation import Claim, Refuted


_NOTE = re.compile(
    rb"^kiamv: [^\n]*kiamv\.yaml[^\n]*(bundled|meegeleverde)[^\n]*\n", flags=re.MULTILINE
)


def without_note(stream: bytes) -> bytes:
    """Leave out the line that says that a result is about the bundled list."""
    return _NOTE.sub(b"", stream)


class Kiamv(Protocol):
    """Runs a command: exit status, standard output and standard error."""

    def __call__(
        self, *arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None
    ) -> Result:
        """Run ``kiamv`` with these arguments."""
        ...


class Tiring:
    """Solves so many programs, and then is interrupted."""

    def __init__(self, patience: int) -> None:
        self._patience, self._solver = patience, HighsSolver()

    def solve(self, program: Program) -> SolverOutcome:
        self._patience -= 1
        if self._patience < 0:
            raise KeyboardInterrupt
        return self._solver.solve(program)

    def relax(self, program: Program) -> tuple[float, ...] | None:
        return self._solver.relax(program)

    def refute(self, claim: Claim) -> Refuted:
        return self._solver.refute(claim)

    @property
    def version(self) -> str:
        return self._solver.version

    @property
    def interrupted(self) -> bool:
        return self._patience < 0


def script(name: str) -> Any:  # noqa: ANN401 - a module
    """Load a script of the docs, by its name."""
    place = Path(__file__).parents[1] / "docs" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
