"""The command line: the application, and what all commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.cli.file_schemas import json_schema as json_schema
    from kiamv_cli.cli.projects import NewEcosystem as NewEcosystem
    from kiamv_cli.cli.projects import TakenError as TakenError
    from kiamv_cli.cli.projects import new_ecosystem as new_ecosystem
    from kiamv_cli.cli.projects import project_files as project_files


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
