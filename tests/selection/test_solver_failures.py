"""A solver that crashes, errs or is not there: another way to the answer, or exit status 5."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from running import without_note

from kiamv_cli import Request, load_criteria, load_longlist, score, shortlist, tradeoff
from kiamv_cli.selection.model.tradeoff import TradeOff, tradeoffs

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli import Scores
    from kiamv_cli.selection.model.integer_program import Solver
    from kiamv_cli.selection.model.question import Question

HERE = Path(__file__).parents[1] / "examples" / "solver"
# A package that comes before the real one and changes it.
REAL = """
import os, sys
here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.remove(here)
del sys.modules["highspy"]
import highspy
run = highspy.Highs.run
"""
CRASHING = REAL + "highspy.Highs.run = lambda self: os.abort()\n"
CRASHING_ON_WHOLE = (
    REAL
    + "highspy.Highs.run = lambda self: os.abort() if self.getLp().integrality_ else run(self)\n"
)
RAVING = (
    REAL
    + """
def raving(self):
    if self.getLp().integrality_:
        self.changeColsBounds(1, [0], [9.0], [9.0])
    return run(self)
highspy.Highs.run = raving
"""
)
MISSING = 'raise ImportError("libhighs.so.1: cannot open shared object file")\n'


def fake(folder: Path, code: str) -> dict[str, str]:
    (folder / "highspy").mkdir()
    (folder / "highspy" / "__init__.py").write_text(code)
    return {**os.environ, "PYTHONPATH": str(folder), "KIAMV_TRACEBACK": ""}


def run(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kiamv_cli", *arguments],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        timeout=100,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code", "why"),
    [
        (("shortlist",), CRASHING, "it crashed (SIGABRT)"),
        (("tradeoff", "-n", "5"), CRASHING, "it crashed (SIGABRT)"),
        (
            ("gaps", "-n", "4"),
            MISSING,
            "it cannot be loaded: ImportError: libhighs.so.1: cannot open shared object file",
        ),
        (
            ("shortlist", "-n", "6", "--balance", "themes"),
            RAVING,
            "its answers contradict each other",
        ),
        (("shortlist",), "import os\nos._exit(3)\n", "it cannot be loaded: it crashed (3)"),
    ],
)
def test_one_line_says_that_the_solver_failed(
    tmp_path: Path, command: tuple[str, ...], code: str, why: str
) -> None:
    done = run(*command, env=fake(tmp_path, code))
    assert (done.returncode, done.stdout) == (5, "")
    assert without_note(done.stderr.encode()).decode() == f"kiamv: the solver failed: {why}.\n"


@pytest.mark.slow
def test_it_says_so_in_dutch(tmp_path: Path) -> None:
    done = run("--lang", "nl", "shortlist", env=fake(tmp_path, CRASHING))
    assert done.returncode == 5
    assert (
        without_note(done.stderr.encode()).decode()
        == "kiamv: de solver faalde: hij crashte (SIGABRT).\n"
    )


@pytest.mark.slow
def test_what_needs_no_solver_needs_none(tmp_path: Path) -> None:
    done = run("spread", "-f", "json", env=fake(tmp_path, MISSING))
    assert done.returncode == 0


@pytest.mark.slow
def test_by_linear_programs_alone_the_answers_are_the_same(tmp_path: Path, kiamv: Kiamv) -> None:
    arguments = ("shortlist", "-n", "6", "--balance", "themes", "-f", "json")
    done = run(*arguments, env=fake(tmp_path, CRASHING_ON_WHOLE))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(kiamv(*arguments).stdout)


# Small questions that HiGHS 1.13 to 1.15 got wrong; the answers are by enumeration.


def document(kiamv: Kiamv, case: str, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    command, *others = arguments
    files = (str(HERE / case / "longlist.yaml"), "--criteria", str(HERE / case / "criteria"))
    result = kiamv(command, *files, *others, "--unknown", "known", "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_an_optimum_that_is_none_is_not_believed(kiamv: Kiamv) -> None:
    pins = [word for pin in ("e1", "e6", "e11") for word in ("--include", pin)]
    options = ("-n", "5", "--balance", "provinces", "--give-up", "5", "--seed", "a")
    found = document(kiamv, "min", "shortlist", *options, *pins)
    assert sorted(one["id"] for one in found["selected"]) == ["e1", "e11", "e4", "e5", "e6"]
    assert found["score"] == round(194 / 59, 6)
    assert found["out_of_place"]["provinces"] == round(8 / 3, 6)
    assert found["proven_optimal"]


def test_none_of_the_front_is_missed(kiamv: Kiamv) -> None:
    target = str(HERE / "front" / "shares.yaml")
    options = ("-n", "3", "--target", target, "--include", "e1", "--seed", "zz")
    found = document(kiamv, "front", "tradeoff", *options)
    assert [
        (one["out_of_place"]["total"]["value"], one["score"]["value"]) for one in found["tradeoffs"]
    ] == [
        (0.0, 1.50765),
        (1.0, 1.594737),
        (1.5, 1.690789),
    ]
    assert [{*one["ids"]} for one in found["tradeoffs"]][1] == {"e1", "e11", "e7"}


@pytest.mark.slow
def test_what_the_solver_misses_of_the_front_is_found_by_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = load_criteria(str(HERE / "front" / "criteria"))
    listed = load_longlist(str(HERE / "front" / "longlist.yaml"), programme).longlist
    asked = score(listed, programme), Request(size=3, unknown="known", include="e1")
    whole = tradeoff(*asked)
    assert len(whole.steps) == 5
    for missed in ({1}, {0, 3, 4}):

        def some(question: Question, solver: Solver, missed: set[int] = missed) -> list[TradeOff]:
            return [step for n, step in enumerate(tradeoffs(question, solver)) if n not in missed]

        monkeypatch.setattr("kiamv_cli.selection.model.tradeoff.tradeoffs", some)
        found = tradeoff(*asked)
        assert found.proven
        assert found.steps == whole.steps


def test_what_is_feasible_is_not_called_infeasible(kiamv: Kiamv) -> None:
    options = ("-n", "2", "--give-up", "0", "--exclude", "e3", "--seed", "a")
    found = document(kiamv, "infeasible", "shortlist", *options)
    assert {one["id"] for one in found["selected"]} == {"e1", "e5"}
    assert found["score"] == 1.722452
    assert found["out_of_place"] == {"themes": 0.0, "provinces": 0.0}


def weighted(*weights: int) -> Scores:
    programme = load_criteria()
    criteria = tuple(
        replace(one, weight=Fraction(weight, 100))
        for one, weight in zip(programme.criteria, weights, strict=True)
    )
    longlist = load_longlist(programme=programme).longlist
    return score(longlist, replace(programme, criteria=criteria))


def test_a_program_on_which_the_library_aborts_is_solved_all_the_same() -> None:
    found = shortlist(
        weighted(22, 17, 13, 19, 18, 11),
        Request(
            size=10,
            balance=("themes",),
            give_up=Fraction(5, 100),
            unknown="known",
            include=frozenset({"circulair-friesland", "fieldlab-smart-base", "health-valley"}),
        ),
    )
    assert found.selection.status.proven
    assert found.out_of_place["themes"] == 0


@pytest.mark.slow
def test_fine_weights_have_a_front() -> None:
    found = tradeoff(weighted(22, 18, 13, 17, 19, 11), Request(size=4, unknown="known"))
    assert found.complete
    totals = [one.selection.score for one in found.steps]
    seats = [one.seats for one in found.steps]
    assert totals == sorted(set(totals))
    assert seats == sorted(set(seats))
