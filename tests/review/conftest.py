"""Folders of reviews, as they were made and as they were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from reviewing import LONGLIST, REVIEWERS, answer, run

if TYPE_CHECKING:
    from pathlib import Path

    from running import Kiamv


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
