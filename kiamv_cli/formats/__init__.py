"""YAML, JSON, CSV and XLSX to plain values with their positions, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base import names_of, offered

if TYPE_CHECKING:
    from kiamv_cli.formats.document import Document as Document
    from kiamv_cli.formats.plain import Flaw as Flaw
    from kiamv_cli.formats.plain import Located as Located


def __getattr__(name: str) -> object:
    """Import a public name when it is first used."""
    return offered(__name__, name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(names_of(__name__))
