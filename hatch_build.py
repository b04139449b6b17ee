"""What is made by the build: the Dutch texts, compiled from their catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Catalogues(BuildHookInterface[Any]):
    """Compile each catalogue of translations, for the wheel and for an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write the compiled catalogues beside their sources."""
        from babel.messages.mofile import write_mo  # noqa: PLC0415 - there once the build runs
        from babel.messages.pofile import read_po  # noqa: PLC0415

        for source in Path(self.root, "kiamv_cli", "locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as texts, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(texts, locale=source.parts[-3]))
