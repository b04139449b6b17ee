"""A range of sizes: each is shown, the largest possible is the answer, and that is proven."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import compress

import pytest
from hypothesis import assume, given, settings
from oracles import brute
from strategies.selection import wishing

from kiamv_cli import Request
from kiamv_cli.base.problem import Misfit
from kiamv_cli.selection.model.check_proof import Proof, Wrong
from kiamv_cli.selection.model.integer_program import SolverError
from kiamv_cli.selection.model.prove import with_no_larger
from kiamv_cli.selection.model.select import best_with_proof
from kiamv_cli.selection.solving.solver import HighsSolver

if TYPE_CHECKING:
    from running import Kiamv

    from kiamv_cli.selection.model.question import Question

GRANTS = Path(__file__).parents[1] / "examples" / "grants"
LIST = [str(GRANTS / "longlist.yaml"), "--criteria", str(GRANTS / "criteria"), "--balance", "phase"]
# Of 12, 60, 120 and 150 residents, three make 192: four are never within 200.
RANGE = [*LIST, "--size", "1..4", "--cost", "residents=200"]


def document(kiamv: Kiamv, *arguments: str) -> Any:  # noqa: ANN401 - JSON
    result = kiamv("shortlist", *arguments, "-f", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_largest_that_is_possible_is_the_answer(kiamv: Kiamv) -> None:
    ranged = document(kiamv, *RANGE)
    assert [each["size"] for each in ranged["sizes"]] == [1, 2, 3, 4]
    assert ranged["size"] == 3
    assert ranged["request"]["sizes"] == [1, 4]
    assert ranged["proven_optimal"]
    for each in ranged["sizes"][:3]:
        alone = document(kiamv, *RANGE, "--size", str(each["size"]))
        assert each["ids"] == [member["id"] for member in alone["selected"]]
        assert (each["score"], each["costs"]) == (alone["score"], alone["costs"])
        assert each["seats"] == pytest.approx(alone["out_of_place"]["phase"])
        assert each["proven"]
    assert ranged["sizes"][3] == {
        "size": 4, "proven": False, "score": None, "seats": None, "costs": {}, "ids": []
    }  # fmt: skip
    shown = kiamv("shortlist", *RANGE).stdout
    assert "—: no shortlist of that size meets the wishes." in shown


@pytest.mark.parametrize("command", ["tradeoff", "gaps"])
def test_other_commands_are_about_the_answer(kiamv: Kiamv, command: str) -> None:
    said = kiamv(command, *RANGE, "-f", "json")
    assert said.exit_code == 0, said.stderr
    assert json.loads(said.stdout)["size"] == 3


def test_where_no_size_is_possible_the_smallest_is_explained(kiamv: Kiamv) -> None:
    result = kiamv("shortlist", *RANGE, "--size", "4..5")
    assert result.exit_code == 3
    assert "No shortlist of 4 to 5 members meets the wishes." in result.stderr


def test_a_record_shows_that_no_larger_size_is_possible(kiamv: Kiamv, tmp_path: Path) -> None:
    by = ("--by", "X", "--on", "2024-12-15", "--reason", "As advised.")
    file = str(tmp_path / "decision.json")
    assert kiamv("record", *RANGE, *by, "-o", file).exit_code == 0
    record = json.loads(Path(file).read_text())
    assert (record["options"]["size"], record["options"]["sizes"]) == (3, [1, 4])
    assert Proof(record["proof"]).check()["largest"] == 4
    said = kiamv("verify", file)
    assert said.exit_code == 0, said.stdout + said.stderr
    assert "The proof holds" in said.stdout
    nothing = {"columns": [], "constraints": [], "trees": {"none": [[[]]]}}
    steps = b64encode(compress(json.dumps(nothing).encode())).decode()
    with pytest.raises(Wrong, match="none, case 0: it is neither impossible nor"):
        Proof({**record["proof"], "larger": {"size": 4, "steps": steps}}).check()


@pytest.mark.parametrize("size", ["5..3", "4..4..4", "..", "a..b", "0..4"])
def test_what_is_no_range_is_refused(size: str) -> None:
    with pytest.raises(Misfit):
        Request(size=size)


def test_a_range_of_one_is_a_size() -> None:
    assert Request(size="4..4") == Request(size=4)
    assert Request(size="3..5").sizes == (3, 5)


@pytest.mark.slow
@given(wishing(most=7))
@settings(max_examples=20, deadline=None)
def test_larger_sizes_are_proven_impossible_just_where_they_are(question: Question) -> None:
    assume(brute.selected(question) is not None)
    solver, most = HighsSolver(), len(question.candidates)
    larger = (replace(question, size=size) for size in range(question.size + 1, most + 1))
    possible = any(brute.selected(each) is not None for each in larger)
    proven = best_with_proof(question, solver).proven
    if possible:
        with pytest.raises(SolverError):
            with_no_larger(proven, question, most, solver)
        return
    proof = with_no_larger(proven, question, most, solver).proof
    assert proof is not None
    if most > question.size:
        assert Proof(dict(proof.document)).check()["largest"] == most
