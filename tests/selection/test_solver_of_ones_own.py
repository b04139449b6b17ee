"""Any solver does wherever something is solved; a proof is made only where it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from kiamv_cli import (
    Request,
    Scores,
    explain,
    gaps,
    load_criteria,
    longlist_from,
    rivals,
    robustness,
    score,
    shortlist,
    sweep,
    tradeoff,
)
from kiamv_cli.reports import Plan, report
from kiamv_cli.selection import HighsSolver, ProvingSolver, Sampling

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiamv_cli.selection.model.integer_program import Program, SolverOutcome
    from kiamv_cli.selection.model.refutation import Claim, Refuted

PROVINCES = ["NL-GR", "NL-ZE", "NL-ZH", "NL-GR"]
THEMES = ["energy", "health", "energy"]
REQUEST = Request(size=3, balance="themes")


@dataclass(slots=True)
class Own:
    """A solver that has nothing of HiGHS but its answers."""

    solved: int = 0
    refuted: int = 0
    version: str = "own"
    interrupted: bool = False
    _inner: HighsSolver = field(default_factory=HighsSolver)

    def solve(self, program: Program) -> SolverOutcome:
        self.solved += 1
        return self._inner.solve(program)

    def relax(self, program: Program) -> tuple[float, ...] | None:
        return self._inner.relax(program)

    def refute(self, claim: Claim) -> Refuted:
        self.refuted += 1
        return self._inner.refute(claim)


@pytest.fixture(scope="module")
def scores() -> Scores:
    programme = load_criteria()
    rows = [
        {
            "id": f"lab-{number}",
            "name": f"Lab {number}",
            "provinces": [PROVINCES[number % 4]],
            "themes": [THEMES[number % 3]],
            "scope": "national" if number % 2 else "provincial",
            "life_domains": [{"domain": "working", "source": "s"}] * (number % 2),
            "sources": {"s": {"title": "S", "publisher": "P", "year": 2020}},
        }
        for number in range(8)
    ]
    listed = longlist_from(rows, programme, title="Labs", as_of="2020-11-30").longlist
    return score(listed, programme)


SOLVING: dict[str, Callable[[Scores, ProvingSolver], object]] = {
    "shortlist": lambda scores, own: shortlist(scores, REQUEST, solver=own),
    "sweep": lambda scores, own: sweep(scores, sizes=[2, 3], balance=["themes"], solver=own),
    "rivals": lambda scores, own: rivals(shortlist(scores, REQUEST), solver=own),
    "explain": lambda scores, own: explain(scores, "lab-1", REQUEST, solver=own),
    "gaps": lambda scores, own: gaps(scores, REQUEST, "lab-1", solver=own),
    "tradeoff": lambda scores, own: tradeoff(scores, REQUEST, solver=own),
    "robustness": lambda scores, own: robustness(
        scores, REQUEST, Sampling(samples=3), threads=4, solver=own
    ),
    "report": lambda scores, own: report(
        scores, REQUEST, plan=Plan(draws=3), threads=2, solver=own
    ),
}


@pytest.mark.parametrize("function", SOLVING)
def test_any_solver_does_and_finds_the_same(scores: Scores, function: str) -> None:
    own = Own()
    result = SOLVING[function](scores, own)
    assert own.solved + own.refuted > 0
    assert type(result) is type(SOLVING[function](scores, HighsSolver()))
    if function != "report":
        assert result == SOLVING[function](scores, HighsSolver())


def test_no_proof_is_made_that_was_not_asked_for(scores: Scores) -> None:
    own = Own()
    quick = shortlist(scores, REQUEST, solver=own, prove=False)
    assert own.refuted == 0
    assert repr(quick).endswith("not proven>")
    assert quick.to_dict()["proof"]["by"] == "solver"
    shown = quick._repr_html_()
    assert "NOT a proof, which would take more steps: prove=." in shown
    assert "--" not in shown
    proven = shortlist(scores, REQUEST)
    assert quick.ids == proven.ids
    assert (quick.unbalanced, quick.hanging) == (proven.unbalanced, proven.hanging)
    assert quick.members == proven.members


def test_a_sweep_says_what_is_proven(scores: Scores) -> None:
    quick = sweep(scores, sizes=[2, 3], weights=[None, {"regional": 2}])
    proven = sweep(scores, sizes=[2, 3], weights=[None, {"regional": 2}], prove=True, threads=1)
    assert [row["proven"] for row in quick.to_records()] == [False] * 4
    assert [row["proven"] for row in proven.to_records()] == [True] * 4
    assert [each.ids for each in quick.shortlists] == [each.ids for each in proven.shortlists]
