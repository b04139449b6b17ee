"""What tests of the command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from click.testing import Result


class Kiamv(Protocol):
    """Runs a command: exit status, standard output and standard error."""

    def __call__(
        self, *arguments: str, stdin: str | bytes = "", env: dict[str, str] | None = None
    ) -> Result:
        """Run ``kiamv`` with these arguments."""
        ...
