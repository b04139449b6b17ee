"""What docs/python.md shows is what comes of it; its reference is current; the notebook runs."""

from __future__ import annotations

import json
import re
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import Misfit, Request, load_criteria, load_longlist, score, shortlist

if TYPE_CHECKING:
    from kiamv_cli import Scores

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?P<file><!-- file: (?P<name>\S+) -->\n)?```python\n(?P<code>.*?)```"
    r"(\n\n```text\n(?P<shown>.*?)```)?",
    re.DOTALL,
)
NOTEBOOK = ROOT / "examples" / "notebook" / "sensitivity.ipynb"


def printed(code: str, names: dict[str, object]) -> str:
    out = StringIO()
    with redirect_stdout(out):
        exec(compile(code, "docs/python.md", "exec"), names)  # noqa: S102 - what the page shows
    return out.getvalue()


@pytest.mark.slow
def test_the_page_shows_what_comes_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = [*BLOCK.finditer(PAGE)]
    assert len(blocks) > 7
    for each in blocks:
        if not each["file"]:
            assert printed(each["code"], names) == (each["shown"] or ""), each["code"]
    assert {each.name for each in tmp_path.iterdir()} == {"shortlist.json", "scores.csv"}


def test_the_reference_is_current() -> None:
    names: dict[str, object] = {"__file__": str(ROOT / "docs" / "make_python.py")}
    source = (ROOT / "docs" / "make_python.py").read_text(encoding="utf-8")
    exec(compile(source, "make_python.py", "exec"), names)  # noqa: S102 - ours
    page = names["page"]
    assert callable(page)
    made = (ROOT / "docs" / "python-reference.md").read_text(encoding="utf-8")
    assert page() == made, "run python docs/make_python.py"


@pytest.fixture
def plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install what docs/python.md shows, and a solver that counts what it solves."""
    (file,) = (each for each in BLOCK.finditer(PAGE) if each["file"])
    (tmp_path / file["name"]).write_text(file["code"], encoding="utf-8")
    (tmp_path / "counting.py").write_text(
        "from kiamv_cli.selection import HighsSolver\n\n"
        "solved = []\n\n"
        "class Counting(HighsSolver):\n"
        "    def solve(self, program):\n"
        "        solved.append(program)\n"
        "        return super().solve(program)\n"
    )
    info = tmp_path / "own-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1.0\n")
    (declared,) = re.findall(r"```toml\n\[.*kiamv.targets.\]\n(.*)\n```", PAGE)
    points = f"[kiamv.targets]\n{declared.replace(chr(34), '')}\n"
    (info / "entry_points.txt").write_text(
        f"{points}\n[kiamv.solvers]\ncount = counting:Counting\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    return score(load_longlist(programme=programme).longlist, programme)


@pytest.mark.slow
@pytest.mark.usefixtures("plugins")
def test_a_target_and_a_solver_of_ones_own(scores: Scores) -> None:
    request = Request(size=5, balance="provinces", targets={"provinces": "penrose"})
    selected = shortlist(scores, request, solver="count")
    seats = {each.id: each.target for each in selected.spread["provinces"]}
    assert sum(seats.values()) == 5
    # Four times the people, twice the seats: South Holland has some ten times those of Zeeland.
    assert 2.5 < seats["NL-ZH"] / seats["NL-ZE"] < 4
    assert sys.modules["counting"].solved
    assert selected.ids == shortlist(scores, request).ids


def test_what_no_package_brings_is_refused(scores: Scores) -> None:
    with pytest.raises(Misfit, match=r"targets .penrse.: unknown"):
        shortlist(scores, Request(targets={"provinces": "penrse"}))
    with pytest.raises(Misfit, match=r"solver .gurobi.: unknown\. Choose from highs"):
        shortlist(scores, solver="gurobi")


@pytest.mark.slow
def test_the_notebook_runs_is_twelve_lines_and_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert NOTEBOOK.stat().st_size < 300_000
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(each["source"]) for each in cells if each["cell_type"] == "code"]
    lines = [line for each in code for line in each.splitlines() if line.strip()]
    assert len(lines) <= 12
    # The study itself solves 200 shortlists of ten and more: here a few small ones.
    short = "\n".join(code).replace("range(10, 31, 5)", "range(3, 4)")
    assert short != "\n".join(code)
    names: dict[str, object] = {}
    assert printed(f"{short}\nprint(repr(draw(study)))", names).startswith("<Drawn: svg, ")
    table = names["table"]
    assert isinstance(table, list)
    assert len(table) == 5 * 4 * 2
    assert {"size", "balance", "give_up", "weights", "score", "proven"} <= {*table[0]}
    shown = [kind for each in cells for out in each.get("outputs", ()) for kind in out["data"]]
    assert shown == ["text/plain", "text/html", "text/plain", "image/svg+xml"]
    assert "200 shortlists" in NOTEBOOK.read_text(encoding="utf-8")
