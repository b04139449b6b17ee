"""What docs/survey-audit.md shows is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest
    from running import Kiamv

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "survey-audit.md").read_text(encoding="utf-8")


def test_the_page_shows_what_is_printed(kiamv: Kiamv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"<!-- run -->\n```console\n\$ kiamv (.*?)\n(.*?)```", PAGE, re.DOTALL)
    command, shown = block
    done = kiamv(*shlex.split(command))
    assert done.exit_code == 1
    rest = done.stdout
    for part in shown.split("…\n"):
        before, found, rest = rest.partition(part)
        assert found, part
        assert before or part.startswith("The KIA MV study")


def test_the_report_of_ones_own_can_be_read(kiamv: Kiamv, tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(schema: kiamv/reported/1.*?)```", PAGE, re.DOTALL)
    place = tmp_path / "figures.yaml"
    place.write_text(text, encoding="utf-8")
    done = kiamv("audit", str(place))
    assert done.exit_code == 1
    assert "12.5% (decline)" in done.stdout


def test_the_python_of_the_page_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})  # noqa: S102 - it is the page's own example
    assert capsys.readouterr().out.startswith("no-shared-base:innovation-types {")
