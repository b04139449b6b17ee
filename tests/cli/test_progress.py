"""The line that tells how far a long search is: whole, in any terminal."""

from __future__ import annotations

import io
import sys

import pytest

from kiamv_cli.base.labels import LANGUAGES, Language
from kiamv_cli.base.language import in_language
from kiamv_cli.cli.progress import Progress


class Terminal(io.StringIO):
    """What somebody looks at."""

    def isatty(self) -> bool:
        return True


def shown(
    monkeypatch: pytest.MonkeyPatch, screen: io.StringIO, title: str, done: int, total: int
) -> str:
    """Give the line that is on the screen after a step."""
    monkeypatch.setattr(sys, "stderr", screen)
    Progress(title, _next=0).step(done, total)
    monkeypatch.undo()
    return screen.getvalue().rpartition("\x1b[K")[2]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_count_is_there_however_narrow(
    monkeypatch: pytest.MonkeyPatch, columns: int, language: Language
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    with in_language(language):
        line = shown(monkeypatch, Terminal(), "Working out every margin", 36, 60)
    assert "36" in line
    assert len(line) < columns
    assert ("[######....]" in line) == (columns == 120)
    assert line.endswith(")") or columns == 60


def test_where_nobody_knows_how_many_there_will_be_they_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = shown(monkeypatch, Terminal(), "Proving every trade-off", 3, 0)
    assert line.startswith("Proving every trade-off: 3 (")


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, io.StringIO(), "Searching", 1, 2) == ""
